"""Other issuers that the print names where it should name this one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.identify.issuer import GOVERNMENTS, RURAL, Issuer, read_issuer, self_reference
from pipeline.identify.locate import other_places
from pipeline.identify.printed import Print
from pipeline.model import Evidence
from pipeline.outline import Title, folded
from pipeline.reference import Kind, Region, Regions, Sameness, may_be_one

_WEBSITE = re.compile(r"([^\W\d_]{2,16}?[县市区旗州盟])(?:人民)?政府(?:门户)?网站?")
_COUNTY = re.compile(r"[^\W\d_]{2,16}?[县市区旗](?=[^\W\d_])")
_SIDES = set("东西南北中上下前后新老大小内外一二三四五六七八九十")
_OFFICE = re.compile(r"政务|数据|信息|审批|办公[室厅]|网信")
_BESIDE = re.compile(
    r"关于(?P<about>[^\W\d_]{2,20}?)(?=20\d\d|政府信息|政务|信息公开)|\((?P<aside>[^\W\d_]{2,20})\)"
)
_SELF = re.compile(r"(?<![自基根资日])[我本](街道|镇|乡(?!本土)|局)")


def rivals(
    printed: Print,
    issuer: Issuer,
    unit: Region | None,
    method: str,
    regions: Regions,
    year: int | None,
) -> Iterator[Evidence]:
    """Other issuers that the print names where it should name this one."""
    yield from _misnamed(printed, issuer, method, regions, year)
    yield from _titled(printed, issuer, regions, year)
    yield from _beside_the_name(printed, issuer, unit, regions, year)
    yield from _signed(printed, issuer, unit, method, regions, year)
    yield from _written_by(printed, issuer, unit, regions, year)
    yield from _self_words(printed, issuer)
    yield from _almost_listed(issuer, unit, regions)
    if unit is None:
        yield from _misread(printed, issuer, regions)
        return
    sites = [("heading", part.words, part.where) for part in printed.outline.heading]
    for place_method, text, where in (*sites, *printed.contacts):
        for place in other_places(text, issuer, unit, regions):
            yield Evidence("organ", place, place_method, text, where)
    for hit in _WEBSITE.finditer(printed.prose.text):
        where = printed.prose.where(hit.start())
        for place in other_places(hit[1], issuer, unit, regions):
            yield Evidence("organ", place, "website", hit.group(), where)


def further_down(
    printed: Print, organ: str, method: str, regions: Regions, year: int | None
) -> Iterator[Evidence]:
    """The organs of titles far below one that names none: the page may hold another's report.

    A signature at the end may be that of the other report.
    """
    for title in printed.later_titles:
        other = read_issuer(title.name, regions, year)
        if other and (method == "signature" or not organ or not _one_name(title.name, organ)):
            yield Evidence("organ", other.name(None), "later_title", title.text, title.where)


def _misnamed(
    printed: Print, issuer: Issuer, method: str, regions: Regions, year: int | None
) -> Iterator[Evidence]:
    """The name in the title, where it cannot be read and the issuer is told by other words."""
    title = printed.title
    if not title or not title.name or method in ("title", "heading"):
        return
    told = self_reference(title.name) or read_issuer(title.name, regions, year)
    if not told and not _one_name(title.name, issuer.short):
        yield Evidence("organ", title.name, "unread_title", title.text, title.where)


def _misread(printed: Print, issuer: Issuer, regions: Regions) -> Iterator[Evidence]:
    """The county of the contacts, where the name that no table knows has all but one character."""
    for method, text, where in printed.contacts:
        for found in _COUNTY.finditer(text):
            for start in range(found.start(), found.end() - 2):
                county = text[start : found.end()]
                if county in regions.counties and _is_a_slip(county, issuer.short):
                    yield Evidence("organ", county, method, text, where)


def _almost_listed(issuer: Issuer, unit: Region | None, regions: Regions) -> Iterator[Evidence]:
    """The township of the county that an unlisted one has all but one character of."""
    if unit is None or unit.kind != "county" or issuer.listed or issuer.kind not in RURAL:
        return
    for name in dict.fromkeys(other.name for other in regions.within(unit)):
        if len(name) == len(issuer.short) and _is_a_slip(name, issuer.short):
            yield Evidence("organ", name, "region_table", issuer.short)


def _is_a_slip(name: str, printed: str) -> bool:
    """Whether the printed name begins like this one but for a character that tells no sides."""
    pairs = list(zip(name, printed, strict=False))
    slips = [pair for pair in pairs if pair[0] != pair[1]]
    return len(pairs) == len(name) and len(slips) == 1 and not set(slips[0]) <= _SIDES


def _titled(
    printed: Print, issuer: Issuer, regions: Regions, year: int | None
) -> Iterator[Evidence]:
    others: Sequence[tuple[str, Title]] = [
        *(("heading", title) for title in printed.outline.heading_titles),
        *(("preface", title) for title in printed.announced),
        *(("other_title", title) for title in printed.other_titles if title.year),
    ]
    for method, title in others:
        other = read_issuer(title.name, regions, year) if title.name else None
        one = other and may_be_one(other.short, issuer.short) is Sameness.YES
        if other and (other.listed or other.units) and not one:
            yield Evidence("organ", other.name(None), method, title.text, title.where)
    for part in printed.outline.heading if issuer.kind in RURAL else ():
        other = read_issuer(part.words, regions, year)
        if other and other.listed and other.kind in RURAL and not _is_one_organ(issuer, other):
            yield Evidence("organ", other.name(None), "heading", part.words, part.where)


def _beside_the_name(
    printed: Print, issuer: Issuer, unit: Region | None, regions: Regions, year: int | None
) -> Iterator[Evidence]:
    """Whom the title itself names besides: 某县人民政府关于某镇2023年…, …年度报告（某镇）."""
    title = printed.title
    for found in _BESIDE.finditer(folded(title.text)) if title else ():
        other = read_issuer(found["about"] or found["aside"], regions, year)
        if not title or not other or not (other.listed or other.anchored):
            continue
        above = other.kind in GOVERNMENTS and (unit is None or _may_be_above(other, unit))
        second_name = found["aside"] and other.kind not in (*RURAL, *GOVERNMENTS)
        if not (above or second_name or _is_one_organ(issuer, other)):
            yield Evidence("organ", other.name(None), "same_title", title.text, title.where)


def _signed(
    printed: Print,
    issuer: Issuer,
    unit: Region | None,
    method: str,
    regions: Regions,
    year: int | None,
) -> Iterator[Evidence]:
    """Signatures and lines on the issuer that name another, which the first name does not contain.

    A list of names under the text is a menu; the county's government may stand for its site, and
    the line on the issuer for whoever put the page online, where the title names the organ.
    """
    lines = [
        (other, *line)
        for line in (*printed.signatures, *printed.issuer_lines)
        if (other := read_issuer(folded(line[1]), regions, year))
        and (other.listed or other.anchored)
        and (not _is_one_organ(issuer, other) or _is_elsewhere(other, unit))
    ]
    titled = method in ("title", "heading")
    if titled and len({other.short for other, how, *_ in lines if how == "signature"}) > 1:
        return
    for other, how, line, where in lines:
        if other.kind in GOVERNMENTS and (unit is None or _may_be_above(other, unit)):
            continue
        uploader = how != "signature" and not (issuer.kind in RURAL and other.kind in RURAL)
        if not (titled and uploader):
            yield Evidence("organ", other.name(None), how, line, where)


def _written_by(
    printed: Print, issuer: Issuer, unit: Region | None, regions: Regions, year: int | None
) -> Iterator[Evidence]:
    """Others than the issuer that are said to have written the report, or to have done its work."""
    for method, named in (("author", printed.authors), ("actor", printed.actors)):
        for name, text, where in named:
            other = read_issuer(name, regions, year)
            if other and _is_another(issuer, unit, other, name, method):
                place = other.units[0] if other.anchored and len(other.units) == 1 else None
                yield Evidence("organ", other.name(place), method, text, where)


def _is_another(issuer: Issuer, unit: Region | None, other: Issuer, name: str, method: str) -> bool:
    """Whether a sentence on this organ cannot be one on the issuer or on the organ above it."""
    if other.kind in GOVERNMENTS:
        return unit is not None and not _may_be_above(other, unit)
    if not (other.listed or other.anchored):
        return False
    if _is_one_organ(issuer, other):
        return _is_elsewhere(other, unit)
    if issuer.kind in GOVERNMENTS:
        # A county tells what its towns did, and has its office write the report.
        return method == "author" and not _OFFICE.search(name)
    return other.kind in RURAL or issuer.kind not in RURAL


def _is_one_organ(issuer: Issuer, other: Issuer) -> bool:
    """Whether two issuers may be one, or a town and one of its stations, wherever they are."""
    if issuer.kind is other.kind is Kind.DEVELOPMENT_ZONE and set(issuer.units) & set(other.units):
        return True
    return may_be_one(issuer.short, other.short) is not Sameness.NO


def _one_name(name: str, other: str) -> bool:
    return may_be_one(name, other) in (Sameness.YES, Sameness.UNKNOWN)


def _is_elsewhere(other: Issuer, unit: Region | None) -> bool:
    """Whether the other's place is printed, and is neither the unit nor around it nor in it."""
    placed = other.anchored and other.units
    return bool(unit and placed and not _may_be_above(other, unit))


def _may_be_above(other: Issuer, unit: Region) -> bool:
    return any(above.contains(unit) or unit.contains(above) for above in other.units)


def _self_words(printed: Print, issuer: Issuer) -> Iterator[Evidence]:
    """我镇 in the report of a county or of its department, 我局 in that of a town."""
    if issuer.kind in GOVERNMENTS:
        foreign = {"镇", "乡", "街道", "局"}
    elif issuer.kind is Kind.TOWNSHIP_GOVERNMENT:
        foreign = {"局", "街道"}
    elif issuer.kind is Kind.SUBDISTRICT_OFFICE:
        foreign = {"局", "镇", "乡"}
    elif issuer.kind in (Kind.DEPARTMENT, Kind.VERTICAL_BRANCH) and not issuer.listed:
        foreign = {"镇", "乡", "街道"}
    else:
        return
    for hit in _SELF.finditer(printed.prose.text):
        if hit[1] in foreign:
            around, where = printed.prose.quoted(*hit.span())
            yield Evidence("organ", hit.group(), "self_words", around, where)
