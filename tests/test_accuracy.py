"""Random legal reports with random oddities come out right, or say that they do not."""

from __future__ import annotations

from secrets import token_hex

from tests.accuracy.mix import ODDITIES, load_mix
from tests.accuracy.run import Task, broken_bounds, described, run, tallied

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


def test_the_committed_mix_names_every_oddity():
    assert set(load_mix()) == set(ODDITIES)
