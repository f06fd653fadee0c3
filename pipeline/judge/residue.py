"""What no match took: tables that a file holds as words and figures only. That is said.

Each printed label of a form that names no cell read is a sign. A sentence gives none: a line must
hold nothing but labels and figures.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from pipeline import doubt
from pipeline.doubt import Doubt
from pipeline.forms import Sheet, load_forms
from pipeline.judge.settle import Settled
from pipeline.model import Document, Fact, Grid
from pipeline.text import FIGURE, label, squeezed

_FEWEST_SIGNS = 5  # labels of one table that nothing was read of
_LONG_LABEL = 5  # characters; shorter ones are words of prose too
_LABEL_OF_A_COUNT = 4  # characters of a label that figures follow
_WHOLE_ROW = 3  # figures behind a label
_NEAR = 6  # lines
_BARE_FIGURES = 8  # figures of a section without any words beside them
_SHOWN = 3  # labels that a message names
_LONGEST_LINE = 160  # characters

# Atomic: what may be a comma between thousands is not tried as one between figures too.
_FIGURES = re.compile(rf"(?:(?<!\d)(?>{FIGURE})(?:[\s|,，]++|$))+$")
_SECTION = re.compile(r"^[一二三四五六七八九]、")


@dataclass(frozen=True, slots=True)
class _Line:
    """A printed line: its words as a label, and how many figures follow them."""

    words: str
    figures: int
    where: str
    in_table: bool


_A_CELL = _Line("", 0, "", True)  # with nothing in it that any form prints


@dataclass(frozen=True, slots=True)
class _Sign:
    """A label of a sheet that stands in the text; `row` if a row of figures follows it."""

    label: str
    where: str
    row: bool


def residue(document: Document, table: Settled, facts: Sequence[Fact]) -> tuple[Doubt, ...]:
    """A doubt for each table whose words stand in the file, and of which nothing was read.

    A report that has none of its form's tables at all gets one of severity info.
    """
    in_prose = [
        tuple(_line(text, paragraph.where) for text in paragraph.text.splitlines())
        for paragraph in document.paragraphs
    ]
    lost = dict(_lost_sheets(document, in_prose, table))
    for sheet, said in _figures_without_words(document, in_prose, table):
        lost.setdefault(sheet, said)
    if lost or facts or table.unmatched:
        return tuple(lost.values())
    return (Doubt(doubt.NO_TABLES),)


def _line(text: str, where: str) -> _Line:
    text = text.strip("|\t 　") if len(text) <= _LONGEST_LINE else ""
    tail = _FIGURES.search(text)
    words = text[: tail.start()] if tail else text
    figures = len(re.findall(FIGURE, tail.group())) if tail else 0
    return _Line("" if "。" in words else label(words), figures, where, False)


# Words of a table


def _lost_sheets(
    document: Document, in_prose: Sequence[tuple[_Line, ...]], table: Settled
) -> Iterator[tuple[str, Doubt]]:
    """The sheets with enough signs; a sign counts for the sheet that explains most of them."""
    lines = _all_lines(document, in_prose, table)
    signs = _signs(lines, _read_labels(table))
    taken: set[str] = set()
    told: set[str] = set()
    names_of = {sheet: (form.id, sheet.id) for form in load_forms() for sheet in form.sheets}
    for sheet in sorted(signs, key=lambda sheet: (-len(signs[sheet]), names_of[sheet])):
        left = [sign for sign in signs[sheet] if sign.where not in taken]
        names = list(dict.fromkeys(sign.label for sign in left))
        if sheet.id in told or not (len(names) >= _FEWEST_SIGNS or any(s.row for s in left)):
            continue
        taken |= {sign.where for sign in left}
        told.add(sheet.id)
        shown = ", ".join(f"“{name}”" for name in names[:_SHOWN]) + (" …" if names[_SHOWN:] else "")
        words = (
            f"{len(names)} labels of the table {sheet.id} stand in the text, and no cell of theirs"
            f" was read: {shown}, from {left[0].where} to {left[-1].where}; look there for figures"
        )
        yield sheet.id, Doubt(doubt.LOST_TABLE, words, left[0].where)


def _all_lines(
    document: Document, in_prose: Sequence[tuple[_Line, ...]], table: Settled
) -> list[_Line]:
    """The lines of all paragraphs, and the cells that no doubt names yet, in reading order."""
    named = {cell for row in table.unmatched for cell in row.cells}
    lines: list[_Line] = []
    prose = iter(in_prose)
    for block in document.blocks:
        if isinstance(block, Grid):
            for cell in block.cells:
                words = label(cell.text)
                if cell not in named:
                    known = bool(_labels(words))
                    lines.append(_Line(words, 0, cell.where, True) if known else _A_CELL)
        else:
            lines += next(prose)
    return lines


def _signs(lines: Sequence[_Line], read: Collection[str]) -> dict[Sheet, list[_Sign]]:
    """The labels that stand in lines and name no cell read, for each sheet that has them."""
    signs: dict[Sheet, list[_Sign]] = {}
    for at, line in enumerate(lines):
        for name in _labels(line.words):
            if name in read:
                continue
            figures = line.figures or _figures_below(lines, at)
            for sheet in _sheets_with(name):
                rows = _labels_of_rows(sheet)
                shortest = _LONG_LABEL if sheet.rows else _LABEL_OF_A_COUNT
                counted = figures and name in rows and len(name) >= _LABEL_OF_A_COUNT
                row = counted and (figures >= _WHOLE_ROW or _is_under_columns(lines, at, sheet))
                if counted or len(name) >= shortest:
                    signs.setdefault(sheet, []).append(_Sign(name, line.where, bool(row)))
    return signs


def _figures_below(lines: Sequence[_Line], at: int) -> int:
    """How many lines below hold one figure and nothing else, each a cell of its own."""
    count = 0
    for line in lines[at + 1 : at + 1 + _NEAR]:
        if line.words or not line.figures or line.in_table:
            break
        count += line.figures
    return count


def _is_under_columns(lines: Sequence[_Line], at: int, sheet: Sheet) -> bool:
    """Whether a column of the sheet is named in the lines just above."""
    above = {name for line in lines[max(0, at - _NEAR) : at] for name in _labels(line.words)}
    return any(len(name) >= _LONG_LABEL and name in _labels_of_columns(sheet) for name in above)


def _read_labels(table: Settled) -> frozenset[str]:
    """Every wording of the headings that have a cell which was read, or read with doubt."""
    places = {(match.concept, match.applicant) for match in table.matches}
    read = {match.row.sheet.id for match in table.matches}
    return frozenset(
        text
        for form in load_forms()
        for sheet in form.sheets
        if sheet.id in read
        for labels, cells in _cells_of_headings(sheet)
        if not cells or not cells.isdisjoint(places)
        for text in labels
    )


@cache
def _cells_of_headings(
    sheet: Sheet,
) -> tuple[tuple[frozenset[str], frozenset[tuple[str, str]]], ...]:
    """The labels of each heading with its cells (concept, applicant); a group has none."""
    cells: dict[str, set[tuple[str, str]]] = {}
    for (row, column), (_, concept, applicant, _) in sheet.slot_of.items() if sheet.rows else ():
        cells.setdefault(f"row {row}", set()).add((concept, applicant))
        cells.setdefault(f"column {column}", set()).add((concept, applicant))
    headings = [("row", row) for row in sheet.rows] + [("column", c) for c in sheet.columns]
    return tuple((h.labels, frozenset(cells.get(f"{axis} {h.id}", ()))) for axis, h in headings)


# The labels of all forms


@cache
def _labels_of_rows(sheet: Sheet) -> frozenset[str]:
    return frozenset(text for row in sheet.rows if not row.group for text in row.labels)


@cache
def _labels_of_columns(sheet: Sheet) -> frozenset[str]:
    return frozenset(text for c in sheet.columns if not c.aside for text in c.labels)


@cache
def _sheets_with(name: str) -> tuple[Sheet, ...]:
    """The sheets of all forms that have a row or a column of this name."""
    sheets = [sheet for form in load_forms() for sheet in form.sheets]
    return tuple(s for s in sheets if name in _labels_of_rows(s) | _labels_of_columns(s))


@lru_cache(maxsize=10_000)
def _labels(words: str) -> tuple[str, ...]:
    """The labels that a line is made of, where it is made of nothing else."""
    label_, whole = _patterns()
    return tuple(label_.findall(words)) if words and whole.fullmatch(words) else ()


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """One label of any form, and a run of them as a row without walls prints it."""
    sheets = [sheet for form in load_forms() for sheet in form.sheets]
    known = {text for s in sheets for text in (*s.row_headings, *s.column_headings, *s.skipped)}
    longest_first = sorted(known, key=lambda text: (-len(text), text))
    one = "|".join(map(re.escape, filter(None, longest_first)))
    return re.compile(one), re.compile(rf"(?:[一二三四五六七八九十\d]{{0,2}}(?:{one}))++")


# Figures of a table


def _figures_without_words(
    document: Document, in_prose: Sequence[tuple[_Line, ...]], table: Settled
) -> Iterator[tuple[str, Doubt]]:
    """The sections of a form's table that hold bare figures and of which nothing was read."""
    read = {match.row.sheet.id for match in table.matches}
    sheets = [sheet for form in load_forms() for sheet in form.sheets if sheet.topic]
    heading = where = topic = ""
    figures = 0
    for paragraph, lines in zip((*document.paragraphs, None), (*in_prose, ()), strict=True):
        text = squeezed(paragraph.text) if paragraph else ""
        if paragraph and not _SECTION.match(text):
            figures += sum(line.figures for line in lines if not line.words)
            continue
        if topic and topic not in read and figures >= _BARE_FIGURES:
            words = (
                f"under “{heading}” stand {figures} figures or more, and no table was read there;"
                " look whether they are its table"
            )
            yield topic, Doubt(doubt.LOST_TABLE, words, where)
        topic = next((sheet.id for sheet in sheets if sheet.topic in text), "")
        heading, where, figures = text, paragraph.where if paragraph else "", 0
