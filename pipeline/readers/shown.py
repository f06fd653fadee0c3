"""What a browser shows of an HTML element: nothing, a mark beside the line, a control's value."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TypeAlias

from lxml import etree

from pipeline.readers.flow import Faint, Raised, line
from pipeline.text import PICTURE

Element: TypeAlias = etree._Element

_BLOCK_TAGS = (
    "address article aside blockquote body br caption center dd details dialog dir div dl dt"
    " fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu"
    " ol p pre section summary table tbody td tfoot th thead tr ul"
)
BLOCKS = frozenset(_BLOCK_TAGS.split())

_STYLES = {
    "gone": re.compile(r"display\s*:\s*none", re.I),
    "struck": re.compile(r"text-decoration[^;]*line-through", re.I),
    "invisible": re.compile(
        r"visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0(?:\.0+)?\s*(?:[;!]|$)"
        r"|(?<![-\w])(?:left|top|text-indent)\s*:\s*-(?:\d{4}|999)",  # far off the page
        re.I,
    ),
    "animated": re.compile("animation", re.I),
    "no size": re.compile(r"font-size\s*:\s*0+(?:\.0+)?\s*(?:[a-z]+|%)?\s*(?:[;!]|$)", re.I),
    # What Word hides and a browser shows; what a browser shows in reverse.
    "unclear": re.compile(r"mso-hide\s*:\s*all|bidi-override", re.I),
    "raised": re.compile(
        r"vertical-align\s*:\s*(?:super|sub|-?(?:[1-9]|0?\.[1-9]))"
        r"|mso-text-raise\s*:\s*-?[1-9]",
        re.I,
    ),
    "white": re.compile(
        r"(?<![-\w])color\s*:\s*"
        r"(?:#fff(?:fff)?\b|white\b|transparent\b|rgba?\(\s*255\s*,\s*255\s*,\s*255)",
        re.I,
    ),
}
_CLASSES = {
    "raised": re.compile(r"\bMso(?:Footnote|Endnote)Reference\b"),
    "invisible": re.compile(r"\b(?:sr-only|visually-hidden|screen-reader-text)\b"),
}
_PLAIN: frozenset[str] = frozenset()
_WHITES = frozenset(("white", "#fff", "#ffffff"))
_PICTURES = frozenset(
    ("button", "canvas", "embed", "iframe", "img", "math", "object", "svg", "video")
)
_SILENT_INPUTS = frozenset(("hidden", "submit", "reset", "file"))
_UNTOLD_INPUTS = frozenset(("button", "checkbox", "color", "image", "password", "radio", "range"))


def traits(element: Element) -> frozenset[str]:
    """What its attributes say of how the element is shown; nothing of one like plain text."""
    if not element.keys():
        return _PLAIN
    get = element.get
    return _told(get("style"), get("class"), get("color"), get("hidden"))


# A page repeats a few styles over and over.
@lru_cache(maxsize=2000)
def _told(
    style: str | None, classes: str | None, color: str | None, hidden: str | None
) -> frozenset[str]:
    told = [name for name, pattern in _STYLES.items() if style and pattern.search(style)]
    told += [name for name, pattern in _CLASSES.items() if classes and pattern.search(classes)]
    told += ["gone"] if hidden is not None else []
    told += ["white"] if color and color.lower() in _WHITES else []
    return frozenset(told) if told else _PLAIN


def is_unseen(element: Element) -> bool:
    """Whether the text of the element is struck out or invisible, though its place is kept."""
    told = traits(element)
    if "struck" in told:
        return True
    if "invisible" in told:
        return "animated" not in told  # else a script fades it in
    return "no size" in told and not any(
        child.tag == "font" or "font-size" in (child.get("style") or "")
        for child in element.iterdescendants()
    )


def beside_line(element: Element) -> str | None:
    """The text of a run above or below the line, or of a white one; None for other elements."""
    told = traits(element)
    raised = element.tag in ("sup", "sub") or "raised" in told
    if not (raised or "white" in told) or element.tag in BLOCKS:
        return None
    if any(child.tag in BLOCKS for child in element.iterdescendants()):
        return None
    return Raised(text_of(element)) if raised else Faint(text_of(element))


def has_text(element: Element) -> bool:
    """Whether anything is written in the element."""
    return any(str(text).strip() for text in element.itertext())


def text_of(element: Element) -> str:
    """All text inside the element."""
    return "".join(str(text) for text in element.itertext(with_tail=False))


def replaced(element: Element, in_cell: bool) -> str:
    """What stands in the place of an element whose inside is not read.

    Controls stand apart from what is beside them. Outside tables they and embedded
    drawings are the page's own, not the report's.
    """
    tag = element.tag
    if tag == "img":
        sides = (element.get(side) or "" for side in ("width", "height"))
        spacer = any(side in ("0", "1", "2") for side in sides)  # only keeps its neighbours apart
        return "" if spacer else PICTURE
    if not in_cell:
        return ""
    if tag in _PICTURES:
        return PICTURE
    if tag == "input":
        kind = (element.get("type") or "text").lower()
        value = "" if kind in _UNTOLD_INPUTS else line(element.get("value") or "")
        return "" if kind in _SILENT_INPUTS else f" {value or PICTURE} "
    if tag == "textarea":
        return f" {line(text_of(element)) or PICTURE} "
    if tag == "select":  # the one option that is selected, or that there is
        options = list(element.iter("option"))
        chosen = [option for option in options if option.get("selected") is not None] or options
        text = line(text_of(chosen[0])) if len(chosen) == 1 else ""
        return f" {text or PICTURE} "
    return ""
