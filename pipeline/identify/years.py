"""The years that a document gives for its report."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.identify.printed import Print
from pipeline.model import Evidence
from pipeline.text import plausible_year

_UNIT = "(?:镇|乡|街道|局|厅|委|办|中心|县|市|区|省|州|旗)"
_OPENING = re.compile(
    rf"(?:在|过去的)?(20\d\d)年(?:度|以来|来)?(?:[,，]|(?=[我本全]{_UNIT})"
    rf"|(?=[^\W\d_]{{2,10}}?{_UNIT}(?:人民政府|办事处)?"
    r"(?:认真|主动|共|严格|按照|坚持|继续|紧紧|积极|深入|切实|全面|不断|高度)))"
)
_PLAN = re.compile(r"将(?:继续|进一步|加强|着力|从|不断|切实|认真|围绕|重点|在)|继续|下一步")
_DATED = re.compile(
    r"(?:发布|公开|成文|生成|发文)(?:时间|日期)[:：](?P<year>20\d\d)[年./-](?P<month>\d{1,2})(?!\d)"
    r"|(?:^|\n)(?P<signed>20\d\d)年(?P<in>\d{1,2})月(?:\d{1,2}日)?(?=\n|$)"
)


def years(printed: Print) -> Iterator[Evidence]:
    """All years that the print gives for the report, the one to believe first."""
    title, prose = printed.outline.own_title, printed.outline.prose
    stated, openings = list(_stated(printed)), list(_openings(printed))
    if not stated and len({opening.value for opening in openings}) == 1:
        stated = openings[:1]
    elif stated and all(opening.value != stated[0].value for opening in openings):
        stated += openings[:1]
    if stated:
        yield from stated
        # The last date of publication or signature tells, if the year ends after it.
        dates = [
            (int(date["year"] or date["signed"]), int(date["month"] or date["in"]), date.start())
            for date in _DATED.finditer(prose.text)
        ]
        if dates and max(dates)[:2] < (int(stated[0].value), 12):
            year, _, at = max(dates)
            yield _evidence(year - 1, "date", prose.around(at + 1, at + 8), prose.where(at + 1))
    else:
        yield _evidence(None, "not_found", title.text if title else "")
    if title:
        yield from (_evidence(year, "same_title", title.text, title.where) for year in title.years)


def _evidence(value: int | None, method: str, text: str, where: str = "") -> Evidence:
    return Evidence("report_year", str(value or ""), method, text, where)


def _stated(printed: Print) -> Iterator[Evidence]:
    outline = printed.outline
    title, prose = outline.own_title, outline.prose
    year = title.year if title else None
    if title and year:
        yield _evidence(year, "title", title.text, title.where)
    for heading in outline.heading_titles:
        if heading.year:
            yield _evidence(heading.year, "heading", heading.text, heading.where)
    for period in outline.periods[:1]:
        named = period.plausible_years
        if named and (year or len(named) == 1):
            odd = next((other for other in named if other != year), named[0])
            text = prose.text[slice(*period.days)]
            yield _evidence(odd, "period_sentence", text, prose.where(period.days[0]))
    for other in printed.outline.announced:
        if other.year:
            yield _evidence(other.year, "preface", other.text, other.where)
    for other in printed.other_titles:
        if year and other.year not in (None, year):
            yield _evidence(other.year, "other_title", other.text, other.where)


def _openings(printed: Print) -> Iterator[Evidence]:
    """The years that open a paragraph between the title and the second section.

    A sentence on what is planned tells nothing of the year reported on.
    """
    prose, first = printed.outline.prose, printed.outline.below_title
    for number in range(first, len(prose.lines)):
        if prose.lines[number].heads(2):
            return
        begins = number == first or prose.parts[number - 1].endswith("\n")
        opening = _OPENING.match(prose.parts[number]) if begins else None
        year = plausible_year(opening[1]) if opening else None
        start = prose.starts[number]
        if opening and year and not _PLAN.search(prose.around(start, start + opening.end())):
            at = start + opening.start(1)
            yield _evidence(year, "body_mention", *prose.quoted(at, at + 4))
