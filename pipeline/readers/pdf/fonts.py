"""The fonts of a file: which of them may show other digits than they say.

What pdfium gives for a character is what its font says of it. Where the font says so in two ways
that contradict each other, or does not say it at all, nobody knows what the page shows.
"""

from __future__ import annotations

import ctypes
import re
import zlib
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from pipeline.readers.pdf import native as raw
from pipeline.readers.pdf.tolerances import NARROW

_OBJECT_STREAM = re.compile(rb"/Type\s*/ObjStm\b[^>]*>>\s*stream\r?\n")
_LARGEST = 1 << 24  # bytes of a stream of objects that are looked at
_TOLD = b"/ToUnicode"
_AROUND = 2_000  # bytes on either side of that within which its font ends
_NONE: frozenset[str] = frozenset()


class Fonts:
    """The fonts of one open file by their addresses; 0 where pdfium gives none."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._names: dict[int, str] = {}
        self._narrow: dict[int, frozenset[str]] = {}

    def name(self, font: int) -> str:
        """The name of a font without the mark of a subset; empty where it has none."""
        if not font:
            return ""
        if font not in self._names:
            self._names[font] = face(_base_name(font))
        return self._names[font]

    def is_doubted(self, font: int) -> bool:
        """Whether digits in a font may show other digits than they say."""
        return self._doubted != _NONE and self.name(font) in self._doubted

    def narrow(self, font: int) -> frozenset[str]:
        """The digits that a font gives next to no width: each would stand on the one before."""
        if font not in self._narrow:
            self._narrow[font] = frozenset(d for d in "0123456789" if _is_narrow(font, d))
        return self._narrow[font]

    @cached_property
    def _content(self) -> bytes:
        """The file, and what is packed in its streams of objects."""
        content = self._path.read_bytes()
        if b"/ObjStm" not in content:
            return content
        return b"\n".join([content, *_unpacked(content)])

    @cached_property
    def has_layers(self) -> bool:
        """Whether the file has layers that a reader may turn off."""
        return b"/OCProperties" in self._content

    @cached_property
    def _doubted(self) -> frozenset[str]:
        content = self._content
        if not _says_twice(content) and content.count(b"/Identity-") <= content.count(_TOLD):
            return _NONE
        from pipeline.readers.pdf.contradiction import doubted_fonts  # loads pdfminer

        return doubted_fonts(self._path)


def _says_twice(content: bytes) -> bool:
    """Whether some font says what its codes mean, and is encoded in a known way too."""
    at = content.find(_TOLD)
    while at >= 0:
        start, end = content.rfind(b" obj", 0, at), content.find(b"endobj", at)
        font = content[
            max(start, at - _AROUND) : min(end, at + _AROUND) if end > 0 else at + _AROUND
        ]
        if b"/Identity-" not in font and (b"/Encoding" in font or b"/Type3" in font):
            return True
        at = content.find(_TOLD, at + 1)
    return False


def _is_narrow(font: int, digit: str) -> bool:
    width = ctypes.c_float(NARROW)
    known = raw.FPDFFont_GetGlyphWidth(font, ord(digit), 1.0, width)
    return bool(known) and width.value < NARROW


def _base_name(font: int) -> str:
    out = ctypes.create_string_buffer(256)
    size = raw.FPDFFont_GetBaseFontName(font, out, len(out))
    return out.raw[: max(size - 1, 0)].decode("utf-8", "replace")


def face(name: str) -> str:
    """The name of a font without the mark of a subset: ABCDEF+SimSun is SimSun."""
    prefix, plus, rest = name.partition("+")
    return rest if plus and len(prefix) == 6 else name


def _unpacked(content: bytes) -> Iterator[bytes]:
    for found in _OBJECT_STREAM.finditer(content):
        try:
            yield zlib.decompressobj().decompress(content[found.end() :], _LARGEST)
        except zlib.error:
            continue
