-- One row per report and kind of document whose stock in force is not last year's, plus issued, minus repealed.
with source as (
    select
        reports.report_id,
        reports.collection,
        reports.organ,
        reports.scope,
        reports.report_year,
        regexp_extract(cells.concept, '^(.*)_(issued|repealed|in_force)$', 1) as subject,
        any_value(cells.value) filter (where cells.concept like '%_issued')::bigint as issued,
        any_value(cells.value) filter (where cells.concept like '%_repealed')::bigint as repealed,
        any_value(cells.value) filter (where cells.concept like '%_in_force')::bigint as in_force
    from cells
    inner join reports using (report_id)
    where cells.concept similar to '(rules|normative_docs)_(issued|repealed|in_force)'
    group by all
),

renamed as (
    select
        later.report_id,
        later.report_year,
        later.subject,
        later.in_force,
        later.issued,
        later.repealed,
        earlier.in_force as before
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
    'S2-STOCK' as check_id,
    report_id,
    'fail' as verdict,
    'warning' as severity,
    format(
        '{} in force, but {} in force in {}, {} issued and {} repealed make {}',
        in_force, before, report_year - 1, issued, repealed, before + issued - repealed
    ) as message,
    concat_ws(';', subject || '_in_force', subject || '_issued', subject || '_repealed') as cells,
    '' as where_printed
from renamed
where in_force <> before + issued - repealed
