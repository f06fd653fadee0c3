"""Fonts whose digits are told in two ways that contradict each other, or in none, by pdfminer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

from pdfminer.cmapdb import CMapParser, FileUnicodeMap
from pdfminer.encodingdb import EncodingDB, name2unicode
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFStream, dict_value, list_value, resolve1
from pdfminer.psexceptions import PSException
from pdfminer.psparser import PSLiteral, literal_name

from pipeline.readers.pdf.fonts import face

_DIGITS = frozenset("0123456789")
_ASCII = {ord(digit): digit for digit in _DIGITS}
# Character collections whose numbers every reader knows.
_KNOWN = frozenset((b"GB1", b"CNS1", b"Japan1", b"Korea1", b"KR"))


def doubted_fonts(path: Path) -> frozenset[str]:
    """The names of the fonts, without the marks of subsets, whose digits cannot be trusted."""
    names = set()
    with path.open("rb") as file:
        try:
            for font in _fonts(PDFDocument(PDFParser(file))):
                if _contradicts_itself(font):
                    names.add(face(_name(font.get("BaseFont"))))
        except (PSException, ValueError, TypeError, KeyError, RecursionError):
            return frozenset(names)  # what pdfium can read and pdfminer cannot
    return frozenset(names)


def _fonts(document: PDFDocument) -> Iterator[dict[str, object]]:
    for number in sorted({n for xref in document.xrefs for n in xref.get_objids()}):
        try:
            found = document.getobj(number)
        except PSException:
            continue
        if isinstance(found, dict) and _name(found.get("Type")) == "Font":
            yield found


def _contradicts_itself(font: dict[str, object]) -> bool:
    spoken = _spoken(font)
    if _name(font.get("Subtype")) != "Type0":
        printed = _printed(font)
        return bool(spoken) and any(
            spoken[code] != printed[code]
            for code in printed.keys() & spoken.keys()
            if {spoken[code], printed[code]} & _DIGITS
        )
    encoding = _name(font.get("Encoding"))
    if encoding.startswith("Identity"):
        return not spoken and not _has_known_collection(font)
    return bool(encoding) and any(spoken.get(code, text) != text for code, text in _ASCII.items())


def _spoken(font: dict[str, object]) -> dict[int, str]:
    """What each code is said to mean."""
    told = resolve1(font.get("ToUnicode"))
    if not isinstance(told, PDFStream):
        return {}
    spoken = FileUnicodeMap()
    CMapParser(spoken, BytesIO(told.get_data())).run()
    return dict(spoken.cid2unichr)


def _printed(font: dict[str, object]) -> dict[int, str]:
    """What each code of a simple font prints, by its encoding; nothing where it has none."""
    encoding = resolve1(font.get("Encoding"))
    if isinstance(encoding, PSLiteral):
        return EncodingDB.get_encoding(literal_name(encoding))
    if not isinstance(encoding, dict):
        return {}
    differences = list_value(encoding.get("Differences", []))
    if base := _name(encoding.get("BaseEncoding")):
        return EncodingDB.get_encoding(base, differences)
    # Other codes than these print what the font itself has for them, and nobody knows what that is.
    printed = EncodingDB.get_encoding("StandardEncoding", differences)
    return {code: printed[code] for code in _codes(differences) if code in printed}


def _codes(differences: Iterable[object]) -> Iterator[int]:
    """The codes whose glyphs are named by themselves, not by an encoding that others have too."""
    code = 0
    for each in differences:
        if isinstance(each, int):
            code = each
        else:
            if _is_known(each):
                yield code
            code += 1


def _is_known(name: object) -> bool:
    """Whether a glyph has a name that tells its character."""
    try:
        return isinstance(name, PSLiteral) and bool(name2unicode(literal_name(name)))
    except (KeyError, ValueError):
        return False


def _has_known_collection(font: dict[str, object]) -> bool:
    """Whether the codes are numbers in a collection of characters that is the same everywhere."""
    for descendant in list_value(font.get("DescendantFonts", [])):
        system = dict_value(dict_value(descendant).get("CIDSystemInfo", {}))
        ordering = resolve1(system.get("Ordering"))
        if isinstance(ordering, bytes) and ordering in _KNOWN:
            return True
    return False


def _name(value: object) -> str:
    literal = resolve1(value)
    return str(literal_name(literal)) if isinstance(literal, PSLiteral) else ""
