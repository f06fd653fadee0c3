"""What the runs of a Word paragraph print, and what stands among them that is no text.

A cell is vouched for when all its text looks alike and stands there as text. What is drawn, filled
in or generated, or not known to print nothing, leaves a picture in its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from pipeline import doubt
from pipeline.doubt import Kind
from pipeline.readers.flow import Faint, Raised
from pipeline.readers.word.ground import Ground, too_low
from pipeline.readers.word.ink import WHITE, Colour, W
from pipeline.readers.word.look import Look, Way, is_symbolic
from pipeline.readers.word.objects import (
    CHOICES,
    CONTROL,
    CONTROLLED,
    FALLBACK,
    TEXT,
    Control,
    chosen,
    control,
    floats,
    has_picture,
    text_boxes,
    words_of,
)
from pipeline.readers.word.properties import (
    PARAGRAPH_PROPERTIES,
    RUN_PROPERTIES,
    Element,
    is_on,
    tags,
)
from pipeline.readers.word.styles import Styles
from pipeline.text import PICTURE

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_PARAGRAPH, _RUN, _CODE = tags("p r instrText")
_FIELD_MARK = f"{W}fldChar"
_CHOICES_OF_FORMS = tags("ddList checkBox")
# Properties, deleted text, the old place of moved text, pinyin; and the second copy of a drawing.
IGNORED = frozenset(
    tags(
        "del moveFrom rt pPr rPr tblPr tblGrid trPr tcPr sdtPr sdtEndPr sectPr rubyPr smartTagPr"
        " customXmlPr tblPrEx"
    )
) | {FALLBACK}
SILENT = frozenset(
    (
        *IGNORED,
        *tags(
            "proofErr bookmarkStart bookmarkEnd commentRangeStart commentRangeEnd commentReference"
            " annotationRef permStart permEnd lastRenderedPageBreak softHyphen fldData"
            " moveFromRangeStart moveFromRangeEnd moveToRangeStart moveToRangeEnd"
            " customXmlInsRangeStart customXmlInsRangeEnd customXmlDelRangeStart"
            " customXmlDelRangeEnd customXmlMoveFromRangeStart customXmlMoveFromRangeEnd"
            " customXmlMoveToRangeStart customXmlMoveToRangeEnd"
        ),
        *tags("rPr oMathParaPr sSupPr sSubPr sSubSupPr ctrlPr", _MATH),
    )
)
# Their content stands there as if it stood alone.
CLEAR = frozenset(
    (*tags("ins moveTo smartTag customXml"), *tags("oMathPara e sSup sSub sSubSup", _MATH))
)
_SPACES = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n"}
# Fields that print nothing; those that a program fills in anew whenever it shows them.
_INVISIBLE_FIELDS = re.compile("XE|TC|TA|RD|PRIVATE|SET|ASK")
_RENEWED_FIELDS = re.compile(
    "PAGE|NUMPAGES|SECTION|SECTIONPAGES|DATE|TIME|FILENAME|LISTNUM|AUTONUM(?:LGL|OUT)?|SAVEDATE"
    "|PRINTDATE|EDITTIME|ADVANCE|EQ|SYMBOL"
)
_RIGHT_SIGN = re.compile(r"[\d*]")
_NESTED = 20  # fields in each other, more than Word allows
_DIGIT = 5  # twips of width for each half point of type
_PRIVATE = range(0xE000, 0xF900)  # characters that a font means as it likes


_PLAIN = Look(Way.PLAIN, (), 20, False)


@dataclass(slots=True)
class _Field:
    """A field whose end has not come; its code is not printed, its result is."""

    origin: int = 0
    code: str = ""
    in_code: bool = True
    printed: bool = False
    dirty: bool = False


@dataclass(slots=True)
class Page:
    """What is known of the whole document while it is read, and how much of it has been read."""

    name: str
    styles: Styles
    fields: list[_Field] = field(default_factory=list)
    # Whether text that says nothing of itself is plain, by what lies behind it.
    bare: dict[tuple[Colour, ...], bool] = field(default_factory=dict)
    origins: int = 0
    paragraphs: int = 0
    cells: int = 0

    @property
    def in_code(self) -> bool:
        """Whether what stands here is the code of a field, and not printed."""
        return any(each.in_code for each in self.fields)

    def new_origin(self) -> int:
        """A number for a link, a field or a control whose text is a piece of its own."""
        self.origins += 1
        return self.origins


@dataclass(slots=True)
class Place:
    """A cell, or the text outside of tables: what lies under it, the height that it has in twips
    (0 for as much as it takes) and its width, and what has been seen in it."""

    backdrop: tuple[Colour, ...] = (WHITE,)
    room: int = 0
    width: int = 0
    size: int = 0  # of its largest type, in half points
    looks: set[tuple[tuple[object, ...], int, int]] = field(default_factory=set)
    doubts: dict[Kind, None] = field(default_factory=dict)
    raised: bool = False
    numbered: bool = False
    floats: int = 0  # things that lie before the text, there or nearby

    def doubt(self, kind: Kind) -> None:
        self.doubts[kind] = None


@dataclass(slots=True)
class _Line:
    """A paragraph that is being read."""

    page: Page
    place: Place
    ground: Ground
    look: Look = _PLAIN
    pieces: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    origin: int = 0
    codes: bool = True  # whether the marks of fields are heeded
    marked: bool = False  # above or below the line, by the make of a formula


_Reader: TypeAlias = Callable[[Element, _Line], None]


def printed(paragraph: Element, page: Page, place: Place) -> tuple[list[str], list[Element]]:
    """The pieces that a paragraph prints, line breaks among them, and its text boxes."""
    ground = page.styles.ground(paragraph.find(PARAGRAPH_PROPERTIES))
    if ground.numbered:
        place.numbered = True
    if ground.framed:
        place.floats += 1
    line, open_fields = _Line(page, place, ground), page.fields.copy()
    _read(paragraph, line)
    if page.fields and page.in_code:  # a field without an end: no code goes beyond its paragraph
        page.fields[:] = open_fields
        line = _Line(page, place, ground, codes=False)
        _read(paragraph, line)
        place.doubt(doubt.OVERLAID)
    return line.pieces, line.boxes


def one_run(cell: Element, page: Page, backdrop: tuple[Colour, ...]) -> str | None:
    """The text of a cell that holds one plain run, or nothing, beside its properties; None for
    any other, which `printed` reads. Nine cells of ten are such."""
    paragraph = cell[-1] if len(cell) else cell
    if paragraph.tag != _PARAGRAPH or len(cell) > 2 or page.fields:
        return None
    if len(cell) == 2 and cell[0].tag not in IGNORED:
        return None
    placing = run = properties = text = None
    for child in paragraph:
        if child.tag == _RUN and run is None:
            run = child
        elif child.tag == PARAGRAPH_PROPERTIES and placing is None:
            placing = child
        else:
            return None
    for child in run if run is not None else ():
        if child.tag == TEXT and text is None and not len(child):
            text = child
        elif child.tag == RUN_PROPERTIES and properties is None:
            properties = child
        else:
            return None
    if text is None:
        return None if page.styles.ground(placing).numbered else ""
    if placing is not None or properties is not None:
        plain = _is_plain(placing, properties, page, backdrop)
    else:
        if backdrop not in page.bare:
            page.bare[backdrop] = _is_plain(None, None, page, backdrop)
        plain = page.bare[backdrop]
    return (text.text or "").replace("\n", " ") if plain else None


def _is_plain(
    placing: Element | None, properties: Element | None, page: Page, backdrop: tuple[Colour, ...]
) -> bool:
    """Whether a run with these properties, in a paragraph with those, is simply read."""
    ground = page.styles.ground(placing)
    if ground.numbered or ground.unsure:
        return False
    look = page.styles.look(properties, ground, ground.backdrop or backdrop)
    return look.way is Way.PLAIN and not look.unsure and not too_low(ground.line, look.size)


def doubts_of(place: Place, text: str) -> tuple[Kind, ...]:
    """What was seen in a cell beside plain text."""
    if place.raised and not place.looks:
        place.doubt(doubt.PIECES)
    if len(place.looks) > 1 and any(map(str.isnumeric, text)):
        place.doubt(doubt.PIECES)
    return tuple(place.doubts)


def is_cut(place: Place, lines: list[str]) -> bool:
    """Whether lines do not fit into a cell that cannot grow: figures are half as wide as high."""
    if not place.room or not place.width:
        return False
    breaks = sum(len(each) * place.size * _DIGIT // place.width for each in lines)
    return too_low(place.room // max(1, len(lines) + breaks), place.size)


def _read(parent: Element, line: _Line) -> None:
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


def _run(run: Element, line: _Line) -> None:
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


def _text(element: Element, line: _Line) -> None:
    if len(element):  # nothing may stand in a text
        _draw(element, line)
    else:
        # A line break inside w:t is white space, and only w:br breaks the line.
        _say((element.text or "").replace("\n", " "), line)


def _say(text: str, line: _Line) -> None:
    """Print some text in the look of its run."""
    look, place, fields = line.look, line.place, line.page.fields
    if fields and line.page.in_code:
        return
    way = Way.RAISED if line.marked else look.way
    seen = bool(text) and not text.isspace()
    if way is Way.HIDDEN:
        if seen and look.unsure:
            place.doubt(doubt.OVERLAID)
        return
    if way is Way.PLAIN:
        line.pieces.append(text)
    elif way is Way.FAINT:
        line.pieces.append(Faint(text))
    elif way is Way.SYMBOL:
        line.pieces.append(PICTURE if seen else text)
    elif way is Way.RAISED:
        line.pieces.append(Raised(text))
        place.raised = place.raised or seen
        seen = seen and not _RIGHT_SIGN.search(text)  # else it comes in brackets
    elif seen:  # struck out
        place.doubt(doubt.OVERLAID)
        return
    if seen:
        place.looks.add((look.traits, line.origin, fields[-1].origin if fields else 0))
        if fields:
            fields[-1].printed = True
        place.size = max(place.size, look.size)
        ground = line.ground
        if (
            look.unsure
            or ground.unsure
            or too_low(ground.line, look.size)
            or (place.room and too_low(max(1, place.room - ground.before), look.size))
        ):
            place.doubt(doubt.OVERLAID)


def _draw(element: Element, line: _Line) -> None:
    """Something that is no text: what it shows is not told."""
    if line.look.way is not Way.HIDDEN and not line.page.in_code:
        line.pieces.append(PICTURE)
        for each in line.page.fields[-1:]:
            each.printed = True


def _space(element: Element, line: _Line) -> None:
    if not line.page.in_code and line.look.way is not Way.HIDDEN:
        line.pieces.append(_SPACES[element.tag])


def _hyphen(element: Element, line: _Line) -> None:
    _say("-", line)


def _symbol(element: Element, line: _Line) -> None:
    """A character by its number, which a font of signs shows as another."""
    code = element.get(f"{W}char", "")
    try:
        ordinal = int(code, 16) if len(code) <= 6 else -1
    except ValueError:
        ordinal = -1
    told = 0x20 <= ordinal <= 0x10FFFF and not 0xD800 <= ordinal < 0xE000
    if not told or ordinal in _PRIVATE or is_symbolic(element.get(f"{W}font")):
        _draw(element, line)
    else:
        _apart(line, lambda: _say(chr(ordinal), line))


def _apart(line: _Line, read: Callable[[], None]) -> bool:
    """Read what makes its text a piece of its own; whether it printed anything."""
    before, length, boxes = line.origin, len(line.pieces), len(line.boxes)
    line.origin = line.page.new_origin()
    read()
    line.origin = before
    return len(line.boxes) > boxes or any(piece.strip() for piece in line.pieces[length:])


def _linked(element: Element, line: _Line) -> None:
    _apart(line, lambda: _read(element, line))


def _turned(element: Element, line: _Line) -> None:
    """Text whose direction is overridden: its digits may stand in another order."""
    if _apart(line, lambda: _read(element, line)):
        line.place.doubt(doubt.OVERLAID)


def _annotated(element: Element, line: _Line) -> None:
    """Text with small type above it."""
    base = element.find(f"{W}rubyBase")
    if base is None or not _apart(line, lambda: _read(base, line)):
        _draw(element, line)
    line.place.doubt(doubt.PIECES)


def _controlled(element: Element, line: _Line) -> None:
    shown = control(element)
    content = element.find(CONTROLLED)
    if shown is Control.UNTOLD or content is None:
        _draw(element, line)
        return
    if not _apart(line, lambda: _read(content, line)):
        _draw(element, line)
    elif shown is Control.BOUND:
        line.place.doubt(doubt.OVERLAID)


def _choice(element: Element, line: _Line) -> None:
    best, agreed = chosen(element)
    if best is None:
        _draw(element, line)
        return
    if not agreed:
        line.place.doubt(doubt.PIECES)
    _apart(line, lambda: _read(best, line))


def _drawing(element: Element, line: _Line) -> None:
    """Shapes, pictures, and what is not known: only the text of its boxes is read."""
    if line.look.way is Way.HIDDEN or line.page.in_code:
        return
    boxes = list(text_boxes(element))
    if floats(element):
        line.place.floats += 1
    if boxes:
        line.place.doubt(doubt.OVERLAID)
    if not any(map(words_of, boxes)) or has_picture(element):
        _draw(element, line)
    line.boxes.extend(boxes)
    for each in line.page.fields[-1:]:
        each.printed = True


def _mark(element: Element, line: _Line) -> None:
    before, line.marked = line.marked, True
    _read(element, line)
    line.marked = before


def _note(element: Element, line: _Line) -> None:
    """A mark that Word counts by itself."""
    if line.look.way is not Way.HIDDEN and not line.page.in_code:
        line.place.doubt(doubt.FOOTNOTE_MARK)
        line.marked = line.marked or is_on(element.get(f"{W}customMarkFollows", "0"))


def _field_mark(element: Element, line: _Line) -> None:
    fields, kind = line.page.fields, element.get(f"{W}fldCharType")
    chosen_from = any(True for _ in element.iter(*_CHOICES_OF_FORMS))
    if chosen_from:
        _draw(element, line)
    if not line.codes:
        return
    if kind == "begin":
        if len(fields) == _NESTED:  # of which none has ended
            fields.clear()
            line.place.doubt(doubt.OVERLAID)
        dirty = is_on(element.get(f"{W}dirty", "0"))
        fields.append(_Field(line.page.new_origin(), printed=chosen_from, dirty=dirty))
    elif not fields:  # what began nowhere may have begun in another cell
        line.place.doubt(doubt.OVERLAID)
    elif kind == "separate":
        fields[-1].in_code = False
    elif kind == "end":
        _ended(fields.pop(), element, line)


def _ended(ended: _Field, element: Element, line: _Line) -> None:
    """A field that printed nothing, or will print something else, shows what is not told."""
    name = (ended.code.split() or [""])[0].upper()
    if _INVISIBLE_FIELDS.fullmatch(name) and not ended.printed:
        return
    if _RENEWED_FIELDS.fullmatch(name) or ended.dirty or not ended.printed:
        _draw(element, line)
    for each in line.page.fields[-1:]:
        each.printed = each.printed or ended.printed


def _field_code(element: Element, line: _Line) -> None:
    if line.page.fields and line.page.fields[-1].in_code:
        line.page.fields[-1].code += element.text or ""


def _simple_field(element: Element, line: _Line) -> None:
    dirty = is_on(element.get(f"{W}dirty", "0"))
    result = _Field(code=element.get(f"{W}instr", ""), in_code=False, dirty=dirty)
    result.printed = _apart(line, lambda: _read(element, line))
    _ended(result, element, line)


_READERS: dict[str, _Reader] = {
    TEXT: _text,
    f"{_MATH}t": _text,
    f"{_MATH}r": _run,
    f"{W}noBreakHyphen": _hyphen,
    f"{W}sym": _symbol,
    f"{W}hyperlink": _linked,
    f"{_MATH}oMath": _linked,
    f"{W}ruby": _annotated,
    f"{W}fldSimple": _simple_field,
    _FIELD_MARK: _field_mark,
    _CODE: _field_code,
    CONTROL: _controlled,
    CHOICES: _choice,
    **dict.fromkeys(_SPACES, _space),
    **dict.fromkeys(tags("bdo dir"), _turned),
    **dict.fromkeys(tags("drawing pict object"), _drawing),
    **dict.fromkeys(tags("footnoteReference endnoteReference"), _note),
    **dict.fromkeys(tags("sup sub", _MATH), _mark),
}
