"""Every file below a warehouse damaged: the next ingest heals it by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow.parquet as pq

from tests.endurance.trial import Trial, change, complaint, copied, lay

FLIPPED = 64  # bytes


def _emptied(path: Path) -> None:
    path.write_bytes(b"")


def _truncated(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])


def _flipped(path: Path) -> None:
    content = bytearray(path.read_bytes())
    begin = max(0, len(content) // 2 - FLIPPED // 2)
    content[begin : begin + FLIPPED] = bytes(byte ^ 0xFF for byte in content[begin:][:FLIPPED])
    path.write_bytes(content)


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _full_folder(path: Path) -> None:
    _folder(path)
    (path / "note.txt").write_text("not ours", "utf-8")


def _shortened(path: Path) -> None:
    """Still Parquet, with whatever it said beside its rows, and half of them."""
    table = pq.read_table(path, partitioning=None)
    pq.write_table(table.slice(0, len(table) // 2), path)


WAYS: dict[str, Callable[[Path], None]] = {
    "emptied": _emptied,
    "truncated": _truncated,
    "flipped": _flipped,
    "a folder": _folder,
    "a folder with a file": _full_folder,
    "deleted": Path.unlink,
    "shortened": _shortened,
}


@dataclass(frozen=True, slots=True)
class Damage:
    """A file and what was done to it, and what is wrong after the next ingest."""

    name: str
    broken: str


def ways_to_damage(path: Path) -> tuple[str, ...]:
    """The ways that fit a file; one without bytes can only go or become a folder."""
    empty = not path.stat().st_size
    fit = [way for way in WAYS if way != "shortened" or path.suffix == ".parquet"]
    return tuple(way for way in fit if not empty or "folder" in way or way == "deleted")


def files_below(trial: Trial) -> tuple[Path, ...]:
    """The files of the warehouse, as paths within it."""
    below = sorted(path for path in trial.warehouse.rglob("*") if path.is_file())
    return tuple(path.relative_to(trial.warehouse) for path in below)


def damages(documents: int) -> Iterator[Damage]:
    """Each file in each way, one at a time."""
    with TemporaryDirectory() as folder:
        whole = lay(Path(folder) / "whole", documents)
        assert whole.ingest()[0] == 0
        change(whole, documents)
        assert whole.ingest()[0] == 0
        expected = whole.content()
        for inside in files_below(whole):
            for way in ways_to_damage(whole.warehouse / inside):
                name = f"{inside} {way}"
                trial = copied(whole, Path(folder) / name.replace("/", "-"))
                WAYS[way](trial.warehouse / inside)
                status, _, said = trial.ingest()
                broken = [complaint(status, said)]
                if trial.content() != expected:
                    broken.append("the warehouse says something else than the undamaged one")
                again = trial.ingest()
                if "(0 read now" not in again[1] or "(unchanged)" not in again[1]:
                    broken.append(f"the one after that had something to do: {again[1]}{again[2]}")
                yield Damage(name, "; ".join(filter(None, broken)))
