"""Outside a reading process: what its parent sees of it, gives it, and ends it for."""

from __future__ import annotations

import gc
import os
import pickle
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from heapq import heappop, heappush
from multiprocessing import connection, current_process, get_context
from multiprocessing.context import ForkContext, SpawnContext
from pathlib import Path
from typing import Generic, Protocol, Self, TypeVar, cast

from pipeline.errors import DisclosureError, ReadingFailed
from pipeline.keeper import Limits
from pipeline.keeper.inside import READY, REPORT_IT, memory_of, out_of_memory, serve

START = 60.0  # seconds in which a process has loaded what it needs, on any machine
LOOK = 0.1  # seconds between two looks at what the processes take: they take some 1 GiB/s
HELD = 256 * 2**20  # bytes of answers that wait for a slower document before them
ATTEMPTS = 2


class Named(Protocol):
    """A task: its `file` is the document's name in messages."""

    @property
    def file(self) -> str: ...


Task = TypeVar("Task", bound=Named)
Answer = TypeVar("Answer")
Context = ForkContext | SpawnContext


def quickest() -> Context:
    """The quickest safe way to start a process: a copy of this one while it has one thread.

    Only Linux says how many there are, with those of libraries.
    """
    tasks = Path("/proc/self/task")
    alone = tasks.is_dir() and len(list(tasks.iterdir())) == 1
    return get_context("fork") if alone else get_context("spawn")


class _Work(Generic[Task]):
    """The tasks by their places, and the places that wait, as a heap."""

    def __init__(self, tasks: list[Task]) -> None:
        self.tasks, self.waiting = tasks, list(range(len(tasks)))
        self._attempts: Counter[int] = Counter()

    def next(self) -> tuple[int, Task]:
        place = heappop(self.waiting)
        self._attempts[place] += 1
        return place, self.tasks[place]

    def again(self, place: int) -> bool:
        """Puts a task back, unless it has been tried often enough."""
        if self._attempts[place] >= ATTEMPTS:
            return False
        heappush(self.waiting, place)
        return True


class _Reader(Generic[Task]):
    """A process that reads one document at a time, as its parent sees it."""

    def __init__(self, work: Callable[[Task], object], limits: Limits, context: Context) -> None:
        self.connection, theirs = context.Pipe()
        arguments = (work, theirs, limits, os.getpid())
        self.process = context.Process(target=serve, args=arguments, daemon=True)
        gc.freeze()  # what a copy shares with this process, its search for garbage would copy
        try:
            self.process.start()
        finally:
            gc.unfreeze()
        theirs.close()
        self.place: int | None = None  # of the task it is busy with
        self.ready = False
        self.since = time.monotonic()

    def give(self, place: int, task: Task) -> None:
        self.place, self.since = place, time.monotonic()
        with suppress(OSError):  # it has died since, as the next look finds
            self.connection.send(task)

    def said(self) -> bytes | None:
        """What it has sent, if anything; raises EOFError when it has died."""
        try:
            if self.connection.poll():
                return self.connection.recv_bytes()
        except OSError as error:
            raise EOFError from error
        if not self.process.is_alive():
            raise EOFError
        return None

    def end(self) -> None:
        self.process.kill()
        self.process.join(1)  # longer only where the system holds it back
        self.connection.close()


class Keeper(Generic[Task, Answer]):
    """Does `work` on one task after another, in as many processes as `workers`.

    `work` is a function of a module; `context` says how processes are started, where nothing is
    said anew. The processes wait for more until the keeper is closed, and end with this one.
    """

    def __init__(
        self,
        work: Callable[[Task], Answer],
        limits: Limits,
        workers: int = 1,
        context: Callable[[], Context] = lambda: get_context("spawn"),
    ) -> None:
        self.work, self.limits, self._workers, self._context = work, limits, workers, context
        self._readers: list[_Reader[Task]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends the processes, whatever they do."""
        while self._readers:
            self._readers.pop().end()

    def answers(self, tasks: Iterable[Task]) -> Iterator[Answer | DisclosureError]:
        """What `work` gives for each task, or why it gave nothing, in the order of the tasks.

        Raises DisclosureError when the processes cannot start.
        """
        work = _Work(list(tasks))
        due = 0
        held: dict[int, bytes | DisclosureError] = {}
        size = 0
        try:
            while due < len(work.tasks):
                if work.waiting and (size < HELD or work.waiting[0] == due):
                    self._hand_out(work)
                for place, answer in self._looked(work):
                    held[place] = answer
                    size += len(answer) if isinstance(answer, bytes) else 0
                while due in held:
                    answer = held.pop(due)
                    due += 1
                    if isinstance(answer, bytes):
                        size -= len(answer)
                        yield cast("Answer | DisclosureError", pickle.loads(answer))
                    else:
                        yield answer
        finally:
            if due < len(work.tasks):
                self.close()

    def _hand_out(self, work: _Work[Task]) -> None:
        if current_process().daemon:
            raise DisclosureError(
                "documents are read in processes of their own, and a daemonic process may start "
                "none; give an executor whose processes are no daemons"
            )
        busy = sum(reader.place is not None for reader in self._readers)
        for _ in range(min(self._workers, busy + len(work.waiting)) - len(self._readers)):
            self._readers.append(_Reader(self.work, self.limits, self._context()))
        for reader in self._readers:
            if work.waiting and reader.ready and reader.place is None:
                reader.give(*work.next())

    def _looked(self, work: _Work[Task]) -> Iterator[tuple[int, bytes | DisclosureError]]:
        """The answers that have come since, and the tasks that have none and never will."""
        connection.wait(
            [reader.connection for reader in self._readers]
            + [reader.process.sentinel for reader in self._readers],
            LOOK,
        )
        for reader in tuple(self._readers):
            try:
                said = reader.said()
            except EOFError:
                self._dismiss(reader)
                if not reader.ready:
                    raise _no_start() from None
                if reader.place is not None and not work.again(reader.place):
                    file = work.tasks[reader.place].file
                    yield reader.place, _killed(file, reader.process.exitcode)
                continue
            if not reader.ready:
                reader.ready = said == READY
                if time.monotonic() - reader.since > START:
                    raise _no_start()
            elif reader.place is not None:
                place, answer = reader.place, said or self._beyond(reader, work)
                reader.place = None if answer else place
                # What one document leaves behind is not to be put down to the next.
                if isinstance(answer, ReadingFailed) or (answer and self._is_full(reader)):
                    self._dismiss(reader)
                if answer:
                    yield place, answer

    def _beyond(self, reader: _Reader[Task], work: _Work[Task]) -> ReadingFailed | None:
        """What is to be said when the document takes more than it may."""
        assert reader.place is not None
        file = work.tasks[reader.place].file
        if time.monotonic() - reader.since > self.limits.seconds:
            return _too_slow(file, self.limits)
        if memory_of(reader.process.pid) > self.limits.memory_bytes:
            return out_of_memory(file, self.limits)
        return None

    def _is_full(self, reader: _Reader[Task]) -> bool:
        return memory_of(reader.process.pid) > self.limits.memory_bytes / 2

    def _dismiss(self, reader: _Reader[Task]) -> None:
        reader.end()
        self._readers.remove(reader)


def _no_start() -> DisclosureError:
    return DisclosureError(
        "the reading processes could not start; in a script of your own, call ingest() below "
        'the line `if __name__ == "__main__":`'
    )


def _killed(file: str, status: int | None) -> ReadingFailed:
    names = {-kind: f" ({kind.name})" for kind in signal.Signals}
    how = names.get(status or 0, "")
    return ReadingFailed(file, f"the process reading it was killed{how}", REPORT_IT)


def _too_slow(file: str, limits: Limits) -> ReadingFailed:
    reason = f"takes longer to read than {limits.seconds:g} s"
    return ReadingFailed(file, reason, f"`--seconds {limits.seconds * 5:g}` allows more")
