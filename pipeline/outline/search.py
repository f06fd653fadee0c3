"""Which lines of a document are titles of reports, and which of them is the document's own."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from pipeline.outline.lines import Line, folded, line_of
from pipeline.outline.titles import (
    CAPTION,
    FRAGMENT,
    YEAR,
    Title,
    comparable,
    parse_title,
    years_in,
)
from pipeline.reference import Sameness, may_be_one
from pipeline.text import plausible_year

_YEAR_LINE = re.compile(rf"^{YEAR}$")
_NAME_LINE = re.compile(
    rf"^(?:{YEAR})?[^\W\d_]{{2,40}}(?:政府|办公室|办公厅|局|委员会|管委会|街道|办事处|镇|乡|厅|县|区|市)"
    rf"(?:{YEAR})?(?:关于)?$|{_YEAR_LINE.pattern}"
)
_YEAR_BELOW = re.compile(r"^[(\[〔]20\d\d年?度?[)\]〕]$|^20\d\d年度$")
_LONGEST_FRAGMENT = 40
_ONE = (Sameness.YES, Sameness.UNKNOWN)
# What may have to be taken off a fragment: a caption, quotes, a date.
_DRESSED = re.compile(rf"{CAPTION.pattern}|[\d【“\"'*〖<]")


def titles_in(lines: Sequence[Line]) -> dict[int, Title]:
    """The titles among the lines, each by the number of the line that it ends in.

    A line is completed by the one to three lines above and the one below.
    """
    titles: dict[int, Title] = {}
    for at, line in enumerate(lines):
        title = parse_title(line)
        if title is None and not _is_fragment(line):
            continue
        broken = title is None
        for reach in (1, 2, 3) if broken else (1, 2):
            above = lines[max(0, at - reach) : at]
            if len(above) < reach or (title and title.name and title.year):
                break
            if not _in_a_list_of_years(lines, at - reach):
                title = _completed(title, above, line, broken)
        below = lines[at + 1].words if at + 1 < len(lines) else ""
        if title and title.year is None and _YEAR_BELOW.match(below):
            title = replace(title, year=plausible_year(years_in(below)[0]))
        if title:
            titles[at] = title
    return titles


def choose_title(
    titles: Sequence[Title], headings: Sequence[Title], period: Collection[int]
) -> Title | None:
    """The title of the report itself among those printed.

    Of several names the one that the declared heading gives; then the most complete title; then
    the year that the heading or the stated period backs; then the first.
    """
    named = [heading for heading in headings if heading.name]
    rivals = [
        title
        for title in titles
        if title.name and any(may_be_one(title.name, heading.name) in _ONE for heading in named)
    ]
    exact = {folded(heading.text) for heading in named}
    rivals = [t for t in rivals if folded(t.text) in exact] or rivals or list(titles)
    if not rivals:
        return None
    most = max(map(_completeness, rivals))
    rivals = [title for title in rivals if _completeness(title) == most]
    declared = {heading.year for heading in headings if heading.year}
    for backed in (set(period) | declared, declared):
        rivals = [title for title in rivals if title.year in backed] or rivals
    return rivals[0]


def _completeness(title: Title) -> tuple[bool, bool]:
    return bool(title.name), title.year is not None


def _is_fragment(line: Line) -> bool:
    """Whether a line holds nothing but words that a title ends in: 工作年度报告, (2021年)."""
    if len(line.words) > _LONGEST_FRAGMENT:
        return False
    dressed = _DRESSED.search(line.words)
    return FRAGMENT.match(comparable(line.words) if dressed else line.words) is not None


def _in_a_list_of_years(lines: Sequence[Line], at: int) -> bool:
    """Whether a line is one of several years below each other, as in a menu."""
    pair = lines[max(0, at - 1) : at + 1]
    return len(pair) > 1 and all(_YEAR_LINE.match(line.words) for line in pair)


def _completed(
    title: Title | None, above: Sequence[Line], line: Line, broken: bool
) -> Title | None:
    """The title that a line is together with those above it, where these are parts of one."""
    text = "".join(part.text for part in (*above, line))
    joined = parse_title(line_of(text, line.where))
    if joined is None:
        return title
    if title is None:
        fragment = not any(parse_title(part) or part.ends_a_sentence for part in above)
        return joined if fragment else None
    adds = (joined.name and not title.name) or (joined.year and not title.year)
    parts = [part.words for part in above if not (broken and FRAGMENT.match(part.words))]
    return joined if adds and all(_NAME_LINE.match(words) for words in parts) else title
