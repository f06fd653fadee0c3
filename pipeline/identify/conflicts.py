"""What is said of an identity that the print contradicts, or does not give."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline import doubt
from pipeline.doubt import Doubt
from pipeline.identify.methods import needs_another, places
from pipeline.model import Evidence, Identity
from pipeline.reference import is_central

# What is open about the place, by the method that ended there.
_OPEN = {
    "ambiguous": "which place of this name “{organ}” is in is not told: {text}",
    "not_found": "no table of regions has the place of “{organ}”",
    "another_county": "the only place of this name in the table is in another county: {text}",
    "code_of_county": "“{text}” is in no table; the code {code} is that of its county",
    "unlisted": "the report is taken to be on {year}, but {text}",
    "uncoded": "which code {text} had in the report year is in no table",
    "website": "that it is the organ of {code} is told by the site alone: “{text}”",
}


def conflicts(identity: Identity) -> tuple[Doubt, ...]:
    """Where the print names another year or another issuer than the identity has."""
    doubts: dict[tuple[str, str], Doubt] = {}
    organ, year = identity.organ, identity.report_year
    for evidence in identity.evidence:
        value, method = evidence.value, evidence.method
        place = places().get(method, "")
        says = f"{place} says" if place and value else ""
        if evidence.field == "report_year" and value != str(year or ""):
            kind, taken = doubt.YEAR, f"the report year is taken as {year or 'unknown'}"
            if method == "date":
                says, value = "a date of publication (落款日期) fits", f"{value} at the latest"
        elif method == "for_whom":
            words = f"the issuer is taken as “{organ}”, and nothing tells whether the report is"
            words = f"{words} that of “{value}”: “{evidence.text}”"
            doubts[method, value] = Doubt(doubt.ISSUER, words, evidence.where)
            continue
        elif evidence.field == "organ" and (value != organ or method == "later_title"):
            kind, value = doubt.ISSUER, f"“{value}”"
            taken = f"the issuer is taken as “{organ}”" if organ else "no issuer is read"
        else:
            continue
        if says:
            words = f"{taken}, but {says} {value}: “{evidence.text}”"
            subject = (evidence.field, evidence.value)
            doubts.setdefault(subject, Doubt(kind, words, evidence.where))
    unsettled = (*_told_by_one(identity), *_of_place(identity), *_of_year(identity))
    if organ or any(known.kind is doubt.ISSUER for known in doubts.values()):
        return (*doubts.values(), *unsettled)
    return (*doubts.values(), *_unnamed(identity), *unsettled)


def _unnamed(identity: Identity) -> Iterator[Doubt]:
    """That no issuer is read, and the words that might have named one."""
    vague = next((e for e in identity.evidence if e.method == "relative"), None)
    if vague:
        words = f"“{vague.text}” is the name of many organs, and nothing tells of which place"
        yield Doubt(doubt.ISSUER, f"no issuer is read: {words}", vague.where)
        return
    for evidence in identity.evidence:
        if evidence.field == "organ":
            said = "no title, signature (落款) or line on the issuer (发布机构) names one"
            if evidence.text:
                said = f"“{evidence.text}” names none that can be told"
            yield Doubt(doubt.ISSUER, f"no issuer is read: {said}", evidence.where)


def _told_by_one(identity: Identity) -> Iterator[Doubt]:
    """That the issuer is told by one place alone that often names another."""
    told = [e for e in identity.evidence if e.field == "organ" and e.value == identity.organ]
    once = len({evidence.method for evidence in told}) == 1
    if identity.organ and once and needs_another(told[0].method, identity.organ):
        place = places()[told[0].method].removesuffix(",")
        words = f"the issuer “{identity.organ}” is told by {place} alone: “{told[0].text}”"
        yield Doubt(doubt.ISSUER, words, told[0].where)


def _of_place(identity: Identity) -> Iterator[Doubt]:
    """What is open about the place of an issuer."""
    if not identity.organ or is_central(identity.organ):
        return
    for evidence in identity.evidence:
        if evidence.field == "region_code" and (known := _open_place(evidence, identity)):
            yield Doubt(doubt.PLACE, known, evidence.where)


def _open_place(evidence: Evidence, identity: Identity) -> str:
    settled = evidence.value and evidence.method not in ("code_of_county", "unlisted", "website")
    words = "" if settled else _OPEN.get(evidence.method, _OPEN["not_found"])
    year = identity.report_year or "a year that is not known"
    return words.format(organ=identity.organ, text=evidence.text, code=evidence.value, year=year)


def _of_year(identity: Identity) -> Iterator[Doubt]:
    """That no year is read."""
    if identity.report_year is None:
        stated = [e for e in identity.evidence if e.field == "report_year"]
        where = stated[0].where if stated else ""
        yield Doubt(doubt.YEAR, "no report year is read: nothing in the text gives one", where)
