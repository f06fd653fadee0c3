-- Nothing: a file stands once in its collection.
select collection, file, count(*) as times
from raw_files
group by all
having count(*) > 1
