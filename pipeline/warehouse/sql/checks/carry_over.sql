-- One row per report whose requests carried in differ from those its organ carried out the year before.
-- Rule: requests carried in are as many as the report of the year before carries out (结转下年度).
-- 规则：上年结转的申请数等于同一机关上一年年报的结转下年度继续办理数。
with requests as (
    select
        report_id,
        max(value) filter (where concept = 'req_carried_in')::bigint as carried_in,
        max(value) filter (where concept = 'req_carried_out')::bigint as carried_out
    from cells
    group by report_id
)

select
    'S3-CARRY' as check_id,
    report_id,
    'fail' as verdict,
    'warning' as severity,
    format(
        'carried in {} from {}, but the report of {} carries out {}',
        later.carried_in, report_year - 1, report_year - 1, earlier.carried_out
    ) as message,
    'req_carried_in/total' as cells,
    '' as where_printed
from successions
inner join requests as later using (report_id)
inner join requests as earlier on successions.earlier_report_id = earlier.report_id
where later.carried_in <> earlier.carried_out
