"""Column headers: which column each printed header cell names, over one or more levels."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.forms import Heading, Sheet
from pipeline.model import Cell, Layout
from pipeline.recognise.lines import Line, row_headings
from pipeline.text import label

_UNIT_LINE = re.compile(r"(?:填报|填表|制表|编制)?单位.")
_YEAR = re.compile(r"^(?:19|20)\d\d(?=年)")


@dataclass(frozen=True, slots=True)
class Leaf:
    """A column that holds values: its heading (None when no form knows the words) and its cell."""

    heading: Heading | None
    cell: Cell
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Columns:
    """The value columns in printed order; not `settled` when their cells cannot be told apart."""

    leaves: tuple[Leaf, ...]
    settled: bool = True

    @property
    def ids(self) -> frozenset[str]:
        return frozenset(leaf.heading.id for leaf in self.leaves if leaf.heading)


def is_header(line: Line, sheet: Sheet, under_way: bool) -> bool:
    """Whether a row belongs to the header of this sheet; `under_way` when the row before did."""
    if line.has_numeral or not line.labels:
        return False
    if not is_tree(sheet):
        known = [_named(text, sheet) for text in line.labels]
        values = [column for column in known if column and not column.aside]
        if _has_asides(sheet):
            beside = sum(bool(column) for column in known) > 1
            values = values if beside or any(t in sheet.skipped for t in line.labels) else []
        rows = row_headings(sheet) if values else {}
        return bool(values) and not any(text in rows for text in line.labels)
    vocabulary = {text for column in sheet.columns for text in column.labels}
    named = {text for text in line.labels if text in vocabulary}
    if len(named) >= 2 or any(_is_of_the_form(text, sheet) for text in line.labels):
        return True
    return under_way and all(text in vocabulary for text in line.labels)


def is_beside(cell: Cell, sheet: Sheet) -> bool:
    """Whether a header cell names a column that holds no figure of the form (备注)."""
    return label(cell.text) in sheet.beside


def is_caption(line: Line, sheet: Sheet) -> bool:
    """Whether a row only announces a block of the sheet (第二十条第（五）项)."""
    return bool(line.labels) and all(text in sheet.skipped for text in line.labels)


def columns_of(header: Sequence[Line], sheet: Sheet) -> Columns:
    """The value columns that a header names."""
    if not is_tree(sheet):
        found = _flat(header[-1], sheet)
        return Columns(_each_once(found)) if _has_asides(sheet) else _settled_flat(found, sheet)
    printed = dict.fromkeys(cell for line in header for cell in _distinct(line, sheet))
    tokens = [
        cell
        for cell in printed
        if (words := label(cell.text))
        and not is_beside(cell, sheet)
        and not _is_skipped(words, sheet)
    ]
    ruled = all(line.layout is Layout.RULED for line in header)
    ruled = ruled and len({line.table for line in header}) == 1
    placed = _by_place(tokens, sheet) if ruled else ()
    if placed and all(leaf.heading for leaf in placed) and _unique(placed):
        return Columns(placed)
    for parse in (_by_level, _in_depth, _by_leaf):
        found = parse(tokens, sheet)
        if found:
            return Columns(found)
    return _settled_tree(placed, sheet)


def _unique(leaves: Sequence[Leaf]) -> bool:
    ids = [leaf.heading.id for leaf in leaves if leaf.heading]
    return len(ids) == len(set(ids))


def _settled_tree(found: tuple[Leaf, ...], sheet: Sheet) -> Columns:
    """A header with unknown words is settled when they can be one column of the form only."""
    wanted = [column.id for column in sheet.leaf_columns]
    names = [leaf.heading.id if leaf.heading else "" for leaf in found]
    if _names_all_once(names, [wanted]):
        return Columns(found)
    if len(names) == len(wanted) and names.count("") == 1:
        at = names.index("")
        if [*names[:at], wanted[at], *names[at + 1 :]] == wanted:
            return Columns(_named_by_place(found, at, sheet.leaf_columns[at]))
    return Columns(found, False)


def _named_by_place(found: tuple[Leaf, ...], at: int, heading: Heading) -> tuple[Leaf, ...]:
    named = Leaf(heading, found[at].cell, ("read:header",))
    return (*found[:at], named, *found[at + 1 :])


def is_tree(sheet: Sheet) -> bool:
    """Whether the columns of a sheet have headings over several of them."""
    return any(column.under for column in sheet.columns)


def _has_asides(sheet: Sheet) -> bool:
    return any(column.aside for column in sheet.columns)


def _named(text: str, sheet: Sheet) -> Heading | None:
    """The column that a comparable label names; the number of a year before it does not matter."""
    for words in (text, _YEAR.sub("", text)):
        for column in sheet.columns:
            if words in column.labels:
                return column
    return None


def _is_skipped(text: str, sheet: Sheet) -> bool:
    """Whether comparable words bind nothing: a caption, a corner, a line that names a unit."""
    return bool(_UNIT_LINE.match(text)) or _is_of_the_form(text, sheet)


def _is_of_the_form(text: str, sheet: Sheet) -> bool:
    return any(
        text == words or (len(words) > 7 and text.startswith(words)) for words in sheet.skipped
    )


def _distinct(line: Line, sheet: Sheet) -> list[Cell]:
    """Cells without the repetitions in which an expanded merged cell prints its words again.

    Only words over several columns are ever repeated so; two columns of one name are a doubt.
    """
    parents = {column.under for column in sheet.columns}
    wide = {text for column in sheet.columns if column.id in parents for text in column.labels}
    kept: list[Cell] = []
    for cell in line.cells:
        words = label(cell.text)
        again = bool(kept and words) and words == label(kept[-1].text)
        if (
            not again
            or line.layout is Layout.RULED
            or not (words in wide or _is_skipped(words, sheet))
        ):
            kept.append(cell)
    return kept


def _by_place(tokens: Sequence[Cell], sheet: Sheet) -> tuple[Leaf, ...]:
    """The lowest header cell over each place, named by its words and by those above it."""
    vocabulary = {text for column in sheet.columns for text in column.labels}
    first = min((c.col for c in tokens if label(c.text) in vocabulary), default=None)
    if first is None:
        return ()
    lowest: dict[int, Cell] = {}
    for cell in sorted(tokens, key=lambda c: c.row):
        for place in range(max(cell.col, first), cell.col + cell.colspan):
            lowest[place] = cell
    found = []
    words = {label(cell.text) for cell in tokens}
    for cell in dict.fromkeys(lowest[place] for place in sorted(lowest)):
        above = {
            label(other.text)
            for other in tokens
            if other.row < cell.row
            and other.col <= cell.col
            and cell.col + cell.colspan <= other.col + other.colspan
        }
        found.append(Leaf(_leaf_under(label(cell.text), above, words, sheet), cell))
    return tuple(found)


def _leaf_under(words: str, above: set[str], printed: set[str], sheet: Sheet) -> Heading | None:
    """The column of these words, under its parent if that is printed at all."""
    named = [column for column in sheet.leaf_columns if words in column.labels]
    parents = {column.id: column.labels for column in sheet.columns}
    under = [c for c in named if not c.under or above & parents[c.under]]
    if len(named) > 1 or any(parents[c.under] & printed for c in named if c.under):
        named = under
    return named[0] if len(named) == 1 else None


def _flat(line: Line, sheet: Sheet) -> tuple[Leaf, ...]:
    """The cells after the corner; empty ones are the rest of merged ones where spans are lost."""
    named = [_named(label(cell.text), sheet) for cell in line.cells]
    first = next(i for i, heading in enumerate(named) if heading)
    corners = [i for i in range(first) if label(line.cells[i].text) in sheet.skipped]
    start = first if _has_asides(sheet) else corners[-1] + 1 if corners else min(first, 1)
    found = [
        Leaf(heading, cell)
        for heading, cell in zip(named[start:], line.cells[start:], strict=True)
        if label(cell.text) not in sheet.skipped
        and not is_beside(cell, sheet)
        and (label(cell.text) or line.layout is Layout.RULED)
    ]
    while found and not label(found[-1].cell.text):
        found.pop()
    return tuple(found)


def _each_once(found: tuple[Leaf, ...]) -> tuple[Leaf, ...]:
    """2008年度 beside 2009年度: which of them is the year of the report is printed nowhere."""
    names = [leaf.heading.id if leaf.heading else "" for leaf in found]
    return tuple(
        leaf if names.count(name) == 1 else Leaf(None, leaf.cell)
        for leaf, name in zip(found, names, strict=True)
    )


def _settled_flat(found: tuple[Leaf, ...], sheet: Sheet) -> Columns:
    """A header that names each column of a row once, or all but one that only one place is for."""
    names = [leaf.heading.id if leaf.heading else "" for leaf in found]
    if "" not in names and _unique(found):
        return Columns(found)
    if _names_all_once(names, [row.cells for row in sheet.rows]):
        return Columns(found)
    doubtful = [i for i, name in enumerate(names) if not name or names.count(name) > 1]
    orders = dict.fromkeys(row.cells for row in sheet.rows if len(row.cells) == len(found))
    fits = [
        (i, cells[i])
        for i in doubtful
        for cells in orders
        if [*names[:i], cells[i], *names[i + 1 :]] == list(cells)
    ]
    if len(fits) != 1:
        return Columns(found, False)
    at, wanted = fits[0]
    heading = next(column for column in sheet.columns if column.id == wanted)
    repaired = _named_by_place(found, at, heading)
    return Columns(
        tuple(
            Leaf(leaf.heading, leaf.cell, ("read:header",)) if i in doubtful else leaf
            for i, leaf in enumerate(repaired)
        )
    )


def _names_all_once(names: Sequence[str], orders: Iterable[Sequence[str]]) -> bool:
    """Whether a header names every column of a row once, beside columns of the publisher's own."""
    known = [name for name in names if name]
    return len(known) == len(set(known)) and any(set(known) == set(cells) for cells in orders)


def _children(sheet: Sheet, parent: str) -> dict[str, Heading]:
    return {
        text: column for column in sheet.columns if column.under == parent for text in column.labels
    }


@dataclass(slots=True)
class _Node:
    heading: Heading | None
    cell: Cell
    children: list[_Node]


def _flatten(nodes: Sequence[_Node], sheet: Sheet) -> tuple[Leaf, ...]:
    found: list[Leaf] = []
    for node in nodes:
        parent = node.heading
        if parent is not None and _children(sheet, parent.id):
            if not node.children:
                return ()
            found += _flatten(node.children, sheet)
        else:
            found.append(Leaf(parent, node.cell))
    return tuple(found)


def _take(tokens: list[Cell], wanted: dict[str, Heading]) -> list[_Node]:
    """Tokens from the front as long as they are new headings among the wanted ones."""
    nodes: list[_Node] = []
    seen: set[str] = set()
    while tokens:
        heading = wanted.get(label(tokens[0].text))
        if heading is None or heading.id in seen:
            break
        seen.add(heading.id)
        nodes.append(_Node(heading, tokens.pop(0), []))
    return nodes


def _by_level(tokens: Sequence[Cell], sheet: Sheet) -> tuple[Leaf, ...]:
    """A header read row by row: all parents first, then the children of each in turn."""
    left = list(tokens)
    top = _take(left, _children(sheet, ""))
    level = top
    progress = True
    while progress and left:
        deeper: list[_Node] = []
        for node in level:
            wanted = _children(sheet, node.heading.id) if node.heading else {}
            node.children = _take(left, wanted)
            # A parent whose children come on a later level waits for them.
            deeper += node.children or ([node] if wanted else [])
        progress = deeper != level
        level = deeper
    return () if left else _flatten(top, sheet)


def _in_depth(tokens: Sequence[Cell], sheet: Sheet) -> tuple[Leaf, ...]:
    """A header whose words come parent by parent, each followed by its children."""
    left = list(tokens)

    def grow(parent: str) -> list[_Node]:
        nodes: list[_Node] = []
        wanted = _children(sheet, parent)
        seen: set[str] = set()
        while left:
            heading = wanted.get(label(left[0].text))
            if heading is None or heading.id in seen:
                break
            seen.add(heading.id)
            nodes.append(_Node(heading, left.pop(0), []))
            nodes[-1].children = grow(heading.id)
        return nodes

    top = grow("")
    return () if left else _flatten(top, sheet)


def _by_leaf(tokens: Sequence[Cell], sheet: Sheet) -> tuple[Leaf, ...]:
    """A header that names its value columns only; their words must not be shared."""
    by_label: dict[str, list[Heading]] = {}
    for column in sheet.leaf_columns:
        for text in column.labels:
            by_label.setdefault(text, []).append(column)
    found: list[Leaf] = []
    for cell in tokens:
        headings = by_label.get(label(cell.text), [])
        if len(headings) != 1 or headings[0] in [leaf.heading for leaf in found]:
            return ()
        found.append(Leaf(headings[0], cell))
    return tuple(found)
