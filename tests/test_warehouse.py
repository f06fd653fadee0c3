"""The current build: how it is read, and that nothing disturbs it."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.errors import BuildFailed, DisclosureError, NoBuild
from pipeline.ingest.collection import REGION_SCHEMA
from pipeline.model import Report
from pipeline.paths import warehouse_dir
from pipeline.warehouse import describe, mart, marts, parts, query
from pipeline.warehouse.build import build as build_into
from pipeline.warehouse.build import publish
from pipeline.warehouse.swap import current, sole_writer
from tests.literal_reports import built, fact, figure, report, store


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DISCLOSURE_DATA", str(tmp_path))
    return tmp_path


def received(count: str) -> Report:
    return report([fact("req_received_new", count)])


def builds() -> list[str]:
    return sorted(path.name for path in warehouse_dir().glob("*.duckdb*"))


def store_facts(*changes: dict[str, object]) -> None:
    """Keeps a report whose stored facts were changed behind the back of the code that checks."""
    store({"sample/0.html": [received("3")]})
    path = parts.stored("raw_facts")[0]
    table = pq.read_table(path, partitioning=None)
    changed = [{**table.to_pylist()[0], **change} for change in changes]
    pq.write_table(pa.Table.from_pylist(changed, table.schema), path)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A data folder with a build that tests only read, and the build's id."""
    folder = tmp_path_factory.mktemp("shared")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DISCLOSURE_DATA", str(folder))
        return folder, built(received("3"))


@pytest.fixture
def build(shared: tuple[Path, str], monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("DISCLOSURE_DATA", str(shared[0]))
    return shared[1]


def test_without_a_build_the_message_says_where_it_was_sought_and_what_to_run(data: Path) -> None:
    with pytest.raises(NoBuild, match=f"no warehouse in {data}/warehouse; run `disclosure ingest`"):
        query("select 1")


@pytest.mark.usefixtures("build")
def test_a_connection_of_ones_own_is_named_as_what_stands_in_the_way() -> None:
    with (
        duckdb.connect(str(current()), read_only=True),
        pytest.raises(DisclosureError, match="has it open already; close that connection"),
    ):
        query("select 1")


def test_frames_carry_the_build_they_come_from(build: str) -> None:
    frame = query("select concept from raw_facts where value = $1", [3])
    assert frame["concept"].tolist() == ["req_received_new"]
    assert frame.attrs["build"] == build
    assert current().name == f"disclosure-{build}.duckdb"


@pytest.mark.usefixtures("build")
def test_named_parameters() -> None:
    assert query("select $a + $b as sum", {"a": 1, "b": 2})["sum"].tolist() == [3]


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("select * from report", "report does not exist"),
        ("select nothing from reports", "nothing"),
        ("selec 1", "syntax error"),
        ("delete from raw_facts", "read-only"),
        ("select * from read_csv('/etc/hostname')", "disabled"),
        ("set enable_external_access = true", "locked|cannot be changed|Cannot"),
    ],
)
@pytest.mark.usefixtures("build")
def test_a_query_that_cannot_run_is_explained_in_one_line(sql: str, said: str) -> None:
    with pytest.raises(DisclosureError, match=f"(?i)the query failed: .*({said})") as caught:
        query(sql)
    assert "\n" not in str(caught.value)
    assert "Error:" not in str(caught.value)


@pytest.mark.usefixtures("build")
def test_python_variables_are_no_tables() -> None:
    local = query("select 1 as one")
    assert len(local) == 1
    with pytest.raises(DisclosureError, match="local does not exist"):
        query("select * from local")


def test_a_mart_of_one_collection() -> None:
    store({"sample/0.html": [received("3")]})
    store({"main/0.html": [received("4")]}, collection="main")
    publish()
    assert mart("application_outcomes")["received_new"].tolist() == [4, 3]
    assert mart("application_outcomes", "sample")["received_new"].tolist() == [3]
    with pytest.raises(DisclosureError, match="no collection simple; there are main, sample"):
        mart("application_outcomes", "simple")
    with pytest.raises(DisclosureError, match="no mart outcomes; there are application_outcomes"):
        mart("outcomes")


@pytest.mark.usefixtures("build")
def test_describe_lists_marts_first() -> None:
    frame = describe()
    assert list(dict.fromkeys(frame["kind"])) == ["mart", "raw", "staging"]
    assert set(frame[frame["kind"] == "mart"]["table"]) == set(marts())


def test_the_same_content_is_the_same_build() -> None:
    store({"sample/0.html": [received("3")]})
    first, new = publish()
    assert new
    modified = current().stat().st_mtime_ns
    assert publish() == (first, False)
    assert current().stat().st_mtime_ns == modified


def test_a_new_build_replaces_the_old_one_but_not_under_a_reader() -> None:
    built(received("3"))
    with duckdb.connect(str(current()), read_only=True) as reader:
        store({"sample/0.html": [replace(received("4"), title="again")]})
        parts.settle(
            "sample",
            [replace(one, sha256="other") for one in parts.known_files("sample")],
            REGION_SCHEMA.empty_table(),
        )
        publish()
        assert mart("application_outcomes")["received_new"].tolist() == [4]
        held = reader.execute("select received_new from application_outcomes").fetchall()
        assert held == [(3,)]
    assert builds() == [current().name]


@pytest.mark.parametrize(
    ("facts", "contract"),
    [
        ([{}, {"ordinal": 1}], "one_fact_a_cell"),
        ([{"status": "blank"}], "values_match_status"),
        ([{"value": None}], "values_match_status"),
        ([{"status": "guessed"}], "values_match_status"),
        ([{"unit_source": "cell", "unit": "万元"}], "money_has_a_unit"),
        ([{"unit_source": "unknown", "amount_yuan": 3}], "money_has_a_unit"),
    ],
)
def test_a_broken_contract_is_named_with_the_rows_that_break_it(
    facts: list[dict[str, object]], contract: str, tmp_path: Path
) -> None:
    store_facts(*facts)
    with pytest.raises(BuildFailed, match=f"breaks {contract} .*req_received_new"):
        build_into(tmp_path / "new.duckdb", "new")


def test_a_figure_that_counts_nothing_known_is_named_with_its_file() -> None:
    store_facts({"concept": "rules_of_no_form"})
    with pytest.raises(
        BuildFailed,
        match=r"a new row of a form needs its lines there.*concept=rules_of_no_form, "
        r"form=t2021, file=sample/0\.html",
    ):
        publish()


def test_a_figure_in_prose_that_counts_nothing_known_is_named() -> None:
    store({"sample/0.html": [report(narrative=[figure("nar_disclosed_radio", "3")])]})
    with pytest.raises(BuildFailed, match="concept=nar_disclosed_radio"):
        publish()


def test_a_failed_build_leaves_the_one_before() -> None:
    before = built(received("3"))
    store_facts({"status": "blank"})
    files = [replace(one, sha256="other") for one in parts.known_files("sample")]
    parts.settle("sample", files, REGION_SCHEMA.empty_table())
    with pytest.raises(BuildFailed, match="the previous build stands"):
        publish()
    assert mart("application_outcomes").attrs["build"] == before
    assert builds() == [f"disclosure-{before}.duckdb"]


@pytest.mark.usefixtures("build")
def test_the_file_is_written_for_duckdb_from_1_4_on() -> None:
    with current().open("rb") as stream:
        head = stream.read(20)
    # DuckDB's header: a checksum of 8 bytes, DUCK, and the storage version, which is 67 in 1.4.
    assert (head[8:12], int.from_bytes(head[12:20], "little")) == (b"DUCK", 67)


def test_an_interrupted_build_leaves_nothing_behind() -> None:
    before = built(received("3"))
    (warehouse_dir() / "unfinished.duckdb").write_bytes(b"half")
    (warehouse_dir() / "unfinished.duckdb.wal").write_bytes(b"half")
    store({"sample/1.html": [received("4")]})
    after, _ = publish()
    assert after != before
    assert builds() == [f"disclosure-{after}.duckdb"]


def test_one_writer_at_a_time(data: Path) -> None:
    script = (
        "from pipeline.warehouse.swap import sole_writer\n"
        "with sole_writer():\n    print('held', flush=True)\n    input()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={"DISCLOSURE_DATA": str(data), "PYTHONPATH": str(Path(parts.__file__).parents[1])},
    ) as other:
        assert other.stdout is not None
        assert other.stdin is not None
        assert other.stdout.readline() == "held\n"
        with (
            pytest.raises(DisclosureError, match=f"process {other.pid} is already building"),
            sole_writer(),
        ):
            pass
        other.stdin.write("\n")
    with sole_writer():
        pass
