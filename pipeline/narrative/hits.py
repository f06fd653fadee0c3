"""A numeral with its unit, caught by a wording → a figure of a passage."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from pipeline import doubt
from pipeline.doubt import Kind
from pipeline.narrative.prose import Passage
from pipeline.text import LARGEST, numeral

_CLAUSE_START = re.compile(r"[;:。]|,(?!\d{3})|(?<!\d),")
_CLAUSE_MARKS = ";:。,"


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


def read_hit(concept: str, match: re.Match[str], passage: Passage) -> Hit | None:
    """The figure a pattern caught; None when its numeral has no single, whole value."""
    named = match.groupdict()
    start, end = match.span("none" if named.get("none") else "n")
    place = (start, end, match.start(), match.end())
    if named.get("none"):
        unit = "元" if concept == "nar_info_fee_amount" else "件"
        return Hit(concept, Decimal(0), unit, "exact", *place)
    printed = passage.printed(start, end)
    value = numeral(printed)
    if value is None or value >= LARGEST or (value != int(value) and named["unit"] != "元"):
        return None
    doubts: tuple[Kind, ...] = (doubt.SPLIT_DIGITS,) if re.search(r"\s", printed) else ()
    # A full-width comma between digits may separate clauses as well as thousands.
    doubts += (doubt.THOUSANDS,) if "，" in printed else ()
    if named["about"] in ("约", "大约", "近", "将近", "接近") or named["beyond"] == "左右":
        qualifier = "approx"
    else:
        qualifier = "at_least" if named["about"] or named["over"] or named["beyond"] else "exact"
    category = passage.printed(*match.span("part")) if named.get("part") else ""
    return Hit(concept, value, named["unit"], qualifier, *place, category, doubts)


def clause_before(text: str, end: int) -> str:
    """The words between the last comma (or stop) and `end`."""
    at = end
    while (at := max(text.rfind(mark, 0, at) for mark in _CLAUSE_MARKS)) >= 0:
        if _CLAUSE_START.match(text, at, end):
            break
    return text[at + 1 : end]


def clauses(text: str) -> list[str]:
    """The text cut at its commas and stops, those inside a numeral kept."""
    return _CLAUSE_START.split(text)


def overlaps(hit: Hit, taken: Iterable[Hit]) -> bool:
    """Whether the hit's numeral is used by one of the others."""
    return any(hit.start < other.end and other.start < hit.end for other in taken)


def doubted(hit: Hit, kind: Kind) -> Hit:
    """The hit with a doubt, once."""
    return hit if kind in hit.doubts else replace(hit, doubts=(*hit.doubts, kind))
