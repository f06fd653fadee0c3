"""Files with more than one report: one after the other, side by side, or only listed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pipeline.genre.shape import FEW, WORDS, Key, Refusal, Shape, fits, key_of
from pipeline.outline import Block, Outline, title_in
from pipeline.recognise import Reading
from pipeline.reference import Sameness, may_be_one
from pipeline.text import squeezed

_FORM_CELLS = 5


def several(outline: Outline, readings: Sequence[Reading]) -> Refusal | None:
    """Whole reports one after the other, or the tables of two side by side."""
    keys = {at: key for at, title in outline.titles.items() if (key := key_of(title))}
    held: list[Key] = []
    if len(set(keys.values())) > 1:
        held = list(dict.fromkeys(_one_after_the_other(outline, keys)))
    if not _any_differ(held):
        held = _side_by_side(outline, readings)
    if not held:
        return None
    names = list(dict.fromkeys(" ".join(filter(None, key)) for key in held))
    count = "two" if len(names) == 2 else str(len(names))
    shown = " and ".join(names[:FEW]) + (" …" if len(names) > FEW else "")
    remedy = "split the file: save each report as a file of its own"
    return Refusal(f"{count} reports in one file: {shown}", remedy)


def listed(outline: Outline, shape: Shape) -> Refusal | None:
    """Titles of several reports, and no sentence that gives a figure."""
    own = key_of(next(iter(outline.heading_titles), None))
    if shape.tables or shape.sections or (own and own[1]):
        return None
    if any("。" in line and fits("figure", line) for line in shape.lines):
        return None
    in_cells = (title_in(cell) for block in outline.blocks for cell in block.cells)
    titles = set(filter(None, map(key_of, (*outline.titles.values(), *in_cells))))
    if len(titles) < 2:
        return None
    reason = f"a list of {len(titles)} reports, which holds none of them"
    return Refusal(reason, "fetch the reports that it leads to")


def _one_after_the_other(outline: Outline, keys: Mapping[int, Key]) -> Iterator[Key]:
    """Each title with a whole report below it: a section with text, a form's table, or figures.

    A title with less below it makes no report of its own.
    """
    title, begun, told, cells = None, False, 0, 0
    for at, words, form_cells in _lines_and_tables(outline):
        if key := keys.get(at):
            title, begun, told, cells = key, False, 0, 0
            continue
        figure = fits("figure", words)
        begun = begun or (at >= 0 and outline.lines[at].heads(1))
        told += figure and "。" in words
        cells += form_cells
        text = begun and (figure or "。" in words)
        if title and (text or told >= FEW or cells >= _FORM_CELLS):
            yield title
            title = None


def _lines_and_tables(outline: Outline) -> Iterator[tuple[int, str, int]]:
    """The lines with their numbers; after those of a table how many of its cells forms print."""
    for block in outline.blocks:
        yield from ((at, outline.lines[at].words, 0) for at in block.lines)
        if block.is_table:
            yield -1, "", _form_cells(block)


def _form_cells(block: Block) -> int:
    return sum(fits("form", squeezed(cell.text)) for cell in block.cells)


def _side_by_side(outline: Outline, readings: Sequence[Reading]) -> list[Key]:
    """The titles, or the years, that stand side by side in a row of the only table of a form."""
    for block in outline.blocks:
        rows: dict[tuple[int, bool], list[Key]] = {}
        for cell in block.cells:
            if not ("年" in cell.text or "公" in cell.text):
                continue
            year = WORDS["year_cell"].match(squeezed(cell.text))
            if key := ("", year[1]) if year else key_of(title_in(cell)):
                for row in range(cell.row, cell.row + cell.rowspan):
                    rows.setdefault((row, year is None), []).append(key)
        held = next(filter(_any_differ, rows.values()), [])
        if held and _is_the_only_form(block, readings):
            return held
    return []


def _is_the_only_form(block: Block, readings: Sequence[Reading]) -> bool:
    inside = set(block.cells)
    beyond = any(m.readable and m.cell not in inside for r in readings for m in r.matches)
    return not beyond and _form_cells(block) >= FEW


def _any_differ(held: Sequence[Key]) -> bool:
    return any(_differ(held[0], other) for other in held[1:])


def _differ(one: Key, other: Key) -> bool:
    """Whether two titles are of different reports, as far as they say."""
    years = bool(one[1] and other[1] and one[1] != other[1])
    return years or may_be_one(one[0], other[0]) in (Sameness.NO, Sameness.FORMER)
