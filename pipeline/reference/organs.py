"""Kinds of organs, told by the ending of the name; names in full; whether two are of one organ."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path

from pipeline.reference.regions import without_peoples
from pipeline.text import squeezed


class OrganKind(StrEnum):
    """The `organ_type` of an identity; `organ_types.csv` has the words."""

    GOVERNMENT = "government"
    GOVERNMENT_OFFICE = "government_office"
    TOWNSHIP_GOVERNMENT = "township_government"
    SUBDISTRICT_OFFICE = "subdistrict_office"
    DEPARTMENT = "department"
    DEVELOPMENT_ZONE = "development_zone"
    VERTICAL_BRANCH = "vertical_branch"
    PUBLIC_INSTITUTION = "public_institution"


GOVERNMENTS = (OrganKind.GOVERNMENT, OrganKind.GOVERNMENT_OFFICE)
RURAL = (OrganKind.TOWNSHIP_GOVERNMENT, OrganKind.SUBDISTRICT_OFFICE)


def kind_of(name: str) -> OrganKind | None:
    """The kind whose ending matches the most of the name; None if no ending does."""
    endings, longest = _endings()
    for length in range(min(len(name), longest), 0, -1):
        if kind := endings.get(name[-length:]):
            return kind
    return None


@cache
def _endings() -> tuple[dict[str, OrganKind], int]:
    """The kind of organ by the ending of its name, and the length of the longest ending."""
    with Path(__file__).with_name("organ_types.csv").open(encoding="utf-8", newline="") as file:
        kinds = {row["organ_type"]: row["endings"].split(";") for row in csv.DictReader(file)}
    endings = {ending: OrganKind(kind) for kind, words in kinds.items() for ending in words}
    return endings, max(map(len, endings))


def full_form(name: str) -> str:
    """The name with a short form at its end written out: 昆山市卫健委 → 昆山市卫生健康委员会."""
    for short, full in _short_forms():
        if name.endswith(short):
            return name.removesuffix(short) + full
    return name


def full_place(name: str) -> str:
    """The name with the place that it begins with written out: 喀左县民政局, 通辽市科左中旗."""
    shorts, places = _short_places()
    return places.sub(lambda place: shorts[place[0]], name, count=1)


@cache
def _short_places() -> tuple[dict[str, str], re.Pattern[str]]:
    shorts = dict(_pairs("place_short_forms.csv"))
    return shorts, re.compile(rf"(?:^|(?<=[省市盟州区]))(?:{'|'.join(shorts)})")


@cache
def _short_forms() -> tuple[tuple[str, str], ...]:
    return _pairs("organ_short_forms.csv")


def _pairs(file_name: str) -> tuple[tuple[str, str], ...]:
    """Each short form with what it stands for."""
    with Path(__file__).with_name(file_name).open(encoding="utf-8", newline="") as file:
        return tuple((row["short"], row["full"]) for row in csv.DictReader(file))


class Sameness(StrEnum):
    """What two printed names have to do with each other, as far as the names tell."""

    YES = "yes"  # one organ, shortened or not, or a desk inside it
    OFFICE = "office"  # a government and its office: two organs, and one writes for the other
    FORMER = "former"  # 通元乡 and 通元镇: what became of one township, or two of them
    UNKNOWN = "unknown"  # 镇政府 and 通元镇人民政府: nothing tells
    NO = "no"


ONE_OR_UNKNOWN = (Sameness.YES, Sameness.UNKNOWN)  # nothing speaks against one organ


@dataclass(frozen=True, slots=True)
class _Name:
    """海盐县 + 住房和城乡建设局; of 县住建局 the level 县 in place of the place."""

    place: str
    level: str
    words: str

    @property
    def is_government(self) -> bool:
        return _GOVERNMENT.fullmatch(self.words) is not None


# The characters that end the name of a place, unless they are in the name of an organ:
# 城市管理局, 市场监督管理局, 城乡建设局, 乡村振兴局, 社区矫正局.
_CITY = (
    "(?:(?<!城)市|(?<=城)市(?!管理|建设|规划|综合|行政|运行|更新))"
    "(?!级|场|容|民(?:中心|服务)|政(?:工程|园林|公用|管理|设施|市容))"
)
_RURAL_TOWNSHIP = "(?:(?<!城)乡(?![村镇])|(?<=城)乡(?![村镇]|建设|规划|管理|一体|统筹|环境))"
_ENDS = rf"省(?!级)|{_CITY}|县(?![级域])|(?<!社)区(?![级域划块])|旗|镇(?!企业)|街道|苏木"
_PLACE_END = re.compile(rf"(?<=.)(?:{_ENDS}|[州盟]|{_RURAL_TOWNSHIP})")
# 镇政府, 区住建局, 我镇: of what level the place is, and not which.
_LEVEL = re.compile(rf"({_ENDS}|[州盟]|乡(?![村镇]))")
_OWN_LEVEL = re.compile(rf"[我本该全]({_ENDS}|乡(?![村镇]))")
_RURAL = re.compile("(?:街道|[镇乡]|苏木)$")
_LEVELS = {"市": 1, "州": 1, "盟": 1, "县": 2, "区": 2, "旗": 2}
# The second name in brackets, the party, and the government above: 黄浦区人民政府外滩街道办事处.
_ASIDE = re.compile(r"\([^()]*\)|^中共|人民政府(?=.+(?:街道|镇|乡))")
_GOVERNMENT = re.compile("(?:人民政府|政府|办事处|办)?(?:本级)?")
_DESK = re.compile("(?P<of>.*?)(?P<inner>党政综合|党政|综合)?办(?:公[室厅])?")
_SHORTEST_END = 3  # characters: 建设局 may be the end of a longer name, 局 of any


@lru_cache(maxsize=10_000)
def may_be_one(one: str, other: str) -> Sameness:
    """Whether two printed names may be of one organ: by the places in them, then by the words.

    A place that one of them leaves out agrees with any. What `OFFICE`, `FORMER` and `UNKNOWN` mean
    for a document its rooms decide, each for what it asks.
    """
    if not (one and other):
        return Sameness.UNKNOWN
    names = _named(one), _named(other)
    if names[0] == names[1]:
        return Sameness.YES
    body, place = _one_body(*names), _one_place(*names)
    if Sameness.NO in (body, place):
        return Sameness.NO
    if body is not Sameness.YES:
        return body
    # 人民政府 and 管委会 alone are of any place.
    anywhere = not all(name.place for name in names)
    anyones = all(name.words == "管理委" or name.is_government for name in names)
    return Sameness.UNKNOWN if anywhere and anyones else place


def place_in(name: str) -> str:
    """The place that a name begins with, known or not: 示例县 of 示例县教育局."""
    return _named(name).place


@lru_cache(maxsize=10_000)
def _named(printed: str) -> _Name:
    text = full_form(without_peoples(_ASIDE.sub("", squeezed(printed))))
    text = re.sub("委员会", "委", text.replace("管委会", "管理委员会"))
    own = _OWN_LEVEL.match(text)
    if not own and (ends := list(_PLACE_END.finditer(text))):
        return _Name(text[: ends[-1].end()], "", text[ends[-1].end() :])
    level = own or _LEVEL.match(text)
    return _Name("", level[1] if level else "", text[level.end() :] if level else text)


def _one_body(one: _Name, other: _Name) -> Sameness:
    """Whether the words behind the places may be of one organ."""
    governments = [one.is_government, other.is_government]
    committee = "管理委" in (one.words, other.words) and "" in (one.words, other.words)
    if one.words == other.words or all(governments) or committee:
        return Sameness.YES
    for name, body in ((one, other), (other, one)):
        if (inside := _one_desk(name, body)) is not Sameness.NO:
            return inside
    if any(governments):
        government, rest = (one, other) if governments[0] else (other, one)
        # 海盐 is 海盐县, printed without its ending.
        bare = len(rest.words) > 1 and not (rest.place or rest.level or kind_of(rest.words))
        stem = _PLACE_END.sub("", government.place)
        return Sameness.YES if bare and stem.endswith(rest.words) else Sameness.NO
    short, long = sorted((one, other), key=lambda name: len(name.words))
    if _abbreviates(short.words, long.words):
        return Sameness.YES
    cut = long.words.endswith(short.words) and len(short.words) >= _SHORTEST_END
    return Sameness.UNKNOWN if cut and not (short.place or short.level) else Sameness.NO


def _one_desk(name: _Name, body: _Name) -> Sameness:
    """Whether a desk (党政办, 政府办公室, 教育局办公室) is inside the other organ.

    That of a township is, that of a county's government is an organ of its own.
    """
    desk = _DESK.fullmatch(name.words)
    if desk is None:
        return Sameness.NO
    if not _GOVERNMENT.fullmatch(desk["of"]):
        return Sameness.YES if _abbreviates(desk["of"], body.words) else Sameness.NO
    if body.is_government:
        return Sameness.YES if desk["inner"] or _RURAL.search(name.place) else Sameness.OFFICE
    if other := _DESK.fullmatch(body.words):
        if not _GOVERNMENT.fullmatch(other["of"]):
            return Sameness.NO
        return Sameness.YES if bool(desk["inner"]) is bool(other["inner"]) else Sameness.UNKNOWN
    return Sameness.NO if desk["of"] or name.place or name.level else Sameness.UNKNOWN


def _abbreviates(one: str, other: str) -> bool:
    """Whether one name is short for the other: 住建局 has the first, the last and some between."""
    short, long = sorted((re.sub("办公[室厅]$", "办", words) for words in (one, other)), key=len)
    if not short or short[0] != long[0] or short[-1] != long[-1]:
        return False
    rest = iter(long)
    return short.endswith("分局") is long.endswith("分局") and all(char in rest for char in short)


def _one_place(one: _Name, other: _Name) -> Sameness:
    """Whether the places may be one; 县 and 镇 alone, before the words, stand for any of them."""
    for name, beside in ((one, other), (other, one)):
        if name.level:
            alike = (beside.place or beside.level or name.level).endswith(name.level)
            return Sameness.UNKNOWN if alike else Sameness.NO
    if not (one.place and other.place):
        return Sameness.YES
    short, long = sorted((one.place, other.place), key=len)
    if long.endswith(short):
        return _one_upper("", long.removesuffix(short))
    (above, stem, kind), (other_above, other_stem, other_kind) = sorted(
        (_parted(one.place), _parted(other.place)), key=lambda parts: len(parts[1])
    )
    if not other_stem.endswith(stem):
        return Sameness.NO
    other_above += other_stem.removesuffix(stem)
    place = _one_upper(*sorted((above, other_above), key=len))
    return Sameness.FORMER if place is Sameness.YES and kind != other_kind else place


def _parted(place: str) -> tuple[str, str, str]:
    """What is above the lowest unit, the unit, and the kind of township it is.

    海盐县通元镇 → 海盐县, 通元, 镇; 景德镇市 → nothing, 景德镇市, nothing.
    """
    rural = _RURAL.search(place)
    kind = rural[0] if rural else ""
    last = len(place) - max(len(kind), 1)
    ends = (upper.end() for upper in _PLACE_END.finditer(place, 0, last))
    start = max((end for end in ends if end < last), default=0)
    return place[:start], place[start:].removesuffix(kind), kind


def _one_upper(short: str, long: str) -> Sameness:
    """Whether what is printed above two units of one name may be one place, or leaves it open."""
    # 海盐通元镇 has its county above it; 新通元镇 is another town.
    beside = [_PLACE_END.split(upper)[-1] for upper in (short, long)]
    if beside[0] != beside[1] and 1 in map(len, beside):
        return Sameness.NO
    bare, longer = (_PLACE_END.sub("", upper) for upper in (short, long))
    rest = iter(longer)
    if short in long or bare in _PLACE_END.split(long):
        return Sameness.YES
    if len(bare) > 2 and all(char in rest for char in bare):  # 镇江市扬中市 without its 江苏省
        return Sameness.YES
    ends = [_PLACE_END.findall(upper) for upper in (short, long)]
    levels = [{_LEVELS.get(end, 0) for end in found} for found in ends]
    # A name that begins with its province leaves out nothing.
    whole = any("省" in upper or "自治区" in upper for upper in (short, long))
    return Sameness.NO if whole or levels[0] & levels[1] or not all(levels) else Sameness.UNKNOWN
