"""What speaks against the report year: a period that is not the whole year, a form that is younger.

The year stays as it was read; a warning says what contradicts it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline import doubt
from pipeline.doubt import Doubt
from pipeline.model import Document, Identity
from pipeline.recognise import Match
from pipeline.text import squeezed

_DAY = r"(\d{1,2})月(?:(\d{1,2})[日号])?"
_PERIOD = re.compile(
    r"(?:统计|数据|报告)的?(?:期限|期间|时间|周期|时限|范围)[^。\d]{0,10}"
    rf"(20\d\d)年{_DAY}(?:零时|起|开始|以来)?[至到\-—~–―]{{1,2}}(?:(20\d\d)年|[当同本]年)?{_DAY}"
)


def year_doubts(
    document: Document, matches: Sequence[Match], identity: Identity
) -> tuple[Doubt, ...]:
    """A warning for a stated period that is a part of the year or more, and for a younger form."""
    if identity.report_year is None:
        return ()
    return (*_periods(document, identity.report_year), *_younger(matches, identity.report_year))


def _periods(document: Document, year: int) -> Iterator[Doubt]:
    for paragraph in document.paragraphs:
        found = _PERIOD.search(squeezed(paragraph.text))
        if not found or int(found[1]) != year:
            continue
        first = (int(found[2]), int(found[3] or 1))
        last = (int(found[5]), int(found[6] or 31))
        ends_in_it = int(found[4] or year) == year
        # A period of two years that begins later is told where the year is read.
        if (first != (1, 1) and ends_in_it) or (
            first == (1, 1) and not (ends_in_it and last >= (12, 30))
        ):
            message = f"the stated period is not the whole year {year}: “{found.group()}”"
            yield Doubt(doubt.YEAR, message, paragraph.where)
            return


def _younger(matches: Sequence[Match], year: int) -> Iterator[Doubt]:
    """Where most of the tables' cells are on a form that did not exist yet."""
    forms = [match.row.form for match in matches if match.readable]
    younger = [form for form in forms if year < form.first_year]
    if younger and len(younger) * 2 > len(forms):
        names = ", ".join(sorted({form.id for form in younger}))
        first = min(form.first_year for form in younger)
        words = (
            f"the report year is taken as {year}, but the tables are on a form of {first} or later"
            f" ({names})"
        )
        yield Doubt(doubt.YEAR, words, matches[0].cell.where)
