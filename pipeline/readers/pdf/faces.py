"""The fonts that a PDF names and does not embed: one stand-in, whatever the machine has.

pdfium looks for them on the machine, and drops a piece of text whose only character has no ink in
what it finds. With one font for every name the same text comes of a file on every machine.
"""

from __future__ import annotations

import ctypes
from functools import cache

import pypdfium2.raw as raw

from pipeline.readers.pdf.box_font import box_font

_GB2312 = 134  # the character set, as Windows numbers it
_NAME = b"Box\0"
_BOX = 1  # what stands for the font between pdfium and us: anything but null

# pdfium has fonts of its own for these.
_STYLES = (b"", b"-Bold", b"-Oblique", b"-BoldOblique")
_BUILT_IN = frozenset(
    {b"Times-Roman", b"Times-Bold", b"Times-Italic", b"Times-BoldItalic"}
    | {family + style for family in (b"Helvetica", b"Courier") for style in _STYLES}
    | {b"Symbol", b"ZapfDingbats"}
)


@cache
def use_box_font() -> raw.FPDF_SYSFONTINFO:
    """Have pdfium take the box font for every font that a PDF does not embed; once a process.

    To be called before a document is opened. Pages that pdfium draws in this process afterwards
    show boxes: draw them in another one. The cache keeps alive what pdfium calls.
    """
    font = box_font()
    info = raw.FPDF_SYSFONTINFO()
    info.version = 1
    answers = {
        "Release": lambda _info: None,
        "EnumFonts": lambda _info, _mapper: None,
        "MapFont": lambda _i, _weight, _italic, _set, _pitch, name, _exact: (
            None if ctypes.string_at(name) in _BUILT_IN else _BOX
        ),
        "GetFont": lambda _info, _name: None,
        # The whole font, or one of its tables: that is never needed.
        "GetFontData": lambda _i, _font, table, out, room: 0 if table else _copied(font, out, room),
        "GetFaceName": lambda _info, _font, out, room: _copied(_NAME, out, room),
        "GetFontCharset": lambda _info, _font: _GB2312,
        "DeleteFont": lambda _info, _font: None,
    }
    kinds = dict(raw.FPDF_SYSFONTINFO._fields_)
    for name, answer in answers.items():
        setattr(info, name, kinds[name](answer))
    raw.FPDF_SetSystemFontInfo(ctypes.byref(info))
    return info


def _copied(content: bytes, out: int | None, room: int) -> int:
    """How long the content is; it is copied where there is room for it."""
    if out and room >= len(content):
        ctypes.memmove(out, content, len(content))
    return len(content)
