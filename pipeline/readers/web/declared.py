"""What CSS declarations do to text, one by one and as the block of an element.

Harmless is what is known to be: ways to hide text or to draw over it are added every year, and
whoever knows a list of them is led astray by the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

import pipeline.readers.web.colours as colours
from pipeline.readers.web.colours import Colour
from pipeline.readers.web.properties import HIDING, PROPERTIES, traits
from pipeline.readers.web.values import NO_EFFECT, PAINTS, pixels

Declarations: TypeAlias = tuple[tuple[str, str], ...]

LINES = ("border", "outline", "box-shadow")  # properties that begin so draw lines around text
_LINE = re.compile(r"\b(?:solid|dotted|dashed|double|groove|ridge|inset|outset)\b|\dpx \d")
# Values by which text is like any other.
_LIKE_ANY = NO_EFFECT | {"baseline", "middle", "static", "400", "visible"}
_PLACES_ON_THE_LINE = frozenset(("top", "bottom", "text-top", "text-bottom", "center"))
_OFFSETS = frozenset(("left", "right", "top", "bottom"))
_SIDES = _OFFSETS | {"margin-left", "margin-right", "padding-left", "padding-right"}
_OVERFLOWS = frozenset(("overflow", "overflow-x", "overflow-y"))
_SHIFT = 8.0  # px, half a line
_APART = 2.0  # px; more can be seen between two digits

_PLAIN_STRING = re.compile(r"\"[^\"';\\/]*\"|'[^\"';\\/]*'")
_IMPORTANT = re.compile(r"\s*!\s*important\s*$")
_HARD = ("\\", "/*", '"', "'")  # a style with one of these is not simply split


class Effect(NamedTuple):
    """What a block of declarations does.

    `traits`: gone, struck, invisible, no size, unclear, raised, animated; odd where it is not
    known to leave the text as it is, hiding if that matters even far outside; far where it may move
    the text over another cell, drawn where it paints something. `apart` sets the text apart from
    other text; `ink` and `paper` are its colours where they are given.
    """

    traits: frozenset[str] = frozenset()
    apart: frozenset[tuple[str, str]] = frozenset()
    ink: Colour | None = None
    paper: Colour | None = None


NOTHING = Effect()


@lru_cache(maxsize=4000)
def effect(style: str, *, of_table: bool = False) -> Effect:
    """What a style attribute does to an element, to a part of a table where it is `of_table`."""
    pairs = declarations(style)
    told = _traits(pairs, of_table)
    placed = any(name == "position" for name, _ in pairs)
    looks = (
        (name, _apart(name, value))
        for name, value in pairs
        if (placed or name not in _OFFSETS) and not (of_table and name.startswith(LINES))
    )
    apart = frozenset(pair for pair in looks if pair[1])
    ink, paper = _colours(pairs)
    if not (told or apart or ink is not None or paper is not None):
        return NOTHING
    return Effect(told, apart, ink, paper)


def _traits(pairs: Declarations, of_table: bool) -> frozenset[str]:
    given: dict[str, list[set[str]]] = {}  # the traits of each value of a property
    for name, value in dict.fromkeys(pairs):
        given.setdefault(name, []).append(set(traits(name, value, of_table)))
    told: set[str] = set()
    for each in given.values():
        agreed = each[0].intersection(*each)
        told |= agreed
        if any(one != agreed for one in each):
            # Which of two values holds is for the cascade to say, of which only a part is known.
            told |= {"odd"} | ({"far", "drawn"} & each[0].union(*each))
    if of_table and "max-width" in given and not _OVERFLOWS.isdisjoint(given):
        told.add("odd")  # a cell that keeps its width may hide what does not fit into it
    if "position" in given and any(
        abs(pixels(value) or 0) > _SHIFT for name, value in pairs if name in _OFFSETS
    ):
        told.add("far")
    if "odd" in told and not HIDING.isdisjoint(given):
        told.add("hiding")
    return frozenset(told)


@lru_cache(maxsize=4000)
def declarations(style: str) -> Declarations:
    """Names and values in lower case, `!important` left out."""
    plain = style
    if any(sign in style for sign in _HARD):
        plain = _PLAIN_STRING.sub("x", style)
    hard = any(sign in plain for sign in _HARD)
    if hard or any(part.count("(") != part.count(")") for part in plain.split(";")):
        import tinycss2  # slow, and few pages need it

        return declared(
            tinycss2.parse_blocks_contents(style, skip_comments=True, skip_whitespace=True)
        )
    pairs = []
    for part in plain.lower().split(";"):
        name, colon, value = part.partition(":")
        if colon:
            value = " ".join(value.split())
            if "!" in value:
                value = _IMPORTANT.sub("", value)
            pairs.append((name.strip(), value))
    return tuple(pairs)


def declared(parsed: Iterable[Any]) -> Declarations:
    """The same of what tinycss2 found in a block."""
    import tinycss2

    return tuple(
        (each.lower_name, " ".join(tinycss2.serialize(each.value).lower().split()))
        for each in parsed
        if each.type == "declaration"
    )


def tells_apart(name: str, value: str) -> bool:
    """Whether a declaration makes text look other than the text beside it."""
    return bool(_apart(name, value))


def fades(pairs: Declarations) -> bool:
    """Whether declarations give colours that cannot be read on each other, or on white paper."""
    return not colours.is_legible(*_colours(pairs))


def draws(pairs: Declarations) -> bool:
    """Whether declarations of what is generated beside an element make something to be seen."""
    given = dict(pairs)
    content = given.get("content", "normal")
    if content in ("normal", "none") or given.get("display") == "none":
        return False
    if given.get("visibility") == "hidden":
        return False
    painted = any(
        name not in ("content", "color") and (tells_apart(name, value) or PAINTS.search(value))
        for name, value in pairs
    )
    return bool(content.strip("\"' ")) or painted


def _colours(pairs: Declarations) -> tuple[Colour | None, Colour | None]:
    """Ink and paper, None where they are not given."""
    ink = paper = None
    for name, value in pairs:
        if name == "color" and value not in NO_EFFECT:
            ink = colours.colour(value)
        elif name in ("background", "background-color") and value not in NO_EFFECT:
            paper = colours.paper(value) or paper
    return ink, paper


def _apart(name: str, value: str) -> str:
    """By what a declaration sets text apart from other text; empty where it does not."""
    if name.startswith(LINES):
        return value if name == "box-shadow" or _LINE.search(value) else ""
    known = PROPERTIES.get(name)
    if known is None or not known.apart or value in _LIKE_ANY:
        return ""
    if name == "color":
        ink = colours.colour(value)
        return "" if ink == colours.BLACK else str(ink)
    if name in ("background", "background-color"):
        paper = colours.paper(value)
        return "" if paper in (None, colours.WHITE, colours.CLEAR) else str(paper)
    if name == "display":
        return value if value in known.harmless - {"inline", "contents"} else ""
    if name == "vertical-align":
        return "" if value in _PLACES_ON_THE_LINE else value
    if name in ("margin", "padding"):
        lengths = value.split()
        sides = lengths[1::2] or lengths  # what is above and below parts nothing
    elif name in _SIDES:
        sides = [value]
    else:
        return value
    return value if any(abs(pixels(side) or 0) > _APART for side in sides) else ""
