-- One row per report and concept whose cumulative figure is not last year's plus the year's own.
-- Rule: the figure since the beginning is that of the report of the year before plus the figure of the year, in the tables of 2008.
-- 规则：2008年表式的累计数等于上一年年报的累计数加本年数。
with figures as (
    select
        report_id,
        concept,
        any_value(value) filter (where period = 'period')::bigint as of_year,
        any_value(value) filter (where period = 'cumulative')::bigint as cumulative
    from raw_facts
    where form = 't2008_local'
    group by all
)

select
    'T08-CUM' as check_id,
    report_id,
    'fail' as verdict,
    'warning' as severity,
    format(
        '{} {} since the beginning, but {} until {} and {} in the year make {}',
        later.concept, later.cumulative, earlier.cumulative, report_year - 1, later.of_year,
        earlier.cumulative + later.of_year
    ) as message,
    format('{0}@cumulative;{0}@period', later.concept) as cells,
    '' as where_printed
from successions
inner join figures as later using (report_id)
inner join figures as earlier
    on successions.earlier_report_id = earlier.report_id and later.concept = earlier.concept
where later.cumulative <> earlier.cumulative + later.of_year
