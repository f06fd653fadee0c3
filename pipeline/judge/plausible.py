"""What no sum can tell: figures that this issuer can hardly have. They keep their value, flagged.

S2-RULES-LEVEL: rules (规章) are made by departments of the State Council and by the governments of
provinces, prefectures and cities of that rank (立法法). S2-19-PROC-MEAN: a procurement project
costs 100 to 10 000 000 yuan; outside of that the unit is more likely wrong than the price.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.model import Fact, Finding, Identity, Severity, Verdict
from pipeline.recognise.values import PLAUSIBLE_MEAN

_GOVERNMENTS = ("government", "government_office")

Doubt = tuple[Finding, Fact]  # what is said, and the cell that it is said of


def doubted(
    facts: Sequence[Fact], identity: Identity
) -> tuple[tuple[Fact, ...], tuple[Finding, ...]]:
    """The facts with `source:<check>` on the implausible ones, and a warning for each."""
    doubts = (*_rules(facts, identity), *_procurement(facts))
    names = {fact.key: f"source:{finding.check}" for finding, fact in doubts}
    flagged = tuple(
        replace(fact, flags=(*fact.flags, names[fact.key])) if fact.key in names else fact
        for fact in facts
    )
    return flagged, tuple(dict.fromkeys(finding for finding, _ in doubts))


def _rules(facts: Sequence[Fact], identity: Identity) -> Iterator[Doubt]:
    if _may_make_rules(identity):
        return
    claimed = [fact for fact in facts if fact.concept.startswith("rules_") and fact.value]
    keys = tuple(fact.key for fact in claimed)
    shown = ", ".join(f"{fact.key} {fact.text}" for fact in claimed)
    message = f"{identity.organ} cannot make rules (规章), yet the table prints {shown}"
    for fact in claimed:
        yield _warning("S2-RULES-LEVEL", message, keys, claimed[0].where), fact


def _may_make_rules(identity: Identity) -> bool:
    """Also where it is not known who reports, or at what rank."""
    code = identity.region_code
    ranked = len(code) == 6 and code.endswith("00") and identity.organ_type in _GOVERNMENTS
    return ranked or not code or not identity.organ


def _procurement(facts: Sequence[Fact]) -> Iterator[Doubt]:
    projects = next((fact for fact in facts if fact.concept == "procurement_projects"), None)
    low, high = PLAUSIBLE_MEAN
    for fact in facts:
        if fact.concept != "procurement_amount" or not fact.amount_yuan:
            continue
        if projects is None or not projects.value or projects.value < 0:
            continue
        mean = fact.amount_yuan / projects.value
        if low <= mean <= high:
            continue
        message = (
            f"{projects.text} procurement projects for {fact.text} are {mean:,.0f} yuan each: "
            "the unit of the amount is doubtful"
        )
        yield _warning("S2-19-PROC-MEAN", message, (projects.key, fact.key), fact.where), fact


def _warning(check: str, message: str, keys: tuple[str, ...], where: str) -> Finding:
    return Finding(check, Verdict.FAIL, Severity.WARNING, message, keys, where)
