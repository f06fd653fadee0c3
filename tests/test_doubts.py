"""Every kind of doubt is declared once, is used, and every flag has the finding that explains it."""

import re
from pathlib import Path

import pytest

from pipeline import doubt
from pipeline.doubt import KINDS, Kind
from pipeline.extract import extract
from pipeline.forms import load_forms
from pipeline.model import Report

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "tests" / "corpus"
SOURCES = sorted(CORPUS.glob("*/source.*"))


def _kinds() -> dict[str, list[Kind]]:
    """Every kind by its flag: those of `kinds.csv`, of the forms, and the forms' when misread."""
    checks = [kind for form in load_forms() for kind in form.checks.values()]
    by_flag: dict[str, list[Kind]] = {}
    for kind in (*KINDS.values(), *checks, *(check.as_misread() for check in checks)):
        by_flag.setdefault(kind.flag, []).append(kind)
    return by_flag


@pytest.mark.parametrize("source", SOURCES, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_every_flag_is_a_known_kind_with_a_finding_that_explains_it(source: Path) -> None:
    (report,) = extract(source, source.name, CORPUS / "regions.csv")
    kinds = _kinds()
    for flag, keys in _flagged(report).items():
        names = {kind.finding for kind in kinds[flag]}
        findings = [finding for finding in report.findings if finding.check in names]
        assert findings, f"{flag} on {keys[0]} is explained by no finding"


def _flagged(report: Report) -> dict[str, list[str]]:
    """The flags of a report, each with the keys of its facts or the concepts of its figures."""
    flagged: dict[str, list[str]] = {}
    for fact in report.facts:
        for flag in fact.flags:
            flagged.setdefault(flag, []).append(fact.key)
    for figure in report.narrative:
        for flag in figure.flags:
            flagged.setdefault(flag, []).append(figure.concept)
    return flagged


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_is_one_that_the_code_can_raise(name: str) -> None:
    constants = [c for c, kind in vars(doubt).items() if kind is KINDS[name]]
    assert len(constants) == 1
    pattern = re.compile(rf"\bdoubt\.{constants[0]}\b")
    sources = (path.read_text("utf-8") for path in (ROOT / "pipeline").rglob("*.py"))
    assert any(pattern.search(source) for source in sources)


@pytest.mark.parametrize("form", load_forms(), ids=lambda form: form.id)
def test_the_checks_of_a_form_are_declared_and_used(form) -> None:
    used = {rule.check for rule in (*form.sums, *form.balances, *form.bounds)}
    used |= {*form.counts, *form.at_least_zero}
    used |= {rule.check for rule in (*form.reserved, *form.means)}
    # A form on the base of another replaces some of its sums.
    assert used <= set(form.checks)
    assert set(form.checks) - used <= {"S3-COLSUM", "S2-19-ITEMSNEG"}


def test_every_kind_says_what_it_means_in_both_languages() -> None:
    kinds = [kind for of_flag in _kinds().values() for kind in of_flag]
    for kind in kinds:
        assert re.search("[\u4e00-\u9fff]", kind.zh), kind.name
        assert kind.en[:1].isalpha() or kind.en.startswith("（"), kind.name
