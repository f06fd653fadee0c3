"""A list of sentences of our own: what is read of each, and that nothing else is.

`sentences.csv` gives for each its kind, the heading above it and its figures, `concept=value` or
`nar_disclosed_category` as `disclosed_category:name=value`, `~` behind a value that is not exact.
The report is one on 2022.
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from pipeline.model import NarrativeFigure
from tests.narrated import read_from

SENTENCES = Path(__file__).with_name("sentences.csv")
TITLE = "示例县云岫镇2022年政府信息公开工作年度报告"
ROWS = list(csv.DictReader(SENTENCES.read_text("utf-8").splitlines()))
CONCEPTS = Path(__file__).parents[1] / "pipeline" / "forms" / "concepts.csv"
# A person reads every one of them; a grammar may miss a few, and misreads none.
LEAST_FOUND = 0.95


def _said(figure: NarrativeFigure) -> str:
    name = figure.concept.removeprefix("nar_")
    name += f":{figure.category}" if name == "disclosed_category" else ""
    return f"{name}={figure.value.normalize():f}{'' if figure.qualifier == 'exact' else '~'}"


def _read(row: dict[str, str]) -> tuple[NarrativeFigure, ...]:
    return read_from(*filter(None, (TITLE, row["heading"], row["sentence"])))


def _expected(row: dict[str, str]) -> Counter[str]:
    return Counter(filter(None, row["figures"].split(";")))


@pytest.mark.parametrize("row", ROWS, ids=[row["sentence"] for row in ROWS])
def test_nothing_is_read_that_a_sentence_does_not_say(row: dict[str, str]) -> None:
    certain = Counter(_said(figure) for figure in _read(row) if not figure.flags)
    assert certain <= _expected(row)


def test_nearly_all_that_the_sentences_say_is_read() -> None:
    missed: list[str] = []
    for row in ROWS:
        found = Counter(_said(figure) for figure in _read(row))
        missed += [f"{row['sentence']} {said}" for said in _expected(row) - found]
    stated = sum(_expected(row).total() for row in ROWS)
    assert len(missed) <= (1 - LEAST_FOUND) * stated, "\n".join(missed)


def test_the_list_has_every_concept_and_enough_that_says_nothing() -> None:
    concepts = {
        line.split(",")[0].removeprefix("nar_")
        for line in CONCEPTS.read_text("utf-8").splitlines()
        if line.startswith("nar_")
    }
    stated = {said.partition("=")[0].partition(":")[0] for row in ROWS for said in _expected(row)}
    assert stated == concepts
    assert len(ROWS) >= 300
    assert sum(not row["figures"] for row in ROWS) >= 100
