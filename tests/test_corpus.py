"""Every corpus case in every format it has: the same facts, and those the page was printed from."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.extract import extract
from pipeline.model import Fact, Report, Severity, Status, Verdict

CORPUS = Path(__file__).parent / "corpus"
REGIONS = Path(__file__).parents[1] / "data/raw/sample/regions.csv"
CASES = sorted(path.name for path in CORPUS.iterdir() if (path / "facts.csv").exists())
SOURCES = sorted(path for case in CASES for path in (CORPUS / case).glob("source.*"))


def _report(path: Path) -> Report:
    (report,) = extract(path, path.name, REGIONS)
    return report


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _as_row(fact: Fact) -> dict[str, str]:
    return {
        "concept": fact.concept,
        "applicant": fact.applicant,
        "period": fact.period,
        "text": fact.text,
        "status": fact.status.value,
        "value": "" if fact.value is None else f"{fact.value.normalize():f}",
        "unit": fact.unit,
    }


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: f"{path.parent.name}-{path.suffix}")
def test_the_printed_cells_are_read(source):
    printed = [_as_row(f) for f in _report(source).facts if f.status is not Status.DERIVED]
    expected = [{"period": "", **row} for row in _rows(source.parent / "facts.csv")]
    assert _in_order(printed) == _in_order(expected)


def _in_order(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    return sorted(rows, key=lambda row: (row["concept"], row["applicant"], row["period"]))


@pytest.mark.parametrize("case", CASES)
def test_formats_give_identical_reports(case):
    """All but the file, the places and the flags: derived facts, forms, identity, figures."""
    reports = [_report(path) for path in sorted((CORPUS / case).glob("source.*"))]
    assert len(reports) >= 2
    first, *others = [_comparable(report) for report in reports]
    for other in others:
        assert other == first


def _comparable(report: Report) -> tuple[object, ...]:
    facts = [
        replace(f, where=f.where if f.status is Status.DERIVED else "", flags=())
        for f in report.facts
    ]
    identity = replace(report.identity, evidence=())
    # Sentences differ by the spaces that a line break of a PDF swallows.
    figures = [(f.concept, f.category, f.value, f.unit, f.qualifier) for f in report.narrative]
    return facts, identity, figures, report.forms, report.title


@pytest.mark.parametrize("case", CASES)
def test_broken_rules_are_those_expected(case):
    expected = {(row["check"], row["cells"]) for row in _rows(CORPUS / case / "findings.csv")}
    for source in (CORPUS / case).glob("source.*"):
        broken = {
            (f.check, ";".join(f.cells))
            for f in _report(source).findings
            if f.verdict is Verdict.FAIL and f.severity is Severity.ERROR
        }
        assert broken == expected
