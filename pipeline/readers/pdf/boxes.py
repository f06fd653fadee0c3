"""Boxes and matrices: how boxes lie to each other, and where a matrix takes them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, Protocol

Matrix = tuple[float, float, float, float, float, float]
UNMOVED: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Boxed(Protocol):
    """What has a box around it."""

    @property
    def x0(self) -> float: ...
    @property
    def top(self) -> float: ...
    @property
    def x1(self) -> float: ...
    @property
    def bottom(self) -> float: ...


class Box(NamedTuple):
    """A rectangle, in points from the top left corner of the page."""

    x0: float
    top: float
    x1: float
    bottom: float


def around(points: Iterable[tuple[float, float]]) -> Box:
    """The box around points; there is one at least."""
    xs, ys = zip(*points, strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


def shared(one: Boxed, other: Boxed) -> tuple[float, float]:
    """How much of their width and of their height two boxes share; less than 0 where apart."""
    return (
        min(one.x1, other.x1) - max(one.x0, other.x0),
        min(one.bottom, other.bottom) - max(one.top, other.top),
    )


def common(one: Boxed, other: Boxed) -> Box:
    """What two boxes share; of no width or height where they are apart."""
    x0, top = max(one.x0, other.x0), max(one.top, other.top)
    return Box(x0, top, max(x0, min(one.x1, other.x1)), max(top, min(one.bottom, other.bottom)))


def holds(box: Boxed, x: float, y: float) -> bool:
    """Whether a point lies in a box or on its edge."""
    return box.x0 <= x <= box.x1 and box.top <= y <= box.bottom


def times(inner: Matrix, outer: Matrix) -> Matrix:
    """The matrix that does what both do, the inner one first."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    across, down = (a * p + b * r, a * q + b * s), (c * p + d * r, c * q + d * s)
    return (*across, *down, e * p + f * r + t, e * q + f * s + u)


def mapped(left: float, low: float, right: float, high: float, matrix: Matrix) -> Box:
    """A box after a matrix that turns by quarters only."""
    a, b, c, d, e, f = matrix
    x0, x1 = a * left + c * low + e, a * right + c * high + e
    y0, y1 = b * left + d * low + f, b * right + d * high + f
    return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
