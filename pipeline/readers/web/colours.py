"""Colours of CSS and of old HTML, and whether one can be read on another."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TypeAlias

# Red, green and blue from 0 to 255, and how opaque from 0 to 1; the empty tuple is not known.
Colour: TypeAlias = tuple[float, ...]

BLACK: Colour = (0, 0, 0, 1)
WHITE: Colour = (255, 255, 255, 1)
CLEAR: Colour = (0, 0, 0, 0)
UNKNOWN: Colour = ()
_NAMED: dict[str, Colour] = {
    "windowtext": BLACK, "canvastext": BLACK, "black": BLACK, "window": WHITE, "canvas": WHITE,
    "white": WHITE, "transparent": CLEAR, "red": (255, 0, 0, 1), "blue": (0, 0, 255, 1),
}  # fmt: skip
_HEXADECIMAL = re.compile(r"#?(?:[\da-f]{3}|[\da-f]{6})")
_IN_A_LIST = re.compile(r"(?:rgb|hsl)a?\([^()]*\)|#[\da-f]+")
_LEAST_CONTRAST = 64.0  # of 255 between the brightness of ink and paper; less is seen by nobody
_WEIGHTS = (0.3, 0.59, 0.11)  # of red, green and blue in brightness


@lru_cache(maxsize=1000)
def colour(value: str) -> Colour:
    """The colour that a value names."""
    value = value.strip().lower()
    if value in _NAMED:
        return _NAMED[value]
    if _HEXADECIMAL.fullmatch(value):
        digits = value.lstrip("#")
        if len(digits) == 3:
            digits = "".join(digit * 2 for digit in digits)
        number = int(digits, 16)
        return number >> 16, number >> 8 & 255, number & 255, 1
    from tinycss2.color4 import parse_color  # other notations are rare

    found = parse_color(value)
    if found is None or isinstance(found, str):
        return UNKNOWN
    try:
        red, green, blue, alpha = found.to("srgb")
    except NotImplementedError:
        return UNKNOWN
    return 255 * red, 255 * green, 255 * blue, alpha


@lru_cache(maxsize=1000)
def paper(value: str) -> Colour | None:
    """The colour of a background, given alone or among other things; None where it gives none."""
    if "url(" in value or "gradient(" in value or "var(" in value:
        return UNKNOWN
    among = _IN_A_LIST.search(value)
    for part in (among[0], *value.split()) if among else value.split():
        if "(" not in part or part == (among and among[0]):
            found = colour(part)
            if found:
                return found if found[3] else None
    return None


@lru_cache(maxsize=1000)
def is_legible(ink: Colour | None, paper: Colour | None) -> bool:
    """Whether text stands out from what is behind it, black on white where no colour is given; not
    where one of them is not known."""
    ink = BLACK if ink is None else ink
    paper = WHITE if paper is None else paper
    if not ink or not paper:
        return False
    below = _mixed(paper, WHITE)
    return abs(_brightness(_mixed(ink, below)) - _brightness(below)) >= _LEAST_CONTRAST


def _brightness(opaque: Colour) -> float:
    return sum(weight * part for weight, part in zip(_WEIGHTS, opaque, strict=True))


def _mixed(front: Colour, back: Colour) -> Colour:
    """What is seen of a colour on another that is opaque."""
    pairs = zip(front[:3], back[:3], strict=True)
    return tuple(part * front[3] + lower * (1 - front[3]) for part, lower in pairs)
