"""Which cells are this report's own: words above or in a table may name another year or organ.

The figures keep their values; that they may be another's is flagged, and said once for each place.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache

from pipeline import doubt
from pipeline.doubt import Doubt, Kind
from pipeline.forms import CONCEPTS, words_of_forms
from pipeline.model import Cell, Grid, Identity, Layout, NarrativeFigure
from pipeline.outline import Block, Caption, Outline, Title, named_years
from pipeline.recognise import Match
from pipeline.reference import ONE_OR_UNKNOWN, may_be_one
from pipeline.text import squeezed, years_in_digits

_NOTE = re.compile(r"[(（\[【]([^)）\]】]*)[)）\]】]")
_NOTES_BELOW = 2  # paragraphs below a table that may be notes on it
_NARROWED = re.compile("上年|上一年|去年|历年|累计|不含|不包括|除外")
_OF_LAST_YEAR = re.compile("上一?年")
_LAST = re.compile("上一?年度?|去年")
_NAME_IN_NOTE = re.compile(
    r"(?!含|包括|各|本|区分|乡镇|镇街)(?:[^\W\d_]{1,16}(?:镇|乡|街道|政府|局|委员会|管委会)"
    r"|[^\W\d_]{0,16}(?:政府|党政)办公?[室厅]?)"
)
_PART = re.compile("第二十条")
# A note that ends a label: 本年(2023)制发件数 is this year's whatever its number.
_YEAR_IN_NOTE = re.compile(r"[（(]((?:19|20)[0-9]{2})[)）](?!\S)")


Places = Mapping[Cell | str, Doubt]  # cells, and the places of paragraphs


def foreign_places(outline: Outline, identity: Identity) -> Places:
    """What stands under words that name another year or organ than the report's."""
    return dict(_foreign_places(outline, identity))


def marked_figures(
    figures: Sequence[NarrativeFigure], places: Places
) -> tuple[NarrativeFigure, ...]:
    """The figures of prose, doubted where the prose is under another report's title."""
    return tuple(
        replace(figure, doubts=(*figure.doubts, places[figure.where].kind))
        if figure.where in places
        else figure
        for figure in figures
    )


def marked(match: Match, places: Places, identity: Identity) -> Match:
    """The match, with a doubt where it may be of another year or organ."""
    above = places.get(match.cell)
    notes, years = _hints(f"{match.words} {match.row.above}")
    if not (above or notes or years):
        return match
    if _counts_last_year(match):
        notes, years = _beside_last_year(match, identity)
    doubts = [above] if above else []
    if any(_NARROWED.search(note) for note in notes):
        doubts.append(Doubt(doubt.NARROWED))
    elif any(_NAME_IN_NOTE.fullmatch(note) and not _is_own(note, identity) for note in notes):
        doubts.append(Doubt(doubt.OTHER_ORGAN))
    if _other_years(years, identity):
        doubts.append(Doubt(doubt.OTHER_YEAR))
    return match._replace(doubts=(*match.doubts, *doubts))


def _counts_last_year(match: Match) -> bool:
    """Whether the form's own words for the column name the year before."""
    return any(_OF_LAST_YEAR.match(text) for text in match.heading.labels)


def _beside_last_year(match: Match, identity: Identity) -> tuple[frozenset[str], tuple[int, ...]]:
    """The notes and years at such a cell, but for those of its column that name that year again."""
    notes, years = _hints(match.column.text if match.column else "")
    wider, other = _hints(f"{match.row.label} {match.row.above}")
    last = identity.report_year and identity.report_year - 1
    again = {note for note in notes if _NARROWED.search(note)}
    again -= {note for note in notes if _NARROWED.search(_LAST.sub("", note))}
    return notes - again | wider, (*(year for year in years if year != last), *other)


@lru_cache(maxsize=10_000)
def _hints(words: str) -> tuple[frozenset[str], tuple[int, ...]]:
    """The notes in brackets that no form prints, and the years, among the words of a cell."""
    closed = words[: max(map(words.rfind, ")）]】")) + 1]  # each bracket opened here is closed
    notes = frozenset(map(squeezed, _NOTE.findall(closed))) - _notes_of_forms()
    years = named_years(years_in_digits(words))
    return notes, (*years, *map(int, _YEAR_IN_NOTE.findall(words)))


def _foreign_places(outline: Outline, identity: Identity) -> Iterator[tuple[Cell | str, Doubt]]:
    """Each cell and each paragraph that stands under words that name another year or organ.

    A title holds until the next one; an annex until then or until the report's sections go on; a
    heading until the next; a caption until a section, a sentence or a caption of the report's own.
    A note holds for the table above it.
    """
    standing: Doubt | None = None
    caption: Doubt | None = None
    heading: Doubt | None = None
    section, in_annex = 0, False
    for at, block in enumerate(outline.blocks):
        if block.is_table:
            section = section or 1
            yield from _foreign_rows(block, caption or heading, standing, identity)
            if note := _note_on(block, outline.blocks[at + 1 :][:_NOTES_BELOW], identity):
                yield from ((cell, note) for cell in block.cells)
            continue
        if block.section:
            heading = _named(block.heading, identity) if block.heading else None
        if in_annex and block.section:
            standing = None if block.section == section + 1 else standing
            in_annex = False
        section = block.section if block.section and not standing else section
        if block.title and not block.title.entry and (section or standing):
            standing = caption = _of_title(block.title, block, identity)
            in_annex = False
        elif not block.caption:
            caption = _after_a_sentence(block.sentence, caption, identity)
            if standing:
                yield block.where, standing
        elif block.caption.is_of_above:
            continue
        elif found := _named(block.caption, identity):
            if block.caption.is_annex:
                standing, in_annex = found, True
            caption = found
        else:
            caption = (
                caption if caption and not _names_own(block.caption, caption, identity) else None
            )
            own = heading and _names_own(block.caption, heading, identity)
            heading = None if own else heading


def _after_a_sentence(
    sentence: Caption | None, caption: Doubt | None, identity: Identity
) -> Doubt | None:
    """What stands over a table behind a paragraph: what its last sentence names of the table.

    A note goes on under the caption above it.
    """
    if sentence is None:
        return None
    found = None if sentence.is_of_above else _named(sentence, identity)
    return found or (caption if sentence.is_note_below else None)


def _note_on(table: Block, below: Sequence[Block], identity: Identity) -> Doubt | None:
    """What a note right below a table, or in its last row, names that is not the report's own."""
    last = max(table.captions, default=0)
    notes = [table.captions[last]] if last and last == max(table.rows) else []
    for block in below:
        if block.is_table or block.section or block.title:
            break
        notes += filter(None, [block.caption or block.sentence])
    found = (_named(note, identity) for note in notes if note.is_note_below)
    return next(filter(None, found), None)


def _of_title(title: Title, block: Block, identity: Identity) -> Doubt | None:
    years = {title.year, *title.years} - {None}
    if not _is_own(title.name, identity):
        return _under(doubt.OTHER_ORGAN, title.name, block.text, block.where)
    if not years or identity.report_year in years:
        return None
    names = " ".join(map(str, sorted(filter(None, years))))
    return _under(doubt.OTHER_YEAR, names, block.text, block.where)


def _foreign_rows(
    block: Block, caption: Doubt | None, standing: Doubt | None, identity: Identity
) -> Iterator[tuple[Cell, Doubt]]:
    above = caption or standing
    captions = dict(block.captions)
    if isinstance(block.printed, Grid) and block.printed.layout is Layout.STREAM:
        # The only words of a line may begin a form's label that is broken over two lines.
        beginnings = _beginnings_of_labels()
        captions = {at: c for at, c in captions.items() if c.label not in beginnings}
    named = {at: _named(caption, identity) for at, caption in captions.items()}
    if block.corner and 0 not in named:
        named[0] = _named(block.corner, identity)
    if not (above or any(named.values())):
        return
    for at, row in block.rows.items():
        if foreign := named.get(at):
            above = foreign
        elif above and at in captions and _names_own(captions[at], above, identity):
            above = standing
        if above:
            yield from ((cell, above) for cell in row)


def _under(kind: Kind, names: str, text: str, where: str) -> Doubt:
    return Doubt(kind, f"the table stands under `{text}`, which names {names}", where)


def _named(caption: Caption, identity: Identity) -> Doubt | None:
    """What a caption names that is not the report's own; a form's own label names nothing."""
    if caption.label in words_of_forms():
        years = _years_of_a_part(caption) if identity.report_year else ()
        other = " ".join(map(str, _other_years(years, identity)))
        return _under(doubt.OTHER_YEAR, other, *caption.printed) if other else None
    if identity.report_year and (time := caption.other_time(identity.report_year)):
        return _under(doubt.OTHER_YEAR, time, *caption.printed)
    if caption.is_of_last_year:
        return _under(doubt.OTHER_YEAR, "another year", *caption.printed)
    others = [name for name in caption.organs if not _is_own(name, identity)]
    if others and len(others) == len(caption.organs):
        return _under(doubt.OTHER_ORGAN, others[0], *caption.printed)
    if caption.has_others:
        return _under(doubt.OTHER_ORGAN, "other organs", *caption.printed)
    narrowed = "what is not the report's count"
    return _under(doubt.NARROWED, narrowed, *caption.printed) if caption.narrows else None


def _years_of_a_part(caption: Caption) -> Sequence[int]:
    """The years behind a form's words for a part of its table: 第二十条第(五)项(2021年)."""
    return _hints(caption.words)[1] if _PART.match(caption.words) else ()


def _names_own(caption: Caption, above: Doubt, identity: Identity) -> bool:
    """Whether a caption names the report's own year, or its organ, in place of the one above."""
    if caption.label in words_of_forms():
        return False
    if above.kind is doubt.OTHER_YEAR:
        years = named_years(caption.bare)
        return caption.bare.startswith("本年") or identity.report_year in years
    own = any(_is_own(name, identity) for name in caption.organs)
    return own or bool(re.match("本(?!年|表|列)", caption.bare))


def _other_years(years: Sequence[int], identity: Identity) -> Sequence[int]:
    """The years named, where the report's own is not among them."""
    return () if not identity.report_year or identity.report_year in years else years


def _is_own(name: str, identity: Identity) -> bool:
    """Whether a name may be the report's organ; a name that nobody can tell apart may be."""
    return may_be_one(name, identity.organ) in ONE_OR_UNKNOWN


@cache
def _beginnings_of_labels() -> frozenset[str]:
    return frozenset(text[:end] for text in words_of_forms() for end in range(len(text) + 1))


@cache
def _notes_of_forms() -> frozenset[str]:
    """The notes in brackets that the forms print behind their labels."""
    text = CONCEPTS.read_text("utf-8")
    printed = (
        note for row in csv.DictReader(text.splitlines()) for note in _NOTE.findall(row["zh"])
    )
    return frozenset(squeezed(note) for note in printed)
