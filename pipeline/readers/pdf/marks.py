"""What a PDF page draws: characters with their boxes, and the straight rulings of its tables.

Everything is in points from the top left corner of the page, held so that its text is upright.
"""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from pipeline.readers.pdf.limits import refuse_many_characters
from pipeline.readers.pdf.tolerances import (
    LARGE,
    LEANING,
    SAME_PLACE,
    SAMPLE,
    SHORT,
    SLANT,
    THIN,
)
from pipeline.readers.pdf.unseen import Colour, fill_colour, ink_box, may_be_unseen, unseen

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]  # x0, top, x1, bottom
NEVER = 1 << 60  # later than anything on a page
_UNMOVED: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_UPRIGHT = (1, 0, 0, -1)  # a page's own space has its origin at the foot
_QUARTER = math.pi / 2

# What pdfium answers into; there are thousands of questions a page, so these are made once.
_MATRIX, _BOX = raw.FS_MATRIX(), raw.FS_RECTF()
_X, _Y = ctypes.c_float(), ctypes.c_float()
_FILL, _STROKE = ctypes.c_int(), ctypes.c_int()
_RED, _GREEN, _BLUE, _OPACITY = (ctypes.c_uint() for _ in range(4))
_PATH = raw.FPDFPath_GetPathSegment, raw.FPDFPathSegment_GetType, raw.FPDFPathSegment_GetPoint
_CHARACTER = (
    raw.FPDFText_GetUnicode,
    raw.FPDFText_IsGenerated,
    raw.FPDFText_GetCharAngle,
    raw.FPDFText_GetLooseCharBox,
)

# Fonts often map a glyph to the radical instead of the character that looks the same; NFKC leaves
# these alone.
_RADICALS = dict(
    zip(
        "⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰",
        "民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙",
        strict=True,
    )
)


class Char(NamedTuple):
    """A character, its box, the middle of that, and its number on the text page."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    x: float
    y: float
    number: int

    @property
    def height(self) -> float:
        return self.bottom - self.top


class Ruling(NamedTuple):
    """A horizontal or vertical line: at `at`, from `start` to `end`."""

    horizontal: bool
    at: float
    start: float
    end: float


class Ink(NamedTuple):
    """What is drawn and is neither text nor a ruling: its box, and the how-many-eth it is painted.

    `plain` is a rectangle filled evenly; `colour` is not known of pictures and patterns.
    """

    x0: float
    top: float
    x1: float
    bottom: float
    order: int
    plain: bool
    colour: Colour | None
    drawn: Drawn | None


# What is drawn, before its clip is asked for: the how-many-eth, what it is, in what, its boxes, and
# whether these are plain and in which colour.
Drawn = tuple[int, object, "Holder", list[Box], bool, Colour | None]


class Holder(NamedTuple):
    """A page, or a form on it: what it does to all that it holds.

    `faint` holders blend with what lies beneath; of others only what lies within `clip` is seen.
    """

    matrix: Matrix
    is_form: bool = False
    faint: bool = False
    clip: Box | None = None


# A piece of text as it is painted: the how-many-eth, what it is, in what, and from where.
Run = tuple[int, object, Holder, float, float]


@dataclass(frozen=True, slots=True)
class PageMarks:
    """A page as drawn; `picture` is the share of it that its largest picture covers.

    `runs` are the pieces of text; those whose order is in `turned` stand otherwise than most,
    `slanted` are characters too far off the axes to be read, `unseen` those of no colour of their
    own; from the piece that is the `clipping`-eth, text cuts off what is painted after it.
    """

    number: int
    width: float
    height: float
    chars: tuple[Char, ...]
    rulings: tuple[Ruling, ...]
    picture: float
    inks: tuple[Drawn, ...] = ()
    runs: tuple[Run, ...] = ()
    turned: frozenset[int] = frozenset()
    slanted: tuple[Char, ...] = ()
    unseen: tuple[Char, ...] = ()
    clipping: int = NEVER
    display: Matrix = _UNMOVED


def page_marks(page: pdfium.PdfPage, textpage: pdfium.PdfTextPage, number: int) -> PageMarks:
    """Everything on one page that a table or a paragraph is made of."""
    rulings: list[Ruling] = []
    inks: list[Drawn] = []
    runs: list[Run] = []
    turned: set[int] = set()
    picture = 0.0
    veiled = False
    clipping = NEVER
    width, height, display = _display(page, textpage)
    for order, (item, kind, matrix, holder) in enumerate(_objects(page.raw, Holder(display))):
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            mode = raw.FPDFTextObj_GetTextRenderMode(item)
            veiled = veiled or may_be_unseen(item, mode)
            if mode >= raw.FPDF_TEXTRENDERMODE_FILL_CLIP:
                clipping = min(order, clipping)
            a, b, c, d, e, f = holder.matrix
            x, y = _MATRIX.e, _MATRIX.f
            runs.append((order, item, holder, a * x + c * y + e, b * x + d * y + f))
            if (_MATRIX.b or _MATRIX.a <= 0 or _MATRIX.d <= 0 or b or a <= 0 or d >= 0) and (
                _is_turned(_times((_MATRIX.a, _MATRIX.b, _MATRIX.c, _MATRIX.d, x, y), matrix))
            ):
                turned.add(order)
        elif kind == raw.FPDF_PAGEOBJ_PATH:
            _draw(item, matrix, order, holder, rulings, inks)
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            # An image is the unit square under its matrix.
            area = abs(matrix[0] * matrix[3] - matrix[1] * matrix[2])
            picture = max(picture, area / (width * height))
            inks.append((order, item, holder, [_around(matrix)], False, None))
        else:
            page_box = (0.0, 0.0, width, height)
            inks.append((order, item, holder, [page_box], False, None))
    hidden = unseen(page, textpage) if veiled else set()
    chars, slanted, unseen_chars = _chars(textpage.raw, display, hidden, bool(turned))
    odd = frozenset(turned) if 2 * len(turned) < len(runs) else frozenset()
    return PageMarks(
        number,
        width,
        height,
        chars,
        tuple(rulings),
        picture,
        tuple(inks),
        tuple(runs),
        odd,
        slanted,
        unseen_chars,
        clipping,
        display,
    )


def _display(page: pdfium.PdfPage, textpage: pdfium.PdfTextPage) -> tuple[float, float, Matrix]:
    """Width and height with the text upright, and the matrix from the page's own space to there.

    Most of the characters decide; what the page declares turns them sideways in some files.
    """
    left, low, right, high = page.get_bbox()
    width, height = right - left, high - low
    count = raw.FPDFText_CountChars(textpage)
    refuse_many_characters(count)
    angles = (
        raw.FPDFText_GetCharAngle(textpage, index)
        for index in range(0, count, max(count // SAMPLE, 1))
        if raw.FPDFText_IsGenerated(textpage, index) == 0
    )
    turns = Counter(-round(math.degrees(angle) / 90) % 4 * 90 for angle in angles)
    turn = turns.most_common(1)[0][0] if turns else page.get_rotation()
    if turn == 90:
        return height, width, (0, 1, 1, 0, -low, -left)
    if turn == 180:
        return width, height, (-1, 0, 0, 1, right, -low)
    if turn == 270:
        return height, width, (0, -1, -1, 0, high, right)
    return width, height, (1, 0, 0, -1, -left, high)


def _objects(
    container: object,
    holder: Holder,
    count: Callable[[object], int] = raw.FPDFPage_CountObjects,
    at: Callable[[object, int], object] = raw.FPDFPage_GetObject,
) -> Iterator[tuple[object, int, Matrix, Holder]]:
    """The objects on a page, those in its forms too: each with its kind, its matrix, its holder.

    A text has the matrix of its holder; its own is the one that pdfium was asked for last.
    """
    outer = holder.matrix
    for index in range(count(container)):
        item = at(container, index)
        kind = raw.FPDFPageObj_GetType(item)
        raw.FPDFPageObj_GetMatrix(item, _MATRIX)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            yield item, kind, outer, holder
            continue
        inner = (_MATRIX.a, _MATRIX.b, _MATRIX.c, _MATRIX.d, _MATRIX.e, _MATRIX.f)
        matrix = outer if inner == _UNMOVED else _times(inner, outer)
        if kind == raw.FPDF_PAGEOBJ_FORM:
            faint = holder.faint or bool(raw.FPDFPageObj_HasTransparency(item))
            within = Holder(matrix, True, faint, clip_of(item, holder))
            inside = raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject
            yield from _objects(item, within, *inside)
        else:
            yield item, kind, matrix, holder


def clip_of(item: object, holder: Holder) -> Box | None:
    """The box within which an object is seen; None where nothing is cut off.

    A path that is no rectangle counts as the box around it.
    """
    clip = raw.FPDFPageObj_GetClipPath(item)
    count = raw.FPDFClipPath_CountPaths(clip)
    box = holder.clip
    a, b, c, d, e, f = holder.matrix
    for path in range(max(count, 0)):
        points: list[tuple[float, float]] = []
        for index in range(raw.FPDFClipPath_CountPathSegments(clip, path)):
            segment = raw.FPDFClipPath_GetPathSegment(clip, path, index)
            raw.FPDFPathSegment_GetPoint(segment, _X, _Y)
            x, y = _X.value, _Y.value
            points.append((a * x + c * y + e, b * x + d * y + f))
            if index == 2 and _is_corner(*points):
                break
        xs, ys = zip(*points, strict=True) if points else ((0.0,), (0.0,))
        around = (min(xs), min(ys), max(xs), max(ys))
        box = around if box is None else _common(box, around)
    return box


def is_odd_clip(item: object) -> bool:
    """Whether an object is cut off by anything but upright boxes."""
    clip = raw.FPDFPageObj_GetClipPath(item)
    for path in range(max(raw.FPDFClipPath_CountPaths(clip), 0)):
        count = raw.FPDFClipPath_CountPathSegments(clip, path)
        points = []
        for index in range(min(count, 3)):
            segment = raw.FPDFClipPath_GetPathSegment(clip, path, index)
            raw.FPDFPathSegment_GetPoint(segment, _X, _Y)
            points.append((_X.value, _Y.value))
        if count not in (0, 4, 5) or (count and not _is_corner(*points)):
            return True
    return False


def foot_of(textpage: object, char: Char, display: Matrix) -> float:
    """How far down the page the line is on which a character stands."""
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(textpage, char.number, x, y)
    return display[1] * x.value + display[3] * y.value + display[5]


def shape_of(item: object) -> tuple[float, float, float]:
    """How a piece of text stands, leans, and is stretched: each as a share of its own size."""
    raw.FPDFPageObj_GetMatrix(item, _MATRIX)
    a, d = _MATRIX.a or 1.0, _MATRIX.d or 1.0
    return _MATRIX.b / a, _MATRIX.c / d, a / d


def _is_corner(*points: tuple[float, float]) -> bool:
    """Whether three points are corners of an upright box: the fourth is known then."""
    (x0, y0), (x1, y1), (x2, y2) = points
    return (x0 == x1 and y1 == y2) or (y0 == y1 and x1 == x2)


def _common(one: Box, other: Box) -> Box:
    """What two boxes share; of no width or height where they are apart."""
    x0, top = max(one[0], other[0]), max(one[1], other[1])
    return x0, top, max(x0, min(one[2], other[2])), max(top, min(one[3], other[3]))


def _is_turned(matrix: Matrix) -> bool:
    """Whether text under a matrix leans, lies, or is mirrored; slanted letters stand upright."""
    a, b, _, d, _, _ = matrix
    return a <= 0 or d >= 0 or abs(b) > LEANING * a


def _around(matrix: Matrix) -> Box:
    """The box around the unit square under a matrix."""
    a, b, c, d, e, f = matrix
    xs, ys = (e, e + a, e + c, e + a + c), (f, f + b, f + d, f + b + d)
    return min(xs), min(ys), max(xs), max(ys)


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    across, down = (a * p + b * r, a * q + b * s), (c * p + d * r, c * q + d * s)
    return (*across, *down, e * p + f * r + t, e * q + f * s + u)


def _draw(
    item: object,
    matrix: Matrix,
    order: int,
    holder: Holder,
    rulings: list[Ruling],
    inks: list[Drawn],
) -> None:
    """The straight edges of a path, if stroked or filled and thin, are rulings; the rest is ink."""
    raw.FPDFPath_GetDrawMode(item, _FILL, _STROKE)
    stroked, filled = bool(_STROKE.value), bool(_FILL.value)
    if not stroked and not filled:
        return
    areas: list[Box] = []
    shapes: list[Box] = []
    strokes: list[Box] = []
    reach = 0.0
    if stroked and raw.FPDFPageObj_GetStrokeWidth(item, _X) and _X.value > THIN:
        reach = _X.value * math.sqrt(abs(matrix[0] * matrix[3] - matrix[1] * matrix[2])) / 2
    for points, curved in _subpaths(item, matrix):
        xs, ys = zip(*points, strict=True)
        left, right, top, bottom = min(xs), max(xs), min(ys), max(ys)
        width, height = right - left, bottom - top
        if reach:
            strokes += _thick(points, reach)
        if min(width, height) < THIN and max(width, height) > SHORT:
            if width >= height:
                rulings.append(Ruling(True, (top + bottom) / 2, left, right))
            else:
                rulings.append(Ruling(False, (left + right) / 2, top, bottom))
            continue
        straight = not curved
        if stroked:
            for (x0, y0), (x1, y1) in pairwise(points):
                across, down = abs(x1 - x0), abs(y1 - y0)
                if down < THIN and across > SHORT:
                    rulings.append(Ruling(True, (y0 + y1) / 2, min(x0, x1), max(x0, x1)))
                elif across < THIN and down > SHORT:
                    rulings.append(Ruling(False, (x0 + x1) / 2, min(y0, y1), max(y0, y1)))
                else:
                    straight = straight and across < SHORT and down < SHORT
            small = width < SHORT and height < SHORT
            if not straight or small:
                strokes.append((left, top, right, bottom))
        if filled:
            corners = all(
                abs(x1 - x0) < 1.0 or abs(y1 - y0) < 1.0 for (x0, y0), (x1, y1) in pairwise(points)
            )
            plain = corners and not curved and len(points) in (4, 5)
            (areas if plain else shapes).append((left, top, right, bottom))
    if areas or shapes:
        colour = fill_colour(item)
        if areas:
            inks.append((order, item, holder, areas, colour is not None, colour))
        if shapes:
            inks.append((order, item, holder, shapes, False, colour))
    if strokes:
        inks.append((order, item, holder, strokes, False, stroke_colour(item)))


def _thick(points: list[tuple[float, float]], reach: float) -> Iterator[Box]:
    """The boxes around the edges of a path that is drawn with so thick a pen."""
    for (x0, y0), (x1, y1) in pairwise(points):
        yield min(x0, x1) - reach, min(y0, y1) - reach, max(x0, x1) + reach, max(y0, y1) + reach


def inks_of(drawn: Iterable[Drawn]) -> Iterator[Ink]:
    """What is drawn, without regard to clips."""
    for each in drawn:
        order, _, _, boxes, plain, colour = each
        if colour is None or colour[3]:
            for box in boxes:
                yield Ink(*box, order, plain, colour, each)


def clipped(inks: Iterable[Ink]) -> Iterator[Ink]:
    """Ink, as far as its clip lets it be seen."""
    for ink in inks:
        clip = clip_of(ink.drawn[1], ink.drawn[2]) if ink.drawn else None
        if clip is None:
            yield ink
            continue
        x0, top, x1, bottom = _common(ink[:4], clip)
        if x1 > x0 and bottom > top:
            yield ink._replace(x0=x0, top=top, x1=x1, bottom=bottom)


def stroke_colour(item: object) -> Colour | None:
    """What the outline of an object is drawn with; None of a pattern."""
    if not raw.FPDFPageObj_GetStrokeColor(item, _RED, _GREEN, _BLUE, _OPACITY):
        return None
    return _RED.value, _GREEN.value, _BLUE.value, _OPACITY.value


def _subpaths(item: object, matrix: Matrix) -> Iterator[tuple[list[tuple[float, float]], bool]]:
    """The points of each piece of a path, and whether it has curves.

    Where a piece is closed pdfium has its first point again.
    """
    a, b, c, d, e, f = matrix
    segment_at, kind_of, point_of = _PATH
    points: list[tuple[float, float]] = []
    curved = False
    for index in range(raw.FPDFPath_CountSegments(item)):
        segment = segment_at(item, index)
        kind = kind_of(segment) if points else raw.FPDF_SEGMENT_MOVETO
        if kind == raw.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                yield points, curved
            points = []
            curved = False
        elif kind == raw.FPDF_SEGMENT_BEZIERTO:
            curved = True
        point_of(segment, _X, _Y)
        x, y = _X.value, _Y.value
        points.append((a * x + c * y + e, b * x + d * y + f))
    if len(points) > 1:
        yield points, curved


def _chars(
    textpage: object, display: Matrix, hidden: set[int], turned: bool
) -> tuple[tuple[Char, ...], tuple[Char, ...], tuple[Char, ...]]:
    """The characters in pdfium's order, each once; those too slanted to be read; those unseen."""
    code_of, is_added, angle_of, box_of = _CHARACTER
    chars: dict[tuple[str, int, int] | int, Char] = {}
    slanted: list[Char] = []
    unseen_chars: list[Char] = []
    upright, across, down = display[:4] == _UPRIGHT, display[4], display[5]
    for index in range(raw.FPDFText_CountChars(textpage)):
        text = _character(code_of(textpage, index))
        # What pdfium adds of its own, to part words and lines, is white.
        if text in "\r\n" or (text == " " and is_added(textpage, index) == 1):
            continue
        box_of(textpage, index, _BOX)
        left, right, low, high = _BOX.left, _BOX.right, _BOX.bottom, _BOX.top
        if high - low > LARGE:
            left, right, low, high = ink_box(textpage, index)
        if upright:
            x0, top, x1, bottom = left + across, down - high, right + across, down - low
        else:
            x0, top, x1, bottom = mapped(left, low, right, high, display)
        x, y = (x0 + x1) / 2, (top + bottom) / 2
        char = Char(text, x0, top, x1, bottom, x, y, index)
        if index in hidden:
            unseen_chars.append(char)
            continue
        if turned:
            turns = angle_of(textpage, index) / _QUARTER
            if turns and abs(turns - round(turns)) > SLANT:
                slanted.append(char)
                continue
        place = (text, round(x / SAME_PLACE), round(y / SAME_PLACE))
        if place not in chars:
            chars[place] = char
        elif not _is_struck_again(textpage, chars[place], char):
            chars[index] = char
    return tuple(chars.values()), tuple(slanted), tuple(unseen_chars)


def _is_struck_again(textpage: object, one: Char, other: Char) -> bool:
    """Whether a character is drawn twice to look bold, and is not the next of its number."""
    if abs(other.x - one.x) > (one.x1 - one.x0) / 2:
        return False
    return not other.text.strip() or run_of(textpage, one) != run_of(textpage, other)


def run_of(textpage: object, char: Char) -> int:
    """The address of the piece of text that a character is of; 0 where pdfium does not say."""
    item = raw.FPDFText_GetTextObject(textpage, char.number)
    return ctypes.addressof(item.contents) if item else 0


@cache
def _character(code: int) -> str:
    """The character pdfium reports; U+FFFD where the font says nothing, so that it stays seen."""
    if code == 2:  # a hyphen that ends a line
        return "-"
    if code in (0, 0xFFFE, 0xFFFF) or 0xD800 <= code < 0xE000:
        return "\ufffd"
    if 0x2F00 <= code < 0x2FE0:
        return unicodedata.normalize("NFKC", chr(code))
    return _RADICALS.get(chr(code), chr(code))


def mapped(
    left: float, low: float, right: float, high: float, matrix: Matrix
) -> tuple[float, float, float, float]:
    """A box after a matrix that turns by quarters only: x0, top, x1, bottom."""
    a, b, c, d, e, f = matrix
    x0, x1 = a * left + c * low + e, a * right + c * high + e
    y0, y1 = b * left + d * low + f, b * right + d * high + f
    if x0 > x1:
        x0, x1 = x1, x0
    return (x0, y0, x1, y1) if y0 <= y1 else (x0, y1, x1, y0)
