-- One row per flagged cell of a current report, with its name in both languages.
select
    reports.organ,
    reports.report_year,
    reports.file,
    raw_facts.where_printed,
    concat_ws(' · ', concepts.zh, applicants.zh, nullif(raw_facts.period, '')) as zh,
    concat_ws(
        ' · ', coalesce(concepts.en, raw_facts.concept), applicants.en, nullif(raw_facts.period, '')
    ) as en,
    raw_facts.text,
    raw_facts.flags
from raw_facts
inner join reports using (report_id)
left join concepts using (concept)
left join applicants using (applicant)
where raw_facts.flags <> '' and raw_facts.status <> 'derived'
    and reports.is_current and reports.collection = $1
order by reports.organ, reports.report_year, reports.file, raw_facts.ordinal
