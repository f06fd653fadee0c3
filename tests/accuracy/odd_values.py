"""Oddities of single figures. Each returns whether the report gave it anything to work on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from random import Random

from tests.accuracy.page import APPLICATIONS, DISCLOSURE, DISPUTES, Cell, Draft

_UNIT_OF_HEADER = re.compile(r"（[\s万萬]*元\s*）$")
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def _noughts(made: Draft, *tables: str) -> list[Cell]:
    return [cell for cell in made.cells(*tables) if cell.text == "0"]


def _some(rng: Random, cells: Sequence[Cell], most: int = 6) -> list[Cell]:
    return rng.sample(cells, min(len(cells), rng.randint(1, most)))


def blank_zeros(made: Draft, rng: Random) -> bool:
    tables = rng.choice(((APPLICATIONS,), (APPLICATIONS, DISPUTES), (APPLICATIONS, DISCLOSURE)))
    found = _noughts(made, *tables)
    for cell in found:
        made.blank(cell)
    return bool(found)


def blank_row_totals(made: Draft, rng: Random) -> bool:
    found = [c for c in made.cells(APPLICATIONS) if c.key and c.key[1] == "total"]
    kept = {"req_received_new", "req_carried_in", "req_processed_total", "req_carried_out"}
    for cell in found:
        if cell.key and cell.key[0] not in kept:
            made.blank(cell)
    return True


def blank_grand_total(made: Draft, rng: Random) -> bool:
    for cell in made.cells(APPLICATIONS):
        if cell.key and cell.key[0] == "req_processed_total":
            made.blank(cell)
    return True


def dash_zeros(made: Draft, rng: Random) -> bool:
    sign = rng.choice("/-—")
    found = _noughts(made, rng.choice((DISCLOSURE, APPLICATIONS, DISPUTES)))
    for cell in found:
        made.blank(cell, sign)
    return bool(found)


def space_zeros(made: Draft, rng: Random) -> bool:
    space = rng.choice("\u00a0\u3000")
    found = _noughts(made, APPLICATIONS)
    for cell in found:
        made.blank(cell, space)
    return bool(found)


def full_width_digits(made: Draft, rng: Random) -> bool:
    for cell in made.cells():
        cell.text = cell.text.translate(_FULL_WIDTH)
    return True


def thousands_commas(made: Draft, rng: Random) -> bool:
    found = [cell for cell in made.cells() if cell.text.isdecimal() and len(cell.text) > 3]
    mark = rng.choice(",，")
    for cell in found:
        cell.text = f"{int(cell.text):,}".replace(",", mark)
    return bool(found)


def signed_change(made: Draft, rng: Random) -> bool:
    up, down = rng.choice((("+", "-"), ("增", "减"), ("增加", "减少"), ("＋", "－"), ("+", "−")))
    found = [c for c in made.cells(DISCLOSURE) if c.key and c.key[0].endswith("_items_change")]
    for cell in found:
        if cell.text.strip("-").isdigit() and cell.text != "0":
            cell.text = down + cell.text[1:] if cell.text[0] == "-" else up + cell.text
    return bool(found)


def double_sign(made: Draft, rng: Random) -> bool:
    found = [cell for cell in made.cells(DISCLOSURE) if cell.text.startswith("-")]
    for cell in found:
        cell.text = "-" + cell.text
        made.hide(cell)
    return bool(found)


def note_in_cell(made: Draft, rng: Random) -> bool:
    found = [cell for cell in made.cells(DISCLOSURE) if cell.text.isdecimal()]
    found = _some(rng, [cell for cell in found if int(cell.text) > 1], 2)
    for cell in found:
        cell.text += rng.choice(("（其中修订1件）", "（含网络公开2件）", "(略)", "（本年度）"))
    return bool(found)


def note_that_changes(made: Draft, rng: Random) -> bool:
    found = _some(rng, [cell for cell in made.cells(DISCLOSURE) if cell.text.isdecimal()], 2)
    for cell in found:
        cell.text += rng.choice(("（应为12）", "（含上年结转2件）", "(不含街道3件)", "（千件）"))
        made.hide(cell)
    return bool(found)


def footnote_mark(made: Draft, rng: Random) -> bool:
    found = _some(rng, [cell for cell in made.cells() if cell.text.isdecimal()], 3)
    for cell in found:
        made.hide(cell)
        mark = rng.choice(("①", "②", "¹", "²", "*", "[1]"))
        if made.format == "html" and rng.random() < 0.4:
            cell.markup = f"{cell.text}<sup>1</sup>"
        cell.text += mark
    return bool(found)


def counted_cells(made: Draft, rng: Random) -> bool:
    found = [cell for cell in made.cells(DISPUTES) if cell.text.isdecimal()]
    found += [c for c in made.cells(DISCLOSURE) if c.key and c.key[0].endswith("_decisions")]
    for cell in found:
        cell.text += "件" if cell.text.strip().isdecimal() else ""
    return True


def digits_over_lines(made: Draft, rng: Random) -> bool:
    """Where sums tell one number over two lines from two numbers."""
    return bool(_broken(made, rng, APPLICATIONS, DISPUTES))


def digits_over_lines_alone(made: Draft, rng: Random) -> bool:
    found = _broken(made, rng, DISCLOSURE)
    made.hide(*found)
    return bool(found)


def _broken(made: Draft, rng: Random, *tables: str) -> list[Cell]:
    found = _some(rng, [c for c in made.cells(*tables) if c.text.isdecimal() and len(c.text) > 2])
    for cell in found:
        at = rng.randrange(1, len(cell.text))
        cell.text = f"{cell.text[:at]}\n{cell.text[at:]}"
    return found


def digits_apart(made: Draft, rng: Random) -> bool:
    found = _some(rng, [c for c in made.cells() if c.text.isdecimal() and len(c.text) > 1])
    for cell in found:
        at = rng.randrange(1, len(cell.text))
        cell.text = cell.text[:at] + rng.choice(" \u00a0\u3000") + cell.text[at:]
        made.hide(cell)
    return bool(found)


def letter_for_digit(made: Draft, rng: Random) -> bool:
    found = _some(rng, [c for c in made.cells() if "0" in c.text or "1" in c.text])
    for cell in found:
        cell.text = cell.text.replace("0", rng.choice("OoО〇")).replace("1", rng.choice("lI"))
        made.hide(cell)
    return bool(found)


def zero_as_image(made: Draft, rng: Random) -> bool:
    found = _some(rng, _noughts(made))
    for cell in found:
        cell.markup = rng.choice(('<img src="0.gif" alt="0">', '<img src="0.gif">'))
        made.hide(cell)
    return bool(found)


def wrong_total(made: Draft, rng: Random) -> bool:
    totals = ("req_processed_total", "review_total", "lit_direct_total", "lit_after_review_total")
    cell = rng.choice(
        [c for c in made.cells() if c.key and c.key[0] in totals and c.key[1] != "total"]
    )
    assert cell.key is not None
    wrong = made.figures[cell.key] + rng.choice((1, 2, 10))
    cell.text = str(wrong)
    made.values[cell.key] = Decimal(wrong)
    made.suspect.add(cell.key)
    # The other cells of the broken sums may be blamed as well.
    column = {c.key for c in made.cells() if c.key and c.key[1] == cell.key[1] != ""}
    row = {c.key for c in made.cells() if c.key and c.key[0] == cell.key[0]}
    path = cell.key[0].rpartition("_")[0]
    ends = {c.key for c in made.cells(DISPUTES) if c.key and c.key[0].startswith(path)}
    made.hidden |= {key for key in column | row | ends if key}
    return True


def amount_without_unit(made: Draft, rng: Random) -> bool:
    found = [c for c in made.cells(DISCLOSURE) if c.key == ("procurement_amount", "")]
    for cell in found:
        if not made.values[cell.key]:
            return False
        cell.text = cell.text.removesuffix("元").removesuffix("万")
        made.units.pop(("procurement_amount", ""))
        made.suspect.add(("procurement_amount", ""))
        for header in (c for sheet in made.sheets for row in sheet.rows for c in row):
            header.text = _UNIT_OF_HEADER.sub("", header.text)
    return bool(found)


VALUES = {
    odd.__name__: odd
    for odd in (
        blank_zeros, blank_row_totals, blank_grand_total, dash_zeros, space_zeros,
        full_width_digits, thousands_commas, signed_change, double_sign, note_in_cell,
        note_that_changes,
        footnote_mark, counted_cells, digits_over_lines, digits_over_lines_alone, digits_apart, letter_for_digit,
        zero_as_image, wrong_total, amount_without_unit,
    )
}  # fmt: skip
