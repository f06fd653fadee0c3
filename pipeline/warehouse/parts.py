"""What has been read, kept as Parquet so that an unchanged document is never read twice.

    data/warehouse/parts/<collection>/
        files.parquet     one row per document of the collection, and the segment that holds it
        regions.parquet   the collection's own regions, as they were when it was read
        outside           the folder, for a collection that does not lie in data/raw; it stands in
                          files.parquet too, so that either may be damaged
        000001/           a segment: what one stretch of reading gave, a Parquet file a raw table

Segments are written once. A document read again goes to a new segment and `files.parquet` names
that one; a segment no document needs is removed, and small ones are merged. A segment that
`files.parquet` does not know is what an interrupted run had finished, and is used by the next.

Nothing stored is believed because it is there. `files.parquet` and `regions.parquet` carry a digest
of their own rows; each document carries how many rows it gave, and the digest of its segment. What
does not agree counts as not stored, and `remembered` says which documents that costs.
"""

from __future__ import annotations

import hashlib
import shutil
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow.csv import write_csv

from pipeline.errors import BuildFailed
from pipeline.names import shown, visible
from pipeline.paths import warehouse_dir
from pipeline.warehouse import disk
from pipeline.warehouse.schema import REGION_SCHEMA, SCHEMAS, Tables, joined

FILES = "files.parquet"
REGIONS = "regions.parquet"
OUTSIDE = "outside"
DIGEST = "rows_sha256"
DAMAGED = "damaged"
MANY, SMALL = 16, 1000  # more segments than MANY with fewer documents than SMALL are merged

# Everything else in the package decides, or may decide, what a document is read as.
NOT_READING = frozenset(
    ("analysis", "charts", "cli", "ingest", "keeper", "page", "sample", "warehouse", "__pycache__")
)
ROWS = Path("warehouse/schema.py")  # but what is stored of it is decided here
READING_LIBRARIES = ("lxml", "pdfplumber", "pypdfium2")


@dataclass(frozen=True, slots=True)
class File:
    """A document of a collection as it was last seen; `segment` holds what it gave.

    `reports` to `evidence` count its rows in the raw tables so named.
    """

    collection: str
    file: str
    sha256: str
    size_bytes: int
    mtime_ns: int
    outcome: str
    reason: str = ""
    remedy: str = ""
    reports: int = 0
    facts: int = 0
    narrative: int = 0
    findings: int = 0
    evidence: int = 0
    code_version: str = ""
    segment: str = ""
    segment_sha256: str = ""

    def __str__(self) -> str:
        return visible(f"{shown(self.file)}: {self.reason}; {self.remedy}")


FILE_SCHEMA = pa.schema(
    [(item.name, {"str": pa.string(), "int": pa.int64()}[str(item.type)]) for item in fields(File)]
)
_SCHEMAS = {FILES: FILE_SCHEMA, REGIONS: REGION_SCHEMA}


def code_version(regions_file: Path | None = None) -> str:
    """Changes with anything of ours that decides how a document is read."""
    package = Path(__file__).parents[1]
    libraries = "".join(f"{library} {version(library)}\n" for library in READING_LIBRARIES)
    digest = hashlib.sha256(libraries.encode())
    for path in sorted(package.rglob("*.*")):
        inside = path.relative_to(package)
        rooms = {inside.parts[0].partition(".")[0], inside.parent.name}
        if inside == ROWS or (path.is_file() and not rooms & NOT_READING):
            digest.update(f"{inside.as_posix()}\n".encode() + path.read_bytes())
    if regions_file:
        digest.update(regions_file.read_bytes())
    return digest.hexdigest()[:16]


def collection_dir(collection: str) -> Path:
    """Where the parts of a collection lie."""
    return warehouse_dir() / "parts" / collection


def known_collections() -> tuple[str, ...]:
    """The collections of which something is stored, by name."""
    folders = (warehouse_dir() / "parts").glob("*")
    return tuple(sorted(path.name for path in folders if path.is_dir()))


def known_files(collection: str) -> tuple[File, ...]:
    """The documents of a collection as `settle` left them. Raises BuildFailed."""
    path = collection_dir(collection) / FILES
    stored = _stored_in(path)
    if stored is None:
        raise BuildFailed(
            f"{path} is damaged; run `disclosure ingest`, which reads anew what it held"
        )
    return stored.files()


def remembered(collection: str) -> dict[str, File]:
    """What is known of each document, with what an interrupted run had read since.

    A document whose segment is not what was stored has the outcome DAMAGED.
    """
    folder = collection_dir(collection)
    settled_files = _stored_in(folder / FILES)
    known = settled_files.files() if settled_files else ()
    files = {file.file: file for file in known}
    last = max((file.segment for file in known), default="")
    for segment in _segments(collection):
        if segment > last and (unsettled := _stored_in(folder / segment / FILES)):
            files |= {file.file: file for file in unsettled.files()}
    digests = {segment: _digest(folder / segment) for segment in _segments(collection)}
    for name, file in files.items():
        if file.segment and digests.get(file.segment) != file.segment_sha256:
            files[name] = replace(file, outcome=DAMAGED)
    return files


def is_whole(collection: str) -> bool:
    """Whether everything that is stored of a collection is what was stored."""
    folder = collection_dir(collection)
    return all(_stored_in(folder / name) is not None for name in (FILES, REGIONS)) and not any(
        file.outcome == DAMAGED for file in remembered(collection).values()
    )


def add_segment(collection: str, files: Sequence[File], tables: Tables) -> tuple[File, ...]:
    """Stores what was read; gives the files back with their rows counted and their segment."""
    return _add_segment(collection, _counted(files, tables), tables)


def settle(collection: str, files: Sequence[File], regions: pa.Table, *, outside: str = "") -> None:
    """Makes `files` the documents of the collection, and drops what no document needs."""
    folder = collection_dir(collection)
    if not folder.is_dir():
        folder.mkdir(parents=True)
        disk.sync_folder(folder.parent)
    files = _merged(collection, files)
    _write(folder / REGIONS, regions)
    said = folder / OUTSIDE
    if _text(said) != outside:
        disk.write(said, lambda aside: aside.write_text(outside, "utf-8"))
    _write_files(folder / FILES, files, outside)
    needed = {file.segment for file in files}
    for path in folder.iterdir():
        is_segment = path.name.lstrip(".").isdecimal()
        if (is_segment and path.name not in needed) or path.suffix == disk.ASIDE:
            disk.remove(path)


def drop(collection: str) -> None:
    """Forgets a collection."""
    shutil.rmtree(collection_dir(collection))


def outside_folder(collection: str) -> str | None:
    """The folder of a collection that does not lie in data/raw, else nothing.

    None when damage hides which.
    """
    folder = collection_dir(collection)
    stored = _stored_in(folder / FILES)
    return stored.said.get(OUTSIDE, "") if stored else _text(folder / OUTSIDE)


def settled(name: str) -> list[str]:
    """The file of this name, FILES or REGIONS, of every collection."""
    return [str(collection_dir(collection) / name) for collection in known_collections()]


def stored(table: str) -> list[str]:
    """Every Parquet file that holds rows of a raw table which some document needs."""
    found = []
    for collection in known_collections():
        folder = collection_dir(collection)
        segments = pq.read_table(folder / FILES, columns=["segment"], partitioning=None)["segment"]
        needed = sorted({*segments.unique().to_pylist()} - {""})
        found += [str(folder / segment / f"{table}.parquet") for segment in needed]
    return found


@dataclass(frozen=True, slots=True)
class _Stored:
    """The rows of a Parquet file that carries their digest, and what else it says."""

    table: pa.Table
    said: dict[str, str]

    def files(self) -> tuple[File, ...]:
        columns = [column.to_pylist() for column in self.table.columns]
        return tuple(File(*row) for row in zip(*columns, strict=True))

    def digest(self) -> str:
        rows = pa.BufferOutputStream()
        write_csv(self.table, rows)
        digest = hashlib.sha256(repr(sorted(self.said.items())).encode())
        digest.update(rows.getvalue())
        return digest.hexdigest()


def _stored_in(path: Path) -> _Stored | None:
    """What was written there; None when it is missing, or is no longer that."""
    try:
        table = pq.read_table(path, partitioning=None)
        said = {key.decode(): text.decode() for key, text in (table.schema.metadata or {}).items()}
        digest = said.pop(DIGEST, "")
        stored = _Stored(table, said)
        is_ours = table.schema.equals(_SCHEMAS[path.name])
        return stored if is_ours and stored.digest() == digest else None
    except (OSError, ValueError, pa.ArrowException):
        return None


def _write(path: Path, table: pa.Table, said: Mapping[str, str] | None = None) -> None:
    """Stores rows with their digest, unless they are stored already."""
    new, old = _Stored(table, dict(said or {})), _stored_in(path)
    if old and old.table.equals(table) and old.said == new.said:
        return
    noted = table.replace_schema_metadata({**new.said, DIGEST: new.digest()})
    disk.write(path, lambda aside: pq.write_table(noted, aside))


def _write_files(path: Path, files: Sequence[File], outside: str) -> None:
    columns = [[getattr(file, name) for file in files] for name in FILE_SCHEMA.names]
    arrays = [pa.array(*column) for column in zip(columns, FILE_SCHEMA.types, strict=True)]
    _write(path, pa.table(arrays, schema=FILE_SCHEMA), {OUTSIDE: outside})


def _counted(files: Sequence[File], tables: Tables) -> list[File]:
    """The files, each with the number of rows that it gave to each raw table."""
    reports = tables["raw_reports"]
    file_of = dict(zip(reports["report_id"].to_pylist(), reports["file"].to_pylist(), strict=True))
    rows: dict[str, Counter[Any]] = {file.file: Counter() for file in files}
    for name, table in tables.items():
        for each in table["report_id"].value_counts().to_pylist():
            rows[file_of[each["values"]]][name.removeprefix("raw_")] += each["counts"]
    return [replace(file, **dict(rows[file.file])) for file in files]


def _add_segment(collection: str, files: Sequence[File], tables: Tables) -> tuple[File, ...]:
    folder = collection_dir(collection)
    taken = (path.name.lstrip(".") for path in folder.glob("*"))
    segment = f"{max((int(name) for name in taken if name.isdecimal()), default=0) + 1:06}"
    aside = folder / f".{segment}"
    aside.mkdir(parents=True)
    try:
        for name in SCHEMAS:
            table = tables[name].combine_chunks()
            segments = pa.repeat(pa.scalar(segment), len(table)).dictionary_encode()
            path = aside / f"{name}.parquet"
            pq.write_table(table.append_column("segment", segments), path)
            disk.sync(path)
        digest = _digest(aside)
        placed = tuple(replace(file, segment=segment, segment_sha256=digest) for file in files)
        _write_files(aside / FILES, placed, "")
        disk.put(aside, folder / segment)
    except OSError:
        shutil.rmtree(aside, ignore_errors=True)  # a full disk needs the room
        raise
    return placed


def _digest(segment: Path) -> str:
    """Of the bytes of a segment's raw tables; nothing when one cannot be read."""
    try:
        digests = [disk.sha256(segment / f"{name}.parquet") for name in SCHEMAS]
    except OSError:
        return ""
    return hashlib.sha256("".join(digests).encode()).hexdigest()


def _text(path: Path) -> str | None:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def _merged(collection: str, files: Sequence[File]) -> Sequence[File]:
    """The files, those of many small segments stored again in one with what still counts."""
    held: dict[str, list[File]] = {}
    for file in files:
        if file.segment:
            held.setdefault(file.segment, []).append(file)
    small = sorted(segment for segment, members in held.items() if len(members) < SMALL)
    if len(small) <= MANY:
        return files
    live = []
    for segment in small:
        folder = collection_dir(collection) / segment
        tables = {
            name: pq.read_table(folder / f"{name}.parquet", partitioning=None).select(schema.names)
            for name, schema in SCHEMAS.items()
        }
        reports = tables["raw_reports"]
        names = pa.array(sorted(file.file for file in held[segment]), pa.string())
        mine = reports.filter(pa.compute.is_in(reports["file"], names))["report_id"]
        live.append(
            {
                name: table.filter(pa.compute.is_in(table["report_id"], mine.combine_chunks()))
                for name, table in tables.items()
            }
        )
    members = [file for segment in small for file in held[segment]]
    # Not counted anew: a build that lacks rows which were once read is to be noticed.
    moved = {file.file: file for file in _add_segment(collection, members, joined(live))}
    return [moved.get(file.file, file) for file in files]


def _segments(collection: str) -> list[str]:
    folder = collection_dir(collection)
    return sorted(path.name for path in folder.glob("[0-9]*") if path.is_dir())
