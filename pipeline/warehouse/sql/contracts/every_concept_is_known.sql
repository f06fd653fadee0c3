-- Nothing: every figure counts something that concepts.csv names; a new row of a form needs its lines there.
with figures as (
    select report_id, form, concept from raw_facts
    union all
    select report_id, '' as form, concept from raw_narrative
)

select figures.concept, figures.form, min(raw_reports.file) as file, count(*) as figures
from figures
inner join raw_reports using (report_id)
anti join concepts using (concept)
group by figures.concept, figures.form
order by figures.concept, figures.form
