-- Nothing: no mart has two rows where its first line promises one.
select 'report_coverage' as mart, concat_ws('/', collection, organ, report_year) as "row"
from report_coverage
group by all
having count(*) > 1
union all
select 'application_outcomes', report_id
from application_outcomes
group by all
having count(*) > 1
union all
select 'procurement_totals', report_id
from procurement_totals
group by all
having count(*) > 1
union all
select 'disputes', concat_ws('/', report_id, path)
from disputes
group by all
having count(*) > 1
union all
select 'disclosure_counts', concat_ws('/', report_id, measure, source)
from disclosure_counts
group by all
having count(*) > 1
