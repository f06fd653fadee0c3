-- One row per report and kind of document whose stock in force is not last year's, plus issued, minus repealed.
-- Rule: documents in force are as many as those in force in the report of the year before, plus those issued, minus those repealed.
-- 规则：现行有效件数等于上一年年报的现行有效件数加本年制发件数减本年废止件数。
with stocks as (
    select
        report_id,
        regexp_replace(concept, '_(issued|repealed|in_force)$', '') as subject,
        any_value(value) filter (where count_basis = 'issued_in_year')::bigint as issued,
        any_value(value) filter (where count_basis = 'repealed_in_year')::bigint as repealed,
        any_value(value) filter (where count_basis = 'in_force_stock')::bigint as in_force
    from cells
    inner join concepts using (concept)
    where count_basis in ('issued_in_year', 'repealed_in_year', 'in_force_stock')
    group by all
)

select
    'S2-STOCK' as check_id,
    report_id,
    'fail' as verdict,
    'warning' as severity,
    format(
        '{} in force, but {} in force in {}, {} issued and {} repealed make {}',
        later.in_force, earlier.in_force, report_year - 1, later.issued, later.repealed,
        earlier.in_force + later.issued - later.repealed
    ) as message,
    format('{0}_in_force;{0}_issued;{0}_repealed', later.subject) as cells,
    '' as where_printed
from successions
inner join stocks as later using (report_id)
inner join stocks as earlier
    on successions.earlier_report_id = earlier.report_id and later.subject = earlier.subject
where later.in_force <> earlier.in_force + later.issued - later.repealed
