"""The place of 区住建局: the one of its level that the page around it names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.identify.issuer import Issuer
from pipeline.identify.places import aboves
from pipeline.identify.printed import Print
from pipeline.model import Evidence
from pipeline.reference import Region, Regions

_ADDRESS = re.compile(r"(?:地址|地点|位于)(?:[:：]|是|为|在)?(?P<words>[^\W\d_]{4,40})")
WEBSITE = re.compile(
    r"([^\W\d_]{2,16}?[县市区旗州盟])(?:(?:人民)?政府(?:门户|信息|信息公开)?网站?|门户网站)"
)
SITE = "website"


def of_level(printed: Print, issuer: Issuer, regions: Regions) -> tuple[Region, Evidence] | None:
    """The one unit of the issuer's level in the address; else in the names of the site.

    None where they name several.
    """
    level = issuer.before
    if not level:
        return None
    for lines in (_addresses(printed), _sites(printed)):
        found: dict[Region, Evidence] = {}
        for line in lines:
            if unit := _named(line, level, regions):
                found.setdefault(unit, line)
        if len(found) == 1:
            return next(iter(found.items()))
        if found:
            return None
    return None


def _addresses(printed: Print) -> Iterator[Evidence]:
    prose = printed.outline.prose
    for hit in _ADDRESS.finditer(prose.text):
        yield Evidence("region_code", hit["words"], "contact", *prose.quoted(*hit.span()))


def _sites(printed: Print) -> Iterator[Evidence]:
    """The names of the site: in the page's own title, its path, its metadata, its text."""
    prose = printed.outline.prose
    for part in printed.outline.heading:
        yield Evidence("region_code", part.words, SITE, part.words, part.where)
    for line in (*printed.path, *printed.issuer_lines):
        yield Evidence("region_code", line.value, SITE, line.text, line.where)
    for hit in WEBSITE.finditer(prose.text):
        yield Evidence("region_code", hit[1], SITE, *prose.quoted(*hit.span()))


def _named(line: Evidence, level: str, regions: Regions) -> Region | None:
    """The unit of a level that a line begins with; of an address, also the one around it.

    A city's organ stands in a district; the site of a district is not the city's.
    """
    known = [above for above in aboves(line.value, regions) if above.units and not above.shortened]
    read = max(known, key=lambda above: above.used, default=None)
    units = read.units if read else regions.named_at_end(line.value)
    if len(units) != 1:
        return None
    (unit,) = units
    if unit.name.endswith(level) or line.method == SITE:
        return unit if unit.name.endswith(level) else None
    around = (
        *regions.cities.get(unit.city_name, ()),
        *regions.provinces.get(unit.province_name, ()),
    )
    upper = [other for other in around if other.contains(unit) and other.name.endswith(level)]
    return upper[0] if upper and unit.kind != "province" else None
