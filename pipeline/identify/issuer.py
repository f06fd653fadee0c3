"""A printed organ name → what it can stand for in the table of regions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline.identify.places import Above, aboves
from pipeline.reference import (
    GOVERNMENTS,
    RURAL,
    OrganKind,
    Region,
    Regions,
    full_form,
    full_place,
    is_relative,
    kind_of,
    place_in,
    said_once,
    without_desk,
)
from pipeline.reference.regions import LONGEST_NAME, as_listed, standing

# Of a caption, or of the state, before a name: 发布机构X, 中华人民共和国上海海关.
_FOREWORD = re.compile(r"^(?:机构(?!编制)(?=.{3})|中华人民共和国(?=.+(?:海关|海事局|部|委员会)$))")
# 海盐县县教育局; 昆山市市场监督管理局 is right.
_LEVEL_TWICE = re.compile(
    "(?<=省)省|(?<=县)县|(?<=州)州(?!市)|(?<=市)市(?![场容政民区监])|(?<=市)市(?=政府)|(?<=区)区(?!域)"
)
_OWN_OFFICE = frozenset({"", "人民政府", "政府", "办事处", "街道办事处", "街道办", "办", "党工委"})
_OWN_GOVERNMENT = frozenset(
    {"", "人民政府", "政府", "本级", "人民政府本级", "本级政府", "人民政府机关", "政府机关"}
    | {"行政公署", "行署"}
)
_OFFICE_OF_GOVERNMENT = re.compile(r"^(?:(?:人民)?政府|行政公署|行署)(?:(办公[室厅])|办)$")
_TOWNSHIP_LIKE = re.compile(r"^([^\W\d_]{1,12}(?:街道?|镇|乡|苏木))(?:人民政府|政府|办事处|办)?$")
_MIDDLE = re.compile(r"^[^\W\d_]{2,16}?(?:管委会|园区|开发区|[区县市旗州盟])(?=..)")
_SELF = re.compile(
    r"^(?:自治[区州县旗]|[省市县区州旗])(?:人民)?政府(?:办公[厅室]|办)?$|^[我本](?:[镇乡局厅委院县市区省办]|街道|单位|中心|机关|部门)"
)
_BRANCH_OF_STATE = re.compile(
    r"^(?:中华人民共和国|国家税务总局|国家统计局|中国人民银行|国家金融监督管理总局|中国气象局|国家外汇管理局)"
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
# A county or a city that no edition of the table lists any more; not 社区, 全县, 智慧城市.
_PLACE_LIKE = re.compile(
    r"^(?![全本我各该此原某几每])[^\W\d_]{2,5}(?:县|旗|州|盟|(?<!城)市)$"
    r"|^(?![全本我各该此原某几每])[^\W\d_]{2}(?<![社景园小校库林牧地特灌新城辖山])区$"
)
_IN_A_FORMER_COUNTY = re.compile(r"^[^\W\d_]{2,5}(?:[县旗]|(?<!城)市(?![场政容民]))(?=[^\W\d_]{2})")
# 市教育局 says of what level the organ is, and not where; 市场监督管理局 says neither.
_SELF_GOVERNED = ("自治区", "自治州", "自治县", "自治旗")
_LEVEL = re.compile(
    r"^(?:自治[区州县旗]|市(?![场政容民区])|县(?!域)|区(?!域)|[省州旗])(?![级直属])(?=..)"
)
# What is left of a place that no table knows (铜仁地区) is no organ of the one it begins with.
_BARE_ENDINGS = frozenset({"地区", "街道", "办事处", "街道办", "街道办事处", "地区办事处"})
_BARE_SUBDISTRICT = re.compile(
    "^(?!.*驻).*(?<![街道镇乡区木驻京沪市县州旗省])[^驻]办事处$|[^驻]街办事处$"
)
_BARE_OFFICE = re.compile(r"^(?:[镇乡]|街道)(?:人民政府|政府|办事处|办公室|办)$")


@dataclass(frozen=True, slots=True)
class Issuer:
    """A printed name as read: the units that it may belong to and the words that follow them.

    `units` has one member when the name says which unit is meant, none when the table knows none.
    `short` is the name without the county, city or province before it, and `before` these as
    printed; `anchored` tells whether they are known, `listed` a township of the table from any
    other organ attached to a unit. `complete` says that the words are the official name, place
    and all: 上海海关; `holds_place` that they name the lowest place: 平潭综合实验区.
    """

    units: tuple[Region, ...]
    words: str
    kind: OrganKind | None
    short: str
    before: str = ""
    anchored: bool = False
    listed: bool = False
    complete: bool = False
    holds_place: bool = False

    @property
    def relative(self) -> bool:
        """Whether it is the name of many organs, and no place says of which: 区住建局, 医院."""
        if self.anchored or self.kind in (*RURAL, *GOVERNMENTS):
            return False
        whole = self.before + self.short
        if self.kind is OrganKind.DEVELOPMENT_ZONE:  # the table lists an 开发区 or two
            return is_relative(whole, self.kind)
        if self.units or self.listed:
            return False
        place = place_in(whole)
        return (not place or place in _SELF_GOVERNED) and is_relative(whole, self.kind)

    @property
    def printed(self) -> str:
        """The name with the place that stands before it."""
        return self.name(None)

    @property
    def placed(self) -> bool:
        """Whether the table knows it, or a place that it is printed with."""
        return self.listed or self.anchored

    def name(self, unit: Region | None) -> str:
        """The canonical name of the organ if it belongs to this unit, else the printed words."""
        if unit is None:
            whole = self.words if self.words.startswith(self.short) else self.short + self.words
            state = "国家税务总局" if self.before and _TAX_BUREAU.match(self.words) else ""
            return state + self.before + whole
        if self.complete:
            return self.words
        if tax := _TAX_BUREAU.match(self.words):
            return _tax_bureau(unit, tax)
        place = unit.full_name
        if self.holds_place:
            place = place.removesuffix(unit.name)
        return said_once(re.sub("管委会$", "管理委员会", place + self.words))

    def code(self, unit: Region) -> str:
        """The unit's code; a place that the table does not list has at most that of its county."""
        of_place = self.kind in (*RURAL, *GOVERNMENTS) or _IN_A_FORMER_COUNTY.match(self.short)
        unlisted = self.words.startswith(self.short) and of_place
        in_county = self.kind in RURAL and unit.kind == "county"
        return "" if unlisted and not in_county else unit.code


# Since 2018 the bureaus of state and of place are one; 国家税务局 and 地方税务局 are those before.
_TAX_BUREAU = re.compile(r"^(?:国家税务总局)?(?P<bureau>税务局.*)$")

# A folded name → the issuer that it is, on the edition of the report's year.
Read = Callable[[str], Issuer | None]


# A report prints the name of its organ again and again.
@lru_cache(maxsize=1_000)
def read_issuer(name: str, regions: Regions, year: int | None) -> Issuer | None:
    """Read a folded organ name; None if it is no organ's name.

    Of all the ways to read it the one counts that the table explains best, in full names first;
    nothing is chosen between units of the same name.
    """
    name = full_place(said_once(_LEVEL_TWICE.sub("", _FOREWORD.sub("", name))))
    name = full_form(without_desk(full_form(name)))
    if _BARE_SUBDISTRICT.search(name):  # 北街办事处 is 北街街道办事处
        name = f"{name.removesuffix('办事处')}街道办事处"
    name = re.sub(r"^中共|(?<=[省市县区州旗盟])人民政府(?=[^驻].+(?:街道|镇|乡|办事处))", "", name)
    # Two organs are joined in 通元镇和百步镇, but not in 发展和改革局.
    joints = (joint.span() for joint in re.finditer("[和与及暨、/]", name))
    two = any(
        kind_of(name[:start]) and kind_of(name[end:]) and not regions.named_at_end(name[:start])
        for start, end in joints  # nor in 和田地区和田县
    )
    if not name or two or _SELF.match(name) or _COLLECTIVE.search(name):
        return None
    chosen: Issuer | None
    name = re.sub("^国家税务总局(?=.{2,}税务局)", "", name)
    if _BRANCH_OF_STATE.match(name):
        # It keeps its printed name; the place inside gives the region.
        places = aboves(_BRANCH_OF_STATE.sub("", name), regions)
        units = max(places, key=lambda above: (above.used, -above.shortened)).units
        chosen = Issuer(
            units, name, OrganKind.VERTICAL_BRANCH, name, "", bool(units), complete=True
        )
    else:
        readings = (
            # A county comes before the township of its name.
            ((used, -above.shortened, bool(issuer.units), above.used), issuer)
            for above in aboves(name, regions)
            for issuer, used in _readings(above, name, regions)
        )
        _, chosen = max(readings, key=lambda reading: reading[0], default=((), None))
    if chosen and chosen.relative:
        return replace(chosen, units=(), listed=False)
    return chosen and replace(chosen, units=standing(chosen.units, year))


def of_government(office: Issuer) -> Issuer:
    """The government whose office it is."""
    return replace(office, kind=OrganKind.GOVERNMENT, words=re.sub("办公[室厅]$", "", office.words))


def _tax_bureau(unit: Region, words: re.Match[str]) -> str:
    """A district's tax bureau is named with its city, any other unit's with the unit alone."""
    district = unit.kind == "county" and unit.name.endswith("区")
    above = (unit.city_name or unit.province_name) if district else ""
    place = unit.name if unit.name.startswith(above) else above + unit.name
    return f"国家税务总局{place}{words['bureau']}"


def self_reference(name: str) -> OrganKind | None:
    """The kind of organ that calls itself 我镇, 我局, 本街道."""
    own = _SELF.match(name)
    return kind_of(own[0]) if own else None


def _readings(above: Above, name: str, regions: Regions) -> Iterator[tuple[Issuer, int]]:
    """What can follow the places: a township, an office, a department; with what it explains."""
    units, before, rest = above.units, name[: above.used], name[above.used :]
    for township, used in _listed_townships(above, rest, regions):
        yield replace(township, before=before, anchored=bool(units)), above.used + used
    issuer: Issuer | None = None
    kind = kind_of(rest)
    if units and (rest or not above.shortened) and (own := _own_organ(above, rest, name)):
        issuer = own
    elif _PLACE_LIKE.match(rest) and not kind and not _NO_PLACE.search(rest):
        if not above.shortened and all(unit.kind != "county" for unit in units):
            issuer = Issuer(units, f"{rest}人民政府", OrganKind.GOVERNMENT, rest, before)
    elif township_like := _TOWNSHIP_LIKE.match(rest):
        known = not units or (not above.shortened and not _MIDDLE.match(rest))
        if known and not _NO_PLACE.search(place := township_like[1]):
            place = f"{place}道" if place.endswith("街") else place
            street = place.endswith("街道")
            kind = OrganKind.SUBDISTRICT_OFFICE if street else OrganKind.TOWNSHIP_GOVERNMENT
            words = f"{place}{'办事处' if street else '人民政府'}"
            issuer = Issuer(units, words, kind, place, before)
    elif (
        len(rest) > 1
        and not _BARE_OFFICE.match(rest)
        and rest not in _BARE_ENDINGS
        and kind
        and not (above.bare and _LEVEL.match(rest))  # 赣榆县人民政府 is not 赣榆区's
        and not above.may_be_elsewhere(name, kind, regions)
    ):
        issuer = _listed_zone(above, rest, kind, regions) or _department(above, rest, kind, name)
    if issuer:
        yield replace(issuer, anchored=bool(units)), above.used


def _listed_townships(above: Above, rest: str, regions: Regions) -> Iterator[tuple[Issuer, int]]:
    middle = _MIDDLE.match(rest) if above.units else None
    for start in (0, middle.end()) if middle else (0,):
        for end in range(min(len(rest), start + LONGEST_NAME), start + 1, -1):
            name, office = rest[start:end], rest[end:]
            known = regions.townships(name) or regions.townships_by_short_name(name)
            if not known and name.endswith("街") and not office.startswith("道"):
                name = f"{name}道"
                known = regions.townships(name)
            if known and is_relative(name, OrganKind.DEVELOPMENT_ZONE):
                # An 经济开发区 right behind a city is the city's, and none of its counties'.
                known = known if any(unit.kind == "county" for unit in above.units) else ()
            units = tuple(u for u in known if above.admits(u) and not _is_its_zone(u))
            if units and (issuer := _township(units, name, office)):
                yield issuer, end - start
                break


def _township(units: tuple[Region, ...], name: str, office: str) -> Issuer | None:
    """The organ of a listed township, or one of its offices."""
    name = as_listed(name)
    if office in _OWN_OFFICE:
        kind = kind_of(name)
        words = "人民政府" if kind is OrganKind.TOWNSHIP_GOVERNMENT else ""
        words = "办事处" if name.endswith(("街道", "地区")) else words
    else:
        kind = kind_of(office) if len(office) > 1 else None
        kind, words = None if kind in RURAL else kind, office
    return Issuer(units, words, kind, name, listed=True) if kind else None


def _is_its_zone(unit: Region) -> bool:
    """Whether a unit is the zone itself that it is listed in: 经济开发区 of 蚌埠市经济开发区."""
    zone = unit.name.removesuffix("管委会")
    return unit.kind == "quasi" and unit.county_code[4] == "7" and unit.county_name.endswith(zone)


def _listed_zone(above: Above, rest: str, kind: OrganKind, regions: Regions) -> Issuer | None:
    """The zone of a city that the table lists with the city's name: 蚌埠 + 经济开发区."""
    if kind is not OrganKind.DEVELOPMENT_ZONE or len(above.units) != 1:
        return None
    (city,) = above.units
    name = city.name + _zone(re.sub("管委会$", "管理委员会", rest))
    units = tuple(unit for unit in regions.counties.get(name, ()) if city.contains(unit))
    return Issuer(units, "管理委员会", kind, name) if city.kind == "city" and units else None


def _department(above: Above, rest: str, kind: OrganKind, name: str) -> Issuer:
    name, rest = (re.sub("管委会$", "管理委员会", words) for words in (name, rest))
    tax = _TAX_BUREAU.match(rest) is not None
    if kind is OrganKind.VERTICAL_BRANCH and above.shortened and not tax:
        return Issuer(above.units, name, kind, name, complete=True)
    if above.lends_its_name(kind):
        before, words = name[: above.last], name[above.last :]
        return Issuer(
            above.units, _committee(words, kind), kind, _zone(words), before, holds_place=True
        )
    before, level = name[: above.used], _LEVEL.match(rest)
    if level and not above.units and kind_of(rest[level.end() :]) is kind:
        before, rest = level.group(), rest[level.end() :]
    return Issuer(above.units, _committee(rest, kind), kind, _zone(rest), before)


def _zone(words: str) -> str:
    """A zone's name without its committee."""
    return words.removesuffix("管理委员会") or words


def _committee(words: str, kind: OrganKind) -> str:
    """A zone stands for the committee that runs it, by one name."""
    if kind is not OrganKind.DEVELOPMENT_ZONE or words.endswith("管理委员会"):
        return words
    return f"{words}管理委员会"


def _own_organ(above: Above, rest: str, name: str) -> Issuer | None:
    """A government or its office."""
    # 71–80 are the county codes that the statistics bureau gives to zones.
    zone = all(unit.code[4] == "7" for unit in above.units)
    short = above.units[0].name
    if rest in _OWN_GOVERNMENT or (zone and rest in ("管委会", "管理委员会")):
        kind = OrganKind.DEVELOPMENT_ZONE if zone else OrganKind.GOVERNMENT
        committee = "" if short.endswith("管委会") else "管理委员会"
        words = committee if zone else "人民政府"
        words = "行政公署" if short.endswith(("地区", "盟")) else words
    elif office := _OFFICE_OF_GOVERNMENT.match(rest):
        government = "行政公署" if short.endswith(("地区", "盟")) else "人民政府"
        kind, words = OrganKind.GOVERNMENT_OFFICE, f"{government}{office[1] or '办公室'}"
    else:
        return None
    return Issuer(above.units, words, kind, short, name[: above.last])
