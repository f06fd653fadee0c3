-- Nothing: an id names one report.
select report_id, count(*) as times
from raw_reports
group by report_id
having count(*) > 1
