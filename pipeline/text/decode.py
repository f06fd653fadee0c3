"""Bytes of a text file → str, or a refusal: a wrong guess would pass as a readable report."""

from __future__ import annotations

import codecs
import re
from contextlib import suppress

from pipeline.errors import UnreadableDocument

# UTF-32's mark begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)\b[^>]*?(?:charset|encoding)\s*=\s*["']?\s*([\w-]+)""", re.I
)
# A declared one-byte encoding decodes anything, so it proves nothing; these can fail.
_HONOURED = {
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "gb18030": "gb18030",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "hz-gb-2312": "hz",
}
_HEAD = 4096
_NULS_TOLERATED = 1 / 1000
_DAMAGE_TOLERATED = 1 / 20
_SAVE_AGAIN = "open it in the program that made it and save it as UTF-8"


def decode(data: bytes, name: str) -> str:
    """The text of `data`; raises UnreadableDocument when no encoding reads all of it."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding).replace("\0", "\ufffd")
            except UnicodeDecodeError as error:
                at = f"byte {error.start}"
                reason = f"begins with the mark of {encoding} but is not {encoding} at {at}"
                remedy = "download it again, or save it as UTF-8"
                raise UnreadableDocument(name, reason, remedy) from error
    nuls = data.count(0)
    if nuls > len(data) * _NULS_TOLERATED:
        reason = f"is not text: {nuls} of its {len(data)} bytes are NUL"
        raise UnreadableDocument(name, reason, "check the suffix, or save it as UTF-8")
    # A lone NUL stands where a character was lost; removing it would join its neighbours.
    return _unmarked(data, name).replace("\0", "\ufffd")


def _unmarked(data: bytes, name: str) -> str:
    # GB18030 and Big5 are next to never valid UTF-8, whatever the page declares.
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        failure = error
    lenient = data.decode("utf-8", "replace")
    wide = sum(char > "\x7f" for char in lenient)
    damaged = lenient.count("\ufffd") < wide * _DAMAGE_TOLERATED
    declared = _DECLARED.search(data[:_HEAD])
    named = declared[1].decode("ascii").lower() if declared else ""
    encodings = dict.fromkeys((_HONOURED.get(named, "gb18030"), "gb18030"))
    if not damaged:
        for encoding in encodings:
            with suppress(UnicodeDecodeError):
                return data.decode(encoding)
        tried = " or ".join(("utf-8", *encodings))
        raise UnreadableDocument(name, f"is not text in {tried}", _SAVE_AGAIN)
    # Broken UTF-8 may pass as GB18030, all characters wrong.
    if failure.end >= len(data) and failure.reason == "unexpected end of data":
        reason, remedy = "ends in the middle of a character", "it was cut short: download it again"
    else:
        reason = f"is UTF-8 damaged at byte {failure.start}"
        remedy = f"download it again, or {_SAVE_AGAIN}"
    raise UnreadableDocument(name, reason, remedy)
