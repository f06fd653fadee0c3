"""Reports → rows as the outside contract names them."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from decimal import Decimal
from operator import attrgetter
from typing import TextIO

from pipeline.model import Report

# Column → where it stands in a Report, a Fact or a NarrativeFigure.
REPORT = {
    "file": "file",
    "organ": "identity.organ",
    "region_code": "identity.region_code",
    "report_year": "identity.report_year",
    "scope": "identity.scope",
}
CELL = {
    name: name
    for name in (
        *("form", "table", "concept", "applicant", "period", "text", "status", "value", "unit"),
        *("amount_yuan", "unit_source", "where", "flags"),
    )
}
FIGURE = {
    name: name
    for name in (
        *("concept", "category", "value", "unit", "qualifier", "sentence", "start", "end", "where"),
        "flags",
    )
} | {"figure_scope": "scope"}


def write_cells(reports: Iterable[Report], out: TextIO) -> None:
    """One row per cell of the tables, in document order; derived ones after the printed."""
    rows = ((report, fact) for report in reports for fact in report.facts)
    _write(rows, CELL, out)


def write_figures(reports: Iterable[Report], out: TextIO) -> None:
    """One row per figure stated in prose, in document order."""
    rows = ((report, figure) for report in reports for figure in report.narrative)
    _write(rows, FIGURE, out)


def _write(rows: Iterable[tuple[Report, object]], columns: dict[str, str], out: TextIO) -> None:
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow((*REPORT, *columns))
    of_report, of_member = attrgetter(*REPORT.values()), attrgetter(*columns.values())
    for report, member in rows:
        writer.writerow(map(_plain, (*of_report(report), *of_member(member))))


def _plain(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format(value.normalize() if value else Decimal(0), "f")
    if isinstance(value, tuple):
        return ";".join(map(str, value))
    return str(value)
