-- One row per current report that has one before it: the current report of the same organ and scope on the year before.
with source as (
    select * from reports where is_current
)

select later.report_id, later.report_year, earlier.report_id as earlier_report_id
from source as later
inner join source as earlier
    on
        later.collection = earlier.collection
        and later.organ = earlier.organ
        and later.scope = earlier.scope
        and later.report_year = earlier.report_year + 1
order by later.report_id
