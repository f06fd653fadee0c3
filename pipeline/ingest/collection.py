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

from pipeline.errors import DisclosureError
from pipeline.names import key, shown
from pipeline.paths import REGIONS, raw_dir, regions_file
from pipeline.reference.regions import own_regions
from pipeline.warehouse.parts import File, code_version
from pipeline.warehouse.schema import REGION_SCHEMA

LOOSE = "main"
NOT_DOCUMENTS = frozenset({"sources.csv", REGIONS})
# What systems, browsers and Office leave in folders: by how its name begins, ends, or by name.
_HIDDEN = (".", "~$")
_LITTER_ENDS = (".crdownload", ".download", ".part", ".partial", ".tmp")
_LITTER = frozenset({"desktop.ini", "ehthumbs.db", "thumbs.db"})
_OF_A_MAC = "__MACOSX"  # a folder in its zip files: a copy of every name, with no document in it


@dataclass(frozen=True, slots=True)
class Source:
    """A document on disk; `file` is its path with `/`, beginning with the collection's name.

    Both are keys: `pipeline.names` says how they are made of what the system calls the file.
    `regions_file` is the table of regions that goes with it, if there is one; `code_version` has
    everything else that decides how it is read.
    """

    collection: str
    file: str
    path: Path
    size_bytes: int
    mtime_ns: int
    regions_file: Path | None
    code_version: str

    def seen(self, outcome: str, reason: str = "", remedy: str = "") -> File:
        """What is to be remembered of the document, but for what only a reader of it knows."""
        stat = (self.size_bytes, self.mtime_ns)
        known = (self.collection, self.file, "", *stat, outcome, reason, remedy)
        return File(*known, code_version=self.code_version)


@dataclass(frozen=True, slots=True)
class Collection:
    """Documents that are compared together. `outside`: the folder, when not below data/raw."""

    name: str
    folder: Path
    sources: tuple[Source, ...]
    ignored: tuple[str, ...]
    outside: str = ""


def collections(root: Path) -> tuple[Collection, ...]:
    """The collections that `root` stands for, those with documents only, by name.

    Raises DisclosureError when `root` is no folder, one in it cannot be listed, two documents
    would have one name, or a collection has one that cannot be written here.
    """
    if not root.is_dir():
        kind = "is a file" if root.exists() else "does not exist"
        raise DisclosureError(f"{shown(str(root))} {kind}; name the folder that holds the reports")
    folder, raw = root.resolve(), raw_dir().resolve()
    if not folder.is_relative_to(raw):
        members = [_collection(key(folder.name), folder, outside=key(str(folder)))]
    else:
        names = {*folder.relative_to(raw).parts[:1]}
        if not names:
            entries = (entry for entry in raw.iterdir() if entry.is_dir())
            names = {
                LOOSE,
                *(entry.name for entry in entries if not entry.name.startswith(_HIDDEN)),
            }
        members = [_collection(key(name), raw / name) for name in sorted(names)]
    named = tuple(collection for collection in members if collection.sources)
    for collection in named:
        _refuse_unwritable(collection.name)
    return named


def regions_of(collection: Collection) -> pa.Table:
    """The rows of the collection's own tables of regions, each once.

    Raises DisclosureError that says what is wrong with one of them.
    """
    paths = {source.regions_file for source in collection.sources if source.regions_file}
    rows = [
        {"collection": collection.name, **row}
        for path in sorted(paths)
        for row in own_regions(path)
    ]
    each = {tuple(row.values()): row for row in rows}
    return pa.Table.from_pylist(list(each.values()), REGION_SCHEMA)


def _collection(name: str, folder: Path, outside: str = "") -> Collection:
    found = list(_below(folder)) if folder.is_dir() else []
    if name == LOOSE and not outside:
        loose = (entry for entry in folder.parent.iterdir() if not entry.is_dir())
        found += [(Path(entry.name), entry) for entry in loose]
    documents: dict[str, Path] = {}
    ignored: set[str] = set()
    for inside, path in sorted(found):
        file = f"{name}/{key(inside.as_posix())}"
        if _litter(path.name) or _OF_A_MAC in inside.parts or path.name in NOT_DOCUMENTS:
            ignored.add(file)
        elif file in documents:
            both = f"{shown(str(documents[file]))} and {shown(str(path))}"
            raise DisclosureError(f"{both} would both be {shown(file)}; give one another name")
        else:
            documents[file] = path
    parents = {path.parent for path in documents.values()}
    tables = {parent: regions_file(parent) for parent in parents}
    versions = {table: code_version(table) for table in set(tables.values())}
    sources = []
    for file, path in sorted(documents.items()):
        table = tables[path.parent]
        try:
            stat = path.stat()
            state = stat.st_size, stat.st_mtime_ns
        except OSError:  # a broken link: reading it will say so
            state = 0, 0
        sources.append(Source(name, file, path, *state, table, versions[table]))
    return Collection(name, folder, tuple(sources), tuple(sorted(ignored)), outside)


def _refuse_unwritable(name: str) -> None:
    """The collection has a folder of its own in the warehouse."""
    try:
        os.fsencode(name)
    except UnicodeEncodeError:
        raise DisclosureError(
            f"this system's language setting cannot write the name of the folder {name}; set "
            "PYTHONUTF8=1, or name the folder in Latin letters"
        ) from None


def _below(folder: Path) -> Iterator[tuple[Path, Path]]:
    """Every file below the folder, by its path there; hidden folders are not looked into."""
    for parent, folders, names in os.walk(folder, onerror=_closed):
        folders[:] = sorted(inner for inner in folders if not inner.startswith(_HIDDEN))
        for path in (Path(parent, name) for name in sorted(names)):
            yield path.relative_to(folder), path


def _closed(error: OSError) -> None:
    """A folder that cannot be listed: what lies in it is not to be missing without a word."""
    name = shown(str(error.filename))
    raise DisclosureError(f"{name} cannot be opened ({error.strerror}); check its permissions")


def _litter(name: str) -> bool:
    """Whether a file of this name is nobody's document."""
    lowered = name.lower()
    return lowered.startswith(_HIDDEN) or lowered.endswith(_LITTER_ENDS) or lowered in _LITTER
