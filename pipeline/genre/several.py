"""Files with more than one report: one after the other, side by side, or only listed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.genre.shape import (
    FEW,
    WORDS,
    Key,
    Refusal,
    Shape,
    declared,
    fits,
    lines_of,
    title_at,
    title_of,
)
from pipeline.model import Document, Grid
from pipeline.recognise import Recognition
from pipeline.reference import Sameness, may_be_one
from pipeline.text import squeezed

_FORM_CELLS = 5


def several(document: Document, recognition: Recognition) -> Refusal | None:
    """Whole reports one after the other, or the tables of two side by side."""
    held = list(dict.fromkeys(_one_after_the_other(document)))
    if not _any_differ(held):
        held = _side_by_side(document, recognition)
    if not held:
        return None
    names = list(dict.fromkeys(" ".join(filter(None, key)) for key in held))
    count = "two" if len(names) == 2 else str(len(names))
    shown = " and ".join(names[:FEW]) + (" …" if len(names) > FEW else "")
    remedy = "split the file: save each report as a file of its own"
    return Refusal(f"{count} reports in one file: {shown}", remedy)


def listed(document: Document, shape: Shape) -> Refusal | None:
    """Titles of several reports, and no sentence that gives a figure."""
    cells = [squeezed(cell.text) for grid in document.grids for cell in grid.cells]
    told = any("。" in line and fits("figure", line) for line in shape.lines)
    titles = {key for line in (*shape.lines, *cells) if (key := title_of(line))}
    own = title_of(declared(document))
    if len(titles) < 2 or told or shape.tables or shape.sections or (own and own[1]):
        return None
    reason = f"a list of {len(titles)} reports, which holds none of them"
    return Refusal(reason, "fetch the reports that it leads to")


def _one_after_the_other(document: Document) -> Iterator[Key]:
    """Each title with a whole report below it: a section with text, a form's table, or figures.

    A title with less below it makes no report of its own.
    """
    title, begun, told, cells = None, False, 0, 0
    lines: list[str] = []
    for line, form_cells in _lines_and_tables(document):
        lines.append(line)
        if key := title_at(lines, len(lines) - 1):
            title, begun, told, cells = key, False, 0, 0
            continue
        figure = fits("figure", line)
        begun = begun or fits("section", line)
        told += figure and "。" in line
        cells += form_cells
        text = begun and (figure or "。" in line)
        if title and (text or told >= FEW or cells >= _FORM_CELLS):
            yield title
            title = None


def _lines_and_tables(document: Document) -> Iterator[tuple[str, int]]:
    """The lines, and after those of a table how many cells of it a form prints."""
    for block in document.blocks:
        yield from ((line, 0) for line in lines_of(block))
        if isinstance(block, Grid):
            yield "", _form_cells(block)


def _form_cells(grid: Grid) -> int:
    return sum(fits("form", squeezed(cell.text)) for cell in grid.cells)


def _side_by_side(document: Document, recognition: Recognition) -> list[Key]:
    for grid in document.grids:
        inside = set(grid.cells)
        if any(m.readable and m.cell not in inside for m in recognition.matches):
            continue
        if _form_cells(grid) < FEW:
            continue
        for row in grid.rows():
            texts = [squeezed(cell.text) for cell in row]
            years = [("", hit[1]) for text in texts if (hit := WORDS["year_cell"].match(text))]
            titles = [key for text in texts if (key := title_of(text))]
            for held in (titles, years):
                if _any_differ(held):
                    return held
    return []


def _any_differ(held: Sequence[Key]) -> bool:
    return any(_differ(held[0], other) for other in held[1:])


def _differ(one: Key, other: Key) -> bool:
    """Whether two titles are of different reports, as far as they say."""
    years = bool(one[1] and other[1] and one[1] != other[1])
    return years or may_be_one(one[0], other[0]) in (Sameness.NO, Sameness.FORMER)
