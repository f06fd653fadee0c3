-- Nothing: a number has a value, and what is no number has none.
select report_id, form, concept, applicant, status, value
from raw_facts
where
    (status in ('number', 'zero') and value is null)
    or (status in ('blank', 'dash', 'text', 'unreadable') and value is not null)
    or (status = 'zero' and value <> 0)
    or status not in (
        'number', 'zero', 'blank', 'dash', 'text', 'unreadable', 'derived', 'repaired'
    )
