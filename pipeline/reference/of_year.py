"""The regions as they were in the year of a report.

The list of a year is the ministry's of its end. Where one name was several units, those of the
list are meant, or else those that ended in the year itself: 巢湖市 is a city of 2010 and a county
of 2011. A name that no such list has keeps its units, and `unlisted` says so.

A township of 2016 to 2023 is in the bureau's edition of its year. For another year it hangs on the
county, of that year's list, from which its county of the edition has its territory; on each of
them, if there are several. It keeps its code only in the county of the same code: what codes the
townships of a county had that is gone, no table says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, cached_property

from pipeline.reference.history import LAST_LIST
from pipeline.reference.region import Region
from pipeline.reference.regions import FIRST_EDITION, LAST_EDITION, Regions
from pipeline.text.years import FIRST_YEAR

_LATE = 1  # editions: the bureau's are of summer or autumn, and list some changes a year late


@cache
def in_year(regions: Regions, year: int | None) -> RegionsOfYear:
    """The regions as a report on the year may name them; without a year those of the last list."""
    return RegionsOfYear(regions, year)


class RegionsOfYear(Regions):
    """The regions that a report on a year may name, each where it was then."""

    def __init__(self, whole: Regions, year: int | None) -> None:
        self._whole, self._year = whole, year
        self.year = LAST_LIST if year is None else min(year, LAST_LIST)
        self._placed: dict[str, tuple[Region, ...]] = {}
        self._others = {u for units in whole.shared.values() for u in _not_meant(units, self.year)}
        self.counties, self.cities = map(self._meant, (whole.counties, whole.cities))
        self.provinces = whole.provinces

    def __reduce__(self) -> tuple[Callable[..., Regions], tuple[object, ...]]:
        return in_year, (self._whole, self._year)

    def townships(self, name: str) -> tuple[Region, ...]:
        """The township-level units of this name, each in its county of the year."""
        if name not in self._placed:
            self._placed[name] = tuple(self._in_their_counties(self._whole.townships(name)))
        return self._placed[name]

    def within(self, county: Region) -> tuple[Region, ...]:
        """The township-level units that ever belonged to this county."""
        return self._whole.within(county)

    def unlisted(self, unit: Region) -> str:
        """What the lists say of a unit that none of the year has; nothing of one that stands then.

        A unit may report on the year in which it ended.
        """
        first, last = unit.first_edition, unit.last_edition
        if self._year is None:
            whole = (FIRST_EDITION, LAST_EDITION) if unit.is_township else (FIRST_YEAR, LAST_LIST)
            stands = first <= whole[0] and whole[1] <= last
        elif unit.is_township:
            edition = min(max(self.year, FIRST_EDITION), LAST_EDITION)
            stands = first - _LATE <= edition <= last + _LATE
        else:
            stands = first <= self.year <= last + 1
        if stands:
            return ""
        became = "、".join(heir.full_name for heir in self._whole.successors(unit))
        listed = f"{unit.full_name} stands in the lists of {first} to {last}"
        return f"{listed}, and became {became}" if became else listed

    @cached_property
    def _short(self) -> dict[str, dict[str, tuple[Region, ...]]]:
        return {
            level: self._meant(self._whole.short_names(level))
            for level in ("province", "city", "county")
        }

    @property
    def _short_townships(self) -> dict[str, list[str]]:
        return self._whole._short_townships

    def _meant(self, names: Mapping[str, tuple[Region, ...]]) -> dict[str, tuple[Region, ...]]:
        """The names without the units that are not meant, and those of nothing else left out."""
        meant = dict(names)
        for name, units in names.items():
            if not self._others.isdisjoint(units):
                left = tuple(unit for unit in units if unit not in self._others)
                meant |= {name: left} if left else {}
                if not left:
                    del meant[name]
        return meant

    def _in_their_counties(self, rows: Iterable[Region]) -> Iterator[Region]:
        """Each township in its county of the year, with its code if that county has one for it."""
        placed, late = [], []
        for row in rows:
            counties = self._counties_of(row)
            placed += [_moved(row, county) for county in counties]
            late += [] if counties else [row]
        coded = {(unit.county_code, unit.county_name) for unit in placed if unit.code}
        seen = set()
        for unit in placed:
            county = unit.county_code, unit.county_name
            if unit.code or not (county in coded or county in seen):
                seen.add(county)
                yield unit
        for row in late:
            heirs = self._whole.heirs(self._records(row), self.year)
            if coded.isdisjoint((heir.code, heir.name) for heir in heirs):
                yield row

    def _counties_of(self, row: Region) -> tuple[Region, ...]:
        """The counties of the year's list that the township may have been in; none if not known."""
        records = self._records(row)
        if self.year >= row.first_edition:
            if same := [county for county in records if county.stands_in(self.year)]:
                return (same[0],)
            if row.last_edition == LAST_EDITION < self.year:
                return self._whole.heirs(records, self.year)
        edition = max([row.first_edition, *(county.first_edition for county in records[:1])])
        return self._whole.holders(records, self.year, edition) if self.year < edition else ()

    def _records(self, row: Region) -> list[Region]:
        """The lists' records of the county that the edition gives, the nearest to it first."""
        known = self._whole.counties.get(row.county_name, ())
        records = [county for county in known if county.code == row.county_code]
        return sorted(records, key=lambda county: not county.stands_in(row.first_edition))


def _moved(row: Region, county: Region) -> Region:
    """A township in a county, with its code where the county has the code of its own."""
    return row._replace(
        code=row.code if county.code == row.county_code else "",
        county_code=county.code,
        county_name=county.name,
        city_name=county.city_name,
        province_name=county.province_name,
    )


def _not_meant(units: tuple[Region, ...], year: int) -> Iterator[Region]:
    """Of the units of one name those that a report on the year does not mean by it."""
    standing = [unit for unit in units if unit.stands_in(year)]
    meant = standing or [unit for unit in units if unit.last_edition == year - 1]
    if meant:
        yield from (unit for unit in units if unit not in meant)
