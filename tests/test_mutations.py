"""Damaged documents are read or refused, and what is damaged elsewhere changes no figure."""

from __future__ import annotations

from secrets import token_hex

from tests.mutations.run import run

DOCUMENTS = 150


def test_damaged_documents_neither_crash_nor_mislead():
    """A fresh seed each run; `make mutations` reads 20 000."""
    seed = token_hex(4)
    bad = [outcome for outcome in run(seed, range(DOCUMENTS)) if outcome.is_bad]
    again = f"python -m tests.mutations --documents {DOCUMENTS} --seed {seed} --keep DIR"
    assert not bad, "\n".join(
        [f"again: {again}", *(f"{o.verdict} {o.file}: {o.said}" for o in bad)]
    )
