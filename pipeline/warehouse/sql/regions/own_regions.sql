-- One row per collection × region × name of the collections' own tables of regions.
-- The first and the last edition of a table say nothing about when a region began or ended.
with source as (
    select *
        replace (
            left(first_edition, 4)::integer as first_edition,
            left(last_edition, 4)::integer as last_edition
        )
    from read_parquet($paths)
)

select *
    replace (
        nullif(first_edition, min(first_edition) over own) as first_edition,
        nullif(last_edition, max(last_edition) over own) as last_edition
    )
from source
window own as (partition by collection)
