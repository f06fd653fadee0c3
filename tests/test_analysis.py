"""Rates, shares and amounts: known values, what is left out, and what is refused."""

from __future__ import annotations

import csv
from decimal import Decimal
from importlib import resources
from math import sqrt

import pandas as pd
import pytest

from pipeline import analysis
from pipeline.errors import DisclosureError, IncomparableForms
from tests.mart_frames import BUILD, coverage, outcomes, procurement

PUTUO = {"granted": 60, "partial": 21, "denied": 182}  # 81 of 263, as the district published it


def wilson(successes: int, n: int) -> tuple[float, float]:
    """Wilson's interval written out, z for 95 %."""
    z, p = 1.959963984540054, successes / n
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return middle - half, middle + half


class TestGrantRate:
    def test_the_published_rate_of_putuo(self) -> None:
        row = analysis.grant_rate(outcomes(PUTUO)).iloc[0]
        assert (row["numerator"], row["denominator"], row["n"]) == (81, 263, 263)
        assert round(100 * row["rate"], 2) == 30.80

    @pytest.mark.parametrize(("granted", "n"), [(81, 263), (0, 12), (12, 12), (1, 1)])
    def test_the_interval_is_wilsons(self, granted: int, n: int) -> None:
        row = analysis.grant_rate(outcomes({"granted": granted, "denied": n - granted})).iloc[0]
        assert (row["low"], row["high"]) == pytest.approx(wilson(granted, n), abs=1e-12)

    def test_nine_applications_are_small_and_ten_are_not(self) -> None:
        rates = analysis.grant_rate(outcomes({"granted": 9}, {"granted": 10}))
        assert list(rates["small"]) == [True, False]

    def test_reports_without_a_rate_are_counted_by_reason(self) -> None:
        rates = analysis.grant_rate(
            outcomes(
                PUTUO,
                {"processed_total": None},
                {"granted": None, "processed_total": 4},
                {"partial": None, "processed_total": 4},
                {},
                {"granted": 5, "processed_total": 4},
            )
        )
        assert len(rates) == 1
        assert rates.attrs["dropped"] == {
            "granted or partial is blank": 2,
            "more granted than concluded": 1,
            "no application was concluded": 1,
            "the total is blank": 1,
        }

    def test_flagged_reports_stay_and_stay_marked(self) -> None:
        rates = analysis.grant_rate(outcomes(PUTUO, {**PUTUO, "flagged": True}))
        assert list(rates["flagged"]) == [False, True]

    def test_the_build_follows_the_figures(self) -> None:
        assert analysis.grant_rate(outcomes(PUTUO)).attrs["build"] == BUILD

    def test_decimals_and_missing_values_as_the_warehouse_gives_them(self) -> None:
        frame = outcomes(PUTUO, {"processed_total": None})
        frame["granted"] = pd.Series([Decimal("60"), Decimal("0")], dtype=object)
        frame["processed_total"] = frame["processed_total"].astype("Int64")
        assert list(analysis.grant_rate(frame)["rate"]) == [pytest.approx(81 / 263)]

    def test_no_report_gives_no_rate(self) -> None:
        rates = analysis.grant_rate(outcomes(PUTUO).iloc[:0])
        assert rates.empty
        assert {"rate", "low", "high", "small"} <= set(rates.columns)

    def test_the_2019_and_2021_forms_compare(self) -> None:
        rates = analysis.grant_rate(
            outcomes({**PUTUO, "form": "t2019+hubei", "report_year": 2020}, PUTUO)
        )
        assert len(rates) == 2
        assert rates.attrs["caveats"] == []

    def test_the_2014_form_does_not(self) -> None:
        frame = outcomes({**PUTUO, "form": "t2014"}, PUTUO)
        with pytest.raises(IncomparableForms, match=r"grant_rate.*t2014"):
            analysis.grant_rate(frame)

    def test_a_year_before_the_metric_begins_is_refused(self) -> None:
        with pytest.raises(IncomparableForms, match="2018"):
            analysis.grant_rate(outcomes({**PUTUO, "report_year": 2018}))


class TestPooledGrantRate:
    def test_sums_before_it_divides(self) -> None:
        frame = outcomes({"granted": 1}, {"granted": 19, "denied": 80, "flagged": True})
        row = analysis.grant_rate_by(frame, by=["report_year"]).iloc[0]
        assert (row["reports"], row["flagged"], row["numerator"], row["n"]) == (2, 1, 20, 100)
        assert row["rate"] == pytest.approx(0.20)
        assert (row["low"], row["high"]) == pytest.approx(wilson(20, 100), abs=1e-12)

    def test_an_aggregate_is_never_added_to_its_organs(self) -> None:
        frame = outcomes(PUTUO, {**PUTUO, "scope": "region_aggregate"})
        with pytest.raises(DisclosureError, match=r"2022: own_organ and region_aggregate"):
            analysis.grant_rate_by(frame, by=["report_year"])
        apart = analysis.grant_rate_by(frame, by=["report_year", "scope"])
        assert list(apart["n"]) == [263, 263]

    def test_an_unknown_scope_is_not_taken_for_the_organs_own(self) -> None:
        frame = outcomes(PUTUO, {**PUTUO, "scope": "unknown"})
        with pytest.raises(DisclosureError, match="own_organ and unknown"):
            analysis.grant_rate_by(frame, by=["report_year"])
        apart = analysis.grant_rate_by(frame, by=["scope"])
        assert any("count an application twice" in caveat for caveat in apart.attrs["caveats"])

    def test_a_city_is_not_added_to_its_own_district(self) -> None:
        city = {"scope": "region_aggregate", "region_code": "990100", "organ": "示例市人民政府"}
        district = {**city, "region_code": "990101", "organ": "示例县人民政府"}
        other = {**city, "region_code": "990200", "organ": "另一市人民政府"}
        with pytest.raises(DisclosureError, match="示例市人民政府 cover the region of 示例县"):
            analysis.grant_rate_by(
                outcomes({**PUTUO, **district}, {**PUTUO, **city}), by=["report_year"]
            )
        two_cities = outcomes({**PUTUO, **city}, {**PUTUO, **other})
        assert list(analysis.grant_rate_by(two_cities, by=["report_year"])["n"]) == [526]


class TestComposition:
    def test_six_shares_of_what_was_concluded(self) -> None:
        parts = {"granted": 40, "partial": 10, "denied": 5, "unable": 30, "not_processed": 10}
        shares = analysis.outcome_composition(outcomes({**parts, "other": 5}), by=["report_year"])
        assert list(shares["outcome"]) == list(analysis.OUTCOMES)
        assert list(shares["share"]) == [0.40, 0.10, 0.05, 0.30, 0.10, 0.05]
        assert set(shares["requests"]) == {100}
        assert set(shares["reports"]) == {1}

    def test_what_does_not_add_up_is_left_out_and_counted(self) -> None:
        frame = outcomes(
            {"granted": 10},
            {"granted": 10, "processed_total": 11},
            {"granted": 10, "other": None},
            {"granted": 10, "processed_total": None},
        )
        shares = analysis.outcome_composition(frame, by=["report_year"])
        assert set(shares["requests"]) == {10}
        assert shares.attrs["dropped"] == {
            "a part is blank": 1,
            "the parts do not add up to the total": 1,
            "the total is blank": 1,
        }

    def test_nothing_concluded_has_no_share(self) -> None:
        shares = analysis.outcome_composition(outcomes({}), by=["report_year"])
        assert shares["share"].isna().all()
        assert set(shares["requests"]) == {0}
        assert shares["small"].all()

    def test_the_move_between_groups_in_2021_is_told(self) -> None:
        frame = outcomes({"granted": 3, "form": "t2019", "report_year": 2020}, {"granted": 3})
        caveats = analysis.outcome_composition(frame, by=["report_year"]).attrs["caveats"]
        assert [caveat.split(",")[0] for caveat in caveats] == ["unable", "other"]
        one_form = analysis.outcome_composition(outcomes({"granted": 3}), by=["report_year"])
        assert one_form.attrs["caveats"] == []

    def test_scopes_are_kept_apart(self) -> None:
        frame = outcomes({"granted": 3}, {"granted": 3, "scope": "level_aggregate"})
        with pytest.raises(DisclosureError, match="level_aggregate and own_organ"):
            analysis.outcome_composition(frame, by=["report_year"])

    def test_a_group_names_the_files_behind_it(self) -> None:
        rows = [{"granted": 1, "file": f"literal/{name}.html"} for name in "dcba"]
        shares = analysis.outcome_composition(outcomes(*rows), by=["report_year"])
        assert shares["files"].iloc[0] == "literal/a.html; literal/b.html; literal/c.html … +1"


class TestProcurement:
    def test_unknown_units_and_blanks_are_counted_not_guessed(self) -> None:
        known = analysis.procurement(
            procurement(
                {},
                {"amount": 8040, "amount_yuan": None, "unit_source": "unknown"},
                {"amount": None, "amount_yuan": None, "unit_source": None},
                {"unit_source": "inferred", "amount_flags": "read:unit"},
            )
        )
        assert list(known["amount_yuan"]) == [1_200_000, 1_200_000]
        assert list(known["inferred"]) == [False, True]
        assert list(known["flagged"]) == [False, True]
        assert known.attrs["dropped"] == {
            "the amount is blank or unreadable": 1,
            "the unit is not known": 1,
        }

    def test_a_zero_needs_no_unit(self) -> None:
        zero = {"amount": 0, "amount_yuan": None, "unit_source": "unknown"}
        known = analysis.procurement(procurement(zero))
        assert list(known["amount_yuan"]) == [0]

    def test_the_difference_of_definitions_is_told(self) -> None:
        assert "definition" in analysis.procurement(procurement({})).attrs["caveats"][0]

    def test_the_2021_form_never_asked(self) -> None:
        with pytest.raises(IncomparableForms, match="t2021"):
            analysis.procurement(procurement({"form": "t2021"}))


class TestCoverage:
    def test_counts_organs_in_each_state(self) -> None:
        table = analysis.coverage(
            coverage(
                {"flagged": 10},
                {"organ": "乙", "state": "no_tables", "facts": 0},
                {"organ": "丙", "state": "missing", "facts": None, "flagged": None, "scope": None},
                {"organ": "丙", "report_year": 2023},
            )
        )
        assert list(table["report_year"]) == [2022, 2023]
        first = table.iloc[0]
        assert (first["organs"], first["report"], first["no_tables"], first["missing"]) == (
            3, 1, 1, 1,
        )  # fmt: skip
        assert first["reported"] == pytest.approx(2 / 3)
        assert first["flagged_share"] == pytest.approx(10 / 200)

    def test_an_organ_with_two_scopes_counts_once(self) -> None:
        rows = coverage({"state": "no_tables", "facts": 0}, {"scope": "region_aggregate"})
        year = analysis.coverage(rows).iloc[0]
        assert (year["organs"], year["report"], year["no_tables"]) == (1, 1, 0)


@pytest.mark.parametrize(
    ("function", "rows"),
    [
        (analysis.grant_rate, outcomes),
        (lambda frame: analysis.grant_rate_by(frame, ["report_year"]), outcomes),
        (lambda frame: analysis.outcome_composition(frame, ["report_year"]), outcomes),
        (analysis.procurement, procurement),
        (analysis.coverage, coverage),
    ],
)
def test_collections_are_never_mixed(function, rows) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(DisclosureError, match="alpha, beta"):
        function(rows({"collection": "beta"}, {"collection": "alpha"}))


def test_metrics_and_crosswalk_name_concepts_of_the_forms_we_read() -> None:
    forms = resources.files("pipeline.forms")
    known = forms.joinpath("concepts.csv").read_text("utf-8")
    concepts = {row["concept"] for row in csv.DictReader(known.splitlines())}
    read = [
        row
        for row in analysis.reference("crosswalk")
        if forms.joinpath(f"{row['form']}.toml").is_file()
    ]
    named = [row["concepts"] for row in read]
    named += [f"{row['numerator']};{row['denominator']}" for row in analysis.reference("metrics")]
    assert len(read) > 20
    assert set(";".join(named).split(";")) - {""} <= concepts


def test_the_crosswalk_judges_every_step_but_the_first() -> None:
    verdicts = {"same", "caveat", "crosswalk", "break"}
    first: set[str] = set()
    for row in analysis.reference("crosswalk"):
        if row["quantity"] in first:
            assert row["comparability"] in verdicts, row
        first.add(row["quantity"])
    for row in analysis.reference("breaks"):
        metrics = {metric["metric"] for metric in analysis.reference("metrics")}
        assert set(row["metrics"].split(";")) <= metrics
