"""Reads many documents at once; whatever one of them does, the others are read."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from pipeline.errors import DisclosureError, InputError
from pipeline.extract import extract
from pipeline.ingest.collection import Source
from pipeline.warehouse.parts import File
from pipeline.warehouse.schema import Tables, arrow, joined, rows_of

AHEAD = 4  # chunks waiting for each worker: enough that none is idle, few when a worker dies
SMALLEST_CHUNK, LARGEST_CHUNK = 4, 16
REPORT_IT = "please report this file"


@dataclass(frozen=True, slots=True)
class Batch:
    """Some documents of one collection, read, with their rows for the raw tables."""

    collection: str
    files: tuple[File, ...]
    tables: Tables


def read_one(source: Source) -> tuple[File, Tables]:
    """Reads one document. Never raises: a refusal and a defect are outcomes like any other."""
    file = source.seen("read")
    try:
        file = replace(file, sha256=sha256(source.path))
        reports = extract(source.path, name=source.file, regions_file=source.regions_file)
        tables = arrow(rows_of(source.collection, source.file, reports))
        return replace(file, reports=len(reports)), tables
    except InputError as error:
        outcome, reason, remedy = "refused", error.reason, error.remedy
    except OSError as error:
        outcome, remedy = "failed", "check that you may read it"
        reason = f"cannot be opened: {error.strerror or error}"
    except Exception as error:  # a defect of ours in one document must not stop the others
        outcome, remedy = "failed", REPORT_IT
        reason = f"{type(error).__name__}: {' '.join(str(error).split())}"
    return replace(file, outcome=outcome, reason=reason, remedy=remedy), {}


def read_chunk(sources: Sequence[Source]) -> Batch:
    """Reads documents of one collection, in order."""
    files, tables = zip(*map(read_one, sources), strict=True)
    return Batch(sources[0].collection, files, joined([each for each in tables if each]))


def read_all(sources: Sequence[Source], executor: Executor | None = None) -> Iterator[Batch]:
    """Reads every document, in the order given, over `executor` or a pool of processes.

    When a worker is killed, the documents it may have held are read again one by one, so that
    only the one that kills it fails.
    """
    workers = max(1, min(os.cpu_count() or 1, len(sources) // SMALLEST_CHUNK))
    waiting = deque(_chunks(sources, workers))
    while waiting:
        held: deque[Sequence[Source]] = deque()
        running: deque[Future[Batch]] = deque()
        with ExitStack() as stack:
            pool = executor or stack.enter_context(_process_pool(workers))
            try:
                while waiting or running:
                    while waiting and len(running) < AHEAD * workers:
                        held.append(waiting.popleft())
                        running.append(pool.submit(read_chunk, held[-1]))
                    batch = running[0].result()
                    running.popleft()
                    held.popleft()
                    yield batch
            except BrokenExecutor:
                executor = None
            finally:
                for future in running:
                    future.cancel()
        yield from _one_by_one(source for chunk in held for source in chunk)


def sha256(path: Path) -> str:
    """The digest of the file's bytes, in hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _one_by_one(sources: Iterable[Source]) -> Iterator[Batch]:
    pool: ProcessPoolExecutor | None = None
    for source in sources:
        pool = pool or _process_pool(1)
        try:
            yield pool.submit(read_chunk, (source,)).result()
        except BrokenExecutor:
            pool.shutdown()
            pool = None
            file = source.seen("failed", "the process reading it was killed", REPORT_IT)
            yield Batch(source.collection, (file,), joined(()))
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


def _chunks(sources: Sequence[Source], workers: int) -> Iterator[Sequence[Source]]:
    size = min(LARGEST_CHUNK, max(SMALLEST_CHUNK, len(sources) // (workers * AHEAD)))
    for _, group in groupby(sources, lambda source: source.collection):
        members = tuple(group)
        yield from (members[at : at + size] for at in range(0, len(members), size))
