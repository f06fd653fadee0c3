"""What has been read, kept as Parquet so that an unchanged document is never read twice.

    data/warehouse/parts/<collection>/
        files.parquet     one row per document of the collection, and the segment that holds it
        regions.parquet   the collection's own regions, as they were when it was read
        outside           the folder, for a collection that does not lie in data/raw
        000001/           a segment: what one stretch of reading gave, a Parquet file a raw table

Segments are written once. A document read again goes to a new segment and `files.parquet` names
that one; a segment no document needs is removed, and small ones are merged. A segment that
`files.parquet` does not know is what an interrupted run had finished, and is used by the next.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields, replace
from importlib.metadata import version
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.names import shown, visible
from pipeline.paths import warehouse_dir
from pipeline.warehouse.schema import SCHEMAS, Tables, joined

FILES = "files.parquet"
REGIONS = "regions.parquet"
OUTSIDE = "outside"
MANY, SMALL = 16, 1000  # more segments than MANY with fewer documents than SMALL are merged

# Everything else in the package decides, or may decide, what a document is read as.
NOT_READING = frozenset(
    ("analysis", "charts", "cli", "ingest", "keeper", "page", "sample", "warehouse", "__pycache__")
)
ROWS = Path("warehouse/schema.py")  # but what is stored of it is decided here
READING_LIBRARIES = ("lxml", "pdfplumber", "pypdfium2")


@dataclass(frozen=True, slots=True)
class File:
    """A document of a collection as it was last seen; `segment` holds what it gave."""

    collection: str
    file: str
    sha256: str
    size_bytes: int
    mtime_ns: int
    outcome: str
    reason: str = ""
    remedy: str = ""
    reports: int = 0
    code_version: str = ""
    segment: str = ""

    def __str__(self) -> str:
        return visible(f"{shown(self.file)}: {self.reason}; {self.remedy}")


FILE_SCHEMA = pa.schema(
    [(item.name, {"str": pa.string(), "int": pa.int64()}[str(item.type)]) for item in fields(File)]
)


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
    """The collections that have been read, by name."""
    manifests = (warehouse_dir() / "parts").glob(f"*/{FILES}")
    return tuple(sorted(path.parent.name for path in manifests))


def known_files(collection: str) -> tuple[File, ...]:
    """The documents of a collection as `settle` left them."""
    return _files_in(collection_dir(collection) / FILES)


def remembered(collection: str) -> dict[str, File]:
    """What is known of each document, with what an interrupted run had read since."""
    files = {file.file: file for file in known_files(collection)}
    last = max((file.segment for file in files.values()), default="")
    for segment in _segments(collection):
        if segment > last:
            unsettled = _files_in(collection_dir(collection) / segment / FILES)
            files |= {file.file: file for file in unsettled}
    return files


def add_segment(collection: str, files: Sequence[File], tables: Tables) -> tuple[File, ...]:
    """Stores what was read; gives the files back with their segment."""
    folder = collection_dir(collection)
    segment = f"{int(max(_segments(collection), default='0')) + 1:06}"
    aside = folder / f".{segment}"
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True)
    placed = tuple(replace(file, segment=segment) for file in files)
    for name in SCHEMAS:
        table = tables[name].combine_chunks()
        segments = pa.repeat(pa.scalar(segment), len(table)).dictionary_encode()
        pq.write_table(table.append_column("segment", segments), aside / f"{name}.parquet")
    _write_files(aside / FILES, placed)
    aside.rename(folder / segment)
    return placed


def settle(collection: str, files: Sequence[File], regions: pa.Table, *, outside: str = "") -> None:
    """Makes `files` the documents of the collection, and drops what no document needs."""
    folder = collection_dir(collection)
    folder.mkdir(parents=True, exist_ok=True)
    files = _merged(collection, files)
    pq.write_table(regions, folder / REGIONS)
    (folder / OUTSIDE).write_text(outside, "utf-8")
    _write_files(folder / FILES, files)
    for segment in set(_segments(collection)) - {file.segment for file in files}:
        shutil.rmtree(folder / segment)


def drop(collection: str) -> None:
    """Forgets a collection."""
    shutil.rmtree(collection_dir(collection))


def outside_folder(collection: str) -> str:
    """The folder of a collection that does not lie in data/raw, else nothing."""
    path = collection_dir(collection) / OUTSIDE
    return path.read_text("utf-8") if path.exists() else ""


def settled(name: str) -> list[str]:
    """The file of this name, FILES or REGIONS, of every collection."""
    return [str(collection_dir(collection) / name) for collection in known_collections()]


def stored(table: str) -> list[str]:
    """Every Parquet file that holds rows of a raw table."""
    return [
        str(collection_dir(collection) / segment / f"{table}.parquet")
        for collection in known_collections()
        for segment in _segments(collection)
    ]


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
    moved = {file.file: file for file in add_segment(collection, members, joined(live))}
    return [moved.get(file.file, file) for file in files]


def _segments(collection: str) -> list[str]:
    folder = collection_dir(collection)
    return sorted(path.name for path in folder.glob("[0-9]*") if path.is_dir())


def _files_in(path: Path) -> tuple[File, ...]:
    if not path.exists():
        return ()
    columns = pq.read_table(path, partitioning=None).columns
    rows = zip(*(column.to_pylist() for column in columns), strict=True)
    return tuple(File(*row) for row in rows)


def _write_files(path: Path, files: Iterable[File]) -> None:
    aside = path.with_suffix(".new")
    pq.write_table(pa.Table.from_pylist([asdict(file) for file in files], FILE_SCHEMA), aside)
    aside.replace(path)
