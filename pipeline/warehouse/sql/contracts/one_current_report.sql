-- Nothing: one organ has one current report a year and scope.
select collection, organ, report_year, scope, count(*) as times
from reports
where is_current
group by all
having count(*) > 1
