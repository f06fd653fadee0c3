"""Tables that a file holds as words and figures only: that they could not be read is said.

Each printed label of a form that names no cell read is a sign. A sentence gives none: a line must
hold nothing but labels and figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.forms import Heading, Sheet, load_forms
from pipeline.model import Document, Fact, Finding, Grid, Severity, Verdict
from pipeline.recognise import Recognition
from pipeline.text import FIGURE, label, squeezed

_FEWEST_SIGNS = 5
_LONG_LABEL = 5
_LABEL_OF_A_COUNT = 4
_WHOLE_ROW = 3
_NEAR = 6
_BARE_FIGURES = 8
_SHOWN = 3
_LONGEST_LINE = 160

# Atomic: what may be a comma between thousands is not tried as one between figures too.
_FIGURES = re.compile(rf"(?:(?<!\d)(?>{FIGURE})(?:[\s|,，]++|$))+$")
_SECTION = re.compile(r"^[一二三四五六七八九]、")
_TOPICS = (("主动公开", "disclosure"), ("申请", "applications"), ("复议", "disputes"))


@dataclass(frozen=True, slots=True)
class _Line:
    """A printed line: its words as a label, and how many figures follow them."""

    words: str
    figures: int
    where: str
    in_table: bool


@dataclass(frozen=True, slots=True)
class _Sign:
    """A label of a sheet that stands in the text; `row` if a row of figures follows it."""

    label: str
    where: str
    row: bool


def lost(
    document: Document, recognition: Recognition, facts: Sequence[Fact]
) -> tuple[Finding, ...]:
    """A warning for each table whose words stand in the file, and of which nothing was read.

    A report that has none of its form's tables at all gets one finding of severity info.
    """
    lines = list(_lines(document, recognition))
    found = {sheet: _finding(sheet, signs) for sheet, signs in _lost_sheets(lines, recognition)}
    for sheet, line in _figures_without_words(document, recognition):
        found.setdefault(sheet, _figures_finding(line))
    if found:
        return tuple(found.values())
    if facts or recognition.unmatched:
        return ()
    message = "none of the form's tables was found; only the narrative figures are known"
    return (Finding("read_no_tables", Verdict.NOT_ASSESSABLE, Severity.INFO, message),)


def _finding(sheet: str, signs: Sequence[_Sign]) -> Finding:
    names = list(dict.fromkeys(sign.label for sign in signs))
    shown = ", ".join(f"“{name}”" for name in names[:_SHOWN]) + (" …" if names[_SHOWN:] else "")
    message = (
        f"{len(names)} labels of the table {sheet} stand in the text, and no cell of theirs was"
        f" read: {shown}, from {signs[0].where} to {signs[-1].where}; look there for figures"
    )
    return _warning(message, signs[0].where)


def _figures_finding(line: _Line) -> Finding:
    message = (
        f"under “{line.words}” stand {line.figures} figures or more, and no table was read there;"
        " look whether they are its table"
    )
    return _warning(message, line.where)


def _warning(message: str, where: str) -> Finding:
    severity = Severity.WARNING
    return Finding("read_lost_table", Verdict.NOT_ASSESSABLE, severity, message, (), where)


def _lines(document: Document, recognition: Recognition) -> Iterator[_Line]:
    """The lines of all paragraphs, and the cells that no finding names yet."""
    named = {cell for line in recognition.unmatched for cell in line.cells}
    for block in document.blocks:
        if isinstance(block, Grid):
            for cell in block.cells:
                if cell not in named:
                    yield _Line(label(cell.text), 0, cell.where, True)
        else:
            yield from (_line(text, block.where) for text in block.text.splitlines())


def _line(text: str, where: str) -> _Line:
    text = text.strip("|\t 　") if len(text) <= _LONGEST_LINE else ""
    tail = _FIGURES.search(text)
    words = text[: tail.start()] if tail else text
    figures = len(re.findall(FIGURE, tail.group())) if tail else 0
    return _Line("" if "。" in words else label(words), figures, where, False)


def _lost_sheets(
    lines: Sequence[_Line], recognition: Recognition
) -> Iterator[tuple[str, list[_Sign]]]:
    """The sheets with enough signs; a sign counts for the sheet that explains most of them."""
    read = _read_labels(recognition)
    signs = {
        (form.id, sheet.id): list(_signs(sheet, lines, read))
        for form in load_forms()
        for sheet in form.sheets
    }
    taken: set[str] = set()
    told: set[str] = set()
    for key in sorted(signs, key=lambda key: (-len(signs[key]), key)):
        left = [sign for sign in signs[key] if sign.where not in taken]
        names = {sign.label for sign in left}
        if key[1] not in told and (len(names) >= _FEWEST_SIGNS or any(s.row for s in left)):
            taken |= {sign.where for sign in left}
            told.add(key[1])
            yield key[1], left


def _read_labels(recognition: Recognition) -> frozenset[str]:
    """Every wording of the headings that have a cell which was read, or read with doubt."""
    slots = {(match.concept, match.applicant) for match in recognition.matches}
    sheets = {match.sheet for match in recognition.matches}
    return frozenset(
        text
        for form in load_forms()
        for sheet in form.sheets
        if sheet.id in sheets
        for heading in (*sheet.rows, *sheet.columns)
        if _is_read(heading, sheet, slots)
        for text in heading.labels
    )


def _is_read(heading: Heading, sheet: Sheet, slots: set[tuple[str, str]]) -> bool:
    parent = heading in sheet.columns and heading not in sheet.leaf_columns
    if not sheet.rows or heading.group or parent:
        return True
    rows = (heading,) if heading in sheet.rows else sheet.rows
    columns = (heading,) if heading in sheet.columns else sheet.leaf_columns
    known = (sheet.slot(row, column) for row in rows for column in columns)
    return any(slot and (slot[1], slot[2]) in slots for slot in known)


def _signs(sheet: Sheet, lines: Sequence[_Line], read: frozenset[str]) -> Iterator[_Sign]:
    rows = {text for row in sheet.rows if not row.group for text in row.labels}
    columns = {text for column in sheet.columns if not column.aside for text in column.labels}
    shortest = _LONG_LABEL if sheet.rows else _LABEL_OF_A_COUNT
    for at, line in enumerate(lines):
        figures = line.figures or _figures_below(lines, at)
        for name in _labels(line.words):
            if name in read or name not in rows | columns:
                continue
            counted = figures and name in rows and len(name) >= _LABEL_OF_A_COUNT
            row = counted and (figures >= _WHOLE_ROW or _under_columns(lines, at, columns))
            if counted or len(name) >= shortest:
                yield _Sign(name, line.where, bool(row))


def _figures_below(lines: Sequence[_Line], at: int) -> int:
    """How many lines below hold one figure and nothing else, each a cell of its own."""
    count = 0
    for line in lines[at + 1 : at + 1 + _NEAR]:
        if line.words or not line.figures or line.in_table:
            break
        count += line.figures
    return count


def _under_columns(lines: Sequence[_Line], at: int, columns: set[str]) -> bool:
    above = lines[max(0, at - _NEAR) : at]
    return any(len(n) >= _LONG_LABEL and n in columns for one in above for n in _labels(one.words))


def _labels(words: str) -> list[str]:
    """The labels that a line is made of, where it is made of nothing else."""
    one, whole = _patterns()
    return one.findall(words) if words and whole.fullmatch(words) else []


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """One label of any form, and a run of them as a row without walls prints it."""
    known = {
        text
        for form in load_forms()
        for sheet in form.sheets
        for heading in (*sheet.rows, *sheet.columns)
        for text in heading.labels
    }
    skipped = {text for form in load_forms() for sheet in form.sheets for text in sheet.skipped}
    longest_first = sorted(known | skipped, key=lambda text: (-len(text), text))
    one = "|".join(map(re.escape, filter(None, longest_first)))
    return re.compile(one), re.compile(rf"(?:[一二三四五六七八九\d]{{0,2}}(?:{one}))++")


def _figures_without_words(
    document: Document, recognition: Recognition
) -> Iterator[tuple[str, _Line]]:
    """The sections of a form's table that hold bare figures and of which nothing was read."""
    read = {match.sheet for match in recognition.matches}
    heading, sheet, figures = _Line("", 0, "", False), "", 0
    for paragraph in (*document.paragraphs, None):
        text = squeezed(paragraph.text) if paragraph else "一、"
        if _SECTION.match(text):
            if sheet and figures >= _BARE_FIGURES:
                yield sheet, _Line(heading.words, figures, heading.where, False)
            topic = next((name for words, name in _TOPICS if words in text), "")
            sheet, figures = ("" if topic in read else topic), 0
            heading = _Line(text, 0, paragraph.where if paragraph else "", False)
        elif paragraph:
            lines = [_line(one, "") for one in paragraph.text.splitlines()]
            figures += sum(line.figures for line in lines if not line.words)
