"""The parts of a Word document that are read: its body, its styles, its theme."""

from __future__ import annotations

import posixpath
import zipfile
from pathlib import Path

from lxml import etree

from pipeline.errors import UnreadableDocument
from pipeline.readers.archive import TORN
from pipeline.readers.word.ink import TRANSITIONAL, W
from pipeline.readers.word.properties import Element
from pipeline.readers.word.styles import Styles, styles_of

_LARGEST = 200 * 2**20  # bytes of all parts; pictures make most of them
_LARGEST_PART = 32 * 2**20  # bytes of a part that is read; a report of 200 cells has 0.3 million
_STRICT = b"http://purl.oclc.org/ooxml/"
_OPEN = b"http://schemas.openxmlformats.org/"
_STRICT_NAMES = {
    _STRICT + b"wordprocessingml/main": TRANSITIONAL,
    _STRICT + b"officeDocument/math": _OPEN + b"officeDocument/2006/math",
    _STRICT + b"drawingml/": _OPEN + b"drawingml/2006/",
}
_WIDE = 100  # bytes that tell how characters are written
AGAIN = "download it again, or open it in Word and save it as .docx"
IN_PARTS = "copy the report's own pages into a document of their own"
# What calls for more work: fonts of signs, in small letters, or written by numbers; a theme.
_SIGNS = (b"dings", b"symbol", b"&#")
_THEMED = (b"themeColor", b"themeFill", b"schemeClr")


def opened(path: Path, name: str) -> tuple[Element, Styles]:
    """The body of a document, and its styles. Raises UnreadableDocument."""
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(member.file_size for member in archive.infolist())
            if size > _LARGEST:
                reason = f"unpacks to {size // 2**20} MB, more than a report can have"
                raise UnreadableDocument(name, reason, "remove its images and save it again")
            names = archive.namelist()
            if len(names) > len(set(names)):
                reason = "holds two parts of one name, of which programs read one or the other"
                raise UnreadableDocument(name, reason, AGAIN)
            # The package names its main document, and that its other parts.
            main = _related(archive, "", name).get("officeDocument", "word/document.xml")
            data = _part(archive, main, name)
            if not data:
                reason = "is a zip archive without a Word document in it"
                raise UnreadableDocument(name, reason, AGAIN)
            parts = _related(archive, main, name)
            styles = _part(archive, parts.get("styles", ""), name)
            veiled = b"\0" in data[:_WIDE]  # characters of two bytes
            themed = veiled or any(word in part for word in _THEMED for part in (data, styles))
            theme = _part(archive, parts.get("theme", ""), name) if themed else b""
            signs = veiled or any(
                word in part for part in (data.lower(), styles.lower()) for word in _SIGNS
            )
    except TORN as error:
        reason = f"is cut short, damaged or locked ({error})"
        raise UnreadableDocument(name, reason, AGAIN) from error
    document = _xml(data, name)
    body = document.find(f"{W}body")
    if body is None:
        reason = "holds an Office document that is not Word's"
        raise UnreadableDocument(name, reason, "open it in Word and save it as .docx")
    if body.find(f".//{W}altChunk") is not None:
        reason = "holds a page that Word has not merged into it yet"
        raise UnreadableDocument(name, reason, "open it in Word and save it")
    looks = styles_of(
        _xml(styles, name) if styles else None,
        _xml(theme, name) if theme else None,
        document.find(f"{W}background"),
        symbols=signs,
    )
    return body, looks


def _related(archive: zipfile.ZipFile, part: str, name: str) -> dict[str, str]:
    """The parts that a part, or the package, names: by the last word of their kind."""
    folder, file = posixpath.split(part)
    related: dict[str, str] = {}
    data = _part(archive, posixpath.join(folder, f"_rels/{file}.rels"), name)
    for relation in _xml(data, name) if data else ():
        target = posixpath.normpath(posixpath.join(f"/{folder}", relation.get("Target", "")))
        kind = relation.get("Type", "").rpartition("/")[2]
        related.setdefault(kind, target.lstrip("/"))
    return related


def _part(archive: zipfile.ZipFile, part: str, name: str) -> bytes:
    """The bytes of a part, none if there is no such part."""
    try:
        member = archive.getinfo(part)
    except KeyError:
        return b""
    if member.file_size > _LARGEST_PART:
        reason = f"has {member.file_size // 2**20} MB of text and tables in {part}, more than "
        reason += f"the {_LARGEST_PART // 2**20} MB that a report can have"
        raise UnreadableDocument(name, reason, IN_PARTS)
    return archive.read(member)


def _xml(data: bytes, name: str) -> Element:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,  # else they part the text around them
        remove_pis=True,
    )
    try:
        if _STRICT in data:
            for strict, transitional in _STRICT_NAMES.items():
                data = data.replace(strict, transitional)
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        reason = f"holds a damaged document ({error.msg})"
        raise UnreadableDocument(name, reason, AGAIN) from error
