"""Reports → rows as the outside contract names them, and what CSV may hold where it is shown."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from decimal import Decimal
from operator import attrgetter
from typing import TYPE_CHECKING, TextIO

from pipeline.model import Report
from pipeline.names import key, visible

if TYPE_CHECKING:
    import pandas as pd

# Column → where it stands in a Report, a Fact or a NarrativeFigure.
_IDENTITY = ("organ", "region_code", "report_year", "scope")
REPORT = {"file": "file"} | {name: f"identity.{name}" for name in _IDENTITY}
CELL = (
    *("form", "table", "concept", "applicant", "period", "text", "status", "value", "unit"),
    *("amount_yuan", "unit_source", "where", "flags"),
)
FIGURE = (
    *("concept", "category", "value", "unit", "qualifier", "sentence", "start", "end", "where"),
    *("flags", "scope", "year"),
)

MARK = "\ufeff"  # by which Excel knows UTF-8
# Excel runs what begins so, and its Chinese and Japanese editions the wide signs too.
_FORMULA = re.compile(r"[=+@\t\r\n＝＋－＠-]")
_NO_FORMULA = re.compile(
    r"-+|[+-]?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+|(?=\.))(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?%?"
)


def write(
    reports: Iterable[Report], out: TextIO, *, narrative: bool = False, for_excel: bool = False
) -> None:
    """One row per cell of the tables, or per figure stated in prose, in document order.

    Derived cells come after the printed ones. `for_excel` as in `cell_for_excel`.
    """
    names = FIGURE if narrative else CELL
    writer = csv.writer(out, lineterminator="\n")
    own = {"scope": "figure_scope", "year": "figure_year"}  # beside those of the report
    writer.writerow((*REPORT, *(own.get(name, name) for name in names)))
    of_report, of_member = attrgetter(*REPORT.values()), attrgetter(*names)
    for report in reports:
        file, *who = of_report(report)
        same = (key(file), *who)
        for member in report.narrative if narrative else report.facts:
            row = map(_plain, (*same, *of_member(member)))
            writer.writerow(map(cell_for_excel, row) if for_excel else row)


def cell_for_excel(text: str) -> str:
    """The text with an apostrophe before it where Excel would take it for a formula.

    Plain numbers are none, and nor are hyphens alone, which stand for blanks.
    """
    formula = _FORMULA.match(text) and not _NO_FORMULA.fullmatch(text)
    return f"'{text}" if formula else text


def for_excel(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with `cell_for_excel` of its names of columns and of all text in it."""
    frame = frame.rename(columns=lambda name: cell_for_excel(str(name)))
    return frame.map(lambda value: cell_for_excel(value) if isinstance(value, str) else value)


def printed(table: str, out: TextIO | None) -> str:
    """CSV as `out` may be sent it: whole, but to a terminal without what acts on it unseen."""
    return visible(table) if out and out.isatty() else table


def _plain(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format(value.normalize() if value else Decimal(0), "f")
    if isinstance(value, tuple):
        return ";".join(map(str, value))
    return str(value)
