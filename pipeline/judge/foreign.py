"""Which cells are this report's own: words above or in a table may name another year or organ.

The figures keep their values; that they may be another's is flagged, and said once for each place.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from pipeline.forms import CONCEPTS, load_forms
from pipeline.identify.titles import Title, parse_title, same_name
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
from pipeline.text import is_numeral, label, simplified, squeezed

_OTHER_YEAR, _OTHER_ORGAN = "source:other_year", "source:other_organ"
_LONGEST_CAPTION = 40
_YEAR = re.compile(r"(?<!\d)20\d\d(?=年)(?!年\d{1,2}月)")
_ANNEX = re.compile(r"^附[件表:]")
_NUMERALS = "一二三四五六七八九十"
_SECTION = re.compile(rf"^([{_NUMERALS}]{{1,2}})、")
_BESIDE_CAPTION = re.compile(
    rf"^(?:其中[:,]?|附[件表]?\d{{0,2}}:|\([{_NUMERALS}\d]{{1,2}}\))+|(?:如下)?[:]$"
)
_ABOUT_FIGURES = re.compile("第二十条|公开|申请|复议|诉讼|情况|统计|数据|条例")
_LAST_YEAR = re.compile(r"^(?:上一?|去)年(?!.*(?:[,;\d]|以来|相比|比较|对比|结转|转结|项目|本年))")
_PLACE = re.compile(r"[^\W\d_]{2,12}?(?:镇|乡|街道)(?:人民政府|办事处|政府)?")
_LONE_NAME = re.compile(
    r"[^\W\d_]{2,16}(?:镇|乡|街道|街道办事处|政府|局|委员会|办公室|办公厅|管委会|中心)"
)
_NOTE = re.compile(r"[(（\[【]([^)）\]】]*)[)）\]】]")
_NARROWED = re.compile("上年|上一年|去年|历年|累计|不含|不包括|除外")
_NAME_IN_NOTE = re.compile(
    r"(?!含|包括|各|本|区分|乡镇|镇街)(?:[^\W\d_]{1,16}(?:镇|乡|街道|政府|局|委员会|管委会)"
    r"|[^\W\d_]{0,16}(?:政府|党政)办公?[室厅]?)"
)
_OWN_DESK = re.compile(r"(?:人民政府|政府)?(?:党政|综合)办(?:公室)?$")
_PLACE_AND_BUREAU = re.compile(r"(.*[省市县区州旗盟])?(.{2,}[局委厅院])")


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

    @property
    def cells(self) -> frozenset[Cell]:
        """The cells, without their text, that may be of another year or organ."""
        return frozenset(place for place in self.places if isinstance(place, Cell))

    def _over(self, match: Match) -> Foreign | None:
        return self.places.get(replace(match.cell, text="")) if self.places else None

    def matches(self, matches: Sequence[Match]) -> tuple[tuple[Match, ...], tuple[Finding, ...]]:
        """The matches, flagged where they may be of another year or organ, and findings on why."""
        made = [_flagged(match, self._over(match), self.identity) for match in matches]
        here = dict.fromkeys(place for m in matches if (place := self._over(m)))
        findings = [
            _finding(place, [m.key for m in matches if self._over(m) == place]) for place in here
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
    notes = {simplified(squeezed(n)) for n in _NOTE.findall(match.words)} - _notes_of_forms()
    if any(_NARROWED.search(note) for note in notes):
        flags.append("source:narrowed")
    elif any(_NAME_IN_NOTE.fullmatch(note) and not _is_own(note, identity) for note in notes):
        flags.append(_OTHER_ORGAN)
    if _other_years(match.words, identity):
        flags.append(_OTHER_YEAR)
    return replace(match, flags=(*match.flags, *dict.fromkeys(flags))) if flags else match


def _finding(place: Foreign, keys: Sequence[str]) -> Finding:
    message = f"the table stands under `{place.text}`, which names {place.names}"
    verdict, severity = Verdict.FAIL, Severity.ERROR
    return Finding("M-TABLE", verdict, severity, message, tuple(keys), place.where)


def _foreign_places(
    document: Document, identity: Identity
) -> Iterator[tuple[Cell | Paragraph, Foreign]]:
    """Each cell and each paragraph that stands under words that name another year or organ.

    Cells come without their text, for an unread row puts all of its words into one of them.
    A title holds until the next one; an annex until then or until the report's sections go on; a
    caption until a section, a sentence or a caption of the report's own.
    """
    standing: Foreign | None = None
    caption: Foreign | None = None
    section, in_annex = 0, False
    for block in document.blocks:
        if isinstance(block, Grid):
            section = section or 1
            yield from _foreign_rows(block, caption, standing, identity)
            continue
        words = squeezed(block.text)
        number = _section_number(words)
        if in_annex and number:
            standing = None if number == section + 1 else standing
            in_annex = False
        section = number if number and not standing else section
        if (title := parse_title(block.text)) and (section or standing):
            standing = caption = _of_title(title, block, identity)
            in_annex = False
        elif len(words) > _LONGEST_CAPTION or "。" in words or number:
            caption = None
            if standing:
                yield block, standing
        elif found := _named(words, block.where, identity):
            if _ANNEX.match(words):
                standing, in_annex = found, True
            caption = found
        elif caption and _names_own(words, caption, identity):
            caption = None


def _section_number(words: str) -> int:
    """The number of the section that a heading opens, 0 if it opens none."""
    found = _SECTION.match(words)
    tens = len(_NUMERALS) if found and len(found[1]) > 1 else 0
    return tens + _NUMERALS.index(found[1][-1]) + 1 if found else 0


def _of_title(title: Title, block: Paragraph, identity: Identity) -> Foreign | None:
    years = {title.year, *title.years} - {None}
    name = title.name if not _is_own(title.name, identity) else ""
    year = "" if identity.report_year in years else " ".join(map(str, sorted(filter(None, years))))
    return _foreign(name or year, bool(name), block.text, block.where)


def _foreign_rows(
    grid: Grid, caption: Foreign | None, standing: Foreign | None, identity: Identity
) -> Iterator[tuple[Cell, Foreign]]:
    above = caption or standing
    for row in grid.rows():
        filled = [cell for cell in row if cell.text.strip()]
        lone = len(filled) == 1 and not is_numeral(filled[0].text)
        words = squeezed(filled[0].text) if lone else ""
        if words and not (grid.layout is Layout.STREAM and _begins_a_label(words)):
            if found := _named(words, filled[0].where, identity):
                above = found
            elif above and _names_own(words, above, identity):
                above = standing
        if above:
            yield from ((replace(cell, text=""), above) for cell in row)


def _named(words: str, where: str, identity: Identity) -> Foreign | None:
    """What a caption names that is not the report's own; a form's own label names nothing."""
    if label(words) in _words_of_forms():
        return None
    bare = _bare(words)
    if years := _other_years(bare, identity):
        about = _ABOUT_FIGURES.search(bare) or _YEAR.sub("", bare).strip("年度") == ""
        return _foreign(" ".join(years), False, words, where) if about else None
    if _LAST_YEAR.match(bare) and not _YEAR.search(bare):
        return _foreign("another year", False, words, where)
    names = _names(bare)
    others = [name for name in names if not _is_own(name, identity)]
    return _foreign(others[0], True, words, where) if others and len(others) == len(names) else None


def _names_own(words: str, above: Foreign, identity: Identity) -> bool:
    """Whether a caption names the report's own year, or its organ, in place of the one above."""
    if label(words) in _words_of_forms():
        return False
    bare = _bare(words)
    if above.flag == _OTHER_YEAR:
        return bare.startswith("本年") or str(identity.report_year) in _YEAR.findall(bare)
    names = _names(bare)
    own = any(_is_own(name, identity) for name in names)
    return own or bool(re.match("本(?!年|表|列)", bare))


def _bare(words: str) -> str:
    """A caption without its number, 其中, colon and the brackets around it."""
    return re.sub(r"^\(([^()]*)\)$", r"\1", _BESIDE_CAPTION.sub("", words))


def _names(words: str) -> list[str]:
    """The organs that a caption names."""
    if _LONE_NAME.fullmatch(words):
        return [words]
    return _PLACE.findall(words) if _ABOUT_FIGURES.search(words) else []


def _foreign(named: str, is_organ: bool, text: str, where: str) -> Foreign | None:
    return Foreign(_OTHER_ORGAN if is_organ else _OTHER_YEAR, named, text, where) if named else None


def _other_years(words: str, identity: Identity) -> list[str]:
    """The years that words name, where the report's own is not among them."""
    years = _YEAR.findall(words)
    return [] if not identity.report_year or str(identity.report_year) in years else years


def _is_own(name: str, identity: Identity) -> bool:
    """Whether a name may be the report's organ; a name that nobody can tell apart may be."""
    organ = identity.organ
    name = _OWN_DESK.sub("", name)
    return (
        not (organ and name)
        or same_name(name, organ)
        or name in organ
        or _is_one_bureau(name, organ)
    )


def _is_one_bureau(name: str, organ: str) -> bool:
    """Whether two bureaus of one place may be one: one name has all characters of the other."""
    parts = [_PLACE_AND_BUREAU.fullmatch(one.replace("委员会", "委")) for one in (name, organ)]
    if not (parts[0] and parts[1]):
        return False
    (place, bureau), (own_place, own_bureau) = ((part[1] or "", part[2]) for part in parts if part)
    short, long = sorted((bureau, own_bureau), key=len)
    spaced = ".*".join(map(re.escape, short))
    return own_place.endswith(place) and bool(re.fullmatch(spaced, long))


@cache
def _words_of_forms() -> frozenset[str]:
    """The labels that a form prints itself, 上年结转政府信息公开申请数量 among them."""
    sheets = [sheet for form in load_forms() for sheet in form.sheets]
    headings = [heading for sheet in sheets for heading in (*sheet.rows, *sheet.columns)]
    labels = [*(heading.labels for heading in headings), *(sheet.skipped for sheet in sheets)]
    return frozenset(text for texts in labels for text in texts)


def _begins_a_label(words: str) -> bool:
    """Whether words may be the first line of a form's label that is broken over two."""
    return any(text.startswith(label(words)) for text in _words_of_forms())


@cache
def _notes_of_forms() -> frozenset[str]:
    """The notes in brackets that the forms print behind their labels."""
    text = CONCEPTS.read_text("utf-8")
    printed = (
        note for row in csv.DictReader(text.splitlines()) for note in _NOTE.findall(row["zh"])
    )
    return frozenset(simplified(squeezed(note)) for note in printed)
