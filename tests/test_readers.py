"""Any file: the right reader, or a sentence that says what is wrong and what to do."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import pytest

from pipeline.errors import UnreadableDocument
from pipeline.model import Paragraph
from pipeline.readers import READERS, read
from pipeline.readers.sniff import refuse_mismatch
from pipeline.text.decode import decode

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000)
SAVED_BY_CHROME = (
    b"From: <Saved by Blink>\r\nSubject: =?utf-8?Q?x?=\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/related;\r\n\ttype="text/html"\r\n\r\n<html><p>x'
)
REPORT = "示例县人民政府2023年政府信息公开工作年度报告，共受理申请12件。"


def word() -> bytes:
    buffer = io.BytesIO()
    made = docx.Document()
    made.add_paragraph(REPORT)
    made.save(buffer)
    return buffer.getvalue()


def archive(member: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        made.writestr(member, "x" * 500)
    return buffer.getvalue()


def file(tmp_path: Path, name: str, data: bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("name", ["a.html", "b.HTM", "c.shtml"])
def test_the_suffix_chooses_the_reader(tmp_path: Path, name: str) -> None:
    found = read(file(tmp_path, name, f"<p>{REPORT}".encode()), "sample/a")
    assert (found.file, found.format) == ("sample/a", "html")
    assert found.blocks == (Paragraph(REPORT, "paragraph 1"),)


def test_the_name_is_the_path_unless_given(tmp_path: Path) -> None:
    path = file(tmp_path, "a.docx", word())
    found = read(path)
    assert (found.file, found.format) == (path.as_posix(), "docx")


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.docx", b"<!DOCTYPE html><p>x", "named .docx but holds HTML; rename it to .html"),
        ("a.docx", b"%PDF-1.7\n" + bytes(99), "named .docx but holds a PDF; rename it to .pdf"),
        ("a.docx", b"not a word document " * 30, "named .docx but does not begin like one; "),
        ("a.docx", archive("xl/workbook.xml"), "named .docx but holds a spreadsheet; copy "),
        ("a.docx", archive("report.pdf"), "named .docx but holds a zip archive; unpack it "),
        ("a.docx", OLE, "named .docx but holds a legacy Office document; open it in Word "),
        (
            "a.pdf",
            OLE + "WordDocument".encode("utf-16-le"),
            "named .pdf but holds legacy Word; open it in Word ",
        ),
        (
            "a.xls",
            OLE + "Workbook".encode("utf-16-le"),
            "named .xls but holds a legacy spreadsheet; copy ",
        ),
        ("a.xls", OLE, "named .xls but holds a legacy Office document; open "),
        (
            "a.docx",
            OLE + "EncryptedPackage".encode("utf-16-le"),
            "named .docx but holds an encrypted Office document; open it with its password ",
        ),
        ("a.docx", b"PK\x03\x04", "has 4 bytes, fewer than any .docx file; download it again"),
        (
            "a.docx",
            b"PK\x03\x04" + bytes(900),
            "is cut short, damaged or locked (File is not a zip file); download",
        ),
        ("a.doc", OLE, "is legacy Word; open it in Word or LibreOffice and save it as .docx"),
        ("a.doc", b"<html><p>x", "named .doc but holds HTML; rename it to .html"),
        ("a.doc", word(), "named .doc but holds a Word document; rename it to .docx"),
        ("a.doc", b"{\\rtf1 x}", "named .doc but holds RTF; open it in Word "),
        ("a.html", word(), "named .html but holds a Word document; rename it to .docx"),
        ("a.html", b"%PDF-1.4\n", "named .html but holds a PDF; rename it to .pdf"),
        ("a.html", b"MIME-Version: 1.0\n", "named .html but holds a web archive (MHTML); open "),
        ("a.html", SAVED_BY_CHROME, "named .html but holds a web archive (MHTML); open "),
        ("a.html", b"\x1f\x8b\x08", "named .html but holds a gzip archive; unpack it "),
        ("a.txt", b"\xef\xbb\xbf<!doctype html><p>x", "named .txt but holds HTML; rename it "),
        ("a.pdf", b"\x89PNG\r\n\x1a\n", "named .pdf but holds an image; find the report as text"),
        ("a.pdf", "<html>".encode("utf-16"), "named .pdf but holds HTML; rename it to .html"),
        ("a.pdf", b"%PDF", "has 4 bytes, fewer than any .pdf file; download it again"),
        ("a.ofd", archive("OFD.xml"), "named .ofd but holds an OFD document; convert it to PDF"),
        ("a", b"%PDF-1.4\n", "named without a suffix but holds a PDF; rename it to .pdf"),
        ("a.html", b"", "is empty; download it again"),
        (
            "a.xyz",
            b"abc",
            "has the suffix .xyz, which no reader knows; the suffixes read are .docx",
        ),
        ("a", b"abc", "has no suffix; the suffixes read are .docx .htm"),
    ],
)
def test_files_that_are_not_what_they_say(
    tmp_path: Path, name: str, data: bytes, message: str
) -> None:
    path = file(tmp_path, name, data)
    with pytest.raises(UnreadableDocument) as caught:
        read(path, "the file")
    assert str(caught.value).startswith(f"the file: {message}")


def test_a_file_that_is_not_there_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match="does not exist; check the path"):
        read(tmp_path / "none.html", "none.html")
    (tmp_path / "folder.html").mkdir()
    with pytest.raises(UnreadableDocument, match="is a folder"):
        read(tmp_path / "folder.html", "folder.html")


def test_a_pdf_may_begin_with_other_bytes(tmp_path: Path) -> None:
    path = file(tmp_path, "a.pdf", b"\r\n%PDF-1.7\n" + bytes(99))
    refuse_mismatch(path, "a.pdf", READERS)
    path = file(tmp_path, "a.html", b"<p>%PDF-1.7</p>")
    refuse_mismatch(path, "a.html", READERS)


def test_readers_are_imported_when_needed() -> None:
    code = "import sys, pipeline.readers; print({'lxml', 'docx', 'pypdfium2'} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"


def test_every_suffix_is_lower_case_with_a_dot() -> None:
    assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in READERS)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-32", "gbk", "gb2312"]
)
def test_encodings_found_without_a_declaration(encoding: str) -> None:
    assert decode(REPORT.encode(encoding), "a.txt") == REPORT


@pytest.mark.parametrize(
    ("declared", "actual"),
    [
        ("gb2312", "gb18030"),
        ("gb2312", "utf-8"),
        ("utf-8", "gb18030"),
        ("iso-8859-1", "gb18030"),
        ("big5", "big5"),
        ("gb2312", "utf-8-sig"),
    ],
)
def test_a_declaration_is_believed_where_it_decodes(declared: str, actual: str) -> None:
    text = f"<meta charset='{declared}'><p>年度報告：受理申請12件</p>"
    assert decode(text.encode(actual), "a.html") == text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (REPORT.encode("utf-16-le"), "NUL"),
        (bytes(200), "NUL"),
        ((REPORT * 9).encode()[:-4], "ends in the middle of a character; it was cut short"),
        ((REPORT * 9).encode().replace(b"\xe7\xa4\xba", b"\xe7\xa4", 1), "UTF-8 damaged at byte 0"),
        (REPORT.encode("gb18030") + b"\xff\xff", "is not text in utf-8 or gb18030"),
        (b"\xff\xfe" + b"\x00\xd8\x00", "mark of utf-16-le"),
    ],
)
def test_bytes_that_are_no_text(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableDocument, match=reason):
        decode(data, "a.txt")


def test_a_lone_nul_never_joins_the_digits_beside_it() -> None:
    assert decode((REPORT * 40 + "1\x002").encode(), "a.txt").endswith("1\ufffd2")
