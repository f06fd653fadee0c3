"""Reads many documents at once; whatever one of them does, the others are read."""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import groupby, islice
from pathlib import Path
from stat import S_ISREG

from pipeline.errors import DisclosureError, InputError, ReadingFailed
from pipeline.extract import extract
from pipeline.ingest.collection import Source
from pipeline.keeper import Limits
from pipeline.keeper.outside import Keeper
from pipeline.readers import LARGEST
from pipeline.warehouse import disk
from pipeline.warehouse.parts import File
from pipeline.warehouse.schema import Tables, arrow, joined, rows_of

AHEAD = 4  # chunks waiting for each worker of an executor: enough that none is idle
SMALLEST_CHUNK, LARGEST_CHUNK = 4, 16

Work = Callable[[Source], "Batch"]


@dataclass(frozen=True, slots=True)
class Batch:
    """Some documents of one collection, read, with their rows for the raw tables."""

    collection: str
    files: tuple[File, ...]
    tables: Tables


def read_one(source: Source) -> Batch:
    """Reads one document. A refusal is an outcome; what else it raises, the keeper names."""
    file = replace(source.seen("read"), sha256=sha256(source.path))
    try:
        reports = extract(source.path, name=source.file, regions_file=source.regions_file)
    except InputError as error:
        return _without_rows(source, error, file.sha256)
    file = replace(file, reports=len(reports))
    tables = arrow(rows_of(source.collection, source.file, reports))
    return Batch(source.collection, (file,), tables)


def read_chunk(sources: Sequence[Source], limits: Limits, work: Work) -> Batch:
    """Reads documents of one collection, in order, in a process that this one keeps for it."""
    batches = list(_read(_own_keeper(work, limits), sources))
    files = tuple(file for batch in batches for file in batch.files)
    return Batch(sources[0].collection, files, joined([batch.tables for batch in batches]))


def read_all(
    sources: Sequence[Source], executor: Executor | None = None, limits: Limits | None = None
) -> Iterator[Batch]:
    """Reads every document, in the order given, over `executor` or processes of our own.

    When a worker of the executor is killed, processes of our own read what it has not.
    """
    limits = limits or Limits()
    left: Sequence[Source] = sources
    if executor:
        chunks = deque(_chunks(sources))
        with suppress(BrokenExecutor):
            yield from _mapped(chunks, executor, limits)
        left = [source for chunk in chunks for source in chunk]
    workers = max(1, min(os.cpu_count() or 1, len(left) // SMALLEST_CHUNK))
    with Keeper(read_one, limits, workers) as keeper:
        yield from _read(keeper, left)


def sha256(path: Path) -> str:
    """The digest of the file's bytes, in hex; nothing for what is no file or larger than any read.

    That is never opened: it may have no end.
    """
    stat = path.stat()
    if not S_ISREG(stat.st_mode) or stat.st_size > LARGEST:
        return ""
    return disk.sha256(path)


def _read(keeper: Keeper[Source, Batch], sources: Sequence[Source]) -> Iterator[Batch]:
    for source, answer in zip(sources, keeper.answers(sources), strict=True):
        if isinstance(answer, InputError):
            yield _without_rows(source, answer)
        elif isinstance(answer, DisclosureError):
            raise answer
        else:
            yield answer


def _without_rows(source: Source, error: InputError, digest: str = "") -> Batch:
    outcome = "failed" if isinstance(error, ReadingFailed) else "refused"
    file = replace(source.seen(outcome, error.reason, error.remedy), sha256=digest)
    return Batch(source.collection, (file,), joined(()))


def _mapped(chunks: deque[Sequence[Source]], executor: Executor, limits: Limits) -> Iterator[Batch]:
    """Reads the chunks over the executor; those that are read leave the deque."""
    ahead = AHEAD * (os.cpu_count() or 1)
    running: deque[Future[Batch]] = deque()
    try:
        while chunks:
            for chunk in list(islice(chunks, len(running), ahead)):
                running.append(executor.submit(read_chunk, chunk, limits, read_one))
            batch = running[0].result()
            running.popleft()
            chunks.popleft()
            yield batch
    finally:
        for future in running:
            future.cancel()


# One for each thread, so that an executor of threads is as safe: what reads is a process.
_own = threading.local()


def _own_keeper(work: Work, limits: Limits) -> Keeper[Source, Batch]:
    """The keeper that reads for this thread until it ends, or is asked for other work."""
    keeper: Keeper[Source, Batch] | None = getattr(_own, "keeper", None)
    if keeper and (keeper.work, keeper.limits) == (work, limits):
        return keeper
    if keeper:
        keeper.close()
    _own.keeper = keeper = Keeper(work, limits)
    return keeper


def _chunks(sources: Sequence[Source]) -> Iterator[Sequence[Source]]:
    workers = max(1, min(os.cpu_count() or 1, len(sources) // SMALLEST_CHUNK))
    size = min(LARGEST_CHUNK, max(SMALLEST_CHUNK, len(sources) // (workers * AHEAD)))
    for _, group in groupby(sources, lambda source: source.collection):
        members = tuple(group)
        yield from (members[at : at + size] for at in range(0, len(members), size))
