"""What a document has of a report: its lines, the titles among them, sections, figures, tables."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.model import Document, Grid, Paragraph
from pipeline.recognise import Recognition
from pipeline.text import is_value_like, squeezed
from pipeline.text.patterns import Patterns

FEW = 3
LONG = 40
LONGEST_TITLE = 60

_OPENING_LINES = 300
_FIRST_CELLS = 8
_DATA = tomllib.loads(Path(__file__).with_name("genre.toml").read_text("utf-8"))
WORDS = Patterns(_DATA["words"])
_GENRES = [{**genre, "title": re.compile(genre["title"])} for genre in _DATA["genre"]]

Key = tuple[str, str]  # the organ and the year that a title names


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a document yields no report, and what to do about it."""

    reason: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Shape:
    """What a document has of a report; `titles` are the places of such lines in `opening`."""

    lines: tuple[str, ...]
    opening: tuple[str, ...]
    titles: tuple[int, ...]
    sections: int
    figures: bool
    tables: bool

    @property
    def body(self) -> bool:
        return self.tables or (self.sections >= FEW and self.figures)


def shape_of(document: Document, recognition: Recognition) -> Shape:
    lines = tuple(line for block in document.blocks for line in lines_of(block))
    first = next((at for at, line in enumerate(lines) if fits("section", line)), len(lines))
    above = (declared(document), *lines[: min(first, _OPENING_LINES)])
    opening = tuple(line for line in above if _is_headline(line))
    outline = {found[1] for line in lines if (found := WORDS["outline"].match(line))}
    return Shape(
        lines,
        opening,
        tuple(at for at, _ in enumerate(opening) if title_at(opening, at)),
        len(outline),
        any(fits("figure", line) for line in lines),
        any(m.cell.text and is_value_like(m.cell.text) for m in recognition.matches),
    )


def declared(document: Document) -> str:
    """The title that a page declares, without the names of the column and the site."""
    return squeezed(re.split(r"[_|>»]|\s[-–—]\s|[-–—]{1,2}(?!\d)", document.heading)[0])


def lines_of(block: Paragraph | Grid) -> Iterator[str]:
    """The lines of a paragraph, or of the first and the long cells of a table, squeezed."""
    if isinstance(block, Grid):
        cells = enumerate(block.cells)
        printed = [cell.text for n, cell in cells if n < _FIRST_CELLS or len(cell.text) > LONG]
    else:
        printed = [block.text]
    for text in printed:
        yield from filter(None, map(squeezed, text.splitlines()))


def title_at(lines: Sequence[str], at: int) -> Key | None:
    """The title that a line is, alone or with the name or the year in the line above it."""
    if (key := title_of(lines[at])) or not at or not fits("menu", lines[at]):
        return key
    return title_of(lines[at - 1] + lines[at]) if fits("above_title", lines[at - 1]) else None


_NUMBERED = re.compile(r"[(（]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）、.．]")


def title_of(line: str) -> Key | None:
    """The organ and the year that a report's title names; None if it is none or names neither."""
    found = WORDS["title"].match(line)
    if found and _NUMBERED.match(line):
        return None
    if not found or not _is_headline(line) or genre_of(line):
        return None
    year = re.search(r"20\d\d(?!\d)", line)
    name = re.sub(r"^关于|20\d\d年?度?|[\W\d_]", "", found[1])
    name = re.sub("(?:人民)?政府$|办事处$", "", name)
    return (name, year[0] if year else "") if name or year else None


def genre_of(line: str) -> dict[str, Any] | None:
    """The first of the genres that a line names."""
    return next((genre for genre in _GENRES if genre["title"].search(line)), None)


def fits(word: str, line: str) -> bool:
    return bool(WORDS[word].search(line))


def _is_headline(line: str) -> bool:
    return 0 < len(line) <= LONGEST_TITLE and not (fits("sentence", line) or fits("link", line))
