"""The characters of a page, as pdfium finds them."""

from __future__ import annotations

import ctypes
import math
import unicodedata
from functools import cache

from pipeline.readers.pdf import native as raw
from pipeline.readers.pdf.boxes import Matrix, mapped
from pipeline.readers.pdf.marks import Char
from pipeline.readers.pdf.runs import Runs
from pipeline.readers.pdf.tolerances import LARGE, SAME_PLACE, SLANT
from pipeline.readers.pdf.unseen import ink_box

_UPRIGHT = (1, 0, 0, -1)  # a page's own space has its origin at the foot
_QUARTER = math.pi / 2
_BOX = raw.FS_RECTF()  # pdfium answers into it; there are thousands of questions a page
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


def characters(
    textpage: int, display: Matrix, hidden: set[int], runs: Runs, may_lean: bool
) -> tuple[tuple[Char, ...], tuple[Char, ...], tuple[Char, ...]]:
    """Those in pdfium's order, each once; those too slanted to be read; those `hidden`.

    Whether any is slanted need not be asked unless a piece of text `may_lean`.
    """
    code_of, is_added, angle_of, box_of = _CHARACTER
    chars: dict[tuple[str, int, int] | int, Char] = {}
    slanted: list[Char] = []
    unseen: list[Char] = []
    leaning: bool | None = None
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
            unseen.append(char)
            continue
        angle = angle_of(textpage, index) if may_lean else 0.0
        if angle and abs(angle / _QUARTER - round(angle / _QUARTER)) > SLANT:
            if leaning is None:  # slanted letters of upright text have an angle too
                leaning = bool(runs.turned)
            if leaning:
                slanted.append(char)
                continue
        place = (text, round(x / SAME_PLACE), round(y / SAME_PLACE))
        if place not in chars:
            chars[place] = char
        elif not _is_struck_again(textpage, chars[place], char):
            chars[index] = char
    return tuple(chars.values()), tuple(slanted), tuple(unseen)


def run_of(textpage: int, char: Char) -> int:
    """The address of the piece of text that a character is of; 0 where pdfium does not say."""
    return raw.FPDFText_GetTextObject(textpage, char.number) or 0


def foot_of(textpage: int, char: Char, display: Matrix) -> float:
    """How far down the page the line is on which a character stands."""
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(textpage, char.number, x, y)
    return display[1] * x.value + display[3] * y.value + display[5]


def _is_struck_again(textpage: int, one: Char, other: Char) -> bool:
    """Whether a character is drawn twice to look bold, and is not the next of its number."""
    if abs(other.x - one.x) > (one.x1 - one.x0) / 2:
        return False
    return not other.text.strip() or run_of(textpage, one) != run_of(textpage, other)


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
