"""Reports → rows of the raw tables, as Arrow tables with the warehouse's own types."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

import pyarrow as pa

from pipeline.model import Evidence, Fact, Report, Status, UnitSource
from pipeline.reference.regions import REGION_COLUMNS

TEXT = pa.string()
VALUE = pa.decimal128(18, 4)
AMOUNT = pa.decimal128(18, 2)
LARGEST = Decimal(10) ** 14  # what DECIMAL(18, 4) holds before the point
TOO_LARGE = "read:too_large"

Rows = dict[str, list[tuple[Any, ...]]]
Tables = dict[str, pa.Table]

REGION_SCHEMA = pa.schema([(name, pa.string()) for name in ("collection", *REGION_COLUMNS)])

SCHEMAS: dict[str, pa.Schema] = {
    "raw_reports": pa.schema(
        [
            *((name, TEXT) for name in ("report_id", "collection", "file", "format", "title")),
            *((name, TEXT) for name in ("organ", "organ_type", "region_code")),
            ("report_year", pa.int32()),
            *((name, TEXT) for name in ("scope", "forms")),
            *((name, TEXT) for name in ("year_method", "organ_method", "region_method")),
        ]
    ),
    "raw_facts": pa.schema(
        [
            ("report_id", TEXT),
            ("ordinal", pa.int32()),
            *((name, TEXT) for name in ("form", "table_id", "concept", "applicant", "period")),
            *((name, TEXT) for name in ("text", "status")),
            ("value", VALUE),
            ("unit", TEXT),
            ("amount_yuan", AMOUNT),
            *((name, TEXT) for name in ("unit_source", "zero_basis", "where_printed", "flags")),
        ]
    ),
    "raw_narrative": pa.schema(
        [
            ("report_id", TEXT),
            ("ordinal", pa.int32()),
            *((name, TEXT) for name in ("concept", "category")),
            ("value", VALUE),
            *((name, TEXT) for name in ("unit", "qualifier", "scope", "sentence")),
            ("span_start", pa.int32()),
            ("span_end", pa.int32()),
            *((name, TEXT) for name in ("where_printed", "flags")),
        ]
    ),
    "raw_findings": pa.schema(
        [
            ("report_id", TEXT),
            ("ordinal", pa.int32()),
            *((name, TEXT) for name in ("check_id", "verdict", "severity", "message")),
            *((name, TEXT) for name in ("cells", "where_printed")),
        ]
    ),
    "raw_evidence": pa.schema(
        [
            ("report_id", TEXT),
            ("ordinal", pa.int32()),
            *((name, TEXT) for name in ("field", "value", "method", "text", "where_printed")),
        ]
    ),
}


def report_id(collection: str, file: str, ordinal: int) -> str:
    """The same for the same place in the same file, whatever the file says."""
    return hashlib.sha256(f"{collection}\n{file}\n{ordinal}".encode()).hexdigest()[:12]


def rows_of(collection: str, file: str, reports: Iterable[Report]) -> Rows:
    """Every row the reports of one file add to the raw tables.

    Raises ValueError for a report that states one cell twice: that is a defect of the reading,
    and no figure of such a report can be told apart from a misplaced one.
    """
    rows: Rows = {table: [] for table in SCHEMAS}
    for ordinal, report in enumerate(reports):
        key = report_id(collection, file, ordinal)
        _reject_repeated_cells(report)
        rows["raw_reports"].append(_report_row(key, collection, file, report))
        for table, members in _members(report).items():
            rows[table] += [(key, at, *member) for at, member in enumerate(members)]
    return rows


def joined(parts: Sequence[Tables]) -> Tables:
    """The rows of all parts, one Arrow table for each raw table."""
    return {
        name: pa.concat_tables([schema.empty_table(), *(part[name] for part in parts)])
        for name, schema in SCHEMAS.items()
    }


def arrow(rows: Rows) -> Tables:
    """The rows as one Arrow table for each raw table."""
    tables = {}
    for name, schema in SCHEMAS.items():
        columns: Iterable[tuple[Any, ...]] = zip(*rows[name], strict=True)
        values = list(columns) or [()] * len(schema)
        arrays = [
            pa.array(column, type_) for column, type_ in zip(values, schema.types, strict=True)
        ]
        tables[name] = pa.table(arrays, schema=schema)
    return tables


def _report_row(key: str, collection: str, file: str, report: Report) -> tuple[Any, ...]:
    who = report.identity
    methods = (_method(who.evidence, name) for name in ("report_year", "organ", "region_code"))
    return (
        *(key, collection, file, report.format, report.title),
        *(who.organ, who.organ_type, who.region_code, who.report_year, who.scope.value),
        *(";".join(report.forms), *methods),
    )


def _members(report: Report) -> dict[str, Iterator[tuple[Any, ...]]]:
    return {
        "raw_facts": (_fact_row(fact) for fact in report.facts),
        "raw_narrative": (
            (
                *(figure.concept, figure.category, _fitting(figure.value), figure.unit),
                *(figure.qualifier, figure.scope, figure.sentence),
                *(figure.start, figure.end, figure.where),
                ";".join(figure.flags),
            )
            for figure in report.narrative
            if _fitting(figure.value) is not None
        ),
        "raw_findings": (
            (
                *(finding.check, finding.verdict.value, finding.severity.value, finding.message),
                *(";".join(finding.cells), finding.where),
            )
            for finding in report.findings
        ),
        "raw_evidence": (
            (item.field, item.value, item.method, item.text, item.where)
            for item in report.identity.evidence
        ),
    }


def _fact_row(fact: Fact) -> tuple[Any, ...]:
    value, amount = _fitting(fact.value), _fitting(fact.amount_yuan, "0.01")
    status, flags, source = fact.status, fact.flags, fact.unit_source
    if (value, amount).count(None) > (fact.value, fact.amount_yuan).count(None):
        # Digits run together: no quantity these organs count has fifteen digits.
        value, amount, status = None, None, Status.UNREADABLE
        flags, source = (*flags, TOO_LARGE), source and UnitSource.UNKNOWN
    return (
        *(fact.form, fact.table, fact.concept, fact.applicant, fact.period, fact.text),
        *(status.value, value, fact.unit, amount, source.value if source else ""),
        *(fact.zero_basis.value if fact.zero_basis else "", fact.where, ";".join(flags)),
    )


def _fitting(value: Decimal | None, step: str = "0.0001") -> Decimal | None:
    if value is None or abs(value) >= LARGEST:
        return None
    return value.quantize(Decimal(step))


def _method(evidence: tuple[Evidence, ...], field: str) -> str:
    return next((item.method for item in evidence if item.field == field), "")


def _reject_repeated_cells(report: Report) -> None:
    cells = Counter(
        (fact.form, fact.key, fact.period, fact.status is Status.DERIVED) for fact in report.facts
    )
    repeated = sorted({key for (_, key, _, _), count in cells.items() if count > 1})
    if repeated:
        raise ValueError(f"one cell was read twice: {', '.join(repeated[:3])}")
