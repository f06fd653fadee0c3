"""Other issuers that the print names where it should name this one, and what is said of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.identify.issuer import Issuer, other_places, read_issuer
from pipeline.identify.printed import Print
from pipeline.identify.prose import folded
from pipeline.identify.titles import Title, heading_parts
from pipeline.model import Evidence, Finding, Identity, Severity, Verdict
from pipeline.reference import Kind, Region, Regions

_WEBSITE = re.compile(r"([^\W\d_]{2,16}?[县市区旗州盟])(?:人民)?政府(?:门户)?网站?")
_PLACES = {
    "heading": "the page's own title (网页标题)",
    "other_title": "another title",
    "same_title": "the same title",
    "period_sentence": "the sentence on the period (统计期限)",
    "preface": "the preface (引言)",
    "body_mention": "the opening of the text",
    "signature": "the signature (落款)",
    "issuer_line": "the line on the issuer (发布机构)",
    "source_line": "the line on the source (来源)",
    "self_words": "the text",
    "contact": "the paragraph on contacts (联系方式)",
    "website": "the website it names",
}
_GOVERNMENTS = (Kind.GOVERNMENT, Kind.GOVERNMENT_OFFICE)
_RURAL = (Kind.TOWNSHIP_GOVERNMENT, Kind.SUBDISTRICT_OFFICE)
_SELF = re.compile(r"(?<![自基根资日])[我本](街道|镇|乡(?!本土)|局)")


def conflicts(identity: Identity) -> tuple[Finding, ...]:
    """Where the print names another year or another issuer than the identity has."""
    found: list[Finding] = []
    told: set[tuple[str, str]] = set()
    for evidence in identity.evidence:
        said = (evidence.field, evidence.value)
        words = _contradiction(evidence, identity)
        if not words or said in told:
            continue
        told.add(said)
        check = "M-YEAR" if evidence.field == "report_year" else "M-ISSUER"
        message = f"{words}: “{evidence.text}”"
        found.append(Finding(check, Verdict.FAIL, Severity.WARNING, message, (), evidence.where))
    return tuple(found)


def _contradiction(evidence: Evidence, identity: Identity) -> str:
    place = _PLACES.get(evidence.method, "")
    if evidence.field == "report_year" and evidence.value != str(identity.report_year or ""):
        taken = f"the report year is taken as {identity.report_year or 'unknown'}"
        if evidence.method == "date":
            return (
                f"{taken}, but a date of publication (落款日期) fits {evidence.value} at the latest"
            )
        return f"{taken}, but {place} says {evidence.value}" if place and evidence.value else ""
    if evidence.field == "organ" and place and evidence.value not in ("", identity.organ):
        taken = (
            f"the issuer is taken as “{identity.organ}”" if identity.organ else "no issuer is read"
        )
        return f"{taken}, but {place} says “{evidence.value}”"
    return ""


def rivals(
    printed: Print,
    issuer: Issuer,
    unit: Region | None,
    method: str,
    regions: Regions,
    year: int | None,
) -> Iterator[Evidence]:
    """Other issuers that the print names where it should name this one."""
    yield from _titled(printed, issuer, regions, year)
    yield from _signed(printed, issuer, unit, method, regions, year)
    yield from _self_words(printed, issuer)
    if unit is None:
        return
    for place_method, text, where in printed.contacts:
        for place in other_places(text, issuer, unit, regions):
            yield Evidence("organ", place, place_method, text, where)
    for hit in _WEBSITE.finditer(printed.prose.text):
        where = printed.prose.where(hit.start())
        for place in other_places(hit[1], issuer, unit, regions):
            yield Evidence("organ", place, "website", hit.group(), where)


def _titled(
    printed: Print, issuer: Issuer, regions: Regions, year: int | None
) -> Iterator[Evidence]:
    others: Sequence[tuple[str, Title]] = [
        *(("heading", title) for title in printed.headings),
        *(("preface", title) for title in printed.announced),
        *(("other_title", title) for title in printed.other_titles if title.year),
    ]
    for method, title in others:
        other = read_issuer(title.name, regions, year) if title.name else None
        if other and (other.listed or other.units) and other.short != issuer.short:
            yield Evidence("organ", other.name(None), method, title.text, title.where)
    for part in heading_parts(printed.document) if issuer.kind in _RURAL else ():
        other = read_issuer(part, regions, year)
        if other and other.listed and other.kind in _RURAL and not _is_one_organ(issuer, other):
            yield Evidence("organ", other.name(None), "heading", part, "heading")


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
        and not _is_one_organ(issuer, other)
    ]
    titled = method in ("title", "heading")
    if titled and len({other.short for other, how, *_ in lines if how == "signature"}) > 1:
        return
    for other, how, line, where in lines:
        if other.kind in _GOVERNMENTS and (unit is None or _may_be_above(other, unit)):
            continue
        uploader = how != "signature" and not (issuer.kind in _RURAL and other.kind in _RURAL)
        if not (titled and uploader):
            yield Evidence("organ", other.name(None), how, line, where)


def _is_one_organ(issuer: Issuer, other: Issuer) -> bool:
    return issuer.short in other.short or other.short in issuer.short


def _may_be_above(other: Issuer, unit: Region) -> bool:
    return any(above.contains(unit) or unit.contains(above) for above in other.units)


def _self_words(printed: Print, issuer: Issuer) -> Iterator[Evidence]:
    """我镇 in the report of a county or of its department, 我局 in that of a town."""
    if issuer.kind in _GOVERNMENTS:
        foreign = {"镇", "乡", "街道", "局"}
    elif issuer.kind in _RURAL:
        foreign = {"局"}
    elif issuer.kind in (Kind.DEPARTMENT, Kind.VERTICAL_BRANCH) and not issuer.listed:
        foreign = {"镇", "乡", "街道"}
    else:
        return
    for hit in _SELF.finditer(printed.prose.text):
        if hit[1] in foreign:
            around, where = printed.prose.around(*hit.span()), printed.prose.where(hit.start())
            yield Evidence("organ", hit.group(), "self_words", around, where)
