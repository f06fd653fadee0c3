-- Nothing: every row belongs to a report, and every report to a file that was read.
with children as (
    select 'raw_facts' as "table", report_id from raw_facts
    union
    select 'raw_narrative', report_id from raw_narrative
    union
    select 'raw_findings', report_id from raw_findings
    union
    select 'raw_evidence', report_id from raw_evidence
    union
    select 'cross_findings', report_id from cross_findings
)

select "table", report_id
from children
anti join raw_reports using (report_id)
union all
select 'raw_reports', report_id
from raw_reports
anti join (select collection, file from raw_files where outcome = 'read') using (collection, file)
