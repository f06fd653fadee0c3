"""Damaged documents, each read in a process that may die."""

from __future__ import annotations

import faulthandler
import multiprocessing
import resource
import signal
import time
import traceback
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkProcess
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from pipeline.errors import DisclosureError
from pipeline.extract import extract
from tests.accuracy.mix import random_draft
from tests.accuracy.page import Draft
from tests.accuracy.render import render
from tests.accuracy.score import score
from tests.hostile.cases import LAYOUTS, report
from tests.mutations.mutate import MUTATIONS, Mutant

DEADLINE = 10.0  # seconds for one document; the slowest plain one takes less than one
MEMORY = 2 * 2**30  # bytes of address space that a worker may take
_PLAIN = 0.3  # share of the documents that are a plain report before they are damaged
_WORKERS = 2
_FORK = multiprocessing.get_context("fork")
BAD = ("silent", "raised", "killed", "hung")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document: read, refused, silent, raised, killed or hung, and why."""

    number: int
    file: str
    mutation: str
    verdict: str
    said: str = ""

    @property
    def is_bad(self) -> bool:
        return self.verdict in BAD


def damaged(seed: str, number: int) -> tuple[Draft, str, str, Mutant]:
    """The nth report of a seed, its file name, what was done to it, and what came of that."""
    rng = Random(f"{seed}-{number}")
    if rng.random() < _PLAIN:
        made = report(rng.choice(tuple(LAYOUTS)), form=rng.choice(("t2019", "t2021")))
    else:
        made = random_draft(rng)
    suffix = "md" if made.layout == "pipes" else made.format
    mutation = rng.choice(MUTATIONS[suffix])
    name = mutation.__name__.strip("_")
    return made, f"{number:05d}-{name}.{suffix}", name, mutation(render(made), rng)


def read_one(seed: str, number: int, folder: Path) -> Outcome:
    """Damage and read one document."""
    made, file, name, mutant = damaged(seed, number)
    path = folder / file
    path.write_bytes(mutant.content)
    try:
        reports = extract(path, file)
    except DisclosureError as error:
        return Outcome(number, file, name, "refused", str(error))
    except Exception:
        return Outcome(number, file, name, "raised", traceback.format_exc(limit=-3))
    finally:
        path.unlink()
    silent = [] if mutant.touched else score(made, reports).silent
    if silent:  # what the report gives undamaged is for tests.accuracy to tell
        path.write_bytes(render(made))
        known = score(made, extract(path, file)).silent
        silent = [said for said in silent if said not in known]
        path.unlink()
    verdict = "silent" if silent else "read"
    return Outcome(number, file, name, verdict, "; ".join(silent[:3]))


def _serve(seed: str, connection: Connection) -> None:
    """Read the documents that the connection names, until it names none."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What the process that was forked has reserved counts too.
    most = MEMORY + int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    faulthandler.disable()
    with TemporaryDirectory() as folder:
        while (number := connection.recv()) is not None:
            connection.send(read_one(seed, number, Path(folder)))


@dataclass(slots=True)
class _Worker:
    """A process with the document that it holds, and since when."""

    seed: str
    process: ForkProcess = field(init=False)
    connection: Connection = field(init=False)
    number: int = -1
    since: float = 0.0

    def __post_init__(self) -> None:
        self.connection, theirs = _FORK.Pipe()
        self.process = _FORK.Process(target=_serve, args=(self.seed, theirs), daemon=True)
        self.process.start()
        theirs.close()

    def give(self, number: int) -> None:
        self.number, self.since = number, time.monotonic()
        self.connection.send(number)

    def outcome(self) -> Outcome | None:
        """What became of the document, None while it is being read; the process may be dead."""
        try:
            if self.connection.poll():
                return self.connection.recv()  # type: ignore[no-any-return]
        except (EOFError, ConnectionResetError):
            self.process.join()
            return self._ended("killed", _signal(self.process.exitcode or 0))
        if time.monotonic() - self.since > DEADLINE:
            self.process.kill()
            self.process.join()
            return self._ended("hung", f"more than {DEADLINE:.0f} s")
        return None

    def _ended(self, verdict: str, said: str) -> Outcome:
        _, file, name, _ = damaged(self.seed, self.number)
        return Outcome(self.number, file, name, verdict, said)


def _signal(code: int) -> str:
    return signal.Signals(-code).name if code < 0 else f"exit status {code}"


def run(seed: str, numbers: Iterable[int]) -> Iterator[Outcome]:
    """The outcome of every document, as they come; a process that dies is replaced."""
    waiting = iter(numbers)
    busy: list[_Worker] = []

    def start(worker: _Worker) -> None:
        number = next(waiting, None)
        if number is None:
            worker.connection.send(None)
            worker.process.join()
        else:
            worker.give(number)
            busy.append(worker)

    for _ in range(_WORKERS):
        start(_Worker(seed))
    try:
        while busy:
            wait([worker.connection for worker in busy], timeout=0.5)
            for worker in list(busy):
                if outcome := worker.outcome():
                    busy.remove(worker)
                    lives = outcome.verdict not in ("killed", "hung")
                    start(worker if lives else _Worker(seed))
                    yield outcome
    finally:
        for worker in busy:
            worker.process.kill()
