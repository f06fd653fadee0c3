"""The national forms as data: what they print, which concept each cell is, what adds up.

A form is one TOML file. It may name a `base` and then states only what differs from it.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.text import label

CONCEPTS = Path(__file__).with_name("concepts.csv")


@dataclass(frozen=True, slots=True)
class Heading:
    """A row or column heading of a form. `under` names its parent; a group has no cells itself.

    A column whose `aside` is `unit` or `code` says what stands in a row and holds no figure of it;
    one with a `period` (empty for the year of the report) divides the figures of a row by time.
    Whether a row is `confirmed` says if a filled table has been seen that words it so; a row that
    `unsettles` others takes away their meaning where it is printed.
    """

    id: str
    labels: frozenset[str]
    under: str = ""
    group: bool = False
    table: str = ""
    cells: tuple[str, ...] = ()
    aside: str = ""
    period: str | None = None
    unit: str = ""
    kind: str = "count"
    optional: bool = False
    confirmed: bool = True
    unsettles: tuple[str, ...] = ()


Slot = tuple[str, str, str, str]  # table, concept, applicant, period


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of a form: headings of rows and columns, and words that bind nothing.

    The rows of an `exact` sheet are taken by their words only, never by likeness: publishers add
    rows of their own that differ from the form's by a word.
    """

    id: str
    columns: tuple[Heading, ...]
    rows: tuple[Heading, ...]
    skipped: frozenset[str]
    beside: frozenset[str]
    unit: str = ""
    units: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    exact: bool = False

    @property
    def leaf_columns(self) -> tuple[Heading, ...]:
        parents = {column.under for column in self.columns}
        return tuple(
            column for column in self.columns if column.id not in parents and not column.aside
        )

    def slot(self, row: Heading | None, column: Heading) -> Slot | None:
        """The place of a cell in the form, or None where the form has no such cell."""
        if row is None:
            return self.id, column.id, "", ""
        if row.group or column.aside:
            return None
        if row.cells:
            known = column.id in row.cells
            return (row.table, f"{row.id}_{column.id}", "", "") if known else None
        if column.period is not None:
            return self.id, row.id, "", column.period
        return self.id, row.id, column.id, ""

    def slots(self) -> tuple[Slot, ...]:
        """Every cell that each copy of the form prints, in the form's order."""
        kept = tuple(row for row in self.rows if not row.optional)
        rows: tuple[Heading | None, ...] = kept or (None,)
        every = (self.slot(row, column) for row in rows for column in self.leaf_columns)
        return tuple(slot for slot in every if slot)


@dataclass(frozen=True, slots=True)
class Sum:
    """total = Σ parts, along the concepts of a column or along the applicants of a row."""

    total: str
    parts: tuple[str, ...]
    check: str
    axis: str = "concept"


@dataclass(frozen=True, slots=True)
class Balance:
    """Σ left = Σ right in every column."""

    check: str
    left: tuple[str, ...]
    right: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bound:
    """lower ≤ Σ upper, wherever all of them are printed. Only errors flag the cells."""

    check: str
    lower: str
    upper: tuple[str, ...]
    severity: str


@dataclass(frozen=True, slots=True)
class Form:
    """One national form; `family` groups forms whose figures a metric may name together."""

    id: str
    zh: str
    family: str
    sheets: tuple[Sheet, ...]
    sums: tuple[Sum, ...]
    balances: tuple[Balance, ...]
    counts: dict[str, tuple[str, ...]]
    at_least_zero: dict[str, tuple[tuple[str, ...], ...]]
    bounds: tuple[Bound, ...] = ()

    def kind(self, concept: str) -> str:
        """count, signed or money."""
        for sheet in self.sheets:
            for row in sheet.rows:
                if concept == row.id:
                    return row.kind
                for column in row.cells:
                    if concept == f"{row.id}_{column}":
                        return sheet.kinds.get(column, "count")
        return "count"


@cache
def load_forms() -> tuple[Form, ...]:
    """Every form, in the order of their names. Raises ValueError when a TOML contradicts itself."""
    texts = (path.read_text("utf-8") for path in sorted(Path(__file__).parent.glob("*.toml")))
    raw = {data["id"]: data for data in map(tomllib.loads, texts)}
    return tuple(_form(_merged(raw, key)) for key in sorted(raw))


def form(form_id: str) -> Form:
    """The form with this id. Raises KeyError."""
    return {known.id: known for known in load_forms()}[form_id]


def _merged(raw: dict[str, Any], key: str) -> dict[str, Any]:
    own = raw[key]
    if "base" not in own:
        return dict(own)
    base = _merged(raw, own["base"])
    replaced = {sheet["id"]: sheet for sheet in own.get("sheets", ())}
    sheets = [replaced.get(sheet["id"], sheet) for sheet in base["sheets"]]
    for addition in own.get("added_rows", ()):
        sheets = [_with_rows(sheet, addition) for sheet in sheets]
    return {
        **base,
        **{name: own[name] for name in ("id", "zh", "family")},
        "sheets": sheets,
        "sums": _merged_sums(base["sums"], own.get("sums", ())),
        "counts": own.get("counts", base["counts"]),
        "at_least_zero": own.get("at_least_zero", []),
    }


def _with_rows(sheet: dict[str, Any], addition: dict[str, Any]) -> dict[str, Any]:
    if sheet["id"] != addition["sheet"]:
        return sheet
    ids = [row["id"] for row in sheet["rows"]]
    at = ids.index(addition["in_place_of"])
    rows = [*sheet["rows"][:at], *addition["rows"], *sheet["rows"][at + 1 :]]
    return {**sheet, "rows": rows}


def _merged_sums(base: list[dict[str, Any]], own: list[dict[str, Any]]) -> list[dict[str, Any]]:
    replaced = {(item.get("axis"), item["total"]): item for item in own}
    merged: list[dict[str, Any]] = []
    for item in base:
        merged += [new for new in own if new.get("before") == item["total"]]
        merged.append(replaced.get((item.get("axis"), item["total"]), item))
    return merged


def _heading(raw: dict[str, Any], confirmed: bool) -> Heading:
    lists = {
        "labels": frozenset(label(text) for text in raw["labels"]),
        "cells": tuple(raw.get("cells", ())),
        "unsettles": tuple(raw.get("unsettles", ())),
    }
    return Heading(**{"confirmed": confirmed, **raw, **lists})


def _sheet(raw: dict[str, Any], confirmed: bool) -> Sheet:
    skipped = (*raw.get("captions", ()), *raw.get("corner", ()), *raw.get("titles", ()))
    sheet = Sheet(
        raw["id"],
        tuple(_heading(item, True) for item in raw["columns"]),
        tuple(_heading(item, confirmed) for item in raw.get("rows", ())),
        frozenset(label(text) for text in skipped),
        frozenset(label(text) for text in raw.get("beside", ())),
        raw.get("unit", ""),
        raw.get("units", {}),
        raw.get("kinds", {}),
        raw.get("exact", False),
    )
    for headings in (sheet.columns, sheet.rows):
        ids = {heading.id for heading in headings}
        for heading in headings:
            if heading.under and heading.under not in ids:
                raise ValueError(f"{sheet.id}: {heading.id} stands under unknown {heading.under}")
    return sheet


def _form(raw: dict[str, Any]) -> Form:
    return Form(
        raw["id"],
        raw["zh"],
        raw["family"],
        tuple(_sheet(item, raw.get("confirmed", True)) for item in raw["sheets"]),
        tuple(
            Sum(item["total"], tuple(item["parts"]), item["check"], item.get("axis", "concept"))
            for item in raw["sums"]
        ),
        tuple(
            Balance(item["check"], tuple(item["left"]), tuple(item["right"]))
            for item in raw.get("balances", ())
        ),
        {item["check"]: tuple(item["tables"]) for item in raw["counts"]},
        {
            item["check"]: tuple(tuple(terms) for terms in item["each"])
            for item in raw.get("at_least_zero", ())
        },
        tuple(
            Bound(item["check"], lower, tuple(upper), item.get("severity", "error"))
            for item in raw.get("at_most", ())
            for lower, *upper in item["each"]
        ),
    )
