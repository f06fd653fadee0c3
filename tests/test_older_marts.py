"""The figures of 2014 and 2008 in the warehouse: with their own basis, each period for itself."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pipeline.warehouse import mart
from tests.literal_reports import TOWN, built, fact, report

UNCONFIRMED = ("read:form_unconfirmed",)


def _local(year: int, **figures: tuple[str, str]) -> object:
    return report(
        [
            fact(f"t08_{concept}", text, form="t2008_local", period=period)
            for concept, texts in figures.items()
            for period, text in zip(("period", "cumulative"), texts, strict=True)
        ],
        year=year,
    )


@pytest.fixture(scope="module", autouse=True)
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    reports = (
        _local(2009, disclosed_total=("30", "55"), req_total=("1", "2")),
        _local(2010, disclosed_total=("20", "75"), req_total=("4", "7")),
        report(
            [
                fact("t08_disclosed_total", "52", form="t2008_local", period="period"),
                fact("t08_disclosed_total", "146", form="t2008_local", period="year_to_date"),
                fact("t08_service_info", "11", form="t2008_local", period="period"),
                fact("t08_service_info", "11", form="t2008_local", period="year_to_date"),
            ],
            year=2011,
        ),
        report(
            [
                fact("t14_disclosed_total", "318", form="t2014", unit="条", flags=UNCONFIRMED),
                fact("t14_req_received", "12", form="t2014", unit="件", flags=UNCONFIRMED),
                fact("normative_docs_newly_made", "4", form="t2019"),
                fact("req_received_new", "12", form="t2019"),
            ],
            year=2019,
        ),
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DISCLOSURE_DATA", str(tmp_path_factory.mktemp("data")))
        built(*reports)
        yield


def _counts(year: int) -> dict[str, tuple[float, str, str]]:
    frame = mart("disclosure_counts", "sample")
    frame = frame[frame["report_year"] == year]
    columns = zip(
        *(frame[name] for name in ("measure", "value", "form", "count_basis")), strict=True
    )
    return {measure: (float(value), form, basis) for measure, value, form, basis in columns}


def test_the_year_of_a_table_with_several_periods_is_what_counts() -> None:
    assert _counts(2009) == {"t08_disclosed_total": (30, "t2008_local", "disclosed_2008")}


def test_a_period_shorter_than_the_year_is_left_out() -> None:
    assert set(_counts(2011)) == {"t08_service_info"}


def test_both_forms_of_one_report_count_on_their_own_basis() -> None:
    assert _counts(2019) == {
        "normative_docs_newly_made": (4, "t2019", "made_in_year"),
        "t14_disclosed_total": (318, "t2014", "disclosed_once_2014"),
    }


def test_older_requests_are_no_outcomes_of_the_new_forms() -> None:
    frame = mart("application_outcomes", "sample")
    assert frame[["organ", "report_year", "form"]].values.tolist() == [[TOWN, 2019, "t2019"]]


def test_what_has_accumulated_goes_on_from_the_year_before() -> None:
    frame = mart("findings", "sample")
    (row,) = frame[frame["check_id"] == "T08-CUM"].to_dict("records")
    assert (row["report_year"], row["severity"]) == (2010, "warning")
    assert row["cells"] == "t08_req_total@cumulative;t08_req_total@period"
    assert row["message"] == (
        "t08_req_total 7 since the beginning, but 2 until 2009 and 4 in the year make 6"
    )
