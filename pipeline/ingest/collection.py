"""Which documents there are: a collection is a folder of documents that are compared together.

- `data/raw`: each folder in it is a collection; documents that lie loose in it are the
  collection `main`.
- a folder inside `data/raw`: the collection it is, or belongs to. The others stay as they were.
- any other folder: a collection of its own, named after the folder.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from pipeline.errors import DisclosureError, printable
from pipeline.paths import raw_dir
from pipeline.rows import REGION_COLUMNS, REGION_SCHEMA

LOOSE = "main"
REGIONS = "regions.csv"
NOT_DOCUMENTS = frozenset({"sources.csv", REGIONS})
PUBLISHED_NAMES = {
    "code": "code9",
    "county_code": "county6",
    "first_edition": "first_vintage",
    "last_edition": "last_vintage",
}


@dataclass(frozen=True, slots=True)
class Source:
    """A document on disk; `file` is its path with `/`, beginning with the collection's name."""

    file: str
    path: Path
    size_bytes: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class Collection:
    """Documents that are compared together. `outside`: the folder, when not below data/raw."""

    name: str
    folder: Path
    sources: tuple[Source, ...]
    ignored: tuple[str, ...]
    outside: str = ""

    @property
    def regions_file(self) -> Path | None:
        """The collection's own table of regions, if it has one."""
        path = self.folder / REGIONS
        return path if path.is_file() else None


def collections(root: Path) -> tuple[Collection, ...]:
    """The collections that `root` stands for, those with documents only, by name.

    Raises DisclosureError when `root` is not a folder.
    """
    if not root.is_dir():
        kind = "is a file" if root.exists() else "does not exist"
        raise DisclosureError(f"{root} {kind}; name the folder that holds the reports")
    here, raw = root.resolve(), raw_dir().resolve()
    if here == raw:
        folders = [entry for entry in here.iterdir() if entry.is_dir() and not _hidden(entry.name)]
        found = [_collection(folder.name, folder) for folder in folders if folder.name != LOOSE]
        found.append(_collection(LOOSE, here / LOOSE, loose=here))
    elif here.is_relative_to(raw):
        name = here.relative_to(raw).parts[0]
        found = [_collection(name, raw / name, loose=raw if name == LOOSE else None)]
    else:
        found = [_collection(here.name, here, outside=str(here))]
    return tuple(sorted((one for one in found if one.sources), key=lambda one: one.name))


def regions_file(document: Path) -> Path | None:
    """The regions.csv that goes with a document: its collection's, or outside data/raw, the one
    beside it."""
    here, raw = document.resolve(), raw_dir().resolve()
    inside = here.relative_to(raw).parts[:-1] if here.is_relative_to(raw) else None
    folder = here.parent if inside is None else raw / (inside[0] if inside else LOOSE)
    path = folder / REGIONS
    return path if path.is_file() else None


def own_regions(collection: Collection) -> pa.Table:
    """The rows of the collection's regions.csv; none when it has no such file.

    Raises DisclosureError that names the columns the file lacks.
    """
    if collection.regions_file is None:
        return REGION_SCHEMA.empty_table()
    with collection.regions_file.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        printed = set(reader.fieldnames or ())
        names = {
            name: name if name in printed else PUBLISHED_NAMES.get(name, name)
            for name in REGION_COLUMNS
        }
        if missing := [name for name, column in names.items() if column not in printed]:
            raise DisclosureError(
                f"{collection.regions_file}: no column {', '.join(missing)}; it needs "
                f"{', '.join(REGION_COLUMNS)}"
            )
        rows = [
            {name: (row[column] or "").strip() for name, column in names.items()} for row in reader
        ]
    return pa.Table.from_pylist(
        [{"collection": collection.name, **row} for row in rows], REGION_SCHEMA
    )


def _collection(
    name: str, folder: Path, *, loose: Path | None = None, outside: str = ""
) -> Collection:
    files = {
        f"{name}/{printable(path.relative_to(folder).as_posix())}": path for path in _files(folder)
    }
    for path in _entries(loose) if loose else ():
        files.setdefault(f"{name}/{printable(path.name)}", path)
    documents = {file: path for file, path in sorted(files.items()) if not _ignored(path)}
    ignored = tuple(file for file in sorted(files) if file not in documents)
    sources = tuple(_source(file, path) for file, path in documents.items())
    return Collection(name, folder, sources, ignored, outside)


def _source(file: str, path: Path) -> Source:
    try:
        stat = path.stat()
    except OSError:  # a broken link: reading it will say so
        return Source(file, path, 0, 0)
    return Source(file, path, stat.st_size, stat.st_mtime_ns)


def _files(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not _hidden(name))
        yield from (Path(parent, name) for name in sorted(names))


def _entries(folder: Path) -> list[Path]:
    return sorted(entry for entry in folder.iterdir() if not entry.is_dir())


def _ignored(path: Path) -> bool:
    return _hidden(path.name) or path.name in NOT_DOCUMENTS


def _hidden(name: str) -> bool:
    return name.startswith((".", "~$"))
