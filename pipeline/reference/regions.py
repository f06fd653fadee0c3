"""Provinces, cities, counties and townships by name, code and edition."""

from __future__ import annotations

import gzip
import itertools
import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, cached_property
from pathlib import Path

from pipeline.errors import InputError
from pipeline.reference.history import FIRST_LIST, LAST_LIST, History
from pipeline.reference.region import NO_COUNTY, REGION_COLUMNS, Region, above_townships
from pipeline.text.written import written_rows

FIRST_EDITION, LAST_EDITION = 2016, 2023
LONGEST_NAME = 16

NATIONAL = Path(__file__).with_name("regions.csv.gz")
# Made of it and of the history by `region_index`: the names of townships, and what is above them.
NAMES = Path(__file__).with_name("township_names.txt.gz")
COUNTIES = Path(__file__).with_name("counties.txt.gz")
ABOVE_COLUMNS = (
    *("kind", "code", "name", "city_name", "province_name", "first_edition", "last_edition"),
    "gains",  # the code and the year of the first list without it, of each that became a part of it
)
_PUBLISHED_COLUMNS = {
    "code9": "code",
    "first_vintage": "first_edition",
    "last_vintage": "last_edition",
    "county6": "county_code",
}
# What stands in a column of a collection's own table: its form, in words, and what to do if not.
_KINDS = ("town", "township", "subdistrict", "quasi")
_AS_TEXT = "write all digits; Excel keeps them in cells that are formatted as text"
_A_YEAR = (re.compile("[0-9]{4}(?![0-9]).*|[0-9]{8}"), "year", "begin with a year, as in 2016")
_A_NAME = (re.compile("[^,\ufffd]+"), "name", "write the whole name, without a comma")
_FORMS = {
    "code": (re.compile("[0-9]{9}"), "code of nine digits", _AS_TEXT),
    "county_code": (re.compile("[0-9]{6}"), "code of six digits", _AS_TEXT),
    "kind": (re.compile("|".join(_KINDS)), "kind of township", f"write {', '.join(_KINDS)}"),
    # A county may belong to no city.
    "city_name": (re.compile("[^,]*"), *_A_NAME[1:]),
    "first_edition": _A_YEAR,
    "last_edition": _A_YEAR,
}
_QUOTED = 40  # characters of a cell that an error quotes
_PEOPLES = (
    "维吾尔 蒙古 回 藏 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 拉祜 水 "
    "东乡 纳西 景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 鄂温克 "
    "德昂 保安 裕固 独龙 鄂伦春 俄罗斯 塔塔尔 高山 珞巴 门巴 基诺 京 赫哲 乌孜别克 各"
)
_PEOPLE = rf"(?:{'|'.join(_PEOPLES.split())})"
# 彭水 and 长白 end in a people's name of one character: that is one only with its 族.
_PEOPLE_IN_SHORT = rf"(?:{_PEOPLE}族|{'|'.join(p for p in _PEOPLES.split() if len(p) > 1)})"
_AUTONOMOUS = re.compile(rf"(?<=.){_PEOPLE_IN_SHORT}+(?:自治(?=[州县旗]$)|(?=[乡镇]$))")
# 东乡族自治县 and 鄂伦春自治旗 have no name but the people's.
_PEOPLES_OF = re.compile(
    rf"(?<=[^省市县区州旗盟]){_PEOPLE_IN_SHORT}+自治(?=[州县旗])"
    rf"|(?<=[^省市县区州旗盟])(?:{_PEOPLE}族)+(?=[乡镇])|自治(?=[州县旗])"
)
_SELF_GOVERNED = re.compile("族?自治(?=[县旗]$)")
_PROVINCE_ENDING = re.compile(r"(?:省|市|(?:壮族|回族|维吾尔)?自治区)$")
_PLACE_ENDING = re.compile(r"(?:地区|[市县区旗州盟])$")


class Regions:
    """The table of regions. Lookups never guess: they return every unit of a name.

    The table itself is opened only for a township that it lists, and searched as it is printed: as
    strings or tuples its 50,000 rows would take longer to load than a report takes to read.
    """

    def __init__(self, extra: Path | None = None) -> None:
        """The national regions and those of a collection's own file `extra`."""
        self._extra = extra
        self._own: list[bytes] = []
        for row in own_regions(extra) if extra else ():
            editions = {name: row[name][:4] for name in REGION_COLUMNS[-2:]}
            self._own.append(",".join((row | editions).values()).encode())
        cells = [line.split(b",", 3) for line in self._own]
        names, lines = (_unzipped(path).splitlines() for path in (NAMES, COUNTIES))
        self._names = sorted([*names, *(name for _, name, _, _ in cells)])
        self._known: dict[bytes, tuple[Region, ...]] = {}
        units, self._gains = _indexed(lines)
        if cells:
            known = {unit[:-2] for unit in units}
            own = units_of(tail for *_, tail in cells)
            units += (unit for unit in own if unit[:-2] not in known)
        # The others are cities without counties, and what the table prints in a county's place.
        named = [unit for unit in units if unit.name not in NO_COUNTY]
        counties = (u for u in named if u.kind == "county" and u.name != u.city_name)
        self.counties = _by_name(counties)
        self.cities = _by_name(unit for unit in named if unit.kind == "city")
        self.provinces = _by_name(unit for unit in named if unit.kind == "province")

    def __reduce__(self) -> tuple[Callable[..., Regions], tuple[object, ...]]:
        return load_regions, (self._extra,)

    @cached_property
    def _table(self) -> bytes:
        return _unzipped(NATIONAL) + b"".join(line + b"\n" for line in self._own)

    def _rows(self, words: str) -> Iterator[Region]:
        """The rows that have these words, in the table's order."""
        table, sought = self._table, words.encode()
        at = table.find(sought)
        while at >= 0:
            end = table.find(b"\n", at)
            line = table[table.rfind(b"\n", 0, at) + 1 : end].decode()
            code, name, kind, county, of, city, province, first, last = line.split(",")
            yield Region(code, name, kind, county, of, city, province, int(first), int(last))
            at = table.find(sought, end)

    def within(self, county: Region) -> tuple[Region, ...]:
        """The township-level units that ever belonged to this county."""
        rows = self._rows(f",{county.county_code},{county.county_name},")
        return tuple(unit for unit in rows if county.contains(unit))

    def townships(self, name: str) -> tuple[Region, ...]:
        """The township-level units that ever had this name; 街道办事处 is read as 街道."""
        plain = as_listed(name)
        key = plain.encode()
        at = bisect_left(self._names, key)
        if self._names[at : at + 1] != [key]:
            return ()
        if key not in self._known:
            rows = self._rows(f",{plain},")
            self._known[key] = tuple(unit for unit in rows if unit.name == plain)
        return self._known[key]

    def townships_by_short_name(self, name: str) -> tuple[Region, ...]:
        """The ethnic townships whose name without the peoples is this one: 八里畲族乡 as 八里乡."""
        names = self._short_townships.get(name, ()) if name.endswith(("乡", "镇")) else ()
        return tuple(unit for name in names for unit in self.townships(name))

    def named_at_end(self, text: str) -> tuple[Region, ...]:
        """The county or city whose name ends the text; the longest name only."""
        for start in range(max(0, len(text) - LONGEST_NAME), len(text) - 1):
            name = text[start:]
            if found := self.counties.get(name) or self.cities.get(name):
                return found
        return ()

    def successors(self, unit: Region) -> tuple[Region, ...]:
        """What a county or a city became; nothing of one that stands."""
        return self._history.successors(unit)

    def heirs(self, counties: Iterable[Region], year: int) -> tuple[Region, ...]:
        """The counties of a year's list that have the territory of those that are gone."""
        return self._history.heirs(counties, year)

    def holders(self, counties: Iterable[Region], year: int, edition: int) -> tuple[Region, ...]:
        """The counties of a year's list that had territory of these as a later edition has them.

        A county that has gained none in between is its own only holder.
        """
        held: dict[Region, None] = {}
        sought = list(counties)
        for unit in sought:  # which grows
            if unit.stands_in(year):
                held[unit] = None
            for gain in self._gains.get(unit, "").split():
                code, _, changed = gain.partition("@")
                if year < int(changed) <= edition:
                    before = self._of_code.get(code, ())
                    sought += (
                        county
                        for county in before
                        if county.stands_in(int(changed) - 1) and county not in sought
                    )
        return tuple(held)

    @cached_property
    def _of_code(self) -> dict[str, list[Region]]:
        of_code: dict[str, list[Region]] = {}
        for unit in itertools.chain.from_iterable(self.counties.values()):
            of_code.setdefault(unit.code, []).append(unit)
        return of_code

    @cached_property
    def _history(self) -> History:
        return History()

    @cached_property
    def shared(self) -> dict[str, tuple[Region, ...]]:
        """The names of several counties and cities, whenever they stood."""
        return {
            name: (*units, *self.cities.get(name, ()))
            for name, units in self.counties.items()
            if len(units) > 1 or name in self.cities
        }

    def short_names(self, level: str) -> Mapping[str, tuple[Region, ...]]:
        """The units of a level (province, city, county) by names people shorten: 海盐, 麻阳县."""
        return self._short[level]

    @cached_property
    def _short(self) -> dict[str, dict[str, tuple[Region, ...]]]:
        return {
            "province": _shortened(self.provinces, _PROVINCE_ENDING),
            "city": _shortened(self.cities, _PLACE_ENDING),
            "county": _shortened(self.counties, _PLACE_ENDING),
        }

    @cached_property
    def _short_townships(self) -> dict[str, list[str]]:
        towns: dict[str, list[str]] = {}
        endings = ("族乡".encode(), "族镇".encode())
        for key in dict.fromkeys(name for name in self._names if name.endswith(endings)):
            name = key.decode()
            towns.setdefault(_AUTONOMOUS.sub("", name), []).append(name)
        return towns


def without_peoples(name: str) -> str:
    """A name without the peoples of its place: 镇宁布依族苗族自治县民政局 → 镇宁县民政局."""
    return _PEOPLES_OF.sub("", name) if "族" in name or "自治" in name else name


def as_listed(name: str) -> str:
    """A township's name as the table has it: 街道办事处 is 街道."""
    return name.removesuffix("办事处") if name.endswith("街道办事处") else name


def standing(units: Iterable[Region], year: int | None) -> tuple[Region, ...]:
    """The units of the report year's edition, else all of them, each place once.

    A place is listed again when its county was renamed; units of one name that follow one another
    in one city are taken as one, and the nearest to the year stands for it.
    """
    known = list(units)
    alive = [unit for unit in known if year is not None and _distance(unit, year) == 0]
    kept: list[Region] = []
    for unit in sorted(alive or known, key=lambda unit: (_distance(unit, year), unit.code)):
        place = (unit.name, unit.province_name, unit.city_name)
        if not any(
            place == (other.name, other.province_name, other.city_name)
            and (unit.first_edition > other.last_edition or other.first_edition > unit.last_edition)
            for other in kept
        ):
            kept.append(unit)
    return tuple(sorted(kept, key=lambda unit: (unit.code, unit.full_name)))


def load_regions(extra: Path | None = None) -> Regions:
    """The national table, with the rows of a collection's own regions file added; once a process.

    `extra` is a CSV in the columns of the table, or in those of the published editions (`code9`,
    `county6`, `first_vintage`, `last_vintage`).
    """
    return _loaded(extra)


@cache  # apart from load_regions, so that a default and a None given count as one
def _loaded(extra: Path | None) -> Regions:
    return Regions(extra)


def own_regions(path: Path) -> list[dict[str, str]]:
    """The rows of a collection's own regions file, in the columns of the national table.

    Raises InputError that says what is wrong with which line of the file.
    """
    rows = []
    lines: dict[str, list[tuple[int, dict[str, str]]]] = {}  # of each code
    for line, row in written_rows(path, REGION_COLUMNS, _PUBLISHED_COLUMNS):
        where = f"{path}, line {line}"
        for column, value in row.items():
            form, what, remedy = _FORMS.get(column, _A_NAME)
            if not form.fullmatch(value):
                said = f"“{value[:_QUOTED]}”" if value else "empty"
                raise InputError(where, f"{column} is {said}, which is no {what}", remedy)
        code, county = row["code"], row["county_code"]
        if not code.startswith(county):
            reason = f"{code} does not begin with the code of its county, {county}"
            raise InputError(where, reason, "correct one of the two")
        if row["first_edition"][:4] > row["last_edition"][:4]:
            raise InputError(where, "its last edition is before its first", "exchange the two")
        for earlier, other in lines.get(code, ()):
            if _overlap(row, other):
                reason = f"{code} stands in line {earlier} already, for the same years"
                raise InputError(where, reason, "leave one of them, or part their editions")
        lines.setdefault(code, []).append((line, row))
        rows.append(row)
    return rows


def _overlap(row: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Whether any edition has both."""
    begins = max(each["first_edition"][:4] for each in (row, other))
    ends = min(each["last_edition"][:4] for each in (row, other))
    return begins <= ends


def _unzipped(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes())


def _indexed(lines: Iterable[bytes]) -> tuple[list[Region], dict[Region, str]]:
    """The units above the townships, and of those that gained territory from whom and when."""
    units, gains = [], {}
    for line in lines:
        kind, code, name, city, province, first, last, gained = line.decode().split(",")
        unit = above_townships(kind, code, name, city, province, int(first), int(last))
        units.append(unit)
        if gained:
            gains[unit] = gained
    return units, gains


def units_of(tails: Iterable[bytes]) -> list[Region]:
    """Every county, city and province, with the years in which it has any township.

    `tails` are rows of the table of townships from the county's code on. What its first edition has
    is taken to have stood before, and what its last one has to stand.
    """
    spans: dict[tuple[str, str, str, str, str], tuple[int, int]] = {}
    for tail in tails:
        code, name, city, province, *editions = tail.decode().split(",")
        first, last = map(int, editions)
        first = FIRST_LIST if first <= FIRST_EDITION else first
        last = LAST_LIST if last >= LAST_EDITION else last
        units = [("county", code, name, city, province)]
        if city and city not in (province, *NO_COUNTY):
            units.append(("city", code[:4].ljust(6, "0"), city, city, province))
        units.append(("province", code[:2].ljust(6, "0"), province, "", province))
        for unit in units:
            known = spans.get(unit, (first, last))
            spans[unit] = min(known[0], first), max(known[1], last)
    return [above_townships(*unit, *span) for unit, span in sorted(spans.items())]


def _by_name(units: Iterable[Region]) -> dict[str, tuple[Region, ...]]:
    by_name: dict[str, tuple[Region, ...]] = {}
    for unit in units:
        by_name[unit.name] = (*by_name.get(unit.name, ()), unit)
    return by_name


def _shortened(
    level: Mapping[str, tuple[Region, ...]], ending: re.Pattern[str]
) -> dict[str, tuple[Region, ...]]:
    shortened: dict[str, tuple[Region, ...]] = {}
    for name, units in level.items():
        plain = _AUTONOMOUS.sub("", name) if "自治" in name else name
        if plain == name:  # 鄂温克族自治旗 has no name but the people's
            plain = _SELF_GOVERNED.sub("", name)
        for short in dict.fromkeys((plain, ending.sub("", plain))):
            if len(short) > 1 and short != name:
                shortened[short] = (*shortened.get(short, ()), *units)
    return shortened


def _distance(unit: Region, year: int | None) -> int:
    """How many editions lie between the unit and the year; 0 when the unit is alive in it."""
    known = (FIRST_EDITION, LAST_EDITION) if unit.is_township else (FIRST_LIST, LAST_LIST)
    edition = known[1] if year is None else min(max(year, known[0]), known[1])
    return max(unit.first_edition - edition, edition - unit.last_edition, 0)
