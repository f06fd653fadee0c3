-- One row per published region × name in the provinces that reports name.
-- The first and the last edition of the table say nothing about when a region began or ended.
select *
    replace (
        nullif(first_edition::integer, $first) as first_edition,
        nullif(last_edition::integer, $last) as last_edition
    )
from read_csv($path, header = true, auto_detect = false, columns = $columns)
where left(code, 2) in (select left(region_code, 2) from raw_reports)
