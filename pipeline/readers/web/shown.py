"""What a browser shows of an HTML element: nothing, a mark beside the line, a control's value."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple, TypeAlias

from lxml import etree

from pipeline.readers.flow import Faint, Raised, line
from pipeline.readers.web.colours import BLACK, WHITE, Colour, colour, is_legible
from pipeline.readers.web.declared import LINES, NOTHING, Effect, effect
from pipeline.text import PICTURE

Element: TypeAlias = etree._Element

_BLOCK_TAGS = (
    "address article aside blockquote body br caption center dd details dialog dir div dl dt"
    " fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu"
    " ol p pre section summary table tbody td tfoot th thead tr ul"
)
BLOCKS = frozenset(_BLOCK_TAGS.split())

_IGNORED_TAGS = (
    "area audio base button canvas col colgroup datalist del embed head iframe img input link"
    " map math meta nav noframes noscript object option rp rt s script select strike style svg"
    " template textarea title video xml"
)
# What is not read as text: controls and drawings, and what a browser keeps to itself.
IGNORED = frozenset(_IGNORED_TAGS.split())

_INVISIBLE_CLASSES = frozenset(("sr-only", "visually-hidden", "screen-reader-text"))
_RAISED_CLASSES = frozenset(("MsoFootnoteReference", "MsoEndnoteReference"))
_OFFICE_CLASSES = (
    "Mso",
    "Apple-",
)  # of Word's paragraphs and of browsers' pasting: no look of their own
_PARTS_NAMES = "caption col colgroup table tbody td tfoot th thead tr"
PARTS_OF_TABLES = frozenset(_PARTS_NAMES.split())
_PLAIN_TAGS = BLOCKS - {"hr"} | {
    "a", "bdi", "dfn", "font", "hgroup", "ins", "label", "nobr", "o:p", "span", "time", "wbr",
}  # fmt: skip
_TELLING_TAGS_NAMES = (
    "abbr acronym b bdo big cite code em h1 h2 h3 h4 h5 h6 i kbd mark pre q samp small strong"
    " sub sup tt u var"
)
_TELLING_TAGS = frozenset(_TELLING_TAGS_NAMES.split())
_KNOWN_TAGS = _PLAIN_TAGS | _TELLING_TAGS | PARTS_OF_TABLES | IGNORED
# Word's marks for names, dates and what stood where; they show nothing.
_OFFICE_TAGS = ("st1:", "o:", "w:", "u1:", "u2:", "personname", "chmetcnv", "country-region")
_TAGS_THAT_DRAW = frozenset(("hr", "meter", "progress", "ruby"))
_BOX_NAMES = (
    "-box background background-color class data display float id margin margin-left margin-right"
    " padding padding-left padding-right position"
)
BOXES = frozenset(_BOX_NAMES.split())
# What keeps a piece of text apart from the next even if that is alike.
SPACING = frozenset(
    ("-box", "display", "margin", "margin-left", "margin-right", "padding", "padding-left",
     "padding-right", "width")
)  # fmt: skip
_BLOCK_BOXES = frozenset(("background", "background-color"))
PICTURES = frozenset(
    ("button", "canvas", "embed", "iframe", "img", "math", "object", "svg", "video")
)
_SILENT_INPUTS = frozenset(("hidden", "submit", "reset", "file"))
_UNTOLD_INPUTS = frozenset(("button", "checkbox", "color", "image", "password", "radio", "range"))


def look(element: Element) -> Effect:
    """What the tag and the attributes of an element do to what is shown of it."""
    items = element.items()
    tag = element.tag
    if not items:
        return NOTHING if tag in _PLAIN_TAGS else _bare(tag)
    return _look(tag, tuple(items))


def traits(element: Element) -> frozenset[str]:
    """The traits of its look alone."""
    return look(element).traits


@lru_cache(maxsize=500)
def _bare(tag: str) -> Effect:
    return _look(tag, ())


# A page repeats a few elements over and over.
@lru_cache(maxsize=10_000)
def _look(tag: str, items: tuple[tuple[str, str], ...]) -> Effect:
    given = dict(items)
    of_table = tag in PARTS_OF_TABLES
    told = effect(given.get("style", ""), of_table=of_table)
    traits, apart = set(told.traits), set(told.apart)
    if tag in BLOCKS:  # which stand on lines of their own
        apart = {pair for pair in apart if pair[0] not in SPACING}
    ink, paper = told.ink, told.paper
    if classes := given.get("class", "").split():
        traits.update(["raised"] if _RAISED_CLASSES.intersection(classes) else [])
        traits.update(["invisible"] if _INVISIBLE_CLASSES.intersection(classes) else [])
        if tag not in BLOCKS and (own := [c for c in classes if not c.startswith(_OFFICE_CLASSES)]):
            apart.add(("class", " ".join(sorted(own))))
    for name, value in items:
        if name == "hidden":
            traits.add("gone")
        elif name == "color" and ink is None:
            ink = colour(value)
        elif name == "bgcolor" and paper is None:
            paper = colour(value)
        elif name == "background":
            traits.add("drawn")
        elif (name == "dir" and value.lower() == "rtl") or name == "popover":
            traits.add("odd")
        elif name == "size" and tag == "font":
            apart.add(("font-size", value))
        elif name == "href" and tag == "a":
            apart.add(("a", ""))
        elif name.startswith("data-") and tag not in BLOCKS:
            apart.add(("data", ""))
        elif name == "id" and tag not in BLOCKS:
            apart.add(("id", value))
    if ink is not None and ink != told.ink and ink != BLACK:
        apart.add(("color", str(ink)))
    if not is_legible(ink, WHITE):
        traits.add("white")
    if not (ink or ink is None):
        traits.add("odd")  # a colour that is not known
    if tag in _TELLING_TAGS:
        apart.add((tag, ""))
    elif tag in _TAGS_THAT_DRAW:
        traits.add("drawn")
    elif tag not in _KNOWN_TAGS and not tag.startswith(_OFFICE_TAGS):
        traits.add("foreign")
    if not (traits or apart or ink or paper is not None):
        return NOTHING
    return Effect(frozenset(traits), frozenset(apart), ink, paper)


class Around(NamedTuple):
    """What the elements around a piece of text do to it: what tells it apart, and its colours."""

    apart: frozenset[tuple[str, str]] = frozenset()
    ink: Colour | None = None
    paper: Colour | None = None

    @property
    def spaced(self) -> bool:
        """Whether the text is kept apart from what is beside it."""
        return any(name in SPACING for name, _ in self.apart)

    @property
    def is_legible(self) -> bool:
        """Whether the text stands out from what is behind it."""
        return is_legible(self.ink, self.paper)


@lru_cache(maxsize=10_000)
def within(around: Around, told: Effect) -> Around:
    """The same inside one more element."""
    names = {name for name, _ in told.apart}
    kept = {pair for pair in around.apart if pair[0] not in names or pair[0] in ("class", "-rule")}
    ink = around.ink if told.ink is None else told.ink
    paper = around.paper if told.paper is None else told.paper
    return Around(told.apart.union(kept), ink, paper)


def draws_a_box(element: Element, told: Effect) -> bool:
    """Whether an element without text may still show something, or keeps its neighbours apart."""
    boxes = _BLOCK_BOXES if element.tag in BLOCKS else BOXES
    return any(name in boxes or name.startswith(LINES) for name, _ in told.apart)


def is_unseen(element: Element) -> bool:
    """Whether the text of the element is struck out or invisible, though its place is kept."""
    told = traits(element)
    if "struck" in told:
        return True
    if "invisible" in told:
        return "animated" not in told  # else a script fades it in
    return "no size" in told and not any(
        child.tag == "font" or "font" in (child.get("style") or "")
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
        # Only keeps its neighbours apart; a style would be stronger than its attributes.
        spacer = any(side in ("0", "1", "2") for side in sides) and not element.get("style")
        return "" if spacer else PICTURE
    if not in_cell:
        return ""
    if tag in PICTURES:
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
