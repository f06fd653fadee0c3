-- One row per report that gives other figures than the current report of the same organ, year and scope.
-- Rule: several reports of one organ, year and scope give the same figures; the marts use one of them, the current report.
-- 规则：同一机关、年度、口径的几份年报数字一致；分析表只采用其中一份，即现行的一份。
with source as (
    select report_id, current_report_id
    from reports
    where not is_current and current_report_id is not null
),

printed as (
    select
        report_id,
        form,
        concept,
        applicant,
        period,
        value,
        concat_ws('@', concat_ws('/', concept, nullif(applicant, '')), nullif(period, '')) as cell
    from raw_facts
    where status <> 'derived' and value is not null
),

renamed as (
    select
        source.report_id,
        current.file as current_file,
        count(*) as cells_differing,
        array_to_string(list_sort(list(theirs.cell))[:10], ';') as cells
    from source
    inner join reports as current on source.current_report_id = current.report_id
    inner join printed as theirs on source.report_id = theirs.report_id
    inner join printed as ours
        on
            source.current_report_id = ours.report_id
            and theirs.form = ours.form
            and theirs.concept = ours.concept
            and theirs.applicant = ours.applicant
            and theirs.period = ours.period
    where theirs.value <> ours.value
    group by source.report_id, current.file
)

select
    'M-UNIQUE' as check_id,
    report_id,
    'fail' as verdict,
    'warning' as severity,
    format(
        '{} figures differ from {}, the current report of this organ, year and scope',
        cells_differing, current_file
    ) as message,
    cells,
    '' as where_printed
from renamed
