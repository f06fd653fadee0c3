"""Reports → rows as the outside contract names them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import fields
from decimal import Decimal
from typing import TextIO

from pipeline.model import Fact, NarrativeFigure, Report

CELL_COLUMNS = (
    "file", "organ", "region_code", "report_year", "scope", "form", "table", "concept", "applicant",
    "period", "text", "status", "value", "unit", "amount_yuan", "unit_source", "where", "flags",
)  # fmt: skip
NARRATIVE_COLUMNS = (
    "file", "organ", "region_code", "report_year", "scope",
    *("figure_scope" if field.name == "scope" else field.name for field in fields(NarrativeFigure)),
)  # fmt: skip


def cell_rows(reports: Iterable[Report]) -> Iterator[dict[str, str]]:
    """One row per cell of the tables, in document order; derived ones after the printed."""
    for report in reports:
        for fact in report.facts:
            yield {**_identity(report), **_cell(fact)}


def narrative_rows(reports: Iterable[Report]) -> Iterator[dict[str, str]]:
    """One row per figure stated in prose, in document order."""
    for report in reports:
        for figure in report.narrative:
            names = NARRATIVE_COLUMNS[5:]
            values = {name: getattr(figure, name.removeprefix("figure_")) for name in names}
            yield {**_identity(report), **{name: _plain(value) for name, value in values.items()}}


def write_csv(rows: Iterable[dict[str, str]], columns: tuple[str, ...], out: TextIO) -> None:
    """Write a header and the rows."""
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)


def _identity(report: Report) -> dict[str, str]:
    identity = report.identity
    return {
        "file": report.file,
        "organ": identity.organ,
        "region_code": identity.region_code,
        "report_year": _plain(identity.report_year),
        "scope": identity.scope.value,
    }


def _cell(fact: Fact) -> dict[str, str]:
    names = CELL_COLUMNS[5:]
    return {name: _plain(getattr(fact, name)) for name in names}


def _plain(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format(value.normalize() if value else Decimal(0), "f")
    if isinstance(value, tuple):
        return ";".join(map(str, value))
    return str(value)
