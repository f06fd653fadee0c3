"""Who reports, where, on which year, for whom: found in the print, each with its evidence.

The title comes before the body; file names and addresses say nothing. Nothing is chosen between
places of one name unless the print tells them apart.
"""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.identify.conflicts import conflicts
from pipeline.identify.issuer import Issuer, read_issuer, self_reference
from pipeline.identify.locate import locate, printed_before
from pipeline.identify.printed import Print
from pipeline.identify.rivals import further_down, rivals
from pipeline.identify.years import years
from pipeline.model import Evidence, Identity, Scope
from pipeline.outline import Outline, folded
from pipeline.reference import Kind, Region, Regions
from pipeline.text import plausible_year

__all__ = ["conflicts", "identify"]

_MOST_CANDIDATES = 5
_REGION_WIDE = re.compile(
    r"(?:全[省市县区州旗]|本?行政区域|各(?:乡镇|镇|街道|乡|县|区))[^。\n]{0,40}汇总"
    r"|汇总[^。\n]{0,30}(?:全[省市县区州旗]|行政区域|各(?:乡镇|镇|街道|乡|县))"
    r"|(?:统计|数据)范围[^。\n]{0,20}(?:全[省市县区州旗]|行政区域)"
    r"|数据[^。\n]{0,4}(?:包括|包含|涵盖)[^。\n]{0,6}(?:全[省市县区州旗]|各(?:乡镇|镇|街道|乡|县|区))"
    r"|年度?报告?\(汇总\)"
)
_LEVEL_WIDE = re.compile(
    r"[省市县区州旗]本级[^。\n]{0,30}汇总|汇总[^。\n]{0,30}[省市县区州旗]本级"
    r"|(?:统计|数据)范围[^。\n]{0,20}[省市县区州旗]本级"
)
_OWN = frozenset(Kind) - {Kind.GOVERNMENT}


def identify(outline: Outline, regions: Regions) -> Identity:
    """Tell the issuer, its region, the report year and the scope from what is printed."""
    printed = Print(outline)
    found = list(years(printed))
    year = next((plausible_year(e.value) for e in found if e.value), None)
    named, issuer = _issuer(printed, regions, year)
    if issuer is None or issuer.kind is None:
        kind = self_reference(named.text) if named.text else None
        organ = [replace(named, value="", method="self_reference" if kind else "not_found")]
        place = [Evidence("region_code", "", "not_found", named.text, named.where)]
        scope, why = _scope(printed, kind)
        later = further_down(printed, "", named.method, regions, year)
        return Identity("", kind or "", "", year, scope, (*organ, *place, *found, why, *later))
    unit, located = _locate(printed, issuer, named, regions)
    name = issuer.name(unit)
    others = (
        *rivals(printed, issuer, unit, named.method, regions, year),
        *further_down(printed, name, named.method, regions, year),
    )
    scope, why = _scope(printed, issuer.kind)
    evidence = (replace(named, value=name), located, *found, why, *others)
    return Identity(name, issuer.kind, located.value, year, scope, evidence)


def _issuer(printed: Print, regions: Regions, year: int | None) -> tuple[Evidence, Issuer | None]:
    """The printed name of the issuer and its reading; the name is kept when it cannot be read."""
    first: Evidence | None = None
    for name, method, text, where in printed.names():
        issuer = read_issuer(folded(name), regions, year)
        evidence = Evidence("organ", "", method, text, where)
        if issuer and (method in ("title", "heading") or issuer.anchored or issuer.listed):
            return evidence, issuer
        if first is None and self_reference(folded(name)):
            first = replace(evidence, text=name)
    title = printed.title.text if printed.title else ""
    return first or Evidence("organ", "", "not_found", title), None


def _locate(
    printed: Print, issuer: Issuer, named: Evidence, regions: Regions
) -> tuple[Region | None, Evidence]:
    """The unit that the issuer belongs to, and how it was told from others of the same name."""
    if len(issuer.units) == 1 and issuer.anchored:
        return _located(issuer, issuer.units[0], named.method, named.text, named.where)
    for method, text, where in printed.contacts:
        # Pages of any county are served on any site: its own words come before the site's.
        if issuer.listed and (unit := printed_before(issuer, text, regions)):
            return _located(issuer, unit, method, text, where)
    nearby = [("heading", part.words, part.where) for part in printed.outline.heading]
    if printed.title:  # 海盐县-通元镇
        title = re.sub(r"[-–—_|]", "", folded(printed.title.text))
        nearby.insert(0, ("title", title, printed.title.where))
    written = (("author", name, where) for name, _, where in printed.authors)
    for method, text, where in (*nearby, *printed.issuer_lines, *printed.signatures, *written):
        if unit := locate(issuer, text, regions, cities=True):
            return _located(issuer, unit, method, text, where)
    if len(issuer.units) == 1:
        return _located(issuer, issuer.units[0], "unique_name", named.text, named.where)
    for method, text, where in printed.contacts:
        if unit := locate(issuer, text, regions, cities=True):
            return _located(issuer, unit, method, text, where)
    if not issuer.units and issuer.before:  # of 市教育局 a text names others than itself
        return None, _unlocated(issuer, named)
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


def _scope(printed: Print, kind: Kind | None) -> tuple[Scope, Evidence]:
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
                around, where = printed.prose.quoted(*hit.span())
                return scope, Evidence("scope", scope, "period_sentence", around, where)
    return Scope.UNKNOWN, Evidence("scope", Scope.UNKNOWN, "not_found", "")
