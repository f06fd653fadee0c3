-- One row per report and kind of document whose stock in force is not last year's, plus issued, minus repealed.
with parts as (
    select
        concept,
        count_basis,
        regexp_replace(concept, '_(issued|repealed|in_force)$', '') as subject
    from concepts
    where count_basis in ('issued_in_year', 'repealed_in_year', 'in_force_stock')
),

source as (
    select
        reports.report_id,
        reports.collection,
        reports.organ,
        reports.scope,
        reports.report_year,
        parts.subject,
        any_value(cells.value) filter (where parts.count_basis = 'issued_in_year')::bigint
            as issued,
        any_value(cells.value) filter (where parts.count_basis = 'repealed_in_year')::bigint
            as repealed,
        any_value(cells.value) filter (where parts.count_basis = 'in_force_stock')::bigint
            as in_force
    from cells
    inner join reports using (report_id)
    inner join parts using (concept)
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
