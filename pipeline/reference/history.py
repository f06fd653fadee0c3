"""Counties, cities and provinces since 1981, and what became of each.

`county_history.csv.gz` has a row for a unit under one code, one name and one city over consecutive
yearly lists of the ministry of civil affairs, the list of a year being that of its end.
`until_year` is the first year whose list lacks it, and `successors` the codes that its territory
has since; one with a year in square brackets got a part of it in that year.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from pipeline.reference.region import Region, above_townships

FIRST_LIST, LAST_LIST = 1981, 2025

HISTORY = Path(__file__).with_name("county_history.csv.gz")
_KINDS = {"province": "province", "prefecture": "city", "county": "county"}
_OF_THE_PROVINCE = "直辖"  # in the place of a city: a county of Shanghai, or one of no city
_PROVINCE_CITIES = frozenset({"北京市", "天津市", "上海市", "重庆市"})
_SUCCESSOR = re.compile(r"(\d{6})(?:\[(\d{4})\])?")


class History:
    """The units of all lists, and which became which.

    A city has no successors in the table; they are the cities of what its counties became.
    """

    def __init__(self) -> None:
        self.units: list[Region] = []
        self._of_code: dict[str, list[Region]] = {}
        self._printed: dict[Region, str] = {}
        for line in gzip.decompress(HISTORY.read_bytes()).decode().splitlines()[1:]:
            code, name, level, province, city, first, until, successors = line.split(",")
            if city == _OF_THE_PROVINCE:
                city = province if province in _PROVINCE_CITIES else ""
            last = int(until) - 1 if until else LAST_LIST
            unit = above_townships(_KINDS[level], code, name, city, province, int(first), last)
            self.units.append(unit)
            self._of_code.setdefault(code, []).append(unit)
            if successors:
                self._printed[unit] = successors

    def successors(self, unit: Region) -> tuple[Region, ...]:
        """What it became: the units of the first list without it; none if it stands."""
        if unit.kind == "city":
            return tuple(dict.fromkeys(self._cities_after(unit)))
        return tuple(after for after, year in self._changes(unit) if year > unit.last_edition)

    def heirs(self, counties: Iterable[Region], year: int) -> tuple[Region, ...]:
        """The counties of a year's list that have the territory of those that are gone."""
        held: dict[Region, None] = {}
        sought = list(counties)
        for unit in sought:  # which grows
            if unit.stands_in(year):
                held[unit] = None
            else:
                sought += (after for after in self.successors(unit) if after not in sought)
        return tuple(held)

    def _changes(self, unit: Region) -> Iterator[tuple[Region, int]]:
        """The units that got the whole of it, or a part, each with the first list that shows it."""
        for code, in_year in _SUCCESSOR.findall(self._printed.get(unit, "")):
            year = int(in_year or unit.last_edition + 1)
            yield from ((after, year) for after in self._of_code[code] if after.stands_in(year))

    def gains(self) -> Iterator[tuple[Region, Region, int]]:
        """Who got territory, of whom, and the first list that shows it."""
        for unit in self._printed:
            yield from ((after, unit, year) for after, year in self._changes(unit))

    def _cities_after(self, city: Region) -> Iterator[Region]:
        if city.last_edition == LAST_LIST:
            return
        year = city.last_edition + 1
        own = [unit for unit in self.units if unit.kind == "county" and city.contains(unit)]
        last = (unit for unit in own if unit.last_edition == city.last_edition)
        places = {
            (after.province_name, after.city_name)
            for after in chain.from_iterable(map(self.successors, last))
        }
        same = [unit for unit in self._of_code[city.code] if unit.kind == "city"]
        for unit in chain(same, self.units):
            there = (unit.province_name, unit.city_name) in places or unit in same
            if unit.kind == "city" and there and unit != city and unit.stands_in(year):
                yield unit
