-- One row per report: who reports, on which year, for whom, and which of its versions is current.
with source as (
    select * from raw_reports
),

facts as (
    select
        report_id,
        count(*) filter (where status <> 'derived') as facts,
        count(*) filter (where status <> 'derived' and flags <> '') as flagged,
        count(distinct table_id) as tables
    from raw_facts
    group by report_id
),

places as (
    select source.report_id, regions.name as region_name, regions.county_name
    from source
    inner join regions
        on source.collection = regions.collection and source.region_code = regions.code
    qualify row_number() over (
        partition by source.report_id
        order by
            contains(source.organ, regions.name) desc,
            coalesce(regions.last_edition, 9999) desc,
            regions.name
    ) = 1
),

renamed as (
    select
        source.*,
        places.region_name,
        places.county_name,
        coalesce(facts.facts, 0) as facts,
        coalesce(facts.flagged, 0) as flagged,
        coalesce(facts.tables, 0) as tables,
        source.organ <> '' and source.report_year is not null as is_identified
    from source
    left join facts using (report_id)
    left join places using (report_id)
),

chosen as (
    select
        report_id,
        first_value(report_id) over (
            partition by collection, organ, report_year, scope
            order by tables desc, flagged, facts desc, file, report_id
        ) as current_report_id
    from renamed
    where is_identified
)

select
    renamed.* exclude (is_identified, tables),
    chosen.current_report_id,
    coalesce(chosen.current_report_id = renamed.report_id, false) as is_current
from renamed
left join chosen using (report_id)
order by collection, file, report_id
