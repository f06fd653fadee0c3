"""Bad files and wrong usage, by the command line: one line that says what is wrong and what to do."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from pipeline.cli import main

CORPUS = Path(__file__).parent / "corpus"
GOOD = CORPUS / "sparse_2019"
WRONG_TOTAL = CORPUS / "wrong_total_2024/source.txt"
RECIPE = CORPUS / "not_reports/recipe.txt"
BLANK_FORM = CORPUS / "not_reports/blank_form_crosses.html"
NO_TABLES = CORPUS / "odd_reports/no_tables.txt"
ROOT_USER = hasattr(os, "geteuid") and os.geteuid() == 0


@pytest.fixture(autouse=True)
def _empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty current folder whose data folder is `data`."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DISCLOSURE_DATA", "data")
    Path("data/raw/haiyan").mkdir(parents=True)


def run(*arguments: str | Path) -> Result:
    """The verb's result; anything but an orderly exit is raised."""
    return CliRunner(catch_exceptions=False).invoke(main, [str(one) for one in arguments])


def lines(text: str) -> list[str]:
    return text.strip().splitlines()


def cut(source: Path, target: str, share: float) -> None:
    data = source.read_bytes()
    Path(target).write_bytes(data[: int(len(data) * share)])


def locked(name: str) -> None:
    canvas = Canvas(name, encrypt=StandardEncryption("secret"))
    canvas.drawString(50, 50, "report")
    canvas.save()


def scan(name: str) -> None:
    canvas = Canvas(name)
    canvas.rect(50, 50, 200, 200, fill=1)
    canvas.save()


def text(content: str | bytes) -> Callable[[str], None]:
    data = content.encode() if isinstance(content, str) else content
    return lambda name: void(Path(name).write_bytes(data))


def copy(source: Path) -> Callable[[str], None]:
    return lambda name: void(shutil.copy(source, name))


def void(_: object) -> None:
    """Nothing: what a maker returns."""


# name → how to make it, words of the reason, words of the remedy
BAD: dict[str, tuple[Callable[[str], None], str, str]] = {
    "empty.html": (text(""), "is empty", "download it again"),
    "empty.docx": (text(""), "is empty", "download it again"),
    "empty.pdf": (text(""), "is empty", "download it again"),
    "spaces.txt": (text(" \n\n \n"), "no text", "remove it"),
    "void.html": (text("<html><body></body></html>"), "holds no text", "open it in a browser"),
    "cut.docx": (lambda name: cut(GOOD / "source.docx", name, 0.5), "cut short", "download"),
    "cut.pdf": (lambda name: cut(GOOD / "source.pdf", name, 0.5), "not a whole PDF", "again"),
    "end_cut.pdf": (lambda name: cut(GOOD / "source.pdf", name, 0.98), "not a whole PDF", "again"),
    "word_inside.pdf": (copy(GOOD / "source.docx"), "holds a Word document", "rename it to .docx"),
    "page_inside.txt": (copy(GOOD / "source.html"), "holds HTML", "rename it to .html"),
    "report.xyz": (copy(GOOD / "source.txt"), "no reader knows", "the suffixes read are"),
    "report": (copy(GOOD / "source.txt"), "has no suffix", "the suffixes read are"),
    "old.doc": (text(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(900)), "legacy Word", ".docx"),
    "nulls.txt": (text(bytes(500)), "is not text", "save it as UTF-8"),
    "no_encoding.txt": (text("报告".encode("gb18030") + b"\xff\xff"), "is not text in", "UTF-8"),
    "scan.pdf": (scan, "no text layer", "recognise its text"),
    "locked.pdf": (locked, "password", "without a password"),
    "folder.html": (lambda name: Path(name).mkdir(), "is a folder", "name the files in it"),
    "pipe.html": (os.mkfifo, "is a pipe", "save the report as a file"),
    "device.txt": (lambda name: Path(name).symlink_to("/dev/zero"), "is a device", "as a file"),
    "long.txt": (
        lambda name: Path(name).write_bytes(b"\n" * 11 * 2**20),
        "more than the 2,000,000 that any report in text has",
        "save the report alone",
    ),
    "missing.html": (lambda name: None, "does not exist", "check the path"),
    "dead_link.html": (lambda name: Path(name).symlink_to("nowhere"), "does not exist", "check"),
    "recipe.txt": (copy(RECIPE), "not an annual report", "remove it"),
    "form.html": (copy(BLANK_FORM), "a blank form", ";"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_one_line_and_the_others_are_read(name: str) -> None:
    make, reason, remedy = BAD[name]
    make(name)
    result = run("extract", "--csv", name, GOOD / "source.txt")
    (said,) = lines(result.stderr)
    told, _, advice = said.removeprefix(f"disclosure: {name}: ").partition("; ")
    assert reason in told
    assert remedy in said
    assert advice
    assert result.exit_code == 1
    files = {row["file"] for row in csv.DictReader(lines(result.stdout))}
    assert files == {str(GOOD / "source.txt")}


@pytest.mark.skipif(ROOT_USER, reason="the superuser may read everything")
def test_a_file_that_may_not_be_read() -> None:
    shutil.copy(GOOD / "source.txt", "closed.txt")
    Path("closed.txt").chmod(0)
    result = run("extract", "--csv", "closed.txt")
    assert lines(result.stderr) == [
        "disclosure: closed.txt: cannot be opened (Permission denied); check its permissions"
    ]
    assert result.exit_code == 1


SHORT_ROW = (
    "code,name,kind,county_code,county_name,city_name,province_name,first_edition,last_edition\n"
    "990121101,霁川镇,town\n"
).encode("gbk")


@pytest.mark.parametrize("verb", ["extract --csv", "show", "check", "ingest"])
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"code,name\n", "regions.csv: no column kind, county_code"),
        (SHORT_ROW, "regions.csv, line 2: 3 cells in a table of 9 columns"),
        (b"\xff\xff\xff", "regions.csv: is not text"),
    ],
)
def test_a_bad_table_of_regions_is_one_line(verb: str, content: bytes, words: str) -> None:
    folder = Path("data/raw/haiyan")
    shutil.copy(GOOD / "source.txt", folder / "report.txt")
    (folder / "regions.csv").write_bytes(content)
    result = run(*verb.split(), folder if verb == "ingest" else folder / "report.txt")
    (said,) = lines(result.stderr)
    assert words in said
    assert result.exit_code == 1


def test_bad_files_are_named_in_the_order_given() -> None:
    for name in ("b.html", "a.html"):
        text("")(name)
    result = run("extract", "--csv", "b.html", GOOD / "source.txt", "a.html")
    assert [line.split(": ")[1] for line in lines(result.stderr)] == ["b.html", "a.html"]


def test_a_report_without_tables_is_no_failure() -> None:
    result = run("extract", "--csv", NO_TABLES)
    assert (result.exit_code, result.stderr) == (0, "")
    assert len(lines(result.stdout)) == 1  # the header
    figures = csv.DictReader(lines(run("extract", "--csv", "--narrative", NO_TABLES).stdout))
    assert ("nar_disclosed_total", "36") in {(row["concept"], row["value"]) for row in figures}


def test_check_judges_the_others_and_fails_for_a_bad_file_or_a_broken_sum() -> None:
    text("")("empty.html")
    assert run("check", GOOD / "source.txt").exit_code == 0
    result = run("check", "empty.html", GOOD / "source.txt")
    assert result.exit_code == 1
    assert lines(result.stderr) == ["disclosure: empty.html: is empty; download it again"]
    assert "0 errors" in result.stdout
    result = run("check", WRONG_TOTAL)
    assert (result.exit_code, result.stderr) == (1, "")
    assert "S3-COLSUM21" in result.stdout


@pytest.mark.parametrize("name", ["missing.html", "cut.docx", "recipe.txt"])
def test_show_says_in_one_line_why_there_is_nothing_to_show(name: str) -> None:
    BAD[name][0](name)
    result = run("show", name)
    (said,) = lines(result.stderr)
    assert said.startswith(f"disclosure: {name}: ")
    assert result.exit_code == 1


@pytest.mark.parametrize(
    "arguments",
    [
        *(["extract", "--csv"], ["extract", "report.txt"], ["extract", "--csv", "--nope", "a.txt"]),
        *(["check"], ["show"], ["show", "a.txt", "b.txt"], ["ingest", "--force"], ["nope"]),
        *(["chart", "--language", "fr"], ["query", "--json", "select 1"], ["ingest", "a", "b"]),
    ],
)
def test_wrong_usage_exits_with_2(arguments: list[str]) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Error: " in result.stderr


@pytest.mark.parametrize("arguments", [["query"], ["query", "select 1"], ["chart", "outcomes"]])
def test_without_a_build_the_line_says_what_to_run(arguments: list[str]) -> None:
    result = run(*arguments)
    (said,) = lines(result.stderr)
    assert "disclosure ingest" in said
    assert (result.exit_code, result.stdout) == (1, "")


@pytest.mark.parametrize("arguments", [["ingest"], ["sample"]])
def test_a_place_that_cannot_be_written_to_is_one_line(arguments: list[str]) -> None:
    shutil.copy(GOOD / "source.txt", "data/raw/haiyan/a.txt")
    Path("data/warehouse").write_text("in the way")
    Path("data/raw/sample").write_text("in the way")
    result = run(*arguments)
    (said,) = lines(result.stderr)
    assert said.startswith("disclosure: data/")
    assert "name another place" in said
    assert result.exit_code == 1


@pytest.mark.parametrize("named", ["data/raw", "nowhere", "a_file"])
def test_ingest_without_documents_is_one_line(named: str) -> None:
    Path("a_file").write_text("")
    result = run("ingest", named)
    (said,) = lines(result.stderr)
    assert named in said
    assert result.exit_code == 1


def test_one_life_of_a_collection_with_bad_files() -> None:
    """Good and bad files are ingested, queries are asked, then a build fails."""
    raw = Path("data/raw/haiyan")
    expected = {}
    for name, (make, reason, _) in BAD.items():
        if name not in ("folder.html", "missing.html"):
            make(str(raw / name))
            expected[name] = reason
    expected["dead_link.html"] = "No such file"
    for suffix in ("txt", "docx"):
        shutil.copy(GOOD / f"source.{suffix}", raw / f"good.{suffix}")
    shutil.copy(NO_TABLES, raw / "no_tables.txt")
    for name in ("~$good.docx", ".hidden.docx"):
        shutil.copy(GOOD / "source.docx", raw / name)

    ingested = _disclosure("ingest")
    assert ingested.returncode == 1
    said = ingested.stdout + ingested.stderr
    named = ingested.stderr.splitlines()
    assert len(named) == len(expected)
    for name, reason in expected.items():
        (line,) = (line for line in named if f"haiyan/{name}: " in line)
        assert reason in line
    assert "Traceback" not in said
    assert "2 ignored" in said

    outcomes = "select outcome, count(*) as n from raw_files group by all order by all"
    rows = lines(run("query", outcomes, "--csv").stdout)
    assert rows == ["outcome,n", "failed,1", "ignored,2", "read,3", f"refused,{len(expected) - 1}"]

    for sql in ("selct 1", "select * from nope", "drop table raw_files", "copy raw_files to 'x'"):
        result = run("query", sql)
        assert (result.exit_code, result.stdout) == (1, "")
        assert len(lines(result.stderr)) == 1

    result = run("chart", "nope")
    assert result.exit_code == 2
    assert "there is no chart nope; there are coverage" in result.stderr
    result = run("chart", "outcomes", "--collection", "nope")
    assert (result.exit_code, result.stderr) == (
        1,
        "disclosure: there is no collection nope; there are haiyan\n",
    )

    for good in (raw / "good.txt", raw / "good.docx", raw / "no_tables.txt"):
        good.unlink()
    failed = _disclosure("ingest")
    assert failed.returncode == 1
    (reported,) = lines(failed.stderr)
    assert "not one report in" in reported
    assert lines(run("query", outcomes, "--csv").stdout) == rows


def _disclosure(*arguments: str) -> subprocess.CompletedProcess[str]:
    code = "from pipeline.cli import main; main()"
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        encoding="utf-8",
        env=environment,
        check=False,
    )
