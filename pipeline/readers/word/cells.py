"""What a cell of a Word table says of itself, and the text of one that holds a single plain run."""

from __future__ import annotations

from pipeline.readers.word.ground import too_low
from pipeline.readers.word.ink import Colour, W
from pipeline.readers.word.look import Way
from pipeline.readers.word.objects import IGNORED, TEXT
from pipeline.readers.word.paragraph import Page
from pipeline.readers.word.properties import (
    PARAGRAPH_PROPERTIES,
    RUN_PROPERTIES,
    SHADING,
    VALUE,
    Element,
    measure,
    number,
    tags,
)

_MARGIN = 1500  # twips inside a cell: beyond, little of the cell is left

_PARAGRAPH, _RUN = tags("p r")
_PROPERTIES, _WIDTH, _MARGINS, _BORDERS = tags("tcPr tcW tcMar tcBorders")
_PASSED_OVER = frozenset(tags("tcW vAlign"))  # which nearly every cell has
_SPAN, _ACROSS, _DOWN = tags("gridSpan hMerge vMerge")
_STRIKING_OUT = tags("tl2br tr2bl")  # lines across a cell
_CHANGED = tags("cellDel cellMerge")  # tracked: the cell is there and is not


def told_of(cell: Element) -> tuple[int, str, str, Element | None, bool]:
    """Columns spanned; restart, continue or nothing for merges across and down; the shading; and
    whether the cell may not hold its text."""
    span, across, down, shaded, loose = 1, "", "", None, False
    properties = cell[0] if len(cell) else None
    if properties is None or properties.tag != _PROPERTIES:
        properties = cell.find(_PROPERTIES)
    for child in properties if properties is not None else ():
        tag = child.tag
        if tag in _PASSED_OVER:
            continue
        if tag == _SPAN:
            span = max(1, number(child, 1))
        elif tag == _ACROSS:
            across = child.get(VALUE, "continue")
        elif tag == _DOWN:
            down = child.get(VALUE, "continue")
        elif tag == SHADING:
            shaded = child
        elif tag == _MARGINS:
            sizes = [measure(side.get(f"{W}w"), 20) for side in child]
            loose = loose or max(sizes, default=0) > _MARGIN
        elif tag == _BORDERS and len(child):
            loose = loose or any(child.find(corner) is not None for corner in _STRIKING_OUT)
        elif tag in _CHANGED:
            loose = True
    return span, across, down, shaded, loose


def width_of(cell: Element) -> int:
    """The width of a cell in twips, 0 if it is not told."""
    told = cell.find(f"{_PROPERTIES}/{_WIDTH}")
    exact = told is not None and told.get(f"{W}type") == "dxa"
    return measure(told.get(f"{W}w"), 20) if told is not None and exact else 0


def one_run(cell: Element, page: Page, backdrop: tuple[Colour, ...]) -> str | None:
    """The text of a cell that holds one plain run, or nothing, beside its properties; None for
    any other, which `printed` reads. Nine cells of ten are such."""
    count = len(cell)
    if page.fields or not 0 < count <= 2:
        return None
    paragraph = cell[-1]
    if paragraph.tag != _PARAGRAPH or (count == 2 and cell[0].tag not in IGNORED):
        return None
    placing = run = properties = text = None
    for child in paragraph:
        tag = child.tag
        if tag == _RUN and run is None:
            run = child
        elif tag == PARAGRAPH_PROPERTIES and placing is None:
            placing = child
        else:
            return None
    for child in run if run is not None else ():
        tag = child.tag
        if tag == TEXT and text is None and not len(child):
            text = child
        elif tag == RUN_PROPERTIES and properties is None:
            properties = child
        else:
            return None
    if text is None:
        return None if page.styles.ground(placing).numbered else ""
    if placing is not None or properties is not None:
        plain = _is_plain(placing, properties, page, backdrop)
    else:
        if backdrop not in page.bare:
            page.bare[backdrop] = _is_plain(None, None, page, backdrop)
        plain = page.bare[backdrop]
    return (text.text or "").replace("\n", " ") if plain else None


def _is_plain(
    placing: Element | None, properties: Element | None, page: Page, backdrop: tuple[Colour, ...]
) -> bool:
    """Whether a run with these properties, in a paragraph with those, is simply read."""
    ground = page.styles.ground(placing)
    if ground.numbered or ground.unsure:
        return False
    look = page.styles.look(properties, ground, ground.backdrop or backdrop)
    return look.way is Way.PLAIN and not look.unsure and not too_low(ground.line, look.size)
