-- One row per report and concept whose cumulative figure is not last year's plus the year's own.
with source as (
    select
        reports.report_id,
        reports.collection,
        reports.organ,
        reports.scope,
        reports.report_year,
        raw_facts.concept,
        any_value(raw_facts.value) filter (where raw_facts.period = 'period') as year_figure,
        any_value(raw_facts.value) filter (where raw_facts.period = 'cumulative') as cumulative
    from raw_facts
    inner join reports using (report_id)
    where reports.is_current and raw_facts.form = 't2008_local'
    group by all
),

renamed as (
    select
        later.report_id,
        later.report_year,
        later.concept,
        later.cumulative::bigint as cumulative,
        later.year_figure::bigint as year_figure,
        earlier.cumulative::bigint as before
    from source as later
    inner join source as earlier
        on
            later.collection = earlier.collection
            and later.organ = earlier.organ
            and later.scope = earlier.scope
            and later.concept = earlier.concept
            and later.report_year = earlier.report_year + 1
)

select
    'T08-CUM' as check_id,
    report_id,
    'fail' as verdict,
    'warning' as severity,
    format(
        '{} {} since the beginning, but {} until {} and {} in the year make {}',
        concept, cumulative, before, report_year - 1, year_figure, before + year_figure
    ) as message,
    concat(concept, '@cumulative;', concept, '@period') as cells,
    '' as where_printed
from renamed
where cumulative <> before + year_figure
