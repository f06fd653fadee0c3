"""What a file holds, by its first bytes, and whether its suffix says so."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from pipeline.errors import UnreadableDocument

_HEAD = 4096
_PDF_HEAD = 1024  # bytes in which PDF programs look for the header
_HTML, _PDF, _WORD = "HTML", "a PDF", "a Word document"
_ENCRYPTED, _LEGACY_WORD = "an encrypted Office document", "legacy Word"
_LEGACY, _LEGACY_EXCEL = "a legacy Office document", "a legacy spreadsheet"
_ZIP, _WEB_ARCHIVE, _SHEET = "a zip archive", "a web archive (MHTML)", "a spreadsheet"
_READABLE = {_HTML: (".html", ".htm", ".shtml"), _PDF: (".pdf",), _WORD: (".docx",)}
_MAGIC = (
    (b"PK\x03\x04", _ZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _LEGACY),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"Rar!", "a rar archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\x1f\x8b", "a gzip archive"),
)
_MEMBERS = (("word/", _WORD), ("xl/", _SHEET), ("OFD.xml", "an OFD document"))
# Names of streams by which the legacy formats are told, all written in the same container.
_STREAMS = (
    ("EncryptedPackage", _ENCRYPTED),
    ("WordDocument", _LEGACY_WORD),
    ("Workbook", _LEGACY_EXCEL),
)
_HEADER = re.compile(rb"[a-z][-a-z]*:", re.I)  # of a letter, which a web archive is
_REMEDIES = {
    _LEGACY: "open it in Word or LibreOffice and save it as .docx",
    _LEGACY_WORD: "open it in Word or LibreOffice and save it as .docx",
    _LEGACY_EXCEL: "copy the report into Word and save it as .docx",
    _ENCRYPTED: "open it with its password and save it without one",
    "RTF": "open it in Word or LibreOffice and save it as .docx",
    "an image": "find the report as text: images are not read",
    _WEB_ARCHIVE: "open it in a browser or Word and save it as .html",
    _SHEET: "copy the report into Word and save it as .docx",
    "an OFD document": "convert it to PDF",
}
_UNPACK = "unpack it and read the files inside"
_BEFORE_TAGS = re.compile(rb"\s*(?:<\?xml[^>]*>|<!--.*?-->)", re.I | re.S)
_PAGE = re.compile(rb"\s*<(?:!doctype\s+html|html)\b", re.I)
_TAGS = re.compile(rb"\s*<(?:!doctype|html|head|meta|body|div|table|p)\b", re.I)
# No file of these formats is shorter: three zip members and a directory; a header and a trailer.
_SHORTEST = {".docx": 400, ".pdf": 60}
_MAY_HOLD_TAGS = (".txt", ".md")


def refuse_mismatch(path: Path, name: str, suffixes: Iterable[str]) -> None:
    """Raise UnreadableDocument unless `path` is a whole file that holds what its suffix says."""
    suffix = path.suffix.lower()
    head, size = _beginning(path, name)
    if not size:
        raise UnreadableDocument(name, "is empty", "download it again")
    held = _held(path, head, suffix)
    if held and suffix not in _READABLE.get(held, ()):
        reason = f"named {suffix or 'without a suffix'} but holds {held}"
        if held in (_LEGACY, _LEGACY_WORD) and suffix in (".doc", ".wps"):
            reason = "is legacy Word"
        true_suffix = _READABLE.get(held, ("",))[0]
        remedy = f"rename it to {true_suffix}" if true_suffix else _REMEDIES.get(held, _UNPACK)
        raise UnreadableDocument(name, reason, remedy)
    if suffix not in suffixes:
        reason = f"has the suffix {suffix}, which no reader knows" if suffix else "has no suffix"
        remedy = f"the suffixes read are {' '.join(sorted(suffixes))}"
        raise UnreadableDocument(name, reason, remedy)
    if size < _SHORTEST.get(suffix, 0):
        reason = f"has {size} bytes, fewer than any {suffix} file"
        raise UnreadableDocument(name, reason, "download it again")
    if suffix in _SHORTEST and not held:
        reason = f"named {suffix} but does not begin like one"
        raise UnreadableDocument(name, reason, "download it again, or give it its true suffix")


def _beginning(path: Path, name: str) -> tuple[bytes, int]:
    try:
        with path.open("rb") as file:
            return file.read(_HEAD), path.stat().st_size
    except FileNotFoundError as error:
        raise UnreadableDocument(name, "does not exist", "check the path") from error
    except IsADirectoryError as error:
        raise UnreadableDocument(name, "is a folder", "name the files in it") from error
    except OSError as error:
        reason = f"cannot be opened ({error.strerror})"
        raise UnreadableDocument(name, reason, "check its permissions") from error


def _held(path: Path, head: bytes, suffix: str) -> str:
    """What the file holds, as the keys of the tables above; empty for plain text and unknowns."""
    if head.lstrip().startswith(b"%PDF-") or (suffix == ".pdf" and b"%PDF-" in head[:_PDF_HEAD]):
        return _PDF
    for magic, held in _MAGIC:
        if head.startswith(magic):
            if held == _LEGACY:
                return _contained(path)
            return _zipped(path, suffix) if held == _ZIP else held
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip(b"\xff\xfe").replace(b"\0", b"")
    if _HEADER.match(text):
        headers = text.replace(b"\r", b"").partition(b"\n\n")[0].lower()
        return _WEB_ARCHIVE if b"mime-version:" in headers else ""
    at = 0
    while before := _BEFORE_TAGS.match(text, at):
        at = before.end()
    pattern = _PAGE if suffix in _MAY_HOLD_TAGS else _TAGS
    return _HTML if pattern.match(text, at) else ""


def _contained(path: Path) -> str:
    """What one of Office's older containers holds."""
    data = path.read_bytes()
    for stream, kind in _STREAMS:
        if stream.encode("utf-16-le") in data:
            return kind
    return _LEGACY


def _zipped(path: Path, suffix: str) -> str:
    """What a zip archive holds."""
    from pipeline.readers.archive import TORN, members_of  # of no use to most files

    try:
        members = members_of(path)
    except TORN:
        # A torn archive is whatever its name says: the reader tells what is wrong with it.
        return _WORD if suffix == ".docx" else _ZIP
    for prefix, kind in _MEMBERS:
        if any(member.startswith(prefix) for member in members):
            return kind
    return _ZIP
