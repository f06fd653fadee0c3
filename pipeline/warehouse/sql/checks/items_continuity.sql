-- One row per report and subject whose items of the year before differ from what that year's report arrives at.
with source as (
    select
        reports.report_id,
        reports.collection,
        reports.organ,
        reports.scope,
        reports.report_year,
        regexp_extract(cells.concept, '^(.*)_items_(prev_year|change)$', 1) as subject,
        any_value(cells.value) filter (where cells.concept like '%_prev_year')::bigint as items,
        any_value(cells.value) filter (where cells.concept like '%_change')::bigint as change
    from cells
    inner join reports using (report_id)
    where cells.concept similar to '.*_items_(prev_year|change)'
    group by all
),

renamed as (
    select
        later.report_id,
        later.report_year,
        later.subject,
        later.items as stated,
        earlier.items as before,
        earlier.change
    from source as later
    inner join source as earlier
        on
            later.collection = earlier.collection
            and later.organ = earlier.organ
            and later.scope = earlier.scope
            and later.subject = earlier.subject
            and later.report_year = earlier.report_year + 1
)

select
    'S2-19-ITEMS' as check_id,
    report_id,
    'fail' as verdict,
    'warning' as severity,
    format(
        'states {} items for {}, but the report of {} has {} and a change of {}',
        stated, report_year - 1, report_year - 1, before, change
    ) as message,
    concat(subject, '_items_prev_year') as cells,
    '' as where_printed
from renamed
where stated <> before + change
