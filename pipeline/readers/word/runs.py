"""What the runs of a Word paragraph print, and what stands among them that is no text.

A cell is vouched for when all its text looks alike and stands there as text. What is drawn, filled
in or generated, or not known to print nothing, leaves a picture in its place.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from pipeline import doubt
from pipeline.readers.word import fields
from pipeline.readers.word.ink import W
from pipeline.readers.word.look import Way, is_symbolic
from pipeline.readers.word.objects import (
    CHOICES,
    CLEAR,
    CONTROL,
    CONTROLLED,
    MATH,
    SILENT,
    TEXT,
    Control,
    chosen,
    control,
    floats,
    has_picture,
    text_boxes,
    words_of,
)
from pipeline.readers.word.paragraph import Field, Line, Page, Place
from pipeline.readers.word.properties import (
    PARAGRAPH_PROPERTIES,
    RUN_PROPERTIES,
    Element,
    is_on,
    tags,
)

_RUN, _CODE, _FIELD_MARK = tags("r instrText fldChar")
_SPACES = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n"}
_PRIVATE = range(0xE000, 0xF900)  # characters that a font means as it likes

_Reader: TypeAlias = Callable[[Element, Line], None]


def printed(paragraph: Element, page: Page, place: Place) -> tuple[list[str], list[Element]]:
    """The pieces that a paragraph prints, line breaks among them, and its text boxes."""
    ground = page.styles.ground(paragraph.find(PARAGRAPH_PROPERTIES))
    if ground.numbered:
        place.numbered = True
    if ground.framed:
        place.floats += 1
    line, open_fields = Line(page, place, ground), page.fields.copy()
    _read(paragraph, line)
    if page.fields and page.in_code:  # a field without an end: no code goes beyond its paragraph
        page.fields[:] = open_fields
        line = Line(page, place, ground, codes=False)
        _read(paragraph, line)
        place.doubt(doubt.OVERLAID)
    return line.pieces, line.boxes


def _read(parent: Element, line: Line) -> None:
    for child in parent:
        tag = child.tag
        if tag == _RUN:
            _run(child, line)
        elif tag in SILENT:
            continue
        elif tag in CLEAR:
            _read(child, line)
        else:
            _READERS.get(tag, _drawing)(child, line)


def _run(run: Element, line: Line) -> None:
    properties = run.find(RUN_PROPERTIES)
    before = line.look, line.marked
    look = line.look = line.page.styles.look(
        properties, line.ground, line.ground.backdrop or line.place.backdrop
    )
    for child in run:
        tag = child.tag
        if tag == TEXT:
            _text(child, line)
        elif tag in SILENT:
            if tag == RUN_PROPERTIES and child is not properties:  # which of them holds?
                line.place.doubt(doubt.OVERLAID)
        elif look.way is not Way.HIDDEN or tag in (_FIELD_MARK, _CODE):
            _READERS.get(tag, _drawing)(child, line)
    line.look, line.marked = before


def _text(element: Element, line: Line) -> None:
    if len(element):  # nothing may stand in a text
        line.draw()
    else:
        # A line break inside w:t is white space, and only w:br breaks the line.
        line.say((element.text or "").replace("\n", " "))


def _space(element: Element, line: Line) -> None:
    if not line.is_silent:
        line.pieces.append(_SPACES[element.tag])


def _hyphen(element: Element, line: Line) -> None:
    line.say("-")


def _symbol(element: Element, line: Line) -> None:
    """A character by its number, which a font of signs shows as another."""
    code = element.get(f"{W}char", "")
    try:
        ordinal = int(code, 16) if len(code) <= 6 else -1
    except ValueError:
        ordinal = -1
    told = 0x20 <= ordinal <= 0x10FFFF and not 0xD800 <= ordinal < 0xE000
    if not told or ordinal in _PRIVATE or is_symbolic(element.get(f"{W}font")):
        line.draw()
    else:
        line.apart(lambda: line.say(chr(ordinal)))


def _linked(element: Element, line: Line) -> None:
    line.apart(lambda: _read(element, line))


def _turned(element: Element, line: Line) -> None:
    """Text whose direction is overridden: its digits may stand in another order."""
    if line.apart(lambda: _read(element, line)):
        line.place.doubt(doubt.OVERLAID)


def _annotated(element: Element, line: Line) -> None:
    """Text with small type above it."""
    base = element.find(f"{W}rubyBase")
    if base is None or not line.apart(lambda: _read(base, line)):
        line.draw()
    line.place.doubt(doubt.PIECES)


def _controlled(element: Element, line: Line) -> None:
    shown = control(element)
    content = element.find(CONTROLLED)
    if shown is Control.UNTOLD or content is None or not line.apart(lambda: _read(content, line)):
        line.draw()
    elif shown is Control.BOUND:
        line.place.doubt(doubt.OVERLAID)


def _choice(element: Element, line: Line) -> None:
    best, agreed = chosen(element)
    if best is None:
        line.draw()
        return
    if not agreed:
        line.place.doubt(doubt.PIECES)
    line.apart(lambda: _read(best, line))


def _drawing(element: Element, line: Line) -> None:
    """Shapes, pictures, and what is not known: only the text of its boxes is read."""
    if line.is_silent:
        return
    boxes = list(text_boxes(element))
    if floats(element):
        line.place.floats += 1
    if boxes:
        line.place.doubt(doubt.OVERLAID)
    if not any(map(words_of, boxes)) or has_picture(element):
        line.draw()
    line.boxes.extend(boxes)
    line.page.fill()


def _mark(element: Element, line: Line) -> None:
    before, line.marked = line.marked, True
    _read(element, line)
    line.marked = before


def _note(element: Element, line: Line) -> None:
    """A mark that Word counts by itself."""
    if not line.is_silent:
        line.place.doubt(doubt.FOOTNOTE_MARK)
        line.marked = line.marked or is_on(element.get(f"{W}customMarkFollows", "0"))


def _simple_field(element: Element, line: Line) -> None:
    code, dirty = element.get(f"{W}instr", ""), fields.is_dirty(element)
    printed = line.apart(lambda: _read(element, line))
    fields.end(Field(code=code, printed=printed, dirty=dirty), line)


_READERS: dict[str, _Reader] = {
    TEXT: _text,
    f"{MATH}t": _text,
    f"{MATH}r": _run,
    f"{W}noBreakHyphen": _hyphen,
    f"{W}sym": _symbol,
    f"{W}hyperlink": _linked,
    f"{MATH}oMath": _linked,
    f"{W}ruby": _annotated,
    f"{W}fldSimple": _simple_field,
    _FIELD_MARK: fields.mark,
    _CODE: fields.code,
    CONTROL: _controlled,
    CHOICES: _choice,
    **dict.fromkeys(_SPACES, _space),
    **dict.fromkeys(tags("bdo dir"), _turned),
    **dict.fromkeys(tags("drawing pict object"), _drawing),
    **dict.fromkeys(tags("footnoteReference endnoteReference"), _note),
    **dict.fromkeys(tags("sup sub", MATH), _mark),
}
