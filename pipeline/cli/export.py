"""Reports → rows as the outside contract names them."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from decimal import Decimal
from operator import attrgetter
from typing import TextIO

from pipeline.model import Report

# Column → where it stands in a Report, a Fact or a NarrativeFigure.
_IDENTITY = ("organ", "region_code", "report_year", "scope")
REPORT = {"file": "file"} | {name: f"identity.{name}" for name in _IDENTITY}
CELL = (
    *("form", "table", "concept", "applicant", "period", "text", "status", "value", "unit"),
    *("amount_yuan", "unit_source", "where", "flags"),
)
FIGURE = (
    *("concept", "category", "value", "unit", "qualifier", "sentence", "start", "end", "where"),
    *("flags", "scope"),
)


def write(reports: Iterable[Report], out: TextIO, *, narrative: bool = False) -> None:
    """One row per cell of the tables, or per figure stated in prose, in document order.

    Derived cells come after the printed ones.
    """
    names = FIGURE if narrative else CELL
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow((*REPORT, *("figure_scope" if name == "scope" else name for name in names)))
    of_report, of_member = attrgetter(*REPORT.values()), attrgetter(*names)
    for report in reports:
        for member in report.narrative if narrative else report.facts:
            writer.writerow(map(_plain, (*of_report(report), *of_member(member))))


def _plain(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format(value.normalize() if value else Decimal(0), "f")
    if isinstance(value, tuple):
        return ";".join(map(str, value))
    return str(value)
