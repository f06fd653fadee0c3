"""Figures as a report prints them: the text of each cell, and what that text says."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from pipeline.model import Status
from pipeline.sample.figures import APPLICANTS, DISPUTE_ENDS, DISPUTE_PATHS, LEGAL, Figures, Key
from pipeline.sample.wording import (
    CARRIED_OUT,
    GROUPS,
    OTHER_GROUP,
    OTHER_LEAF,
    PROCESSED,
    RECEIVED,
    SINGLE,
    TABLE_TWO,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A printed cell; `unit` is empty where nothing on the page tells it."""

    text: str
    status: Status
    value: Decimal | None
    unit: str


Printed = dict[Key, Entry]
BLANK = Entry("", Status.BLANK, None, "")
DISPUTE_KEYS: tuple[Key, ...] = tuple(
    (f"{path}_{end}", "") for path in DISPUTE_PATHS for end in (*DISPUTE_ENDS, "total")
)


def application_rows(form: str) -> tuple[str, ...]:
    """The rows of table three that carry figures, in the order of the form."""
    leaves = [code for _, rows in GROUPS for code, _ in rows]
    others = [code for code, _ in OTHER_GROUP[1]] if form == "t2021" else [OTHER_LEAF[0]]
    first = [code for code, _ in (*RECEIVED, *SINGLE)]
    return (*first, *leaves, *others, PROCESSED[0], CARRIED_OUT[0])


def form_keys(table_two: str, table_three: str) -> tuple[Key, ...]:
    """The cells of a report's three tables, in the order of the form."""
    two = tuple((code, "") for _, _, rows in TABLE_TWO[table_two] for _, c in rows for code in c)
    three = tuple((code, who) for code in application_rows(table_three) for who in APPLICANTS)
    return (*two, *three, *DISPUTE_KEYS)


def print_figures(figures: Figures, keys: Sequence[Key], oddities: Sequence[str]) -> Printed:
    """Every cell of the report, with the oddities of this report worked in."""
    entries = {key: _plain(key, figures[key], oddities) for key in keys}
    for oddity in oddities:
        if oddity in _ODDITIES:
            entries = {key: _ODDITIES[oddity](key, entry) for key, entry in entries.items()}
    return entries


def count_unit(concept: str) -> str:
    """What a figure that is no money counts."""
    return "项" if "_items_" in concept or concept == "procurement_projects" else "件"


def number(value: Decimal) -> str:
    """Digits without an exponent or idle noughts."""
    return f"{value.normalize():f}"


def _plain(key: Key, value: Decimal, oddities: Sequence[str]) -> Entry:
    if key[0] == "procurement_amount":
        return _procurement(value, oddities)
    if key[0] == "admin_fee_amount":
        return _fee(value, oddities)
    return Entry(number(value), _status(value), value, count_unit(key[0]))


def _status(value: Decimal) -> Status:
    return Status.NUMBER if value else Status.ZERO


def _money(yuan: Decimal, unit: str, cell_unit: bool, told: bool = True) -> Entry:
    value = yuan / 10_000 if unit == "万元" else yuan
    text = number(value) + (unit if cell_unit and value else "")
    known = told and (not cell_unit or bool(value))
    return Entry(text, _status(value), value, unit if known else "")


def _procurement(yuan: Decimal, oddities: Sequence[str]) -> Entry:
    if "wan_header" in oddities:
        return _money(yuan, "万元", cell_unit=False)
    if "yuan_header" in oddities:
        return _money(yuan, "元", cell_unit=False)
    if "no_unit" in oddities:
        return _money(yuan, "元", cell_unit=False, told=False)
    if "no_unit_wan" in oddities:
        return _money(yuan, "万元", cell_unit=False, told=False)
    if "yuan_in_cell" in oddities:
        return _money(yuan, "元", cell_unit=True)
    entry = _money(yuan, "万元", cell_unit=True)
    return replace(entry, unit="万元") if "wan_header_and_cell" in oddities else entry


def _fee(yuan: Decimal, oddities: Sequence[str]) -> Entry:
    if "fee_in_yuan" in oddities and yuan:
        return _money(yuan, "元", cell_unit=True)
    entry = _money(yuan, "万元", cell_unit="fee_unit_in_cell" in oddities)
    return replace(entry, unit="万元")  # the header says so


def _is_application(key: Key) -> bool:
    return bool(key[1])


def _is_outcome(key: Key) -> bool:
    return _is_application(key) and key[0] not in (
        "req_received_new",
        "req_carried_in",
        "req_processed_total",
        "req_carried_out",
    )


def _zero_as(text: str, where: Callable[[Key], bool]) -> Callable[[Key, Entry], Entry]:
    """Noughts are left blank, or struck out with `text`."""
    status = Status.DASH if text else Status.BLANK

    def rewrite(key: Key, entry: Entry) -> Entry:
        struck = entry.status is Status.ZERO and where(key)
        return Entry(text, status, None, "") if struck else entry

    return rewrite


def _emptied(where: Callable[[Key], bool]) -> Callable[[Key, Entry], Entry]:
    return lambda key, entry: BLANK if where(key) else entry


def _reworded(
    where: Callable[[Key, Entry], bool], text: Callable[[Entry], str]
) -> Callable[[Key, Entry], Entry]:
    """The same value in other characters."""

    def rewrite(key: Key, entry: Entry) -> Entry:
        shown = entry.value is not None and where(key, entry)
        return replace(entry, text=text(entry)) if shown else entry

    return rewrite


def _set(at: Key, new: Callable[[Entry], Entry]) -> Callable[[Key, Entry], Entry]:
    return lambda key, entry: new(entry) if key == at else entry


def _is_change(key: Key, entry: Entry) -> bool:
    return key[0].endswith("_items_change") and entry.status is Status.NUMBER


def _two_more(entry: Entry) -> Entry:
    value = (entry.value or Decimal(0)) + 2
    return replace(entry, text=number(value), value=value, status=Status.NUMBER)


def _signed(entry: Entry) -> str:
    return f"+{entry.text}" if not entry.text.startswith("-") else entry.text


def _in_words(entry: Entry) -> str:
    return f"减{entry.text[1:]}" if entry.text.startswith("-") else f"增{entry.text}"


def _grouped(entry: Entry) -> str:
    return re.sub(r"(?<![\d.])\d{4,}", lambda found: f"{int(found[0]):,}", entry.text)


_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")

_ODDITIES: dict[str, Callable[[Key, Entry], Entry]] = {
    "blank_zeros": _zero_as("", lambda k: _is_outcome(k) or k[1] in LEGAL),
    "blank_legal": _zero_as("", lambda k: k[1] in LEGAL),
    "slash_legal": _zero_as("/", lambda k: k[1] in LEGAL),
    "dash_rules": _zero_as("-", lambda k: k[0].startswith("rules_")),
    "long_dash_coercion": _zero_as("—", lambda k: k[0].startswith("coercion_")),
    "slash_disputes": _zero_as("/", lambda k: k in DISPUTE_KEYS),
    "blank_row_totals": _emptied(lambda k: _is_outcome(k) and k[1] == "total"),
    "blank_grand_total": _emptied(lambda k: k[0] == "req_processed_total"),
    "blank_after_review": _emptied(lambda k: k[0].startswith("lit_after_review")),
    "blank_disputes": _emptied(lambda k: k in DISPUTE_KEYS),
    "blank_applications": _emptied(_is_application),
    "only_totals": _emptied(lambda k: _is_application(k) and k[1] != "total"),
    "full_width": _reworded(
        lambda k, _: not k[0].endswith("amount"), lambda e: e.text.translate(_FULL_WIDTH)
    ),
    "thousands": _reworded(lambda k, e: True, _grouped),
    "signed_change": _reworded(_is_change, _signed),
    "change_in_words": _reworded(_is_change, _in_words),
    "counted_cells": _reworded(
        lambda k, e: k[0].endswith("_decisions"), lambda e: f"{e.text}{e.unit}"
    ),
    "note_in_cell": _reworded(
        lambda k, e: k[0] == "normative_docs_newly_made" and e.status is Status.NUMBER,
        lambda e: f"{e.text}（其中修订1件）",
    ),
    "text_amount": _set(
        ("procurement_amount", ""), lambda e: Entry("详见采购公告", Status.TEXT, None, "")
    ),
    "rules_misprint": _set(
        ("rules_in_force", ""), lambda e: Entry("2", Status.NUMBER, Decimal(2), "件")
    ),
    "wrong_total": _set(("req_processed_total", "total"), _two_more),
}


def from_published(text: str, value: str, unit: str) -> Entry:
    """A cell of a real report, as it was published."""
    if not text:
        return BLANK
    quantity = Decimal(re.sub(r"\s", "", value))
    return Entry(text, _status(quantity), quantity, unit)
