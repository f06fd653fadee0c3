"""Which lines of a document are titles of reports, and which of them is the document's own."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from pipeline.identify.prose import (
    folded,
    is_first_section,
    is_sentence_end,
    lines_of,
    plausible_year,
)
from pipeline.identify.titles import (
    FRAGMENT,
    YEAR,
    Title,
    comparable,
    parse_title,
    years_in,
)
from pipeline.model import Document, Grid, Paragraph
from pipeline.reference import Sameness, may_be_one
from pipeline.text import is_numeral, squeezed

_MOST_TITLE_LINES = 200
_FEW = 5
_YEAR_LINE = re.compile(rf"^{YEAR}$")
_NAME_LINE = re.compile(
    rf"^(?:{YEAR})?[^\W\d_]{{2,40}}(?:政府|办公室|办公厅|局|委员会|管委会|街道|办事处|镇|乡|厅|县|区|市)"
    rf"(?:{YEAR})?(?:关于)?$|{_YEAR_LINE.pattern}"
)
_YEAR_BELOW = re.compile(r"^[(\[〔]20\d\d年?度?[)\]〕]$|^20\d\d年度$")

_ONE = (Sameness.YES, Sameness.UNKNOWN)

Line = tuple[str, str]  # its words and where they are printed


def find_titles(document: Document) -> tuple[Title, ...]:
    """Every title printed above the first section and the first table of figures, in order.

    Those further down count where none stands above.
    """
    opening, rest = _parts(document)
    return tuple(_titles(opening) or _titles(rest))


def later_titles(document: Document) -> tuple[Title, ...]:
    """Every title printed below the first section or the first table of figures."""
    return tuple(_titles(_parts(document)[1]))


def heading_titles(document: Document) -> tuple[Title, ...]:
    """The titles among the parts of the declared heading (`title - column - site`)."""
    titles = (parse_title(part, "heading") for part in heading_parts(document))
    return tuple(title for title in titles if title)


def heading_parts(document: Document) -> tuple[str, ...]:
    """The declared heading's parts, spaces removed."""
    parts = re.split(r"\s[-–—]\s|[_|>»｜]|[-–—]{1,2}(?!\d)", document.heading)
    return tuple(part for part in map(folded, parts) if part)


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


def _parts(document: Document) -> tuple[list[Line], list[Line]]:
    """The lines that may hold the title, and the lines below the first section or table."""
    tables = (at for at, block in enumerate(document.blocks, 1) if _is_table_of_figures(block))
    above = replace(document, blocks=document.blocks[: next(tables, len(document.blocks))])
    lines, opening = list(lines_of(document)), list(lines_of(above))
    sections = (at for at, (text, _) in enumerate(opening) if is_first_section(folded(text)))
    end = min(next(sections, len(opening)), _MOST_TITLE_LINES)
    return opening[:end], lines[end:]


def _is_table_of_figures(block: Paragraph | Grid) -> bool:
    if not isinstance(block, Grid):
        return False
    return sum(is_numeral(cell.text) for cell in block.cells) >= _FEW


def _completeness(title: Title) -> tuple[bool, bool]:
    return bool(title.name), title.year is not None


def _titles(lines: Sequence[Line]) -> list[Title]:
    """The titles among the lines, completed by the one or two lines above and the one below."""
    found: list[Title] = []
    for at, (text, where) in enumerate(lines):
        title = parse_title(text, where)
        if title is None and not FRAGMENT.match(comparable(text)):
            continue
        broken = title is None
        for reach in (1, 2, 3) if title is None else (1, 2):
            above = [line for line, _ in lines[max(0, at - reach) : at]]
            if len(above) < reach or (title and title.name and title.year):
                break
            if not _in_a_list_of_years(lines, at - reach):
                title = _completed(title, above, text, where, broken)
        below = lines[at + 1][0] if at + 1 < len(lines) else ""
        if title and title.year is None and _YEAR_BELOW.match(folded(below)):
            title = replace(title, year=plausible_year(years_in(folded(below))[0]))
        if title:
            found.append(title)
    return found


def _in_a_list_of_years(lines: Sequence[Line], at: int) -> bool:
    """Whether a line is one of several years below each other, as in a menu."""
    pair = [squeezed(text) for text, _ in lines[max(0, at - 1) : at + 1]]
    return len(pair) > 1 and all(_YEAR_LINE.match(line) for line in pair)


def _completed(
    title: Title | None, above: Sequence[str], text: str, where: str, broken: bool
) -> Title | None:
    joined = parse_title("".join((*above, text)), where)
    if joined is None:
        return title
    if title is None:
        fragment = all(parse_title(line) is None and not is_sentence_end(line) for line in above)
        return joined if fragment else None
    adds = (joined.name and not title.name) or (joined.year and not title.year)
    parts = [line for line in map(folded, above) if not (broken and FRAGMENT.match(line))]
    return joined if adds and all(_NAME_LINE.match(line) for line in parts) else title
