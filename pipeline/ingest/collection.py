"""Which documents there are: a collection is a folder of documents that are compared together.

- `data/raw`: each folder in it is a collection; documents that lie loose in it are the
  collection `main`.
- a folder inside `data/raw`: the collection it is, or belongs to. The others stay as they were.
- any other folder: a collection of its own, named after the folder.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from pipeline.errors import DisclosureError, printable
from pipeline.paths import REGIONS, raw_dir, regions_file
from pipeline.reference.regions import own_regions
from pipeline.warehouse.schema import REGION_SCHEMA

LOOSE = "main"
NOT_DOCUMENTS = frozenset({"sources.csv", REGIONS})


@dataclass(frozen=True, slots=True)
class Source:
    """A document on disk; `file` is its path with `/`, beginning with the collection's name.

    `regions_file` is the table of regions that goes with it, if there is one.
    """

    file: str
    path: Path
    size_bytes: int
    mtime_ns: int
    regions_file: Path | None


@dataclass(frozen=True, slots=True)
class Collection:
    """Documents that are compared together. `outside`: the folder, when not below data/raw."""

    name: str
    folder: Path
    sources: tuple[Source, ...]
    ignored: tuple[str, ...]
    outside: str = ""

    @property
    def regions_files(self) -> tuple[Path, ...]:
        """The tables of regions that go with its documents."""
        return tuple(sorted({one.regions_file for one in self.sources if one.regions_file}))


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


def regions_of(collection: Collection) -> pa.Table:
    """The rows of the collection's own tables of regions, each once.

    Raises DisclosureError that says what is wrong with one of them.
    """
    rows = [
        {"collection": collection.name, **row}
        for path in collection.regions_files
        for row in own_regions(path)
    ]
    each = {tuple(row.values()): row for row in rows}
    return pa.Table.from_pylist(list(each.values()), REGION_SCHEMA)


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
    regions = {
        folder: regions_file(folder) for folder in {path.parent for path in documents.values()}
    }
    sources = tuple(_source(file, path, regions[path.parent]) for file, path in documents.items())
    return Collection(name, folder, sources, ignored, outside)


def _source(file: str, path: Path, regions: Path | None) -> Source:
    try:
        stat = path.stat()
    except OSError:  # a broken link: reading it will say so
        return Source(file, path, 0, 0, regions)
    return Source(file, path, stat.st_size, stat.st_mtime_ns, regions)


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
