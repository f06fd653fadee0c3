"""A printed organ name → what it can stand for in the table of regions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.reference import Kind, Region, Regions, kind_of
from pipeline.reference.regions import LONGEST_NAME, standing

_OWN_OFFICE = frozenset({"", "人民政府", "政府", "办事处", "街道办事处", "街道办", "办", "党工委"})
_OFFICE_OF_GOVERNMENT = re.compile(r"^(?:人民)?政府(办公[室厅])$|^(?:人民)?政府办()$")
_TOWNSHIP_LIKE = re.compile(r"^([^\W\d_]{1,12}(?:街道?|镇|乡|苏木))(?:人民政府|政府|办事处|办)?$")
_MIDDLE = re.compile(r"^[^\W\d_]{2,16}?(?:管委会|园区|开发区|[区县市旗州盟])(?=..)")
_SELF = re.compile(
    r"^[省市县区州旗](?:人民)?政府(?:办公[厅室])?$|^[我本](?:[镇乡局厅委院县市区省办]|街道|单位|中心|机关|部门)"
)
_BRANCH_OF_STATE = re.compile(
    r"^(?:中华人民共和国|国家税务总局|国家统计局|中国人民银行|国家金融监督管理总局|中国气象局|国家外汇管理局)"
)
_ZONE = re.compile(r"(?:开发区|园区|产业园|新城|示范区|管理区|度假区|新区)$")
_COMMON_WORD = re.compile(
    r"^[^\W\d_][县区]$|^(?:新|老|主|旧)?城区$|^[市城新江河][东西南北中市城]区$"
)
# Names of many organs, and of none: 海盐县各镇（街道）, 海盐县所属单位, 海盐县乡镇.
_COLLECTIVE = re.compile(
    r"(?<!下)各(?:乡镇|镇|乡|街道|部门|单位|委|局|县|区|市|级|有关|相关|直属|成员|科室)"
    r"|(?:所属|下属|部分|有关|相关|直属)(?:部门|单位|街道|乡镇|乡|镇)"
    r"|(?<=[县区市旗])(?:乡镇|镇乡|镇街|街镇|镇街道|街道镇|街道乡镇|乡镇街道)(?:人民政府|政府|办事处)?$"
)
# What no unlisted township is called: 通元镇等九个镇, 九镇二街道, X镇, or words of a sentence.
_NO_PLACE = re.compile(
    r"等|个|全体|所有|某|年|条例|工作|信息|报告|政府|[\dA-Za-z×]"
    r"|[^\W\d_]{2}(?:镇|乡|街道)[^\W\d_]{2,}(?:镇|乡|街道?)$"
    r"|(?:^|[县区市旗])(?:各|多|[两二三四五六七八九十]+)(?:镇|乡|街)|[县区](?:镇|乡|街道?)$"
)
_BARE_OFFICE = re.compile(r"^(?:[镇乡]|街道)(?:人民政府|政府|办事处|办公室|办)$")


@dataclass(frozen=True, slots=True)
class Issuer:
    """A printed name as read: the units that it may belong to and the words that follow them.

    `units` has one member when the name says which unit is meant, none when the table knows none.
    `listed` tells a township of the table from any other organ attached to a unit; `anchored`
    whether a county, city or province was printed before it; `short` is the name without those.
    `complete` says that the words are the official name, place and all: 上海海关.
    """

    units: tuple[Region, ...]
    words: str
    kind: Kind | None
    short: str
    listed: bool = False
    anchored: bool = False
    complete: bool = False

    def name(self, unit: Region | None) -> str:
        """The canonical name of the organ if it belongs to this unit, else the printed words."""
        if unit is None:
            return self.words if self.words.startswith(self.short) else self.short + self.words
        return self.words if self.complete else unit.full_name + self.words

    def code(self, unit: Region | None) -> str:
        """The unit's code; a township without a code of its own has that of its county only."""
        rural = self.kind in (Kind.TOWNSHIP_GOVERNMENT, Kind.SUBDISTRICT_OFFICE)
        if unit is None or (rural and not self.listed and unit.kind != "county"):
            return ""
        return unit.code


@dataclass(frozen=True, slots=True)
class _Above:
    """The counties, cities or provinces that the first `used` characters of a name may mean."""

    units: tuple[Region, ...] = ()
    used: int = 0
    shortened: int = 0

    def admits(self, unit: Region) -> bool:
        return not self.units or any(above.contains(unit) for above in self.units)


def read_issuer(name: str, regions: Regions, year: int | None) -> Issuer | None:
    """Read a folded organ name; None if it is no organ's name.

    Of all the ways to read it the one counts that the table explains best, in full names first;
    nothing is chosen between units of the same name.
    """
    name = re.sub(r"^中共|(?<=[省市县区州旗盟])人民政府(?=.{2,}(?:街道|镇|乡|办事处))", "", name)
    if not name or _SELF.match(name) or _COLLECTIVE.search(name) or _names_two(name):
        return None
    if _BRANCH_OF_STATE.match(name):
        return _state_branch(name, regions, year)
    best: tuple[int, int, int] | None = None
    chosen: Issuer | None = None
    for above in _aboves(name, regions):
        for issuer, explained in _readings(above, name, regions):
            score = (explained, -above.shortened, len(issuer.units) > 0)
            if best is None or score > best:
                best, chosen = score, issuer
    return chosen and replace(chosen, units=standing(chosen.units, year))


def _names_two(name: str) -> bool:
    """Whether two organs are joined: 通元镇和百步镇, but not 发展和改革局."""
    joints = (found.span() for found in re.finditer("[和与及暨、/]", name))
    return any(kind_of(name[:start]) and kind_of(name[end:]) for start, end in joints)


def self_reference(name: str) -> Kind | None:
    """The kind of organ that calls itself 我镇, 我局, 本街道."""
    found = _SELF.match(name)
    return kind_of(found.group()) if found else None


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
        rural = issuer.kind in (Kind.TOWNSHIP_GOVERNMENT, Kind.SUBDISTRICT_OFFICE)
        stems = {name.removesuffix("街道").rstrip("镇乡") for name in (place, issuer.short)}
        return not rural or issuer.short in text or len(stems) == 1
    places = (*regions.counties.get(place, ()), *regions.cities.get(place, ()))
    # 吉安县 is not the city of 吉安市; a county that became a city keeps its stem.
    names = (unit.county_name, "" if place in regions.counties else unit.city_name)
    return place[:-1] in {name[:-1] for name in names} or any(
        other.contains(unit) or unit.contains(other) for other in places
    )


def _aboves(name: str, regions: Regions) -> list[_Above]:
    """Every way to read the beginning as province, city and county, each of them optional."""
    found = [_Above()]
    for level, full in (
        ("province", regions.provinces),
        ("city", regions.cities),
        ("county", regions.counties),
    ):
        short = regions.short_names(level)
        for above in list(found):
            found.extend(_one_level_down(above, name, full, 0))
            found.extend(_one_level_down(above, name, short, 1))
    return found


def _one_level_down(
    above: _Above, name: str, level: Mapping[str, tuple[Region, ...]], shortened: int
) -> Iterator[_Above]:
    for end in range(above.used + 2, min(len(name), above.used + LONGEST_NAME) + 1):
        known = level.get(name[above.used : end], ())
        if units := tuple(unit for unit in known if above.admits(unit)):
            # A name that keeps its ending (凉山州) stands for itself, a bare stem (海盐) does not.
            bare = shortened if name[end - 1] not in "州县旗" else 0
            yield _Above(units, end, above.shortened + bare)


def _readings(above: _Above, name: str, regions: Regions) -> Iterator[tuple[Issuer, int]]:
    """What can follow the places: a township, an office, a department; with what it explains."""
    rest = name[above.used :]
    for issuer, used in _listed_townships(above, rest, regions):
        yield issuer, above.used + used
    if above.units and (rest or not above.shortened) and (own := _own_organ(above, rest)):
        yield own, above.used
    elif found := _TOWNSHIP_LIKE.match(rest):
        known = not above.units or (not above.shortened and not _MIDDLE.match(rest))
        if known and not _NO_PLACE.search(found[1]):
            yield _unlisted_township(above, found[1]), above.used
    elif len(rest) > 1 and not _BARE_OFFICE.match(rest) and (kind := kind_of(rest)):
        yield _department(above, rest, kind, name), above.used


def _listed_townships(above: _Above, rest: str, regions: Regions) -> Iterator[tuple[Issuer, int]]:
    middle = _MIDDLE.match(rest) if above.units else None
    for start in (0, middle.end()) if middle else (0,):
        for end in range(min(len(rest), start + LONGEST_NAME), start + 1, -1):
            name, office = rest[start:end], rest[end:]
            known = regions.townships(name) or regions.townships_by_short_name(name)
            if not known and name.endswith("街") and not office.startswith("道"):
                name = f"{name}道"
                known = regions.townships(name)
            units = tuple(unit for unit in known if above.admits(unit))
            if units and (issuer := _township(units, name, office, bool(above.units))):
                yield issuer, end - start
                break


def _township(units: tuple[Region, ...], name: str, office: str, anchored: bool) -> Issuer | None:
    name = name.removesuffix("办事处") if name.endswith("街道办事处") else name
    kind = kind_of(name)
    if office in _OWN_OFFICE:
        words = {Kind.TOWNSHIP_GOVERNMENT: "人民政府"}.get(kind, "") if kind else ""
        words = "办事处" if name.endswith(("街道", "地区")) else words
    else:
        kind, words = kind_of(office), office
        if len(office) < 2 or kind in (None, Kind.TOWNSHIP_GOVERNMENT, Kind.SUBDISTRICT_OFFICE):
            return None
    return Issuer(units, words, kind, name, listed=True, anchored=anchored) if kind else None


def _unlisted_township(above: _Above, name: str) -> Issuer:
    street = name.endswith(("街道", "街"))
    name = f"{name}道" if name.endswith("街") else name
    kind = Kind.SUBDISTRICT_OFFICE if street else Kind.TOWNSHIP_GOVERNMENT
    words = f"{name}{'办事处' if street else '人民政府'}"
    return Issuer(above.units, words, kind, name, anchored=bool(above.units))


def _department(above: _Above, rest: str, kind: Kind, name: str) -> Issuer:
    words = re.sub("管委会$", "管理委员会", rest)
    complete = kind is Kind.VERTICAL_BRANCH and above.shortened > 0
    anchored = bool(above.units)
    if complete:
        return Issuer(above.units, name, kind, name, anchored=anchored, complete=True)
    return Issuer(above.units, words, kind, rest, anchored=anchored)


def _own_organ(above: _Above, rest: str) -> Issuer | None:
    """A government or its office."""
    zone = all(_ZONE.search(unit.name) and unit.code[4] == "7" for unit in above.units)
    if rest in ("", "人民政府", "政府", "本级", "人民政府本级", "本级政府"):
        kind = Kind.DEVELOPMENT_ZONE if zone else Kind.GOVERNMENT
        words = "管理委员会" if zone else "人民政府"
    elif found := _OFFICE_OF_GOVERNMENT.match(rest):
        kind, words = Kind.GOVERNMENT_OFFICE, f"人民政府{found[1] or '办公室'}"
    else:
        return None
    return Issuer(above.units, words, kind, above.units[0].name, anchored=True)


def _state_branch(name: str, regions: Regions, year: int | None) -> Issuer:
    """A branch of a national organ keeps its printed name; the place inside gives the region."""
    rest = _BRANCH_OF_STATE.sub("", name)
    best = max(_aboves(rest, regions), key=lambda above: (above.used, -above.shortened))
    units = standing(best.units, year)
    return Issuer(units, name, Kind.VERTICAL_BRANCH, name, anchored=bool(units), complete=True)


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
