"""The years that a document gives for its report, weighed.

A report is written over last year's: its title, its period, its preface and its captions may each
be left from that. All years that the text gives are weighed against each other, the others are
told, and of two of one weight the later is believed, for nothing is copied from the future. When a
page was published says at most which year it cannot be of: sites move, and date their pages anew.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from pipeline.identify.printed import Print
from pipeline.model import Evidence
from pipeline.outline import Block, Outline, Period, named_years
from pipeline.text import plausible_year, squeezed
from pipeline.text.years import TO

# What each way of giving a year weighs. A title is set for each report; a period, a preface or
# several sentences outweigh it only together.
_WEIGHTS = {
    "title": 5,
    "heading": 3,
    "period_sentence": 2,
    "preface": 2,
    "body_mention": 2,
    "other_title": 1,
    "single_mention": 1,
    "caption": 1,
}
_SEVERAL = 2  # sentences that speak of one year
_SIGNED_LINES = 4  # at the end of a page, among which its date stands
_LATEST = 1  # years after the year reported on in which a report is signed

_UNIT = "(?:镇|乡|街道|局|厅|委|办|中心|县|市|区|省|州|旗)"
_OPENING = re.compile(
    rf"(?:在|过去的)?(20\d\d)年(?:度|以来|来|1月?份?{TO}12月份?)?(?:[,，]|(?=[我本全]{_UNIT})"
    rf"|(?=[^\W\d_]{{2,10}}?{_UNIT}(?:人民政府|办事处)?"
    r"(?:认真|主动|共|严格|按照|坚持|继续|紧紧|积极|深入|切实|全面|不断|高度)))"
)
_PLAN = re.compile(r"将(?:继续|进一步|加强|着力|从|不断|切实|认真|围绕|重点|在)|继续|下一步")
_IN_WORDS = "正一二三四五六七八九十"
_DATED = re.compile(
    r"(?:发布|公开|成文|生成|发文|更新|信息)?(?:时间|日期)[:：](?P<year>20\d\d)[年./-](?P<month>\d{1,2})(?!\d)"
    r"|(?:^|\n)(?P<signed>20\d\d)(?:年(?P<in>\d{1,2})月(?:\d{1,2}[日号])?"
    rf"|年(?P<words>[{_IN_WORDS}]{{1,2}})月[{_IN_WORDS}]{{1,3}}日"
    r"|[./-](?P<number>\d{1,2})[./-]\d{1,2})(?=\n|$)"
)
_BESIDE = re.compile(r"(20\d\d)年?度?[、和与及]$")  # 2021、2022年度
_AT_ITS_END = re.compile(r"截[至止]到?(20\d\d)年(?:12月31日|12月底|年?[底末])")
_LONGEST_YEAR = 8  # characters
_PREFACE = 2_000  # characters from the beginning, in which a year beside another is looked for
_OF_LAST_YEAR = re.compile(r"上一?年[^()]{0,6}\(指(20\d\d)年")  # in the heading of a column


def years(printed: Print) -> Iterator[Evidence]:
    """All years that the print gives for the report, the one to believe first."""
    outline = printed.outline
    title = outline.own_title
    stated = [*_stated(printed), *_spoken(outline)]
    stated = stated or list(_captions(outline)) or list(_as_of(outline))
    year = _believed(stated)
    if year is None:
        yield _evidence(None, "not_found", title.text if title else "")
    else:
        yield from (each for each in stated if each.value == str(year))
        yield from (each for each in stated if each.value not in ("", str(year)))
        yield from _of_several(outline, year)
        yield from _spoken_besides(outline, year)
        yield from _dates(outline, year)
    if title:
        yield from (_evidence(year, "same_title", title.text, title.where) for year in title.years)


def _evidence(value: int | None, method: str, text: str, where: str = "") -> Evidence:
    return Evidence("report_year", str(value or ""), method, text, where)


def _believed(stated: Iterable[Evidence]) -> int | None:
    """The year of most weight; of several the one that a title gives, and then the latest."""
    ways = {(each.value, each.method) for each in stated}
    weights: Counter[str] = Counter()
    for year, method in ways:
        weights[year] += _WEIGHTS[method]
    titled = {year for year, method in ways if method in ("title", "heading")}
    ranked = max(weights, key=lambda year: (weights[year], year in titled, year), default=None)
    return int(ranked) if ranked else None


def _stated(printed: Print) -> Iterator[Evidence]:
    outline = printed.outline
    title = outline.own_title
    year = title.year if title else None
    if title and year:
        yield _evidence(year, "title", title.text, title.where)
    for heading in outline.heading_titles:
        if heading.year:
            yield _evidence(heading.year, "heading", heading.text, heading.where)
    for period in _own_periods(outline):
        if len(named := period.plausible_years) == 1:
            yield _evidence(named[0], "period_sentence", *_days(outline, period))
    for other in outline.announced:
        if other.year:
            yield _evidence(other.year, "preface", other.text, other.where)
            at = max(outline.prose.text.find(other.text, 0, _PREFACE), 0)
            if beside := _BESIDE.search(outline.prose.text, max(at - _LONGEST_YEAR, 0), at):
                yield _evidence(int(beside[1]), "preface", *outline.prose.quoted(at, at))
    for other in printed.other_titles:
        if year and other.year not in (None, year):
            yield _evidence(other.year, "other_title", other.text, other.where)


def _own_periods(outline: Outline) -> list[Period]:
    """The periods that the report states as its own; the first one even without 统计期限."""
    return [period for n, period in enumerate(outline.periods) if n == 0 or period.stated]


def _days(outline: Outline, period: Period) -> tuple[str, str]:
    prose = outline.prose
    return prose.text[slice(*period.days)], prose.where(period.days[0])


def _of_several(outline: Outline, year: int) -> Iterator[Evidence]:
    """The other year of a period that begins in one year and ends in another."""
    for period in _own_periods(outline):
        named = period.plausible_years
        if len(named) > 1:
            odd = next(other for other in named if other != year)
            yield _evidence(odd, "period_sentence", *_days(outline, period))


def _spoken(outline: Outline) -> Iterator[Evidence]:
    """The year that most sentences speak of; where each is spoken of once, that of an opening.

    A year that only one sentence gives, and not at the head of a paragraph, is weak.
    """
    times = Counter(spoken.year for spoken in outline.spoken)
    most = max(times.values(), default=0)
    openings = set(_openings(outline))
    often = [year for year, count in times.items() if count == most >= _SEVERAL]
    if often or len(openings) == 1:
        for year in often or openings:
            yield _evidence(year, "body_mention", *_first(outline, year))
    elif len(times) == 1:
        (year,) = times
        yield _evidence(year, "single_mention", *_first(outline, year))


def _spoken_besides(outline: Outline, year: int) -> Iterator[Evidence]:
    """A later year that sentences speak of, and any if they never speak of this one.

    An earlier one beside it is what the report compares itself with.
    """
    spoken = {each.year for each in outline.spoken}
    for other in sorted(spoken - {year}):
        if other > year or year not in spoken:
            yield _evidence(other, "body_mention", *_first(outline, other))


def _first(outline: Outline, year: int) -> tuple[str, str]:
    """The first sentence that speaks of a year, and its place."""
    at = next((each.start for each in outline.spoken if each.year == year), None)
    if at is None:
        at = max(outline.prose.text.find(f"{year}年"), 0)
    return outline.prose.quoted(at, at + 4)


def _openings(outline: Outline) -> Iterator[int]:
    """The years that open a paragraph between the title and the second section.

    A sentence on what is planned tells nothing of the year reported on.
    """
    prose, first = outline.prose, outline.below_title
    for number in range(first, len(prose.lines)):
        if prose.lines[number].heads(2):
            return
        begins = number == first or prose.parts[number - 1].endswith("\n")
        opening = _OPENING.match(prose.parts[number]) if begins else None
        year = plausible_year(opening[1]) if opening else None
        start = prose.starts[number]
        if opening and year and not _PLAN.search(prose.around(start, start + opening.end())):
            yield year


def _captions(outline: Outline) -> Iterator[Evidence]:
    """The years in the captions of tables of figures, if these give one."""
    named: dict[int, tuple[str, str]] = {}
    for above, block in zip((None, *outline.blocks), outline.blocks, strict=False):
        if block.holds_figures:
            for words, where in _over(above, block):
                named |= dict.fromkeys(named_years(words), (words, where))
            for cell in block.cells:
                if last := _OF_LAST_YEAR.search(squeezed(cell.text)) if "指" in cell.text else None:
                    named[int(last[1]) + 1] = (last[0], cell.where)
    if len(named) == 1:
        ((year, printed),) = named.items()
        if plausible_year(str(year)):
            yield _evidence(year, "caption", *printed)


def _as_of(outline: Outline) -> Iterator[Evidence]:
    """The year at whose end the text counts, if it names no other: 截至2022年12月31日."""
    found = {day[1]: day.span() for day in _AT_ITS_END.finditer(outline.prose.text)}
    if len(found) == 1:
        ((year, span),) = found.items()
        if plausible_year(year):
            yield _evidence(int(year), "single_mention", *outline.prose.quoted(*span))


def _over(above: Block | None, table: Block) -> Iterator[tuple[str, str]]:
    captions = [above.caption] if above and above.caption else []
    for caption in (*captions, *table.captions.values()):
        if caption.is_about_figures:
            yield caption.printed


def _dates(outline: Outline, year: int) -> Iterator[Evidence]:
    """A last date of publication before the year ends, and a signature long after it."""
    prose = outline.prose
    end = prose.starts[max(len(prose.lines) - _SIGNED_LINES, 0)]
    dates = []
    for date in _DATED.finditer(prose.text):
        month = date["month"] or date["in"] or date["number"]
        on = int(date["year"] or date["signed"]), int(month) if month else _month(date["words"])
        dates.append((*on, date.start() + date[0].startswith("\n"), bool(date["signed"])))
    if not dates:
        return
    last, month, at, signed = max(dates)
    words = prose.around(at, at + 8), prose.where(at)
    if (last, month) < (year, 12):
        yield _evidence(last - 1, "date", *words)
    elif signed and at >= end and last > year + _LATEST:
        yield _evidence(last - 1, "signature", *words)


def _month(words: str) -> int:
    """A month in words: 一, 正, 十二."""
    tens = 10 if words[0] == "十" else 0
    last = "十一二三四五六七八九".find(words[-1])
    return tens + max(last, 0) if words != "正" else 1
