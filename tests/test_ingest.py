"""Documents on disk in, a summary and a warehouse out."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from pipeline import ingest as ingesting
from pipeline.cli import main
from pipeline.errors import BuildFailed, DisclosureError, NoBuild
from pipeline.ingest import IngestSummary, ingest, pool
from pipeline.warehouse import mart, parts, query
from tests import deadly

DOCUMENT = """<html><head><meta charset="utf-8"></head><body>
<p>海盐县{town}{year}年政府信息公开工作年度报告</p>
<p>本报告所列数据的统计期限为{year}年1月1日至{year}年12月31日。</p>
<table>
<tr><td colspan="4">第二十条第（一）项</td></tr>
<tr><td>信息内容</td><td>本年制发件数</td><td>本年废止件数</td><td>现行有效件数</td></tr>
<tr><td>规章</td><td>0</td><td>0</td><td>0</td></tr>
<tr><td>行政规范性文件</td><td>{issued}</td><td>0</td><td>8</td></tr>
</table></body></html>"""


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder."""
    monkeypatch.setenv("DISCLOSURE_DATA", str(tmp_path / "data"))
    (tmp_path / "data/raw").mkdir(parents=True)
    return tmp_path / "data"


@pytest.fixture
def raw(data: Path) -> Path:
    return data / "raw"


class OneAfterAnother(Executor):
    """Does at once what is submitted, so that one reading process is started for all tests."""

    def submit(self, work: Callable[..., Any], /, *given: Any, **named: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_result(work(*given, **named))
        return future


@pytest.fixture
def here() -> Executor:
    """An executor, and the quickest."""
    return OneAfterAnother()


def put(
    path: Path, *, town: str = "通元镇", year: int = 2022, issued: int = 3, said: str = ""
) -> Path:
    """A report of a town of 海盐县 that issued so many documents, and says something more."""
    path.parent.mkdir(parents=True, exist_ok=True)
    page = DOCUMENT.format(town=town, year=year, issued=issued)
    path.write_text(page.replace("</body>", f"<p>{said}</p></body>"), "utf-8")
    return path


def issued(collection: str | None = None) -> dict[str, int]:
    """What the warehouse says each file's organ issued."""
    frame = mart("disclosure_counts", collection)
    frame = frame[frame["measure"] == "normative_docs_issued"]
    return {file: int(value) for file, value in zip(frame["file"], frame["value"], strict=True)}


def reading(summary: IngestSummary) -> tuple[int, int]:
    return summary.read_now, summary.unchanged


def test_the_summary_says_what_there_is(raw: Path, here: Executor) -> None:
    put(raw / "haiyan/a.html", year=2021)
    put(raw / "haiyan/b.html", year=2022)
    put(raw / "haiyan/c.html", year=2022, town="百步镇")
    (raw / "haiyan/recipe.txt").write_text("红烧肉的做法", "utf-8")
    (raw / "haiyan/sources.csv").write_text("url\n")
    summary = ingest(raw, executor=here)
    assert (summary.files, summary.reports, summary.ignored) == (4, 3, 1)
    assert (summary.organs, summary.regions, summary.years) == (2, 2, (2021, 2022))
    assert (summary.facts, summary.flagged, summary.failed) == (18, 0, ())
    assert [refusal.file for refusal in summary.refused] == ["haiyan/recipe.txt"]
    assert "not an annual report" in summary.refused[0].reason
    assert summary.refused[0].remedy
    assert summary.collections == ("haiyan",)
    assert summary.warehouse.name == f"disclosure-{summary.build}.duckdb"


def test_a_second_run_reads_nothing_and_keeps_the_build(raw: Path, here: Executor) -> None:
    put(raw / "haiyan/a.html")
    (raw / "haiyan/recipe.txt").write_text("红烧肉的做法", "utf-8")
    first = ingest(raw, executor=here)
    second = ingest(raw, executor=here)
    assert (reading(first), first.rebuilt) == ((2, 0), True)
    assert (reading(second), second.rebuilt) == ((0, 2), False)
    assert second.build == first.build
    assert second.refused == first.refused


def test_only_changed_content_is_read_again(raw: Path, here: Executor) -> None:
    touched = put(raw / "haiyan/a.html", year=2021)
    changed = put(raw / "haiyan/b.html", issued=3)
    ingest(raw, executor=here)
    os.utime(touched, ns=(1, 1))
    put(changed, issued=4)
    os.utime(changed, ns=(2, 2))
    assert reading(ingest(raw, executor=here)) == (1, 1)
    assert issued() == {"haiyan/a.html": 3, "haiyan/b.html": 4}


def test_new_files_join_and_deleted_ones_leave(raw: Path, here: Executor) -> None:
    gone = put(raw / "haiyan/a.html", year=2021)
    put(raw / "haiyan/b.html", year=2022)
    ingest(raw, executor=here)
    gone.unlink()
    put(raw / "haiyan/c.html", year=2023, issued=5)
    assert reading(ingest(raw, executor=here)) == (1, 1)
    assert issued() == {"haiyan/b.html": 3, "haiyan/c.html": 5}
    assert set(query("select file from raw_files")["file"]) == {"haiyan/b.html", "haiyan/c.html"}


def test_files_that_are_no_documents_are_ignored(raw: Path, here: Executor) -> None:
    put(raw / "haiyan/a.html")
    for name in ("~$a.docx", ".DS_Store", ".cache/b.html", "sources.csv"):
        put(raw / "haiyan" / name)
    summary = ingest(raw, executor=here)
    assert (summary.files, summary.ignored) == (1, 3)
    frame = query("select file from raw_files where outcome = 'ignored' order by file")
    assert frame["file"].tolist() == ["haiyan/.DS_Store", "haiyan/sources.csv", "haiyan/~$a.docx"]


def test_an_unknown_suffix_is_refused_with_a_remedy(raw: Path, here: Executor) -> None:
    put(raw / "haiyan/a.html")
    put(raw / "haiyan/b.xyz")
    (refusal,) = ingest(raw, executor=here).refused
    assert refusal.file == "haiyan/b.xyz"
    assert refusal.reason
    assert refusal.remedy


def test_a_defect_is_contained_named_and_tried_again(
    raw: Path, here: Executor, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(raw / "haiyan/a.html", year=2021, said="除零")
    put(raw / "haiyan/b.html", year=2022)
    with monkeypatch.context() as patch:
        patch.setattr(pool, "read_one", deadly.read_one)
        summary = ingest(raw, executor=here)
    assert [str(failure) for failure in summary.failed] == [
        "haiyan/a.html: ZeroDivisionError: no rows; please report this file"
    ]
    assert issued() == {"haiyan/b.html": 3}
    assert reading(ingest(raw, executor=here)) == (1, 1)
    assert issued() == {"haiyan/a.html": 3, "haiyan/b.html": 3}


def test_a_report_that_states_a_cell_twice_is_a_defect(
    raw: Path, here: Executor, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(raw / "haiyan/a.html", year=2021, said=deadly.TWICE)
    put(raw / "haiyan/b.html", year=2022)
    monkeypatch.setattr(pool, "read_one", deadly.read_one)
    (failure,) = ingest(raw, executor=here).failed
    assert failure.file == "haiyan/a.html"
    assert "one cell was read twice: normative_docs_in_force" in failure.reason


def test_a_file_that_cannot_be_opened_is_named(raw: Path, here: Executor) -> None:
    put(raw / "haiyan/a.html")
    (raw / "haiyan/broken.html").symlink_to(raw / "nowhere.html")
    (failure,) = ingest(raw, executor=here).failed
    assert failure.file == "haiyan/broken.html"
    assert failure.reason.startswith("cannot be opened: No such file")


def test_folders_of_data_raw_are_collections_and_loose_files_are_main(
    raw: Path, here: Executor
) -> None:
    put(raw / "one/2021/a.html")
    put(raw / "two/a.html", issued=4)
    put(raw / "a.html", issued=5)
    summary = ingest(raw, executor=here)
    assert summary.collections == ("main", "one", "two")
    assert issued() == {"main/a.html": 5, "one/2021/a.html": 3, "two/a.html": 4}
    assert issued("two") == {"two/a.html": 4}


def test_one_collection_is_read_and_the_others_stay(raw: Path, here: Executor) -> None:
    put(raw / "one/a.html")
    other = put(raw / "two/a.html", issued=4)
    ingest(raw, executor=here)
    other.unlink()
    put(raw / "one/b.html", year=2023)
    for folder in (raw / "one", raw / "one/."):
        summary = ingest(folder, executor=here)
        assert (summary.collections, summary.files) == (("one",), 2)
    assert issued() == {"one/a.html": 3, "one/b.html": 3, "two/a.html": 4}
    assert ingest(raw, executor=here).dropped == ("two",)
    assert set(issued()) == {"one/a.html", "one/b.html"}


def test_a_folder_elsewhere_is_a_collection_until_it_is_gone(
    raw: Path, here: Executor, tmp_path: Path
) -> None:
    put(raw / "one/a.html")
    elsewhere = put(tmp_path / "elsewhere/sub/a.html", issued=6).parents[1]
    ingest(elsewhere, executor=here)
    ingest(raw, executor=here)
    assert issued() == {"elsewhere/sub/a.html": 6, "one/a.html": 3}
    elsewhere.rename(tmp_path / "moved")
    assert "dropped      elsewhere\n" in disclosure("ingest")
    assert issued() == {"one/a.html": 3}


def test_two_folders_cannot_be_one_collection(raw: Path, here: Executor, tmp_path: Path) -> None:
    put(raw / "one/a.html")
    put(tmp_path / "one/a.html")
    ingest(raw, executor=here)
    with pytest.raises(DisclosureError, match=r"already a collection one, from .*another name"):
        ingest(tmp_path / "one", executor=here)
    assert issued() == {"one/a.html": 3}


def test_a_collection_may_bring_its_own_regions(raw: Path, here: Executor) -> None:
    header = (
        "code9,name,first_vintage,last_vintage,kind,county6,county_name,city_name,province_name"
    )
    rows = (
        "990121101,霁川镇,2016-07-31,2023-06-30,town,990121,示例县,示例市,示例省",
        "990121102,松籁镇,2016-07-31,2023-06-30,town,990121,示例县,示例市,示例省",
    )
    put(raw / "fiction/a.html", town="霁川镇")
    page = raw / "fiction/a.html"
    page.write_text(page.read_text("utf-8").replace("海盐县", "示例县"), "utf-8")
    ingest(raw, executor=here)
    assert mart("report_coverage")["region_name"].isna().all()
    (raw / "fiction/regions.csv").write_text("\n".join((header, *rows)), "utf-8")
    assert reading(ingest(raw, executor=here)) == (1, 0)
    frame = mart("report_coverage")
    assert dict(zip(frame["region_name"], frame["state"], strict=True)) == {
        "松籁镇": "missing",
        "霁川镇": "report",
    }


REGIONS_HEADER = (
    "code,name,kind,county_code,county_name,city_name,province_name,first_edition,last_edition"
)


def put_regions(folder: Path, code: str) -> None:
    """A table of regions in which 霁川镇 of 示例县 has this code."""
    row = f"{code},霁川镇,town,{code[:6]},示例县,示例市,示例省,2016,2023"
    (folder / "regions.csv").write_text(f"{REGIONS_HEADER}\n{row}\n", "utf-8")


def test_the_nearest_table_of_regions_counts_whoever_reads(
    raw: Path, here: Executor, tmp_path: Path
) -> None:
    page = DOCUMENT.replace("海盐县", "示例县")
    documents = {
        raw / "fiction/a.html": "990121101",
        raw / "fiction/deep/down/a.html": "990121101",
        raw / "fiction/other/down/a.html": "990221101",
        raw / "other/a.html": "",
        raw / "loose.html": "990321101",
        tmp_path / "elsewhere/down/a.html": "990421101",
    }
    for path in documents:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page.format(town="霁川镇", year=2022, issued=3), "utf-8")
    for folder, code in (
        (raw / "fiction", "990121101"),
        (raw / "fiction/other", "990221101"),
        (raw, "990321101"),
        (tmp_path / "elsewhere", "990421101"),
    ):
        put_regions(folder, code)

    ingest(raw, executor=here)
    ingest(tmp_path / "elsewhere", executor=here)
    frame = query("select file, region_code from raw_reports")
    ingested = dict(zip(frame["file"], frame["region_code"], strict=True))
    for path, code in documents.items():
        inside = path.relative_to(raw if path.is_relative_to(raw) else tmp_path)
        name = inside.as_posix() if inside.parent.name else f"main/{inside}"
        (row,) = csv.DictReader(disclosure("extract", "--csv", path).splitlines()[:2])
        shown = disclosure("show", path)
        assert (ingested[name], row["region_code"]) == (code, code), name
        assert f"region {code or '?'} ·" in shown, name
    assert disclosure("check", *documents).endswith(f"0 errors in {len(documents)} reports\n")


def disclosure(*arguments: str | Path) -> str:
    """What a verb prints."""
    result = CliRunner(catch_exceptions=False).invoke(main, [str(one) for one in arguments])
    assert result.exit_code == 0, result.output
    return result.output


def test_a_table_of_regions_deep_in_a_collection_is_read_with_its_documents_only(
    raw: Path, here: Executor
) -> None:
    page = DOCUMENT.replace("海盐县", "示例县")
    for name in ("a.html", "sub/a.html"):
        path = put(raw / "fiction" / name)
        path.write_text(page.format(town="霁川镇", year=2022, issued=3), "utf-8")
    ingest(raw, executor=here)
    put_regions(raw / "fiction/sub", "990121101")
    assert reading(ingest(raw, executor=here)) == (1, 1)


def test_a_table_of_regions_without_a_column_is_named(raw: Path, here: Executor) -> None:
    put(raw / "fiction/a.html")
    (raw / "fiction/regions.csv").write_text("code9,name\n990121101,霁川镇\n", "utf-8")
    with pytest.raises(DisclosureError, match=r"fiction/regions.csv: no column kind, county_code"):
        ingest(raw, executor=here)


def test_when_the_reading_changes_everything_is_read_again(
    raw: Path, here: Executor, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(raw / "haiyan/a.html")
    ingest(raw, executor=here)
    monkeypatch.setattr(parts, "READING_LIBRARIES", ("lxml",))
    assert reading(ingest(raw, executor=here)) == (1, 0)


def test_no_module_that_reads_is_left_out_of_the_code_version() -> None:
    script = (
        "import sys, pipeline.extract, pipeline.readers as readers\n"
        "from importlib import import_module\n"
        "from pkgutil import iter_modules\n"
        "for module in iter_modules(readers.__path__):\n"
        "    import_module(f'pipeline.readers.{module.name}')\n"
        "print(*(name.split('.')[1] for name in sys.modules if name.startswith('pipeline.')))"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    used = set(run.stdout.split())
    assert "recognise" in used
    assert not used & parts.NOT_READING


def test_without_documents_the_message_says_what_to_do(raw: Path, tmp_path: Path) -> None:
    with pytest.raises(DisclosureError, match=r"no documents in .*; put the reports there"):
        ingest(raw)
    with pytest.raises(DisclosureError, match="does not exist; name the folder"):
        ingest(tmp_path / "nowhere")
    with pytest.raises(DisclosureError, match="is a file; name the folder"):
        ingest(put(tmp_path / "a.html"))


def test_when_the_last_collection_is_gone_nothing_is_served_any_more(
    raw: Path, here: Executor, data: Path
) -> None:
    put(raw / "haiyan/a.html")
    ingest(raw, executor=here)
    shutil.rmtree(raw / "haiyan")
    with pytest.raises(DisclosureError, match=r"no documents in .* \(forgotten: haiyan\)"):
        ingest(raw)
    with pytest.raises(NoBuild):
        mart("report_coverage")
    assert list(data.glob("warehouse/*.duckdb")) == []


def test_files_in_no_known_region_are_named(raw: Path, here: Executor) -> None:
    put(raw / "haiyan/a.html")
    nowhere = put(raw / "haiyan/b.html")
    nowhere.write_text(nowhere.read_text("utf-8").replace("海盐县通元镇", "示例县霁川镇"), "utf-8")
    assert ingest(raw, executor=here).unplaced == ("haiyan/b.html",)
    assert "unplaced     1 files" in disclosure("ingest", raw)


def test_without_a_single_report_the_build_before_stands(raw: Path, here: Executor) -> None:
    page = put(raw / "haiyan/a.html")
    before = ingest(raw, executor=here).build
    for name in "bcde":
        (raw / f"haiyan/{name}.txt").write_text("红烧肉的做法", "utf-8")
    page.unlink()
    with pytest.raises(BuildFailed, match=r"not one report in 4 documents: haiyan/b.txt: .*1 more"):
        ingest(raw, executor=here)
    assert mart("disclosure_counts").attrs["build"] == before
    assert issued() == {"haiyan/a.html": 3}


def test_an_interrupted_run_is_taken_up_where_it_stopped(
    raw: Path, here: Executor, monkeypatch: pytest.MonkeyPatch
) -> None:
    for year in range(2010, 2019):
        put(raw / f"haiyan/{year}.html", year=year)

    def stop(done: int, total: int) -> None:
        if done > 4:
            raise KeyboardInterrupt

    monkeypatch.setattr(ingesting, "SEGMENT", 1)
    with pytest.raises(KeyboardInterrupt):
        ingest(raw, executor=here, progress=stop)
    assert reading(ingest(raw, executor=here)) == (5, 4)
    assert len(issued()) == 9


def test_progress_counts_the_documents_that_are_read(raw: Path, here: Executor) -> None:
    for year in range(2010, 2016):
        put(raw / f"haiyan/{year}.html", year=year)
    seen: list[tuple[int, int]] = []
    ingest(raw, executor=here, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(4, 6), (6, 6)]


def test_many_small_segments_become_one(
    raw: Path, here: Executor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "MANY", 1)
    put(raw / "haiyan/2010.html", year=2010, issued=1)
    ingest(raw, executor=here)
    put(raw / "haiyan/2011.html", year=2011, issued=2)
    put(raw / "haiyan/2010.html", year=2010, issued=7)
    ingest(raw, executor=here)
    put(raw / "haiyan/2012.html", year=2012, issued=3)
    ingest(raw, executor=here)
    assert issued() == {"haiyan/2010.html": 7, "haiyan/2011.html": 2, "haiyan/2012.html": 3}
    assert len(parts.stored("raw_facts")) == 1
    assert reading(ingest(raw, executor=here)) == (0, 3)


def test_the_same_documents_give_the_same_build_whatever_the_way(
    raw: Path, here: Executor, data: Path
) -> None:
    put(raw / "haiyan/a.html", issued=1)
    ingest(raw, executor=here)
    put(raw / "haiyan/a.html", issued=9)
    put(raw / "haiyan/b.html", year=2021)
    stepwise = ingest(raw, executor=here)
    facts = query("select * from raw_facts")
    parts.drop("haiyan")
    at_once = ingest(raw, executor=here)
    assert at_once.build == stepwise.build
    assert query("select * from raw_facts").equals(facts)


def test_a_document_that_kills_its_reader_is_named_and_the_others_are_read(
    raw: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for year in range(2018, 2023):
        put(raw / f"haiyan/{year}.html", year=year)
    put(raw / "haiyan/2019.html", year=2019, said="致命")
    monkeypatch.setattr(pool, "read_one", deadly.read_one)
    summary = ingest(raw)
    assert [str(failure) for failure in summary.failed] == [
        "haiyan/2019.html: the process reading it was killed; please report this file"
    ]
    assert len(issued()) == 4


def test_documents_are_read_by_other_processes(raw: Path) -> None:
    put(raw / "haiyan/a.html")
    summary = ingest(raw)
    assert (summary.reports, summary.failed) == (1, ())
