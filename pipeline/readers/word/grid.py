"""The grid of a Word table: its rows, its columns, and what lies behind its cells."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.readers.flow import Box
from pipeline.readers.word.ink import W
from pipeline.readers.word.objects import (
    CHOICES,
    CLEAR,
    CONTROL,
    CONTROLLED,
    SILENT,
    Control,
    chosen,
    control,
)
from pipeline.readers.word.properties import VALUE, Element, is_on, measure, number, tags
from pipeline.readers.word.styles import Styles, TableGround

_THIN = 60  # twips: two rulings meant as one
_PAGE = 10_000  # twips: a table moved by more is not on a page of A4, or only in part
_PROPERTIES = tags("tblStyle shd tblInd tblpPr")
_MOVED = tags("w tblpX tblpY")


class Row(NamedTuple):
    """What a row says: columns left out before it, the height that it has in twips (0 for as much
    as it takes), and whether it may be hidden."""

    before: int = 0
    room: int = 0
    unsure: bool = False
    deleted: bool = False


def row_of(row: Element) -> Row:
    """What the properties of a row say."""
    properties = row.find(f"{W}trPr")
    if properties is None:
        return Row()
    hidden, height = properties.find(f"{W}hidden"), properties.find(f"{W}trHeight")
    exact = height is not None and height.get(f"{W}hRule") == "exact"
    return Row(
        max(0, number(properties.find(f"{W}gridBefore"), 0)),
        max(1, number(height, 0)) if exact else 0,
        hidden is not None and is_on(hidden.get(VALUE)),
        properties.find(f"{W}del") is not None,
    )


def ground_of_table(table: Element, styles: Styles) -> TableGround:
    """What lies behind the cells of a table, and whether its style may hide their text."""
    properties = table.find(f"{W}tblPr")
    style, shaded, *moved = (
        None if properties is None else properties.find(tag) for tag in _PROPERTIES
    )
    ground = styles.table("" if style is None else style.get(VALUE, ""))
    colour = None if shaded is None else styles.colour_behind(shaded)
    behind = (*styles.page, *ground.backdrop) if colour is None else (colour,)
    places = [each.get(by) for each in moved if each is not None for by in _MOVED]
    away = any(abs(measure(place, 20)) > _PAGE for place in places)
    return TableGround(behind, ground.unsure or away)


def parts(
    parent: Element, wanted: str, shown: Control = Control.SHOWN
) -> Iterator[tuple[Element, Control]]:
    """Rows or cells, also those inside content controls, with what those show of them."""
    for child in parent:
        tag = child.tag
        if tag == wanted:
            yield child, shown
        elif tag == CONTROL:
            yield from parts(child, wanted, max(shown, control(child)))
        elif tag == CHOICES:
            best, agreed = chosen(child)
            shown = shown if agreed else max(shown, Control.BOUND)
            yield from parts(best, wanted, shown) if best is not None else ()
        elif tag in CLEAR or tag == CONTROLLED:
            yield from parts(child, wanted, shown)
        elif tag not in SILENT:  # nobody knows what it shows
            yield from parts(child, wanted, max(shown, Control.BOUND))


def drop_thin_columns(boxes: list[Box], table: Element) -> None:
    """Where rulings meant as one stand some twips apart, the columns between them are no columns.

    A column stays when a cell has no other, or when most are thin: then the widths mean nothing.
    """
    grid = table.find(f"{W}tblGrid")
    widths = [] if grid is None else [column.get(f"{W}w", "") for column in grid]
    thin = [i for i, width in enumerate(widths) if measure(width or "none", 20, _THIN) < _THIN]
    if not thin or len(thin) * 2 > len(widths):
        return
    kept: list[int] = []
    for box in boxes:
        first, last = box.col, box.col + box.colspan
        start, end = bisect_left(thin, first), bisect_left(thin, last)
        if end - start == box.colspan and bisect_left(kept, first) == bisect_left(kept, last):
            for column in thin[start:end]:
                insort(kept, column)
    lost = sorted({*thin}.difference(kept))
    for box in boxes:
        before = bisect_left(lost, box.col)
        box.colspan -= bisect_left(lost, box.col + box.colspan) - before
        box.col -= before
