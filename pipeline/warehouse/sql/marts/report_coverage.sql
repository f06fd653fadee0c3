-- One row per collection × organ × report year of the collection's span: whether there is a report.
with source as (
    select * from reports where is_current
),

years as (
    select collection, unnest(range(min(report_year), max(report_year) + 1))::integer as report_year
    from source
    group by collection
),

lives as (
    select
        collection,
        code as region_code,
        min(coalesce(first_edition, 0)) as first_year,
        max(coalesce(last_edition, 9999)) as last_year,
        arg_max(regions, coalesce(last_edition, 9999)) as region
    from regions
    group by collection, code
),

seen as (
    select
        collection,
        organ,
        arg_max(organ_type, report_year) as organ_type,
        arg_max(region_code, report_year) as region_code,
        arg_max(region_name, report_year) as region_name,
        arg_max(county_name, report_year) as county_name
    from source
    group by collection, organ
),

unseen as (
    select
        collection,
        concat(
            region.province_name,
            case when region.city_name not in (region.province_name, '市辖区', '县')
                and region.city_name not like '%直辖县级行政区划' then region.city_name end,
            case when region.county_name not in (region.city_name, '市辖区', '县')
                and region.county_name not like '%直辖县级行政区划' then region.county_name end,
            region.name,
            case when region.kind = 'subdistrict' then '办事处' else '人民政府' end
        ) as organ,
        case
            when region.kind = 'subdistrict' then 'subdistrict_office'
            else 'township_government'
        end as organ_type,
        region_code,
        region.name as region_name,
        region.county_name
    from lives
    anti join seen using (collection, region_code)
    where region.listed and region.kind in ('subdistrict', 'town', 'township')
    -- A township that was given another code is one organ.
    qualify row_number() over (
        partition by collection, organ order by lives.last_year desc, region_code desc
    ) = 1
),

expected as (
    select * from seen
    union all by name
    select *
    from unseen
    anti join seen using (collection, organ)
),

chosen as (
    select *
    from source
    qualify row_number() over (
        partition by collection, organ, report_year
        order by
            list_position(
                ['own_organ', 'unknown', 'level_aggregate', 'region_aggregate'], scope
            ),
            file
    ) = 1
),

others as (
    select
        reports.collection,
        reports.organ,
        reports.report_year,
        list_sort(list_distinct(list(reports.file))) as files
    from reports
    inner join chosen
        on
            reports.collection = chosen.collection
            and reports.organ = chosen.organ
            and reports.report_year = chosen.report_year
            and reports.file <> chosen.file
    group by reports.collection, reports.organ, reports.report_year
)

select
    expected.collection,
    expected.organ,
    expected.organ_type,
    expected.region_code,
    expected.region_name,
    expected.county_name,
    years.report_year,
    chosen.scope,
    case
        when chosen.report_id is null then 'missing'
        when chosen.facts = 0 then 'no_tables'
        else 'report'
    end as state,
    chosen.report_id,
    chosen.file,
    chosen.forms,
    chosen.facts,
    chosen.flagged,
    coalesce(len(others.files), 0) as other_files,
    coalesce(array_to_string(others.files, ';'), '') as other_file_names
from expected
inner join years using (collection)
left join lives using (collection, region_code)
left join chosen using (collection, organ, report_year)
left join others using (collection, organ, report_year)
where
    chosen.report_id is not null
    or years.report_year between coalesce(lives.first_year, 0) and coalesce(lives.last_year, 9999)
order by collection, organ, report_year
