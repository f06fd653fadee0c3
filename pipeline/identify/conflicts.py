"""What is said of an identity that the print contradicts, or does not give."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from pipeline import doubt
from pipeline.doubt import Doubt
from pipeline.model import Identity


@cache
def _places() -> dict[str, str]:
    """What people call the place that each method of evidence looks at."""
    with Path(__file__).with_name("methods.csv").open(encoding="utf-8", newline="") as file:
        return {row["method"]: row["place"] for row in csv.DictReader(file)}


def conflicts(identity: Identity) -> tuple[Doubt, ...]:
    """Where the print names another year or another issuer than the identity has."""
    doubts: dict[tuple[str, str], Doubt] = {}
    organ, year = identity.organ, identity.report_year
    for evidence in identity.evidence:
        value, method = evidence.value, evidence.method
        place = _places().get(method, "")
        says = f"{place} says" if place and value else ""
        if evidence.field == "report_year" and value != str(year or ""):
            kind, taken = doubt.YEAR, f"the report year is taken as {year or 'unknown'}"
            if method == "date":
                says, value = "a date of publication (落款日期) fits", f"{value} at the latest"
        elif evidence.field == "organ" and (value != organ or method == "later_title"):
            kind, value = doubt.ISSUER, f"“{value}”"
            taken = f"the issuer is taken as “{organ}”" if organ else "no issuer is read"
        else:
            continue
        if says:
            words = f"{taken}, but {says} {value}: “{evidence.text}”"
            subject = (evidence.field, evidence.value)
            doubts.setdefault(subject, Doubt(kind, words, evidence.where))
    if organ or any(known.kind is doubt.ISSUER for known in doubts.values()):
        return tuple(doubts.values())
    unnamed = []
    for evidence in identity.evidence:
        if evidence.field == "organ":
            said = "no title, signature (落款) or line on the issuer (发布机构) names one"
            if evidence.text:
                said = f"“{evidence.text}” names none that can be told"
            unnamed.append(Doubt(doubt.ISSUER, f"no issuer is read: {said}", evidence.where))
    return (*doubts.values(), *unnamed)
