"""Files with more than one report: one after the other, side by side, or only listed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import chain, pairwise

from pipeline.genre.shape import FEW, WORDS, Key, Shape, fits, key_of
from pipeline.genre.signs import Sign, sign
from pipeline.outline import Block, Outline, Title, named_years, title_in
from pipeline.recognise import Reading
from pipeline.reference import Sameness, may_be_one
from pipeline.text import squeezed

_FORM_CELLS = 5


def several(outline: Outline, readings: Sequence[Reading]) -> Sign | None:
    """Whole reports one after the other, or the tables of two side by side."""
    keys = _one_after_the_other(outline)
    if not _any_differ(keys):
        keys = _side_by_side(outline, readings)
    if not keys:
        return None
    names = list(dict.fromkeys(" ".join(filter(None, key)) for key in keys))
    count = "two" if len(names) == 2 else str(len(names))
    shown = " and ".join(names[:FEW]) + (" …" if len(names) > FEW else "")
    return sign("several", "", "", says=f"{count} reports in one file: {shown}")


def listed(outline: Outline, shape: Shape) -> Sign | None:
    """Titles of several reports, and no sentence that gives a figure or a period."""
    own = key_of(next(iter(outline.heading_titles), None))
    if shape.tables or shape.sections or (own and own[1]):
        return None
    if any("。" in line.words and fits("figure", line.words) for line in shape.lines):
        return None
    if any(period.stated for period in outline.periods):
        return None
    in_cells = (title_in(cell) for block in outline.blocks for cell in block.cells)
    titles = set(filter(None, map(key_of, (*outline.titles.values(), *in_cells))))
    if len(titles) < 2:
        return None
    says = f"a list of {len(titles)} reports, which holds none of them"
    return sign("listed", "", "", says=says)


def compared(outline: Outline, readings: Sequence[Reading]) -> Sign | None:
    """Two years of one organ whose headings, or whose tables, are both there twice."""
    own = outline.own_title
    years = {period.years[0] for period in outline.periods if period.stated}
    years |= _years_of(own) if own else set()
    if not (len(years) > 1 and _headings_twice(outline)):
        # Links to other years stand beside many a report, and last year's figures in some.
        years = years.union(*map(_years_of, outline.page_titles.values()))
        if not own or len(_years_of(own)) != 1:
            captions = ((block.caption, *block.captions.values()) for block in outline.blocks)
            words = (caption.words for caption in chain.from_iterable(captions) if caption)
            years = years.union(*map(named_years, words))
        if len(years) < 2 or not _tables_twice(readings):
            return None
    named = " and ".join(map(str, sorted(years)))
    says = f"two reports in one file: the sections or tables of {named}"
    return sign("compared", "", "", says=says)


def _years_of(title: Title) -> set[int]:
    return {year for year in (title.year, *title.years) if year}


def _headings_twice(outline: Outline) -> bool:
    """Whether several sections are opened twice under one heading; a list of contents has none."""
    opened = Counter(
        line.words
        for line, below in pairwise(outline.lines)
        if line.section and line.heads(line.section) and not below.section
    )
    return sum(count > 1 for count in opened.values()) >= FEW


def _tables_twice(readings: Sequence[Reading]) -> bool:
    """Whether cells of two tables of a form are printed twice, with other figures."""
    for reading in readings:
        texts: dict[tuple[str, ...], set[str]] = {}
        for match in reading.matches:
            if match.readable and match.text:
                texts.setdefault((*match.slot, match.heading.id), set()).add(match.text)
        twice = [table for (table, *_), printed in texts.items() if len(printed) > 1]
        if len(twice) >= FEW and len(set(twice)) > 1:
            return True
    return False


def _one_after_the_other(outline: Outline) -> list[Key]:
    """Each title with a whole report below it: a section with text, a form's table, or figures.

    A title with less below it makes no report of its own.
    """
    keys = {at: key for at, title in outline.titles.items() if (key := key_of(title))}
    whole: list[Key] = []
    if len(set(keys.values())) < 2:
        return whole
    title, begun, told, cells = None, False, 0, 0
    for block in outline.blocks:
        for at in block.lines:
            if key := keys.get(at):
                title, begun, told, cells = key, False, 0, 0
                continue
            line = outline.lines[at]
            figure, sentence = fits("figure", line.words), "。" in line.words
            begun = begun or line.heads(1)
            told += figure and sentence
            if title and (told >= FEW or (begun and (figure or sentence))):
                whole.append(title)
                title = None
        cells += _form_cells(block)
        if title and cells >= _FORM_CELLS:
            whole.append(title)
            title = None
    return list(dict.fromkeys(whole))


def _form_cells(block: Block) -> int:
    """How many cells of a table forms print."""
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
        keys = next(filter(_any_differ, rows.values()), [])
        if keys and _form_cells(block) >= FEW:
            inside = set(block.cells)
            matches = (match for reading in readings for match in reading.matches)
            if all(match.cell in inside for match in matches if match.readable):
                return keys
    return []


def _any_differ(keys: Sequence[Key]) -> bool:
    """Whether any title is of another report than the first, as far as they say."""
    for organ, year in keys[1:]:
        if year and keys[0][1] and year != keys[0][1]:
            return True
        if may_be_one(keys[0][0], organ) in (Sameness.NO, Sameness.FORMER):
            return True
    return False
