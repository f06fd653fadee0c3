-- One row: what the summary of an ingest says of the reports of the collections in $1.
select
    count(*) as reports,
    coalesce(sum(facts), 0)::bigint as facts,
    coalesce(sum(flagged), 0)::bigint as flagged,
    coalesce(list_sort(list(distinct report_year) filter (where report_year > 0)), []) as years,
    count(distinct nullif(organ, '')) as organs,
    count(distinct nullif(region_code, '')) as regions,
    coalesce(list_sort(list(distinct file) filter (where region_code = '')), []) as unplaced
from reports
where list_contains($1, collection)
