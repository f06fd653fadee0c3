"""What is cut off of what a page draws."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator

from pipeline.readers.pdf import native as raw
from pipeline.readers.pdf.boxes import Box, around, common
from pipeline.readers.pdf.marks import Ink
from pipeline.readers.pdf.runs import Holder

_X, _Y = ctypes.c_float(), ctypes.c_float()


def is_clipped(item: int) -> bool:
    """Whether anything may be cut off of an object, beside what its holder cuts off."""
    return bool(raw.FPDFClipPath_CountPaths(raw.FPDFPageObj_GetClipPath(item)) > 0)


def clip_of(item: int, holder: Holder) -> Box | None:
    """The box within which an object is seen; None where nothing is cut off.

    A path that is no rectangle counts as the box around it.
    """
    a, b, c, d, e, f = holder.matrix
    box = holder.clip
    for points in _paths(item):
        edge = around([(a * x + c * y + e, b * x + d * y + f) for x, y in points or [(0.0, 0.0)]])
        box = edge if box is None else common(box, edge)
    return box


def is_odd_clip(item: int) -> bool:
    """Whether an object is cut off by anything but upright boxes."""
    return any(points and not _is_rectangle(points) for points in _paths(item))


def clipped(inks: Iterable[Ink]) -> Iterator[Ink]:
    """Ink, as far as its clip lets it be seen."""
    for ink in inks:
        clip = clip_of(ink.item, ink.holder) if ink.holder else None
        if clip is None:
            yield ink
            continue
        seen = common(ink, clip)
        if seen.x1 > seen.x0 and seen.bottom > seen.top:
            yield ink._replace(**seen._asdict())


def _paths(item: int) -> Iterator[list[tuple[float, float]]]:
    """The points of each path that cuts off of an object, in the space of its holder."""
    clip = raw.FPDFPageObj_GetClipPath(item)
    for path in range(raw.FPDFClipPath_CountPaths(clip)):
        points = []
        for index in range(raw.FPDFClipPath_CountPathSegments(clip, path)):
            segment = raw.FPDFClipPath_GetPathSegment(clip, path, index)
            raw.FPDFPathSegment_GetPoint(segment, _X, _Y)
            points.append((_X.value, _Y.value))
        yield points


def _is_rectangle(points: list[tuple[float, float]]) -> bool:
    """Whether points, the first perhaps said again, are the corners of an upright box."""
    if len(points) not in (4, 5):
        return False
    (x0, y0), (x1, y1), (x2, y2) = points[:3]
    return (x0 == x1 and y1 == y2) or (y0 == y1 and x1 == x2)
