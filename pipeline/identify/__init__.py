"""Who reports, where, on which year, for whom: found in the print, each with its evidence.

The title comes before the body; file names and addresses say nothing. Nothing is chosen between
places of one name unless the print tells them apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from pipeline.identify.issuer import Issuer, locate, other_places, read_issuer, self_reference
from pipeline.identify.titles import (
    Prose,
    Title,
    announced,
    find_title,
    find_titles,
    folded,
    heading_parts,
    heading_titles,
    period_years,
    plausible_year,
    prose_of,
    title_end,
)
from pipeline.model import Document, Evidence, Finding, Identity, Scope, Severity, Verdict
from pipeline.reference import Kind, Region, Regions, kind_of

__all__ = ["conflicts", "find_title", "identify"]

_MOST_CANDIDATES = 5
_LONGEST_SIGNATURE = 40
_ISSUER_LINE = re.compile(
    r"(?:发布机构|发布单位|发布机关|公开主体|公开单位|发文机关|发文单位|信息来源|来源|责任部门)[:：]([^\W\d_]{3,40})"
)
_CONTACT = re.compile(r"联系电话|电话[:：(]|联系地址|地址[:：]|邮编|邮政编码|联系人|疑问")
_WEBSITE = re.compile(r"([^\W\d_]{2,16}?[县市区旗州盟])(?:人民)?政府(?:门户)?网站?")
_OPENING_YEAR = re.compile(r"(?:^|\n)(20\d\d)年(?:度|以来|来)?[,，]")
_REGION_WIDE = re.compile(
    r"(?:全[省市县区州旗]|本?行政区域|各(?:乡镇|镇|街道|乡|县|区))[^。\n]{0,40}汇总"
    r"|汇总[^。\n]{0,30}(?:全[省市县区州旗]|行政区域|各(?:乡镇|镇|街道|乡|县))"
    r"|(?:统计|数据)范围[^。\n]{0,20}(?:全[省市县区州旗]|行政区域)"
)
_LEVEL_WIDE = re.compile(
    r"[省市县区州旗]本级[^。\n]{0,30}汇总|汇总[^。\n]{0,30}[省市县区州旗]本级"
    r"|(?:统计|数据)范围[^。\n]{0,20}[省市县区州旗]本级"
)
_OWN = frozenset(Kind) - {Kind.GOVERNMENT}
_PLACES = {
    "heading": "网页标题",
    "other_title": "另一处标题",
    "period_sentence": "统计期限一句",
    "preface": "引言",
    "contact": "联系方式一段",
    "website": "所称政府网站",
}


@dataclass(frozen=True)
class _Print:
    """What a document prints that may tell who reports."""

    document: Document

    @cached_property
    def prose(self) -> Prose:
        return prose_of(self.document)

    @cached_property
    def titles(self) -> tuple[Title, ...]:
        return find_titles(self.document)

    @cached_property
    def headings(self) -> tuple[Title, ...]:
        return heading_titles(self.document)

    @cached_property
    def announced(self) -> tuple[Title, ...]:
        return tuple(announced(self.prose, self.titles[0].text if self.titles else ""))

    @cached_property
    def periods(self) -> tuple[tuple[tuple[int, ...], int, int], ...]:
        return tuple(period_years(self.prose))

    @cached_property
    def title(self) -> Title | None:
        """The most complete title; of several, one that the stated period or the heading backs."""
        if not self.titles:
            return None
        backed = {year for years, _, _ in self.periods[:1] for year in years}
        backed |= {title.year for title in self.headings if title.year}
        complete = (bool(self.titles[0].name), self.titles[0].year is None)
        rivals = [t for t in self.titles if (bool(t.name), t.year is None) == complete]
        return next((title for title in rivals if title.year in backed), rivals[0])

    @cached_property
    def contacts(self) -> tuple[tuple[str, str, str], ...]:
        """The sentences on the period and on whom to contact: method, text, where."""
        text = self.prose.text
        found = [
            ("period_sentence", text[start:end], self.prose.around(start, end), start)
            for _, start, end in self.periods[:1]
        ]
        found += [
            ("contact", hit.group(), self.prose.around(*hit.span()), hit.start())
            for hit in _CONTACT.finditer(text)
        ]
        return tuple((method, around, self.prose.where(at)) for method, _, around, at in found)

    @cached_property
    def issuer_lines(self) -> tuple[tuple[str, str, str], ...]:
        """Names printed as the issuer's, in a column head, under the title or at the end."""
        heads = [
            ("issuer_line", hit[1], self.prose.where(hit.start()))
            for hit in _ISSUER_LINE.finditer(self.prose.text)
        ]
        parts = [(part.rstrip("\n"), where) for part, where in self.prose.parts]
        at = title_end(self.prose, self.title.text if self.title else "")
        below = parts[at : at + 2] if at else []
        signed = [
            ("signature", line, where)
            for line, where in (*below, *reversed(parts[-4:]))
            if len(line) < _LONGEST_SIGNATURE and not re.search(r"[\d,。:]", line) and kind_of(line)
        ]
        return (*heads, *signed)


def identify(document: Document, regions: Regions) -> Identity:
    """Tell the issuer, its region, the report year and the scope from what is printed."""
    printed = _Print(document)
    years = list(_years(printed))
    year = next((plausible_year(e.value) for e in years if e.value), None)
    named, issuer = _issuer(printed, regions, year)
    if issuer is None or issuer.kind is None:
        kind = self_reference(named.text) if named.text else None
        organ = [replace(named, value="", method="self_reference" if kind else "not_found")]
        place = [Evidence("region_code", "", "not_found", named.text, named.where)]
        scope, why = _scope(printed, kind)
        return Identity("", kind or "", "", year, scope, (*organ, *place, *years, why))
    unit, located = _locate(printed, issuer, named, regions)
    name = issuer.name(unit)
    rivals = _rivals(printed, issuer, unit, regions, year)
    scope, why = _scope(printed, issuer.kind)
    evidence = (replace(named, value=name), located, *years, why, *rivals)
    return Identity(name, issuer.kind, located.value, year, scope, evidence)


def conflicts(identity: Identity) -> tuple[Finding, ...]:
    """Where the print names another year or another issuer than the identity has."""
    found: list[Finding] = []
    told: set[tuple[str, str]] = set()
    for evidence in identity.evidence:
        said = (evidence.field, evidence.value)
        if evidence.method not in _PLACES or not evidence.value or said in told:
            continue
        told.add(said)
        place = _PLACES[evidence.method]
        if evidence.field == "report_year" and evidence.value != str(identity.report_year):
            words = f"报告年度取 {identity.report_year}，但{place}写的是 {evidence.value}"
            found.append(_warning("M-YEAR", words, evidence))
        if evidence.field == "organ" and evidence.value != identity.organ:
            words = f"发布机关取“{identity.organ}”，但{place}写的是“{evidence.value}”"
            found.append(_warning("M-ISSUER", words, evidence))
    return tuple(found)


def _warning(check: str, words: str, evidence: Evidence) -> Finding:
    message = f"{words}：{evidence.text}"
    return Finding(check, Verdict.FAIL, Severity.WARNING, message, (), evidence.where)


def _years(printed: _Print) -> Iterator[Evidence]:
    """All years that the print gives for the report, the one to believe first."""
    found = list(_stated_years(printed))
    if not found:
        text = printed.prose.text
        openings = {hit[1]: hit for hit in _OPENING_YEAR.finditer(text)}
        for value, hit in openings.items() if len(openings) == 1 else ():
            where = printed.prose.where(hit.start(1))
            found.append(_year(value, "body_mention", printed.prose.around(*hit.span(1)), where))
    yield from found or [_year("", "not_found", printed.title.text if printed.title else "")]


def _stated_years(printed: _Print) -> Iterator[Evidence]:
    title = printed.title
    if title and title.year:
        yield _year(str(title.year), "title", title.text, title.where)
    for heading in printed.headings:
        if heading.year:
            yield _year(str(heading.year), "heading", heading.text, heading.where)
    for years, start, end in printed.periods[:1]:
        where, text = printed.prose.where(start), printed.prose.text[start:end]
        if len(years) == 1:
            yield _year(str(years[0]), "period_sentence", text, where)
        elif years and title and title.year:
            odd = next(year for year in years if year != title.year)
            yield _year(str(odd), "period_sentence", text, where)
    for other in printed.announced:
        if other.year:
            yield _year(str(other.year), "preface", other.text, other.where)
    for other in printed.titles:
        if title and other.year not in (None, title.year):
            yield _year(str(other.year), "other_title", other.text, other.where)


def _year(value: str, method: str, text: str, where: str = "") -> Evidence:
    return Evidence("report_year", value, method, text, where)


def _issuer(printed: _Print, regions: Regions, year: int | None) -> tuple[Evidence, Issuer | None]:
    """The printed name of the issuer and its reading; the name is kept when it cannot be read."""
    first: Evidence | None = None
    for name, method, text, where in _names(printed):
        issuer = read_issuer(folded(name), regions, year)
        evidence = Evidence("organ", "", method, text, where)
        if issuer and (method in ("title", "heading") or issuer.anchored or issuer.listed):
            return evidence, issuer
        if first is None and self_reference(folded(name)):
            first = replace(evidence, text=name)
    title = printed.title.text if printed.title else ""
    return first or Evidence("organ", "", "not_found", title), None


def _names(printed: _Print) -> Iterator[tuple[str, str, str, str]]:
    """The names that may be the issuer's, the one to believe first: name, method, text, where."""
    if printed.title and printed.title.name:
        yield printed.title.name, "title", printed.title.text, printed.title.where
    for heading in printed.headings:
        if heading.name:
            yield heading.name, "heading", heading.text, heading.where
    for method, line, where in printed.issuer_lines:
        yield line, method, line, where
    for part in heading_parts(printed.document):
        # What ends in 政府 or 网 is the name of the site, and not of who wrote this page.
        if not re.search(r"(?:政府|网站?|平台|信息公开)$", part):
            yield part, "heading", part, "heading"


def _locate(
    printed: _Print, issuer: Issuer, named: Evidence, regions: Regions
) -> tuple[Region | None, Evidence]:
    """The unit that the issuer belongs to, and how it was told from others of the same name."""
    if len(issuer.units) == 1 and issuer.anchored:
        return _located(issuer, issuer.units[0], named.method, named.text, named.where)
    nearby = [("heading", part, "heading") for part in heading_parts(printed.document)]
    for method, text, where in (*nearby, *printed.issuer_lines):
        if unit := locate(issuer, text, regions, cities=True):
            return _located(issuer, unit, method, text, where)
    if len(issuer.units) == 1:
        return _located(issuer, issuer.units[0], "unique_name", named.text, named.where)
    for method, text, where in printed.contacts:
        if unit := locate(issuer, text, regions, cities=True):
            return _located(issuer, unit, method, text, where)
    if unit := locate(issuer, printed.prose.text, regions):
        at = max(printed.prose.text.find(unit.county_name or unit.city_name), 0)
        text = printed.prose.around(at, at)
        return _located(issuer, unit, "body_mention", text, printed.prose.where(at))
    return None, _unlocated(issuer, named)


def _located(
    issuer: Issuer, unit: Region, method: str, text: str, where: str
) -> tuple[Region, Evidence]:
    return unit, Evidence("region_code", issuer.code(unit), method, text, where)


def _unlocated(issuer: Issuer, named: Evidence) -> Evidence:
    if not issuer.units:
        return Evidence("region_code", "", "not_found", issuer.short, named.where)
    shown = "、".join(unit.full_name for unit in issuer.units[:_MOST_CANDIDATES])
    more = f"等{len(issuer.units)}处" if len(issuer.units) > _MOST_CANDIDATES else ""
    return Evidence("region_code", "", "ambiguous", shown + more, named.where)


def _rivals(
    printed: _Print, issuer: Issuer, unit: Region | None, regions: Regions, year: int | None
) -> Iterator[Evidence]:
    """Other issuers that the print names where it should name this one."""
    first = printed.title
    others: Sequence[tuple[str, Title]] = [
        *(("heading", title) for title in printed.headings),
        *(("preface", title) for title in printed.announced),
        *(("other_title", title) for title in printed.titles if title.year and title is not first),
    ]
    for method, title in others:
        other = read_issuer(title.name, regions, year) if title.name else None
        if other and (other.listed or other.units) and other.short != issuer.short:
            yield Evidence("organ", other.name(None), method, title.text, title.where)
    if unit is None:
        return
    for method, text, where in printed.contacts:
        for place in other_places(text, issuer, unit, regions):
            yield Evidence("organ", place, method, text, where)
    for hit in _WEBSITE.finditer(printed.prose.text):
        where = printed.prose.where(hit.start())
        for place in other_places(hit[1], issuer, unit, regions):
            yield Evidence("organ", place, "website", hit.group(), where)


def _scope(printed: _Print, kind: Kind | None) -> tuple[Scope, Evidence]:
    """Whose figures these are, as far as the print says."""
    text = printed.prose.text
    if kind in _OWN:
        return Scope.OWN_ORGAN, Evidence("scope", Scope.OWN_ORGAN, "organ_type", str(kind))
    if kind is Kind.GOVERNMENT:
        for scope, pattern in (
            (Scope.LEVEL_AGGREGATE, _LEVEL_WIDE),
            (Scope.REGION_AGGREGATE, _REGION_WIDE),
        ):
            if hit := pattern.search(text):
                around, where = printed.prose.around(*hit.span()), printed.prose.where(hit.start())
                return scope, Evidence("scope", scope, "period_sentence", around, where)
    return Scope.UNKNOWN, Evidence("scope", Scope.UNKNOWN, "not_found", "")
