"""Random legal reports with random oddities come out right, or say that they do not."""

from __future__ import annotations

import pytest

from tests.accuracy.mix import ODDITIES, load_mix
from tests.accuracy.run import Task, broken_bounds, described, run, tallied

DOCUMENTS = 100


@pytest.mark.parametrize("seed", ["spring", "autumn"])
def test_random_reports_are_read_without_a_silent_error(seed):
    """Seeds are fixed here, so that a failure is that of a change; `make accuracy` draws its own."""
    table = tallied(run(Task(seed, number) for number in range(DOCUMENTS // 2)))
    broken = broken_bounds(table)
    examples = "\n".join(described(outcome) for outcome in table["all"].failures[:5])
    again = f"python -m tests.accuracy --documents {DOCUMENTS // 2} --seed {seed} --keep DIR"
    assert not broken, "\n".join([*broken, f"again: {again}", examples])


def test_the_committed_mix_names_every_oddity():
    assert set(load_mix()) == set(ODDITIES)
