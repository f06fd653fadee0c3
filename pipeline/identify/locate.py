"""Which of the units that an organ's name may mean the words around it speak of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.identify.issuer import Issuer
from pipeline.reference import RURAL, Region, Regions, Sameness, may_be_one
from pipeline.reference.regions import LONGEST_NAME

_COMMON_WORD = re.compile(
    r"^[^\W\d_][县区]$|^(?:新|老|主|旧)?城区$|^[市城新江河][东西南北中市城]区$"
)


def locate(issuer: Issuer, text: str, regions: Regions, *, cities: bool = False) -> Region | None:
    """The one unit that a text ties the issuer to, or None.

    A place printed right before the name counts first; then the one named most often, level by
    level: county (for a listed township only), city, province. Two named as often end it, and so
    does, without `cities`, a text that names no county of a listed township.
    """
    if unit := printed_before(issuer, text, regions):
        return unit
    units: Sequence[Region] = issuer.units
    levels = ["county_name", "city_name", "province_name"]
    for level in levels if issuer.listed else levels[1:]:
        votes = {unit: _times(unit, level, text, regions) for unit in units}
        most = max(votes.values(), default=0)
        if most:
            units = [unit for unit, times in votes.items() if times == most]
            if len({getattr(unit, level) for unit in units}) > 1:
                return None
            if len(units) == 1:
                return units[0]
        elif level == "county_name" and not cities:
            return None
    return None


def printed_before(issuer: Issuer, text: str, regions: Regions) -> Region | None:
    """The unit whose county or city is printed right before the name, where one says so."""
    votes: Counter[Region] = Counter()
    for name in re.finditer(re.escape(issuer.short), text):
        before = text[max(0, name.start() - 2 * LONGEST_NAME) : name.start()]
        places = regions.named_at_end(before)
        if len(places) > 1:
            wider = regions.named_at_end(before.removesuffix(places[0].name))
            places = tuple(p for p in places if any(place.contains(p) for place in wider))
        if issuer.units:
            places = tuple(u for u in issuer.units if any(place.contains(u) for place in places))
        elif issuer.before:  # the 市 of 市教育局
            places = tuple(place for place in places if place.name.endswith(issuer.before))
        votes.update(places if len(places) == 1 else ())
    most = max(votes.values(), default=0)
    ranked = [unit for unit, times in votes.items() if times == most]
    return ranked[0] if len(ranked) == 1 else None


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


def other_places(text: str, issuer: Issuer, unit: Region, regions: Regions) -> Iterator[str]:
    """The townships and counties a text names that are not the issuer's own."""
    seen, named = {""}, issuer.short in text
    for ending in re.finditer(r"[镇乡县市区旗州盟]|街道", text):
        place = _longest_place(text[max(0, ending.end() - LONGEST_NAME) : ending.end()], regions)
        if place in seen:
            continue
        seen.add(place)
        if place.endswith(("镇", "乡", "街道")):
            # The address of a county's organ may well name a township.
            own = may_be_one(place, issuer.short) is not Sameness.NO
            if issuer.kind in RURAL and not named and not own:
                yield place
            continue
        # 吉安县 is not the city of 吉安市; a county that became a city keeps its stem.
        names = (unit.county_name, "" if place in regions.counties else unit.city_name)
        places = (*regions.counties.get(place, ()), *regions.cities.get(place, ()))
        around = any(other.contains(unit) or unit.contains(other) for other in places)
        if not around and place[:-1] not in {name[:-1] for name in names}:
            yield place


def _longest_place(text: str, regions: Regions) -> str:
    """The township, county or city whose name ends a few words, unless it is a common word too."""
    for start in range(len(text) - 2):
        name = text[start:]
        rural = name.endswith(("镇", "乡", "街道")) and regions.townships(name)
        if rural or name in regions.counties or name in regions.cities:
            return "" if _COMMON_WORD.match(name) else name
    return ""
