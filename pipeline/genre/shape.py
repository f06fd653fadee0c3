"""What a document has of a report: its lines, the titles among them, sections, figures, tables."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.outline import Outline, Title, folded, parse_title
from pipeline.recognise import Reading
from pipeline.text import FIGURE_IN_PROSE, is_numbered, is_value_like
from pipeline.text.patterns import Patterns

FEW = 3  # fewer signs than this may be chance
QUOTED = 40  # characters of a line that a refusal quotes

_OPENING_LINES = 300
_DATA = tomllib.loads(Path(__file__).with_name("genre.toml").read_text("utf-8"))
WORDS = Patterns(
    {name: pattern.replace("{figure}", FIGURE_IN_PROSE) for name, pattern in _DATA["words"].items()}
)
_GENRES = [{**genre, "title": re.compile(genre["title"])} for genre in _DATA["genre"]]

STAND_INS = [{**each, "line": re.compile(each["line"])} for each in _DATA["stand_in"]]

Key = tuple[str, str]  # the organ and the year that a title names


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a document yields no report, and what to do about it."""

    reason: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Shape:
    """What a document has of a report.

    `opening` are its headlines above the first section, the one that the page declares before
    them; `titles` are the places of reports' titles in it.
    """

    lines: tuple[str, ...]
    opening: tuple[str, ...]
    titles: tuple[int, ...]
    sections: int
    figures: bool
    tables: bool

    @property
    def body(self) -> bool:
        return self.tables or (self.sections >= FEW and self.figures)


def shape_of(outline: Outline, readings: Sequence[Reading]) -> Shape:
    lines = outline.lines
    first = next((at for at, line in enumerate(lines) if line.heads(1)), len(lines))
    above = [(line, outline.titles.get(at)) for at, line in enumerate(lines[:first])]
    declared = [(part, parse_title(part)) for part in outline.heading[:1]]
    opening = [pair for pair in (*declared, *above[:_OPENING_LINES]) if pair[0].is_headline]
    topics = [WORDS["topic"].search(line.words) for line in lines if is_numbered(line.words)]
    return Shape(
        tuple(line.words for line in lines),
        tuple(line.words for line, _ in opening),
        tuple(at for at, (_, title) in enumerate(opening) if key_of(title)),
        len({topic[1] for topic in topics if topic}),
        any(fits("figure", line.words) for line in lines),
        any(m.text and is_value_like(m.text) for r in readings for m in r.matches),
    )


def key_of(title: Title | None) -> Key | None:
    """The organ and the year of a report's title; None if it names neither, or a genre."""
    if title is None or not (title.name or title.year) or genre_of(folded(title.text)):
        return None
    return re.sub("(?:人民)?政府$|办事处$", "", title.name), str(title.year or "")


def genre_of(line: str) -> dict[str, Any] | None:
    """The first of the genres that a line names."""
    return next((genre for genre in _GENRES if genre["title"].search(line)), None)


def fits(word: str, line: str) -> bool:
    return bool(WORDS[word].search(line))
