"""The grid of a page's table: its rows, and each cell at its place, as browsers find them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from pipeline.readers.flow import Box, line
from pipeline.readers.web.declared import NOTHING, Effect
from pipeline.readers.web.shown import IGNORED, Around, Element, is_unseen, look, within

CELLS = frozenset(("td", "th"))
_COLUMNS = 1000  # HTML's own limit on colspan
_ROWS = 65534  # and on rowspan
_MOST_CROSSINGS = 1_000_000  # rows that merged cells cross, counted for each cell
_NUMBER = re.compile(r"\s*\+?(\d{1,9})")
# What a row or a table does to the text of its cells; and what stands further out.
_DOUBTFUL = frozenset(("odd", "animated", "invisible", "no size", "unclear", "far", "drawn"))
_DOUBTFUL_ABOVE = frozenset(("hiding", "no size", "unclear"))


class Unreadable(Exception):
    """A place that cannot be read, for a reason; the file's name is not known there."""


@dataclass(slots=True)
class Row:
    """The cells of a row, and what it does to their text; `odd` if that is not known."""

    cells: list[Element]
    around: Around
    odd: bool = False

    def within(self, told: Effect) -> Row:
        """The next row, inside one more element."""
        if told is NOTHING:
            return Row([], self.around, self.odd)
        return Row([], within(self.around, told), self.odd or not _DOUBTFUL.isdisjoint(told.traits))


# The rows of one row group; spans end where their group ends.
Group: TypeAlias = list[Row]


@dataclass(slots=True)
class Parts:
    """The parts of a table, its first head and its feet apart, and what belongs to none of them."""

    heads: list[Group] = field(default_factory=list)
    groups: list[Group] = field(default_factory=lambda: [[]])
    feet: list[Group] = field(default_factory=list)
    strays: list[Element | str] = field(default_factory=list)


def parts_of(table: Element) -> Parts:
    """The rows of a table, and what stands in it outside its cells."""
    parts = Parts()
    _gather(table, parts, _surroundings(table))
    return parts


def _surroundings(table: Element) -> Row:
    """What the table and all it stands in does to the text of its cells."""
    around, traits = Around(), frozenset[str]()
    for element in reversed([table, *table.iterancestors()]):
        told = look(element)
        if told is not NOTHING:
            around = within(around, told)
            traits |= told.traits
    odd = bool(look(table).traits & _DOUBTFUL or traits & _DOUBTFUL_ABOVE)
    columns = [column for part in table.iterchildren("colgroup") for column in (part, *part)]
    columns += table.iterchildren("col")
    return Row([], around, odd or any(look(column).traits for column in columns))


def _gather(part: Element, parts: Parts, row: Row) -> None:
    """Sort the parts of a table; parsers leave wrappers that browsers move out of the way."""
    groups, strays = parts.groups, parts.strays
    if part.text and line(part.text):
        strays.append(part.text)
    for child in part:
        tag = child.tag
        told = look(child) if isinstance(tag, str) else NOTHING
        read = isinstance(tag, str) and tag not in IGNORED and "gone" not in told.traits
        if not read or (tag not in CELLS and told.traits and is_unseen(child)):
            pass
        elif tag in CELLS:
            if not groups[-1]:
                groups[-1].append(row.within(NOTHING))
            groups[-1][-1].cells.append(child)
        elif tag == "tr":
            groups[-1].append(row.within(told))
            _gather(child, parts, groups[-1][-1])
        elif tag == "thead" and not parts.heads:
            head = Parts(parts.heads, feet=parts.feet, strays=strays)
            parts.heads.append([])
            _gather(child, head, row.within(told))
            parts.heads.extend(head.groups)
        elif tag in ("tbody", "thead"):
            groups.append([])
            _gather(child, parts, row.within(told))
            groups.append([])
        elif tag == "tfoot":
            foot = Parts(parts.heads, feet=parts.feet, strays=strays)
            _gather(child, foot, row.within(told))
            parts.feet.extend(foot.groups)
        elif tag not in ("table", "caption") and child.find(".//td") is not None:
            _gather(child, parts, row.within(told))
        else:
            strays.append(child)
        if child.tail and line(child.tail):
            strays.append(child.tail)


def placed(groups: list[Group]) -> Iterator[tuple[Element, Row, Box]]:
    """Every cell with its row and, still empty, at its place, by the algorithm of HTML's standard.

    Raises Unreadable.
    """
    top = crossed = 0
    for group in groups:
        merged: list[tuple[int, int, int]] = []  # columns of cells that go on, and where they end
        for number, row in enumerate(group):
            col = passed = 0
            longer: list[tuple[int, int, int]] = []
            for cell in row.cells:
                while passed < len(merged) and merged[passed][0] <= col:
                    col = max(col, merged[passed][1])
                    passed += 1
                across, down = cell.get("colspan"), cell.get("rowspan")
                right = col + (_span(across, _COLUMNS, zero=1) if across else 1)
                bottom = number + (_span(down, _ROWS, zero=_ROWS) if down else 1)
                bottom = min(bottom, len(group))
                if bottom > number + 1:
                    longer.append((col, right, bottom))
                    crossed += bottom - number
                yield cell, row, Box(top + number, col, bottom - number, right - col, [])
                col = right
            if merged or longer:
                merged = sorted(each for each in (*merged, *longer) if each[2] > number + 1)
                if crossed > _MOST_CROSSINGS:
                    raise Unreadable("merges more cells than a table can have")
        top += len(group)


def _span(said: str, largest: int, zero: int) -> int:
    """A span as browsers read it: 1 when it is no number, and what zero stands for."""
    found = _NUMBER.match(said)
    return min(int(found[1]), largest) or zero if found else 1
