"""Other issuers that the print names where it should name this one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from pipeline.identify.issuer import Issuer, Read, self_reference
from pipeline.identify.level import WEBSITE
from pipeline.identify.locate import other_places
from pipeline.identify.methods import TITLED
from pipeline.identify.printed import Print
from pipeline.model import Evidence
from pipeline.outline import folded
from pipeline.reference import (
    GOVERNMENTS,
    ONE_OR_UNKNOWN,
    RURAL,
    OrganKind,
    Region,
    Regions,
    Sameness,
    may_be_one,
)

_COUNTY = re.compile(r"[^\W\d_]{2,16}?[县市区旗](?=[^\W\d_])")
_OWN_LINE = re.compile(r"[^\W\d_]{2,20}20\d\d年度?政府信息公开(?:工作)?(?:年度)?(?:工作)?报告")
_SIDES = set("东西南北中上下前后新老大小内外一二三四五六七八九十")
_OFFICE = re.compile(r"政务|数据|信息|审批|办公[室厅]|网信")
_BESIDE = re.compile(
    r"关于(?P<about>[^\W\d_]{2,20}?)(?=20\d\d|政府信息|政务|信息公开)|\((?P<aside>[^\W\d_]{2,20})\)"
)
_SELF = re.compile(r"(?<![自基根资日])[我本](街道|镇|乡(?!本土)|局)")
_OF_ALL = re.compile("(?<![自基根资日])我(?:[县旗]|[市区](?!政府办))")
# What an organ does not call itself: no county and no department of one says 我镇.
_NOT_ITSELF: Mapping[OrganKind | None, tuple[str, ...]] = {
    **dict.fromkeys(GOVERNMENTS, ("镇", "乡", "街道", "局")),
    **dict.fromkeys((OrganKind.DEPARTMENT, OrganKind.VERTICAL_BRANCH), ("镇", "乡", "街道")),
    OrganKind.TOWNSHIP_GOVERNMENT: ("局", "街道"),
    OrganKind.SUBDISTRICT_OFFICE: ("局", "镇", "乡"),
}


def rivals(
    printed: Print, issuer: Issuer, unit: Region | None, method: str, regions: Regions, read: Read
) -> Iterator[Evidence]:
    """Other issuers that the print names where it should name this one."""
    outline, prose = printed.outline, printed.outline.prose
    title = outline.own_title
    if title and title.name and method not in TITLED:
        # The title's name cannot be read, and the issuer is told by other words.
        told = self_reference(title.name) or read(title.name)
        if not told and may_be_one(title.name, issuer.short) not in ONE_OR_UNKNOWN:
            yield Evidence("organ", title.name, "unread_title", title.text, title.where)
    yield from _titled(printed, issuer, read)
    yield from _beside_the_name(printed, issuer, unit, read)
    yield from _signed(printed, issuer, unit, method, read)
    yield from _written_by(printed, issuer, unit, read)
    if not issuer.listed or issuer.kind in (*RURAL, *GOVERNMENTS):  # a town's own station is of it
        for hit in _SELF.finditer(prose.text):
            if hit[1] in _NOT_ITSELF.get(issuer.kind, ()):
                yield Evidence("organ", hit[0], "self_words", *prose.quoted(*hit.span()))
    if method not in TITLED:
        yield from _of_the_other_places(printed, issuer, unit, read)
    yield from _almost_named(printed, issuer, unit, regions)
    if unit is None:
        return
    sites = [("heading", part.words, part.words, part.where) for part in outline.heading]
    sites += [(line.method, line.text, line.text, line.where) for line in printed.contacts]
    for hit in WEBSITE.finditer(prose.text):
        sites.append(("website", hit[1], hit[0], prose.where(hit.start())))
    for how, words, text, where in sites:
        for place in other_places(words, issuer, unit, regions):
            yield Evidence("organ", place, how, text, where)


def _of_the_other_places(
    printed: Print, issuer: Issuer, unit: Region | None, read: Read
) -> Iterator[Evidence]:
    """Whoever else stands where an issuer does, if no title says who it is.

    The government above a town or a bureau counts too, and a text that speaks for a whole county.
    """
    for line in printed.names():
        other = read(folded(line.value))
        if not (other and other.placed):
            continue
        one = _is_one_organ(issuer, other) and _may_be_there(other, unit)
        helper = issuer.kind in GOVERNMENTS and _OFFICE.search(line.value)
        if not (one or helper):
            yield replace(line, value=other.name(None))
    prose = printed.outline.prose
    if own := _SELF.search(prose.text):
        if issuer.kind in RURAL and own[1] not in issuer.short:
            yield Evidence("organ", own[0], "self_words", *prose.quoted(*own.span()))
    elif issuer.kind not in (*GOVERNMENTS, OrganKind.DEVELOPMENT_ZONE):
        for hit in _OF_ALL.finditer(prose.text):
            yield Evidence("organ", hit[0], "self_words", *prose.quoted(*hit.span()))


def further_down(printed: Print, organ: str, method: str, read: Read) -> Iterator[Evidence]:
    """The organs of titles far below one that names none: the page may hold another's report.

    A signature at the end may be that of the other report.
    """
    title = printed.outline.own_title
    if title is None or title.name:
        return
    for later in printed.outline.later_titles:
        if later.name and later.year in (None, title.year) and (other := read(later.name)):
            one = (
                organ and method != "signature" and may_be_one(later.name, organ) in ONE_OR_UNKNOWN
            )
            if not one:
                yield Evidence("organ", other.name(None), "later_title", later.text, later.where)


def _almost_named(
    printed: Print, issuer: Issuer, unit: Region | None, regions: Regions
) -> Iterator[Evidence]:
    """The listed name that the issuer's unlisted one begins with but for a character.

    It is a township's of its county or, of an issuer that no table knows, the contacts' county; a
    character that tells two sides of a place is no slip.
    """
    short = issuer.short
    names: list[Evidence] = []
    if unit is None:
        for line in printed.contacts:
            for hit in _COUNTY.finditer(line.text):
                counties = (hit[0][start:] for start in range(len(hit[0]) - 2))
                known = (county for county in counties if county in regions.counties)
                names += (replace(line, field="organ", value=county) for county in known)
    elif unit.kind == "county" and issuer.kind in RURAL and not issuer.listed:
        for town in dict.fromkeys(other.name for other in regions.within(unit)):
            if len(town) == len(short):
                names.append(Evidence("organ", town, "region_table", short))
    for name in names:
        pairs = list(zip(name.value, short, strict=False))
        slips = [pair for pair in pairs if pair[0] != pair[1]]
        whole = (
            len(pairs) == len(name.value) and pairs[-1] not in slips
        )  # not 五华区 for 五华产业园
        if whole and len(slips) == 1 and not set(slips[0]) <= _SIDES:
            yield name


def _titled(printed: Print, issuer: Issuer, read: Read) -> Iterator[Evidence]:
    """The organs of the declared heading, of the preface and of other titles."""
    titles = [("heading", title) for title in printed.outline.heading_titles]
    titles += [("preface", title) for title in printed.outline.announced]
    titles += [("other_title", title) for title in printed.other_titles if title.year]
    for method, title in titles:
        other = read(title.name) if title.name else None
        one = other and may_be_one(other.short, issuer.short) is Sameness.YES
        # A whole title below another says whose it is, though no table knows the place.
        whole = (
            method == "preface"
            and other is not None
            and other.kind in RURAL
            and _OWN_LINE.fullmatch(folded(title.text)) is not None
            and may_be_one(other.short, issuer.short) is Sameness.NO
        )
        if other and method == "preface" and _is_office_of(issuer, other):
            one = False  # it may have written for its government
        if other and (other.listed or other.units or whole) and not one:
            yield Evidence("organ", other.name(None), method, title.text, title.where)
    for part in printed.outline.heading if issuer.kind in RURAL else ():
        other = read(part.words)
        if other and other.listed and other.kind in RURAL and not _is_one_organ(issuer, other):
            yield Evidence("organ", other.name(None), "heading", part.words, part.where)


def _beside_the_name(
    printed: Print, issuer: Issuer, unit: Region | None, read: Read
) -> Iterator[Evidence]:
    """Whom the title itself names besides: 某县人民政府关于某镇2023年…, …年度报告（某镇）."""
    title = printed.outline.own_title
    if title is None:
        return
    for name in _BESIDE.finditer(folded(title.text)):
        other = read(name["about"] or name["aside"])
        if not other or not other.placed:
            continue
        above = other.kind in GOVERNMENTS and _is_around(other, unit)
        second_name = name["aside"] and other.kind not in (*RURAL, *GOVERNMENTS)
        if not (above or second_name or _is_one_organ(issuer, other)):
            yield Evidence("organ", other.name(None), "same_title", title.text, title.where)


def _signed(
    printed: Print, issuer: Issuer, unit: Region | None, method: str, read: Read
) -> Iterator[Evidence]:
    """Signatures and lines on the issuer that name another, which the first name does not contain.

    A list of names under the text is a menu; the county's government may stand for its site, and
    the line on the issuer for whoever put the page online, where the title names the organ.
    """
    lines = [
        (other, line)
        for line in (*printed.signatures, *printed.issuer_lines)
        if (other := read(folded(line.value)))
        and other.placed
        and not (_is_one_organ(issuer, other) and _may_be_there(other, unit))
    ]
    titled = method in TITLED
    signed = {other.short for other, line in lines if line.method == "signature"}
    if titled and len(signed) > 1:
        return
    for other, line in lines:
        rural = issuer.kind in RURAL and other.kind in RURAL
        uploader = titled and line.method != "signature" and not rural
        if not uploader and not (other.kind in GOVERNMENTS and _is_around(other, unit)):
            yield replace(line, value=other.name(None))


def _written_by(
    printed: Print, issuer: Issuer, unit: Region | None, read: Read
) -> Iterator[Evidence]:
    """Others than the issuer that are said to have written the report, or to have done its work."""
    for line in (*printed.authors, *printed.actors):
        other = read(line.value)
        if other is None:
            continue
        if other.kind in GOVERNMENTS:
            another = not _is_around(other, unit)
        elif not other.placed:
            another = False
        elif _is_one_organ(issuer, other):
            another = not _may_be_there(other, unit)
        elif issuer.kind in GOVERNMENTS:
            # A county tells what its towns did, and has its office write the report.
            another = line.method == "author" and not _OFFICE.search(line.value)
        else:
            another = other.kind in RURAL or issuer.kind not in RURAL
        if another:
            place = other.units[0] if other.anchored and len(other.units) == 1 else None
            yield replace(line, value=other.name(place))


def _is_office_of(office: Issuer, other: Issuer) -> bool:
    kinds = (office.kind, other.kind)
    return kinds == (OrganKind.GOVERNMENT_OFFICE, OrganKind.GOVERNMENT)


def _is_one_organ(issuer: Issuer, other: Issuer) -> bool:
    """Whether two issuers may be one, or a town and one of its stations, wherever they are."""
    if issuer.kind is other.kind is OrganKind.DEVELOPMENT_ZONE and set(issuer.units) & set(
        other.units
    ):
        return True
    return may_be_one(issuer.short, other.short) is not Sameness.NO


def _may_be_there(other: Issuer, unit: Region | None) -> bool:
    """Whether the other's place, where it is printed, is the unit or around it or in it."""
    return not (other.anchored and other.units) or _is_around(other, unit)


def _is_around(other: Issuer, unit: Region | None) -> bool:
    """Whether one of the places of the other is the unit or around it or in it."""
    return unit is None or any(p.contains(unit) or unit.contains(p) for p in other.units)
