"""What a page shows below a point, and whether a colour can be told from it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from pipeline.readers.pdf.boxes import holds
from pipeline.readers.pdf.marks import Ink
from pipeline.readers.pdf.tolerances import DARK, FAINT, TINT
from pipeline.readers.pdf.unseen import Colour

PAPER: Colour = (255, 255, 255, 255)


def ground(inks: Sequence[Ink], x: float, y: float, order: int) -> Colour | None:
    """The colour of the page at a point before something is painted there; None of a picture."""
    seen: Colour | None = PAPER
    for ink in inks:
        if ink.order >= order:
            break
        if holds(ink, x, y):
            seen = _blended(ink.colour, seen or PAPER) if ink.plain and ink.colour else None
    return seen


def is_shown(ink: Ink, inks: Sequence[Ink]) -> bool:
    """Whether ink can be told from what it is painted on."""
    below = ground(inks, (ink.x0 + ink.x1) / 2, (ink.top + ink.bottom) / 2, ink.order)
    return ink.colour is None or below is None or _contrast(ink.colour, below) >= TINT


@lru_cache(maxsize=1_000)
def stands_off(colour: Colour | None, below: Colour | None) -> bool:
    """Whether text of a colour can be read on its ground; on a picture only dark text can."""
    if colour is None:
        return False
    if below is None:
        return max(colour[:3]) < DARK < colour[3]
    return _contrast(colour, below) >= FAINT


def differ(one: Colour | None, other: Colour | None) -> bool:
    """Whether a reader sees that two pieces of text are of two colours."""
    if one is None or other is None:
        return one is not other
    return max(abs(a - b) for a, b in zip(one, other, strict=True)) > TINT


def _blended(colour: Colour, below: Colour) -> Colour:
    share = colour[3] / 255
    red, green, blue = (
        round(share * c + (1 - share) * g) for c, g in zip(colour[:3], below[:3], strict=True)
    )
    return red, green, blue, 255


def _contrast(colour: Colour, below: Colour) -> float:
    """How far a colour stands off its ground, of 255, in the channel where it does most."""
    pairs = zip(_blended(colour, below)[:3], below[:3], strict=True)
    return max(abs(c - g) for c, g in pairs)
