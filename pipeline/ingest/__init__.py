"""Many documents → a new warehouse: skip what is unchanged, read the rest, build, swap.

A document that is no report is `refused`; one that we fail to read is `failed`, and is tried
again every time. Neither stops the others. A build that breaks a contract is abandoned.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from pipeline.errors import DisclosureError
from pipeline.ingest.collection import Collection, Source, collections, regions_of
from pipeline.ingest.pool import Batch, read_all, sha256
from pipeline.keeper import Limits
from pipeline.names import name_of
from pipeline.paths import raw_dir
from pipeline.warehouse import parts, query
from pipeline.warehouse.parts import File
from pipeline.warehouse.schema import joined
from pipeline.warehouse.swap import current, keep_only, sole_writer

Progress = Callable[[int, int], None]

SUMMARY = Path(__file__).with_name("summary.sql")
SEGMENT = 5000  # documents stored at once: what an interrupted run may have to read again


@dataclass(frozen=True, slots=True)
class IngestSummary:
    """What an ingest found in the collections it was given, and the build that came of it.

    `files` counts documents without the ignored; `read_now` and `unchanged` share them.
    `facts` and `flagged` count printed cells. `rebuilt` is False when the current build already
    says it all. `damaged` counts those read again because what was stored of them was no longer
    what had been stored; where that is a collection which was not asked for, it is read as well.
    `dropped` names collections whose folder is gone or empty, `unplaced` the files whose organ
    lies in no region that is known.
    """

    collections: tuple[str, ...]
    files: int
    reports: int
    refused: tuple[File, ...]
    failed: tuple[File, ...]
    ignored: int
    facts: int
    flagged: int
    years: tuple[int, ...]
    organs: int
    regions: int
    unplaced: tuple[str, ...]
    read_now: int
    unchanged: int
    damaged: int
    dropped: tuple[str, ...]
    build: str
    rebuilt: bool
    warehouse: Path
    seconds: float


def ingest(
    root: Path,
    *,
    executor: Executor | None = None,
    progress: Progress | None = None,
    limits: Limits | None = None,
) -> IngestSummary:
    """Reads every new or changed document below `root` and swaps in a warehouse of all.

    `progress` is called with the documents read and the documents to read; `limits` are what
    each may take, by default 60 s and 4 GiB. Raises
    DisclosureError when there is no document, or another process is ingesting; BuildFailed when
    no document gave a report or a contract is broken. The previous build then stands.
    """
    from pipeline.warehouse.build import publish  # reading processes do without DuckDB

    started = time.perf_counter()
    members = collections(root)
    if not members:
        raise DisclosureError(
            f"there are no documents in {root}{_forgotten(root)}; put the reports there, as "
            "published, and run `disclosure ingest` again"
        )
    with sole_writer():
        _reject_taken_names(members)
        hurt = _damaged(members)
        members = (*members, *_found(hurt))
        regions = [regions_of(collection) for collection in members]
        for collection, table in zip(members, regions, strict=True):
            if collection.name not in parts.known_collections():
                parts.settle(collection.name, (), table, outside=collection.outside)
        known = {collection.name: parts.remembered(collection.name) for collection in members}
        files = {
            collection.name: list(_unchanged(collection.sources, known[collection.name]))
            for collection in members
        }
        unchanged = {file.file for kept in files.values() for file in kept}
        sources = [source for collection in members for source in collection.sources]
        to_read = [source for source in sources if source.file not in unchanged]
        seen = (known[source.collection].get(source.file) for source in to_read)
        damaged = sum(file is not None and file.outcome == parts.DAMAGED for file in seen)
        for file in _read(to_read, executor, progress, limits):
            files[file.collection].append(file)
        for collection, table in zip(members, regions, strict=True):
            name, own = collection.name, files[collection.name]
            own += [File(name, ignored, "", 0, 0, "ignored") for ignored in collection.ignored]
            own.sort(key=lambda file: file.file)
            parts.settle(name, own, table, outside=collection.outside)
        dropped = _drop_gone(root, members, hurt)
        build, rebuilt = publish()
    counts = query(SUMMARY.read_text("utf-8"), [list(files)]).iloc[0]
    outcomes = {
        outcome: tuple(file for own in files.values() for file in own if file.outcome == outcome)
        for outcome in ("refused", "failed", "ignored")
    }
    return IngestSummary(
        collections=tuple(files),
        files=len(sources),
        reports=int(counts["reports"]),
        refused=outcomes["refused"],
        failed=outcomes["failed"],
        ignored=len(outcomes["ignored"]),
        facts=int(counts["facts"]),
        flagged=int(counts["flagged"]),
        years=tuple(counts["years"].tolist()),
        organs=int(counts["organs"]),
        regions=int(counts["regions"]),
        unplaced=tuple(counts["unplaced"]),
        read_now=len(to_read),
        unchanged=len(unchanged),
        damaged=damaged,
        dropped=dropped,
        build=build,
        rebuilt=rebuilt,
        warehouse=current(),
        seconds=time.perf_counter() - started,
    )


def _unchanged(sources: Iterable[Source], known: Mapping[str, File]) -> Iterator[File]:
    """The documents that need no reading: the same bytes, read or refused by the same code."""
    for source in sources:
        file = known.get(source.file)
        if (
            file
            and file.outcome in ("read", "refused")
            and (file.code_version, file.size_bytes) == (source.code_version, source.size_bytes)
            and (file.mtime_ns == source.mtime_ns or file.sha256 == sha256(source.path))
        ):
            yield replace(file, mtime_ns=source.mtime_ns)


def _read(
    sources: Sequence[Source],
    executor: Executor | None,
    progress: Progress | None,
    limits: Limits | None,
) -> Iterator[File]:
    """Reads the documents and stores what they gave, a segment at a time."""
    done = 0
    for _, batches in groupby(read_all(sources, executor, limits), lambda read: read.collection):
        pending: list[Batch] = []
        for batch in batches:
            pending.append(batch)
            done += len(batch.files)
            if progress:
                progress(done, len(sources))
            if sum(len(held.files) for held in pending) >= SEGMENT:
                yield from _stored(pending)
                pending = []
        yield from _stored(pending)


def _stored(batches: Sequence[Batch]) -> tuple[File, ...]:
    if not batches:
        return ()
    files = [file for batch in batches for file in batch.files]
    return parts.add_segment(
        batches[0].collection, files, joined([batch.tables for batch in batches])
    )


def _reject_taken_names(members: Iterable[Collection]) -> None:
    for collection in members:
        if collection.name not in parts.known_collections():
            continue
        outside = parts.outside_folder(collection.name)
        if outside is not None and outside != collection.outside:
            raise DisclosureError(
                f"there is already a collection {collection.name}, from "
                f"{outside or raw_dir() / collection.name}; give {collection.folder} another name"
            )


def _damaged(members: Sequence[Collection]) -> frozenset[str]:
    """The collections that were not asked for, but of which what is stored is no longer whole."""
    names = {*parts.known_collections()} - {collection.name for collection in members}
    return frozenset(name for name in names if not parts.is_whole(name))


def _found(names: Set[str]) -> Iterator[Collection]:
    """Those of the known collections so named that can be read again."""
    for folder in sorted({parts.outside_folder(name) or "" for name in names}):
        path = Path(name_of(folder)) if folder else raw_dir()
        if path.is_dir():
            yield from (found for found in collections(path) if found.name in names)


def _drop_gone(
    root: Path, members: Sequence[Collection], damaged: Set[str] = frozenset()
) -> tuple[str, ...]:
    """Forgets the collections whose folder is gone, or is empty and was just looked at.

    And those `damaged` of which nothing is left to be read again.
    """
    whole = root.resolve() == raw_dir().resolve()
    names = {collection.name for collection in members}
    gone = []
    for name in parts.known_collections():
        outside = parts.outside_folder(name)
        is_gone = not Path(name_of(outside)).is_dir() if outside else whole and name not in names
        if is_gone or name in damaged - names:
            parts.drop(name)
            gone.append(name)
    return tuple(gone)


def _forgotten(root: Path) -> str:
    """Drops what is gone where nothing is left, and with the last collection the warehouse."""
    if not parts.known_collections():
        return ""
    with sole_writer():
        dropped = _drop_gone(root, ())
        if not parts.known_collections():
            keep_only(None)
    return f" (forgotten: {', '.join(dropped)})" if dropped else ""
