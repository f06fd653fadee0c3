"""The unit that an issuer belongs to, and how it was told from others of the same name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.identify.issuer import Issuer
from pipeline.identify.level import WEBSITE, of_level
from pipeline.identify.locate import locate, other_places, printed_before
from pipeline.identify.printed import Print
from pipeline.model import Evidence
from pipeline.outline import folded
from pipeline.reference import RURAL, Region, Regions
from pipeline.reference.regions import LONGEST_NAME

_MOST_CANDIDATES = 5
_OF_ITS_COUNTY = re.compile(r"([^\W\d_]{2,16}?[县市区旗])(?:县委|市委|区委|旗委|委|人民政府|政府)")


def located(
    printed: Print, issuer: Issuer, named: Evidence, regions: Regions
) -> tuple[Issuer, Region | None, Evidence]:
    """The issuer with what the page adds to its name, its unit, and the evidence for it."""
    unit, line = _located(printed, issuer, named, regions)
    if unit is None and issuer.relative and (found := of_level(printed, issuer, regions)):
        unit, line = found[0], replace(found[1], value=found[0].code)
    if unit and issuer.relative:
        issuer = replace(issuer, units=(unit,), before="", anchored=True)
    elif unit is None and issuer.relative:
        line = replace(line, method="relative", text=issuer.printed)
    return issuer, unit, line


def _located(
    printed: Print, issuer: Issuer, named: Evidence, regions: Regions
) -> tuple[Region | None, Evidence]:
    def at(unit: Region, line: Evidence) -> tuple[Region, Evidence]:
        return unit, replace(line, field="region_code", value=issuer.code(unit))

    if len(issuer.units) == 1 and issuer.anchored:
        return at(issuer.units[0], named)
    for line in printed.contacts if issuer.listed else ():
        # Pages of any county are served on any site: its own words come before the site's.
        if unit := printed_before(issuer, line.text, regions):
            return at(unit, line)
    parts = [("heading", part.words, part.where) for part in printed.outline.heading]
    if title := printed.outline.own_title:  # 海盐县-通元镇
        parts.insert(0, ("title", re.sub(r"[-–—_|]", "", folded(title.text)), title.where))
    lines = [Evidence("", "", *part) for part in parts]
    for line in (*printed.issuer_lines, *printed.signatures, *printed.authors, *printed.path):
        lines.append(replace(line, text=line.value))
    for line in lines:
        if unit := locate(issuer, line.text, regions, cities=True):
            return at(unit, line)
    if len(issuer.units) == 1:
        unit = issuer.units[0]
        if other := _another_county(printed, issuer, unit, regions):
            return None, other
        return at(unit, replace(named, method="unique_name"))
    for line in printed.contacts:
        if unit := locate(issuer, line.text, regions, cities=True):
            return at(unit, line)
    prose = printed.outline.prose
    # Of 市教育局 a text names others than itself.
    nowhere = not issuer.units and issuer.before
    if not nowhere and (unit := locate(issuer, prose.text, regions)):
        first = max(prose.text.find(unit.county_name or unit.city_name), 0)
        return at(unit, Evidence("", "", "body_mention", *prose.quoted(first, first)))
    if not issuer.units:
        return None, Evidence("region_code", "", "not_found", issuer.short, named.where)
    shown = "、".join(unit.full_name for unit in issuer.units[:_MOST_CANDIDATES])
    more = f"等{len(issuer.units)}处" if len(issuer.units) > _MOST_CANDIDATES else ""
    return None, Evidence("region_code", "", "ambiguous", shown + more, named.where)


def _another_county(
    printed: Print, issuer: Issuer, unit: Region, regions: Regions
) -> Evidence | None:
    """Another county that the page names as the issuer's, where it never names the unit's own.

    A town that no table lists may bear the name of the only one that a table does.
    """
    if issuer.kind not in RURAL:
        return None
    lines = list(_about_the_place(printed))
    prose = printed.outline.prose
    for name in re.finditer(re.escape(issuer.short), prose.text):
        before = prose.text[max(0, name.start() - LONGEST_NAME) : name.start()]
        named = regions.named_at_end(before)
        if named and not any(place.contains(unit) or unit.contains(place) for place in named):
            words, where = prose.quoted(*name.span())
            told = f"{unit.full_name}, {named[0].name}: {words}"
            return Evidence("region_code", "", "another_county", told, where)
    # A county that became a city or a district keeps its stem.
    own = [name for name in (unit.county_name[:-1], unit.city_name) if name]
    if any(name in words for name in own for words in (prose.text, *(e.value for e in lines))):
        return None
    for line in lines:
        for place in other_places(line.value, issuer, unit, regions):
            if place in regions.counties:
                told = f"{unit.full_name}, {place}: {line.text}"
                return Evidence("region_code", "", "another_county", told, line.where)
    return None


def _about_the_place(printed: Print) -> Iterator[Evidence]:
    """Words that tell where the issuer is: the contacts, the site, the county it answers to."""
    prose = printed.outline.prose
    for line in printed.contacts:
        yield replace(line, value=line.text)
    for part in printed.outline.heading:
        yield Evidence("", part.words, "heading", part.words, part.where)
    yield from (*printed.path, *printed.issuer_lines)
    for pattern in (WEBSITE, _OF_ITS_COUNTY):
        for hit in pattern.finditer(prose.text):
            yield Evidence("", hit[1], "website", *prose.quoted(*hit.span()))
