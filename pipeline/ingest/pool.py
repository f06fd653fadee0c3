"""Reads many documents at once; whatever one of them does, the others are read."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import DisclosureError, InputError
from pipeline.extract import extract
from pipeline.warehouse.schema import Tables, arrow, joined, rows_of

AHEAD = 4  # chunks waiting for each worker: enough that none is idle, few when a worker dies
SMALLEST_CHUNK, LARGEST_CHUNK = 4, 16
REPORT_IT = "please report this file"


@dataclass(frozen=True, slots=True)
class Task:
    """One document to read."""

    collection: str
    file: str
    path: Path
    regions_file: Path | None


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of one document. `outcome` is read, refused or failed."""

    file: str
    outcome: str
    sha256: str = ""
    reason: str = ""
    remedy: str = ""
    reports: int = 0


@dataclass(frozen=True, slots=True)
class Batch:
    """Some documents of one collection, read, with their rows for the raw tables."""

    collection: str
    readings: tuple[Reading, ...]
    tables: Tables


def read_one(task: Task) -> tuple[Reading, Tables]:
    """Reads one document. Never raises: a refusal and a defect are outcomes like any other."""
    digest = ""
    try:
        digest = sha256(task.path)
        reports = extract(task.path, name=task.file, regions_file=task.regions_file)
        tables = arrow(rows_of(task.collection, task.file, reports))
    except InputError as error:
        return Reading(task.file, "refused", digest, error.reason, error.remedy), {}
    except OSError as error:
        reason = f"cannot be opened: {error.strerror or error}"
        return Reading(task.file, "failed", digest, reason, "check that you may read it"), {}
    except Exception as error:  # a defect of ours in one document must not stop the others
        reason = f"{type(error).__name__}: {' '.join(str(error).split())}"
        return Reading(task.file, "failed", digest, reason, REPORT_IT), {}
    return Reading(task.file, "read", digest, reports=len(reports)), tables


def read_chunk(tasks: Sequence[Task]) -> Batch:
    """Reads documents of one collection, in order."""
    outcomes = [read_one(task) for task in tasks]
    readings = tuple(reading for reading, _ in outcomes)
    tables = tuple(tables for _, tables in outcomes if tables)
    return Batch(tasks[0].collection, readings, joined(tables))


def read_all(tasks: Sequence[Task], executor: Executor | None = None) -> Iterator[Batch]:
    """Reads every document, in the order given, over `executor` or a pool of processes.

    When a worker is killed, the documents it may have held are read again one by one, so that
    only the one that kills it fails.
    """
    workers = max(1, min(os.cpu_count() or 1, len(tasks) // SMALLEST_CHUNK))
    waiting = deque(_chunks(tasks, workers))
    while waiting:
        with ExitStack() as stack:
            pool = executor or stack.enter_context(_process_pool(workers))
            held = yield from _read_until_broken(pool, waiting, AHEAD * workers)
        yield from _one_by_one(held)
        executor = None


def _read_until_broken(
    pool: Executor, waiting: deque[Sequence[Task]], ahead: int
) -> Generator[Batch, None, list[Task]]:
    """Takes chunks from `waiting` and gives their batches; what a broken pool held is returned."""
    running: deque[tuple[Future[Batch], Sequence[Task]]] = deque()
    try:
        while waiting or running:
            while waiting and len(running) < ahead:
                chunk = waiting.popleft()
                running.append((_submitted(pool, chunk), chunk))
            batch = running[0][0].result()
            running.popleft()
            yield batch
    except BrokenExecutor:
        pass
    finally:
        for future, _ in running:
            future.cancel()
    return [task for _, chunk in running for task in chunk]


def _submitted(pool: Executor, chunk: Sequence[Task]) -> Future[Batch]:
    try:
        return pool.submit(read_chunk, chunk)
    except BrokenExecutor as error:
        broken: Future[Batch] = Future()
        broken.set_exception(error)
        return broken


def sha256(path: Path) -> str:
    """The digest of the file's bytes, in hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _one_by_one(tasks: Iterable[Task]) -> Iterator[Batch]:
    pool: ProcessPoolExecutor | None = None
    for task in tasks:
        pool = pool or _process_pool(1)
        try:
            yield pool.submit(read_chunk, (task,)).result()
        except BrokenExecutor:
            pool.shutdown()
            pool = None
            reading = Reading(
                task.file, "failed", "", "the process reading it was killed", REPORT_IT
            )
            yield Batch(task.collection, (reading,), joined(()))
    if pool:
        pool.shutdown()


def _process_pool(workers: int) -> ProcessPoolExecutor:
    # Spawned, because a forked copy of a process that has threads may hang.
    pool = ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"))
    try:
        pool.submit(int).result()
    except BrokenExecutor:
        raise DisclosureError(
            "the reading processes could not start; in a script of your own, call ingest() below "
            'the line `if __name__ == "__main__":`'
        ) from None
    return pool


def _chunks(tasks: Sequence[Task], workers: int) -> Iterator[Sequence[Task]]:
    size = min(LARGEST_CHUNK, max(SMALLEST_CHUNK, len(tasks) // (workers * AHEAD)))
    chunk: list[Task] = []
    for task in tasks:
        if chunk and (len(chunk) == size or chunk[0].collection != task.collection):
            yield tuple(chunk)
            chunk = []
        chunk.append(task)
    if chunk:
        yield tuple(chunk)
