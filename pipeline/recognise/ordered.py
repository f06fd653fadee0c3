"""Columns by the order of the form, where a header holds no more than remnants of its words.

What is left of the words must stand in the form's order, and a row must have one cell for each
column. That singles a reading out, and it is taken only where every sum of the rows bears it out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from pipeline import doubt
from pipeline.doubt import Doubt
from pipeline.forms import Form, Heading, Sheet
from pipeline.model import Cell, Layout, Status
from pipeline.recognise.columns import Column, head_cells, is_nameless, is_part_of, words_of
from pipeline.recognise.printed import PrintedRow
from pipeline.text import is_value_like, label, parse_value

_FEWEST_WORDS = 2  # of a header that says no more than which table it is over


def ordered_columns(header: Sequence[PrintedRow], sheet: Sheet) -> tuple[Column, ...]:
    """The form's columns in its order, as far as what the header says bears that out.

    A column is doubted (`by_order`) where its words could be those of another one too. Nothing
    where the words speak against the form's order, or leave more than one number of columns.
    """
    if not sheet.is_tree:
        return _flat(head_cells(header[-1], sheet), sheet)
    words = words_of(header, sheet)
    if len(words) > len(sheet.leaf_columns) and _is_corner(words[0], header, sheet):
        words = words[1:]
    return _one_word_each(words, sheet) or _some_words(words, header, sheet)


def _is_corner(first: Cell, header: Sequence[PrintedRow], sheet: Sheet) -> bool:
    """Whether the first word of a header stands over the labels of the rows: 项目."""
    begins = any(len(row.cells) > 1 and row.cells[0] is first for row in header)
    return begins and not any(_may_name(first, column) for column in sheet.columns)


def _flat(words: Sequence[Cell], sheet: Sheet) -> tuple[Column, ...]:
    """The one set of columns of a row of the form that the words are parts of, in its order.

    A column without any word of its own stays nameless, for no sum can bear its place out.
    """
    if any(is_nameless(label(cell.text)) for cell in words):
        return ()
    orders = [
        [sheet.by_id[name] for name in names]
        for names in dict.fromkeys(row.cells for row in sheet.rows if row.cells)
    ]
    fitting = [order for order in orders if _are_parts(words, order)]
    return _told_apart(words, fitting[0]) if len(fitting) == 1 else ()


def _one_word_each(words: Sequence[Cell], sheet: Sheet) -> tuple[Column, ...]:
    """The columns of a tree whose every heading, or every lowest one, has a word or a remnant."""
    for order in _reading_orders(sheet):
        if not _are_parts(words, order):
            continue
        told = {column.heading: column for column in _told_apart(words, order)}
        return tuple(told[leaf] for leaf in sheet.leaf_columns)
    return ()


def _some_words(
    words: Sequence[Cell], header: Sequence[PrintedRow], sheet: Sheet
) -> tuple[Column, ...]:
    """All columns of a tree of whose headings only some are left, in the order of the form.

    Below a header that leaves columns of the publisher's own possible every row is doubted.
    """
    if len(words) < _FEWEST_WORDS or any(row.layout is Layout.RULED for row in header):
        return ()
    for order in _reading_orders(sheet):
        under = _in_step(words, order)
        if under is not None:
            doubts = (Doubt(doubt.HEADER),) if sheet.rows else ()
            return tuple(
                Column(leaf, under.get(leaf) or replace(words[0]), doubts, not doubts)
                for leaf in sheet.leaf_columns
            )
    return ()


def _reading_orders(sheet: Sheet) -> Iterator[tuple[Heading, ...]]:
    """The headings level by level, each before those under it, and the lowest ones alone."""
    by_level: list[Heading] = []
    level = [column for column in sheet.columns if not column.under]
    while level:
        by_level += level
        level = [c for parent in level for c in sheet.columns if c.under == parent.id]
    yield tuple(by_level)
    yield sheet.columns
    yield sheet.leaf_columns


def _are_parts(words: Sequence[Cell], order: Sequence[Heading]) -> bool:
    """Whether each word is what is left of the heading at its place."""
    return len(words) == len(order) and all(map(_may_name, words, order))


def _in_step(words: Sequence[Cell], order: Sequence[Heading]) -> dict[Heading, Cell] | None:
    """The words by the headings they are parts of, none before one that the form prints above."""
    found: dict[Heading, Cell] = {}
    at = 0
    for cell in words:
        while at < len(order) and not is_part_of(label(cell.text), order[at]):
            at += 1
        if at == len(order):
            return None
        found[order[at]] = cell
        at += 1
    return found


def _told_apart(words: Sequence[Cell], order: Sequence[Heading]) -> tuple[Column, ...]:
    """Each heading with its word; `by_order` where the words leave it open which is which."""
    open_ = {
        at: {i for i, heading in enumerate(order) if _may_name(cell, heading)}
        for at, cell in enumerate(words)
    }
    while told := [at for at, fits in open_.items() if len(fits) == 1]:
        taken = {i for at in told for i in open_.pop(at)}
        open_ = {at: fits - taken for at, fits in open_.items()}
    return tuple(
        Column(heading, cell, by_order=at in open_)
        for at, (heading, cell) in enumerate(zip(order, words, strict=True))
    )


def _may_name(cell: Cell, heading: Heading) -> bool:
    text = label(cell.text)
    return is_part_of(text, heading) or is_nameless(text)


# What the sums say


def bears_out(form: Form, sheet: Sheet, rows: Sequence[dict[str, Cell]]) -> bool:
    """Whether every sum along the rows holds, in each row that counts anything.

    `rows` are cells by the ids of their columns. A sheet without sums says nothing against them.
    """
    sums = _sums_along(form, sheet)
    return all(_adds_up(row, total, parts) for row in rows for total, parts in sums)


@lru_cache(maxsize=32)
def _sums_along(form: Form, sheet: Sheet) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Each column that adds up others of its row, with those; subtotals are opened."""
    leaves = {column.id for column in sheet.leaf_columns}
    along = [rule for rule in form.sums if rule.total in leaves]
    return tuple((rule.total, tuple(form.opened(rule, leaves.__contains__))) for rule in along)


def _adds_up(row: dict[str, Cell], total: str, parts: Sequence[str]) -> bool:
    if not row.keys() >= {total, *parts}:
        return True
    texts = [row[name].text for name in (total, *parts)]
    if not all(map(is_value_like, texts)):
        return False
    values = [parse_value(text) for text in texts]
    whole, *others = [value.value or Decimal(0) for value in values]
    blank = values[0].status not in (Status.NUMBER, Status.ZERO, Status.REPAIRED)
    return whole == sum(others) and not (blank and any(others))
