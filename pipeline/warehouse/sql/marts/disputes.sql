-- One row per report × path (review, lit_direct, lit_after_review): how reviews and lawsuits over disclosure ended.
with source as (
    select *
    from cells
    where table_id = 'disputes'
),

renamed as (
    select
        report_id,
        form,
        regexp_extract(concept, '^(review|lit_direct|lit_after_review)_', 1) as path,
        regexp_extract(concept, '_(upheld|corrected|other|pending|total)$', 1) as measure,
        case when value = floor(value) then value::bigint end as count,
        case when value <> floor(value) then 'unreadable' else status end as status,
        flags
    from source
    where concept <> 'lit_total'
),

paths as (
    select
        report_id,
        form,
        path,
        any_value(count) filter (where measure = 'upheld') as upheld,
        any_value(status) filter (where measure = 'upheld') as upheld_status,
        any_value(count) filter (where measure = 'corrected') as corrected,
        any_value(status) filter (where measure = 'corrected') as corrected_status,
        any_value(count) filter (where measure = 'other') as other,
        any_value(status) filter (where measure = 'other') as other_status,
        any_value(count) filter (where measure = 'pending') as pending,
        any_value(status) filter (where measure = 'pending') as pending_status,
        any_value(count) filter (where measure = 'total') as total,
        any_value(status) filter (where measure = 'total') as total_status,
        count(count) as filled,
        list_sort(list_distinct(flatten(list(string_split(flags, ';')) filter (where flags <> ''))))
            as flag_list
    from renamed
    group by report_id, form, path
),

one_form as (
    select *
    from paths
    qualify row_number() over (partition by report_id, path order by filled desc, form desc) = 1
)

select
    report_columns.*,
    one_form.* exclude (report_id, filled, flag_list),
    coalesce(array_to_string(one_form.flag_list, ';'), '') as flags
from one_form
inner join report_columns using (report_id)
order by collection, organ, report_year, scope, path
