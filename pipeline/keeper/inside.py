"""Inside a reading process: it answers its parent's tasks, keeps to its limits, ends with it."""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import connection, parent_process
from pathlib import Path
from typing import Any

from pipeline.errors import DisclosureError, ReadingFailed
from pipeline.keeper import Limits

READY = b"ready"
REPORT_IT = "please report this file"
LARGEST = 32 * 2**20  # bytes of an answer: some hundred times what a large report gives
_DEATH_OF_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2)


def serve(
    work: Callable[[Any], object], parent: connection.Connection, limits: Limits, parent_id: int
) -> None:
    """Answers each task that comes with what `work` makes of it, pickled, or with why not."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the parent, which ends this
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _end_with(parent_id)
    _limit(limits)
    with suppress(EOFError, OSError):  # the parent has closed its end
        parent.send_bytes(READY)
        while True:
            parent.send_bytes(_answer(work, parent.recv(), limits))


def _answer(work: Callable[[Any], object], task: Any, limits: Limits) -> bytes:
    answer: object
    try:
        answer = pickle.dumps(work(task), pickle.HIGHEST_PROTOCOL)
        if len(answer) <= LARGEST:
            return answer
        reason = f"gives {len(answer) // 2**20} MB of rows, more than a report can have"
        answer = ReadingFailed(task.file, reason, "cut the report out of it")
    except DisclosureError as error:
        answer = error
    except MemoryError:
        answer = out_of_memory(task.file, limits)
    except OSError as error:
        reason = f"cannot be opened: {error.strerror or error}"
        answer = ReadingFailed(task.file, reason, "check that you may read it")
    except Exception as error:  # a defect of ours in one document must not stop the others
        reason = f"{type(error).__name__}: {' '.join(str(error).split())}"
        answer = ReadingFailed(task.file, reason, REPORT_IT)
    return pickle.dumps(answer)


def out_of_memory(file: str, limits: Limits) -> ReadingFailed:
    """Says that the document took more memory than it may."""
    reason = f"takes more memory to read than {limits.memory:g} GiB"
    return ReadingFailed(file, reason, f"`--memory {limits.memory * 2:g}` allows more")


def memory_of(process: int | str | None) -> int:
    """Bytes of memory that a process takes now; 0 where the system does not tell."""
    return _pages(process, 1)


def _limit(limits: Limits) -> None:
    """The system's own limits: memory that is taken between two looks of the parent, no core."""
    try:
        import resource
    except ImportError:  # Windows has none
        return
    # Twice the limit: libraries that are refused memory may go on with half a document, so that
    # is for what outruns the parent. What is only reserved counts too.
    wanted = _pages("self", 0) + 2 * limits.memory_bytes
    for kind, most in ((resource.RLIMIT_AS, wanted), (resource.RLIMIT_CORE, 0)):
        hard = resource.getrlimit(kind)[1]
        # Where the system knows the limit and has none, or not so high a one.
        with suppress(ValueError, OSError, OverflowError):
            resource.setrlimit(kind, (most if hard < 0 else min(most, hard), hard))


def _end_with(parent_id: int) -> None:
    """Ends this process when the parent ends, whatever ends that.

    On Linux the system does so, also where one call takes for ever and no thread has its turn;
    there it is the thread that started this process whose end counts.
    """
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_DEATH_OF_PARENT, signal.SIGKILL)
        if os.getppid() != parent_id:
            os._exit(1)
        return
    parent = parent_process()
    if parent:
        threading.Thread(target=_watch, args=(parent.sentinel,), daemon=True).start()


def _watch(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)


def _pages(process: int | str | None, field: int) -> int:
    try:
        return int(Path(f"/proc/{process}/statm").read_bytes().split()[field]) * _PAGE
    except (OSError, IndexError):
        return 0


_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 0
