"""What CSS declarations do to text: which are known to leave it as it is, and what the others do.

The list is of harmless ones: ways to hide text or to draw over it are added every year, and whoever
knows a list of them is led astray by the next.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple, TypeAlias

import pipeline.readers.web.colours as colours
from pipeline.readers.web.colours import Colour

Declarations: TypeAlias = tuple[tuple[str, str], ...]
Measure: TypeAlias = Callable[[str, bool], tuple[str, ...]]  # of a value, and whether of a table

# Properties that change neither which characters are seen nor in which order.
_HARMLESS_NAMES = (
    "-moz-osx-font-smoothing -ms-text-autospace -ms-text-size-adjust -webkit-font-smoothing"
    " -webkit-locale -webkit-tap-highlight-color -webkit-text-size-adjust -webkit-text-stroke-color"
    " accent-color border-collapse border-spacing box-sizing break-after break-before break-inside"
    " caption-side caret-color clear cursor empty-cells font-family font-kerning font-stretch"
    " font-optical-sizing font-style font-variant font-variant-caps font-variant-east-asian"
    " font-variant-ligatures font-variant-numeric font-weight hyphens layout-grid layout-grid-char"
    " layout-grid-line layout-grid-mode layout-grid-type line-break lang min-height min-width"
    " marks orphans outline outline-color outline-offset outline-style outline-width overflow-wrap"
    " page page-break-after page-break-before page-break-inside panose-1 pointer-events"
    " punctuation-trim punctuation-wrap size tab-interval tab-size tab-stops table-layout"
    " text-align text-align-last text-autospace text-combine text-decoration-color"
    " text-decoration-style text-decoration-thickness text-fit text-justify text-justify-trim"
    " text-kashida text-rendering text-size-adjust text-underline text-underline-offset"
    " text-underline-position text-wrap transition transition-delay transition-duration"
    " transition-property transition-timing-function unicode-range user-select"
    " -moz-user-select -ms-user-select -webkit-user-select white-space white-space-collapse"
    " widows will-change word-break word-wrap z-index"
)
_HARMLESS = frozenset(_HARMLESS_NAMES.split())
_HARMLESS_STARTS = (
    "--", "-aw-", "-ms-layout-", "-qt-", "-webkit-border-", "border", "margin-block", "mso-",
    "padding-block", "page-break", "scrollbar-",
)  # fmt: skip
_NO_EFFECT = frozenset(("initial", "inherit", "unset", "revert", "normal", "auto", "none", ""))

# What sets one piece of a cell apart from the next to whoever looks at the page.
_TELLING_NAMES = (
    "-box -rule background background-color bottom color display float font font-size font-style"
    " font-weight left margin margin-left margin-right padding padding-left padding-right position"
    " right text-decoration text-decoration-line text-shadow top vertical-align width"
)
_TELLING_APART = frozenset(_TELLING_NAMES.split())
_DISPLAY_NAMES = (
    "inline block inline-block list-item flow-root contents flex grid inline-flex inline-grid"
    " inline-table table table-cell table-row table-row-group table-header-group table-caption"
    " table-footer-group"
)
_DISPLAYS = frozenset(_DISPLAY_NAMES.split())
# Properties of which it matters even far outside a table that they are not harmless.
_HIDING_NAMES = (
    "-font -webkit-clip-path -webkit-filter -webkit-mask -webkit-mask-image"
    " -webkit-text-fill-color -webkit-text-security clip clip-path content-visibility filter"
    " height mask mask-image max-height opacity rotate scale transform translate visibility"
    " writing-mode"
)
HIDING = frozenset(_HIDING_NAMES.split())
_FARTHEST = -999  # px, em or % : nobody moves text that far but to hide it
_OVER_A_NEIGHBOUR = -20.0  # px; Word moves its paragraphs by some points into the padding
_HANGING, _INDENTED = -30.0, 200.0  # px; what Word indents the lines of a cell by
_SHIFT = 8.0  # px, half a line
_APART = 2.0  # px; more can be seen between two digits
_SMALLEST_TYPE = 6.0  # px, a third of what is printed in tables
_NARROWEST = 6.0  # px, the width of a digit
_TIGHTEST, _LOOSEST = -3.0, 6.0  # px; digits stand on one another, or are taken for two numbers
_LOWEST_LINE = 0.5  # of the type's size

_LENGTH = re.compile(r"([-+]?(?:\d+\.?\d*|\.\d+))([a-z]*|%)")
_PIXELS = {
    "": 1.0,
    "px": 1.0,
    "pt": 4 / 3,
    "pc": 16.0,
    "cm": 37.8,
    "mm": 3.78,
    "in": 96.0,
} | dict.fromkeys(("em", "rem", "ch", "ex", "ic", "gd"), 16.0)
_PLAIN_STRING = re.compile(r"\"[^\"';\\/]*\"|'[^\"';\\/]*'")
_IMPORTANT = re.compile(r"\s*!\s*important\s*$")
_RAISED = re.compile(r"super|sub|[-+]?(?:[1-9]|0?\.[1-9])")
_MASS = re.compile(r"\b(?:url|image|image-set|element|paint)\(|gradient\(")


_LINES = ("border", "outline", "box-shadow")
_LINE = re.compile(r"\b(?:solid|dotted|dashed|double|groove|ridge|inset|outset)\b|\dpx \d")


COLOURS = frozenset(("color", "background", "background-color"))


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
    values: dict[str, set[str]] = {}
    for name, value in pairs:
        values.setdefault(name, set()).add(value)
    traits: set[str] = set()
    for name, given in values.items():
        told: list[set[str]] = [set(_traits(name, value, of_table)) for value in given]
        agreed = told[0].intersection(*told)
        traits |= agreed
        if any(each != agreed for each in told):
            # Which of two values holds is for the cascade to say, of which only a part is known.
            traits |= {"odd"} | ({"far", "drawn"} & told[0].union(*told))
    if of_table and _may_clip(values):
        traits.add("odd")
    if "position" not in values:
        pairs = tuple(pair for pair in pairs if pair[0] not in _OFFSETS)
    elif any(abs(_pixels(value) or 0) > _SHIFT for name, value in pairs if name in _OFFSETS):
        traits.add("far")
    if "odd" in traits and not HIDING.isdisjoint(values):
        traits.add("hiding")
    ink, paper = _colours(pairs)
    likened = (
        (name, _likened(name, value))
        for name, value in pairs
        if name in _TELLING_APART or (not of_table and name.startswith(_LINES))
    )
    apart = frozenset(pair for pair in likened if pair[1])
    if not (traits or apart or ink is not None or paper is not None):
        return NOTHING
    return Effect(frozenset(traits), apart, ink, paper)


_OFFSETS = ("left", "right", "top", "bottom")


@lru_cache(maxsize=4000)
def declarations(style: str) -> Declarations:
    """Names and values in lower case, `!important` left out."""
    if "\\" in style or "/*" in style or '"' in style or "'" in style:
        plain = _PLAIN_STRING.sub("x", style)
        if any(sign in plain for sign in ("\\", "/*", '"', "'")):
            return _parsed(style)
        style = plain
    if "(" in style and _splits_brackets(style):
        return _parsed(style)
    pairs = []
    for part in style.lower().split(";"):
        name, colon, value = part.partition(":")
        if colon:
            value = " ".join(value.split())
            if "!" in value:
                value = _IMPORTANT.sub("", value)
            pairs.append((name.strip(), value))
    return tuple(pairs)


def _splits_brackets(style: str) -> bool:
    return any(part.count("(") != part.count(")") for part in style.split(";"))


def _parsed(style: str) -> Declarations:
    """The same by a whole parser, which is slow."""
    import tinycss2  # few pages need it

    found = tinycss2.parse_blocks_contents(style, skip_comments=True, skip_whitespace=True)
    return tuple(
        (each.lower_name, " ".join(tinycss2.serialize(each.value).lower().split()))
        for each in found
        if each.type == "declaration"
    )


def is_harmless(name: str, value: str, *, of_table: bool) -> bool:
    """Whether a declaration is known to leave the text it applies to as it is."""
    return not _traits(name, value, of_table)


def tells_apart(name: str, value: str) -> bool:
    """Whether a declaration makes text look other than the text beside it."""
    telling = name in _TELLING_APART or name.startswith(_LINES)
    return telling and bool(_likened(name, value))


def fades(pairs: Declarations) -> bool:
    """Whether declarations give colours that cannot be read on each other, or on white paper."""
    ink, paper = _colours(pairs)
    plain = ink is None and paper is None
    return not plain and not colours.is_legible(
        colours.BLACK if ink is None else ink, colours.WHITE if paper is None else paper
    )


def draws(pairs: Declarations) -> bool:
    """Whether declarations of what is generated beside an element make something to be seen."""
    given = dict(pairs)
    content = given.get("content", "normal")
    if content in ("normal", "none") or given.get("display") == "none":
        return False
    if given.get("visibility") == "hidden":
        return False
    painted = any(
        name not in ("content", "color") and (tells_apart(name, value) or _MASS.search(value))
        for name, value in pairs
    )
    return bool(content.strip("\"' ")) or painted


@lru_cache(maxsize=4000)
def _traits(name: str, value: str, of_table: bool) -> tuple[str, ...]:
    """Empty for a declaration that is known to be harmless."""
    if name.endswith("animation") or name.endswith("animation-name"):
        return ("animated",)
    if name in _HARMLESS or (value in _NO_EFFECT and (name, value) != ("display", "none")):
        return ()
    measure = _MEASURES.get(name)
    if measure is not None:
        return measure(value, of_table)
    if name == "mso-hide":
        return ("unclear",) if value == "all" else ()
    if name == "mso-text-raise":
        return ("raised",) if re.match(r"-?[1-9]", value) else ()
    if name == "src":  # of a font
        return ("odd",) if "url(" in value else ()
    if name.startswith(_HARMLESS_STARTS):
        return ("drawn",) if _MASS.search(value) else ()
    return ("odd",)


def _display(value: str, of_table: bool) -> tuple[str, ...]:
    if value == "none":
        return ("gone",)
    known = value.startswith("table") if of_table else value in _DISPLAYS
    return () if known else ("odd",)


def _visibility(value: str, of_table: bool) -> tuple[str, ...]:
    if value in ("hidden", "collapse"):
        return ("invisible",)
    return () if value == "visible" else ("odd",)


def _opacity(value: str, of_table: bool) -> tuple[str, ...]:
    share = _number(value)
    if share is None:
        return ("odd",)
    return ("invisible",) if share <= 0 else () if share >= 1 and value[-1] != "%" else ("odd",)


def _size(value: str, of_table: bool) -> tuple[str, ...]:
    found = _LENGTH.fullmatch(value)
    if found is None:
        return (
            ()
            if re.fullmatch(r"(?:xx?-|xxx-)?(?:small|large)|medium|larger|smaller", value)
            else ("odd",)
        )
    if float(found[1]) == 0:
        return ("no size",)
    if not found[2]:
        return ()  # no size without a unit
    pixels = float(found[1]) * 16 / 100 if found[2] == "%" else _pixels(value)
    return () if pixels is not None and pixels >= _SMALLEST_TYPE else ("odd",)


def _font(value: str, of_table: bool) -> tuple[str, ...]:
    sizes = [part.split("/")[0] for part in value.split() if part[0].isdigit() or part[0] == "."]
    if not sizes:
        return ()
    told = {
        trait
        for size in sizes
        if not size.isdigit() or size == "0"
        for trait in _size(size, of_table)
    }
    return ("odd",) if told else ()


def _decoration(value: str, of_table: bool) -> tuple[str, ...]:
    return ("struck",) if "line-through" in value else ()


def _raising(value: str, of_table: bool) -> tuple[str, ...]:
    return ("raised",) if not of_table and _RAISED.match(value) else ()


def _indent(value: str, of_table: bool) -> tuple[str, ...]:
    number, pixels = _number(value), _pixels(value)
    if number is not None and number <= _FARTHEST:
        return ("invisible",)
    return ("odd",) if pixels is None or not _HANGING < pixels < _INDENTED else ()


def _offset(value: str, of_table: bool) -> tuple[str, ...]:
    number = _number(value)
    return ("invisible",) if number is not None and number <= _FARTHEST else ()


def _margin(value: str, of_table: bool) -> tuple[str, ...]:
    told = [_pixels(part) for part in value.split() if part not in _NO_EFFECT]
    if any(each is None for each in told):
        return ("odd",)
    return ("far",) if any(each is not None and each < _OVER_A_NEIGHBOUR for each in told) else ()


def _extent(value: str, of_table: bool) -> tuple[str, ...]:
    if of_table or (value.endswith("%") and _number(value)):
        return ()
    pixels = _pixels(value)
    return ("odd",) if pixels is not None and pixels < _NARROWEST else ()


def _spacing(value: str, of_table: bool) -> tuple[str, ...]:
    pixels = _pixels(value)
    return () if pixels is not None and _TIGHTEST < pixels < _LOOSEST else ("odd",)


def _line_height(value: str, of_table: bool) -> tuple[str, ...]:
    found = _LENGTH.fullmatch(value)
    if found is None:
        return ("odd",)
    size = 100.0 if found[2] == "%" else _SMALLEST_TYPE if found[2] else 1.0
    lines = (_pixels(value) or 0) / size
    return () if lines >= _LOWEST_LINE else ("odd",)


def _position(value: str, of_table: bool) -> tuple[str, ...]:
    return () if value in ("static", "relative", "sticky") else ("far", "odd")


def _background(value: str, of_table: bool) -> tuple[str, ...]:
    return ("drawn",) if "(" in value and _MASS.search(value) else ()


def _harmless_values(*values: str) -> Measure:
    def told(value: str, of_table: bool) -> tuple[str, ...]:
        return () if value in values else ("odd",)

    return told


def _bidi(value: str, of_table: bool) -> tuple[str, ...]:
    if "override" in value:
        return ("unclear",)
    return () if value in ("embed", "isolate", "plaintext") else ("odd",)


def _overflow(value: str, of_table: bool) -> tuple[str, ...]:
    return () if of_table or value == "visible" else ("odd",)


def _list_style(value: str, of_table: bool) -> tuple[str, ...]:
    marks = {"none", "disc", "circle", "square", "outside", "inside"}
    return () if set(value.split()) <= marks else ("drawn",)


def _floating(value: str, of_table: bool) -> tuple[str, ...]:
    return ("odd",) if of_table and value != "none" else ()


def _zoom(value: str, of_table: bool) -> tuple[str, ...]:
    share = _number(value)
    return () if share == 1 or value == "100%" else ("odd",)


def _filter(value: str, of_table: bool) -> tuple[str, ...]:
    # Pages turn grey on days of mourning.
    return (
        ()
        if re.fullmatch(r"(?:grayscale|gray)\([\d.]*%?\)|progid:.*basicimage\(grayscale=1\)", value)
        else ("odd",)
    )


def _moving(value: str, of_table: bool) -> tuple[str, ...]:
    return ("far", "odd")


def _stroke(value: str, of_table: bool) -> tuple[str, ...]:
    return () if not _pixels(value) else ("odd",)


def _anything(value: str, of_table: bool) -> tuple[str, ...]:
    return ()


_MEASURES: dict[str, Measure] = {
    "display": _display,
    "visibility": _visibility,
    "opacity": _opacity,
    "font-size": _size,
    "font": _font,
    "text-decoration": _decoration,
    "text-decoration-line": _decoration,
    "vertical-align": _raising,
    "text-indent": _indent,
    "left": _offset,
    "top": _offset,
    "right": _anything,
    "bottom": _anything,
    "margin": _margin,
    "margin-left": _margin,
    "margin-right": _margin,
    "margin-top": _margin,
    "margin-bottom": _margin,
    "padding": _anything,
    "padding-left": _anything,
    "padding-right": _anything,
    "padding-top": _anything,
    "padding-bottom": _anything,
    "width": _extent,
    "height": _extent,
    "max-width": _extent,
    "max-height": _extent,
    "letter-spacing": _spacing,
    "word-spacing": _spacing,
    "line-height": _line_height,
    "position": _position,
    "background": _background,
    "background-image": _background,
    "background-color": _anything,
    "background-position": _anything,
    "background-repeat": _anything,
    "background-size": _anything,
    "background-attachment": _anything,
    "background-origin": _anything,
    "background-clip": _harmless_values("border-box", "padding-box", "content-box"),
    "-webkit-background-clip": _harmless_values("border-box", "padding-box", "content-box"),
    "color": _anything,
    "unicode-bidi": _bidi,
    "direction": _harmless_values("ltr"),
    "writing-mode": _harmless_values("horizontal-tb", "lr-tb"),
    "overflow": _overflow,
    "overflow-x": _overflow,
    "overflow-y": _overflow,
    "list-style": _list_style,
    "list-style-type": _list_style,
    "list-style-position": _anything,
    "float": _floating,
    "transform": _moving,
    "translate": _moving,
    "zoom": _zoom,
    "filter": _filter,
    "-webkit-filter": _filter,
    "-webkit-text-stroke-width": _stroke,
    "-webkit-text-stroke": _stroke,
    "text-shadow": _harmless_values(),
    "box-shadow": _anything,
    "animation-duration": _anything,
    "animation-delay": _anything,
    "animation-fill-mode": _anything,
    "animation-timing-function": _anything,
    "-drawn": lambda value, of_table: ("drawn",),
    "-box": _anything,
    "-rule": _anything,
    "-font": lambda value, of_table: ("odd",),
    "-odd": lambda value, of_table: ("odd",),
}


def _may_clip(values: dict[str, set[str]]) -> bool:
    """Whether a cell keeps its width and hides what does not fit into it."""
    return "max-width" in values and not _OVERFLOWS.isdisjoint(values)


_OVERFLOWS = frozenset(("overflow", "overflow-x", "overflow-y"))


def _number(value: str) -> float | None:
    found = _LENGTH.fullmatch(value)
    return None if found is None else float(found[1])


def _pixels(value: str) -> float | None:
    """A length in px, an em taken for 16; None for what is no plain length."""
    found = _LENGTH.fullmatch(value)
    if found is None:
        return None
    if found[2] == "%":
        return float(found[1])
    unit = _PIXELS.get(found[2])
    return None if unit is None else float(found[1]) * unit


def _colours(pairs: Declarations) -> tuple[Colour | None, Colour | None]:
    ink = paper = None
    for name, value in pairs:
        if name == "color" and value not in _NO_EFFECT:
            ink = colours.colour(value)
        elif name in ("background", "background-color") and value not in _NO_EFFECT:
            paper = colours.paper(value) or paper
    return ink, paper


def _likened(name: str, value: str) -> str:
    """The value, empty where it leaves text like any other."""
    if name.startswith(_LINES):
        return value if name == "box-shadow" or _LINE.search(value) else ""
    if value in _NO_EFFECT or value in ("baseline", "middle", "static", "400", "visible"):
        return ""
    if name == "color":
        found = colours.colour(value)
        return "" if found == colours.BLACK else str(found)
    if name in ("background", "background-color"):
        ground = colours.paper(value)
        return "" if ground in (None, colours.WHITE, colours.CLEAR) else str(ground)
    if name in (
        "margin-left",
        "margin-right",
        "padding-left",
        "padding-right",
        "left",
        "right",
        "top",
        "bottom",
    ):
        return value if abs(_pixels(value) or 0) > _APART else ""
    if name == "vertical-align" and value in ("top", "bottom", "text-top", "text-bottom", "center"):
        return ""
    if name == "display":
        return "" if value in ("inline", "contents") or value not in _DISPLAYS else value
    if name in ("margin", "padding"):
        lengths = value.split()
        return (
            value
            if any(abs(_pixels(part) or 0) > _APART for part in lengths[1::2] or lengths)
            else ""
        )
    return value
