"""How a run of text looks on a Word page, after its own properties and those of its styles.

What is known to leave a figure as it is, is passed over; a property that hides, raises or strikes
out is told; what may do so, or is not known, leaves the look unsure.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import NamedTuple

from lxml import etree

from pipeline.readers.word.ink import (
    BLACK,
    WHITE,
    Colour,
    W,
    fill_colour,
    highlight,
    is_dark,
    is_faint,
    run_colour,
    shading,
)
from pipeline.readers.word.properties import (
    FONTS,
    SHADING,
    UNKNOWN,
    VALUE,
    Level,
    Values,
    is_on,
    is_set,
    measure,
    tags,
    together,
    value_of,
    values_of,
)

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_SIZE = 20  # half points, where nothing says another
_SMALLEST = 8  # half points: what is smaller is not read on paper
_RAISED = 4  # half points, up or down; by less, figures are put right in their cells
_SHRUNK, _STRETCHED = 50, 200  # per cent of the width of type, between which it is read
_TIGHT, _LOOSE = -40, 200  # twips between characters: beyond, they overlap or fall apart
# Fonts, weight, language and the traces of editing.
HARMLESS = frozenset(
    (
        *tags(
            "rFonts b bCs i iCs u lang kern noProof snapToGrid szCs caps smallCaps rPrChange oMath"
            " ins del moveFrom moveTo"
        ),
        *tags("ligatures numForm numSpacing stylisticSets cntxtAlts", _W14),
    )
)
HARMLESS_BUT_FONTS = HARMLESS - {FONTS}
# Runs that differ in these are no one piece, though each shows what it says.
_DRESS = (
    *tags("bdr em effect emboss imprint outline shadow"),
    *tags("glow shadow reflection textOutline scene3d props3d", _W14),
)
# Text with these is not sure to stand as it is written.
_DOUBTFUL = (*tags("specVanish webHidden rtl cs fitText eastAsianLayout"), UNKNOWN)
_JUDGED = tags(
    "rStyle sz color highlight shd vertAlign position dstrike vanish strike spacing w rFonts"
)
KNOWN = frozenset((*_DRESS, *_DOUBTFUL, *_JUDGED, f"{_W14}textFill"))
_SYMBOLS = frozenset(("wingdings", "wingdings 2", "wingdings 3", "webdings", "symbol"))


class Way(Enum):
    """What becomes of text."""

    PLAIN = "plain"
    HIDDEN = "hidden"
    STRUCK = "struck"
    RAISED = "raised"
    FAINT = "faint"
    SYMBOL = "symbol"  # set in a font whose signs are not the characters


class Look(NamedTuple):
    """How a run stands on the page. `traits` are the same for runs that look alike, `size` is in
    half points; an unsure look may show another text than it holds."""

    way: Way
    traits: tuple[object, ...]
    size: int
    unsure: bool


def is_symbolic(font: str | None) -> bool:
    """Whether the signs of a font are other than their characters."""
    return (font or "").strip().lower() in _SYMBOLS


def look_of(
    levels: tuple[Level, ...],
    direct: Level,
    backdrop: tuple[Colour, ...],
    theme: Mapping[str, Colour],
) -> Look:
    """The look that the properties of styles, and over them a run's own, make on a backdrop of
    one of these colours."""
    properties = together(*levels, direct)
    values = values_of(properties)
    hidden = _switch(f"{W}vanish", levels, direct)
    struck = _switch(f"{W}strike", levels, direct)
    if is_set(values, f"{W}dstrike"):
        struck = True
    size = measure(value_of(values, f"{W}sz"), 2, _SIZE)
    raised = abs(measure(value_of(values, f"{W}position"), 2)) >= _RAISED
    raised = raised or value_of(values, f"{W}vertAlign") in ("superscript", "subscript")
    ink, own, sure = _ink(properties, values, theme)
    faint = ink is not None and any(is_faint(ink, colour) for colour in own or backdrop)
    symbol = any(map(is_symbolic, values.get(FONTS, {}).values()))
    odd = [
        *(tag for tag in _DOUBTFUL if is_set(values, tag)),
        *_out_of(values, f"{W}w", _SHRUNK, _STRETCHED, 100),
        *_out_of(values, f"{W}spacing", _TIGHT, _LOOSE, 0),
    ]
    dress = sorted(
        each for tag, each in properties.items() if tag in _DRESS and is_set(values, tag)
    )
    seen = None if ink is None or is_dark(ink) else ink
    behind = own if own != (WHITE,) else ()
    traits = (size, seen, behind, struck, raised, faint, symbol, *odd, *dress)
    kinds = {
        Way.HIDDEN: hidden,
        Way.STRUCK: struck,
        Way.SYMBOL: symbol,
        Way.RAISED: raised,
        Way.FAINT: faint,
    }
    way = next((way for way, holds in kinds.items() if holds), Way.PLAIN)
    unsure = bool(odd) or not sure or faint or size < _SMALLEST or None in (hidden, struck)
    if way is Way.HIDDEN:
        unsure = UNKNOWN in properties
    return Look(way, traits, size, unsure)


def _ink(
    properties: Level, values: Values, theme: Mapping[str, Colour]
) -> tuple[Colour | None, tuple[Colour, ...], bool]:
    """The colour of the text, what is put behind this text alone, and whether that is sure."""
    ink = run_colour(values.get(f"{W}color", {}), theme)
    sure = ink is not None or value_of(values, f"{W}color") in (None, "auto")
    if f"{_W14}textFill" in properties:
        inside = properties[f"{_W14}textFill"][2] or b"<nothing/>"
        fill, plain = fill_colour(etree.fromstring(inside), theme)
        ink, sure = fill or ink, sure and plain
    marked = highlight(values.get(f"{W}highlight", {}))
    if marked is not None:
        return ink or BLACK, (marked,), sure
    shaded = shading(values[SHADING], theme) if SHADING in values else None
    return ink, () if shaded is None else (shaded,), sure


def _switch(tag: str, levels: tuple[Level, ...], direct: Level) -> bool | None:
    """Whether a toggle is on; None where styles contradict each other, and programs with them."""
    if tag in direct:
        return is_on(dict(direct[tag][1]).get(VALUE))
    said = [is_on(dict(level[tag][1]).get(VALUE)) for level in levels if tag in level]
    return None if len(said) > 1 and any(said) else any(said)


def _out_of(values: Values, tag: str, least: int, most: int, default: int) -> list[tuple[str, int]]:
    """A measure that is out of bounds, with its tag."""
    size = measure(value_of(values, tag), 20 if tag == f"{W}spacing" else 1, default)
    return [] if least <= size <= most else [(tag, size)]
