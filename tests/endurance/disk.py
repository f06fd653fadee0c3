"""A disk that is too small: the build before stands, and with more room the next ingest completes.

Needs a mount namespace: `python -m tests.endurance` starts this module inside one.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.endurance.trial import Content, Trial, change, complaint, copied, lay

PAGE = 4096  # bytes: tmpfs counts in these
NAMESPACE = ("unshare", "--mount", "--propagation", "private")
ENOUGH = 1.5  # of what is held in the end: while DuckDB writes, it needs a little more
AMPLE = 1 << 28  # bytes: more than any of these warehouses needs


@dataclass(frozen=True, slots=True)
class Full:
    """A size, whether the ingest failed for it, and what is wrong."""

    name: str
    failed: bool
    broken: str


def why_not() -> str:
    """Why no small file system can be mounted here; nothing where it can."""
    with TemporaryDirectory() as folder:
        mount = ["mount", "-t", "tmpfs", "-o", f"size={PAGE}", "tmpfs", folder]
        try:
            done = subprocess.run([*NAMESPACE, *mount], capture_output=True, text=True)
        except FileNotFoundError as error:
            return f"{error.filename} is not installed"
        return f"cannot mount: {done.stderr.strip()}" if done.returncode else ""


def fillings(number: int, documents: int) -> Iterator[Full]:
    """So many sizes, in turn for a fresh warehouse and over a build, from hardly any to enough.

    Each is larger than the one before by the same factor.
    """
    with TemporaryDirectory() as folder:
        fresh = lay(Path(folder) / "fresh", documents)
        first = copied(fresh, Path(folder) / "first")
        assert first.ingest()[0] == 0
        grown = copied(first, Path(folder) / "grown")
        change(grown, documents)
        second = copied(grown, Path(folder) / "second")
        assert second.ingest()[0] == 0
        for n in range(number):
            start, done = ((fresh, first), (grown, second))[n % 2]
            trial = Trial(Path(folder) / f"full-{n}")
            shutil.copytree(start.data / "raw", trial.data / "raw")
            held = _size(start.warehouse)
            enough = _size(done.warehouse) * ENOUGH
            room = int(PAGE * (enough / PAGE) ** ((n // 2 + 0.5) / (number / 2)))
            yield _filled(trial, start, held, room, done.content())


def _filled(trial: Trial, start: Trial, held: int, room: int, expected: Content | None) -> Full:
    kind = "over a build" if held else "fresh"
    before = start.content() if held else None
    _mount(trial, AMPLE)
    try:
        if held:
            shutil.copytree(start.warehouse, trial.warehouse, dirs_exist_ok=True)
        size = _used(trial) + room
        _mount(trial, size, "remount,")
        status, _, said = trial.ingest()
        broken = [complaint(status, said, (0, 1))]
        if status and trial.content() != before:
            broken.append("the build before does not stand")
        _mount(trial, AMPLE, "remount,")
        again, _, complained = trial.ingest()
        broken.append(complaint(again, complained))
        if trial.content() != expected:
            broken.append("with more room it says something else than an undisturbed one")
    finally:
        subprocess.run(["umount", str(trial.warehouse)], check=True)
    ended = said.strip() if status else "complete"
    name = f"{kind}, {room >> 10} kB: {ended}"
    return Full(name, status != 0, "; ".join(filter(None, broken)))


def _mount(trial: Trial, size: int, how: str = "") -> None:
    trial.warehouse.mkdir(exist_ok=True)
    options = f"{how}size={size}"
    mount = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(trial.warehouse)]
    subprocess.run(mount, check=True)


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _used(trial: Trial) -> int:
    return shutil.disk_usage(trial.warehouse).used


def main(number: int, documents: int) -> int:
    """Prints what happened at each size; exit status 1 when something is broken."""
    broken = failed = 0
    for full in fillings(number, documents):
        print(f"{full.name}{f' BROKEN: {full.broken}' if full.broken else ''}", flush=True)
        broken += bool(full.broken)
        failed += full.failed
    print(f"{number} sizes: {failed} too small, {broken} broken")
    return 1 if broken or not failed else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
