"""Whether a figure is that of the year reported on."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.narrative.checks import TOTAL
from pipeline.narrative.hits import Hit, clause_before, clauses
from pipeline.narrative.prose import Passage, folded
from pipeline.narrative.wordings import CHANNELS, rules
from pipeline.outline import Outline

_YEAR = re.compile(r"20\d\d(?=年)")
_COUNTED_BY_YEAR = 2014  # reports before it give what was disclosed since 2008


def speaks_of_another_time(before: str, outline: Outline) -> bool:
    """Whether the words before a numeral give it to another year, a plan or a part of a year."""
    if rules().words["other_period"].search(clause_before(before, len(before))):
        return True
    quoted, mark, rest = before.rpartition("》")  # so that each 《 before it is closed
    spoken = re.sub(r"《[^》]*》", "", quoted + mark) + rest
    named = _YEAR.findall(spoken)
    if outline.years and named and int(named[-1]) not in outline.years:
        return True
    return _is_framed_by_another_time(spoken)


def _is_framed_by_another_time(before: str) -> bool:
    """Whether the last clause that names a time is all of another: 上年，我镇公开信息12条."""
    words = rules().words
    if not words["another_time"].search(before):
        return False
    for clause in reversed(clauses(before)):
        if words["framed"].match(clause):
            return True
        if words["this_year"].search(clause):
            return False
    return False


def announces(passage: Passage) -> bool:
    """Whether a sentence only says what the next one is about: 2023年情况如下。"""
    return rules().words["announces"].search(passage.text) is not None


def period_doubt(hit: Hit, passage: Passage, outline: Outline) -> bool:
    """Whether the print leaves open which time the figure counts."""
    text, words = passage.text, rules().words
    since = words["since"].search(text)
    since_another = since is not None and int(since["year"] or 0) not in outline.years
    named = set(_YEAR.findall(re.sub(r"[比较与]20\d\d年", "", text)))
    unsettled = len(outline.years) != 1 and len(named) > 1
    if words["short_year"].search(text) or _opens_with_another_time(hit, passage, outline):
        return True
    # The hit's clause up to its numeral, and the one before.
    own = clause_before(text, hit.first)
    before = text[: hit.first - len(own)].rstrip(",;:。")
    both = f"{clause_before(before, len(before))},{own}{text[hit.first : hit.start]}"
    months = words["months"].search(words["whole_year"].sub("", both))
    part = months is not None and not words["this_year"].search(own + text[hit.first : hit.stop])
    return since_another or unsettled or part or _may_be_a_stock(hit, passage, outline)


def _opens_with_another_time(hit: Hit, passage: Passage, outline: Outline) -> bool:
    """Whether the sentence, or the one that announces it, begins with another time."""
    words = rules().words
    opening, _, rest = passage.text[: hit.start].partition(",")
    if words["opens_another"].match(opening):
        return not words["this_year"].search(rest)
    announced = passage.lead and speaks_of_another_time(passage.lead, outline)
    return bool(announced) and not words["this_year"].search(passage.text[: hit.start])


def _may_be_a_stock(hit: Hit, passage: Passage, outline: Outline) -> bool:
    """累计 is the year's count in most reports; not in the first ones, nor beside the year's."""
    words = rules().words
    clause = clause_before(passage.text, hit.first) + passage.text[hit.first : hit.stop]
    channel = hit.concept in CHANNELS.values()
    as_of = words["as_of"].search(passage.text[: hit.start])
    if "累计" not in clause and not (channel and as_of):
        return False
    if outline.years and max(outline.years) < _COUNTED_BY_YEAR:
        return True
    if words["last_years_end"].search(passage.text, hit.stop):
        return True
    framed = _first_of_this_year(passage.source) < passage.at[hit.start]
    disclosed = channel or hit.concept == TOTAL  # of requests nobody counts a stock
    if not framed and (channel or as_of) and disclosed:
        return True
    others = [part for part in clauses(passage.text) if part != clause and "累计" not in part]
    years_own = [part for part in others if words["years_own"].search(part)]
    return any("新增" in part or not framed for part in years_own)


@lru_cache(maxsize=1)  # the sentences of a paragraph are read one after the other
def _first_of_this_year(paragraph: str) -> int:
    """The offset at which a paragraph first speaks of the year, but for 截至…年底; else its end."""
    words = rules().words
    text, at = folded(paragraph, 0, len(paragraph))
    text = words["as_of"].sub(lambda found: "," * len(found[0]), text)
    year = words["this_year"].search(text)
    return at[year.start()] if year else len(paragraph)
