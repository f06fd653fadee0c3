"""Figures as a report prints them: the text of each cell, and what that text says."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import NamedTuple

from pipeline.model import Status
from pipeline.sample.figures import APPLICANTS, DISPUTE_ENDS, DISPUTE_PATHS, LEGAL, Figures, Key
from pipeline.sample.wording import FORM, application_rows


class Entry(NamedTuple):
    """A printed cell; `unit` is empty where nothing on the page tells it."""

    text: str
    status: Status
    value: Decimal | None
    unit: str


Printed = dict[Key, Entry]
DISPUTE_KEYS: tuple[Key, ...] = tuple(
    (f"{path}_{end}", "") for path in DISPUTE_PATHS for end in (*DISPUTE_ENDS, "total")
)
# The unit of an amount, whether it stands in the cell, and whether the header says it.
_AMOUNTS = {
    "wan_header": ("万元", False, True),
    "yuan_header": ("元", False, True),
    "no_unit": ("元", False, False),
    "no_unit_wan": ("万元", False, False),
    "yuan_in_cell": ("元", True, False),
    "wan_header_and_cell": ("万元", True, True),
}
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def form_keys(table_two: str, table_three: str) -> tuple[Key, ...]:
    """The cells of a report's three tables, in the order of the form."""
    rows = [row for block in FORM["table_two"][table_two] for row in block["rows"]]
    two = [(code, "") for _, *codes in rows for code in codes]
    three = [(row["code"], who) for row in application_rows(table_three) for who in APPLICANTS]
    return (*two, *three, *DISPUTE_KEYS)


def print_figures(figures: Figures, keys: Sequence[Key], oddities: Sequence[str]) -> Printed:
    """Every cell of the report, with the oddities of this report worked in."""
    entries: Printed = {}
    for key in keys:
        entry = _plain(key[0], figures[key], oddities)
        for oddity in oddities:
            entry = _odd(oddity, key, entry)
        entries[key] = entry
    return entries


def published_entry(text: str, value: str, unit: str) -> Entry:
    """A cell of a real report, as it was published."""
    if not text:
        return Entry("", Status.BLANK, None, "")
    quantity = Decimal(re.sub(r"\s", "", value))
    return Entry(text, _status(quantity), quantity, unit)


def _plain(concept: str, value: Decimal, oddities: Sequence[str]) -> Entry:
    """A figure as most reports print it; an amount as the oddities say."""
    if concept == "procurement_amount":
        amounts = (shown for oddity, shown in _AMOUNTS.items() if oddity in oddities)
        unit, in_cell, in_header = next(amounts, ("万元", True, False))
    elif concept == "admin_fee_amount":
        unit, in_cell, in_header = "万元", "fee_unit_in_cell" in oddities, True
        if "fee_in_yuan" in oddities and value:
            unit, in_cell = "元", True
    else:
        items = "_items_" in concept or concept == "procurement_projects"
        return Entry(_number(value), _status(value), value, "项" if items else "件")
    value = value / 10_000 if unit == "万元" else value
    in_cell = in_cell and bool(value)
    text = f"{_number(value)}{unit if in_cell else ''}"
    return Entry(text, _status(value), value, unit if in_cell or in_header else "")


def _is_outcome(key: Key) -> bool:
    ends = ("req_received_new", "req_carried_in", "req_processed_total", "req_carried_out")
    return bool(key[1]) and key[0] not in ends


# What stands instead of a figure, whether of noughts only, and in which cells.
_INSTEAD: dict[str, tuple[str, bool, Callable[[Key], bool]]] = {
    "blank_zeros": ("", True, lambda key: _is_outcome(key) or key[1] in LEGAL),
    "blank_legal": ("", True, lambda key: key[1] in LEGAL),
    "slash_legal": ("/", True, lambda key: key[1] in LEGAL),
    "dash_rules": ("-", True, lambda key: key[0].startswith("rules_")),
    "long_dash_coercion": ("—", True, lambda key: key[0].startswith("coercion_")),
    "slash_disputes": ("/", True, lambda key: key in DISPUTE_KEYS),
    "blank_row_totals": ("", False, lambda key: _is_outcome(key) and key[1] == "total"),
    "blank_grand_total": ("", False, lambda key: key[0] == "req_processed_total"),
    "blank_after_review": ("", False, lambda key: key[0].startswith("lit_after_review")),
    "blank_disputes": ("", False, lambda key: key in DISPUTE_KEYS),
    "blank_applications": ("", False, lambda key: bool(key[1])),
    "only_totals": ("", False, lambda key: key[1] not in ("", "total")),
}


def _odd(oddity: str, key: Key, entry: Entry) -> Entry:
    """The cell as this oddity leaves it."""
    if oddity in _INSTEAD:
        mark, only_noughts, cells = _INSTEAD[oddity]
        if not cells(key) or (only_noughts and entry.status is not Status.ZERO):
            return entry
        return Entry(mark, Status.DASH if mark else Status.BLANK, None, "")
    concept, text, value = key[0], entry.text, entry.value
    counts = entry.status is Status.NUMBER
    match oddity:
        case "full_width" if value is not None and not concept.endswith("amount"):
            text = text.translate(_FULL_WIDTH)
        case "thousands" if value is not None:
            text = re.sub(r"(?<![\d.])\d{4,}", lambda digits: f"{int(digits[0]):,}", text)
        case "signed_change" if counts and concept.endswith("_items_change"):
            text = text if text.startswith("-") else f"+{text}"
        case "change_in_words" if counts and concept.endswith("_items_change"):
            text = f"减{text[1:]}" if text.startswith("-") else f"增{text}"
        case "counted_cells" if value is not None and concept.endswith("_decisions"):
            text += entry.unit
        case "note_in_cell" if counts and concept == "normative_docs_newly_made":
            text += "（其中修订1件）"
        case "text_amount" if concept == "procurement_amount":
            return Entry("详见采购公告", Status.TEXT, None, "")
        case "rules_misprint" if concept == "rules_in_force":
            return Entry("2", Status.NUMBER, Decimal(2), "件")
        case "wrong_total" if key == ("req_processed_total", "total"):
            more = (value or Decimal(0)) + 2
            return Entry(_number(more), Status.NUMBER, more, entry.unit)
    return entry._replace(text=text)


def _number(value: Decimal) -> str:
    """Digits without an exponent or idle noughts."""
    return f"{value.normalize():f}"


def _status(value: Decimal) -> Status:
    return Status.NUMBER if value else Status.ZERO
