-- One row per current report × form × concept × period, for all applicants together: the value to use and what it rests on. Of the tables that print several periods only the one reported on, unless the year so far is another figure.
with longer as (
    -- Where the year so far is another figure, the period printed beside it is less than a year.
    select distinct during.report_id, during.form, during.concept
    from raw_facts as during
    inner join raw_facts as so_far
        on
            during.report_id = so_far.report_id
            and during.form = so_far.form
            and during.concept = so_far.concept
    where
        during.period = 'period'
        and so_far.period = 'year_to_date'
        and during.value <> so_far.value
),

source as (
    select raw_facts.*
    from raw_facts
    inner join reports using (report_id)
    left join longer using (report_id, form, concept)
    where
        reports.is_current
        and raw_facts.applicant in ('', 'total')
        and (raw_facts.period = '' or (raw_facts.period = 'period' and longer.concept is null))
),

renamed as (
    select *, status = 'derived' as is_derived, nullif(zero_basis, '') as basis
    from source
),

paired as (
    select
        report_id,
        form,
        table_id,
        concept,
        period,
        any_value(value) filter (where not is_derived) as printed,
        any_value(value) filter (where is_derived) as derived,
        any_value(status) filter (where not is_derived) as printed_status,
        any_value(basis) filter (where not is_derived) as printed_basis,
        any_value(basis) filter (where is_derived) as derived_basis,
        any_value(text) filter (where not is_derived) as text,
        any_value(amount_yuan) as amount_yuan,
        any_value(nullif(unit, '')) as unit,
        any_value(nullif(unit_source, '')) as unit_source,
        coalesce(
            any_value(where_printed) filter (where not is_derived),
            any_value(where_printed) filter (where is_derived)
        ) as where_printed,
        list_sort(list_distinct(flatten(list(string_split(flags, ';')) filter (where flags <> ''))))
            as flag_list
    from renamed
    group by report_id, form, table_id, concept, period
)

select
    report_id,
    form,
    table_id,
    concept,
    period,
    coalesce(printed, derived, case when printed_basis = 'implied' then 0 end) as value,
    case
        when printed is null and derived is not null then 'derived'
        else coalesce(printed_status, 'derived')
    end as status,
    case
        when printed is null and derived is not null then derived_basis
        else coalesce(printed_basis, derived_basis)
    end as zero_basis,
    text,
    amount_yuan,
    unit,
    unit_source,
    where_printed,
    coalesce(array_to_string(flag_list, ';'), '') as flags
from paired
order by report_id, form, table_id, concept, period
