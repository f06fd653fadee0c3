"""Whether work grows as its input: ten times as much takes no more than fifteen times as long."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from typing import TypeVar

_TIMES, _ALLOWED = 10, 15
_NOISE = 0.01  # seconds of CPU below which nothing is told of growth
_TRIES = 3  # a busy machine may disturb one

T = TypeVar("T")


def seconds(work: Callable[[T], object], given: T) -> float:
    """CPU time of the work, without what other tests left behind."""
    gc.collect()
    gc.freeze()  # else the collector walks it again and again while the work goes on
    start = time.process_time()
    work(given)
    spent = time.process_time() - start
    gc.unfreeze()
    return spent


def assert_grows_as_its_input(make: Callable[[int], T], work: Callable[[T], object], size: int):
    """`make` gives the input of a size; the smaller one must itself take a while to tell much."""
    small, large = make(size), make(_TIMES * size)
    work(small)  # what is loaded and cached once is not growth
    ratios = []
    for _ in range(_TRIES):
        before, after = seconds(work, small), seconds(work, large)
        ratios.append(after / max(before, _NOISE))
        if ratios[-1] <= _ALLOWED:
            return
    raise AssertionError(f"{_TIMES} times the input took {min(ratios):.0f} times as long")
