-- One row per report whose table on disclosure asks for centralised procurement: projects, and the amount with the source of its unit.
with asking as (
    -- The other tables of a report may be of another form, which says nothing about this one.
    select distinct cells.report_id, cells.form
    from cells
    inner join concepts
        on
            concepts.concept = 'procurement_projects'
            and list_contains(string_split(concepts.forms, '|'), split_part(cells.form, '+', 1))
    where starts_with(cells.table_id, 'art20_')
),

projects as (
    select * from cells where concept = 'procurement_projects'
),

amounts as (
    select * from cells where concept = 'procurement_amount'
),

renamed as (
    select
        asking.report_id,
        asking.form,
        case when projects.value = floor(projects.value) then projects.value::bigint end as projects,
        case when projects.value <> floor(projects.value) then 'unreadable' else projects.status end
            as projects_status,
        coalesce(projects.flags, '') as projects_flags,
        amounts.text as amount_text,
        amounts.value as amount,
        amounts.unit,
        amounts.unit_source,
        case when amounts.value = 0 then 0 else amounts.amount_yuan end as amount_yuan,
        amounts.status as amount_status,
        coalesce(amounts.flags, '') as amount_flags,
        coalesce(amounts.where_printed, projects.where_printed) as where_printed
    from asking
    left join projects using (report_id, form)
    left join amounts using (report_id, form)
    qualify row_number() over (
        partition by asking.report_id
        order by (amounts.value is null)::int + (projects.value is null)::int, asking.form
    ) = 1
)

select
    report_columns.*,
    renamed.* exclude (report_id)
from renamed
inner join report_columns using (report_id)
order by collection, organ, report_year, scope
