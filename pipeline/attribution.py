"""Which cells are this report's own: words above or in a table may name another year or organ.

The figures keep their values; that they may be another's is flagged, and said once for each place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.identify.titles import parse_title, same_name
from pipeline.model import (
    Cell,
    Document,
    Finding,
    Grid,
    Identity,
    Layout,
    NarrativeFigure,
    Paragraph,
    Severity,
    Verdict,
)
from pipeline.recognise import Match
from pipeline.text import is_numeral, squeezed

_LONGEST_CAPTION = 40
_YEAR = re.compile(r"(?<!\d)20\d\d(?=年)(?!年\d{1,2}月)")
_ANNEX = re.compile(r"^附[件表:]")
_SECTION = re.compile(r"^[一二三四五六七八九十]{1,2}、")
_ABOUT_FIGURES = re.compile("第二十条|公开|申请|复议|诉讼|情况|统计|数据|条例")
_PLACE = re.compile(r"[^\W\d_]{2,12}?(?:镇|乡|街道)(?:人民政府|办事处|政府)?")
_LONE_NAME = re.compile(
    r"[^\W\d_]{2,16}(?:镇|乡|街道|街道办事处|政府|局|委员会|办公室|办公厅|管委会|中心)"
)
_NOTE = re.compile(r"[(（\[【]([^)）\]】]*)[)）\]】]")
_NARROWED = re.compile("上年|上一年|去年|历年|累计|不含|不包括|除外")


@dataclass(frozen=True, slots=True)
class Foreign:
    """Words that name another year or organ than the report's, and the flag they give."""

    flag: str
    names: str
    text: str
    where: str


@dataclass(frozen=True, slots=True)
class Attribution:
    """What of a document stands under words that name another year or organ."""

    identity: Identity
    places: Mapping[Cell | Paragraph, Foreign]

    def matches(self, matches: Sequence[Match]) -> tuple[tuple[Match, ...], tuple[Finding, ...]]:
        """The matches, flagged where they may be of another year or organ, and findings on why."""
        made = [_flagged(match, self.places.get(match.cell), self.identity) for match in matches]
        here = dict.fromkeys(self.places[m.cell] for m in matches if m.cell in self.places)
        findings = [
            _finding(place, [m.key for m in matches if self.places.get(m.cell) == place])
            for place in here
        ]
        return tuple(made), tuple(findings)

    def figures(self, figures: Sequence[NarrativeFigure]) -> tuple[NarrativeFigure, ...]:
        """The figures of prose, flagged where the prose is under another report's title."""
        flags = {p.where: place.flag for p, place in self.places.items() if _is_prose(p)}
        return tuple(
            replace(figure, flags=(*figure.flags, flags[figure.where]))
            if figure.where in flags
            else figure
            for figure in figures
        )


def attribute(document: Document, identity: Identity) -> Attribution:
    """Go through a document for words that name another year or organ than the report's."""
    return Attribution(identity, dict(_foreign_places(document, identity)))


def _is_prose(place: Cell | Paragraph) -> bool:
    return isinstance(place, Paragraph)


def _flagged(match: Match, foreign: Foreign | None, identity: Identity) -> Match:
    flags = [foreign.flag] if foreign else []
    notes = " ".join(_NOTE.findall(match.words))
    if _NARROWED.search(notes):
        flags.append("source:narrowed")
    if _other_years(match.words, identity):
        flags.append("source:other_year")
    return replace(match, flags=(*match.flags, *dict.fromkeys(flags))) if flags else match


def _finding(place: Foreign, keys: Sequence[str]) -> Finding:
    message = f"the table stands under `{place.text}`, which names {place.names}"
    verdict, severity = Verdict.FAIL, Severity.ERROR
    return Finding("M-TABLE", verdict, severity, message, tuple(keys), place.where)


def _foreign_places(
    document: Document, identity: Identity
) -> Iterator[tuple[Cell | Paragraph, Foreign]]:
    """Each cell and each paragraph that stands under words that name another year or organ.

    A title and an annex hold until the next title; a caption until a section or a sentence.
    """
    standing: Foreign | None = None
    caption: Foreign | None = None
    begun = False
    for block in document.blocks:
        if isinstance(block, Grid):
            begun = True
            yield from _foreign_rows(block, caption or standing, identity)
            continue
        words = squeezed(block.text)
        begun = begun or bool(_SECTION.match(words))
        if (title := parse_title(block.text)) and begun:
            years = {title.year, *title.years} - {None}
            name = title.name if not _is_own(title.name, identity) else ""
            year = identity.report_year if identity.report_year not in years else None
            named = name or " ".join(map(str, sorted(filter(None, years))) if year else "")
            standing = caption = _foreign(named, bool(name), block.text, block.where)
        elif len(words) > _LONGEST_CAPTION or "。" in words or _SECTION.match(words):
            caption = None
            if standing:
                yield block, standing
        elif found := _named(words, block.where, identity):
            standing = found if _ANNEX.match(words) else standing
            caption = found


def _foreign_rows(
    grid: Grid, above: Foreign | None, identity: Identity
) -> Iterator[tuple[Cell, Foreign]]:
    for row in grid.rows():
        filled = [cell for cell in row if cell.text.strip()]
        lone = len(filled) == 1 and not is_numeral(filled[0].text)
        if lone and grid.layout is not Layout.STREAM:
            above = _named(squeezed(filled[0].text), filled[0].where, identity) or above
        if above:
            yield from ((cell, above) for cell in row)


def _named(words: str, where: str, identity: Identity) -> Foreign | None:
    """What a caption names that is not the report's own."""
    if years := _other_years(words, identity):
        about = _ABOUT_FIGURES.search(words) or _YEAR.sub("", words).strip("年度") == ""
        return _foreign(" ".join(years), False, words, where) if about else None
    lone = _LONE_NAME.fullmatch(words)
    names = [words] if lone else _PLACE.findall(words) if _ABOUT_FIGURES.search(words) else []
    others = [name for name in names if not _is_own(name, identity)]
    return _foreign(others[0], True, words, where) if others and len(others) == len(names) else None


def _foreign(named: str, is_organ: bool, text: str, where: str) -> Foreign | None:
    flag = "source:other_organ" if is_organ else "source:other_year"
    return Foreign(flag, named, text, where) if named else None


def _other_years(words: str, identity: Identity) -> list[str]:
    """The years that words name, where the report's own is not among them."""
    years = _YEAR.findall(words)
    return [] if not identity.report_year or str(identity.report_year) in years else years


def _is_own(name: str, identity: Identity) -> bool:
    """Whether a name may be the report's organ; a name that nobody can tell apart may be."""
    return not identity.organ or same_name(name, identity.organ) or name in identity.organ
