"""What speaks for a report: its title, its preface, its period, its headings, tables, figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.genre.shape import FEW, WORDS, Shape, fits, key_of
from pipeline.genre.signs import Sign, sign
from pipeline.outline import Outline
from pipeline.recognise import Reading

_LONGEST_PREFACE = 1_500  # characters; some put the preface into chapter one
_SIGNATURE_LINES = 12  # at the end of a page, links to other pages included
_FORM_WORDS = 4
_HEADING = 20  # characters of a line that its heading may take
_FIRST_WORDS = 400  # characters of the first section
_ON_THE_WHOLE = re.compile("总体(?:工作)?情况|概述|概况|基本情况")
_ON_DISCLOSURE = re.compile("信息公开|政务公开|公开信息|主动公开")


def signs_for(outline: Outline, readings: Sequence[Reading], shape: Shape) -> Iterator[Sign]:
    """The signs of a report, the strongest first."""
    for found in (_title(outline, shape), _preface(outline), _period(outline)):
        if found:
            yield found
    if shape.topics:
        first = next(iter(shape.topics.values()))
        most = sign("outline", first.words, first.where)
        yield sign("outline", first.words, first.where, min(most.weight, shape.topics_weight))
    if found := _chapter_one(outline):
        yield found
    if found := _table(shape, readings) or _form_words(outline):
        yield found
    for name in ("year_told", "told"):
        if line := next(shape.that_fit(name), None):
            yield sign(name, line.words, line.where)
    if found := _signature(outline):
        yield found


def _title(outline: Outline, shape: Shape) -> Sign | None:
    if shape.titles:
        line = shape.opening[shape.titles[0]]
        name = "declared_title" if line.where == "heading" else "title"
        return sign(name, line.words, line.where)
    if declared := next(filter(key_of, outline.heading_titles), None):
        return sign("declared_title", declared.text, declared.where)
    if title := outline.own_title:
        return sign("title_below" if key_of(title) else "bare_title", title.text, title.where)
    if declared := next(iter(outline.heading_titles), None):
        return sign("bare_title", declared.text, declared.where)
    return None


def _preface(outline: Outline) -> Sign | None:
    """The sentence by which the text calls itself the report, or makes it known."""
    prose = outline.prose
    start = prose.starts[outline.below_title]
    end = min(start + _LONGEST_PREFACE, len(prose.text))
    if not re.search("信息公开|条例", prose.text[start:end]):
        return None
    found = WORDS["of_itself"].search(prose.text, start, end)
    if not found and any(title.year for title in outline.announced):
        found = WORDS["performs"].search(prose.text, start, end)
    if not found:
        return None
    words, where = prose.quoted(*found.span())
    return None if fits("summary", words) else sign("preface", words, where)


def _period(outline: Outline) -> Sign | None:
    """A sentence on the period, or a whole year from its first to its last day."""
    for period in outline.periods:
        if period.stated or (period.first, period.last) == ((1, 1), (12, 31)):
            return sign("period", period.words, outline.prose.where(period.days[0]))
    return None


def _chapter_one(outline: Outline) -> Sign | None:
    """A first section on the whole, whose first words are on disclosure."""
    lines = outline.lines
    at = next((at for at, line in enumerate(lines) if line.section == 1), len(lines))
    words = "".join(line.words for line in lines[at : at + FEW])[:_FIRST_WORDS]
    if "。" not in words or not _ON_THE_WHOLE.search(words[:_HEADING]):
        return None
    return sign("chapter_one", words, lines[at].where) if _ON_DISCLOSURE.search(words) else None


def _table(shape: Shape, readings: Sequence[Reading]) -> Sign | None:
    matches = [match for reading in readings for match in reading.matches]
    if not matches:
        return None
    first = next((match for match in matches if match.text), matches[0])
    return sign("form_table" if shape.tables else "blank_table", "", first.cell.where)


def _form_words(outline: Outline) -> Sign | None:
    found: dict[str, str] = {}
    for block in outline.blocks:
        for text in (block.words, *(cell.text for cell in block.cells)):
            for word in WORDS["form_word"].findall(text):
                found.setdefault(word, block.where)
        if len(found) >= _FORM_WORDS:
            return sign("form_words", " ".join(found), next(iter(found.values())))
    return None


def _signature(outline: Outline) -> Sign | None:
    last = outline.lines[-_SIGNATURE_LINES:]
    for above, line in pairwise(last):
        if fits("date", line.words) and fits("signed", above.words):
            return sign("signature", f"{above.words} {line.words}", line.where)
    return None
