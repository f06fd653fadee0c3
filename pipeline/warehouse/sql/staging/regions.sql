-- One row per collection × region code × name: the regions its reports name and those its own regions.csv lists.
with source as (
    select * from published_regions
),

listed as (
    select * from listed_regions
),

own as (
    select * from own_regions
),

needed as (
    select distinct collection, region_code as code
    from raw_reports
    where region_code <> ''
),

townships as (
    select collection, * exclude (collection), true as listed
    from own
    union all by name
    select needed.collection, source.*, false as listed
    from needed
    inner join source using (code)
    anti join own on needed.collection = own.collection and needed.code = own.code
),

everywhere as (
    select null as collection, * from source
    union all by name
    select * from own
),

counties as (
    select distinct on (collection, county_code)
        collection,
        county_code as code,
        county_name as name,
        'county' as kind,
        county_code,
        county_name,
        city_name,
        province_name
    from everywhere
    order by collection, county_code, coalesce(last_edition, 9999) desc, county_name
),

above as (
    select * from counties
    union all by name
    select distinct
        collection,
        left(county_code, 4) || '00' as code,
        city_name as name,
        'city' as kind,
        city_name,
        province_name
    from everywhere
    where city_name <> province_name
    union all by name
    select distinct
        collection,
        left(county_code, 2) || '0000' as code,
        province_name as name,
        'province' as kind,
        province_name
    from everywhere
    union by name
    select
        null as collection,
        listed.*,
        case when kind = 'county' then code end as county_code,
        case when kind = 'county' then name end as county_name
    from listed
),

renamed as (
    select * from townships
    union all by name
    select needed.collection, above.* exclude (collection), false as listed
    from needed
    inner join above
        on needed.code = above.code and needed.collection = coalesce(above.collection, needed.collection)
    qualify row_number() over (
        partition by needed.collection, needed.code, above.name
        order by above.collection is null, above.kind, above.city_name
    ) = 1
)

select
    collection, code, name, kind, county_code, county_name, city_name, province_name,
    first_edition, last_edition, listed
from renamed
order by collection, code, name, first_edition
