-- One row per report with the applications table: what became of the applications it handled, all applicants together.
with source as (
    select
        report_id,
        form,
        concept,
        case when value = floor(value) then value::bigint end as count,
        case when value <> floor(value) then 'unreadable' else status end as status,
        zero_basis,
        flags
    from cells
    where table_id = 'applications'
),

renamed as (
    select
        report_id,
        form,
        any_value(count) filter (where concept = 'req_received_new') as received_new,
        any_value(status) filter (where concept = 'req_received_new') as received_new_status,
        any_value(zero_basis) filter (where concept = 'req_received_new') as received_new_zero_basis,
        any_value(count) filter (where concept = 'req_carried_in') as carried_in,
        any_value(status) filter (where concept = 'req_carried_in') as carried_in_status,
        any_value(zero_basis) filter (where concept = 'req_carried_in') as carried_in_zero_basis,
        any_value(count) filter (where concept = 'req_outcome_granted') as granted,
        any_value(status) filter (where concept = 'req_outcome_granted') as granted_status,
        any_value(zero_basis) filter (where concept = 'req_outcome_granted') as granted_zero_basis,
        any_value(count) filter (where concept = 'req_outcome_partial') as partial,
        any_value(status) filter (where concept = 'req_outcome_partial') as partial_status,
        any_value(zero_basis) filter (where concept = 'req_outcome_partial') as partial_zero_basis,
        any_value(count) filter (where concept = 'req_outcome_denied') as denied,
        any_value(status) filter (where concept = 'req_outcome_denied') as denied_status,
        any_value(zero_basis) filter (where concept = 'req_outcome_denied') as denied_zero_basis,
        any_value(count) filter (where concept = 'req_outcome_unable') as unable,
        any_value(status) filter (where concept = 'req_outcome_unable') as unable_status,
        any_value(zero_basis) filter (where concept = 'req_outcome_unable') as unable_zero_basis,
        any_value(count) filter (where concept = 'req_outcome_not_processed') as not_processed,
        any_value(status) filter (where concept = 'req_outcome_not_processed') as not_processed_status,
        any_value(zero_basis) filter (where concept = 'req_outcome_not_processed') as not_processed_zero_basis,
        any_value(count) filter (where concept = 'req_outcome_other') as other,
        any_value(status) filter (where concept = 'req_outcome_other') as other_status,
        any_value(zero_basis) filter (where concept = 'req_outcome_other') as other_zero_basis,
        any_value(count) filter (where concept = 'req_processed_total') as processed_total,
        any_value(status) filter (where concept = 'req_processed_total') as processed_total_status,
        any_value(zero_basis) filter (where concept = 'req_processed_total') as processed_total_zero_basis,
        any_value(count) filter (where concept = 'req_carried_out') as carried_out,
        any_value(status) filter (where concept = 'req_carried_out') as carried_out_status,
        any_value(zero_basis) filter (where concept = 'req_carried_out') as carried_out_zero_basis,
        count(count) as filled,
        list_sort(list_distinct(flatten(list(string_split(flags, ';')) filter (where flags <> ''))))
            as flag_list
    from source
    where
        concept in (
            'req_received_new',
            'req_carried_in',
            'req_outcome_granted',
            'req_outcome_partial',
            'req_outcome_denied',
            'req_outcome_unable',
            'req_outcome_not_processed',
            'req_outcome_other',
            'req_processed_total',
            'req_carried_out'
        )
    group by report_id, form
),

one_form as (
    select *
    from renamed
    qualify row_number() over (partition by report_id order by filled desc, form desc) = 1
)

select
    report_columns.*,
    one_form.* exclude (report_id, filled, flag_list),
    coalesce(array_to_string(one_form.flag_list, ';'), '') as flags,
    one_form.flag_list is not null as flagged
from one_form
inner join report_columns using (report_id)
order by collection, organ, report_year, scope
