"""What is said of a region that is not known, or that no list of the report's year has."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline import doubt
from pipeline.doubt import Doubt
from pipeline.model import Identity


def region_doubts(identity: Identity) -> Iterator[Doubt]:
    """A warning for an empty code, with what is known, and for a unit of another time."""
    found = {each.method: each for each in identity.evidence if each.field == "region_code"}
    if other := found.get("unlisted"):
        year = identity.report_year or "an unknown year"
        words = f"the report is taken to be on {year}, but {other.text}"
        yield Doubt(doubt.REGION, words, other.where)
    elif not identity.region_code:
        for place in found.values():
            words = f"no region is told: {_why(place.method, place.text)}"
            yield Doubt(doubt.REGION, words, place.where)


def _why(method: str, text: str) -> str:
    if method == "ambiguous":
        return f"the name is that of several places: {text}"
    if method == "not_found":
        return f"no table lists the place of “{text}”" if text else "no place is named"
    return f"which code the place of “{text}” had in that year is in no table"
