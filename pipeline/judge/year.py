"""What speaks against the report year: a period that is not the whole year, a form that is younger.

The year stays as it was read; a warning says what contradicts it.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model import Finding, Identity, Severity, Verdict
from pipeline.outline import Outline
from pipeline.recognise import Recognition

_FIRST_YEARS = {"t2019": 2019, "t2021": 2019}  # t2021 shares its tables three and four with t2019


def year_doubts(
    outline: Outline, recognition: Recognition, identity: Identity
) -> tuple[Finding, ...]:
    """A warning for a stated period that is a part of the year or more, and for a younger form."""
    if identity.report_year is None:
        return ()
    return (*_periods(outline, identity.report_year), *_forms(recognition, identity.report_year))


def _periods(outline: Outline, year: int) -> Iterator[Finding]:
    """The first period that begins in the year and is not the whole of it.

    One that begins later and ends in another year is told where the year is read.
    """
    for period in outline.periods:
        first_year, last_year = period.years
        if not period.stated or first_year != year:
            continue
        begins, ends = period.first == (1, 1), last_year == year and period.last >= (12, 30)
        if not (ends if begins else last_year != year):
            message = f"the stated period is not the whole year {year}: “{period.words}”"
            yield _warning(message, outline.prose.where(period.days[0]))
            return


def _forms(recognition: Recognition, year: int) -> Iterator[Finding]:
    """Where most of the tables' cells are on a form that did not exist yet."""
    read = [match.form for match in recognition.matches if match.readable]
    younger = [form for form in read if year < _FIRST_YEARS.get(form, 0)]
    if younger and len(younger) * 2 > len(read):
        names = ", ".join(sorted(set(younger)))
        first = min(_FIRST_YEARS[form] for form in younger)
        yield _warning(
            f"the report year is taken as {year}, but the tables are on a form of {first} or later"
            f" ({names})",
            recognition.matches[0].cell.where,
        )


def _warning(message: str, where: str) -> Finding:
    return Finding("M-YEAR", Verdict.FAIL, Severity.WARNING, message, (), where)
