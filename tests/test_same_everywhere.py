"""The same facts of the same documents, wherever, whenever and in whatever order they are read."""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from pipeline.ingest import ingest
from pipeline.paths import raw_dir
from pipeline.warehouse import query

CORPUS = Path(__file__).parent / "corpus"
SOURCES = [
    CORPUS / source
    for source in (
        "annexed_2019/source.docx",
        "cut_by_pages_2022/source.pdf",
        "headings_2022/source.html",
        "no_unit_2019/source.txt",
        "statistics_2016/source.md",
    )
]
PLAIN = {"LC_ALL": "C.UTF-8", "TZ": "UTC", "PYTHONHASHSEED": "0"}
# A locale that the machine does not have counts as C.
ELSEWHERE = {
    "ASCII, in Shanghai": {
        "LC_ALL": "C", "PYTHONUTF8": "0", "TZ": "Asia/Shanghai", "PYTHONHASHSEED": "1",
    },
    "Turkish, in New York": {
        "LC_ALL": "tr_TR.UTF-8", "TZ": "America/New_York", "PYTHONHASHSEED": "2",
    },
    "GBK": {
        "LC_ALL": "zh_CN.GBK", "PYTHONIOENCODING": "gbk", "TZ": "Asia/Urumqi", "PYTHONHASHSEED": "3",
    },
}  # fmt: skip


def disclosure(verb: str, *arguments: object, cwd: Path, env: dict[str, str]) -> bytes:
    """What a process of its own prints, with the environment's own settings of the kind gone."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "PY"))}
    command = [sys.executable, "-c", "from pipeline.cli import main; main()", verb]
    return subprocess.run(
        [*command, *map(str, arguments)], cwd=cwd, env=kept | env, check=True, capture_output=True
    ).stdout


def without_files(printed: bytes) -> list[dict[str, str]]:
    rows = list(csv.DictReader(io.StringIO(printed.decode("utf-8"))))
    assert len({row.pop("file") for row in rows}) == len(SOURCES)
    return rows


@pytest.fixture(scope="module")
def plain() -> bytes:
    return disclosure("extract", *SOURCES, "--csv", cwd=CORPUS, env=PLAIN)


@pytest.mark.parametrize("place", ELSEWHERE)
def test_in_any_locale_and_time_zone_with_any_hash_seed(place: str, plain: bytes) -> None:
    printed = disclosure("extract", *SOURCES, "--csv", cwd=CORPUS, env=ELSEWHERE[place])
    assert printed == plain


def test_in_a_folder_of_any_name_in_any_order(plain: bytes, tmp_path: Path) -> None:
    folder = tmp_path / "示例市2011年报告 (copy)"
    folder.mkdir()
    copies = [shutil.copy(source, folder) for source in SOURCES]
    shutil.copy(CORPUS / "regions.csv", folder)
    there = disclosure("extract", *copies, "--csv", cwd=tmp_path, env=PLAIN)
    assert without_files(there) == without_files(plain)
    names = [Path(copy).name for copy in copies]
    backwards = disclosure("extract", *names[::-1], "--csv", cwd=folder, env=PLAIN)
    assert sorted(map(str, without_files(backwards))) == sorted(map(str, without_files(plain)))


def test_an_ascii_machine_shows_a_document() -> None:
    shown = disclosure("show", SOURCES[-1], cwd=CORPUS, env=ELSEWHERE["ASCII, in Shanghai"])
    assert "公开" in shown.decode("utf-8")


# One report of an organ and a year each, so that none stands for another.
COLLECTION = [
    *SOURCES,
    *(CORPUS / source for source in (
        "county_2023/source.html",
        "dashes_2022/source.pdf",
        "statistics_2009/source.docx",
        "sparse_2019/source.txt",
        "wrong_total_2024/source.html",
    )),
]  # fmt: skip


RAW = ("raw_facts", "raw_narrative", "raw_findings", "raw_evidence")
MARTS = ("application_outcomes", "disclosure_counts", "disputes", "procurement_totals")
TABLES = (*RAW, "reports", "cells", "findings", *MARTS, "report_coverage")
OF_A_NAME = ["file", "report_id", "current_report_id"]


def ingested(
    data: Path, names: Sequence[str], executor: Executor, patch: pytest.MonkeyPatch
) -> dict[str, list[str]]:
    """Every table for analysts, as rows, of the collection under these names."""
    patch.setenv("DISCLOSURE_DATA", str(data))
    raw = data / "raw" / "counties"
    raw.mkdir(parents=True)
    for source, name in zip(COLLECTION, names, strict=True):
        shutil.copy(source, raw / f"{name}{source.suffix}")
    summary = ingest(raw_dir(), executor=executor)
    assert (summary.reports, summary.failed) == (len(COLLECTION), ())
    return {table: rows(table) for table in TABLES}


def rows(table: str) -> list[str]:
    """What a table says, but for the names of files and what is made of them."""
    frame = query(f"from {table}").drop(columns=OF_A_NAME, errors="ignore")
    return sorted(map(str, frame.itertuples(index=False)))


def test_with_any_number_of_workers_in_any_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    letters = [chr(ord("a") + number) for number in range(len(COLLECTION))]
    with ThreadPoolExecutor(1) as executor:
        alone = ingested(tmp_path / "alone", letters, executor, monkeypatch)
    with ProcessPoolExecutor(2, get_context("spawn")) as executor:
        several = ingested(tmp_path / "several", letters[::-1], executor, monkeypatch)
    assert alone == several
    assert all(alone.values())
