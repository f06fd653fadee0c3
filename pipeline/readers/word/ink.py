"""The colours of a Word document, and whether text in one is seen on the other."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TypeAlias

from lxml import etree

Colour: TypeAlias = tuple[int, int, int]

TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{TRANSITIONAL.decode()}}}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"

WHITE, BLACK = (255, 255, 255), (0, 0, 0)
_FAINT = 2.0  # contrast after WCAG, from 1 to 21: below it nobody is sure to see the text
_DARK = 0x60  # of each of the three colours: what is darker is black to a reader
_HEX = re.compile("[0-9A-Fa-f]{6}")
_HIGHLIGHTS = {
    "black": BLACK, "blue": (0, 0, 255), "cyan": (0, 255, 255), "green": (0, 255, 0),
    "magenta": (255, 0, 255), "red": (255, 0, 0), "yellow": (255, 255, 0), "white": WHITE,
    "darkBlue": (0, 0, 128), "darkCyan": (0, 128, 128), "darkGreen": (0, 128, 0),
    "darkMagenta": (128, 0, 128), "darkRed": (128, 0, 0), "darkYellow": (128, 128, 0),
    "darkGray": (128, 128, 128), "lightGray": (192, 192, 192),
}  # fmt: skip
# The names of one colour of the theme, as runs and as text fills call it.
_THEMED = {
    "dark1": "dk1", "text1": "dk1", "tx1": "dk1", "dark2": "dk2", "text2": "dk2", "tx2": "dk2",
    "light1": "lt1", "background1": "lt1", "bg1": "lt1", "light2": "lt2", "background2": "lt2",
    "bg2": "lt2", "hyperlink": "hlink", "followedHyperlink": "folHlink",
}  # fmt: skip
_OFFICE = {"dk1": BLACK, "lt1": WHITE, "dk2": (0x1F, 0x49, 0x7D), "lt2": (0xEE, 0xEC, 0xE1)}


def theme_of(root: etree._Element | None) -> dict[str, Colour]:
    """The colours of a theme by their short names; of Office's own where there is none."""
    colours = dict(_OFFICE)
    scheme = None if root is None else root.find(f".//{_A}clrScheme")
    for named in scheme if scheme is not None else ():
        for told in named:
            if colour := _hex(told.get("lastClr") or told.get("val") or ""):
                colours[etree.QName(named).localname] = colour
    return colours


def run_colour(told: Mapping[str, str], theme: Mapping[str, Colour]) -> Colour | None:
    """What `w:color` says; None where the program picks a colour that is seen."""
    return _told(told, "val", "themeColor", theme)


def highlight(told: Mapping[str, str]) -> Colour | None:
    """What a highlighter leaves behind the text."""
    return _HIGHLIGHTS.get(told.get(f"{W}val", ""))


def shading(told: Mapping[str, str], theme: Mapping[str, Colour]) -> Colour | None:
    """What `w:shd` puts behind text; None for nothing."""
    pattern = told.get(f"{W}val", "clear")
    fill = _told(told, "fill", "themeFill", theme)
    if pattern in ("clear", "nil"):
        return fill
    front = _told(told, "color", "themeColor", theme) or BLACK
    if pattern == "solid":
        return front
    share = pattern.removeprefix("pct")
    part = int(share) / 100 if share.isascii() and share.isdigit() and len(share) < 3 else 0.5
    return _mixed(front, fill or WHITE, part)


def fill_colour(fill: etree._Element, theme: Mapping[str, Colour]) -> tuple[Colour | None, bool]:
    """The colour of a text fill (`w14:textFill`), and whether it is a plain one."""
    solid = fill.find(f"{_W14}solidFill")
    if solid is None or len(solid) != 1:
        return None, False
    told = solid[0]
    name = told.get(f"{_W14}val", "")
    colour = _hex(name) or theme.get(_THEMED.get(name, name))
    for change in told:
        value = change.get(f"{_W14}val", "")
        kind = etree.QName(change).localname
        if kind not in ("lumMod", "lumOff") or not value.isascii() or not value.isdigit():
            return colour, False
        if colour is not None:
            share = min(int(value[:7]), 100_000) / 100_000
            lifted = 255 * share if kind == "lumOff" else 0
            kept = share if kind == "lumMod" else 1
            colour = _colour(*(part * kept + lifted for part in colour))
    return colour, colour is not None


def is_dark(colour: Colour) -> bool:
    """Whether a reader takes it for black."""
    return max(colour) <= _DARK


def is_faint(ink: Colour, behind: Colour) -> bool:
    """Whether text of the one colour may not be seen on the other."""
    light, dark = sorted((_luminance(ink), _luminance(behind)), reverse=True)
    return (light + 0.05) / (dark + 0.05) < _FAINT


@lru_cache(maxsize=1000)
def _luminance(colour: Colour) -> float:
    """Relative luminance after WCAG 2."""
    parts = [part / 255 for part in colour]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(p * weight for p, weight in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))


def _told(
    told: Mapping[str, str], plain: str, themed: str, theme: Mapping[str, Colour]
) -> Colour | None:
    """A colour by its digits, or by its name in the theme, which prevails."""
    name = told.get(f"{W}{themed}", "none")
    colour = theme.get(_THEMED.get(name, name))
    if colour is None:
        return _hex(told.get(f"{W}{plain}", ""))
    for kind, towards in (("Tint", WHITE), ("Shade", BLACK)):
        if share := told.get(f"{W}{themed.removesuffix('Color')}{kind}"):
            colour = _mixed(colour, towards, _byte(share) / 255)
    return colour


def _hex(text: str) -> Colour | None:
    plain = text.lstrip("#")
    if not _HEX.fullmatch(plain):
        return None
    return int(plain[:2], 16), int(plain[2:4], 16), int(plain[4:], 16)


def _byte(text: str) -> int:
    try:
        return min(255, max(0, int(text[:4], 16)))
    except ValueError:
        return 255


def _mixed(front: Colour, back: Colour, part: float) -> Colour:
    pairs = zip(front, back, strict=True)
    return _colour(*(one * part + other * (1 - part) for one, other in pairs))


def _colour(red: float, green: float, blue: float) -> Colour:
    return min(255, round(red)), min(255, round(green)), min(255, round(blue))
