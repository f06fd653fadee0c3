"""Documents that hang, flood, or kill what reads them: each fails by name, and its neighbours are read."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

import pytest
from click.testing import CliRunner

from pipeline.cli import main, reading
from pipeline.ingest import ingest, pool
from pipeline.keeper import Limits, outside
from pipeline.keeper.outside import Keeper, quickest
from pipeline.paths import raw_dir
from pipeline.readers import READERS
from tests import deadly
from tests.deadly import FATES, FLOOD, Weight

GOOD = Path(__file__).parent / "corpus/sparse_2019"
ROOT = Path(__file__).parents[1]
MIB = 2**20
Seen = TypeVar("Seen")
# A good neighbour takes a tenth of a second, but on a machine that does much else some seconds.
LIMITS = Limits(seconds=8, memory=0.5)
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only Linux lists processes in /proc")


@pytest.fixture(autouse=True)
def raw(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of data with an empty collection, `示例`."""
    monkeypatch.setenv("DISCLOSURE_DATA", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "data/raw/示例"
    folder.mkdir(parents=True)
    return folder


def asks_for(word: str) -> Callable[[Path], None]:
    page = (GOOD / "source.html").read_text("utf-8")
    return lambda path: void(path.write_text(page.replace("</body>", f"<p>{word}</p></body>")))


def void(_: object) -> None:
    """Nothing: what a maker returns."""


def bound(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(os.path.relpath(path))  # a long name is none for a socket


def leads_to(target: str) -> Callable[[Path], None]:
    return lambda path: path.symlink_to(target)


def sparse(size: int, beginning: bytes = b"") -> Callable[[Path], None]:
    def make(path: Path) -> None:
        path.write_bytes(beginning)
        os.truncate(path, size)

    return make


def repeated(part: str, times: int, before: str = "", after: str = "") -> Callable[[Path], None]:
    return lambda path: void(path.write_text(before + part * times + after, "utf-8"))


def long_docx(path: Path) -> None:
    with zipfile.ZipFile(GOOD / "source.docx") as good, zipfile.ZipFile(path, "w", 8) as long:
        for name in good.namelist():
            data = good.read(name)
            if name == "word/document.xml":
                row = "<w:p><w:r><w:t>二〇二二年共收到申请十二件，同比增长三成。</w:t></w:r></w:p>"
                data = data.replace(b"<w:body>", b"<w:body>" + (row * 500_000).encode())
            long.writestr(name, data)


def forms_in_forms(path: Path) -> None:
    """A page that draws a form, which draws another ten times, and so on, eight deep."""
    drawn = b" ".join(b"/F%d Do" % 0 for _ in range(10))
    text = b"BT /T 9 Tf (1) Tj ET"
    bodies = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 5 0 R"
        b"/Resources<</Font<</T 4 0 R>>/XObject<</F0 6 0 R>>>>>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn),
    ]
    for deep in range(8):
        stream = text if deep == 7 else drawn
        inner = b"" if deep == 7 else b"/XObject<</F0 %d 0 R>>" % (7 + deep)
        bodies.append(
            b"<</Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</Font<</T 4 0 R>>%s>>"
            b"/Length %d>>stream\n%s\nendstream" % (inner, len(stream), stream)
        )
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(bodies, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(bodies) + 1, start)
    path.write_bytes(out)


SLOW, FULL, KILLED = "longer to read than 8 s", "more memory to read than 0.5 GiB", "was killed"
LARGE = "more than a report can have"
# name → how to make it, words that say what is wrong
HOSTILE: dict[str, tuple[Callable[[Path], None], str]] = {
    "pipe.html": (os.mkfifo, "is a pipe"),
    "pipe.pdf": (os.mkfifo, "is a pipe"),
    "pipe.docx": (os.mkfifo, "is a pipe"),
    "pipe.txt": (os.mkfifo, "is a pipe"),
    "pipe.xyz": (os.mkfifo, "is a pipe"),
    "socket.txt": (bound, "is a socket"),
    "to_pipe.html": (leads_to("pipe.html"), "is a pipe"),
    "to_socket.md": (leads_to("socket.txt"), "is a socket"),
    "zero.txt": (leads_to("/dev/zero"), "is a device"),
    "zero.pdf": (leads_to("/dev/zero"), "is a device"),
    "random.docx": (leads_to("/dev/urandom"), "is a device"),
    "null.html": (leads_to("/dev/null"), "is a device"),
    "full.htm": (leads_to("/dev/full"), "is a device"),
    "itself.html": (leads_to("itself.html"), "cannot be opened"),
    "endless.txt": (sparse(2**40), LARGE),
    "endless.pdf": (sparse(2**40, b"%PDF-1.7\n"), LARGE),
    "endless.docx": (sparse(2**40, b"PK\x03\x04"), LARGE),
    "endless.html": (sparse(2**40, b"<html>"), LARGE),
    "endless.doc": (sparse(2**40, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), LARGE),
    "endless.xyz": (sparse(2**40), LARGE),
    "long.txt": (repeated("收到申请12件。\n", 600_000), "2,000,000 that any report in text has"),
    "long.md": (repeated("| 1 | 2 |\n", 1_100_000), "2,000,000 that any report in text has"),
    "long.html": (
        repeated("<p>收到申请12件。</p>", 2_300_000),
        "more than the 50 that a page can have",
    ),
    "prose.html": (repeated("<p>收到申请12件，同比增长3%。</p>", 800_000), ""),
    "prose.txt": (repeated("2022年收到申请12件，同比增长30%。\n", 180_000), ""),
    "lines.txt": (repeated("\n", 9 * MIB, "政府信息公开工作年度报告", "1"), ""),
    "prose.docx": (long_docx, ""),
    "forms.pdf": (forms_in_forms, ""),
    "flood.html": (asks_for(FLOOD), "gives 40 MB of rows, more than a report can have"),
}
SAID = {
    **dict.fromkeys(("长眠", "纠缠", "不听"), SLOW),
    **dict.fromkeys(("吞噬", "一口", "暗吞", "缺存"), FULL),
    **dict.fromkeys(("退出", "致命", "离场", "打断"), KILLED),
    "自尽": "was killed (SIGKILL)",
    "终止": "was killed (SIGTERM)",
    "中止": "was killed (SIGABRT)",
    "断错": "was killed (SIGSEGV)",
    "除零": "ZeroDivisionError: no rows",
    "溢出": "OverflowError: character",
    "无底": "RecursionError: maximum",
}
HOSTILE |= {f"{word}.html": (asks_for(word), SAID[word]) for word in FATES if word != "长眠"}
BEGINNINGS = {
    "a Word document": (GOOD / "source.docx").read_bytes(),
    "a PDF": (GOOD / "source.pdf").read_bytes(),
    "HTML": (GOOD / "source.html").read_bytes(),
    "Office": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096),
    "RTF": b"{\\rtf1 2022}" * 40,
    "an image": b"\x89PNG\r\n\x1a\n" + bytes(4096),
    "an image of another kind": b"\xff\xd8\xff\xe0" + bytes(4096),
    "a rar archive": b"Rar!\x1a\x07\x00" + bytes(4096),
    "a 7z archive": b"7z\xbc\xaf\x27\x1c" + bytes(4096),
    "a gzip archive": b"\x1f\x8b\x08" + bytes(4096),
    "a web archive": b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n" * 40,
}
TRUE_SUFFIXES = {
    "a Word document": (".docx",),
    "a PDF": (".pdf",),
    "HTML": (".html", ".htm", ".shtml"),
}


def holding(data: bytes) -> Callable[[Path], None]:
    return lambda path: void(path.write_bytes(data))


HOSTILE |= {
    f"{held.replace(' ', '_')}{suffix}": (holding(data), "but holds ")
    for held, data in BEGINNINGS.items()
    for suffix in READERS
    if suffix not in TRUE_SUFFIXES.get(held, ())
}
UNKNOWN = (".doc", ".wps", ".xls", ".ppt", ".ofd", ".epub", ".jpg", ".zip", ".csv", ".json", "")
HOSTILE |= {f"unknown{suffix}": (holding(b"2022" * 40), "suffix") for suffix in UNKNOWN}
HOSTILE |= {f"empty{suffix}": (holding(b""), "is empty") for suffix in READERS}
HOSTILE |= {
    f"cut_{share}{suffix}": (holding(data[: len(data) * share // 100]), "")
    for suffix, data in ((".docx", BEGINNINGS["a Word document"]), (".pdf", BEGINNINGS["a PDF"]))
    for share in (1, 5, 10, 20, 30, 50, 70, 90)
}
EVERY = 6  # one good neighbour for so many hostile documents

INGEST = """
import json, resource, sys
from pathlib import Path
from pipeline.ingest import ingest, pool
from pipeline.keeper import Limits
from pipeline.paths import raw_dir
from tests import deadly
pool.read_one = deadly.read_one
summary = ingest(raw_dir(), limits=Limits(float(sys.argv[1]), float(sys.argv[2])))
said = [str(file) for file in (*summary.refused, *summary.failed)]
largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(json.dumps({"said": said, "reports": summary.reports, "largest": largest}))
"""
# What `nohup` or a job in the background ignores, its children ignore too.
VERB = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
if hasattr(signal, "SIGHUP"):
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
from pipeline.cli import main, reading
from pipeline.ingest import pool
from tests import deadly
pool.read_one = deadly.read_one
reading.rows, reading.judged, reading.explained = deadly.rows, deadly.judged, deadly.explained
main()
"""


def test_hostile_documents_fail_alone_within_their_limits_and_by_name(raw: Path) -> None:
    assert len(HOSTILE) >= 150
    for number, (name, (make, _)) in enumerate(HOSTILE.items()):
        make(raw / name)
        if number % EVERY == 0:
            suffix = (".html", ".docx", ".pdf", ".txt")[number // EVERY % 4]
            shutil.copy(GOOD / f"source{suffix}", raw / f"{name}_neighbour{suffix}")
    folder = raw / "folder.pdf"
    folder.mkdir()
    shutil.copy(GOOD / "source.pdf", folder / "inside.pdf")
    ingested = python(INGEST, f"{LIMITS.seconds}", f"{LIMITS.memory}")
    assert ingested.returncode == 0, ingested.stderr
    told = json.loads(ingested.stdout)
    said = {line.partition(": ")[0].removeprefix("示例/"): line for line in told["said"]}
    assert set(said) == set(HOSTILE)
    assert [said[name] for name, (_, words) in HOSTILE.items() if words not in said[name]] == []
    assert all("; " in line for line in said.values())
    assert told["reports"] == 1 + -(-len(HOSTILE) // EVERY)
    # A process may take more between two looks.
    assert told["largest"] * 1024 < 1.5 * LIMITS.memory_bytes


def test_one_that_hangs_delays_the_run_by_its_limit_alone(
    raw: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(29):
        shutil.copy(GOOD / "source.txt", raw / f"{number:02}.txt")
    monkeypatch.setattr(pool, "read_one", deadly.read_one)
    start = time.monotonic()
    ingest(raw_dir(), limits=LIMITS)
    alone = time.monotonic() - start
    for path in raw.iterdir():
        path.write_bytes(path.read_bytes() + b"\n")
    asks_for("纠缠")(raw / "00a.html")
    start = time.monotonic()
    summary = ingest(raw_dir(), limits=LIMITS)
    assert time.monotonic() - start < LIMITS.seconds + 2 * alone
    (failure,) = summary.failed
    assert str(failure) == (
        "示例/00a.html: takes longer to read than 8 s; `--seconds 40` allows more"
    )
    assert summary.reports == 29


def test_what_took_too_long_is_read_again_with_more_time(
    raw: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(GOOD / "source.txt", raw / "good.txt")
    with monkeypatch.context() as patch:
        patch.setattr(pool, "read_one", deadly.read_one)
        asks_for("长眠")(raw / "slow.html")
        assert len(ingest(raw_dir(), limits=LIMITS).failed) == 1
    summary = ingest(raw_dir(), limits=LIMITS)
    assert (summary.read_now, summary.unchanged, summary.failed) == (1, 1, ())


def test_what_is_no_file_is_never_opened_to_see_whether_it_has_changed(raw: Path) -> None:
    shutil.copy(GOOD / "source.txt", raw / "good.txt")
    os.mkfifo(raw / "pipe.html")
    first = ingest(raw_dir(), limits=LIMITS)
    os.utime(raw / "pipe.html", ns=(1, 1))
    second = ingest(raw_dir(), limits=LIMITS)
    assert [str(file) for file in first.refused] == [
        "示例/pipe.html: is a pipe, not a file; save the report as a file"
    ]
    assert (second.refused[0].reason, second.build) == ("is a pipe, not a file", first.build)


@pytest.mark.parametrize(
    "executor",
    [
        lambda: ThreadPoolExecutor(2),
        lambda: ProcessPoolExecutor(2, get_context("spawn")),
    ],
    ids=["threads", "processes"],
)
def test_over_any_executor_the_limits_are_the_same(
    raw: Path, monkeypatch: pytest.MonkeyPatch, executor: Callable[[], Executor]
) -> None:
    for number, suffix in enumerate((".pdf", ".html", ".pdf", ".docx") * 2):
        shutil.copy(GOOD / f"source{suffix}", raw / f"{number}{suffix}")
    for word in ("纠缠", "断错"):
        asks_for(word)(raw / f"{word}.html")
    monkeypatch.setattr(pool, "read_one", deadly.read_one)
    with executor() as given:
        summary = ingest(raw_dir(), executor=given, limits=LIMITS)
    assert [(file.file, file.reason) for file in summary.failed] == [
        ("示例/断错.html", "the process reading it was killed (SIGSEGV)"),
        ("示例/纠缠.html", "takes longer to read than 8 s"),
    ]
    assert summary.reports == 8


@LINUX
@pytest.mark.parametrize("kind", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_no_process_stays_when_the_parent_is_ended(raw: Path, kind: signal.Signals) -> None:
    for number in range(8):
        asks_for("纠缠" if number % 2 else "不听")(raw / f"{number}.html")
    run = started("ingest")
    children = awaited(lambda: reading_processes(run.pid))
    run.send_signal(kind)
    said = run.communicate(timeout=30)[1]
    assert run.returncode in (-kind, 128 + kind, 1)
    assert "Traceback" not in said
    awaited(lambda: not any(map(lives, children)), seconds=3)


@LINUX
def test_nothing_stays_of_a_verb_that_is_killed() -> None:
    asks_for("纠缠")(Path("slow.html"))
    run = started("extract", "--csv", "slow.html")
    children = awaited(lambda: reading_processes(run.pid))
    run.kill()
    run.communicate(timeout=30)
    awaited(lambda: not any(map(lives, children)), seconds=3)


def test_rows_come_while_the_next_file_is_read() -> None:
    asks_for("长眠")(Path("slow.html"))
    run = started("extract", "--csv", str(GOOD / "source.txt"), "slow.html", "--seconds", "60")
    assert run.stdout
    lines = [run.stdout.readline() for _ in range(3)]
    assert run.poll() is None
    run.kill()
    run.communicate(timeout=30)
    assert lines[0].startswith("file,")
    assert all(line.startswith(str(GOOD / "source.txt")) for line in lines[1:])


@pytest.mark.parametrize(
    ("verb", "word"),
    [*(("extract --csv", word) for word in ("除零", "断错", "长眠", "吞噬")), ("check", "溢出")],
)
def test_what_one_file_does_is_one_line_and_the_next_is_read(
    monkeypatch: pytest.MonkeyPatch, verb: str, word: str
) -> None:
    asks_for(word)(Path("bad.html"))
    use_deadly(monkeypatch)
    said = ("--seconds", "8", "--memory", "1")
    result = CliRunner().invoke(
        main, [*verb.split(), "bad.html", str(GOOD / "source.txt"), *said], catch_exceptions=False
    )
    expected = {"长眠": "longer to read than 8 s", "吞噬": "more memory to read than 1 GiB"}
    (line,) = result.stderr.splitlines()
    assert line.startswith("disclosure: bad.html: ")
    assert expected.get(word, SAID[word]) in line
    assert {"长眠": "--seconds 40", "吞噬": "--memory 2"}.get(word, "report this file") in line
    assert result.exit_code == 1
    assert str(GOOD / "source.txt") in result.stdout


@pytest.mark.parametrize("word", ["溢出", "致命"])
def test_show_says_in_one_line_what_the_file_does(
    monkeypatch: pytest.MonkeyPatch, word: str
) -> None:
    asks_for(word)(Path("bad.html"))
    use_deadly(monkeypatch)
    result = CliRunner().invoke(main, ["show", "bad.html"])
    (line,) = result.stderr.splitlines()
    assert line.startswith("disclosure: bad.html: ")
    assert (result.exit_code, result.stdout) == (1, "")


def test_the_options_that_are_named_are_options(raw: Path) -> None:
    shutil.copy(GOOD / "source.txt", raw / "good.txt")
    file = str(raw / "good.txt")
    for verb in (["ingest"], ["extract", "--csv", file], ["check", file], ["show", file]):
        result = CliRunner().invoke(main, [*verb, "--seconds", "300", "--memory", "8"])
        assert (result.exit_code, result.stderr) == (0, "")


@pytest.mark.parametrize("context", [quickest, lambda: get_context("spawn")])
def test_answers_come_in_the_order_of_the_tasks(context: Callable[[], outside.Context]) -> None:
    tasks = [Weight(f"{number}", seconds=0.3 * (number % 5 == 0)) for number in range(40)]
    with Keeper(deadly.carried, LIMITS, 3, context) as keeper:
        assert list(keeper.answers(tasks)) == [task.file for task in tasks]
        assert list(keeper.answers(tasks[:2])) == ["0", "1"]


def test_answers_that_wait_for_a_slow_one_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outside, "HELD", 1)
    tasks = [Weight("slow", seconds=1), *(Weight(f"{number}") for number in range(20))]
    with Keeper(deadly.carried, LIMITS, 2) as keeper:
        assert list(keeper.answers(tasks)) == [task.file for task in tasks]


def test_what_documents_leave_behind_is_not_put_down_to_the_next() -> None:
    tasks = [Weight(f"{number}", seconds=0.2, left=200) for number in range(4)]
    with Keeper(deadly.carried, LIMITS) as keeper:
        assert list(keeper.answers(tasks)) == [task.file for task in tasks]


def test_the_deadline_counts_from_the_start_of_the_reading() -> None:
    tasks = [Weight(f"{number}", seconds=0.9) for number in range(5)]
    with Keeper(deadly.carried, Limits(seconds=4)) as keeper:
        assert list(keeper.answers(tasks)) == [task.file for task in tasks]


def test_who_goes_away_in_the_middle_leaves_nothing_to_the_next() -> None:
    keeper = Keeper(deadly.carried, LIMITS, 2)
    answers = keeper.answers([Weight("a"), Weight("b", seconds=60), Weight("c", seconds=60)])
    assert next(answers) == "a"
    answers.close()
    assert list(keeper.answers([Weight("d"), Weight("e")])) == ["d", "e"]
    keeper.close()


def test_a_process_that_may_start_none_says_so() -> None:
    with get_context("spawn").Pool(1) as daemons:
        said = daemons.apply(deadly.carried_by_a_daemon)
    assert "give an executor whose processes are no daemons" in said


def test_a_script_that_runs_itself_anew_is_told_what_to_do(raw: Path) -> None:
    shutil.copy(GOOD / "source.txt", raw / "good.txt")
    Path("script.py").write_text(
        "from pathlib import Path\nfrom pipeline.ingest import ingest\ningest(Path('data/raw'))\n"
    )
    run = subprocess.run(
        [sys.executable, "script.py"],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert 'below the line `if __name__ == "__main__":`' in run.stderr


def use_deadly(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("rows", "judged", "explained"):
        monkeypatch.setattr(reading, name, getattr(deadly, name))


def python(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )


def started(*arguments: str) -> subprocess.Popen[str]:
    """The command line where documents are deadly."""
    return subprocess.Popen(
        [sys.executable, "-c", VERB, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",  # what is cut short by a signal may end within a character
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def reading_processes(parent: int) -> list[int]:
    """The processes that the parent has started, once one of them is deep in a document."""
    children = [int(n) for n in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]
    return children if any(seconds_of(child) > 1.5 for child in children) else []


def seconds_of(process: int) -> float:
    """Seconds of a processor that a process has had."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def lives(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def awaited(look: Callable[[], Seen], seconds: float = 60) -> Seen:
    """What a look gives as soon as it gives something."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if seen := look():
            return seen
        time.sleep(0.05)
    raise AssertionError(f"not within {seconds} s")
