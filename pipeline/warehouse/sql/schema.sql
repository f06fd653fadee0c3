-- What reading gives, as it is, and the tables that name its codes. Filled in bulk; keys are
-- proved by contracts/*.sql, because a declared primary key slows loading and grows the file.

create table raw_files (
    collection text, file text, sha256 text, size_bytes bigint, mtime_ns bigint,
    outcome text, reason text, remedy text, reports integer
);
comment on table raw_files is 'One row per file of a collection: whether it was read, refused, failed or ignored, and why.';

create table raw_reports (
    report_id text, collection text, file text, format text, title text, organ text,
    organ_type text, region_code text, report_year integer, scope text, forms text,
    year_method text, organ_method text, region_method text
);
comment on table raw_reports is 'One row per report that was read; a file may hold several.';

create table raw_facts (
    report_id text, ordinal integer, form text, table_id text, concept text, applicant text,
    period text, text text, status text, value decimal(18, 4), unit text,
    amount_yuan decimal(18, 2), unit_source text, zero_basis text, where_printed text, flags text
);
comment on table raw_facts is 'One row per printed cell of a table, and one per total or group that was derived.';

create table raw_narrative (
    report_id text, ordinal integer, concept text, category text, value decimal(18, 4), unit text,
    qualifier text, scope text, sentence text, span_start integer, span_end integer, where_printed text,
    flags text
);
comment on table raw_narrative is 'One row per figure stated in prose.';

create table raw_findings (
    report_id text, ordinal integer, check_id text, verdict text, severity text, message text,
    cells text, where_printed text
);
comment on table raw_findings is 'One row per broken rule or unreadable place inside one report.';

create table raw_evidence (
    report_id text, ordinal integer, field text, value text, method text, text text,
    where_printed text
);
comment on table raw_evidence is 'One row per reason for a field of a report''s identity.';

create table cross_findings (
    check_id text, report_id text, verdict text, severity text, message text, cells text,
    where_printed text
);
comment on table cross_findings is 'One row per broken rule between reports, put to the later report.';

create table concepts (
    concept text, zh text, en text, table_id text, unit text, kind text, forms text,
    count_basis text
);
comment on table concepts is 'One row per concept: what a cell of a form, or a figure in prose, counts.';

create table applicants (applicant text, zh text, en text, parent text, "order" integer);
comment on table applicants is 'One row per kind of applicant.';
