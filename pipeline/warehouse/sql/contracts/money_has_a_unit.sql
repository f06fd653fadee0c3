-- Nothing: an amount in yuan exists exactly where the unit of the money is known.
select report_id, form, concept, value, unit, unit_source, amount_yuan
from raw_facts
where
    (value <> 0 and unit_source not in ('', 'unknown') and amount_yuan is null)
    or (value <> 0 and unit_source in ('', 'unknown') and amount_yuan is not null)
