"""Damaged documents are read or refused, and what is damaged elsewhere changes no figure."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from secrets import token_hex

import pytest

from tests.mutations import run as runs
from tests.mutations.run import Outcome, run

DOCUMENTS = 150


def test_damaged_documents_neither_crash_nor_mislead():
    """A fresh seed each run; `make mutations` reads 20 000."""
    seed = token_hex(4)
    bad = [outcome for outcome in run(seed, range(DOCUMENTS)) if outcome.is_bad]
    again = f"python -m tests.mutations --documents {DOCUMENTS} --seed {seed} --keep DIR"
    said = [f"{outcome.verdict} {outcome.file}: {outcome.said}" for outcome in bad]
    assert not bad, "\n".join([f"again: {again}", *said])


def test_what_kills_or_holds_a_reader_is_named_and_the_others_are_read(
    monkeypatch: pytest.MonkeyPatch,
):
    def read_one(seed: str, number: int, folder: Path) -> Outcome:
        if number == 1:
            os.kill(os.getpid(), signal.SIGSEGV)
        if number == 2:
            time.sleep(60)
        return Outcome(number, "", "", "read")

    monkeypatch.setattr(runs, "read_one", read_one)
    monkeypatch.setattr(runs, "DEADLINE", 1.0)
    told = {outcome.number: (outcome.verdict, outcome.said) for outcome in run("any", range(6))}
    assert told.pop(1) == ("killed", "SIGSEGV")
    assert told.pop(2) == ("hung", "more than 1 s")
    assert set(told.values()) == {("read", "")}
    assert sorted(told) == [0, 3, 4, 5]
