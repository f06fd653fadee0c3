"""Column headers: which column each printed header cell names, over one or more levels.

A header of several levels that keeps its places is read as one alignment: over each printed column
stands a stack of words, and the stack names the column of the form whose label is the lowest of
them and whose headings, as far as they are printed, are in it. Where places are lost the words
must spell the form's tree.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import dropwhile, takewhile

from pipeline import doubt
from pipeline.doubt import Doubt
from pipeline.forms import Heading, Sheet
from pipeline.model import Cell, Layout
from pipeline.recognise.printed import PrintedRow
from pipeline.text import label

_UNIT_LINE = re.compile(r"(?:填报|填表|制表|编制)?单位.")
_YEAR = re.compile(r"^(?:19|20)\d\d(?=年)")
_MOST_COLUMNS = 100  # no form has twenty, and each of its rows is laid over all of them
_FEWEST_OF_A_TREE = 5  # remnants that by themselves head a table whose columns have levels
_NAMELESS = re.compile(r"(?:数据|列|字段|column|unnamed|field)\d*", re.IGNORECASE)
_FEWEST_REMNANTS = 2  # columns; one word as short as 数量 may head anything
_LONG_TITLE = 7  # characters; a longer title of a table may have more words after it


@dataclass(frozen=True, slots=True)
class Column:
    """A column that holds values: its heading (None when no form knows the words) and its cell.

    `by_order` says that it has its heading from its place among the others alone.
    """

    heading: Heading | None
    cell: Cell
    doubts: tuple[Doubt, ...] = ()
    by_order: bool = False


@dataclass(frozen=True, slots=True)
class Columns:
    """The value columns in printed order; not `settled` when their cells cannot be told apart."""

    printed: tuple[Column, ...]
    settled: bool = True


def begins_header(labels: Sequence[str], sheet: Sheet) -> bool:
    """Whether a row without figures, of these labels, begins a header of this sheet."""
    if not labels:
        return False
    if not sheet.is_tree:
        known = [_named(text, sheet) for text in labels]
        values = [column for column in known if column and not column.aside]
        if values and sheet.has_asides:
            beside = sum(bool(column) for column in known) > 1
            values = values if beside or any(t in sheet.skipped for t in labels) else []
        if not values:
            return _is_remnant_of_header(labels, sheet)
        return sheet.row_headings.keys().isdisjoint(labels)
    words = sheet.column_headings
    if len({text for text in labels if text in words}) > 1:
        return True
    if any(_is_of_the_form(text, sheet) for text in labels):
        return True
    nameless = sum(map(is_nameless, labels))
    width = len(sheet.leaf_columns)
    if nameless:
        return nameless + 1 >= width and len(labels) in (width, width + 1)
    return len(labels) >= _FEWEST_OF_A_TREE and all(names_a_part(text, sheet) for text in labels)


def is_nameless(text: str) -> bool:
    """Whether comparable words are what programs call a column that has lost its name: 数据1."""
    return _NAMELESS.fullmatch(text) is not None


def _is_remnant_of_header(labels: Sequence[str], sheet: Sheet) -> bool:
    """Whether behind the word of the corner each column of a row has a part of its words."""
    words = list(dropwhile(sheet.skipped.__contains__, labels))
    if len(words) == len(labels) or len(words) < _FEWEST_REMNANTS or sheet.exact:
        return False
    orders = ([sheet.by_id[name] for name in row.cells] for row in sheet.rows)
    return any(len(order) == len(words) and all(map(is_part_of, words, order)) for order in orders)


@lru_cache(maxsize=10_000)
def names_a_part(text: str, sheet: Sheet) -> bool:
    """Whether comparable words are a label of one of its columns, or a part of such a label."""
    return any(is_part_of(text, column) for column in sheet.columns)


def is_part_of(text: str, heading: Heading) -> bool:
    """Whether comparable words are a label of a heading, or what a break has left of one."""
    return bool(text) and any(text in known for known in heading.labels)


def goes_on_with(row: PrintedRow, sheet: Sheet) -> bool:
    """Whether a row is a further level of the header of a tree that the row before it is in."""
    if row.has_numeral or not row.labels:
        return False
    words = sheet.column_headings
    if begins_header(row.labels, sheet) or all(text in words for text in row.labels):
        return True
    several = len(row.labels) >= _FEWEST_REMNANTS
    return several and all(names_a_part(text, sheet) for text in row.labels)


def is_of_a_header(row: PrintedRow, sheet: Sheet) -> bool:
    """Whether a row without figures is left of the words over columns: 业 | 益组织 | 其他."""
    if not sheet.is_tree or row.has_numeral:
        return False
    return sum(names_a_part(text, sheet) for text in row.labels) > 1


def is_beside(cell: Cell, sheet: Sheet) -> bool:
    """Whether a header cell names a column that holds no figure of the form (备注)."""
    return label(cell.text) in sheet.beside


def is_caption(row: PrintedRow, sheet: Sheet) -> bool:
    """Whether a row only announces a table (第二十条第（五）项) or numbers its columns.

    A number alone is a figure whose label stands elsewhere.
    """
    says = len(row.labels) > 1 or bool(row.words)
    return says and sheet.skipped.issuperset(row.labels)


def columns_of(header: Sequence[PrintedRow], sheet: Sheet) -> Columns:
    """The value columns that a header names; not settled where it has more than any form."""
    columns = _columns_of(header, sheet)
    return columns if len(columns.printed) <= _MOST_COLUMNS else Columns((), False)


def _columns_of(header: Sequence[PrintedRow], sheet: Sheet) -> Columns:
    if not sheet.is_tree:
        flat = _flat(header[-1], sheet)
        return Columns(_each_once(flat)) if sheet.has_asides else _settled_flat(flat, sheet)
    stacked = _stacked(header, sheet) if _keeps_places(header) else ()
    if stacked and all(column.heading for column in stacked):
        return Columns(stacked)
    words = words_of(header, sheet)
    for by_level in (True, False):
        if spelled := _spelled(words, sheet, by_level):
            return Columns(spelled)
    if leaves := _leaves(words, sheet) or _under_one(words, sheet):
        return Columns(leaves)
    return _settled_tree(stacked, sheet)


# One level


def _named(text: str, sheet: Sheet) -> Heading | None:
    """The column that a comparable label names; the number of a year before it does not matter."""
    known = sheet.column_headings.get(text) or sheet.column_headings.get(_YEAR.sub("", text))
    return known[0] if known else None


def _flat(row: PrintedRow, sheet: Sheet) -> tuple[Column, ...]:
    """The cells after the corner; empty ones are the rest of merged ones where spans are lost."""
    named = [_named(label(cell.text), sheet) for cell in row.cells]
    first = next((i for i, heading in enumerate(named) if heading), None)
    if first is None:
        return ()
    corners = [i for i in range(first) if label(row.cells[i].text) in sheet.skipped]
    start = first if sheet.has_asides else corners[-1] + 1 if corners else min(first, 1)
    columns = [
        Column(heading, cell)
        for heading, cell in zip(named[start:], row.cells[start:], strict=True)
        if label(cell.text) not in sheet.skipped
        and not is_beside(cell, sheet)
        and (label(cell.text) or row.layout is Layout.RULED)
    ]
    while columns and not label(columns[-1].cell.text):
        columns.pop()
    return tuple(columns)


def head_cells(row: PrintedRow, sheet: Sheet) -> list[Cell]:
    """The cells of a header of one level that have words, after the corner."""
    corners = [i for i, cell in enumerate(row.cells) if label(cell.text) in sheet.skipped]
    after = row.cells[corners[-1] + 1 :] if corners else row.cells
    return [cell for cell in after if label(cell.text) and not is_beside(cell, sheet)]


def _each_once(columns: Sequence[Column]) -> tuple[Column, ...]:
    """A column named twice is none: 2008年度 beside 2009年度 do not say which is meant."""
    names = _names(columns)
    times = Counter(names)
    return tuple(
        column if times[name] == 1 else Column(None, column.cell)
        for column, name in zip(columns, names, strict=True)
    )


def _settled_flat(columns: tuple[Column, ...], sheet: Sheet) -> Columns:
    """A header that names each column of a row once, or all but one that only one place is for."""
    names = _names(columns)
    if not names:
        return Columns((), False)
    orders = dict.fromkeys(row.cells for row in sheet.rows)
    if _names_all_once(names, orders) or ("" not in names and len(set(names)) == len(names)):
        return Columns(columns)
    times = Counter(names)
    doubtful = [i for i, name in enumerate(names) if not name or times[name] > 1]
    fits = [
        (at, cells[at])
        for at in doubtful
        for cells in orders
        if len(cells) == len(names) and [*names[:at], cells[at], *names[at + 1 :]] == list(cells)
    ]
    if len(fits) != 1:
        return Columns(columns, False)
    place, wanted = fits[0]
    headings = [sheet.by_id[wanted] if i == place else c.heading for i, c in enumerate(columns)]
    return Columns(
        tuple(
            Column(heading, column.cell, (Doubt(doubt.HEADER),) if i in doubtful else ())
            for i, (heading, column) in enumerate(zip(headings, columns, strict=True))
        )
    )


# Several levels


def words_of(header: Sequence[PrintedRow], sheet: Sheet) -> list[Cell]:
    """The cells of a header that have words which name a column, or may, in reading order."""
    return [cell for cell in _distinct(header, sheet) if _binds(cell, sheet)]


def _keeps_places(header: Sequence[PrintedRow]) -> bool:
    """Whether the cells of a header stand over each other as they do on the page."""
    layouts = {row.layout for row in header}
    return layouts <= {Layout.RULED, Layout.ROWS} and len({row.table for row in header}) == 1


def _stacked(header: Sequence[PrintedRow], sheet: Sheet) -> tuple[Column, ...]:
    """The lowest header cell over each place, named by its words and by those above it.

    Where spans are lost, a heading over several columns goes on over the empty cells after it. If
    one column then stands above another, the places mean nothing, and nothing is returned.
    """
    lowest = {text for column in sheet.leaf_columns for text in column.labels} - sheet.wide_labels
    stacks: dict[int, list[Cell]] = {}
    for row in header:
        ends = [c.col + (c.colspan if row.layout is Layout.RULED else 1) for c in row.cells]
        for i, cell in enumerate(row.cells):
            if not _binds(cell, sheet):
                continue
            end = ends[i]
            if row.layout is not Layout.RULED and label(cell.text) in sheet.wide_labels:
                for at in range(i + 1, len(ends)):
                    if label(row.cells[at].text):
                        break
                    end = ends[at]
            for place in range(cell.col, end):
                stack = stacks.setdefault(place, [])
                above = label(stack[-1].text) if stack else ""
                if above == label(cell.text):
                    continue
                if above in lowest and row.layout is not Layout.RULED:
                    return ()
                stack.append(cell)
    printed = {label(cell.text) for stack in stacks.values() for cell in stack}
    columns: list[Column] = []
    for place in sorted(stacks):
        stack = stacks[place]
        words = [label(cell.text) for cell in stack]
        if not columns and sheet.column_headings.keys().isdisjoint(words):
            continue  # the corner
        if columns and columns[-1].cell is stack[-1]:
            continue  # the cell is wider than one place
        named = [c for c in sheet.leaf_columns if words[-1] in c.labels]
        fitting = [c for c in named if _stands_under(c, words, printed, sheet)]
        columns.append(Column(fitting[0] if len(fitting) == 1 else None, stack[-1]))
    return _each_once(columns)


def _stands_under(
    column: Heading, words: Sequence[str], printed: Iterable[str], sheet: Sheet
) -> bool:
    """Whether each heading of a column that the header prints at all is in its stack."""
    above = column.under
    while above:
        labels = sheet.by_id[above].labels
        if not labels.isdisjoint(printed) and labels.isdisjoint(words):
            return False
        above = sheet.by_id[above].under
    return True


def _binds(cell: Cell, sheet: Sheet) -> bool:
    """Whether a header cell has words that name a column, or may."""
    text = label(cell.text)
    if not text or text in sheet.beside:
        return False
    return not (_UNIT_LINE.match(text) or _is_of_the_form(text, sheet))


def _is_of_the_form(text: str, sheet: Sheet) -> bool:
    """Whether words bind nothing: a caption, a corner, a title with more words after it."""
    return text in sheet.skipped or any(
        len(words) > _LONG_TITLE and text.startswith(words) for words in sheet.skipped
    )


def _distinct(header: Sequence[PrintedRow], sheet: Sheet) -> list[Cell]:
    """Cells without the repetitions in which an expanded merged cell prints its words again.

    Only words over several columns are ever repeated so; two columns of one name are a doubt.
    """
    kept: dict[Cell, None] = {}
    for row in header:
        before = ""
        for cell in row.cells:
            words = label(cell.text)
            repeatable = words in sheet.wide_labels or not _binds(cell, sheet)
            if not (words and words == before and repeatable and row.layout is not Layout.RULED):
                kept[cell] = None
                before = words
    return list(kept)


def _spelled(words: Sequence[Cell], sheet: Sheet, by_level: bool) -> tuple[Column, ...]:
    """The columns where the words spell the form's tree, level by level or parent by parent."""
    left = list(words)
    children = {
        parent: {text: c for c in sheet.columns if c.under == parent for text in c.labels}
        for parent in ("", *sheet.parents)
    }
    under: dict[str, list[tuple[Heading, Cell]]] = {}

    def take(parent: str) -> list[tuple[Heading, Cell]]:
        """New children of one parent, from the front of the words that are left."""
        taken = under.setdefault(parent, [])
        fresh: list[tuple[Heading, Cell]] = []
        while left:
            heading = children[parent].get(label(left[0].text))
            if heading is None or any(heading is other for other, _ in taken):
                break
            taken.append((heading, left.pop(0)))
            fresh.append(taken[-1])
            if not by_level and heading.id in children:
                take(heading.id)
        return fresh

    level = take("")
    while by_level and left and level:
        # A parent whose children come on a later level waits for them.
        waiting = [pair for pair in level if pair[0].id in children]
        deeper = [child for pair in waiting for child in take(pair[0].id) or [pair]]
        if deeper == level:
            break
        level = deeper
    columns: list[Column] = []

    def flatten(parent: str) -> bool:
        for heading, cell in under.get(parent, ()):
            if heading.id not in children:
                columns.append(Column(heading, cell))
            elif not under.get(heading.id) or not flatten(heading.id):
                return False
        return True

    return tuple(columns) if not left and flatten("") else ()


def _leaves(words: Sequence[Cell], sheet: Sheet) -> tuple[Column, ...]:
    """The columns of a header that prints no heading over several of them, in words of their own.

    Words that name several columns, or one column twice, name none.
    """
    columns = [
        (c, cell) for cell in words for c in sheet.leaf_columns if label(cell.text) in c.labels
    ]
    once = len({column.id for column, _ in columns}) == len(columns) == len(words)
    return tuple(Column(*pair) for pair in columns) if once else ()


def _under_one(words: Sequence[Cell], sheet: Sheet) -> tuple[Column, ...]:
    """The columns under one heading, where a small table has no others: 复议后起诉 over five."""
    above = list(takewhile(lambda cell: label(cell.text) in sheet.wide_labels, words))
    wide = [c for c in sheet.columns if above and label(above[-1].text) in c.labels]
    below = [c for c in sheet.leaf_columns if wide and c.under == wide[0].id]
    named = [
        (c, cell) for cell in words[len(above) :] for c in below if label(cell.text) in c.labels
    ]
    once = len({c.id for c, _ in named}) == len(named) == len(below) == len(words) - len(above)
    return tuple(Column(*pair) for pair in named) if wide and once else ()


def _settled_tree(columns: tuple[Column, ...], sheet: Sheet) -> Columns:
    """A header with unknown words is settled when they can be one column of the form only."""
    wanted = [column.id for column in sheet.leaf_columns]
    names = _names(columns)
    if _names_all_once(names, [wanted]):
        return Columns(columns)
    if len(names) == len(wanted) and names.count("") == 1:
        at = names.index("")
        if [*names[:at], wanted[at], *names[at + 1 :]] == wanted:
            named = replace(
                columns[at], heading=sheet.leaf_columns[at], doubts=(Doubt(doubt.HEADER),)
            )
            return Columns((*columns[:at], named, *columns[at + 1 :]))
    return Columns(columns, False)


def _names(columns: Sequence[Column]) -> list[str]:
    return [column.heading.id if column.heading else "" for column in columns]


def _names_all_once(names: Sequence[str], orders: Iterable[Sequence[str]]) -> bool:
    """Whether a header names every column of a row once, beside columns of the publisher's own."""
    known = [name for name in names if name]
    return len(known) == len(set(known)) and any(set(known) == set(cells) for cells in orders)
