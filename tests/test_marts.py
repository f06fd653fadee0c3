"""Literal reports in, literal rows out: every test builds a warehouse of its own few reports."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from pipeline import analysis
from pipeline.doubt import Severity, Verdict
from pipeline.model import Fact, Finding, Scope, Status, UnitSource, ZeroBasis
from pipeline.warehouse import build, describe, mart, marts, query
from pipeline.warehouse.build import SQL, in_order
from tests import mart_frames
from tests.literal_reports import TOWN, TOWN_CODE, built, fact, figure, region_rows, report

VILLAGE = "示例省示例市示例县松籁镇人民政府"
STREET = "示例省示例市示例县云岫街道办事处"
COUNTY_OFFICE = "示例省示例市示例县人民政府办公室"
OFFICE = {"organ": COUNTY_OFFICE, "region": "990121", "organ_type": "government_office"}

REGIONS = region_rows(
    [
        (TOWN_CODE, "霁川镇", "town", "2016-07-31", "2023-06-30"),
        ("990121102", "松籁镇", "town", "2016-07-31", "2023-06-30"),
        ("990121001", "云岫街道", "subdistrict", "2020-06-30", "2023-06-30"),
        ("990121200", "旧乡", "township", "2016-07-31", "2019-10-31"),
        ("990121400", "示例县工业园区", "quasi", "2016-07-31", "2023-06-30"),
    ]
)


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder."""
    monkeypatch.setenv("DISCLOSURE_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


def row_of(frame: pd.DataFrame, **where: object) -> dict[str, Any]:
    """The only row in which the named columns have these values."""
    for column, value in where.items():
        frame = frame[frame[column] == value]
    assert len(frame) == 1, frame
    return {key: None if pd.isna(value) else value for key, value in frame.iloc[0].items()}


def some(row: dict[str, Any], *columns: str) -> tuple[Any, ...]:
    return tuple(row[column] for column in columns)


def finding_of(*reports: Any) -> dict[str, Any]:
    """The only finding of a warehouse of these reports."""
    built(*reports)
    return row_of(mart("findings"))


class TestOutcomes:
    def row(self, *facts: Fact) -> dict[str, Any]:
        built(report(facts, year=2019))
        return row_of(mart("application_outcomes"))

    def test_a_report_without_the_table_of_applications_has_no_row(self) -> None:
        built(
            report([fact("normative_docs_issued", "2")], year=2022),
            report([fact("req_received_new", "1")], year=2021),
        )
        assert mart("application_outcomes")["file"].tolist() == ["sample/1.html"]

    def test_a_printed_value_comes_before_a_derived_one(self) -> None:
        row = self.row(
            fact("req_outcome_granted", "2", form="t2019"),
            fact("req_outcome_denied", form="t2019", status=Status.DERIVED, value="0"),
            fact("req_processed_total", form="t2019"),
            fact("req_processed_total", form="t2019", status=Status.DERIVED, value="2"),
        )
        assert some(row, "granted", "granted_status") == (2, "number")
        assert some(row, "denied", "denied_status") == (0, "derived")
        assert some(row, "processed_total", "processed_total_status") == (2, "derived")

    def test_a_blank_counts_as_zero_only_where_the_sums_prove_it(self) -> None:
        row = self.row(
            fact("req_outcome_partial", form="t2019", basis=ZeroBasis.IMPLIED),
            fact("req_outcome_granted", form="t2019", basis=ZeroBasis.UNKNOWN),
        )
        assert some(row, "partial", "partial_status", "partial_zero_basis") == (
            0,
            "blank",
            "implied",
        )
        assert some(row, "granted", "granted_status") == (None, "blank")

    def test_a_cell_the_report_does_not_have_is_neither_zero_nor_blank(self) -> None:
        row = self.row(fact("req_received_new", "1", form="t2019"))
        assert some(row, "unable", "unable_status", "unable_zero_basis") == (None, None, None)

    def test_the_applicants_are_not_added_to_their_total(self) -> None:
        row = self.row(
            fact("req_received_new", "3", form="t2019"),
            fact("req_received_new", "1", form="t2019", applicant="natural_person"),
        )
        assert row["received_new"] == 3

    def test_every_flag_of_the_cells_is_named_once(self) -> None:
        row = self.row(
            fact("req_processed_total", "2", form="t2019", flags=("read:S3-COLSUM",)),
            fact("req_carried_in", "0", form="t2019", flags=("source:S3-BAL",)),
            fact("req_carried_out", "0", form="t2019", flags=("source:S3-BAL",)),
        )
        assert some(row, "flags", "flagged") == ("read:S3-COLSUM;source:S3-BAL", True)

    def test_no_flag_is_no_flag(self) -> None:
        row = self.row(fact("req_received_new", "9", form="t2019"))
        assert some(row, "flags", "flagged") == ("", False)

    def test_a_count_that_is_no_whole_number_is_not_rounded(self) -> None:
        row = self.row(fact("req_received_new", "2.5", form="t2019"))
        assert some(row, "received_new", "received_new_status") == (None, "unreadable")

    def test_reports_of_different_scope_stand_side_by_side(self) -> None:
        built(
            report([fact("req_received_new", "9")], **OFFICE),
            report([fact("req_received_new", "40")], scope=Scope.LEVEL_AGGREGATE, **OFFICE),
        )
        frame = mart("application_outcomes")
        assert dict(zip(frame["scope"], frame["received_new"], strict=True)) == {
            "own_organ": 9,
            "level_aggregate": 40,
        }

    @pytest.mark.parametrize("metric", ["grant_rate", "outcome_composition"])
    def test_a_metric_finds_its_concepts_in_the_columns_it_adds_up(self, metric: str) -> None:
        rule = analysis.definition(metric)
        concepts = f"{rule['numerator']};{rule['denominator']}".split(";")
        printed = {concept: str(at) for at, concept in enumerate(concepts, start=1)}
        row = self.row(*(fact(concept, number) for concept, number in printed.items()))
        above, below = analysis.terms(metric)
        assert [row[column] for column in (*above, *below)] == [*map(int, printed.values())]


class TestDisputes:
    def test_a_row_for_each_path_that_the_report_prints(self) -> None:
        built(
            report(
                [
                    *(fact(f"review_{end}", "1") for end in ("upheld", "corrected", "other")),
                    fact("review_pending", "1"),
                    fact("review_total", flags=("source:S4-REVIEW",)),
                    fact("review_total", status=Status.DERIVED, value="4"),
                    fact("lit_direct_total", "/", status=Status.DASH),
                    fact("lit_total", status=Status.DERIVED, value="0"),
                ]
            )
        )
        frame = mart("disputes")
        assert list(frame["path"]) == ["lit_direct", "review"]
        row = row_of(frame, path="review")
        assert some(row, "upheld", "corrected", "other", "pending", "total") == (1, 1, 1, 1, 4)
        assert some(row, "total_status", "flags") == ("derived", "source:S4-REVIEW")
        row = row_of(frame, path="lit_direct")
        assert some(row, "total", "total_status", "upheld_status") == (None, "dash", None)


class TestProcurement:
    def test_says_where_the_unit_comes_from(self) -> None:
        amount = fact(
            "procurement_amount",
            "387.951万元",
            value="387.951",
            form="t2019",
            unit="万元",
            yuan="3879510",
            unit_source=UnitSource.CELL,
        )
        built(report([fact("procurement_projects", "4", form="t2019"), amount], year=2019))
        row = row_of(mart("procurement_totals"))
        assert some(row, "projects", "amount_text", "amount", "unit", "form") == (
            4,
            "387.951万元",
            387.951,
            "万元",
            "t2019",
        )
        assert some(row, "amount_yuan", "unit_source") == (3879510, "cell")

    def test_without_a_unit_there_is_no_amount_in_yuan_and_a_blank_stays_empty(self) -> None:
        amount = fact(
            "procurement_amount",
            "8040",
            form="t2019",
            unit_source=UnitSource.UNKNOWN,
            flags=("read:unit",),
        )
        built(report([fact("procurement_projects", form="t2019"), amount], year=2019))
        row = row_of(mart("procurement_totals"))
        assert some(row, "projects", "projects_status") == (None, "blank")
        assert some(row, "amount", "unit", "amount_yuan") == (8040, None, None)
        assert some(row, "unit_source", "amount_flags") == ("unknown", "read:unit")

    def test_a_report_is_asked_by_its_own_table_on_disclosure(self) -> None:
        asked = [fact("licensing_decisions", "9", form="t2019"), fact("req_received_new", "1")]
        not_asked = [fact("licensing_decisions", "9"), fact("req_received_new", "1", form="t2019")]
        built(report(asked, year=2022), report(not_asked, year=2023))
        row = row_of(mart("procurement_totals"))
        assert some(row, "report_year", "amount", "amount_status") == (2022, None, None)


class TestCounts:
    def test_each_form_counts_on_its_own_basis(self) -> None:
        built(
            report([fact("normative_docs_newly_made", "64", form="t2019")], year=2019),
            report([fact("normative_docs_issued", "2")], year=2022),
        )
        frame = mart("disclosure_counts")
        columns = ("value", "form", "source", "count_basis", "unit")
        made = row_of(frame, measure="normative_docs_newly_made", report_year=2019)
        assert some(made, *columns) == (64, "t2019", "table", "made_in_year", "件")
        issued = row_of(frame, measure="normative_docs_issued", report_year=2022)
        assert some(issued, *columns) == (2, "t2021", "table", "issued_in_year", "件")

    def test_a_change_may_be_negative(self) -> None:
        built(report([fact("licensing_items_change", "-2", form="t2019")]))
        row = row_of(mart("disclosure_counts"))
        assert some(row, "value", "measure_zh") == (-2, "行政许可·本年增/减")

    def test_a_total_in_prose_keeps_its_qualifier_and_ignores_list_items(self) -> None:
        narrative = [
            figure("nar_disclosed_total", "202", qualifier="at_least"),
            figure("nar_disclosed_total", "8", category="机构信息"),
        ]
        built(report(narrative=narrative))
        row = row_of(mart("disclosure_counts"))
        assert some(row, "value", "source", "qualifier", "status") == (
            202,
            "narrative",
            "at_least",
            "number",
        )

    def test_rival_figures_in_prose_give_none_of_them(self) -> None:
        narrative = [figure("nar_disclosed_wechat", "108"), figure("nar_disclosed_wechat", "78")]
        built(report(narrative=narrative))
        row = row_of(mart("disclosure_counts"))
        assert some(row, "value", "status", "flags") == (None, "unreadable", "read:rival_figures")

    def test_an_exact_figure_comes_before_a_bound_and_a_trusted_one_before_a_doubted(self) -> None:
        narrative = [
            figure("nar_disclosed_website", "50", qualifier="at_least"),
            figure("nar_disclosed_website", "57"),
            figure("nar_disclosed_weibo", "90", flags=("read:period",)),
            figure("nar_disclosed_weibo", "9", qualifier="approx"),
        ]
        built(report(narrative=narrative))
        frame = mart("disclosure_counts")
        assert row_of(frame, measure="nar_disclosed_website")["value"] == 57
        assert row_of(frame, measure="nar_disclosed_weibo")["value"] == 9

    def test_a_figure_in_prose_says_whose_it_is_beside_whose_the_report_is(self) -> None:
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

    def test_a_figure_in_prose_is_of_the_year_that_its_sentence_names(self) -> None:
        narrative = [
            figure("nar_disclosed_total", "900", year=2018),
            figure("nar_disclosed_website", "90"),
        ]
        built(report([fact("licensing_decisions", "4")], narrative=narrative, year=2019))
        frame = mart("disclosure_counts")
        assert dict(zip(frame["measure"], frame["figure_year"], strict=True)) == {
            "licensing_decisions": 2019,
            "nar_disclosed_total": 2018,
            "nar_disclosed_website": 2019,
        }

    def test_figures_of_a_version_that_is_not_current_are_left_out(self) -> None:
        whole = [fact("licensing_decisions", "4"), fact("req_received_new", "0")]
        built(report(whole), report(narrative=[figure("nar_disclosed_total", "7")]))
        assert mart("disclosure_counts")["measure"].tolist() == ["licensing_decisions"]


class TestCoverage:
    def test_every_expected_organ_has_every_year(self) -> None:
        some_fact = [fact("req_received_new", "1")]
        built(
            *(report(some_fact, year=year) for year in (2019, 2020, 2021, 2022)),
            report(some_fact, **OFFICE),
            regions=REGIONS,
        )
        states = mart("report_coverage").pivot(index="organ", columns="report_year", values="state")
        assert list(states.columns) == [2019, 2020, 2021, 2022]
        assert list(states.loc[TOWN]) == ["report"] * 4
        assert list(states.loc[VILLAGE]) == ["missing"] * 4
        assert list(states.loc[COUNTY_OFFICE]) == ["missing", "missing", "missing", "report"]

    def test_a_region_is_expected_only_while_it_stood_and_a_zone_never(self) -> None:
        built(
            report(year=2019),
            report(year=2022, organ=STREET, region="990121001"),
            regions=REGIONS,
        )
        frame = mart("report_coverage")
        street = frame[frame["organ"] == STREET]
        assert dict(zip(street["report_year"], street["state"], strict=True)) == {
            2020: "missing",
            2021: "missing",
            2022: "no_tables",
        }
        assert list(frame[frame["region_name"] == "旧乡"]["report_year"]) == [2019]
        assert "示例县工业园区" not in set(frame["region_name"])

    def test_a_township_that_was_given_another_code_is_expected_once(self) -> None:
        regions = region_rows(
            [
                (TOWN_CODE, "霁川镇", "town", "2016-07-31", "2023-06-30"),
                ("990121102", "松籁镇", "town", "2016-07-31", "2020-06-30"),
                ("990121109", "松籁镇", "town", "2021-10-31", "2023-06-30"),
            ]
        )
        built(report(year=2022), regions=regions)
        row = row_of(mart("report_coverage"), organ=VILLAGE)
        assert some(row, "region_code", "state") == ("990121109", "missing")

    def test_the_other_files_of_an_organ_and_year_are_named(self) -> None:
        flows = [fact("normative_docs_issued", "2"), fact("normative_docs_repealed", "1")]
        built(
            report(flows),
            report([fact("normative_docs_issued", "2")]),
            report([fact("req_received_new", "9")], **OFFICE),
            report([fact("req_received_new", "40")], scope=Scope.LEVEL_AGGREGATE, **OFFICE),
        )
        frame = mart("report_coverage")
        row = row_of(frame, organ=TOWN)
        assert some(row, "file", "facts") == ("sample/0.html", 2)
        assert some(row, "other_files", "other_file_names") == (1, "sample/1.html")
        row = row_of(frame, organ=COUNTY_OFFICE)
        assert some(row, "scope", "other_file_names") == ("own_organ", "sample/3.html")


class TestVersions:
    def current_files(self, *reports: Any) -> dict[str, bool]:
        built(*reports)
        frame = query("select file, is_current from reports order by file")
        return dict(zip(frame["file"], frame["is_current"], strict=True))

    def test_the_version_with_more_tables_is_current(self) -> None:
        alone = [fact("req_received_new", "3")]
        assert self.current_files(report(alone), report([*alone, fact("review_total", "0")])) == {
            "sample/0.html": False,
            "sample/1.html": True,
        }

    def test_a_version_without_doubted_cells_is_current_and_stands_for_its_twins(self) -> None:
        doubted = fact("req_received_new", "8", flags=("read:S3-ROWSUM",))
        sound = fact("req_received_new", "3")
        assert self.current_files(report([doubted]), report([sound]), report([sound])) == {
            "sample/0.html": False,
            "sample/1.html": True,
            "sample/2.html": False,
        }
        row = row_of(mart("application_outcomes"))
        assert some(row, "received_new", "flagged") == (3, False)
        # Only the version with another figure is a finding, not the one that says the same.
        assert mart("findings")["file"].tolist() == ["sample/0.html"]

    def test_another_version_with_other_figures_is_a_finding(self) -> None:
        row = finding_of(
            report([fact("normative_docs_issued", "2"), fact("normative_docs_repealed", "1")]),
            report([fact("normative_docs_issued", "3")]),
        )
        assert some(row, "check_id", "file", "is_current", "cells") == (
            "M-UNIQUE",
            "sample/1.html",
            False,
            "normative_docs_issued",
        )
        assert "sample/0.html" in row["message"]

    def test_a_report_without_a_year_is_in_no_mart_but_is_there(self) -> None:
        unnamed = report([fact("req_received_new", "7")], year=None)
        known = report([fact("req_received_new", "1")])
        assert self.current_files(known, unnamed) == {"sample/0.html": True, "sample/1.html": False}
        assert mart("application_outcomes")["file"].tolist() == ["sample/0.html"]


class TestRulesBetweenReports:
    def test_what_is_carried_in_must_be_what_was_carried_out(self) -> None:
        row = finding_of(
            report([fact("req_carried_out", "0")], year=2021),
            report([fact("req_carried_in", "3")], year=2022),
        )
        assert some(row, "file", "check_id", "report_year", "severity", "cells") == (
            "sample/1.html",
            "S3-CARRY",
            2022,
            "warning",
            "req_carried_in/total",
        )
        assert row["message"] == "carried in 3 from 2021, but the report of 2021 carries out 0"

    def test_items_must_go_on_from_the_year_before(self) -> None:
        row = finding_of(
            report(
                [
                    fact("licensing_items_prev_year", "21", form="t2019"),
                    fact("licensing_items_change", "-2", form="t2019"),
                ],
                year=2019,
            ),
            report([fact("licensing_items_prev_year", "20", form="t2019")], year=2020),
        )
        assert some(row, "file", "check_id", "report_year", "cells") == (
            "sample/1.html",
            "S2-19-ITEMS",
            2020,
            "licensing_items_prev_year",
        )
        assert row["message"] == (
            "states 20 items for 2019, but the report of 2019 has 21 and a change of -2"
        )

    def test_the_stock_in_force_must_go_on_from_the_year_before(self) -> None:
        stock = {"issued": "2", "repealed": "1", "in_force": "7"}
        row = finding_of(
            report([fact("normative_docs_in_force", "5")], year=2021),
            report([fact(f"normative_docs_{end}", printed) for end, printed in stock.items()]),
        )
        assert some(row, "file", "check_id", "report_year") == ("sample/1.html", "S2-STOCK", 2022)
        assert row["message"] == (
            "7 in force, but 5 in force in 2021, 2 issued and 1 repealed make 6"
        )

    def test_a_row_that_a_province_adds_is_checked_as_soon_as_it_has_its_ids(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        forms = shutil.copytree(build.FORMS, tmp_path / "forms")
        with (forms / "concepts.csv").open("a", encoding="utf-8") as stream:
            for end, basis in (
                ("issued", "issued_in_year"),
                ("repealed", "repealed_in_year"),
                ("in_force", "in_force_stock"),
            ):
                stream.write(
                    f"rules_of_villages_{end},村规,rules of villages,art20_1,件,count,t2021+fictional,{basis}\n"
                )
        monkeypatch.setattr(build, "FORMS", forms)
        stock = {"issued": "2", "repealed": "1", "in_force": "7"}
        row = finding_of(
            report([fact("rules_of_villages_in_force", "5")], year=2021),
            report([fact(f"rules_of_villages_{end}", printed) for end, printed in stock.items()]),
        )
        assert (
            row["cells"]
            == "rules_of_villages_in_force;rules_of_villages_issued;rules_of_villages_repealed"
        )
        assert row_of(mart("disclosure_counts"), measure="rules_of_villages_issued")["value"] == 2

    @pytest.mark.parametrize(
        "other",
        [
            {"year": 2020},
            {"year": 2021, "organ": VILLAGE, "region": "990121102"},
            {"year": 2021, "scope": Scope.LEVEL_AGGREGATE},
        ],
        ids=["a year between", "another organ", "another scope"],
    )
    def test_only_the_same_organ_and_scope_one_year_before_is_compared(
        self, other: dict[str, Any]
    ) -> None:
        built(
            report([fact("req_carried_out", "0")], **other), report([fact("req_carried_in", "3")])
        )
        assert mart("findings").empty


def test_a_finding_of_one_report_keeps_its_cells() -> None:
    broken = Finding(
        "S3-BAL",
        Verdict.FAIL,
        Severity.ERROR,
        "3 + 0 is not 2 + 0",
        ("req_received_new/total", "req_processed_total/total"),
        "table 2",
    )
    row = finding_of(report([fact("req_received_new", "3")], findings=[broken]))
    assert some(row, "file", "check_id", "verdict", "severity", "cells", "where_printed") == (
        "sample/0.html",
        "S3-BAL",
        "fail",
        "error",
        "req_received_new/total;req_processed_total/total",
        "table 2",
    )


def test_every_mart_begins_with_who_where_and_when() -> None:
    built(report())
    first = ["collection", "organ", "organ_type", "region_code", "region_name", "county_name"]
    assert marts()
    for name in marts():
        columns = list(mart(name).columns)
        assert columns[:8] == [*first, "report_year", "scope"], name
        assert {"report_id", "file"} <= set(columns), name


def test_a_county_code_has_the_county_s_name() -> None:
    some_fact = [fact("req_received_new", "1")]
    built(report(some_fact), report(some_fact, **OFFICE), regions=REGIONS)
    frame = mart("application_outcomes")
    assert some(row_of(frame, organ=TOWN), "region_name", "county_name") == ("霁川镇", "示例县")
    assert some(row_of(frame, organ=COUNTY_OFFICE), "region_name", "county_name") == (
        "示例县",
        "示例县",
    )


def test_four_decimals_of_money_are_kept() -> None:
    amount = fact(
        "procurement_amount",
        "59237.2449",
        form="t2019",
        unit="万元",
        yuan="592372449.00",
        unit_source=UnitSource.HEADER,
    )
    built(report([amount]))
    exact = query("select value::text as value, amount_yuan::text as yuan from raw_facts")
    assert exact.values.tolist() == [["59237.2449", "592372449.00"]]


def test_every_column_of_every_mart_is_explained() -> None:
    built(report())
    frame = describe()
    assert frame[frame["comment"].isna()][["table", "column"]].values.tolist() == []
    assert frame["grain"].str.startswith("One row per ").all()


def test_the_literal_frames_of_other_tests_have_columns_of_the_marts() -> None:
    built(report())
    frame = describe()
    for name, kind in (
        ("application_outcomes", mart_frames.OUTCOME),
        ("procurement_totals", mart_frames.PROCUREMENT),
        ("report_coverage", mart_frames.COVERAGE),
        ("raw_files", mart_frames.FILE),
    ):
        columns = set(frame[frame["table"] == name]["column"])
        assert kind.keys() <= columns, name
        assert name == "raw_files" or mart_frames.REPORT.keys() <= columns


def test_each_sql_file_states_its_grain_first() -> None:
    for folder, start in (
        ("staging", "-- One row per "),
        ("marts", "-- One row per "),
        ("checks", "-- One row per "),
        ("contracts", "-- Nothing: "),
    ):
        paths = sorted((SQL / folder).glob("*.sql"))
        assert paths, folder
        for path in paths:
            assert path.read_text("utf-8").startswith(start), path.name


def test_sql_runs_after_what_it_reads(tmp_path: Path) -> None:
    for name, sql in (("a", "select * from c"), ("b", "select 1"), ("c", "select 1\njoin b on 1")):
        (tmp_path / f"{name}.sql").write_text(sql)
    assert [path.stem for path in in_order(tmp_path.glob("*.sql"))] == ["b", "c", "a"]
