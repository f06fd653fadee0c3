"""Figures that add up and still cannot be right: they keep their value and are flagged."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.doubt import Severity
from pipeline.judge.plausible import implausible
from pipeline.model import Fact, Identity, Scope, UnitSource
from tests.literal_reports import fact

TOWN = Identity(
    "示例省示例市示例县霁川镇人民政府", "township_government", "990121101", 2022, Scope.OWN_ORGAN
)
RULES = (fact("rules_issued", "2"), fact("rules_repealed", "6"), fact("rules_in_force", "0"))


def _flags(facts: tuple[Fact, ...], identity: Identity = TOWN) -> list[tuple[str, str]]:
    said = list(implausible(facts, identity))
    assert all(known.kind.severity is Severity.WARNING for known in said)
    return sorted((key, known.kind.flag) for known in said for key in known.flagged)


def test_a_township_makes_no_rules() -> None:
    (said,) = implausible(RULES, TOWN)
    assert said.cells == ("rules_issued", "rules_repealed")
    assert "霁川镇" in said.words
    assert _flags(RULES) == [
        ("rules_issued", "source:S2-RULES-LEVEL"),
        ("rules_repealed", "source:S2-RULES-LEVEL"),
    ]


@pytest.mark.parametrize(
    ("kind", "code", "may"),
    [
        ("government", "990000", True),
        ("government_office", "990100", True),
        ("government", "", True),  # who it is, is not known
        ("government", "990121", False),
        ("department", "990100", False),
        ("subdistrict_office", "990121001", False),
    ],
)
def test_who_makes_rules(kind: str, code: str, may: bool) -> None:
    issuer = replace(TOWN, organ_type=kind, region_code=code)
    assert (_flags(RULES, issuer) == []) is may


def _procurement(projects: str, amount: str, yuan: str | None) -> tuple[Fact, ...]:
    form, source = "t2019", UnitSource.CELL if yuan else UnitSource.UNKNOWN
    return (
        fact("procurement_projects", projects, form=form),
        fact("procurement_amount", amount, form=form, yuan=yuan, unit_source=source),
    )


@pytest.mark.parametrize(
    ("projects", "amount", "yuan", "doubtful"),
    [
        ("1", "23600", "236000000", True),
        ("15", "29.0506", "29.0506", True),
        ("3", "189", "1890000", False),
        ("3", "8040", None, False),  # without a unit it is doubted already
        ("0", "189", "1890000", False),
        ("3", "0", "0", False),
        ("", "189", "1890000", False),
    ],
)
def test_what_a_project_costs(projects: str, amount: str, yuan: str | None, doubtful: bool) -> None:
    flags = _flags(_procurement(projects, amount, yuan))
    assert flags == ([("procurement_amount", "source:S2-19-PROC-MEAN")] if doubtful else [])
