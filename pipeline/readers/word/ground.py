"""How a paragraph stands on a Word page: where, how high, and what generated number before it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from lxml import etree

from pipeline.readers.word.ink import Colour, W, shading
from pipeline.readers.word.properties import (
    SHADING,
    Element,
    Level,
    Property,
    is_set,
    level_of,
    measure,
    number,
    tags,
    together,
    told,
    values_of,
)

_OFF_LEFT, _OFF_RIGHT = -600, 6000  # twips from either side: beyond, text leaves its cell
_LINE = 240  # what stands for one line where lines are told by their number
_CHARACTER = 210  # twips: a character of the usual size, in which indents are counted
_HEIGHT = 6  # twips of a line that each half point of type needs at least
_PLACING = frozenset(tags("pStyle numPr framePr ind bidi spacing shd"))


class Ground(NamedTuple):
    """How a paragraph stands. `line` is the height that its lines may have, `before` the room
    above it, in twips, 0 for as much as it takes; no `backdrop` for that of its cell."""

    style: str
    numbered: bool = False
    unsure: bool = False
    framed: bool = False  # it stands elsewhere, before other text or above it
    backdrop: tuple[Colour, ...] = ()
    line: int = 0
    before: int = 0


def too_low(room: int, size: int) -> bool:
    """Whether a line so many twips high cuts type of a size in half points; 0 is high enough."""
    return 0 < room < size * _HEIGHT


def placing(properties: Element | None) -> tuple[Property, ...]:
    """Those properties of a paragraph that place it, as a key."""
    if properties is None:
        return ()
    return tuple([told(each) for each in properties if each.tag in _PLACING])


def placing_level(properties: Element | None) -> Level:
    """The same by their tags."""
    return level_of(placing(properties), _PLACING)


def ground_of(style: str, levels: tuple[Level, ...], theme: Mapping[str, Colour]) -> Ground:
    """How a paragraph of a style stands, after the properties of all levels."""
    properties = together(*levels)
    values = values_of(properties)
    spacing = values.get(f"{W}spacing", {})
    line = measure(spacing.get(f"{W}line"), 20, _LINE)
    rule = spacing.get(f"{W}lineRule", "auto")
    shaded = shading(values[SHADING], theme) if SHADING in values else None
    indents = _indents(values.get(f"{W}ind", {}))
    framed = f"{W}framePr" in values
    unsure = (
        framed
        or is_set(values, f"{W}bidi")
        or not all(_OFF_LEFT <= indent <= _OFF_RIGHT for indent in indents)
        or (rule == "auto" and line < _LINE // 2)
    )
    return Ground(
        style,
        _is_numbered(properties.get(f"{W}numPr")),
        unsure,
        framed,
        () if shaded is None else (shaded,),
        max(1, line) if rule == "exact" else 0,
        measure(spacing.get(f"{W}before"), 20),
    )


def _indents(said: dict[str, str]) -> tuple[int, int]:
    """Where a paragraph begins and how far from its right side it ends, in twips."""

    def side(*names: str) -> int:
        for name in names:
            if f"{W}{name}Chars" in said:
                return measure(said[f"{W}{name}Chars"], 1) * _CHARACTER // 100
            if f"{W}{name}" in said:
                return measure(said[f"{W}{name}"], 20)
        return 0

    hanging = side("hanging")
    begins = side("left", "start") + (-hanging if hanging else side("firstLine"))
    return begins, side("right", "end")


def _is_numbered(numbering: Property | None) -> bool:
    if numbering is None or not numbering[2]:
        return False
    ordinal = etree.fromstring(numbering[2]).find(f"{W}numId")
    return ordinal is not None and number(ordinal, 1) != 0
