"""Many documents → a new warehouse: skip what is unchanged, read the rest, build, swap.

A document that is no report is `refused`; one that we fail to read is `failed`, and is tried
again every time. Neither stops the others. A build that breaks a contract is abandoned.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

import pyarrow as pa

from pipeline.errors import DisclosureError
from pipeline.ingest.collection import Collection, Source, collections, regions_of
from pipeline.ingest.pool import Batch, Reading, Task, read_all, sha256
from pipeline.paths import raw_dir
from pipeline.warehouse import parts, query
from pipeline.warehouse.parts import File
from pipeline.warehouse.schema import Tables, joined
from pipeline.warehouse.swap import current, forget, sole_writer

Progress = Callable[[int, int], None]

SEGMENT = 5000  # documents stored at once: what an interrupted run may have to read again


@dataclass(frozen=True, slots=True)
class Refusal:
    """A document that gave no report, and what to do about it."""

    file: str
    reason: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}: {self.reason}; {self.remedy}"


@dataclass(frozen=True, slots=True)
class IngestSummary:
    """What an ingest found in the collections it was given, and the build that came of it.

    `files` counts documents without the ignored; `read_now` and `unchanged` share them.
    `facts` and `flagged` count printed cells. `rebuilt` is False when the current build already
    says it all. `dropped` names collections whose folder is gone, `unplaced` the files whose organ
    lies in no region that is known.
    """

    collections: tuple[str, ...]
    files: int
    reports: int
    refused: tuple[Refusal, ...]
    failed: tuple[Refusal, ...]
    ignored: int
    facts: int
    flagged: int
    years: tuple[int, ...]
    organs: int
    regions: int
    unplaced: tuple[str, ...]
    read_now: int
    unchanged: int
    dropped: tuple[str, ...]
    build: str
    rebuilt: bool
    warehouse: Path
    seconds: float


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be read of one collection, and what is known of the rest.

    `code_versions` has what decides how a document is read, for each table of regions.
    """

    collection: Collection
    regions: pa.Table
    code_versions: dict[Path | None, str]
    kept: dict[str, File]
    to_read: tuple[Source, ...]


def ingest(
    root: Path, *, executor: Executor | None = None, progress: Progress | None = None
) -> IngestSummary:
    """Reads every new or changed document below `root` and swaps in a warehouse of all.

    `progress` is called with the documents read and the documents to read. Raises
    DisclosureError when there is no document, or another process is ingesting; BuildFailed when
    no document gave a report or a contract is broken. The previous build then stands.
    """
    from pipeline.warehouse.build import publish  # reading processes do without DuckDB

    started = time.perf_counter()
    found = collections(root)
    if not found:
        raise DisclosureError(
            f"there are no documents in {root}{_forgotten(root)}; put the reports there, as "
            "published, and run `disclosure ingest` again"
        )
    with sole_writer():
        plans = [_plan(collection) for collection in found]
        _reject_taken_names(found)
        files = _read(plans, executor, progress)
        for plan in plans:
            own = files[plan.collection.name]
            parts.settle(plan.collection.name, own, plan.regions, outside=plan.collection.outside)
        dropped = _drop_gone(root, found)
        build, rebuilt = publish()
    return _summary(plans, files, dropped, build, rebuilt, started)


def _plan(collection: Collection) -> Plan:
    tables = {source.regions_file for source in collection.sources}
    versions = {table: parts.code_version(table) for table in tables}
    known = parts.remembered(collection.name)
    kept = {}
    for source in collection.sources:
        file = known.get(source.file)
        if file and _still_holds(file, source, versions[source.regions_file]):
            kept[source.file] = replace(
                file, size_bytes=source.size_bytes, mtime_ns=source.mtime_ns
            )
    to_read = tuple(source for source in collection.sources if source.file not in kept)
    return Plan(collection, regions_of(collection), versions, kept, to_read)


def _still_holds(file: File, source: Source, version: str) -> bool:
    if file.code_version != version or file.outcome not in ("read", "refused"):
        return False
    if (file.size_bytes, file.mtime_ns) == (source.size_bytes, source.mtime_ns):
        return True
    return file.size_bytes == source.size_bytes and file.sha256 == sha256(source.path)


def _read(
    plans: Sequence[Plan], executor: Executor | None, progress: Progress | None
) -> dict[str, list[File]]:
    """Every document of every collection as it now stands, what was read now among them."""
    tasks = [
        Task(plan.collection.name, source.file, source.path, source.regions_file)
        for plan in plans
        for source in plan.to_read
    ]
    by_name = {plan.collection.name: plan for plan in plans}
    files = {name: list(plan.kept.values()) for name, plan in by_name.items()}
    done = 0
    for name, batches in groupby(read_all(tasks, executor), lambda batch: batch.collection):
        plan = by_name[name]
        sources = {source.file: source for source in plan.to_read}
        pending: list[Batch] = []
        for batch in batches:
            pending.append(batch)
            done += len(batch.readings)
            if progress:
                progress(done, len(tasks))
            if sum(len(one.readings) for one in pending) >= SEGMENT:
                files[name] += _store(plan, sources, pending)
                pending = []
        files[name] += _store(plan, sources, pending)
    for name, plan in by_name.items():
        files[name] += [File(name, file, "", 0, 0, "ignored") for file in plan.collection.ignored]
        files[name].sort(key=lambda file: file.file)
    return files


def _store(plan: Plan, sources: dict[str, Source], batches: Sequence[Batch]) -> tuple[File, ...]:
    if not batches:
        return ()
    files = [
        _file(plan, sources[reading.file], reading)
        for batch in batches
        for reading in batch.readings
    ]
    tables: Tables = joined([batch.tables for batch in batches])
    return parts.add_segment(plan.collection.name, files, tables)


def _file(plan: Plan, source: Source, reading: Reading) -> File:
    return File(
        plan.collection.name,
        source.file,
        reading.sha256,
        source.size_bytes,
        source.mtime_ns,
        reading.outcome,
        reading.reason,
        reading.remedy,
        reading.reports,
        plan.code_versions[source.regions_file],
    )


def _reject_taken_names(found: Iterable[Collection]) -> None:
    for collection in found:
        if collection.name not in parts.known_collections():
            continue
        known = parts.outside_folder(collection.name)
        if known != collection.outside:
            raise DisclosureError(
                f"there is already a collection {collection.name}, from "
                f"{known or raw_dir() / collection.name}; give {collection.folder} another name"
            )


def _drop_gone(root: Path, found: Sequence[Collection]) -> tuple[str, ...]:
    """Forgets the collections whose folder is gone, or is empty and was just looked at."""
    whole = root.resolve() == raw_dir().resolve()
    names = {collection.name for collection in found}
    gone = []
    for name in parts.known_collections():
        outside = parts.outside_folder(name)
        lost = not Path(outside).is_dir() if outside else whole and name not in names
        if lost:
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
            forget()
    return f" (forgotten: {', '.join(dropped)})" if dropped else ""


def _refusal(file: File) -> Refusal:
    return Refusal(file.file, file.reason, file.remedy)


def _summary(
    plans: Sequence[Plan],
    files: dict[str, list[File]],
    dropped: tuple[str, ...],
    build_now: str,
    rebuilt: bool,
    started: float,
) -> IngestSummary:
    names = sorted(files)
    every = [file for name in names for file in files[name]]
    counts = query(
        """
        select
            count(*) as reports,
            coalesce(sum(facts), 0)::bigint as facts,
            coalesce(sum(flagged), 0)::bigint as flagged,
            coalesce(list_sort(list(distinct report_year) filter (where report_year > 0)), [])
                as years,
            count(distinct nullif(organ, '')) as organs,
            count(distinct nullif(region_code, '')) as regions,
            coalesce(list_sort(list(distinct file) filter (where region_code = '')), [])
                as unplaced
        from reports
        where list_contains($1, collection)
        """,
        [names],
    ).iloc[0]
    return IngestSummary(
        collections=tuple(names),
        files=sum(len(plan.collection.sources) for plan in plans),
        reports=int(counts["reports"]),
        refused=tuple(_refusal(file) for file in every if file.outcome == "refused"),
        failed=tuple(_refusal(file) for file in every if file.outcome == "failed"),
        ignored=sum(file.outcome == "ignored" for file in every),
        facts=int(counts["facts"]),
        flagged=int(counts["flagged"]),
        years=tuple(int(year) for year in counts["years"]),
        organs=int(counts["organs"]),
        regions=int(counts["regions"]),
        unplaced=tuple(counts["unplaced"]),
        read_now=sum(len(plan.to_read) for plan in plans),
        unchanged=sum(len(plan.kept) for plan in plans),
        dropped=dropped,
        build=build_now,
        rebuilt=rebuilt,
        warehouse=current(),
        seconds=time.perf_counter() - started,
    )
