"""Which of the units that an organ's name may mean the words around it speak of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.identify.issuer import RURAL, Issuer
from pipeline.reference import Region, Regions, Sameness, may_be_one
from pipeline.reference.regions import LONGEST_NAME

_COMMON_WORD = re.compile(
    r"^[^\W\d_][县区]$|^(?:新|老|主|旧)?城区$|^[市城新江河][东西南北中市城]区$"
)


def locate(issuer: Issuer, text: str, regions: Regions, *, cities: bool = False) -> Region | None:
    """The one unit that a text ties the issuer to, or None.

    A county printed right before the name counts first; then, for units of the table only, the
    county (with `cities` also the city) that is named most often among those that have such a unit.
    """
    return printed_before(issuer, text, regions) or _most_named(issuer, text, regions, cities)


def other_places(text: str, issuer: Issuer, unit: Region, regions: Regions) -> Iterator[str]:
    """The townships and counties a text names that are not the issuer's own."""
    seen: set[str] = set()
    for found in re.finditer(r"[镇乡县市区旗州盟]|街道", text):
        place = _longest_place(text[: found.end()], regions)
        if place and place not in seen and not _is_own(place, text, issuer, unit, regions):
            seen.add(place)
            yield place


def _longest_place(text: str, regions: Regions) -> str:
    for start in range(max(0, len(text) - LONGEST_NAME), len(text) - 2):
        name = text[start:]
        rural = name.endswith(("镇", "乡", "街道")) and regions.townships(name)
        if rural or name in regions.counties or name in regions.cities:
            return "" if _COMMON_WORD.match(name) else name
    return ""


def _is_own(place: str, text: str, issuer: Issuer, unit: Region, regions: Regions) -> bool:
    if place.endswith(("镇", "乡", "街道")):
        # The address of a county's organ may well name a township.
        rural = issuer.kind in RURAL
        own = may_be_one(place, issuer.short) is not Sameness.NO
        return not rural or issuer.short in text or own
    places = (*regions.counties.get(place, ()), *regions.cities.get(place, ()))
    # 吉安县 is not the city of 吉安市; a county that became a city keeps its stem.
    names = (unit.county_name, "" if place in regions.counties else unit.city_name)
    return place[:-1] in {name[:-1] for name in names} or any(
        other.contains(unit) or unit.contains(other) for other in places
    )


def printed_before(issuer: Issuer, text: str, regions: Regions) -> Region | None:
    """The unit whose county or city is printed right before the name, where one says so."""
    votes: Counter[Region] = Counter()
    for found in re.finditer(re.escape(issuer.short), text):
        before = text[: found.start()]
        places = regions.named_at_end(before)
        if len(places) > 1:
            wider = regions.named_at_end(before.removesuffix(places[0].name))
            places = tuple(p for p in places if any(place.contains(p) for place in wider))
        if issuer.units:
            places = tuple(u for u in issuer.units if any(place.contains(u) for place in places))
        elif issuer.before:  # the 市 of 市教育局
            places = tuple(place for place in places if place.name.endswith(issuer.before))
        votes.update(places if len(places) == 1 else ())
    return _winner(votes)


def _most_named(issuer: Issuer, text: str, regions: Regions, cities: bool) -> Region | None:
    units: Sequence[Region] = issuer.units
    levels = ["county_name", "city_name", "province_name"]
    for level in levels if issuer.listed else levels[1:]:
        votes = Counter({unit: _times(unit, level, text, regions) for unit in units})
        most = max(votes.values(), default=0)
        if most == 0 and level == "county_name" and not cities:
            return None
        if most:
            units = [unit for unit, times in votes.items() if times == most]
        if most and len(units) == 1:
            return units[0]
        if len({getattr(unit, level) for unit in units}) > 1 and most:
            return None
    return None


def _times(unit: Region, level: str, text: str, regions: Regions) -> int:
    """How often the text names the unit's county, city or province, not inside a longer name."""
    name = getattr(unit, level)
    if not name:
        return 0
    if _COMMON_WORD.match(name):
        return text.count((unit.city_name or unit.province_name) + name)
    if level == "province_name":
        return text.count(name)
    ends = (found.end() for found in re.finditer(re.escape(name), text))
    named = (regions.named_at_end(text[max(0, end - LONGEST_NAME) : end]) for end in ends)
    return sum(bool(places) and places[0].name == name for places in named)


def _winner(votes: Counter[Region]) -> Region | None:
    ranked = votes.most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]
