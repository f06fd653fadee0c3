"""What speaks against the report year: a period that is not the whole year, a form that is younger.

The year stays as it was read; a warning says what contradicts it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline import doubt
from pipeline.doubt import Doubt
from pipeline.model import Identity
from pipeline.outline import Outline
from pipeline.recognise import Match


def year_doubts(
    outline: Outline, matches: Sequence[Match], identity: Identity
) -> tuple[Doubt, ...]:
    """A warning for a stated period that is a part of the year or more, and for a younger form."""
    if identity.report_year is None:
        return ()
    return (*_periods(outline, identity.report_year), *_younger(matches, identity.report_year))


def _periods(outline: Outline, year: int) -> Iterator[Doubt]:
    """The first period that begins in the year and is not the whole of it.

    One that begins later and ends in another year is told where the year is read.
    """
    for period in outline.periods:
        first_year, last_year = period.years
        if not period.stated or first_year != year:
            continue
        begins, ends = period.first == (1, 1), last_year == year and period.last >= (12, 30)
        if not (ends if begins else last_year != year):
            words = f"the stated period is not the whole year {year}: “{period.words}”"
            yield Doubt(doubt.YEAR, words, outline.prose.where(period.days[0]))
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
