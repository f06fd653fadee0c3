"""The province, the city and the county that an organ's name begins with."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

from pipeline.reference import OrganKind, Region, Regions
from pipeline.reference.regions import LONGEST_NAME, without_peoples

# 镇宁自治县, 凉山自治州: without their peoples.
_SELF_GOVERNED = ("自治县", "自治州", "自治旗")
# Named after a place, which need not be the county or the district that bears the same name.
_NAMED_AFTER = (OrganKind.DEVELOPMENT_ZONE, OrganKind.PUBLIC_INSTITUTION)


@dataclass(frozen=True, slots=True)
class Above:
    """The counties, cities or provinces that the first `used` characters of a name may mean.

    The lowest of them is printed from `last` on; `bare` says that it stands there without its
    ending (海盐 for 海盐县), `shortened` how many of them do.
    """

    units: tuple[Region, ...] = ()
    used: int = 0
    shortened: int = 0
    last: int = 0
    bare: bool = False

    def admits(self, unit: Region) -> bool:
        return not self.units or any(above.contains(unit) for above in self.units)

    def lends_its_name(self, kind: OrganKind) -> bool:
        """Whether a bare 平潭 before an organ of this kind is a part of the organ's own name."""
        counties = all(unit.kind == "county" for unit in self.units)
        return bool(self.units) and self.bare and counties and kind in _NAMED_AFTER

    def may_be_elsewhere(self, name: str, kind: OrganKind, regions: Regions) -> bool:
        """Whether a bare name, nothing above it, may be of another place: 东湖 is many a lake."""
        if not self.bare or self.last:
            return False
        # 昆山 is nobody's but the city's, though a town bears the name.
        endings = ("县", "区") if self.lends_its_name(kind) else "区"
        if not any(unit.name.endswith(endings) for unit in self.units):
            return False
        stem = name[: self.used]
        towns = any(regions.townships(stem + ending) for ending in ("镇", "乡", "街道"))
        return towns or len({unit.full_name for unit in self.units}) > 1


def aboves(name: str, regions: Regions) -> list[Above]:
    """Every way to read the beginning as province, city and county, each of them optional."""
    readings = [Above()]
    levels = {"province": regions.provinces, "city": regions.cities, "county": regions.counties}
    for level, full in levels.items():
        names = ((full, False), (regions.short_names(level), True))
        for above, (units_of, short) in product(tuple(readings), names):
            for end in range(above.used + 2, min(len(name), above.used + LONGEST_NAME) + 1):
                words = name[above.used : end]
                known = units_of.get(words, ())
                if not known and short and words.endswith(_SELF_GOVERNED):
                    known = units_of.get(without_peoples(words), ())
                if units := tuple(unit for unit in known if above.admits(unit)):
                    # A name that keeps its ending (凉山州) stands for itself, a bare 海盐 does not.
                    bare = short and name[end - 1] not in "州县旗"
                    readings.append(Above(units, end, above.shortened + bare, above.used, bare))
    return readings
