"""What of a document or a name reaches a terminal, Excel and an ASCII machine: nothing that acts."""

from __future__ import annotations

import csv
import io
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import main
from pipeline.cli.export import cell_for_excel

CORPUS = Path(__file__).parent / "corpus"
PATH = CORPUS / "wrong_total_2024/source.txt"
REPORT = PATH.read_text("utf-8")
PAGE = (CORPUS / "wrong_total_2024/source.html").read_text("utf-8")
MARKS = {
    "a window's title": "\x1b]0;taken\x07",
    "a link": "\x1b]8;;http://example.org\x1b\\",
    "colour": "\x1b[31m",
    "an empty screen": "\x1b[2J",
    "C1": "\x9b31m",
    "a step back": "\b\b",
    "the line again": "\r",
    "delete": "\x7f",
    "right to left": "\u202e",
    "an isolate": "\u2066",
    "nothing wide": "\u200b",
}
LINE = "the line again"
ACTING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


@pytest.fixture(autouse=True)
def _data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DISCLOSURE_DATA", "data")
    Path("data/raw/haiyan").mkdir(parents=True)


def run(*arguments: str | Path) -> Result:
    """The verb's result; anything but an orderly exit is raised."""
    return CliRunner(catch_exceptions=False).invoke(main, [str(one) for one in arguments])


def documents(mark: str) -> dict[str, str]:
    """Documents that have the mark in their title, their organ, a cell, a label, a row of no form."""
    as_entities = "".join(f"&#{ord(char)};" for char in mark)
    row = f"<tr><td>其他{mark}检查</td><td>4</td><td>5</td><td>6</td></tr></table>"
    return {
        "title.txt": REPORT.replace("2024年", f"2024年{mark}", 1),
        "organ.txt": REPORT.replace("汀兰街道", f"汀{mark}兰街道"),
        "cell.txt": re.sub(r"(行政许可\s+)", lambda found: found[1] + mark, REPORT),
        "label.txt": REPORT.replace("行政许可", f"行政{mark}许可"),
        "entities.html": PAGE.replace("行政许可", f"行政{as_entities}许可"),
        "row.html": PAGE.replace("</table>", row, 1),
        "refused.txt": f"示例县云岫镇2022年政府信息{mark}公开工作年度报告解读\n公开信息。",
        "placeholder.html": f"<h1>XX{mark}镇2022年政府信息公开工作年度报告</h1>",
    }


# The mark that ends a line of a text would part the others.
@pytest.mark.parametrize("names", [[n for n in MARKS if n != LINE], [LINE]], ids=["most", LINE])
def test_nothing_of_a_document_acts_on_a_terminal(names: list[str]) -> None:
    texts = documents("".join(MARKS[name] for name in names))
    assert all(ACTING.search(text) or "&#" in text for text in texts.values())
    for name, text in texts.items():
        Path("data/raw/haiyan", name).write_text(text, "utf-8", newline="")
    paths = [Path("data/raw/haiyan", name) for name in texts]
    printed = [run("check", *paths), *(run("show", path) for path in paths)]
    printed.append(run("extract", "--csv", "data/raw/haiyan/refused.txt"))
    for result in printed:
        assert not ACTING.search(result.stdout + result.stderr)
    if names != [LINE]:
        assert sum("�" in result.stdout + result.stderr for result in printed) >= 2


def test_nothing_of_a_warehouse_or_of_a_command_does() -> None:
    mark = MARKS["a window's title"]
    for name, text in documents(mark).items():
        Path("data/raw/haiyan", name).write_text(text, "utf-8", newline="")
    results = [run("ingest")]
    tables = ("raw_reports", "raw_facts", "raw_findings", "raw_evidence", "raw_files")
    results += [run("query", f"from {table}") for table in tables]
    results += [run("query", f"select chr(27) || ']0;x' as \"{mark}\", '[/]' as \"[/]\"")]
    results += [run("query", f"select {mark}"), run("chart", mark), run("doubts", mark)]
    results += [run("show", f"{mark}.html"), run("ingest", mark), run(mark), run("show", "a", mark)]
    for result in results:
        assert result.stdout + result.stderr
        assert not ACTING.search(result.stdout + result.stderr)
    assert "[/]" in results[6].stdout


@pytest.mark.parametrize("words", ["[/]", "[red]", "[bold]x[/bold]", ":100:", "[link=x]", "\\"])
def test_words_that_look_like_markup_are_words(words: str) -> None:
    Path("a.txt").write_text(REPORT.replace("行政许可", f"行政{words}许可"), "utf-8")
    assert f"行政{words}许可" in run("show", "a.txt").stdout


@pytest.mark.parametrize("text", ["=1+1", "=HYPERLINK(1)", "+cmd|' /C calc'!A0", "-2+3", "@SUM(1)"])
def test_no_formula_reaches_excel(text: str) -> None:
    assert cell_for_excel(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["\t=1", "\r=1", "＝1+1", "＋1+1", "--1", "-", "+1 个", "-1-1", "=-1"]
)
def test_what_only_excel_would_run_is_marked_too(text: str) -> None:
    assert cell_for_excel(text) == (text if text == "-" else f"'{text}")


@pytest.mark.parametrize(
    "text", ["", "-5", "+5", "-5.25", "-1,234", "-.5", "-1e-07", "-5%", "--", "5", "a=1", "示例县"]
)
def test_numbers_and_words_stay_as_they_are(text: str) -> None:
    assert cell_for_excel(text) == text


def test_only_csv_for_excel_is_changed() -> None:
    Path("=a.html").write_text(PAGE.replace(">37<", ">=1+36<"), "utf-8")
    plain, excel = (
        list(
            csv.DictReader(io.StringIO(run("extract", "=a.html", *options).stdout.lstrip("\ufeff")))
        )
        for options in (["--csv"], ["--csv", "--bom"])
    )
    texts = [row["text"] for row in plain]
    assert "=1+36" in texts
    assert {row["file"] for row in plain} == {"=a.html"}
    assert {row["file"] for row in excel} == {"'=a.html"}
    assert [row["text"].removeprefix("'") for row in excel] == texts
    assert not any(cell[:1] in "=+@" and cell for row in excel for cell in row.values())

    Path("data/raw/haiyan/a.txt").write_text(REPORT, "utf-8")
    run("ingest")
    sql = "select '=1+1' as \"=x\", -5 as n, '-' as dash"
    assert run("query", sql, "--csv").stdout == "=x,n,dash\n=1+1,-5,-\n"
    assert run("query", sql, "--csv", "--bom").stdout == "\ufeff'=x,n,dash\n'=1+1,-5,-\n"
    assert "formula" in run("extract", "--help").stdout


ASCII = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"}


def on_a_terminal(arguments: list[str], environment: dict[str, str]) -> tuple[int, bytes]:
    """Exit status of the command, and what it sends to a terminal of its own."""
    import pty

    command = [sys.executable, "-c", "from pipeline.cli import main; main()", *arguments]
    child, terminal = pty.fork()
    if not child:
        os.execve(sys.executable, command, {**os.environ, "TERM": "xterm", **environment})
    sent = b""
    while True:
        try:
            piece = os.read(terminal, 65536)
        except OSError:
            piece = b""
        if not piece:
            break
        sent += piece
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), sent


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")
@pytest.mark.parametrize("environment", [{}, ASCII], ids=["UTF-8", "ASCII"])
def test_a_terminal_of_any_encoding_is_no_error(environment: dict[str, str]) -> None:
    mark = MARKS["a window's title"]
    Path("data/raw/haiyan/a.txt").write_text(documents(mark)["label.txt"], "utf-8")
    Path("data/raw/haiyan/b.html").write_text(PAGE.replace("2024", "2022"), "utf-8")
    file = "data/raw/haiyan/a.txt"
    tables = (["query", "from raw_facts"], ["query", "--csv", "from raw_facts"])
    asked = (["ingest"], ["show", file], ["extract", "--csv", file], *tables)
    for arguments in asked:
        status, sent = on_a_terminal(arguments, environment)
        assert status == 0, sent[-500:]
        assert b"Traceback" not in sent
        assert b"\x1b]" not in sent
        assert b"\x07" not in sent
    status, sent = on_a_terminal(["check", file], environment)
    assert (status, b"Traceback" in sent) == (1, False)  # its sums are wrong


def test_no_output_at_all_and_a_limit_beyond_any_machine_are_no_error() -> None:
    command = (
        f"from pipeline.cli import main; main()' extract '{PATH}' --csv --memory 99999999999999"
    )
    said = subprocess.run(
        ["sh", "-c", f"'{sys.executable}' -c '{command} >&-"],
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    assert (said.returncode, said.stderr) == (0, "")
