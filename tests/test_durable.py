"""What a machine does to a warehouse is noticed, said in a line, and healed by the next ingest.

A little of what `python -m tests.endurance` does at length.
"""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from pipeline.cli import main
from pipeline.errors import BuildFailed, DisclosureError, NoBuild
from pipeline.ingest import IngestSummary, ingest
from pipeline.paths import raw_dir, warehouse_dir
from pipeline.warehouse import parts, query
from pipeline.warehouse.build import publish
from pipeline.warehouse.swap import current, sole_writer
from tests.endurance import disk
from tests.endurance.damage import WAYS, files_below, ways_to_damage
from tests.endurance.kills import kills
from tests.endurance.trial import Content, Trial, content, lay
from tests.literal_reports import built, fact, report, store
from tests.test_ingest import issued, put

FEW = 4  # documents
MANY = 100  # more than an ingest waits for the disk
STRIDE = 6  # fewer than the ways to damage a file, so that each is damaged


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder."""
    monkeypatch.setenv("DISCLOSURE_DATA", str(tmp_path / "data"))
    (tmp_path / "data/raw").mkdir(parents=True)
    return tmp_path / "data"


@pytest.fixture
def here() -> Iterator[Executor]:
    """One thread, which keeps one reading process for all that a test ingests."""
    with ThreadPoolExecutor(1) as executor:
        yield executor


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Trial:
    """Two segments, a build, and a collection that does not lie in data/raw. Tests copy it."""
    folder = tmp_path_factory.mktemp("whole")
    with pytest.MonkeyPatch.context() as patch, ThreadPoolExecutor(1) as executor:
        patch.setenv("DISCLOSURE_DATA", str(folder / "data"))
        put(folder / "data/raw/haiyan/a.html", year=2021)
        put(folder / "elsewhere/a.html", issued=6)
        ingest(folder / "elsewhere", executor=executor)
        ingest(raw_dir(), executor=executor)
        put(folder / "data/raw/haiyan/b.html", year=2022)
        (folder / "data/raw/haiyan/recipe.txt").write_text("红烧肉的做法", "utf-8")
        ingest(raw_dir(), executor=executor)
    return Trial(folder / "data")


@pytest.fixture
def trial(whole: Trial, data: Path) -> Trial:
    shutil.copytree(whole.data, data, dirs_exist_ok=True)
    return Trial(data)


def again(executor: Executor) -> IngestSummary:
    return ingest(raw_dir(), executor=executor)


def said_by(*arguments: str) -> str:
    """What a verb says when it fails: one line, and no traceback."""
    result = CliRunner().invoke(main, arguments)
    assert isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == 1, result.output
    assert result.output.startswith("disclosure: ")
    assert len(result.output.splitlines()) == 1
    return result.output


# --- damage


@pytest.mark.parametrize("way", WAYS)
def test_any_file_of_the_warehouse_may_be_damaged(way: str, trial: Trial, here: Executor) -> None:
    expected = trial.content()
    kept = trial.data.with_name("kept")
    shutil.copytree(trial.warehouse, kept)
    files = [path for path in files_below(trial) if way in ways_to_damage(trial.warehouse / path)]
    # Each file in a way or two: `make endurance` does all.
    chosen = files[list(WAYS).index(way) % STRIDE :: STRIDE]
    assert chosen
    for inside in chosen:
        WAYS[way](trial.warehouse / inside)
        again(here)
        assert trial.content() == expected, inside
        healed = again(here)
        assert (healed.read_now, healed.damaged, healed.rebuilt) == (0, 0, False), inside
        shutil.rmtree(trial.warehouse)
        shutil.copytree(kept, trial.warehouse)


@pytest.mark.parametrize("way", ["shortened", "flipped", "deleted"])
def test_documents_whose_rows_are_damaged_are_read_again_and_counted(
    way: str, trial: Trial, here: Executor
) -> None:
    WAYS[way](trial.warehouse / "parts/haiyan/000002/raw_facts.parquet")
    summary = again(here)
    assert (summary.read_now, summary.unchanged, summary.damaged) == (2, 1, 2)


@pytest.mark.usefixtures("trial")
def test_the_summary_says_how_many_were_damaged() -> None:
    healthy = CliRunner().invoke(main, ["ingest"]).output
    shutil.rmtree(warehouse_dir() / "parts/haiyan/000001")
    mended = CliRunner().invoke(main, ["ingest"]).output
    line = "damaged      1 documents read again because what was stored of them was damaged\n"
    assert line in mended
    assert "damaged" not in healthy


@pytest.mark.parametrize("name", ["files.parquet", "regions.parquet", "000001/raw_facts.parquet"])
@pytest.mark.parametrize("collection", ["haiyan", "elsewhere"])
def test_a_collection_that_was_not_asked_for_is_healed_too(
    collection: str, name: str, trial: Trial, here: Executor
) -> None:
    expected = trial.content()
    put(trial.data / "raw/other/a.html", issued=9)
    WAYS["truncated"](trial.warehouse / "parts" / collection / name)
    summary = ingest(trial.data / "raw/other", executor=here)
    assert set(summary.collections) == {"other", collection}
    (trial.data / "raw/other/a.html").unlink()
    again(here)
    assert trial.content() == expected


def test_where_nothing_is_read_nothing_is_forgotten_for_its_damage(
    whole: Trial, trial: Trial, here: Executor
) -> None:
    WAYS["truncated"](trial.warehouse / "parts/elsewhere/files.parquet")
    shutil.rmtree(trial.data / "raw/haiyan")
    with pytest.raises(DisclosureError, match=r"no documents in .* \(forgotten: haiyan\)"):
        again(here)
    assert ingest(whole.data.parent / "elsewhere", executor=here).reports == 1
    assert issued() == {"elsewhere/a.html": 6}


def test_parts_written_before_they_could_be_checked_are_read_again(
    trial: Trial, here: Executor
) -> None:
    expected = trial.content()
    for path in (trial.warehouse / "parts").rglob("files.parquet"):
        older = pq.read_table(path, partitioning=None).drop_columns(["facts", "segment_sha256"])
        pq.write_table(older.replace_schema_metadata(), path)
    summary = again(here)
    assert (summary.collections, summary.read_now) == (("haiyan", "elsewhere"), 4)
    assert trial.content() == expected


def test_what_an_interrupted_run_stored_is_not_used_where_it_is_damaged(
    data: Path, here: Executor, monkeypatch: pytest.MonkeyPatch
) -> None:
    for year in range(2010, 2019):
        put(data / f"raw/haiyan/{year}.html", year=year)

    def stop(done: int, total: int) -> None:
        if done == total:
            raise KeyboardInterrupt

    monkeypatch.setattr("pipeline.ingest.SEGMENT", 4)
    with pytest.raises(KeyboardInterrupt):
        ingest(raw_dir(), executor=here, progress=stop)
    WAYS["shortened"](data / "warehouse/parts/haiyan/000001/raw_facts.parquet")
    summary = again(here)
    assert (summary.read_now, summary.unchanged, summary.damaged) == (5, 4, 4)
    assert len(issued()) == 9


# --- reading a build


@pytest.mark.parametrize("way", ["emptied", "truncated", "a folder"])
@pytest.mark.parametrize("verb", [("query", "from reports"), ("chart", "--collection", "haiyan")])
def test_a_damaged_build_is_said_to_need_an_ingest(
    verb: tuple[str, ...], way: str, trial: Trial, here: Executor
) -> None:
    WAYS[way](current())
    assert "is damaged" in said_by(*verb)
    assert "run `disclosure ingest`" in said_by(*verb)
    assert again(here).rebuilt
    assert query("from reports").shape[0] == 3


def test_a_build_whose_rows_are_damaged_is_said_to_need_an_ingest(trial: Trial) -> None:
    blocks = 3 * 4096, 1 << 18  # DuckDB's headers, and then its blocks of this size
    content = bytearray(current().read_bytes())
    for begin in range(blocks[0], len(content), blocks[1]):
        middle = begin + blocks[1] // 2
        content[middle : middle + 8] = bytes(byte ^ 0xFF for byte in content[middle : middle + 8])
    current().write_bytes(content)
    assert "run `disclosure ingest`, which builds it anew" in said_by("query", "from raw_facts")


@pytest.mark.parametrize("text", [b"", b"\xff\xfe", b"../../elsewhere.duckdb\n", b"disclosure-"])
def test_a_damaged_pointer_is_said_to_need_an_ingest(
    text: bytes, trial: Trial, here: Executor
) -> None:
    (trial.warehouse / "current").write_bytes(text)
    assert "current names no build that is there; run `disclosure ingest`" in said_by("query")
    with pytest.raises(NoBuild):
        current()
    again(here)
    assert len(query("from reports")) == 3


# --- building


def test_a_build_says_its_own_id_and_leaves_no_log(trial: Trial) -> None:
    build = query("from build")
    assert build["id"].tolist() == [build.attrs["build"]]
    assert list(trial.warehouse.glob("*.wal")) == []


def test_a_build_of_fewer_rows_than_were_read_is_abandoned() -> None:
    before = built(report([fact("req_received_new", "3")]))
    store({"sample/1.html": [report([fact("req_received_new", "4")])]})
    (path,) = map(Path, parts.stored("raw_facts"))
    table = pq.read_table(path, partitioning=None)
    pq.write_table(table.slice(0, 0), path)
    with pytest.raises(BuildFailed, match=r"raw_facts has 0 rows of 1; the previous build stands"):
        publish()
    assert query("from reports").attrs["build"] == before
    assert [path.name for path in warehouse_dir().glob("*.duckdb*")] == [current().name]


def test_a_build_that_is_there_without_being_pointed_at_is_made_anew(
    trial: Trial, here: Executor
) -> None:
    expected = trial.content()
    WAYS["truncated"](current())
    (trial.warehouse / "current").unlink()
    assert again(here).rebuilt
    assert trial.content() == expected


def test_a_log_beside_the_build_is_no_part_of_it(trial: Trial, here: Executor) -> None:
    expected = trial.content()
    current().with_name(f"{current().name}.wal").write_bytes(b"half")
    assert again(here).rebuilt
    assert trial.content() == expected
    assert list(trial.warehouse.glob("*.wal")) == []


def changed(trial: Trial) -> None:
    put(trial.data / "raw/haiyan/c.html", year=2023, issued=5)
    (trial.data / "raw/haiyan/a.html").unlink()


def states(trial: Trial, here: Executor) -> tuple[Content | None, Content | None]:
    """What the warehouse says before and after a change."""
    after = Trial(trial.data.with_name("after"))
    shutil.copytree(trial.data, after.data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DISCLOSURE_DATA", str(after.data))
        changed(after)
        again(here)
    return trial.content(), after.content()


def test_wherever_the_disk_fails_the_build_before_stands(
    trial: Trial, here: Executor, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, after = states(trial, here)
    kept = trial.data.with_name("kept")
    shutil.copytree(trial.warehouse, kept)
    changed(trial)
    sound, left = os.fsync, 0
    said: set[str] = set()

    def failing(descriptor: int) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        sound(descriptor)

    monkeypatch.setattr(os, "fsync", failing)
    for syncs in range(MANY):
        left = syncs
        try:
            again(here)
            break
        except DisclosureError as error:
            said.add(str(error).partition(": ")[2].partition(" that")[0])
        assert trial.content() in (before, after)
        left = MANY
        again(here)
        assert trial.content() == after, syncs
        shutil.rmtree(trial.warehouse)
        shutil.copytree(kept, trial.warehouse)
    assert 10 < syncs < MANY - 1
    assert said == {"Input/output error; the previous build stands; check"}


def test_nothing_gets_its_name_before_it_is_on_the_disk(
    trial: Trial, here: Executor, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed(trial)
    synced: set[int] = set()
    named: list[Path] = []
    sound, rename = os.fsync, os.replace

    def fsync(descriptor: int) -> None:
        synced.add(os.fstat(descriptor).st_ino)
        sound(descriptor)

    def replace(source: Path, target: Path) -> None:
        inside = [source, *source.rglob("*")] if source.is_dir() else [source]
        assert {path.stat().st_ino for path in inside} <= synced, source
        rename(source, target)
        synced.discard(target.parent.stat().st_ino)
        named.append(Path(target))

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(os, "replace", replace)
    again(here)
    assert {path.name for path in named} >= {"000003", "files.parquet", "current", current().name}
    folders = {path.parent for path in named if path.parent.exists()}  # others have been renamed
    assert all(folder.stat().st_ino in synced for folder in folders)


# --- one writer


def test_a_lock_that_is_none_is_taken(trial: Trial) -> None:
    lock = trial.warehouse / "lock"
    for way in ("a folder", "a folder with a file", "emptied"):
        WAYS[way](lock)
        with sole_writer():
            assert lock.read_text("utf-8") == str(os.getpid())
    lock.write_bytes(b"\xff\xfe\x00")
    with sole_writer():
        pass


def test_one_of_two_ingests_is_refused_and_one_that_is_killed_holds_nothing(tmp_path: Path) -> None:
    trial = lay(tmp_path / "two", FEW)
    lock = trial.warehouse / "lock"
    with trial.start("ingest") as first:
        while not (lock.exists() and lock.read_text("utf-8")):
            assert first.poll() is None
            time.sleep(0.002)
        first.send_signal(signal.SIGSTOP)  # so that it cannot finish meanwhile
        status, _, said = trial.ingest()
        assert (status, "Traceback" in said) == (1, False)
        assert f"process {first.pid} is already building" in said
        first.kill()
        first.wait()
        status, out, said = trial.ingest()
        assert (status, said) == (0, "")
        assert f"files        {FEW} " in out
        with suppress(ProcessLookupError):
            os.killpg(first.pid, signal.SIGKILL)


# --- the machine


def test_an_ingest_may_be_killed_at_any_moment() -> None:
    seed = token_hex(4)
    print(f"seed {seed}")
    assert [kill for kill in kills(2, seed, FEW) if kill.broken] == []


@pytest.fixture(scope="module")
def mounts() -> None:
    reason = disk.why_not()
    if reason:
        pytest.skip(reason)


@pytest.mark.usefixtures("mounts")
def test_a_full_disk_costs_nothing_but_the_ingest() -> None:
    run = [sys.executable, "-m", "tests.endurance.disk", "2", str(FEW)]
    done = subprocess.run([*disk.NAMESPACE, *run], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "make room on that disk" in done.stdout


@pytest.mark.usefixtures("mounts")
def test_a_warehouse_that_cannot_be_written_is_named(whole: Trial, data: Path) -> None:
    script = 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" && shift && exec "$@"'
    trial = Trial(data)
    shutil.copytree(whole.data, data, dirs_exist_ok=True)
    build = content(current())
    run = [sys.executable, "-c", "from pipeline.cli import main; main()", "ingest"]
    done = subprocess.run(
        [*disk.NAMESPACE, "sh", "-c", script, "sh", str(trial.warehouse), *run],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "lock: Read-only file system; the previous build stands; check" in done.stderr
    assert trial.content() == build
