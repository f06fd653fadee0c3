"""Oddities of rows and whole tables."""

from __future__ import annotations

from copy import deepcopy
from itertools import pairwise
from random import Random

from tests.accuracy.figures import DENIED, NOT_PROCESSED, UNABLE
from tests.accuracy.odd_labels import label_of
from tests.accuracy.page import APPLICATIONS, DISCLOSURE, Cell, Draft, Row, Sheet


def _rows(made: Draft, *tables: str) -> list[Row]:
    return [
        row
        for sheet in made.sheets
        if not tables or sheet.id in tables
        for row in sheet.rows
        if row[-1].key is not None
    ]


def _figures(row: Row) -> list[Cell]:
    return [cell for cell in row if cell.key is not None]


def dropped_cell(made: Draft, rng: Random) -> bool:
    row = rng.choice([row for row in _rows(made) if len(_figures(row)) > 1])
    made.hide(*row)
    row.remove(rng.choice(_figures(row)))
    return True


def joined_label_and_values(made: Draft, rng: Random) -> bool:
    row = rng.choice(_rows(made, DISCLOSURE))
    made.hide(*row)
    text = "".join(cell.text for cell in row)
    rest = [Cell("", cell.colspan) for cell in row[1:]]
    row[:] = [Cell(text, 9)] if rng.random() < 0.5 else [Cell(text, 3), *rest]
    return True


def glued_numbers(made: Draft, rng: Random) -> bool:
    row = rng.choice([row for row in _rows(made) if len(_figures(row)) > 1])
    cells = _figures(row)
    at = rng.randrange(len(cells) - 1)
    one, other = cells[at], cells[at + 1]
    made.hide(*row)
    if rng.random() < 0.3:
        # Text keeps no line break: 2 and 1 would be printed as 21 beside a blank.
        one.text += (" " if made.format == "txt" else rng.choice(" \n")) + other.text
        made.blank(other)
        return True
    one.text += rng.choice(("", " ", "\n")) + other.text
    if rng.random() < 0.5:
        one.colspan += other.colspan
    row.remove(other)
    return True


def merged_across(made: Draft, rng: Random) -> bool:
    pairs = [
        (row, one, other)
        for row in _rows(made)
        for one, other in pairwise(_figures(row))
        if one.text == other.text
    ]
    if not pairs:
        return False
    row, one, other = rng.choice(pairs)
    made.hide(one, other)
    one.colspan += other.colspan
    row.remove(other)
    return True


def merged_down(made: Draft, rng: Random) -> bool:
    rows = _rows(made, DISCLOSURE)
    pairs = [(a, b) for a, b in pairwise(rows) if _adjacent(made, a, b)]
    one, other = rng.choice(pairs)
    at = rng.randrange(1, len(one))
    above, below = one[at], other[at]
    assert above.key is not None
    assert below.key is not None
    made.hide(above, below)
    if rng.random() < 0.6:
        total = made.figures[above.key] + made.figures[below.key]
        above.text = str(total)
    above.rowspan = 2
    other.remove(below)
    return True


def _adjacent(made: Draft, one: Row, other: Row) -> bool:
    return any(a is one and b is other for sheet in made.sheets for a, b in pairwise(sheet.rows))


def repeated_header(made: Draft, rng: Random) -> bool:
    sheet = made.sheet(APPLICATIONS)
    at = rng.choice((4, 5))
    sheet.rows[at:at] = deepcopy(sheet.rows[:3])
    return True


def labels_paired(made: Draft, rng: Random) -> bool:
    one, other = _neighbours(made, rng)
    made.hide(*one, *other)
    other[1:1] = _figures(one)
    one[:] = [cell for cell in one if cell.key is None]
    return True


def values_first(made: Draft, rng: Random) -> bool:
    rows = _group(made, rng)[1:]
    made.hide(*(cell for row in rows for cell in row))
    before = next(r for r in _rows(made, APPLICATIONS) if _comes_before(made, r, rows[0]))
    made.hide(*before)
    for row in rows:
        row.append(row.pop(0))
    return True


def _comes_before(made: Draft, row: Row, other: Row) -> bool:
    rows = made.sheet(APPLICATIONS).rows
    at = next(i for i, line in enumerate(rows) if line is other)
    return rows[at - 1] is row


def _group(made: Draft, rng: Random) -> list[Row]:
    group = rng.choice((DENIED, UNABLE, NOT_PROCESSED))
    return [r for r in _rows(made, APPLICATIONS) if r[-1].key and r[-1].key[0] in group]


def _neighbours(made: Draft, rng: Random) -> tuple[Row, Row]:
    rows = _group(made, rng)[1:]
    at = rng.randrange(len(rows) - 1)
    return rows[at], rows[at + 1]


def skipped_blanks(made: Draft, rng: Random) -> bool:
    found = False
    for row in _rows(made, APPLICATIONS):
        blanks = [c for c in _figures(row) if c.text == "0" and rng.random() < 0.7]
        if blanks:
            made.hide(*row)
            row[:] = [cell for cell in row if cell not in blanks]
            found = True
    for row in made.sheet(APPLICATIONS).rows[3:]:
        row[:] = [cell for cell in row if cell.text]
    return found


def page_number_row(made: Draft, rng: Random) -> bool:
    sheet = made.sheet(APPLICATIONS)
    text = rng.choice(("- 3 -", "— 5 —", "4", "第4页 共6页", "3"))
    before = sheet.rows[rng.choice((4, 5))]
    at = sheet.rows.index(before) + 1
    if at > 5:
        sheet.rows[5][0].rowspan += 1
        sheet.rows.insert(at, [Cell(text, 9)])
    else:
        sheet.rows.insert(at, [Cell(text, 10)])
    return True


def page_number_line(made: Draft, rng: Random) -> bool:
    sheet = made.sheet(APPLICATIONS)
    row = rng.choice(_rows(made, APPLICATIONS))
    made.hide(*row)
    at = sheet.rows.index(row) + 1
    sheet.rows.insert(at, [Cell(rng.choice(("- 3 -", "— 5 —", "4", "第4页 共6页")), 1)])
    return True


def cut_label_row(made: Draft, rng: Random) -> bool:
    rows = [row for row in _group(made, rng)[1:] if len(label_of(row).text) > 6]
    row = rng.choice(rows)
    sheet = made.sheet(APPLICATIONS)
    at = next(i for i, line in enumerate(sheet.rows) if line is row)
    cell = label_of(row)
    cut = len(cell.text) - rng.randint(2, 4)
    rest, cell.text = cell.text[cut:], cell.text[:cut]
    sheet.rows.insert(at + 1, [Cell(rest), *(Cell("") for _ in range(7))])
    for line in sheet.rows[:at]:
        for other in line:
            if other.rowspan > 1 and sheet.rows.index(line) + other.rowspan > at:
                other.rowspan += 1
    return True


def provincial_rows(made: Draft, rng: Random) -> bool:
    if rng.random() < 0.5 and made.table_two == "t2019":
        label = "其他主动公开文件（含以本单位或本单位办公室名义正式签发的文件）"
        codes = [f"other_docs_{c}" for c in ("newly_made", "newly_disclosed", "disclosed_total")]
        cells = [Cell(str(rng.randrange(200)), 2) for _ in codes]
        made.extra.update((code, "") for code in codes)
        _after(made, "normative_docs", [Cell(label, 3), *cells])
        return True
    for label in rng.choice((("行政检查",), ("行政检查", "行政确认"))):
        after = "other_services" if made.table_two == "t2019" else "licensing"
        _after(made, after, [Cell(label, 3)])
    return True


def _after(made: Draft, concept: str, row: Row) -> None:
    """Print a row, with figures of its own, below the row of a concept."""
    rng = Random(len(made.prose[0]))
    for sheet in made.sheets:
        for i, line in enumerate(sheet.rows):
            if line[-1].key and line[-1].key[0].startswith(concept + "_"):
                if len(row) == 1:
                    row += [Cell(str(rng.randrange(90)), c.colspan) for c in line if c.key]
                sheet.rows.insert(i + 1, row)
                return


def row_absent(made: Draft, rng: Random) -> bool:
    sheet = made.sheet(APPLICATIONS)
    rows = [row for row in _group(made, rng)[1:] if all(c.text == "0" for c in _figures(row))]
    if not rows:
        return False
    row = rng.choice(rows)
    at = next(i for i, line in enumerate(sheet.rows) if line is row)
    for cell in _figures(row):
        assert cell.key
        del made.values[cell.key]
    for nth, line in enumerate(sheet.rows[:at]):
        for other in line:
            if other.rowspan > 1 and nth + other.rowspan > at:
                other.rowspan -= 1
    del sheet.rows[at]
    return True


def one_table_a_row(made: Draft, rng: Random) -> bool:
    sheet = made.sheet(APPLICATIONS)
    at = made.sheets.index(sheet)
    for row in sheet.rows[3:]:
        for cell in row:
            cell.rowspan = 1
    rows = [Sheet(APPLICATIONS, sheet.widths, [row]) for row in sheet.rows[3:]]
    sheet.rows = sheet.rows[:3]
    made.sheets[at + 1 : at + 1] = rows
    return True


def table_twice(made: Draft, rng: Random) -> bool:
    sheet = made.sheet(APPLICATIONS)
    made.sheets.insert(made.sheets.index(sheet) + 1, deepcopy(sheet))
    return True


def drawn_by_the_writer(made: Draft, rng: Random) -> bool:
    """What the writers do by the oddity's name alone."""
    return True


TABLES = {
    odd.__name__: odd
    for odd in (
        dropped_cell, joined_label_and_values, glued_numbers, merged_across, merged_down,
        repeated_header, labels_paired, values_first, skipped_blanks, page_number_row,
        page_number_line, cut_label_row, provincial_rows, row_absent, one_table_a_row,
        table_twice,
    )
} | dict.fromkeys(
    ("split_runs", "instruction_left_in", "one_giant_table", "layout_tables", "nested_tables",
     "end_tags_missing"),
    drawn_by_the_writer,
)  # fmt: skip
