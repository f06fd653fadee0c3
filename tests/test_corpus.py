"""Every corpus case in every format it has: the same facts, and those the page was printed from.

Beside `facts.csv` and `findings.csv` a case may state its `identity.csv` and its `narrative.csv`. A
`facts.csv` with the column `doubt` says of every cell whether the report must cast doubt on it.
"""

from __future__ import annotations

import csv
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from pipeline.doubt import Severity, Verdict
from pipeline.extract import extract
from pipeline.model import Fact, Report, Status
from pipeline.sample.collection import written
from pipeline.sample.places import TOWNS
from tests.corpus.rebuild import cases, page

CORPUS = Path(__file__).parent / "corpus"
REGIONS = CORPUS / "regions.csv"
CASES = sorted(path.name for path in CORPUS.iterdir() if (path / "facts.csv").exists())
COLUMNS = ("concept", "applicant", "period", "text", "status", "value", "unit")
OF_IDENTITY = ("M-YEAR", "M-ISSUER", "M-PLACE")
GENERATED = {case["case"]: case for case in cases()}
SOURCES = sorted(path for case in CASES for path in (CORPUS / case).glob("source.*"))


# What the reader still gets wrong, though never without a flag.
@cache
def _report(path: Path) -> Report:
    (report,) = extract(path, path.name, REGIONS)
    return report


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _named(path: Path) -> str:
    return f"{path.parent.name}-{path.suffix}"


def _with(expectation: str) -> list[Path]:
    return [source for source in SOURCES if (source.parent / expectation).exists()]


def _without_identity() -> list[Path]:
    """The sources of generated cases that state no identity of their own."""
    stated = _with("identity.csv")
    return [s for s in SOURCES if s not in stated and GENERATED.get(s.parent.name, {}).get("town")]


def _as_row(fact: Fact) -> dict[str, str]:
    return {
        "concept": fact.concept,
        "applicant": fact.applicant,
        "period": fact.period,
        "text": fact.text,
        "status": fact.status.value,
        "value": "" if fact.value is None else f"{fact.value.normalize():f}",
        "unit": fact.unit,
        "doubt": "yes" if fact.flags else "",
    }


@pytest.mark.parametrize("source", SOURCES, ids=_named)
def test_the_printed_cells_are_read(source):
    expected = [{"period": "", **row} for row in _rows(source.parent / "facts.csv")]
    columns = [*COLUMNS, *(("doubt",) if expected and "doubt" in expected[0] else ())]
    rows = [_as_row(f) for f in _report(source).facts if f.status is not Status.DERIVED]
    printed = [{column: row[column] for column in columns} for row in rows]
    assert _in_order(printed) == _in_order(expected)


@pytest.mark.parametrize("source", _with("identity.csv"), ids=_named)
def test_who_reports_on_which_year(source):
    """Of the checks of identity the words that a warning must name; no other warning is given."""
    report = _report(source)
    expected = _rows(source.parent / "identity.csv")
    for row in expected:
        if not row["field"].startswith("M-"):
            stated = getattr(report.identity, row["field"], None)
            assert (row["field"], row["value"]) == (row["field"], str(stated or ""))
    warned = [(row["field"], row["value"]) for row in expected if row["field"].startswith("M-")]
    given = [(f.check, f.message) for f in report.findings if f.check in OF_IDENTITY]
    assert {check for check, _ in given} == {check for check, _ in warned}
    for check, words in warned:
        assert any(check == other and words in message for other, message in given)


@pytest.mark.parametrize("source", _without_identity(), ids=_named)
def test_a_town_s_own_report_is_known_as_its_own(source):
    """Cases about anything else than identity: the town and the year that the page is made from."""
    case = GENERATED[source.parent.name]
    town = next(town for town in TOWNS if town.name == case["town"])
    report = _report(source)
    identity = report.identity
    assert (identity.organ, identity.region_code) == (town.organ, town.code)
    assert identity.report_year == int(case["year"])
    assert [f.message for f in report.findings if f.check in OF_IDENTITY] == []


@pytest.mark.parametrize("source", _with("narrative.csv"), ids=_named)
def test_the_figures_stated_in_prose(source):
    stated = [
        {
            "concept": figure.concept,
            "category": figure.category,
            "value": f"{figure.value.normalize():f}",
            "unit": figure.unit,
            "qualifier": figure.qualifier,
            "scope": figure.scope.value,
            "doubt": "yes" if figure.flags else "",
        }
        for figure in _report(source).narrative
    ]
    assert stated == _rows(source.parent / "narrative.csv")


def _in_order(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    return sorted(rows, key=lambda row: (row["concept"], row["applicant"], row["period"]))


@pytest.mark.parametrize("case", CASES)
def test_formats_give_identical_reports(case):
    """All but the file, the places and the flags: derived facts, forms, identity, figures."""
    reports = [_report(path) for path in sorted((CORPUS / case).glob("source.*"))]
    first, *others = [_comparable(report) for report in reports]
    for other in others:
        assert other == first


def _comparable(report: Report) -> tuple[object, ...]:
    facts = [
        f._replace(where=f.where if f.status is Status.DERIVED else "", flags=())
        for f in report.facts
    ]
    identity = replace(report.identity, evidence=())
    # Sentences differ by the spaces that a line break of a PDF swallows.
    figures = [(f.concept, f.category, f.value, f.unit, f.qualifier) for f in report.narrative]
    return facts, identity, figures, report.forms, report.title


@pytest.mark.parametrize("case", CASES)
def test_broken_rules_are_those_expected(case):
    """Errors, and warnings too where `findings.csv` tells the severity."""
    rows = _rows(CORPUS / case / "findings.csv")
    expected = {(row["check"], row["cells"]) for row in rows}
    severities = {Severity.ERROR, *(Severity(row["severity"]) for row in rows if "severity" in row)}
    for source in (CORPUS / case).glob("source.*"):
        broken = {
            (f.check, ";".join(f.cells))
            for f in _report(source).findings
            if f.verdict is Verdict.FAIL and f.severity in severities
        }
        assert broken == expected


@pytest.mark.parametrize("name", sorted(GENERATED))
def test_the_sources_are_what_rebuilding_writes(name):
    """All but PDFs, whose compression depends on the machine."""
    for suffix in GENERATED[name]["suffixes"].split():
        if suffix != "pdf":
            fresh = written(page(GENERATED[name], suffix), suffix)
            assert (CORPUS / name / f"source.{suffix}").read_bytes() == fresh


def test_the_index_lists_every_case_and_every_case_is_in_it():
    where = [row["where"] for row in _rows(CORPUS / "variety.csv")]
    assert [name for name in where if not (CORPUS / name).exists()] == []
    assert set(CASES) <= set(where)
