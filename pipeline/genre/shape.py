"""What a document has of a report: its lines, titles, headings of sections, figures and tables."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any

from pipeline.outline import Line, Outline, Title, folded, parse_title
from pipeline.recognise import Reading
from pipeline.text import FIGURE_IN_PROSE, is_numbered, is_numeral, is_value_like
from pipeline.text.patterns import Patterns

FEW = 3  # fewer signs than this may be chance
QUOTED = 40  # characters of a line that a refusal quotes

_OPENING_LINES = 300
_LONG_LINE = 120  # characters; a longer line may hold several headings
_DATA = tomllib.loads(Path(__file__).with_name("genre.toml").read_text("utf-8"))
WORDS = Patterns(
    {name: pattern.replace("{figure}", FIGURE_IN_PROSE) for name, pattern in _DATA["words"].items()}
)
_PARTS: Mapping[str, Sequence[str]] = _DATA["parts"]
_GENRES = [{**genre, "title": re.compile(genre["title"])} for genre in _DATA["genre"]]
_TOPICS: Mapping[str, int] = {row["heads"]: row["weight"] for row in _DATA["topic"]}
_NAMES = tuple(_TOPICS)
_TOPIC = "|".join(f"({heads})" for heads in _TOPICS)
_HEADING = re.compile(rf".{{2,17}}?(?:{_TOPIC})")
_HEADING_INSIDE = re.compile(
    rf"(?:[一二三四五六七八九十]{{1,2}}、|\([一二三四五六七八九十]{{1,2}}\))[^。;,、:]{{0,14}}?(?:{_TOPIC})"
)

STAND_INS = [{**each, "line": re.compile(each["line"])} for each in _DATA["stand_in"]]

Key = tuple[str, str]  # the organ and the year that a title names


@dataclass(frozen=True)
class Shape:
    """What a document has of a report.

    `opening` are its headlines above the first section, the one that the page declares before
    them; `titles` are the places of reports' titles in it. `alone` are the words that stand alone
    in a row of a table.
    """

    lines: tuple[Line, ...]
    opening: tuple[Line, ...]
    titles: tuple[int, ...]
    alone: tuple[Line, ...]
    figures: bool
    tables: bool

    @cached_property
    def text(self) -> str:
        return "\n".join(line.words for line in self.lines)

    def that_fit(self, name: str) -> Iterator[Line]:
        """The lines in which the words of this name are found, one for each time."""
        parts = _PARTS.get(name)
        if parts and not any(part in self.text for part in parts):
            return
        at = start = 0
        for found in WORDS[name].finditer(self.text):
            at += self.text.count("\n", start, found.start())
            start = found.start()
            yield self.lines[at]

    @cached_property
    def topics(self) -> Mapping[str, Line]:
        """What headings say that a section is about, each with the first of them."""
        found: dict[str, Line] = {}
        if "公开" not in self.text:
            return found
        for line in (*self.lines, *self.alone):
            for topic in _topics_in(line.words):
                found.setdefault(topic, line)
        for line in self.that_fit("chapter"):
            if heading := _HEADING.match(f"一、{line.words}"):
                found.setdefault(_topic_of(heading), line)
        return found

    @property
    def sections(self) -> int:
        return len(self.topics)

    @property
    def topics_weight(self) -> int:
        return sum(_TOPICS[heads] for heads in self.topics)


def shape_of(outline: Outline, readings: Sequence[Reading]) -> Shape:
    lines = outline.lines
    first = next((at for at, line in enumerate(lines) if line.heads(1)), len(lines))
    above = [(line, outline.titles.get(at)) for at, line in enumerate(lines[:first])]
    declared = [(part, parse_title(part)) for part in outline.heading[:1]]
    opening = [pair for pair in (*declared, *above[:_OPENING_LINES]) if pair[0].is_headline]
    captions = (caption for block in outline.blocks for caption in block.captions.values())
    return Shape(
        lines,
        tuple(line for line, _ in opening),
        tuple(at for at, (_, title) in enumerate(opening) if key_of(title)),
        tuple(Line(each.words, each.words, each.where, 0) for each in captions),
        any(fits("figure", line.words) for line in lines),
        any(m.text and is_value_like(m.text) for r in readings for m in r.matches),
    )


def _topics_in(words: str) -> Iterator[str]:
    """The topics of a numbered heading, and of the headings inside a long line."""
    if is_numbered(words) and (heading := _HEADING.match(words)):
        yield _topic_of(heading)
    if len(words) > _LONG_LINE:
        yield from map(_topic_of, _HEADING_INSIDE.finditer(words))


def _topic_of(heading: re.Match[str]) -> str:
    return _NAMES[(heading.lastindex or 1) - 1]


def numerals(outline: Outline, most: int) -> int:
    """How many cells and lines hold a number and nothing else, counted up to `most`."""
    cells = (cell.text for block in outline.blocks for cell in block.cells)
    lines = (block.text for block in outline.blocks)
    printed = (text for texts in (cells, lines) for text in texts if text and is_numeral(text))
    return len(list(islice(printed, most)))


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
