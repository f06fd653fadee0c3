"""Column headers: which column each printed header cell names, over one or more levels."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.forms import Heading, Sheet
from pipeline.model import Cell
from pipeline.recognise.lines import Line, row_headings
from pipeline.text import label

_YEAR = re.compile(r"^(?:19|20)\d\d(?=年)")


@dataclass(frozen=True, slots=True)
class Leaf:
    """A column that holds values: its heading (None when no form knows the words) and its cell."""

    heading: Heading | None
    cell: Cell
    flags: tuple[str, ...] = ()


def is_header(line: Line, sheet: Sheet, under_way: bool) -> bool:
    """Whether a row belongs to the header of this sheet; `under_way` when the row before did."""
    if line.has_numeral or not line.labels:
        return False
    if not _is_tree(sheet):
        known = [_named(text, sheet) for text in line.labels]
        values = [column for column in known if column and not column.aside]
        if _has_asides(sheet):
            beside = sum(bool(column) for column in known) > 1
            values = values if beside or any(t in sheet.skipped for t in line.labels) else []
        rows = row_headings(sheet) if values else {}
        return bool(values) and not any(text in rows for text in line.labels)
    vocabulary = {text for column in sheet.columns for text in column.labels}
    named = {text for text in line.labels if text in vocabulary}
    if len(named) >= 2 or any(_is_skipped(text, sheet) for text in line.labels):
        return True
    return under_way and all(text in vocabulary for text in line.labels)


def is_caption(line: Line, sheet: Sheet) -> bool:
    """Whether a row only announces a block of the sheet (第二十条第（五）项)."""
    return bool(line.labels) and all(text in sheet.skipped for text in line.labels)


def leaves(header: Sequence[Line], sheet: Sheet) -> tuple[Leaf, ...]:
    """The value columns in printed order, or nothing when the header cannot be understood."""
    if not _is_tree(sheet):
        return _repaired(_flat(header[-1], sheet), sheet)
    printed = dict.fromkeys(cell for line in header for cell in _distinct(line.cells))
    tokens = [
        cell for cell in printed if label(cell.text) and not _is_skipped(label(cell.text), sheet)
    ]
    for parse in (_by_level, _in_depth, _by_leaf):
        found = parse(tokens, sheet)
        if found:
            return found
    return ()


def _is_tree(sheet: Sheet) -> bool:
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
    return any(
        text == words or (len(words) > 7 and text.startswith(words)) for words in sheet.skipped
    )


def _distinct(cells: Sequence[Cell]) -> list[Cell]:
    """Cells without immediate repetitions: an expanded merged cell prints its words again."""
    kept: list[Cell] = []
    for cell in cells:
        if not kept or not cell.text or label(cell.text) != label(kept[-1].text):
            kept.append(cell)
    return kept


def _flat(line: Line, sheet: Sheet) -> tuple[Leaf, ...]:
    cells = [cell for cell in line.cells if label(cell.text) not in sheet.skipped]
    first = next(i for i, cell in enumerate(cells) if _named(label(cell.text), sheet))
    if _has_asides(sheet):
        cells = cells[first:]
    elif len(cells) == len(line.cells):
        cells = cells[1:] if first >= 1 else cells
    while cells and not label(cells[-1].text):
        cells = cells[:-1]
    return tuple(Leaf(_named(label(cell.text), sheet), cell) for cell in cells)


def _repaired(found: tuple[Leaf, ...], sheet: Sheet) -> tuple[Leaf, ...]:
    """Name the one column that is unknown or named twice when only one is left in its place."""
    names = [leaf.heading.id if leaf.heading else "" for leaf in found]
    if _has_asides(sheet):
        # 2008年度 beside 2009年度: which of them is the year of the report is printed nowhere.
        return tuple(
            leaf if names.count(name) == 1 else Leaf(None, leaf.cell)
            for leaf, name in zip(found, names, strict=True)
        )
    doubtful = [i for i, name in enumerate(names) if not name or name in names[:i]]
    rows = [row.cells for row in sheet.rows if len(row.cells) == len(found)]
    if len(doubtful) != 1:
        return tuple(
            leaf if i not in doubtful else Leaf(None, leaf.cell) for i, leaf in enumerate(found)
        )
    at = doubtful[0]
    rest = [name for i, name in enumerate(names) if i != at]
    fitting = {cells for cells in rows if [c for i, c in enumerate(cells) if i != at] == rest}
    heading = None
    if len(fitting) == 1:
        wanted = fitting.pop()[at]
        heading = next(column for column in sheet.columns if column.id == wanted)
    repaired = Leaf(heading, found[at].cell, ("read:header",) if heading else ())
    return (*found[:at], repaired, *found[at + 1 :])


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
    while level and left:
        deeper: list[_Node] = []
        for node in level:
            if node.heading:
                node.children = _take(left, _children(sheet, node.heading.id))
                deeper += node.children
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
