"""Random legal reports with random oddities come out right, or say that they do not."""

from __future__ import annotations

import re
from collections import Counter
from random import Random
from secrets import token_hex

import pytest

from pipeline.extract import extract
from tests.accuracy.flat import flat_layouts
from tests.accuracy.mix import MODERN, ODDITIES, OLDER_ODDITIES, PLAIN, load_mix, random_draft
from tests.accuracy.render import render
from tests.accuracy.run import Task, broken_bounds, described, run, tallied
from tests.accuracy.score import score

DOCUMENTS = 100


def test_random_reports_are_read_without_a_silent_error():
    """A fresh seed each run. The share of right cells needs more documents: `make accuracy`."""
    seed = token_hex(4)
    print(f"seed {seed}")
    table = tallied(run(Task(seed, number) for number in range(DOCUMENTS)))
    broken = broken_bounds(table, is_mix=False)
    examples = "\n".join(described(outcome) for outcome in table["all"].failures[:5])
    again = f"python -m tests.accuracy --documents {DOCUMENTS} --seed {seed} --keep DIR"
    assert not broken, "\n".join([*broken, f"again: {again}", examples])


def test_the_committed_mixes_name_every_oddity():
    assert set(load_mix()) == set(ODDITIES)
    assert set(load_mix("2014")) == set(OLDER_ODDITIES)


@pytest.mark.parametrize("layout", flat_layouts())
def test_a_flattened_text_prints_every_figure(layout):
    for number in range(5):
        made = random_draft(Random(f"{layout}{number}"), PLAIN, layout=layout)
        printed = Counter(re.split(r"[\s|]+", render(made).decode()))
        assert Counter(cell.text for cell in made.cells()) <= printed


@pytest.mark.parametrize("layout", flat_layouts())
def test_a_text_that_ends_in_a_table_prints_nothing_more(layout):
    made = random_draft(Random(layout), "text_ends", MODERN, layout)
    text = render(made).decode()
    printed = [cell.text for cell in made.cells() if cell.key in made.values]
    assert Counter(printed[:-1]) <= Counter(re.split(r"[\s|]+", text))
    assert "五、存在的主要问题" not in text


def test_rows_for_what_the_page_does_not_hold_are_counted(tmp_path):
    made = random_draft(Random("phantom"), PLAIN, MODERN, "pipes")
    (tmp_path / "report.txt").write_bytes(render(made))
    reports = extract(tmp_path / "report.txt")
    assert not score(made, reports).phantom
    lost = [key for key in made.values if key[0] == "req_denied_state_secret"]
    for key in lost:
        del made.values[key]
    counted = {text.split(":")[0] for text in score(made, reports).phantom}
    assert counted == {f"{concept}/{who}" for concept, who in [*lost, (lost[0][0], "legal_total")]}
