-- Nothing: a cell stands once as printed and at most once as derived.
select report_id, form, concept, applicant, period, status = 'derived' as derived, count(*) as times
from raw_facts
group by all
having count(*) > 1
