-- One row per report whose requests carried in differ from those its organ carried out the year before.
with source as (
    select reports.*, cells.concept, cells.value
    from cells
    inner join reports using (report_id)
    where cells.concept in ('req_carried_in', 'req_carried_out')
),

renamed as (
    select
        later.report_id,
        later.report_year,
        max(later.value)::bigint as carried_in,
        max(earlier.value)::bigint as carried_out
    from source as later
    inner join source as earlier
        on
            later.collection = earlier.collection
            and later.organ = earlier.organ
            and later.scope = earlier.scope
            and later.report_year = earlier.report_year + 1
    where later.concept = 'req_carried_in' and earlier.concept = 'req_carried_out'
    group by later.report_id, later.report_year
)

select
    'S3-CARRY' as check_id,
    report_id,
    'fail' as verdict,
    'warning' as severity,
    format(
        'carried in {} from {}, but the report of {} carries out {}',
        carried_in, report_year - 1, report_year - 1, carried_out
    ) as message,
    'req_carried_in/total' as cells,
    '' as where_printed
from renamed
where carried_in <> carried_out
