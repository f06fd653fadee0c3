"""Printed text → comparable label."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from pipeline.text.script import simplified
from pipeline.text.units import UNIT

# U+202E is left out: it shows the digits after it in reverse.
INVISIBLE = (
    "\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufe0e\ufe0f\ufeff"
)
# Those turn what is written on both sides of them: 1, 2 and 3 show as 132.
TURNING = "\u061c\u200f\u202b\u2067"
_INVISIBLE = dict.fromkeys(map(ord, INVISIBLE))
_UNTURNING = {code: None for code in _INVISIBLE if chr(code) not in TURNING}
_ENDS = " \t\r\n\v\f\u00a0\u3000" + TURNING
_MINUS = str.maketrans("\u2212\u2010\u2011", "---")
# NFKC would make figures of them: footnote marks above, below or in a circle.
MARKS = re.compile(
    "[\u00b2\u00b3\u00b9\u2070-\u2079\u2080-\u2089\u2460-\u249b\u24ea-\u24ff\u2776-\u2793"
    "\u3251-\u325f\u32b1-\u32bf\U0001f100-\U0001f10a]"
)
_NOTE = re.compile(rf"\([^()]{{3,}}\)|\((?:略|注|万|{UNIT})\)|\[[^\[\]]*\]|\(\d{{4}}\)")
_ENUMERATION = re.compile(
    r"^(?:其中[:,]?)?"
    r"(?:\([一二三四五六七八九十\d]{1,3}\)|[一二三四五六七八九十]{1,3}[、.,:]|\d{1,2}[、.,:)](?!\d))?"
)


def trimmed(text: str) -> str:
    """The text without white space around it and without invisible characters.

    Those that turn what stands on both sides of them stay there.
    """
    return text.translate(_UNTURNING).strip(_ENDS)


@lru_cache(maxsize=10_000)
def squeezed(text: str) -> str:
    """NFKC form in simplified script, without white space or invisible characters.

    Minus signs are hyphens.
    """
    plain = unicodedata.normalize("NFKC", text.translate(_INVISIBLE)).translate(_MINUS)
    return simplified(re.sub(r"\s+", "", plain))


# A collection prints the same few hundred labels and small numbers over and over.
@lru_cache(maxsize=10_000)
def label(text: str) -> str:
    """The comparable form of a printed label: no spaces, numbering, 其中, notes or punctuation.

    `（二）部分公开（区分处理的，只计这一情形，不计其他情形）` → `部分公开`. A label that is nothing
    but a note keeps its words.
    """
    whole = squeezed(MARKS.sub("", text))
    kept = _ENUMERATION.sub("", _NOTE.sub("", whole)) or whole
    return re.sub(r"[\W_]+", "", kept)


def is_note(text: str) -> bool:
    """Whether a text is nothing but a note in brackets."""
    whole = squeezed(text)
    return bool(whole) and not _NOTE.sub("", whole)


@lru_cache(maxsize=10_000)
def notes_in(text: str) -> tuple[str, ...]:
    """The notes that `label` leaves out, without their brackets, spaces and punctuation.

    A text that is nothing but a note is one.
    """
    found = _NOTE.findall(squeezed(MARKS.sub("", text)))
    return tuple(filter(None, (re.sub(r"[\W_]+", "", note) for note in found)))
