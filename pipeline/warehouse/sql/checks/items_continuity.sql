-- One row per report and subject whose items of the year before differ from what that year's report arrives at.
-- Rule: items at the end of the year before are as many as the report of that year arrives at: its items plus its change, in the form of 2019.
-- 规则：2019年格式的上一年项目数等于上一年年报的项目数加其本年增减数。
with subjects as (
    select
        report_id,
        regexp_extract(concept, '^(.*)_items_(prev_year|change)$', 1) as subject,
        any_value(value) filter (where concept like '%_prev_year')::bigint as items,
        any_value(value) filter (where concept like '%_change')::bigint as change
    from cells
    where concept similar to '.*_items_(prev_year|change)'
    group by all
)

select
    'S2-19-ITEMS' as check_id,
    report_id,
    'fail' as verdict,
    'warning' as severity,
    format(
        'states {} items for {}, but the report of {} has {} and a change of {}',
        later.items, report_year - 1, report_year - 1, earlier.items, earlier.change
    ) as message,
    concat(later.subject, '_items_prev_year') as cells,
    '' as where_printed
from successions
inner join subjects as later using (report_id)
inner join subjects as earlier
    on successions.earlier_report_id = earlier.report_id and later.subject = earlier.subject
where later.items <> earlier.items + earlier.change
