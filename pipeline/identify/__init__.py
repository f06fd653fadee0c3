"""Who reports, where, on which year, for whom: found in the print, each with its evidence.

The title comes before the body; file names and addresses say nothing. Nothing is chosen between
places of one name unless the print tells them apart.
"""

from __future__ import annotations

from dataclasses import replace

from pipeline.identify.conflicts import conflicts
from pipeline.identify.issuer import Issuer, read_issuer, self_reference
from pipeline.identify.located import located
from pipeline.identify.printed import Print
from pipeline.identify.rivals import further_down, rivals
from pipeline.identify.scope import scope_of
from pipeline.identify.whose import agreeing, for_whom, named_issuer
from pipeline.identify.years import years
from pipeline.model import Evidence, Identity
from pipeline.outline import Outline
from pipeline.reference import (
    RURAL,
    Region,
    Regions,
    RegionsOfYear,
    can_stand,
    in_year,
    said_once,
)
from pipeline.text import plausible_year

__all__ = ["conflicts", "identify"]


def identify(outline: Outline, regions: Regions) -> Identity:
    """Tell the issuer, its region, the report year and the scope from what is printed."""
    printed = Print(outline)
    dated = tuple(years(printed))
    year = next((plausible_year(stated.value) for stated in dated if stated.value), None)
    then = in_year(regions, year)

    def read(name: str) -> Issuer | None:
        return read_issuer(name, then, year) if can_stand(said_once(name)) else None

    named, issuer = named_issuer(printed, read)
    if issuer is None or issuer.kind is None:
        kind, name = self_reference(named.text), ""
        named = replace(named, value="", method="self_reference" if kind else "not_found")
        place = replace(named, field="region_code", method="not_found")
        others = tuple(further_down(printed, name, named.method, read))
    else:
        issuer, unit, place = located(printed, issuer, named, then)
        rival: tuple[Evidence, ...] = ()
        if unit:
            place = _of_its_year(place, unit, then)
            issuer, open_question = for_whom(printed, issuer, unit, named)
            rival = (open_question,) if open_question else ()
        kind, name = issuer.kind, issuer.name(unit)
        name = "" if issuer.relative or not can_stand(name) else name
        if kind in RURAL and unit and unit.kind == "county" and place.value:
            rival = (*rival, replace(place, method="code_of_county", text=issuer.short))
        others = (
            *rival,
            *rivals(printed, issuer, unit, named.method, then, read),
            *further_down(printed, name, named.method, read),
            *agreeing(printed, named, name),
        )
    scope, why = scope_of(outline, kind)
    evidence = (replace(named, value=name), place, *dated, why, *others)
    return Identity(name, kind or "", place.value, year, scope, evidence)


def _of_its_year(place: Evidence, unit: Region, regions: RegionsOfYear) -> Evidence:
    """The place, with what the lists of the report's year say of it where they do not have it.

    Then a county or a city has no code; a township keeps that of the nearest edition, if it is in
    the county that it was in.
    """
    if said := regions.unlisted(unit):
        code = place.value if unit.is_township else ""
        return replace(place, value=code, method="unlisted", text=said)
    if unit.is_township and not unit.code:
        return replace(place, method="uncoded", text=unit.full_name)
    return place
