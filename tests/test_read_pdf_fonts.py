"""PDF files that embed no font: what they say does not hang on the fonts of the machine."""

from __future__ import annotations

import itertools
import subprocess
import sys
from pathlib import Path

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from pipeline.readers import read

CORPUS = Path(__file__).parent / "corpus"
XS, YS = (70, 200, 300, 400), (700, 680, 660)
ROWS = [["商业企\n业", "1", "23"], ["县", "", "4"]]


def pieces():
    """Every line of every cell with its place: each is a piece of text of its own."""
    for y, row in zip(YS, ROWS, strict=False):
        for x, words in zip(XS, row, strict=False):
            for number, line in enumerate(words.splitlines()):
                yield x + 4, y - 8 - 9 * number, line


def rows(path):
    document = read(path)
    assert document.paragraphs == ()
    return [[cell.text for cell in row] for row in document.grids[0].rows()]


@pytest.mark.parametrize("encoding", ["UniGB-UCS2-H", "UniGB-UTF16-H"])
def test_a_character_of_its_own_in_a_font_of_the_gb1_collection(encoding, tmp_path):
    made = Canvas(str(tmp_path / "a.pdf"))
    pdfmetrics.registerFont(font := UnicodeCIDFont("STSong-Light"))
    font.encodingName = encoding
    made.setFont("STSong-Light", 8)
    for x, y, words in pieces():
        made.drawString(x, y, words)
    for y in YS:
        made.line(XS[0], y, XS[-1], y)
    for x in XS:
        made.line(x, YS[0], x, YS[-1])
    made.save()
    assert rows(tmp_path / "a.pdf") == ROWS


# Where a font begins with ASCII, digits have low numbers; elsewhere they may have any.
GLYPHS = {"low": 17, "high": 0x4E00}


@pytest.mark.parametrize("scale", [1, 8], ids=["plain", "scaled down"])
@pytest.mark.parametrize("glyphs", GLYPHS)
@pytest.mark.parametrize("name", ["SimSun", "ABCDEF+FZXBSJW"])
@pytest.mark.parametrize("kind", ["CIDFontType0", "CIDFontType2"])
def test_a_character_of_its_own_in_a_font_that_names_glyphs(kind, name, glyphs, scale, tmp_path):
    (tmp_path / "a.pdf").write_bytes(_naming_glyphs(kind, name, GLYPHS[glyphs], scale))
    assert rows(tmp_path / "a.pdf") == ROWS


def _naming_glyphs(kind, name, first_digit, scale):
    """The table in an Identity-H font, its text drawn larger and scaled down again."""
    printed = sorted(set("".join("".join(row) for row in ROWS)) - set("0123456789\n"))
    glyph = {digit: first_digit + i for i, digit in enumerate("0123456789")}
    glyph |= {character: 0x2000 + i for i, character in enumerate(printed)}
    lines = [f"{XS[0]} {y} m {XS[-1]} {y} l S" for y in YS]
    lines += [f"{x} {YS[0]} m {x} {YS[-1]} l S" for x in XS]
    for x, y, words in pieces():
        shown = "".join(f"{glyph[character]:04x}" for character in words)
        matrix = f"{1 / scale} 0 0 {1 / scale} {x} {y}"
        lines.append(f"BT /F {8 * scale} Tf {matrix} Tm <{shown}> Tj ET")
    said = "\n".join(f"<{number:04x}> <{ord(text):04x}>" for text, number in glyph.items())
    told = f"{len(glyph)} beginbfchar\n{said}\nendbfchar"
    space = "1 begincodespacerange <0000> <ffff> endcodespacerange"
    halves = " ".join(["500"] * 10)
    return _pdf(
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        "/Resources << /Font << /F 5 0 R >> >> >>",
        _stream("\n".join(lines)),
        f"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H "
        "/DescendantFonts [6 0 R] /ToUnicode 8 0 R >>",
        f"<< /Type /Font /Subtype /{kind} /BaseFont /{name} /DW 1000 /W [{first_digit} [{halves}]] "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
        "/FontDescriptor 7 0 R >>",
        f"<< /Type /FontDescriptor /FontName /{name} /Flags 4 /Ascent 859 /Descent -140 "
        "/FontBBox [0 -140 1000 859] /ItalicAngle 0 /CapHeight 700 /StemV 80 >>",
        _stream(f"begincmap {space} {told} endcmap"),
    )


def _stream(text):
    return f"<< /Length {len(text)} >>\nstream\n{text}\nendstream"


def _pdf(*objects):
    parts = [f"{number} 0 obj\n{one}\nendobj\n" for number, one in enumerate(objects, start=1)]
    starts = list(itertools.accumulate(map(len, parts), initial=len("%PDF-1.5\n")))
    table = "".join(f"{start:010} 00000 n \n" for start in starts[:-1])
    size = len(objects) + 1
    return (
        f"%PDF-1.5\n{''.join(parts)}xref\n0 {size}\n0000000000 65535 f \n{table}"
        f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{starts[-1]}\n%%EOF\n"
    ).encode("ascii")


# pdfium begun anew, with an empty folder in place of the machine's fonts.
WITHOUT_FONTS = """
import ctypes, sys
from pathlib import Path
import pypdfium2
import pypdfium2.raw as raw
folder = ctypes.create_string_buffer(sys.argv[1].encode())
folders = (ctypes.POINTER(ctypes.c_char) * 2)(ctypes.cast(folder, ctypes.POINTER(ctypes.c_char)))
raw.FPDF_DestroyLibrary()
raw.FPDF_InitLibraryWithConfig(raw.FPDF_LIBRARY_CONFIG(version=2, m_pUserFontPaths=folders))
from pipeline.readers import read
print(ascii([read(Path(path)) for path in sys.argv[2:]]))
"""


def test_without_any_font_the_corpus_reads_the_same(tmp_path):
    sources = sorted(CORPUS.glob("*/source.pdf"))
    command = [sys.executable, "-c", WITHOUT_FONTS, tmp_path, *sources]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert told.strip() == ascii([read(path) for path in sources])
