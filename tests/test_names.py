"""What a file may be called: every document is a row of its own, and no name commands a terminal."""

from __future__ import annotations

import csv
import io
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline.ingest import ingest
from pipeline.names import key, name_of, shown
from pipeline.paths import warehouse_dir
from pipeline.warehouse import query
from tests.test_ingest import put

ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="names are bytes on Linux only")
TOWNS = ("柳林镇", "云岭镇", "红旗镇", "永定镇")
ASCII = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
CONTROLS = ("\x1b]0;pwned\x07", "\x1b[2J", "\n", "\r", "\t", "\x9b31m", "\x7f", "\u202e", "\u200b")


def gbk(name: str) -> bytes:
    return name.encode("gbk")


@pytest.fixture
def here() -> Iterator[Executor]:
    with ThreadPoolExecutor(1) as executor:
        yield executor


@pytest.fixture
def raw(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DISCLOSURE_DATA", str(tmp_path / "data"))
    return tmp_path / "data/raw"


def write(folder: Path, names: list[bytes]) -> None:
    """A report under each name."""
    folder.mkdir(parents=True, exist_ok=True)
    model = put(folder / "model.html")
    page = model.read_bytes()
    model.unlink()
    for name in names:
        (folder / os.fsdecode(name)).write_bytes(page)


@pytest.mark.parametrize(
    ("name", "keyed", "told"),
    [
        (b"2022.html", "2022.html", "2022.html"),
        ("云岫镇　2022年.html".encode(), "云岫镇　2022年.html", "云岫镇　2022年.html"),
        (gbk("柳林镇.html"), "%C1%F8%C1%D6%D5%F2.html", "柳林镇.html"),
        ("年报/".encode() + gbk("柳林.html"), "年报/%C1%F8%C1%D6.html", "年报/柳林.html"),
        (b"\xff\xff.html", "%FF%FF.html", "%FF%FF.html"),
        (b"a\x1b]0;x\x07.html", "a%1B]0;x%07.html", "a%1B]0;x%07.html"),
        ("6\u202e26.html".encode(), "6%E2%80%AE26.html", "6%E2%80%AE26.html"),
        (b"100%.html", "100%.html", "100%.html"),
        (b"%E5%B9%B4%20.html", "%E5%B9%B4%20.html", "%E5%B9%B4%20.html"),
        (b"%C1%F8.html", "%25C1%25F8.html", "%C1%F8.html"),
        (b"%0A.html", "%250A.html", "%0A.html"),
        (b"%25.html", "%2525.html", "%25.html"),
    ],
)
def test_a_name_has_a_key_and_a_form_for_people(name: bytes, keyed: str, told: str) -> None:
    assert key(os.fsdecode(name)) == keyed
    assert shown(keyed) == told
    assert os.fsencode(name_of(keyed)) == name


def test_no_two_names_have_one_key() -> None:
    pieces = [b"%", b"%C1", b"%c1", b"%25", b"%E5%B9%B4", b"%E5", b"%B9%B4", b"\xe5\xb9", b"\xb4"]
    pieces += [b"\xc1\xf8", "\u202e".encode(), b"\x1b", b"\n", b"4", b"1B", "年".encode(), b"%0A"]
    pieces += [b"\xed\xb2\x80", b"\xed\xa0\x80", b"2", b"5", b"E"]
    chance = random.Random(6)
    names = {b"".join(chance.choices(pieces, k=chance.randint(1, 6))) for _ in range(20_000)}
    keys = {name: key(os.fsdecode(name)) for name in names}
    assert len(set(keys.values())) == len(names) > 10_000
    assert all(os.fsencode(name_of(keyed)) == name for name, keyed in keys.items())
    for keyed in keys.values():
        assert keyed.encode("utf-8")
        assert shown(keyed).encode("utf-8")


@ON_LINUX
def test_four_names_in_gbk_are_four_rows_the_whole_way(raw: Path, here: Executor) -> None:
    write(raw / "haiyan", [gbk(f"{town}2022.html") for town in TOWNS])
    summary = ingest(raw, executor=here)
    assert (summary.files, summary.reports) == (4, 4)
    expected = sorted(key(os.fsdecode(b"haiyan/" + gbk(f"{town}2022.html"))) for town in TOWNS)
    for table in ("raw_files", "raw_reports"):
        assert query(f"select file from {table} order by file")["file"].tolist() == expected
    parquet = list(warehouse_dir().rglob("*.parquet"))
    assert parquet
    for path in parquet:
        pq.read_table(path).validate(full=True)
    again = ingest(raw, executor=here)
    assert (again.read_now, again.unchanged) == (0, 4)


@ON_LINUX
def test_names_that_differ_in_a_control_character_stay_two(raw: Path, here: Executor) -> None:
    names = [b"a.html", *(f"a{mark}.html".encode() for mark in CONTROLS)]
    write(raw / "haiyan", names)
    summary = ingest(raw, executor=here)
    assert summary.files == summary.reports == len(names) == len(CONTROLS) + 1


@ON_LINUX
def test_collections_and_folders_may_have_such_names_too(
    raw: Path, here: Executor, tmp_path: Path
) -> None:
    for folder in (gbk("海盐"), gbk("平湖"), b"a\x1b[31m"):
        write(raw / os.fsdecode(folder), [b"a.html"])
    write(raw / os.fsdecode(gbk("海盐")) / os.fsdecode(gbk("年报")), [b"a.html"])
    summary = ingest(raw, executor=here)
    assert (len(summary.collections), summary.files, summary.reports) == (3, 4, 4)
    outside = tmp_path / os.fsdecode(gbk("别处"))
    write(outside, [b"a.html"])
    assert ingest(outside, executor=here).reports == 1
    assert ingest(raw, executor=here).dropped == ()
    names = query("select distinct collection from raw_files order by all")["collection"].tolist()
    assert sorted(map(shown, names)) == sorted(("海盐", "平湖", "别处", "a%1B[31m"))
    (outside / "a.html").unlink()
    outside.rmdir()
    assert [shown(name) for name in ingest(raw, executor=here).dropped] == ["别处"]


def test_two_documents_that_would_be_one_are_named(raw: Path, here: Executor) -> None:
    put(raw / "a.html")
    put(raw / "main/a.html")
    with pytest.raises(Exception, match=r"raw/main/a\.html would both be main/a\.html"):
        ingest(raw, executor=here)


def test_what_systems_and_browsers_leave_is_ignored_and_counted(raw: Path, here: Executor) -> None:
    put(raw / "haiyan/a.html")
    left = ("Thumbs.db", "desktop.ini", "Desktop.ini", ".DS_Store", "__MACOSX/._a.html")
    more = ("__MACOSX/in/._b.html", "~$a.docx", "b.tmp", "c.crdownload", "d.pdf.part", "E.TMP")
    for name in (*left, *more):
        path = raw / "haiyan" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"\0\1")
    put(raw / "haiyan/b.tmp.html")
    put(raw / "haiyan/old.part/c.html")
    summary = ingest(raw, executor=here)
    assert (summary.files, summary.reports, summary.refused) == (3, 3, ())
    assert summary.ignored == len(left) + len(more)


def disclosure(*arguments: str | bytes, **environment: str) -> subprocess.CompletedProcess[bytes]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LC_")}
    command = [sys.executable, "-c", "from pipeline.cli import main; main()", *arguments]
    return subprocess.run(command, capture_output=True, env=kept | environment, check=False)


@ON_LINUX
@pytest.mark.parametrize("environment", [{}, ASCII], ids=["UTF-8", "ASCII"])
def test_the_command_line_in_any_locale(raw: Path, environment: dict[str, str]) -> None:
    utf8 = ["云岫镇2021.html".encode(), "霁川镇2021.html".encode()]
    names = [*(gbk(f"{town}2022.html") for town in TOWNS), *utf8, b"\x1b]0;x\x07.html"]
    write(raw / "haiyan", names)
    bad = [gbk("空.html"), b"\x1b]0;y\x07.html"]
    for name in bad:
        (raw / "haiyan" / os.fsdecode(name)).write_bytes(b"")
    done = disclosure("ingest", **environment)
    assert (done.returncode, b"\x1b" in done.stdout + done.stderr) == (1, False)
    said = done.stderr.decode("utf-8").splitlines()
    assert [line.split(": ")[1] for line in said] == ["haiyan/%1B]0;y%07.html", "haiyan/空.html"]
    assert f"files        {len(names) + len(bad)} (" in done.stdout.decode("utf-8")
    table = disclosure("query", "--csv", "from raw_files", **environment).stdout.decode("utf-8")
    rows = list(csv.DictReader(io.StringIO(table)))
    keys = {key(os.fsdecode(b"haiyan/" + name)) for name in (*names, *bad)}
    assert len(rows) == len(keys)
    assert {row["file"] for row in rows} == keys

    folder = os.fsencode(raw / "haiyan")
    paths = [folder + b"/" + name for name in (*bad, *names)]
    printed = disclosure("extract", "--csv", *paths, **environment)
    rows = list(csv.DictReader(io.StringIO(printed.stdout.decode("utf-8"))))
    assert {row["file"] for row in rows} == {key(os.fsdecode(path)) for path in paths[2:]}
    assert b"\x1b" not in printed.stdout + printed.stderr
    assert "/空.html: is empty" in printed.stderr.decode("utf-8")
    for verb in ("show", "check"):
        done = disclosure(verb, paths[2], **environment)
        assert done.returncode in (0, 1)
        assert "柳林镇2022.html" in done.stdout.decode("utf-8")
