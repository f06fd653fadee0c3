"""What a reading process may do of a document: here it does so where the document's words ask for it."""

from __future__ import annotations

import ctypes
import os
import re
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pipeline.cli import reading
from pipeline.cli.reading import Asked
from pipeline.errors import DisclosureError
from pipeline.ingest import pool
from pipeline.ingest.collection import Source
from pipeline.ingest.pool import Batch
from pipeline.keeper import Limits
from pipeline.keeper.outside import Keeper

_MIB = 2**20


def _sleeps() -> None:
    time.sleep(3600)


def _never_lets_go() -> None:
    """One call that never returns to Python."""
    re.match(r"(?:a|a)*$", "a" * 60 + "b")


def _ignores_signals() -> None:
    for kind in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(kind, signal.SIG_IGN)
    _sleeps()


def _takes_memory() -> None:
    held = []
    while True:
        held.append(bytearray(32 * _MIB))
        time.sleep(0.02)


def _takes_memory_at_once() -> None:
    bytearray(2**40)


def _takes_memory_outside_python() -> None:
    libc = ctypes.CDLL(None)
    libc.malloc.restype, libc.malloc.argtypes = ctypes.c_void_p, [ctypes.c_size_t]
    while True:
        ctypes.memset(libc.malloc(32 * _MIB), 1, 32 * _MIB)
        time.sleep(0.02)


def _ends(status: int) -> None:
    os._exit(status)


def _signals(kind: int) -> None:
    os.kill(os.getpid(), kind)
    _sleeps()


def _leads_nowhere() -> None:
    ctypes.string_at(0)


def _raises(error: BaseException) -> None:
    raise error


# The word in the document → what its reading does.
FATES: dict[str, Callable[[], None]] = {
    "长眠": _sleeps,
    "纠缠": _never_lets_go,
    "不听": _ignores_signals,
    "吞噬": _takes_memory,
    "一口": _takes_memory_at_once,
    "暗吞": _takes_memory_outside_python,
    "退出": lambda: _ends(0),
    "致命": lambda: _ends(9),
    "自尽": lambda: _signals(signal.SIGKILL),
    "终止": lambda: _signals(signal.SIGTERM),
    "中止": lambda: _signals(signal.SIGABRT),
    "断错": _leads_nowhere,
    "除零": lambda: _raises(ZeroDivisionError("no\nrows")),
    "溢出": lambda: _raises(OverflowError("character U+ffffffff is not in range")),
    "无底": lambda: _raises(RecursionError("maximum recursion depth exceeded")),
    "离场": lambda: _raises(SystemExit(0)),
    "打断": lambda: _raises(KeyboardInterrupt()),
    "缺存": lambda: _raises(MemoryError()),
}
FLOOD, TWICE = "洪水", "两遍"  # more than a report can have; the same cell stated again


def meet(path: Path) -> str:
    """Does what the document asks for; gives its words."""
    short = path.is_file() and path.stat().st_size < _MIB
    words = path.read_text("utf-8", "replace") if short else ""
    for word, fate in FATES.items():
        if word in words:
            fate()
    return words


@dataclass(frozen=True)
class Weight:
    """A task that takes so many seconds, and leaves so many MiB behind."""

    file: str
    seconds: float = 0
    left: int = 0


_left: list[bytearray] = []


def carried(weight: Weight) -> str:
    """The name of the task, when it is done."""
    _left.append(bytearray(weight.left * _MIB))
    time.sleep(weight.seconds)
    return weight.file


def carried_by_a_daemon() -> str:
    """What a keeper says in this process."""
    with Keeper(carried, Limits()) as keeper:
        try:
            return str(list(keeper.answers([Weight("a")])))
        except DisclosureError as error:
            return str(error)


_extract, _read_one, _rows, _judged, _explained = (
    *(pool.extract, pool.read_one),
    *(reading.rows, reading.judged, reading.explained),
)


def read_one(source: Source) -> Batch:
    """As `ingest` reads."""
    words = meet(source.path)
    if TWICE in words:
        pool.extract = _doubled  # type: ignore[assignment]
    try:
        batch = _read_one(source)
    finally:
        pool.extract = _extract
    if FLOOD in words:
        file = replace(batch.files[0], remedy="x" * 40 * _MIB)
        return Batch(batch.collection, (file,), batch.tables)
    return batch


def _doubled(path: Path, **options: Any) -> Any:
    (report,) = _extract(path, **options)
    return (replace(report, facts=report.facts * 2),)


def rows(asked: Asked) -> str:
    """As `extract` reads."""
    meet(asked.path)
    return _rows(asked)


def judged(asked: Asked) -> Any:
    """As `check` reads."""
    meet(asked.path)
    return _judged(asked)


def explained(asked: Asked) -> Any:
    """As `show` reads."""
    meet(asked.path)
    return _explained(asked)
