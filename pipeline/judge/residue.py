"""What no match took: tables that a file holds as words and figures only. That is said.

Each printed label of a form that names no cell read is a sign. A sentence gives none: a line must
hold nothing but labels and figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from pipeline import doubt
from pipeline.doubt import Doubt
from pipeline.forms import Sheet, load_forms, words_of_forms
from pipeline.judge.lacking import lacking
from pipeline.judge.settle import Settled
from pipeline.model import Fact, Identity
from pipeline.outline import Outline
from pipeline.recognise import Reading
from pipeline.text import FIGURE, label, plain_unit

_FEWEST_SIGNS = 5  # labels of one table that nothing was read of
_LONG_LABEL = 5  # characters; shorter ones are words of prose too
_LABEL_OF_A_COUNT = 4  # characters of a label that figures follow
_WHOLE_ROW = 3  # figures behind a label
_NEAR = 6  # lines
_BARE_FIGURES = 8  # figures of a section without any words beside them
_SHOWN = 3  # labels that a message names
_LONGEST_LINE = 160  # characters
_LONGEST_UNIT = 4  # characters: 万元, 平方米

# Atomic: what may be a comma between thousands is not tried as one between figures too.
_FIGURES = re.compile(rf"(?:(?<!\d)(?>{FIGURE})(?:[\s|,，]++|\.?$))+$")


@dataclass(frozen=True, slots=True)
class _Line:
    """A printed line: its words as a label, and how many figures follow them.

    `heading` are the words of the section that it opens, if it opens one; `named` says whether
    another doubt names the row that it is in, `unit` whether one stands behind the words.
    """

    words: str = ""
    figures: int = 0
    where: str = ""
    in_table: bool = True
    heading: str = ""
    named: bool = False
    unit: bool = False


_A_CELL = _Line()  # with nothing in it that any form prints


@dataclass(frozen=True, slots=True)
class _Sign:
    """A label of a sheet that stands in the text.

    It is a `row` where figures or a unit follow it, or where it stands in a table of which others
    were read.
    """

    label: str
    where: str
    row: bool


def residue(
    outline: Outline,
    table: Settled,
    readings: Sequence[Reading],
    facts: Sequence[Fact],
    identity: Identity,
) -> tuple[Doubt, ...]:
    """A doubt for each table of which nothing was read, be its words in the file or not.

    A report that has none of its form's tables at all gets one of severity info.
    """
    lines = list(_lines(outline, table))
    lost = dict(_lost_sheets(lines, table))
    for sheet, said in _figures_without_words(lines, table):
        lost.setdefault(sheet, said)
    if lost or facts or table.unmatched:
        return (*lost.values(), *lacking(outline, table.matches, readings, lost, identity))
    return (Doubt(doubt.NO_TABLES),)


def _lines(outline: Outline, table: Settled) -> Iterator[_Line]:
    """The lines of all paragraphs, and the cells, in reading order."""
    named = {cell for row in table.unmatched for cell in row.cells}
    for block in outline.blocks:
        for cell in block.cells:
            words, figures, unit = label(cell.text), 0, ""
            if words and len(cell.text.split()) > 1 and not _labels(words):
                words, figures, unit = _parts(cell.text)
            if _labels(words) or _is_unit(words):
                is_named = cell in named
                yield _Line(words, figures, cell.where, named=is_named, unit=bool(unit))
            else:
                yield _A_CELL
        for printed in block.text.splitlines():
            words, figures, unit = _parts(printed)
            heading = block.words if block.section else ""
            words = "" if "。" in words else words
            yield _Line(words, figures, block.where, False, heading, unit=bool(unit))


@lru_cache(maxsize=10_000)
def _is_unit(words: str) -> bool:
    return len(words) <= _LONGEST_UNIT and bool(plain_unit(words))


def _parts(printed: str) -> tuple[str, int, str]:
    """The label that a line is, how many figures end it, and the unit that stands before them."""
    text = printed.strip("|\t 　") if len(printed) <= _LONGEST_LINE else ""
    tail = _FIGURES.search(text)
    figures = len(re.findall(FIGURE, tail.group())) if tail else 0
    words = text[: tail.start()] if tail else text
    before, *last = words.rsplit(maxsplit=1) or [""]
    unit = plain_unit(last[0]) if last else ""
    return label(before if unit else words), figures, unit


def _lost_sheets(lines: Sequence[_Line], table: Settled) -> Iterator[tuple[str, Doubt]]:
    """The sheets with enough signs; a sign counts for the sheet that explains most of them."""
    signs = _signs(lines, table)
    taken: set[str] = set()
    told: set[str] = set()
    order = {sheet: (form.id, sheet.id) for form in load_forms() for sheet in form.sheets}
    for sheet in sorted(signs, key=lambda sheet: (-len(signs[sheet]), order[sheet])):
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


def _signs(lines: Sequence[_Line], table: Settled) -> dict[Sheet, list[_Sign]]:
    """The labels that stand in lines and name no cell read, for each sheet that has them.

    In rows that other doubts name they are signs of a table only of which nothing was read.
    """
    places = frozenset(match.slot[1:3] for match in table.matches)
    found = frozenset(match.row.sheet.id for match in table.matches)
    read = _read_labels(places, found)
    signs: dict[Sheet, list[_Sign]] = {}
    for at, line in enumerate(lines):
        unread = [name for name in _labels(line.words) if name not in read]
        if not unread:
            continue
        figures = line.figures or _figures_below(lines, at)
        counts = len(line.words) >= _LABEL_OF_A_COUNT and (
            line.unit or any(_is_unit(below.words) for below in lines[at + 1 : at + 2])
        )
        near = lines[max(0, at - _NEAR) : at] if 0 < figures < _WHOLE_ROW else ()
        columns = {n for above in near for n in _labels(above.words) if len(n) >= _LONG_LABEL}
        for name in unread:
            for sheet, is_row in _known().get(name, ()):
                if line.named and sheet.id in found:
                    continue
                shortest = _LONG_LABEL if sheet.rows else _LABEL_OF_A_COUNT
                counted = figures and is_row and len(name) >= _LABEL_OF_A_COUNT
                lost = is_row and (counts or (line.in_table and sheet.id in found))
                if counted or lost or len(name) >= shortest:
                    under = not columns.isdisjoint(sheet.column_headings)
                    row = bool(lost or (counted and (figures >= _WHOLE_ROW or under)))
                    signs.setdefault(sheet, []).append(_Sign(name, line.where, row))
    return signs


@lru_cache(maxsize=100)
def _read_labels(places: frozenset[tuple[str, str]], sheets: frozenset[str]) -> frozenset[str]:
    """Every wording of the headings that have a cell which was read, or read with doubt.

    `places` are the cells' concepts and applicants, `sheets` the ids of the tables they are in.
    """
    return frozenset(
        text
        for form in load_forms()
        for sheet in form.sheets
        if sheet.id in sheets
        for labels, cells in _cells_of_headings(sheet)
        if not cells or not cells.isdisjoint(places)
        for text in labels
    )


def _figures_below(lines: Sequence[_Line], at: int) -> int:
    """How many lines below hold one figure and nothing else, each a cell of its own."""
    count = 0
    for line in lines[at + 1 : at + 1 + _NEAR]:
        if line.words or not line.figures or line.in_table:
            break
        count += line.figures
    return count


def _figures_without_words(lines: Sequence[_Line], table: Settled) -> Iterator[tuple[str, Doubt]]:
    """The sections of a form's table that hold bare figures and of which nothing was read."""
    read = {match.row.sheet.id for match in table.matches}
    sheets = [sheet for form in load_forms() for sheet in form.sheets if sheet.topic]
    opened, topic, figures = _A_CELL, "", 0
    for line in (*lines, _Line(in_table=False, heading="end")):
        if line.heading:
            if topic and topic not in read and figures >= _BARE_FIGURES:
                words = (
                    f"under “{opened.heading}” stand {figures} figures or more, and no table was"
                    " read there; look whether they are its table"
                )
                yield topic, Doubt(doubt.LOST_TABLE, words, opened.where)
            if line.heading is not opened.heading:  # a paragraph's lines have one together
                topic = next((sheet.id for sheet in sheets if sheet.topic in line.heading), "")
            opened, figures = line, 0
        elif not line.words:
            figures += line.figures


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


@cache
def _known() -> dict[str, tuple[tuple[Sheet, bool], ...]]:
    """Each label of a form with the sheets that have it, and whether as a row."""
    known: dict[str, dict[Sheet, bool]] = {}
    for sheet in (sheet for form in load_forms() for sheet in form.sheets):
        for heading in (*sheet.columns, *sheet.rows):
            is_row = heading in sheet.rows
            for text in () if heading.group or heading.aside else heading.labels:
                known.setdefault(text, {})[sheet] = is_row
    return {text: tuple(sheets.items()) for text, sheets in known.items()}


@lru_cache(maxsize=10_000)
def _labels(words: str) -> tuple[str, ...]:
    """The labels that a line is made of, where it is made of nothing else."""
    label_, whole = _patterns()
    return tuple(label_.findall(words)) if words and whole.fullmatch(words) else ()


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """One label of any form, and a run of them as a row without walls prints it."""
    longest_first = sorted(words_of_forms(), key=lambda text: (-len(text), text))
    one = "|".join(map(re.escape, filter(None, longest_first)))
    return re.compile(one), re.compile(rf"(?:[一二三四五六七八九十\d]{{0,2}}(?:{one}))++")
