"""Literal reports in, literal rows out. One build holds the reports of every test below."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from pipeline import analysis
from pipeline.model import Finding, Report, Scope, Severity, Status, UnitSource, Verdict, ZeroBasis
from pipeline.warehouse import build, describe, mart, marts, query
from pipeline.warehouse.build import SQL, in_order
from tests.literal_reports import TOWN, TOWN_CODE, built, fact, figure, region_rows, report, store

VILLAGE = "示例省示例市示例县松籁镇人民政府"
STREET = "示例省示例市示例县云岫街道办事处"
COUNTY_OFFICE = "示例省示例市示例县人民政府办公室"

REGIONS = region_rows(
    [
        (TOWN_CODE, "霁川镇", "town", "2016-07-31", "2023-06-30"),
        ("990121102", "松籁镇", "town", "2016-07-31", "2023-06-30"),
        ("990121001", "云岫街道", "subdistrict", "2020-06-30", "2023-06-30"),
        ("990121200", "旧乡", "township", "2016-07-31", "2019-10-31"),
        ("990121400", "示例县工业园区", "quasi", "2016-07-31", "2023-06-30"),
    ]
)

BROKEN = Finding(
    "S3-BAL",
    Verdict.FAIL,
    Severity.ERROR,
    "3 + 0 is not 2 + 0",
    ("req_received_new/total", "req_processed_total/total"),
    "table 2",
)

TOWN_2019 = report(
    [
        fact("normative_docs_newly_made", "64", form="t2019"),
        fact("licensing_items_prev_year", "21", form="t2019"),
        fact("licensing_items_change", "-2", form="t2019"),
        fact("procurement_projects", "4", form="t2019"),
        fact(
            "procurement_amount",
            "387.951万元",
            value="387.951",
            form="t2019",
            unit="万元",
            yuan="3879510",
            unit_source=UnitSource.CELL,
        ),
        fact("req_received_new", "1", form="t2019"),
        fact("req_carried_in", "1", form="t2019"),
        fact("req_outcome_granted", "2", form="t2019"),
        fact("req_outcome_partial", form="t2019", basis=ZeroBasis.IMPLIED),
        fact("req_outcome_denied", form="t2019", status=Status.DERIVED, value="0"),
        fact("req_processed_total", form="t2019", flags=("read:S3-COLSUM",)),
        fact("req_processed_total", form="t2019", status=Status.DERIVED, value="2"),
        fact("req_received_new", "1", form="t2019", applicant="natural_person"),
        fact("req_carried_out", "0", form="t2019", flags=("source:S3-BAL",)),
    ],
    year=2019,
    narrative=[
        figure("nar_disclosed_total", "202", qualifier="at_least"),
        figure("nar_disclosed_total", "8", category="机构信息"),
        figure("nar_disclosed_wechat", "108"),
        figure("nar_disclosed_wechat", "78"),
        figure("nar_disclosed_website", "50", qualifier="at_least"),
        figure("nar_disclosed_website", "57"),
        figure("nar_disclosed_weibo", "90", flags=("read:period",)),
        figure("nar_disclosed_weibo", "9", qualifier="approx"),
    ],
    findings=[BROKEN],
)
TOWN_2020 = report(
    [
        fact("licensing_items_prev_year", "20", form="t2019"),
        fact("procurement_projects", form="t2019"),
        fact(
            "procurement_amount",
            "8040",
            form="t2019",
            unit_source=UnitSource.UNKNOWN,
            flags=("read:unit",),
        ),
        fact("req_carried_in", "3", form="t2019"),
        fact("normative_docs_newly_made", "87", form="t2019"),
    ],
    year=2020,
)
TOWN_2021 = report(
    [
        fact("normative_docs_in_force", "5"),
        fact("req_received_new", "2.5"),
        *(fact(f"review_{end}", "1") for end in ("upheld", "corrected", "other", "pending")),
        fact("review_total", flags=("source:S4-REVIEW",)),
        fact("review_total", status=Status.DERIVED, value="4"),
        fact("lit_direct_total", "/", status=Status.DASH),
        fact("lit_total", status=Status.DERIVED, value="0"),
    ],
    year=2021,
)
TOWN_2022 = report(
    [
        fact("normative_docs_issued", "2"),
        fact("normative_docs_repealed", "1"),
        fact("normative_docs_in_force", "7"),
    ],
    year=2022,
)
TOWN_2022_AGAIN = report([fact("normative_docs_issued", "3")], year=2022)
STREET_2022 = report([], year=2022, organ=STREET, region="990121001")
OFFICE_2022 = report(
    [fact("req_received_new", "9"), fact("req_carried_in", "0")],
    year=2022,
    organ=COUNTY_OFFICE,
    region="990121",
    organ_type="government_office",
)
COUNTY_2022 = report(
    [fact("req_received_new", "40")],
    year=2022,
    organ=COUNTY_OFFICE,
    region="990121",
    scope=Scope.LEVEL_AGGREGATE,
    organ_type="government_office",
)
NOBODY = report([fact("req_received_new", "7")], year=None)

SMALL, TWIN, GLUED = (f"{TOWN[:9]}{name}镇人民政府" for name in ("墨溪", "青禾渡", "枫桥渡"))
OTHERS = {
    "others/full.html": report(
        [fact("req_received_new", "3"), fact("review_total", "0")], organ=SMALL
    ),
    "others/alone.html": report([fact("req_received_new", "3")], organ=SMALL),
    "others/doubted.html": report(
        [fact("req_received_new", "8", flags=("read:S3-ROWSUM",))], organ=TWIN
    ),
    "others/plain.html": report([fact("req_received_new", "3")], organ=TWIN),
    "others/same.html": report([fact("req_received_new", "3")], organ=TWIN),
    "others/glued.html": report([fact("req_received_new", "1" * 30)], organ=GLUED),
    "others/exact.html": report(
        [
            fact(
                "procurement_amount",
                "59237.2449",
                form="t2019",
                unit="万元",
                yuan="592372449.00",
                unit_source=UnitSource.HEADER,
            )
        ],
        organ=GLUED,
        year=2019,
    ),
}

REPORTS: dict[str, Report] = {
    "town_2019": TOWN_2019,
    "town_2020": TOWN_2020,
    "town_2021": TOWN_2021,
    "town_2022": TOWN_2022,
    "town_2022_again": TOWN_2022_AGAIN,
    "street_2022": STREET_2022,
    "office_2022": OFFICE_2022,
    "county_2022": COUNTY_2022,
    "nobody": NOBODY,
}
FILES = {name: f"sample/{at}.html" for at, name in enumerate(REPORTS)}


@pytest.fixture(scope="module", autouse=True)
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DISCLOSURE_DATA", str(tmp_path_factory.mktemp("data")))
        store({file: [one] for file, one in OTHERS.items()}, collection="others")
        built(*REPORTS.values(), regions=REGIONS)
        yield


def row_of(frame: pd.DataFrame, **where: object) -> dict[str, Any]:
    """The only row in which the named columns have these values."""
    for column, value in where.items():
        frame = frame[frame[column] == value]
    assert len(frame) == 1, frame
    return {key: None if pd.isna(value) else value for key, value in frame.iloc[0].items()}


def some(row: dict[str, Any], *columns: str) -> tuple[Any, ...]:
    return tuple(row[column] for column in columns)


def test_every_mart_begins_with_who_where_and_when() -> None:
    first = ["collection", "organ", "organ_type", "region_code", "region_name", "county_name"]
    for name in marts():
        columns = list(mart(name).columns)
        assert columns[:8] == [*first, "report_year", "scope"], name
        assert {"report_id", "file"} <= set(columns), name


def test_a_printed_value_comes_before_a_derived_one_and_a_proved_zero_counts() -> None:
    row = row_of(mart("application_outcomes", "sample"), file=FILES["town_2019"])
    assert some(row, "received_new", "carried_in", "granted", "partial") == (1, 1, 2, 0)
    assert some(row, "partial_status", "partial_zero_basis") == ("blank", "implied")
    assert some(row, "processed_total", "processed_total_status") == (2, "derived")
    assert some(row, "denied", "denied_status") == (0, "derived")


def test_a_cell_the_report_does_not_have_is_neither_zero_nor_blank() -> None:
    row = row_of(mart("application_outcomes", "sample"), file=FILES["town_2019"])
    assert some(row, "unable", "unable_status", "unable_zero_basis") == (None, None, None)


def test_a_blank_that_nothing_proves_stays_empty() -> None:
    row = row_of(mart("procurement_totals"), file=FILES["town_2020"])
    assert some(row, "projects", "projects_status") == (None, "blank")


def test_outcomes_name_every_flag_of_their_cells_once() -> None:
    row = row_of(mart("application_outcomes", "sample"), file=FILES["town_2019"])
    assert some(row, "flags", "flagged") == ("read:S3-COLSUM;source:S3-BAL", True)
    row = row_of(mart("application_outcomes", "sample"), file=FILES["office_2022"])
    assert some(row, "flags", "flagged") == ("", False)


def test_a_count_that_is_no_whole_number_is_not_rounded() -> None:
    row = row_of(mart("application_outcomes", "sample"), file=FILES["town_2021"])
    assert some(row, "received_new", "received_new_status") == (None, "unreadable")


def test_only_identified_current_reports_are_compared() -> None:
    assert set(mart("application_outcomes", "sample")["file"]) == {
        FILES[name]
        for name in ("town_2019", "town_2020", "town_2021", "office_2022", "county_2022")
    }


@pytest.mark.parametrize("metric", ["grant_rate", "outcome_composition"])
def test_a_metric_finds_its_concepts_in_the_columns_it_adds_up(
    metric: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISCLOSURE_DATA", str(tmp_path))
    rule = analysis.definition(metric)
    concepts = f"{rule['numerator']};{rule['denominator']}".split(";")
    printed = {concept: str(at) for at, concept in enumerate(concepts, start=1)}
    built(report([fact(concept, number) for concept, number in printed.items()]))
    (row,) = mart("application_outcomes").to_dict("records")
    above, below = analysis.terms(metric)
    assert [row[column] for column in (*above, *below)] == [*map(int, printed.values())]


def test_disputes_have_a_row_for_each_path_that_the_report_prints() -> None:
    frame = mart("disputes", "sample")
    assert list(frame["path"]) == ["lit_direct", "review"]
    row = row_of(frame, path="review")
    assert some(row, "upheld", "corrected", "other", "pending", "total") == (1, 1, 1, 1, 4)
    assert some(row, "total_status", "flags") == ("derived", "source:S4-REVIEW")
    row = row_of(frame, path="lit_direct")
    assert some(row, "total", "total_status", "upheld_status") == (None, "dash", None)


def test_procurement_says_where_its_unit_comes_from() -> None:
    frame = mart("procurement_totals")
    known = row_of(frame, file=FILES["town_2019"])
    assert some(known, "projects", "amount_text", "amount", "unit") == (
        4,
        "387.951万元",
        387.951,
        "万元",
    )
    assert some(known, "amount_yuan", "unit_source") == (3879510, "cell")
    unknown = row_of(frame, file=FILES["town_2020"])
    assert some(unknown, "amount", "unit", "amount_yuan") == (8040, None, None)
    assert some(unknown, "unit_source", "amount_flags") == ("unknown", "read:unit")


def test_only_forms_that_ask_for_procurement_have_a_row() -> None:
    assert set(mart("procurement_totals")["form"]) == {"t2019"}


def test_a_report_is_asked_for_procurement_by_its_own_table_on_disclosure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISCLOSURE_DATA", str(tmp_path))
    built(
        report(
            [fact("licensing_decisions", "9"), fact("req_received_new", "1", form="t2019")],
            year=2023,
        ),
        report(
            [
                fact("licensing_decisions", "9", form="t2019"),
                fact("req_received_new", "1", form="t2021"),
            ],
            year=2024,
        ),
    )
    frame = mart("procurement_totals")
    assert frame["report_year"].tolist() == [2024]
    assert frame["amount"].isna().all()


def test_counts_keep_forms_and_sources_apart() -> None:
    frame = mart("disclosure_counts")
    made = row_of(frame, measure="normative_docs_newly_made", report_year=2019)
    assert some(made, "value", "form", "source", "count_basis", "unit") == (
        64,
        "t2019",
        "table",
        "made_in_year",
        "件",
    )
    issued = row_of(frame, measure="normative_docs_issued", report_year=2022)
    assert some(issued, "value", "form", "count_basis") == (2, "t2021", "issued_in_year")
    change = row_of(frame, measure="licensing_items_change")
    assert some(change, "value", "measure_zh") == (-2, "行政许可·本年增/减")


def test_a_narrative_total_keeps_its_qualifier_and_ignores_list_items() -> None:
    row = row_of(mart("disclosure_counts"), measure="nar_disclosed_total")
    assert some(row, "value", "source", "qualifier", "status") == (
        202,
        "narrative",
        "at_least",
        "number",
    )


def test_a_figure_in_prose_says_whose_it_is_beside_whose_the_report_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISCLOSURE_DATA", str(tmp_path))
    narrative = [
        figure("nar_disclosed_total", "900", scope=Scope.REGION_AGGREGATE),
        figure("nar_disclosed_website", "90"),
        figure("nar_disclosed_wechat", "9", scope=Scope.UNKNOWN),
        figure("nar_disclosed_wechat", "9"),
    ]
    built(report([fact("licensing_decisions", "4")], narrative=narrative))
    frame = mart("disclosure_counts")
    assert set(frame["scope"]) == {"own_organ"}
    assert dict(zip(frame["measure"], frame["figure_scope"], strict=True)) == {
        "licensing_decisions": "own_organ",
        "nar_disclosed_total": "region_aggregate",
        "nar_disclosed_website": "own_organ",
        "nar_disclosed_wechat": "unknown",
    }


def test_rival_figures_in_prose_give_none_of_them() -> None:
    row = row_of(mart("disclosure_counts", "sample"), measure="nar_disclosed_wechat")
    assert some(row, "value", "status", "flags") == (None, "unreadable", "read:rival_figures")


def test_an_exact_figure_comes_before_a_lower_bound_and_a_trusted_one_before_a_doubted() -> None:
    frame = mart("disclosure_counts", "sample")
    assert row_of(frame, measure="nar_disclosed_website")["value"] == 57
    assert row_of(frame, measure="nar_disclosed_weibo")["value"] == 9


def test_coverage_has_every_expected_organ_in_every_year() -> None:
    frame = mart("report_coverage", "sample")
    states = frame.pivot(index="organ", columns="report_year", values="state")
    assert list(states.columns) == [2019, 2020, 2021, 2022]
    assert list(states.loc[TOWN]) == ["report"] * 4
    assert list(states.loc[VILLAGE]) == ["missing"] * 4
    assert list(states.loc[COUNTY_OFFICE]) == ["missing", "missing", "missing", "report"]


def test_coverage_expects_a_region_only_while_it_stood() -> None:
    frame = mart("report_coverage", "sample")
    street = frame[frame["organ"] == STREET]
    assert dict(zip(street["report_year"], street["state"], strict=True)) == {
        2020: "missing",
        2021: "missing",
        2022: "no_tables",
    }
    old = frame[frame["region_name"] == "旧乡"]
    assert list(old["report_year"]) == [2019]


def test_coverage_expects_no_report_of_a_zone() -> None:
    assert "示例县工业园区" not in set(mart("report_coverage", "sample")["region_name"])


def test_coverage_names_the_other_files_of_the_same_organ_and_year() -> None:
    row = row_of(mart("report_coverage", "sample"), organ=TOWN, report_year=2022)
    assert some(row, "file", "facts") == (FILES["town_2022"], 3)
    assert some(row, "other_files", "other_file_names") == (1, FILES["town_2022_again"])
    row = row_of(mart("report_coverage", "sample"), organ=COUNTY_OFFICE, report_year=2022)
    assert some(row, "scope", "other_file_names") == ("own_organ", FILES["county_2022"])


def test_a_county_code_has_the_county_s_name() -> None:
    row = row_of(mart("application_outcomes", "sample"), file=FILES["office_2022"])
    assert some(row, "region_name", "county_name") == ("示例县", "示例县")
    row = row_of(mart("application_outcomes", "sample"), file=FILES["town_2019"])
    assert some(row, "region_name", "county_name") == ("霁川镇", "示例县")


def test_findings_of_a_report_keep_their_cells() -> None:
    row = row_of(mart("findings", "sample"), check_id="S3-BAL")
    assert some(row, "verdict", "severity", "cells", "file") == (
        "fail",
        "error",
        "req_received_new/total;req_processed_total/total",
        FILES["town_2019"],
    )


def test_what_is_carried_in_must_be_what_was_carried_out() -> None:
    row = row_of(mart("findings", "sample"), check_id="S3-CARRY")
    assert some(row, "file", "severity", "cells") == (
        FILES["town_2020"],
        "warning",
        "req_carried_in/total",
    )
    assert row["message"] == "carried in 3 from 2019, but the report of 2019 carries out 0"


def test_items_must_go_on_from_the_year_before() -> None:
    row = row_of(mart("findings", "sample"), check_id="S2-19-ITEMS")
    assert some(row, "file", "cells") == (FILES["town_2020"], "licensing_items_prev_year")
    assert (
        row["message"]
        == "states 20 items for 2019, but the report of 2019 has 21 and a change of -2"
    )


def test_the_stock_in_force_must_go_on_from_the_year_before() -> None:
    row = row_of(mart("findings", "sample"), check_id="S2-STOCK")
    assert row["file"] == FILES["town_2022"]
    assert row["message"] == "7 in force, but 5 in force in 2021, 2 issued and 1 repealed make 6"


def test_a_row_that_a_province_adds_is_checked_as_soon_as_it_has_its_ids(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISCLOSURE_DATA", str(tmp_path / "data"))
    forms = shutil.copytree(build.FORMS, tmp_path / "forms")
    with (forms / "concepts.csv").open("a", encoding="utf-8") as stream:
        for end, basis in (
            ("issued", "issued_in_year"),
            ("repealed", "repealed_in_year"),
            ("in_force", "in_force_stock"),
        ):
            stream.write(f"other_docs_{end},其他文件,other,art20_1,件,count,t2021+hubei,{basis}\n")
    monkeypatch.setattr(build, "FORMS", forms)
    stock = {"issued": "2", "repealed": "1", "in_force": "7"}
    built(
        report([fact("other_docs_in_force", "5")], year=2021),
        report([fact(f"other_docs_{end}", printed) for end, printed in stock.items()]),
    )
    row = row_of(mart("findings"), check_id="S2-STOCK")
    assert row["cells"] == "other_docs_in_force;other_docs_issued;other_docs_repealed"
    assert row["message"] == "7 in force, but 5 in force in 2021, 2 issued and 1 repealed make 6"
    assert row_of(mart("disclosure_counts"), measure="other_docs_issued")["value"] == 2


def test_another_version_with_other_figures_is_a_finding() -> None:
    row = row_of(mart("findings", "sample"), check_id="M-UNIQUE")
    assert some(row, "file", "is_current", "cells") == (
        FILES["town_2022_again"],
        False,
        "normative_docs_issued",
    )
    assert FILES["town_2022"] in row["message"]


def current_files(organ: str) -> dict[str, bool]:
    frame = query("select file, is_current from reports where organ = $1", [organ])
    return dict(zip(frame["file"], frame["is_current"], strict=True))


def test_the_version_with_more_tables_is_current() -> None:
    assert current_files(SMALL) == {"others/alone.html": False, "others/full.html": True}


def test_a_version_without_doubted_cells_is_current_and_stands_for_its_twins() -> None:
    assert current_files(TWIN) == {
        "others/doubted.html": False,
        "others/plain.html": True,
        "others/same.html": False,
    }
    row = row_of(mart("application_outcomes", "others"), organ=TWIN)
    assert some(row, "received_new", "flagged") == (3, False)


def test_versions_with_the_same_figures_are_no_finding() -> None:
    assert mart("findings", "others")["file"].tolist() == ["others/doubted.html"]


def test_reports_of_different_scope_stand_side_by_side() -> None:
    frame = mart("application_outcomes", "sample")
    office = frame[frame["organ"] == COUNTY_OFFICE]
    assert dict(zip(office["scope"], office["received_new"], strict=True)) == {
        "own_organ": 9,
        "level_aggregate": 40,
    }


def test_a_number_too_large_to_be_one_is_unreadable_and_flagged() -> None:
    row = row_of(query("select * from raw_facts where length(text) = 30"))
    assert some(row, "text", "status", "value", "flags") == (
        "1" * 30,
        "unreadable",
        None,
        "read:too_large",
    )


def test_four_decimals_of_money_are_kept() -> None:
    exact = query(
        "select value::text as value, amount_yuan::text as yuan from raw_facts "
        "where text = '59237.2449'"
    )
    assert exact.values.tolist() == [["59237.2449", "592372449.00"]]


def test_a_report_without_a_year_is_in_no_mart_but_is_there() -> None:
    frame = query("select is_current from reports where file = $1", [FILES["nobody"]])
    assert list(frame["is_current"]) == [False]


def test_every_column_of_every_mart_is_explained() -> None:
    frame = describe()
    assert frame[frame["comment"].isna()][["table", "column"]].values.tolist() == []
    assert frame["grain"].str.startswith("One row per ").all()


def test_each_sql_file_states_its_grain_first() -> None:
    for folder, start in (
        ("staging", "-- One row per "),
        ("marts", "-- One row per "),
        ("checks", "-- One row per "),
        ("contracts", "-- Nothing: "),
    ):
        for path in (SQL / folder).glob("*.sql"):
            assert path.read_text("utf-8").startswith(start), path.name


def test_sql_runs_after_what_it_reads(tmp_path: Path) -> None:
    for name, sql in (("a", "select * from c"), ("b", "select 1"), ("c", "select 1\njoin b on 1")):
        (tmp_path / f"{name}.sql").write_text(sql)
    assert [path.stem for path in in_order(tmp_path.glob("*.sql"))] == ["b", "c", "a"]
