"""Who reports, where, on which year, for whom: found in the print, each with its evidence.

The title comes before the body; file names and addresses say nothing. Nothing is chosen between
places of one name unless the print tells them apart.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial

from pipeline.identify.conflicts import conflicts
from pipeline.identify.issuer import Issuer, Read, read_issuer, self_reference
from pipeline.identify.locate import locate, printed_before
from pipeline.identify.printed import TITLED, Print
from pipeline.identify.rivals import further_down, rivals
from pipeline.identify.years import years
from pipeline.model import Evidence, Identity, Scope
from pipeline.outline import Outline, folded
from pipeline.reference import OrganKind, Region, Regions, in_year
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


def identify(outline: Outline, regions: Regions) -> Identity:
    """Tell the issuer, its region, the report year and the scope from what is printed."""
    printed = Print(outline)
    dated = tuple(years(printed))
    year = next((plausible_year(stated.value) for stated in dated if stated.value), None)
    regions = in_year(regions, year)
    read: Read = partial(read_issuer, regions=regions, year=year)
    named, issuer = _issuer(printed, read)
    if issuer is None or issuer.kind is None:
        kind, name = self_reference(named.text), ""
        named = replace(named, value="", method="self_reference" if kind else "not_found")
        place = replace(named, field="region_code", method="not_found")
        others = tuple(further_down(printed, name, named.method, read))
    else:
        unit, place = _locate(printed, issuer, named, regions)
        kind, name = issuer.kind, issuer.name(unit)
        unlisted = [said for said in [unit and regions.unlisted(unit)] if said]
        if unlisted and unit and not unit.is_township:
            place = replace(place, value="")
        others = (
            *(Evidence("region_code", "", "unlisted", said, place.where) for said in unlisted),
            *rivals(printed, issuer, unit, named.method, regions, read),
            *further_down(printed, name, named.method, read),
        )
    scope, why = _scope(outline, kind)
    evidence = (replace(named, value=name), place, *dated, why, *others)
    return Identity(name, kind or "", place.value, year, scope, evidence)


def _issuer(printed: Print, read: Read) -> tuple[Evidence, Issuer | None]:
    """The printed name of the issuer and its reading; the name is kept when it cannot be read."""
    own: Evidence | None = None
    for named in printed.names():
        issuer = read(folded(named.value))
        titled = named.method in TITLED
        if issuer and (titled or issuer.placed):
            return named, issuer
        if own is None and self_reference(folded(named.value)):
            own = replace(named, text=named.value)
    title = printed.outline.own_title
    return own or Evidence("organ", "", "not_found", title.text if title else ""), None


def _locate(
    printed: Print, issuer: Issuer, named: Evidence, regions: Regions
) -> tuple[Region | None, Evidence]:
    """The unit that the issuer belongs to, and how it was told from others of the same name."""

    def located(unit: Region, line: Evidence) -> tuple[Region, Evidence]:
        return unit, replace(line, field="region_code", value=issuer.code(unit))

    if len(issuer.units) == 1 and issuer.anchored:
        return located(issuer.units[0], named)
    for line in printed.contacts if issuer.listed else ():
        # Pages of any county are served on any site: its own words come before the site's.
        if unit := printed_before(issuer, line.text, regions):
            return located(unit, line)
    parts = [("heading", part.words, part.where) for part in printed.outline.heading]
    if title := printed.outline.own_title:  # 海盐县-通元镇
        parts.insert(0, ("title", re.sub(r"[-–—_|]", "", folded(title.text)), title.where))
    lines = [Evidence("", "", *part) for part in parts]
    for line in (*printed.issuer_lines, *printed.signatures, *printed.authors):
        lines.append(replace(line, text=line.value))
    for line in lines:
        if unit := locate(issuer, line.text, regions, cities=True):
            return located(unit, line)
    if len(issuer.units) == 1:
        return located(issuer.units[0], replace(named, method="unique_name"))
    for line in printed.contacts:
        if unit := locate(issuer, line.text, regions, cities=True):
            return located(unit, line)
    prose = printed.outline.prose
    # Of 市教育局 a text names others than itself.
    nowhere = not issuer.units and issuer.before
    if not nowhere and (unit := locate(issuer, prose.text, regions)):
        at = max(prose.text.find(unit.county_name or unit.city_name), 0)
        return located(unit, Evidence("", "", "body_mention", *prose.quoted(at, at)))
    if not issuer.units:
        return None, Evidence("region_code", "", "not_found", issuer.short, named.where)
    shown = "、".join(unit.full_name for unit in issuer.units[:_MOST_CANDIDATES])
    more = f"等{len(issuer.units)}处" if len(issuer.units) > _MOST_CANDIDATES else ""
    return None, Evidence("region_code", "", "ambiguous", shown + more, named.where)


def _scope(outline: Outline, kind: OrganKind | None) -> tuple[Scope, Evidence]:
    """Whose figures these are, as far as the print says."""
    if kind not in (None, OrganKind.GOVERNMENT):
        return Scope.OWN_ORGAN, Evidence("scope", Scope.OWN_ORGAN, "organ_type", str(kind))
    wide = ((Scope.LEVEL_AGGREGATE, _LEVEL_WIDE), (Scope.REGION_AGGREGATE, _REGION_WIDE))
    for scope, pattern in wide if kind else ():
        if hit := pattern.search(outline.prose.text):
            words = outline.prose.quoted(*hit.span())
            return scope, Evidence("scope", scope, "period_sentence", *words)
    return Scope.UNKNOWN, Evidence("scope", Scope.UNKNOWN, "not_found", "")
