"""No trick makes a figure that is wrong and vouched for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.accuracy.render import render
from tests.hostile import captions, notes, tables
from tests.hostile.cases import LAYOUTS, Case, cases, outcome, report

CASES = list(cases())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.file)
def test_nothing_wrong_is_vouched_for(case: Case, tmp_path: Path):
    assert outcome(case, tmp_path).silent == []


@pytest.mark.parametrize("format_", LAYOUTS)
@pytest.mark.parametrize("form", ["t2019", "t2021"])
def test_the_report_without_a_trick_is_read_without_a_flag(format_: str, form: str, tmp_path: Path):
    made = report(format_, form=form)
    result = outcome(Case(f"plain-{form}", made, render(made)), tmp_path)
    assert result.right == result.cells > 150, result.doubted


@pytest.mark.parametrize(
    "case",
    [*captions.controls(), *notes.controls(), *tables.controls()],
    ids=lambda case: case.file,
)
def test_words_that_change_nothing_are_not_flagged(case: Case, tmp_path: Path):
    result = outcome(case, tmp_path)
    assert result.right == result.cells, result.doubted


def test_every_trick_has_a_name_of_its_own():
    names = [case.file for case in CASES]
    assert len(names) == len(set(names))
