-- One row per county, city or province that reports name × name that it has had since 2008.
select code, name, kind, city_name, province_name
from read_csv($path, header = false, auto_detect = false, columns = $columns)
where code in (select region_code from raw_reports)
