-- One row per report × measure × source (table or narrative): what the organ disclosed, made or decided; never joined across forms.
with source as (
    select concept as measure, zh as measure_zh, unit as usual_unit, count_basis, table_id
    from concepts
    where count_basis <> ''
),

printed as (
    select
        cells.report_id,
        source.measure,
        source.measure_zh,
        'table' as source,
        null as figure_scope,
        null as figure_year,
        cells.form,
        source.count_basis,
        cells.value,
        coalesce(cells.unit, source.usual_unit) as unit,
        cells.status,
        cells.zero_basis,
        null as qualifier,
        cells.flags,
        cells.where_printed
    from cells
    inner join source on cells.concept = source.measure
    where source.table_id <> 'narrative'
    qualify row_number() over (
        partition by cells.report_id, source.measure
        order by cells.value is null, cells.form desc, cells.period
    ) = 1
),

stated as (
    -- Several figures for one measure: those we trust come first, then the exact ones.
    select *
    from raw_narrative
    semi join (select report_id from reports where is_current) using (report_id)
    where category = ''
    qualify rank() over (
        partition by report_id, concept
        order by contains(flags, 'read:'), qualifier <> 'exact'
    ) = 1
),

settled as (
    select
        report_id,
        concept,
        count(distinct value) = 1 as is_settled,
        case when count(distinct scope) = 1 then any_value(scope) else 'unknown' end as figure_scope,
        case when count(distinct figure_year) = 1 then any_value(figure_year) end as figure_year,
        arg_min(value, ordinal) as value,
        arg_min(unit, ordinal) as unit,
        arg_min(qualifier, ordinal) as qualifier,
        coalesce(flatten(list(string_split(flags, ';')) filter (where flags <> '')), [])
            as flag_list,
        string_agg(where_printed, '; ' order by ordinal) as where_printed
    from stated
    group by report_id, concept
),

narrative as (
    select
        settled.report_id,
        source.measure,
        source.measure_zh,
        'narrative' as source,
        settled.figure_scope,
        settled.figure_year,
        null as form,
        source.count_basis,
        case when is_settled then value end as value,
        settled.unit,
        case
            when not is_settled then 'unreadable'
            when value = 0 then 'zero'
            else 'number'
        end as status,
        null as zero_basis,
        settled.qualifier,
        array_to_string(
            list_sort(
                list_distinct(
                    case
                        when is_settled or list_contains(flag_list, 'source:N-INTERNAL')
                            then flag_list
                        else list_append(flag_list, 'read:rival_figures')
                    end
                )
            ),
            ';'
        ) as flags,
        settled.where_printed
    from settled
    inner join source on settled.concept = source.measure
),

renamed as (
    select * from printed
    union all by name
    select * from narrative
)

select
    report_columns.*,
    renamed.* exclude (report_id)
        replace (
            coalesce(renamed.figure_scope, report_columns.scope) as figure_scope,
            coalesce(renamed.figure_year, report_columns.report_year) as figure_year
        )
from renamed
inner join report_columns using (report_id)
order by collection, organ, report_year, scope, measure, source
