"""A number with its unit, claimed by a wording → a figure of a passage."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from pipeline import doubt
from pipeline.doubt import Kind
from pipeline.narrative.prose import Passage
from pipeline.narrative.wordings import about_before
from pipeline.text import LARGEST, numeral

WINDOW = 80  # characters before a number in which its verb and its object stand
_CLAUSE_START = re.compile(r"[;:。]|,(?!\d{3})|(?<!\d),")
_CLAUSE_MARKS = ";:。,"
_LONGEST_ABOUT = 3  # characters: 不少于


@dataclass(frozen=True, slots=True)
class Hit:
    """A figure found in a passage; `start` and `end` are offsets in the passage's text."""

    concept: str
    value: Decimal
    unit: str
    qualifier: str
    start: int
    end: int
    first: int  # where the wording that names the figure begins
    stop: int  # where it ends, unit included
    category: str = ""
    doubts: tuple[Kind, ...] = ()


def opening(count: re.Match[str]) -> int:
    """Where a number begins, 约 and 不少于 before it included."""
    start = count.start("n")
    about = about_before.search(count.string, max(0, start - _LONGEST_ABOUT), start)
    return about.start() if about else start


def counted(
    concept: str, count: re.Match[str], passage: Passage, first: int, stop: int, category: str = ""
) -> Hit | None:
    """The figure of a number with its unit; None when the number has no single, whole value."""
    start, end = count.span("n")
    printed = passage.printed(start, end)
    value = numeral(printed)
    unit, beyond = count["unit"], count["beyond"]
    if value is None or value >= LARGEST or (value != int(value) and unit != "元"):
        return None
    doubts: tuple[Kind, ...] = (doubt.SPLIT_DIGITS,) if re.search(r"\s", printed) else ()
    # A full-width comma between digits may separate clauses as well as thousands.
    doubts += (doubt.THOUSANDS,) if "，" in printed else ()
    about = count.string[opening(count) : start]
    if about in ("约", "大约", "近", "将近", "接近") or beyond == "左右":
        qualifier = "approx"
    else:
        qualifier = "at_least" if about or count["over"] or beyond else "exact"
    return Hit(concept, value, unit, qualifier, start, end, first, stop, category, doubts)


def reported_zero(concept: str, match: re.Match[str], *, certain: bool) -> Hit:
    """The 0 that a word reports, doubted where it may be of something else."""
    unit = "元" if concept == "nar_info_fee_amount" else "件"
    hit = Hit(concept, Decimal(0), unit, "exact", *match.span("none"), *match.span())
    return hit if certain else doubted(hit, doubt.SCOPE)


@lru_cache(maxsize=100)  # one number is looked at by several rules
def clause_before(text: str, end: int) -> str:
    """The words between the last comma (or stop) and `end`."""
    at = end
    while (at := max(text.rfind(mark, 0, at) for mark in _CLAUSE_MARKS)) >= 0:
        if _CLAUSE_START.match(text, at, end):
            break
    return text[at + 1 : end]


def clause_bounds(text: str) -> list[int]:
    """Where the clauses of a text begin, and where the last one ends."""
    return [0, *(found.end() for found in _CLAUSE_START.finditer(text)), len(text) + 1]


def clauses(text: str) -> list[str]:
    """The text cut at its commas and stops, those inside a numeral kept."""
    return _CLAUSE_START.split(text)


def overlaps(hit: Hit, taken: Iterable[Hit]) -> bool:
    """Whether the hit's numeral is used by one of the others."""
    return any(hit.start < other.end and other.start < hit.end for other in taken)


def doubted(hit: Hit, kind: Kind) -> Hit:
    """The hit with a doubt, once."""
    return hit if kind in hit.doubts else replace(hit, doubts=(*hit.doubts, kind))


def as_doubtful(item: Hit, total: Hit) -> Hit:
    """A list's item is of the time and of the organ that its total is of."""
    for kind in total.doubts:
        item = doubted(item, kind) if kind in (doubt.PERIOD, doubt.SCOPE) else item
    return item
