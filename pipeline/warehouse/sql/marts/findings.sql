-- One row per finding, inside one report or between two: a doubt, a rule with its verdict, or an unreadable place; every report, current or not.
with source as (
    select report_id, ordinal, check_id, verdict, severity, message, cells, where_printed
    from raw_findings
),

renamed as (
    select * from source
    union all by name
    select cross_findings.*, 2147483647 as ordinal from cross_findings
)

select
    report_columns.*,
    reports.is_current,
    renamed.* exclude (report_id, ordinal)
from renamed
inner join report_columns using (report_id)
inner join reports using (report_id)
order by collection, organ, report_year, file, report_id, ordinal, check_id, cells
