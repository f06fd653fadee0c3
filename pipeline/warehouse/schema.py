"""The raw tables, and reports as their rows. Parquet, DuckDB and the rows all follow SCHEMAS."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

import pyarrow as pa

from pipeline.model import Report, Status
from pipeline.reference.region import REGION_COLUMNS

COUNT = pa.int32()
VALUE = pa.decimal128(18, 4)

Rows = dict[str, list[tuple[Any, ...]]]
Tables = dict[str, pa.Table]


def _columns(names: str, **types: pa.DataType) -> pa.Schema:
    """Columns of text, but for those whose type is given."""
    return pa.schema([(name, types.get(name, pa.string())) for name in names.split()])


SCHEMAS: dict[str, pa.Schema] = {
    "raw_reports": _columns(
        "report_id collection file format title organ organ_type region_code report_year scope "
        "forms year_method organ_method region_method",
        report_year=COUNT,
    ),
    "raw_facts": _columns(
        "report_id ordinal form table_id concept applicant period text status value unit "
        "amount_yuan unit_source zero_basis where_printed flags",
        ordinal=COUNT,
        value=VALUE,
        amount_yuan=pa.decimal128(18, 2),
    ),
    "raw_narrative": _columns(
        "report_id ordinal concept category value unit qualifier scope figure_year sentence "
        "span_start span_end where_printed flags",
        ordinal=COUNT,
        value=VALUE,
        figure_year=COUNT,
        span_start=COUNT,
        span_end=COUNT,
    ),
    "raw_findings": _columns(
        "report_id ordinal check_id verdict severity message cells where_printed", ordinal=COUNT
    ),
    "raw_evidence": _columns(
        "report_id ordinal field value method text where_printed", ordinal=COUNT
    ),
}
REGION_SCHEMA = _columns(" ".join(("collection", *REGION_COLUMNS)))

# What a column is called in model.py where SQL, or another table, needs the word.
MODEL_NAMES = {
    "table_id": "table",
    "check_id": "check",
    "span_start": "start",
    "span_end": "end",
    "where_printed": "where",
    "figure_year": "year",
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
        cells = Counter(
            (fact.key, fact.form, fact.period, fact.status is Status.DERIVED)
            for fact in report.facts
        )
        repeated = sorted({cell[0] for cell, count in cells.items() if count > 1})
        if repeated:
            raise ValueError(f"one cell was read twice: {', '.join(repeated[:3])}")
        key, who = report_id(collection, file, ordinal), report.identity
        methods = {item.field: item.method for item in reversed(who.evidence)}
        rows["raw_reports"].append(
            (
                *(key, collection, file, report.format, report.title),
                *(who.organ, who.organ_type, who.region_code, who.report_year, who.scope.value),
                ";".join(report.forms),
                *(methods.get(name, "") for name in ("report_year", "organ", "region_code")),
            )
        )
        members: dict[str, Iterable[object]] = {
            "raw_facts": report.facts,
            "raw_narrative": report.narrative,
            "raw_findings": report.findings,
            "raw_evidence": who.evidence,
        }
        for table, each in members.items():
            names = [MODEL_NAMES.get(name, name) for name in SCHEMAS[table].names[2:]]
            rows[table] += [
                (key, at, *(_plain(getattr(member, name), name) for name in names))
                for at, member in enumerate(each)
            ]
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
        columns = list(zip(*rows[name], strict=True)) or [()] * len(schema)
        arrays = [pa.array(*column) for column in zip(columns, schema.types, strict=True)]
        tables[name] = pa.table(arrays, schema=schema)
    return tables


def _plain(value: object, name: str) -> object:
    """A value of the model as Arrow takes it."""
    if isinstance(value, Decimal):
        return value.quantize(Decimal("0.01" if name == "amount_yuan" else "0.0001"))
    if isinstance(value, tuple):
        return ";".join(value)
    if value is None and name not in ("value", "amount_yuan", "year"):
        return ""
    return value
