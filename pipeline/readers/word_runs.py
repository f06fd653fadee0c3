"""What the runs of a Word paragraph print, and what the styles they name do to it."""

from __future__ import annotations

from copy import deepcopy
from typing import TypeAlias

from lxml import etree

from pipeline.readers.flow import Faint, Raised
from pipeline.text import PICTURE

Element: TypeAlias = etree._Element

TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{TRANSITIONAL.decode()}}}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_VML = "{urn:schemas-microsoft-com:vml}"
_RAISED = 4  # half points, up or down; by less, figures are put right in their cells

_RUN, _TEXT_BOX = f"{W}r", f"{W}txbxContent"
_CHOICES, _FALLBACK = f"{_MC}AlternateContent", f"{_MC}Fallback"
_TEXT = (f"{W}t", f"{_MATH}t")
_PRINTED = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}noBreakHyphen": "-"}
_BREAKS = (f"{W}br", f"{W}cr")
# Pictures, form controls that keep their value elsewhere, and formulas that are no plain number.
_UNTOLD = frozenset(
    (
        "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic",
        f"{_VML}imagedata",
        f"{W}ddList",
        f"{W}checkBox",
        f"{_MATH}f",
        f"{_MATH}rad",
    )
)
_MARKS = (f"{_MATH}sup", f"{_MATH}sub")
_PROPERTIES = "pPr rPr tblPr tblGrid trPr tcPr sdtPr sdtEndPr sectPr rubyPr"
# Deleted text, the old place of moved text, pinyin; and the second copy of every drawing.
IGNORED = frozenset(f"{W}{tag}" for tag in ["del", "moveFrom", "rt", *_PROPERTIES.split()]) | {
    _FALLBACK
}
_VALUE, _SYMBOL, _THEME = f"{W}val", f"{W}sym", f"{W}themeColor"
_WHITE_THEMES = ("background1", "light1")
_RUN_PROPERTIES, _FOOTNOTE, _COLOR = f"{W}rPr", f"{W}footnoteReference", f"{W}color"
_HIDING = (f"{W}vanish", f"{W}strike", f"{W}dstrike")
_ALIGN, _POSITION = f"{W}vertAlign", f"{W}position"
_TELLING = frozenset((*_HIDING, _ALIGN, _POSITION))


def printed(parent: Element) -> tuple[list[str], list[Element]]:
    """The pieces that a paragraph prints, line breaks among them, and its text boxes."""
    pieces: list[str] = []
    boxes: list[Element] = []
    _runs(parent, pieces, boxes)
    return pieces, boxes


def _runs(parent: Element, pieces: list[str], boxes: list[Element]) -> None:
    for child in parent:
        tag = child.tag
        if tag in _TEXT:
            # A line break inside w:t is white space, and only w:br breaks the line.
            pieces.append((child.text or "").replace("\n", " "))
        elif tag == _RUN:
            _run(child, pieces, boxes)
        elif tag in _PRINTED:
            pieces.append(_PRINTED[tag])
        elif tag in _BREAKS:
            pieces.append("\n")
        elif tag == _TEXT_BOX:
            boxes.append(child)
        elif tag == _SYMBOL:
            try:
                pieces.append(chr(int(child.get(f"{W}char", ""), 16)))
            except ValueError:
                pieces.append("\ufffd")
        elif tag in _UNTOLD:
            pieces.append(PICTURE)
        elif tag in _MARKS:
            _marked(child, Raised, pieces, boxes)
        elif tag == _CHOICES:
            # The first copy of a drawing; the second where the first holds nothing.
            before = len(pieces), len(boxes)
            _runs(child, pieces, boxes)
            fallback = child.find(_FALLBACK)
            if fallback is not None and before == (len(pieces), len(boxes)):
                _runs(fallback, pieces, boxes)
        elif tag not in IGNORED:
            _runs(child, pieces, boxes)


def _run(run: Element, pieces: list[str], boxes: list[Element]) -> None:
    properties = run.find(_RUN_PROPERTIES)
    told = {} if properties is None else {each.tag: each for each in reversed(properties)}
    switches = [told[tag].get(_VALUE, "1") for tag in _HIDING if tag in told]
    if any(switch not in ("0", "false", "off") for switch in switches):
        return
    align, color = told.get(_ALIGN), told.get(_COLOR)
    raised = align is not None and align.get(_VALUE) in ("superscript", "subscript")
    moved = abs(number(told.get(_POSITION), 0)) >= _RAISED
    if raised or moved or run.find(_FOOTNOTE) is not None:
        _marked(run, Raised, pieces, boxes)
    elif color is not None and (
        color.get(_VALUE, "").upper() == "FFFFFF" or color.get(_THEME) in _WHITE_THEMES
    ):
        _marked(run, Faint, pieces, boxes)
    else:
        _runs(run, pieces, boxes)


def _marked(
    parent: Element, kind: type[Raised] | type[Faint], pieces: list[str], boxes: list[Element]
) -> None:
    inside: list[str] = []
    _runs(parent, inside, boxes)
    pieces.extend(piece if piece == "\n" else kind(piece) for piece in inside)


def number(element: Element | None, default: int) -> int:
    """The value of a property, or the default where there is none or it is no number."""
    try:
        return default if element is None else int(element.get(_VALUE, default))
    except ValueError:
        return default


def apply_styles(body: Element, styles: Element) -> None:
    """Write what character styles raise, hide or strike out into the runs that name them."""
    named = {style.get(f"{W}styleId", ""): style for style in styles.iter(f"{W}style")}
    telling = {name: told for name in named if (told := _telling(name, named))}
    for reference in list(body.iter(f"{W}rStyle")) if telling else ():
        properties = reference.getparent()
        for effect in telling.get(reference.get(_VALUE, ""), ()):
            if properties is not None and properties.find(effect.tag) is None:
                properties.append(deepcopy(effect))


def _telling(name: str, named: dict[str, Element]) -> list[Element]:
    """The properties of a character style and of those it is based on, its own first."""
    told: dict[str, Element] = {}
    seen: set[str] = set()
    while name in named and name not in seen:
        seen.add(name)
        style = named[name]
        properties = style.find(_RUN_PROPERTIES)
        if properties is not None and style.get(f"{W}type") == "character":
            for effect in properties:
                if effect.tag in _TELLING:
                    told.setdefault(str(effect.tag), effect)
        based = style.find(f"{W}basedOn")
        name = "" if based is None else based.get(_VALUE, "")
    return list(told.values())
