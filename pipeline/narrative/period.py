"""Whether a figure is that of the year reported on."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from pipeline.narrative.checks import TOTAL
from pipeline.narrative.hits import Hit, clause_before, clause_bounds, clauses
from pipeline.narrative.prose import Passage, folded
from pipeline.narrative.wordings import CHANNELS, rules
from pipeline.outline import Outline

_YEAR = re.compile(r"20\d\d(?=年)")
_TITLE = re.compile(r"《[^》]*》")
_LONGEST_CLAUSE = 200  # characters
_COUNTED_BY_YEAR = 2014  # reports before it give what was disclosed since 2008


class _Times(NamedTuple):
    """What a sentence says of time, found once for all of its figures.

    `years` are the years that it names outside the titles of documents, each with its end;
    `frames` the ends of its clauses that begin with another time (True) or name this year (False).
    """

    years: Sequence[tuple[int, int]]
    frames: Sequence[tuple[int, bool]]


@lru_cache(maxsize=4)  # the figures of a sentence are read one after the other
def _times(passage: Passage) -> _Times:
    text, words = passage.text, rules().words
    titles = [title.span() for title in _TITLE.finditer(text)] if "《" in text else []
    years = [
        (found.end(), int(found.group()))
        for found in (_YEAR.finditer(text) if "20" in text else ())
        if not any(begin < found.start() < end for begin, end in titles)
    ]
    frames: list[tuple[int, bool]] = []
    if words["another_time"].search(text):
        for begin, end in pairwise(clause_bounds(text)):
            framed = _frame(text[begin : end - 1])
            if framed is not None:
                frames.append((end, framed))
    return _Times(years, frames)


def _frame(clause: str) -> bool | None:
    """Whether a clause is all of another time, or names this year; None for neither."""
    words = rules().words
    if words["framed"].match(clause):
        return True
    return False if words["this_year"].search(clause) else None


def speaks_of_another_time(passage: Passage, end: int, outline: Outline) -> bool:
    """Whether the words before a number give it to another year, a plan or a part of a year."""
    text, words = passage.text, rules().words
    clause = clause_before(text, end)
    if words["other_period"].search(clause):
        return True
    times = _times(passage)
    named = named_year(passage, end)
    if outline.years and named and named not in outline.years:
        return True
    if not times.frames:
        return False
    own = _frame(clause)
    if own is not None:
        return own
    before = bisect_right(times.frames, (end - len(clause), True)) - 1
    return before >= 0 and times.frames[before][1]


def named_year(passage: Passage, end: int) -> int | None:
    """The year named last before a place of a sentence, outside the titles of documents."""
    years = _times(passage).years
    before = bisect_left(years, (end, 0)) - 1
    return years[before][1] if before >= 0 else None


def announces(passage: Passage) -> bool:
    """Whether a sentence only says what the next one is about: 2023年情况如下。"""
    return rules().words["announces"].search(passage.text) is not None


def announces_another_time(lead: str, outline: Outline) -> bool:
    """Whether the sentence that announces this one gives it to another time."""
    announced = Passage(lead, range(len(lead)), lead)
    return speaks_of_another_time(announced, len(lead), outline)


class _Spoken(NamedTuple):
    """What is open about the time of a whole sentence, found once for all of its figures."""

    since: tuple[int, int] | None  # the year since which is counted, and where that is said
    years: frozenset[int]
    short_year: bool
    opens_another: bool
    this_year: Sequence[int]  # the ends of what names the year
    as_of: int | None
    years_own: Sequence[str]  # the clauses that count the year alone
    adds: bool  # whether a clause counts what was added


@lru_cache(maxsize=4)
def _spoken(passage: Passage) -> _Spoken:
    text, words = passage.text, rules().words
    since = words["since"].search(text)
    as_of = words["as_of"].search(text)
    others = clauses(text) if "累计" in text else []
    return _Spoken(
        (int(since["year"] or 0), since.start()) if since else None,
        frozenset(map(int, _YEAR.findall(re.sub(r"[比较与]20\d\d年", "", text)))),
        words["short_year"].search(text) is not None,
        words["opens_another"].match(text.partition(",")[0]) is not None,
        [found.end() for found in words["this_year"].finditer(text)],
        as_of.end() if as_of else None,
        [part for part in others if "累计" not in part and words["years_own"].search(part)],
        any("累计" not in part and words["added"].search(part) for part in others),
    )


def period_doubt(hit: Hit, passage: Passage, outline: Outline, lead: str) -> bool:
    """Whether the print leaves open which time the figure counts; `lead` announces its sentence."""
    text, words = passage.text, rules().words
    spoken = _spoken(passage)
    year, said = spoken.since or (0, len(text))
    since_another = said < hit.stop and year not in outline.years
    unsettled = len(outline.years) != 1 and len(spoken.years) > 1
    if spoken.short_year or _opens_with_another_time(hit, passage, outline, lead):
        return True
    # The hit's clause up to its numeral, and the one before.
    own = clause_before(text, hit.first)
    before = text[max(0, hit.first - len(own) - _LONGEST_CLAUSE) : hit.first - len(own)]
    before = before.rstrip(",;:。")
    both = f"{clause_before(before, len(before))},{own}{text[hit.first : hit.start]}"
    months = words["months"].search(words["whole_year"].sub("", both))
    part = months is not None and not words["this_year"].search(own + text[hit.first : hit.stop])
    return since_another or unsettled or part or _may_be_a_stock(hit, passage, outline)


def _opens_with_another_time(hit: Hit, passage: Passage, outline: Outline, lead: str) -> bool:
    """Whether the sentence, or the one that announces it, begins with another time."""
    spoken = _spoken(passage)
    opening = len(passage.text.partition(",")[0])
    if spoken.opens_another and opening < hit.start:
        return bisect_right(spoken.this_year, hit.start) == bisect_right(spoken.this_year, opening)
    announced = lead and announces_another_time(lead, outline)
    return bool(announced) and bisect_right(spoken.this_year, hit.start) == 0


def _may_be_a_stock(hit: Hit, passage: Passage, outline: Outline) -> bool:
    """累计 is the year's count in most reports; not in the first ones, nor beside the year's."""
    words, spoken = rules().words, _spoken(passage)
    clause = clause_before(passage.text, hit.first) + passage.text[hit.first : hit.stop]
    if "累计" not in clause:
        return False
    if outline.years and max(outline.years) < _COUNTED_BY_YEAR:
        return True
    if words["last_years_end"].search(passage.text, hit.stop, hit.stop + _LONGEST_CLAUSE):
        return True
    channel = hit.concept in CHANNELS.values()
    as_of = spoken.as_of is not None and spoken.as_of <= hit.start
    framed = _first_of_this_year(passage.source) < passage.at[hit.start]
    disclosed = channel or hit.concept == TOTAL  # of requests nobody counts a stock
    if not framed and (channel or as_of) and disclosed:
        return True
    if spoken.adds and disclosed:
        return True
    years_own = [part for part in spoken.years_own if part != clause]
    return any("新增" in part or not framed for part in years_own)


@lru_cache(maxsize=1)  # the sentences of a paragraph are read one after the other
def _first_of_this_year(paragraph: str) -> int:
    """The offset at which a paragraph first speaks of the year, but for 截至…年底; else its end."""
    words = rules().words
    text, at = folded(paragraph, 0, len(paragraph))
    text = words["as_of"].sub(lambda found: "," * len(found[0]), text)
    year = words["this_year"].search(text)
    return at[year.start()] if year else len(paragraph)
