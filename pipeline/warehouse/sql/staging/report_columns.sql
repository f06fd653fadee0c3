-- One row per report: who reports, where, on which year and for whom, which every mart of reports begins with.
select
    collection,
    organ,
    organ_type,
    region_code,
    region_name,
    county_name,
    report_year,
    scope,
    report_id,
    file
from reports
order by report_id
