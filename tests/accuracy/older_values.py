"""Oddities of the tables of 2014 and 2008: their figures and units.

Each returns whether the report gave it anything to work on.
"""

from __future__ import annotations

from decimal import Decimal
from random import Random

from tests.accuracy.odd_values import (
    digits_apart,
    footnote_mark,
    full_width_digits,
    letter_for_digit,
    thousands_commas,
    zero_as_image,
)
from tests.accuracy.older_figures import SUMS
from tests.accuracy.older_page import MONEY
from tests.accuracy.page import STATISTICS, Cell, Draft, Row


def rows_of(made: Draft) -> list[Row]:
    """The rows that print figures."""
    return [
        row
        for sheet in made.sheets
        if sheet.id == STATISTICS
        for row in sheet.rows
        if any(cell.key for cell in row)
    ]


def figures_of(row: Row) -> list[Cell]:
    """The cells of a row that print figures."""
    return [cell for cell in row if cell.key is not None]


def role_of(row: Row, role: str) -> Cell:
    """The cell of a row that prints its label or its unit."""
    return next(cell for cell in row if cell.role == role)


def concept_of(row: Row) -> str:
    """The concept whose figures a row prints."""
    return next(cell.key[0] for cell in row if cell.key)


def blank_zeros(made: Draft, rng: Random) -> bool:
    return _instead_of_noughts(made, "")


def dash_zeros(made: Draft, rng: Random) -> bool:
    return _instead_of_noughts(made, rng.choice(("/", "-", "—", "——")))


def space_zeros(made: Draft, rng: Random) -> bool:
    return _instead_of_noughts(made, rng.choice("\u00a0\u3000"))


def _blanks_unsure(made: Draft) -> bool:
    """Text in which blank cells are not taken for what they are, though no figure goes wrong.

    A row that may be blank follows a line that is a block's label and no more: the table is taken
    for cut, and what goes on with a blank row is lost. One cell a line with codes among them: all
    blank rows are doubted.
    """
    rows = [row for sheet in made.sheets if sheet.id == STATISTICS for row in sheet.rows]
    if made.layout == "line_a_row":
        return any(len(row) == 1 for row in rows)
    is_coded = any(cell.role == "code" for row in rows for cell in row)
    return made.layout == "line_a_cell" and is_coded


def _instead_of_noughts(made: Draft, text: str) -> bool:
    if (not text.strip() or made.layout == "line_a_row") and _blanks_unsure(made):
        return False
    found = [cell for cell in made.cells(STATISTICS) if cell.text == "0"]
    if not text.strip() and made.layout == "line_a_cell":
        # Blank lines at the end of a file are gone before anybody reads them.
        last = figures_of(rows_of(made)[-1])
        found = [cell for cell in found if cell not in last]
    for cell in found:
        made.blank(cell, text)
    return bool(found)


def blank_totals(made: Draft, rng: Random) -> bool:
    if _blanks_unsure(made):
        return False
    for cell in made.cells(STATISTICS):
        if cell.key and cell.key[0] in SUMS:
            made.blank(cell)
    return True


def note_in_cell(made: Draft, rng: Random) -> bool:
    found = [cell for cell in made.cells(STATISTICS) if cell.text.isdecimal()]
    found = [cell for cell in found if int(cell.text) > 1]
    for cell in rng.sample(found, min(3, len(found))):
        cell.text += rng.choice(("（其中村级2条）", "（含网上2件）", "(略)"))
    return bool(found)


def counted_cells(made: Draft, rng: Random) -> bool:
    """The unit follows each number; a column of units stays what it is."""
    for row in rows_of(made):
        for cell in figures_of(row):
            cell.text += role_of(row, "unit").text if cell.text.strip("/-—\u00a0\u3000") else ""
    return True


def digits_over_lines_alone(made: Draft, rng: Random) -> bool:
    found = [c for c in made.cells(STATISTICS) if c.text.isdecimal() and len(c.text) > 2]
    for cell in rng.sample(found, min(3, len(found))):
        at = rng.randrange(1, len(cell.text))
        cell.text = f"{cell.text[:at]}\n{cell.text[at:]}"
        made.hide(cell)
    return bool(found)


def wrong_total(made: Draft, rng: Random) -> bool:
    cell = rng.choice([c for c in made.cells(STATISTICS) if c.key and c.key[0] in SUMS])
    assert cell.key is not None
    concept, period = cell.key
    wrong = made.figures[cell.key] + rng.choice((1, 2, 10))
    cell.text = str(wrong)
    made.values[cell.key] = wrong
    made.suspect.add(cell.key)
    # The other cells of the broken sums may be blamed as well.
    sums = [{total, *parts} for total, parts in SUMS.items() if concept in (total, *parts)]
    made.hidden |= {(code, period) for codes in sums for code in codes}
    return True


def wrong_part_of_two(made: Draft, rng: Random) -> bool:
    """主要负责同志参加 more often than there was anything to take part in."""
    total, part = rng.choice(
        (
            ("t14_press_conf", "t14_press_conf_principal"),
            ("t14_online_interview", "t14_online_interview_principal"),
        )
    )
    cells = {cell.key[0]: cell for cell in made.cells(STATISTICS) if cell.key}
    if total not in cells:
        return False
    wrong = made.figures[total, ""] + Decimal(rng.choice((1, 2, 10)))
    cells[part].text = str(wrong)
    made.values[part, ""] = wrong
    made.suspect.add((part, ""))
    made.hide(cells[total])
    return True


# Units


def no_unit_column(made: Draft, rng: Random) -> bool:
    """Counts need none; an amount of money is not to be told without."""
    for row in _unit_cells_out(made):
        if concept_of(row) in MONEY:
            _forget_unit(made, row)
    return True


def unit_in_label(made: Draft, rng: Random) -> bool:
    """（一）收到申请数（件）, and no column of units."""
    mark = rng.choice(("（{}）", "({})", "（单位：{}）"))
    units = {concept_of(row): role_of(row, "unit").text for row in rows_of(made)}
    for row in _unit_cells_out(made):
        role_of(row, "label").text += mark.format(units[concept_of(row)])
    return True


def blank_units(made: Draft, rng: Random) -> bool:
    """There is a column of units with nothing in it."""
    for row in rows_of(made):
        role_of(row, "unit").text = ""
        if concept_of(row) in MONEY:
            _forget_unit(made, row)
    return True


def yuan(made: Draft, rng: Random) -> bool:
    """Money is reported in 元."""
    found = [row for row in rows_of(made) if concept_of(row) in MONEY]
    for row in found:
        role_of(row, "unit").text = "元"
        for cell in figures_of(row):
            assert cell.key
            value = made.figures[cell.key] * 10_000
            made.values[cell.key] = value
            made.units[cell.key] = "元"
            cell.text = f"{value:.0f}"
    return bool(found)


def _unit_cells_out(made: Draft) -> list[Row]:
    """Take the column of units off the table; the rows that print figures."""
    for sheet in made.sheets:
        if sheet.id == STATISTICS:
            sheet.widths = (sheet.widths[0], *sheet.widths[2:])
            for row in sheet.rows:
                if len(row) > 1:
                    del row[1]
                else:
                    row[0].colspan -= 1
    return rows_of(made)


def _forget_unit(made: Draft, row: Row) -> None:
    for cell in figures_of(row):
        if cell.key and made.values[cell.key]:
            made.units.pop(cell.key)
            made.suspect.add(cell.key)


OLDER_VALUES = {
    odd.__name__: odd
    for odd in (
        blank_zeros, dash_zeros, space_zeros, blank_totals, full_width_digits, thousands_commas,
        note_in_cell, footnote_mark, counted_cells, digits_over_lines_alone, digits_apart,
        letter_for_digit, zero_as_image, wrong_total, wrong_part_of_two, no_unit_column,
        unit_in_label, blank_units, yuan,
    )
}  # fmt: skip
