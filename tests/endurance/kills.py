"""An ingest killed at any moment: nothing is lost, nothing is half there, and the next completes."""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from random import Random
from subprocess import Popen
from tempfile import TemporaryDirectory

from tests.endurance.trial import Content, Trial, change, complaint, copied, lay

PATIENCE = 5.0  # seconds that a process may outlive the one that started it
KNOWN = ("current", "lock", "outside")  # beside builds and Parquet
LOOK = 0.002  # seconds between two looks at what an ingest has written


@dataclass(frozen=True, slots=True)
class Kill:
    """What was killed when, what is wrong afterwards, and how many processes stayed."""

    name: str
    hit: bool
    broken: str
    stayed: int


@dataclass(frozen=True, slots=True)
class _Start:
    """From where an ingest begins, what may stand after a kill, and what must in the end."""

    trial: Trial
    before: Content | None
    after: Content
    until_stored: float
    seconds: float


def kills(number: int, seed: str, documents: int) -> Iterator[Kill]:
    """So many kills that hit, of a fresh ingest and of one with changes, of every process and of one.

    Kills that came too late are given too, and not counted.
    """
    chance = Random(f"kills {seed}")
    with TemporaryDirectory() as folder:
        starts = _starts(Path(folder), documents)
        hits = 0
        for n in count():
            if hits == number:
                return
            start = starts[n % 2]
            everyone = n // 2 % 2 == 0
            # Writing is a small part of the time, and half of the kills are to fall into it.
            writing = n // 4 % 2 == 0
            rest = start.seconds - start.until_stored if writing else start.seconds
            trial = copied(start.trial, Path(folder) / f"kill-{n}")
            kill = _killed(trial, start, everyone, writing, chance.uniform(0, rest))
            shutil.rmtree(trial.data)
            hits += kill.hit
            yield kill


def _starts(folder: Path, documents: int) -> tuple[_Start, _Start]:
    fresh = lay(folder / "fresh", documents)
    first = _undisturbed(fresh, folder / "first", None)
    grown = copied(Trial(folder / "first"), folder / "grown")
    change(grown, documents)
    return first, _undisturbed(grown, folder / "second", first.after)


def _undisturbed(trial: Trial, data: Path, before: Content | None) -> _Start:
    done = copied(trial, data)
    began = time.monotonic()
    with done.start("ingest") as process:
        _wait_for_parts(done, process)
        stored = time.monotonic() - began
        process.communicate()
    seconds, after = time.monotonic() - began, done.content()
    assert process.returncode == 0
    assert after is not None
    return _Start(trial, before, after, stored, seconds)


def _killed(trial: Trial, start: _Start, everyone: bool, writing: bool, delay: float) -> Kill:
    name = (
        f"{'over a build' if start.before else 'fresh'}, "
        f"{'every process' if everyone else 'the parent'}, "
        f"{delay:.2f} s after {'the first write' if writing else 'the start'}"
    )
    with trial.start("ingest") as process:
        if writing:
            _wait_for_parts(trial, process)
        time.sleep(delay)
        hit = process.poll() is None
        with suppress(ProcessLookupError):
            (os.killpg if everyone else os.kill)(process.pid, signal.SIGKILL)
        killed = time.monotonic()
        process.wait()
    broken = []
    if trial.content() not in (start.before, start.after):
        broken.append("what the kill left says something else than before and after")
    status, _, said = trial.ingest()
    broken.append(complaint(status, said))
    if trial.content() != start.after:
        broken.append("the next ingest says something else than an undisturbed one")
    broken.append(_rubbish(trial))
    while (stayed := _processes_of(trial)) and time.monotonic() - killed < PATIENCE:
        time.sleep(0.1)
    for pid in stayed:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    return Kill(name, hit, "; ".join(filter(None, broken)), len(stayed))


def _wait_for_parts(trial: Trial, process: Popen[str]) -> None:
    """Until something new lies below the parts, or the process has ended."""
    before = _written(trial)
    while process.poll() is None and _written(trial) == before:
        time.sleep(LOOK)


def _written(trial: Trial) -> set[str]:
    return {str(path) for path in (trial.warehouse / "parts").rglob("*")}


def _rubbish(trial: Trial) -> str:
    """Names that a finished ingest should not leave behind."""
    files = [path for path in trial.warehouse.rglob("*") if path.is_file()]
    left = [
        str(path.relative_to(trial.warehouse))
        for path in files
        if path.suffix not in (".parquet", ".duckdb") and path.name not in KNOWN
    ]
    builds = list(trial.warehouse.glob("*.duckdb"))
    if len(builds) != 1:
        left += [path.name for path in builds]
    return f"left behind: {', '.join(left)}" if left else ""


def _processes_of(trial: Trial) -> list[int]:
    """The processes that work in this data folder."""
    mark = f"DISCLOSURE_DATA={trial.data}\0".encode()
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        with suppress(OSError):
            if mark in path.read_bytes():
                found.append(int(path.parent.name))
    return found
