"""Literal frames in the shape of the marts: what a test does not name has an ordinary value."""

from __future__ import annotations

from typing import Any

import pandas as pd

BUILD = "20260102T030405-abcdef"
OUTCOMES = ("granted", "partial", "denied", "unable", "not_processed", "other")

REPORT = {
    "collection": "literal",
    "organ": "示例县甲镇人民政府",
    "organ_type": "township_government",
    "region_code": "990101101",
    "region_name": "甲镇",
    "county_name": "示例县",
    "report_year": 2022,
    "scope": "own_organ",
    "report_id": "r1",
    "file": "literal/a.html",
}
OUTCOME = {
    "form": "t2021",
    **dict.fromkeys((*OUTCOMES, "processed_total"), 0),
    "flags": "",
    "flagged": False,
}
PROCUREMENT = {
    "report_year": 2019,
    "form": "t2019",
    "projects": 3,
    "projects_flags": "",
    "amount_text": "120",
    "amount": 120,
    "unit": "万元",
    "unit_source": "header",
    "amount_yuan": 1_200_000,
    "amount_status": "number",
    "amount_flags": "",
    "where_printed": "table 1 row 9 col 3",
}
COVERAGE = {
    "state": "report",
    "forms": "t2021",
    "facts": 200,
    "flagged": 0,
    "other_files": 0,
    "other_file_names": "",
}
FLAGGED = {
    "organ": "示例县甲镇人民政府",
    "report_year": 2022,
    "file": "literal/a.html",
    "where_printed": "table 2 row 3 col 4",
    "zh": "本年新收 · 总计",
    "en": "received in the year · total",
    "text": "1O",
    "flags": "read:number",
}
FILE = {
    "collection": "literal",
    "file": "literal/a.html",
    "outcome": "read",
    "reason": "",
    "remedy": "",
    "reports": 1,
}


def frame(*kinds: dict[str, Any], rows: list[dict[str, Any]]) -> pd.DataFrame:
    """One row for each of `rows`, over the defaults of the kinds; with the build of a warehouse.

    Raises ValueError for a column that the mart does not have.
    """
    defaults = {key: value for kind in kinds for key, value in kind.items()}
    if unknown := {name for row in rows for name in row} - defaults.keys():
        raise ValueError(f"no such column: {', '.join(sorted(unknown))}")
    table = pd.DataFrame([{**defaults, **row} for row in rows], columns=list(defaults))
    table.attrs["build"] = BUILD
    return table


def outcomes(*rows: dict[str, Any]) -> pd.DataFrame:
    """Rows of `application_outcomes`; the total is the sum of the parts unless it is named."""
    summed = [
        {"processed_total": sum(row.get(name) or 0 for name in OUTCOMES), **row} for row in rows
    ]
    return frame(REPORT, OUTCOME, rows=summed)


def procurement(*rows: dict[str, Any]) -> pd.DataFrame:
    """Rows of `procurement_totals`."""
    return frame(REPORT, PROCUREMENT, rows=list(rows))


def coverage(*rows: dict[str, Any]) -> pd.DataFrame:
    """Rows of `report_coverage`."""
    return frame(REPORT, COVERAGE, rows=list(rows))


def files(*rows: dict[str, Any]) -> pd.DataFrame:
    """Rows of `raw_files`."""
    return frame(FILE, rows=list(rows))


def flagged(*rows: dict[str, Any]) -> pd.DataFrame:
    """Flagged figures as the page lists them."""
    return frame(FLAGGED, rows=list(rows))
