"""The national forms as data: what they print, which concept each cell is, what adds up.

A form is one TOML file. It may name a `base` and then states only what differs from it.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from pipeline.doubt import Kind, Severity, Side, Use
from pipeline.text import label

_YEAR = re.compile(r"20\d\d(?=年)")
CONCEPTS = Path(__file__).with_name("concepts.csv")


@dataclass(frozen=True, slots=True, eq=False)
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
Headings = Mapping[str, tuple[Heading, ...]]  # comparable label → what it can stand for


@dataclass(frozen=True, eq=False)
class Sheet:
    """A table of a form: headings of rows and columns, and words that bind nothing.

    The rows of an `exact` sheet are taken by their words only, never by likeness: publishers add
    rows of their own that differ from the form's by a word. `topic` is a word that the heading
    above the table has; `total` the column in which a row is added up; `notes` what copies of the
    form print in brackets behind its words, without years and punctuation.
    """

    id: str
    columns: tuple[Heading, ...]
    rows: tuple[Heading, ...]
    skipped: frozenset[str]
    beside: frozenset[str]
    unit: str = ""
    units: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    exact: bool = False
    topic: str = ""
    total: str = ""
    notes: frozenset[str] = frozenset()

    @cached_property
    def by_id(self) -> Mapping[str, Heading]:
        """The columns by their ids."""
        return {column.id: column for column in self.columns}

    @cached_property
    def parents(self) -> frozenset[str]:
        """The ids of columns that have others under them."""
        return frozenset(column.under for column in self.columns if column.under)

    @cached_property
    def leaf_columns(self) -> tuple[Heading, ...]:
        return tuple(c for c in self.columns if c.id not in self.parents and not c.aside)

    @property
    def is_tree(self) -> bool:
        """Whether columns have headings over several of them."""
        return bool(self.parents)

    @cached_property
    def has_asides(self) -> bool:
        return any(column.aside for column in self.columns)

    @cached_property
    def column_headings(self) -> Headings:
        return _by_label(self.columns)

    @cached_property
    def row_headings(self) -> Headings:
        return _by_label(self.rows)

    @cached_property
    def row_labels(self) -> frozenset[str]:
        """The words of rows that have cells."""
        return frozenset(text for row in self.rows if not row.group for text in row.labels)

    @cached_property
    def group_labels(self) -> frozenset[str]:
        return frozenset(text for row in self.rows if row.group for text in row.labels)

    @cached_property
    def wide_labels(self) -> frozenset[str]:
        """The words of columns that have others under them."""
        return frozenset(t for c in self.columns if c.id in self.parents for t in c.labels)

    @cached_property
    def order(self) -> Mapping[str, int]:
        """The place of each row in the form, by its id."""
        return {row.id: at for at, row in enumerate(self.rows)}

    @cached_property
    def depths(self) -> Mapping[str, int]:
        """How many groups each row is under."""
        found: dict[str, int] = {}
        for row in self.rows:
            found[row.id] = found.get(row.under, -1) + 1
        return found

    @cached_property
    def slot_of(self) -> Mapping[tuple[str, str], Slot]:
        """The cells of the form by row and column; of a sheet without rows by "" and column."""
        rows: tuple[Heading | None, ...] = self.rows or (None,)
        return {
            (row.id if row else "", column.id): slot
            for row in rows
            for column in self.columns
            if (slot := self._slot(row, column))
        }

    def slot(self, row: Heading | None, column: Heading) -> Slot | None:
        """The place of a cell in the form, or None where the form has no such cell."""
        return self.slot_of.get((row.id if row else "", column.id))

    def _slot(self, row: Heading | None, column: Heading) -> Slot | None:
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

    @cached_property
    def sizes(self) -> Mapping[str, int]:
        """How many cells each of its tables has."""
        return Counter(table for table, *_ in self.slots())


def _by_label(headings: Sequence[Heading]) -> Headings:
    found: dict[str, tuple[Heading, ...]] = {}
    for heading in headings:
        for text in heading.labels:
            found[text] = (*found.get(text, ()), heading)
    return found


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
class AtMost:
    """lower ≤ Σ upper, wherever all of them are printed."""

    check: str
    lower: str
    upper: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reserved:
    """A row whose figures only some organs can have."""

    check: str
    row: str


@dataclass(frozen=True, slots=True)
class Mean:
    """least ≤ amount / per ≤ most, in yuan."""

    check: str
    amount: str
    per: str
    least: Decimal
    most: Decimal


@dataclass(frozen=True, eq=False)
class Form:
    """One national form.

    `first_year` is the first report year that it can be about, 0 where that is not known; `checks`
    are the kinds of doubt that its rules raise, by their ids.
    """

    id: str
    zh: str
    first_year: int
    sheets: tuple[Sheet, ...]
    checks: Mapping[str, Kind]
    sums: tuple[Sum, ...]
    balances: tuple[Balance, ...]
    counts: Mapping[str, tuple[str, ...]]
    at_least_zero: Mapping[str, tuple[tuple[str, ...], ...]]
    bounds: tuple[AtMost, ...] = ()
    reserved: tuple[Reserved, ...] = ()
    means: tuple[Mean, ...] = ()

    @cached_property
    def sum_checks(self) -> frozenset[str]:
        """The checks of its sums and balances, which a misread table breaks again and again."""
        return frozenset((*(s.check for s in self.sums), *(b.check for b in self.balances)))

    @cached_property
    def used_checks(self) -> frozenset[str]:
        """The checks that its rules use; it may have others from the form it is based on."""
        unlikely = (*(r.check for r in self.reserved), *(m.check for m in self.means))
        bounds = (b.check for b in self.bounds)
        return self.sum_checks.union(self.counts, self.at_least_zero, bounds, unlikely)

    @cached_property
    def kind_of(self) -> Mapping[str, str]:
        """count, signed or money, by concept."""
        kinds: dict[str, str] = {}
        for sheet in self.sheets:
            for row in sheet.rows:
                kinds[row.id] = row.kind
                for column in row.cells:
                    kinds[f"{row.id}_{column}"] = sheet.kinds.get(column, "count")
        return kinds

    def opened(self, rule: Sum, is_there: Callable[[str], bool]) -> Iterator[str]:
        """What a total adds up, each subtotal that is not there replaced by what it adds up."""
        by_total = {other.total: other for other in self.sums if other.axis == rule.axis}
        for part in rule.parts:
            if is_there(part):
                yield part
            elif part in by_total:
                yield from self.opened(by_total[part], is_there)

    @cached_property
    def unprinted_applicants(self) -> tuple[str, ...]:
        """The applicants that only add others up and have no column: 法人或其他组织."""
        parents = {parent for sheet in self.sheets for parent in sheet.parents}
        return tuple(r.total for r in self.sums if r.axis == "applicant" and r.total in parents)


@cache
def words_of_forms() -> frozenset[str]:
    """The labels that a form prints itself, 上年结转政府信息公开申请数量 among them."""
    sheets = [sheet for form in load_forms() for sheet in form.sheets]
    words = ((*s.row_headings, *s.column_headings, *s.skipped) for s in sheets)
    return frozenset(text for texts in words for text in texts)


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
        **{name: own[name] for name in ("id", "zh", "first_year")},
        "sheets": sheets,
        "checks": [*base["checks"], *own.get("checks", ())],
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
        raw.get("topic", ""),
        notes=frozenset(without_years(label(text)) for text in raw.get("notes", ())),
    )
    for headings in (sheet.columns, sheet.rows):
        ids = {heading.id for heading in headings}
        for heading in headings:
            if heading.under and heading.under not in ids:
                raise ValueError(f"{sheet.id}: {heading.id} stands under unknown {heading.under}")
    return sheet


def without_years(note: str) -> str:
    """A note as a sheet has it among its `notes`."""
    return _YEAR.sub("", note)


def _check(raw: dict[str, Any]) -> Kind:
    severity = Severity(raw.get("severity", "error"))
    flags = raw.get("flags", severity is Severity.ERROR)
    use = Use.LOOK_FIRST if flags else Use.NO_CELL
    said = (raw["en"], raw["zh"], raw["id"])
    return Kind(raw["id"], Side.SOURCE, severity, use, *said, flags=flags)


def _form(raw: dict[str, Any]) -> Form:
    sums = tuple(
        Sum(item["total"], tuple(item["parts"]), item["check"], item.get("axis", "concept"))
        for item in raw["sums"]
    )
    along = [rule for rule in sums if rule.axis == "applicant"]
    parts = {part for rule in along for part in rule.parts}
    total = next((rule.total for rule in along if rule.total not in parts), "")
    sheets = (_sheet(item, raw.get("confirmed", True)) for item in raw["sheets"])
    return Form(
        raw["id"],
        raw["zh"],
        raw.get("first_year", 0),
        tuple(replace(s, total=total) if total in s.by_id else s for s in sheets),
        {item["id"]: _check(item) for item in raw["checks"]},
        sums,
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
            AtMost(item["check"], lower, tuple(upper))
            for item in raw.get("at_most", ())
            for lower, *upper in item["each"]
        ),
        tuple(Reserved(**item) for item in raw.get("reserved", ())),
        tuple(
            Mean(**{**item, "least": Decimal(item["least"]), "most": Decimal(item["most"])})
            for item in raw.get("mean", ())
        ),
    )
