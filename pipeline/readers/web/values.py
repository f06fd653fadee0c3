"""What a value does to text: the rules that `properties.csv` names, one for a property or a few.

Each takes a value in lower case and gives its traits: none where it leaves the text as it is.
"""

from __future__ import annotations

import re
from typing import TypeAlias

Traits: TypeAlias = tuple[str, ...]

# Values that stand for whatever the text has without them.
NO_EFFECT = frozenset(("initial", "inherit", "unset", "revert", "normal", "auto", "none", ""))
PAINTS = re.compile(r"\b(?:url|image|image-set|element|paint)\(|gradient\(")

_FARTHEST = -999  # px, em or % : nobody moves text that far but to hide it
_OVER_A_NEIGHBOUR = -20.0  # px; Word moves its paragraphs by some points into the padding
_HANGING, _INDENTED = -30.0, 200.0  # px; what Word indents the lines of a cell by
_SMALLEST_TYPE = 6.0  # px, a third of what is printed in tables
_USUAL_TYPE = 16.0  # px, what browsers set text in that asks for nothing
_NARROWEST = 6.0  # px, the width of a digit
_TIGHTEST, _LOOSEST = -3.0, 6.0  # px; digits stand on one another, or are taken for two numbers
_LOWEST_LINE = 0.5  # of the type's size

_LENGTH = re.compile(r"([-+]?(?:\d+\.?\d*|\.\d+))([a-z]*|%)")
_PIXELS = {
    **{"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "cm": 37.8, "mm": 3.78, "in": 96.0, "%": 1.0},
    **dict.fromkeys(("em", "rem", "ch", "ex", "ic", "gd"), _USUAL_TYPE),
}
_NAMED_SIZE = re.compile(r"(?:xx?-|xxx-)?(?:small|large)|medium|larger|smaller")
_RAISED = re.compile(r"super|sub|[-+]?(?:[1-9]|0?\.[1-9])")
_LIST_MARKS = frozenset(("none", "disc", "circle", "square", "outside", "inside"))
# Pages turn grey on days of mourning.
_GREY = re.compile(r"(?:grayscale|gray)\([\d.]*%?\)|progid:.*basicimage\(grayscale=1\)")


def number(value: str) -> float | None:
    """The number of a length, whatever its unit; None for what is no plain length."""
    found = _LENGTH.fullmatch(value)
    return None if found is None else float(found[1])


def pixels(value: str) -> float | None:
    """A length in px, a per cent taken for one; None for what is no plain length."""
    found = _LENGTH.fullmatch(value)
    unit = None if found is None else _PIXELS.get(found[2])
    return None if found is None or unit is None else float(found[1]) * unit


def nothing(value: str) -> Traits:
    return ()


def odd(value: str) -> Traits:
    return ("odd",)


def drawn(value: str) -> Traits:
    return ("drawn",)


def moved(value: str) -> Traits:
    return ("far", "odd")


def painting(value: str) -> Traits:
    return ("drawn",) if "(" in value and PAINTS.search(value) else ()


def display(value: str) -> Traits:
    return ("gone",) if value == "none" else ("odd",)


def table_display(value: str) -> Traits:
    return () if value.startswith("table") else display(value)


def visibility(value: str) -> Traits:
    return ("invisible",) if value in ("hidden", "collapse") else ("odd",)


def opacity(value: str) -> Traits:
    share = number(value)
    if share is not None and share <= 0:
        return ("invisible",)
    return ("odd",) if share is None or share < 1 or value.endswith("%") else ()


def size(value: str) -> Traits:
    """Of type."""
    found = _LENGTH.fullmatch(value)
    if found is None:
        return () if _NAMED_SIZE.fullmatch(value) else ("odd",)
    if float(found[1]) == 0:
        return ("no size",)
    if not found[2]:
        return ()  # no size without a unit
    type_ = float(found[1]) / 100 * _USUAL_TYPE if found[2] == "%" else pixels(value)
    return ("odd",) if type_ is None or type_ < _SMALLEST_TYPE else ()


def font(value: str) -> Traits:
    sizes = (part.split("/")[0] for part in value.split() if part[0] in ".0123456789")
    weighed = (each for each in sizes if not each.isdigit() or each == "0")  # others are weights
    return ("odd",) if any(map(size, weighed)) else ()


def decoration(value: str) -> Traits:
    return ("struck",) if "line-through" in value else ()


def raising(value: str) -> Traits:
    return ("raised",) if _RAISED.match(value) else ()


def mso_text_raise(value: str) -> Traits:
    return ("raised",) if re.match(r"-?[1-9]", value) else ()


def mso_hide(value: str) -> Traits:
    return ("unclear",) if value == "all" else ()


def source(value: str) -> Traits:
    """Of a font, which may draw any figure for another."""
    return ("odd",) if "url(" in value else ()


def offset(value: str) -> Traits:
    far = number(value)
    return ("invisible",) if far is not None and far <= _FARTHEST else ()


def indent(value: str) -> Traits:
    begins = pixels(value)
    inside = begins is not None and _HANGING < begins < _INDENTED
    return offset(value) or (() if inside else ("odd",))


def margin(value: str) -> Traits:
    sides = [pixels(part) for part in value.split() if part not in NO_EFFECT]
    if None in sides:
        return ("odd",)
    return ("far",) if any(side is not None and side < _OVER_A_NEIGHBOUR for side in sides) else ()


def extent(value: str) -> Traits:
    """A width or a height, but of a table, which grows with its text."""
    long = pixels(value)
    if long is None or (value.endswith("%") and long):
        return ()
    return ("odd",) if long < _NARROWEST else ()


def spacing(value: str) -> Traits:
    wide = pixels(value)
    return () if wide is not None and _TIGHTEST < wide < _LOOSEST else ("odd",)


def line_height(value: str) -> Traits:
    found = _LENGTH.fullmatch(value)
    if found is None:
        return ("odd",)
    whole = {"": 1.0, "%": 100.0}.get(found[2], _SMALLEST_TYPE)
    return () if (pixels(value) or 0) / whole >= _LOWEST_LINE else ("odd",)


def bidi(value: str) -> Traits:
    return ("unclear",) if "override" in value else ("odd",)


def list_style(value: str) -> Traits:
    return () if _LIST_MARKS.issuperset(value.split()) else ("drawn",)


def zoom(value: str) -> Traits:
    return () if number(value) == 1 or value == "100%" else ("odd",)


def filtering(value: str) -> Traits:
    return () if _GREY.fullmatch(value) else ("odd",)


def stroke(value: str) -> Traits:
    return ("odd",) if pixels(value) else ()
