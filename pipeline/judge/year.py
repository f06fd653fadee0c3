"""What speaks against the report year: a period that is not the whole year, a form that is younger.

The year stays as it was read; a warning says what contradicts it, or that little tells it. A figure
of prose that its sentence gives to another year is doubted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline import doubt
from pipeline.doubt import Doubt
from pipeline.model import Identity, NarrativeFigure
from pipeline.outline import Outline
from pipeline.recognise import Match

_WEAK = {"single_mention": "one sentence", "caption": "the caption of a table"}


def year_doubts(
    outline: Outline, matches: Sequence[Match], identity: Identity
) -> tuple[Doubt, ...]:
    """A warning for a stated period that is a part of the year or more, and for a younger form."""
    if identity.report_year is None:
        return ()
    year = identity.report_year
    return (*_weakly_told(identity), *_periods(outline, year), *_younger(matches, year))


def of_their_year(
    figures: Sequence[NarrativeFigure], identity: Identity
) -> tuple[NarrativeFigure, ...]:
    """The figures of prose, doubted where their sentence names another year before them."""
    return tuple(
        replace(figure, doubts=(*figure.doubts, doubt.PERIOD))
        if identity.report_year
        and figure.year not in (None, identity.report_year)
        and doubt.PERIOD not in figure.doubts
        else figure
        for figure in figures
    )


def _weakly_told(identity: Identity) -> Iterator[Doubt]:
    """That nothing but one sentence or a caption gives the year."""
    told = [e for e in identity.evidence if e.field == "report_year" and e.value]
    if told and all(each.method in _WEAK for each in told):
        where, text = _WEAK[told[0].method], told[0].text
        words = f"the report year {identity.report_year} is told by {where} alone: “{text}”"
        yield Doubt(doubt.YEAR, words, told[0].where)


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
