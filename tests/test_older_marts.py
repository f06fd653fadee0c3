"""The figures of 2014 and 2008 in the warehouse: with their own basis, each period for itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.model import Fact
from pipeline.warehouse import mart
from tests.literal_reports import TOWN, built, fact, report

UNCONFIRMED = ("read:form_unconfirmed",)
ANNEXED = (
    fact("t14_disclosed_total", "318", form="t2014", unit="条", flags=UNCONFIRMED),
    fact("t14_req_received", "12", form="t2014", unit="件", flags=UNCONFIRMED),
    fact("normative_docs_newly_made", "4", form="t2019"),
    fact("req_received_new", "12", form="t2019"),
)


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCLOSURE_DATA", str(tmp_path))


def local(concept: str, **periods: str) -> list[Fact]:
    """A row of the table of 2008, under the columns of these periods."""
    return [
        fact(f"t08_{concept}", text, form="t2008_local", period=period)
        for period, text in periods.items()
    ]


def counts() -> dict[str, tuple[float, str, str]]:
    frame = mart("disclosure_counts")
    columns = zip(
        *(frame[name] for name in ("measure", "value", "form", "count_basis")), strict=True
    )
    return {measure: (float(value), form, basis) for measure, value, form, basis in columns}


def test_the_year_of_a_table_with_several_periods_is_what_counts() -> None:
    applications = local("req_total", period="1", cumulative="2")
    disclosed = local("disclosed_total", period="30", cumulative="55")
    built(report([*disclosed, *applications], year=2009))
    assert counts() == {"t08_disclosed_total": (30, "t2008_local", "disclosed_2008")}


def test_a_period_shorter_than_the_year_is_left_out() -> None:
    built(
        report(
            [
                *local("disclosed_total", period="52", year_to_date="146"),
                *local("service_info", period="11", year_to_date="11"),
            ],
            year=2011,
        )
    )
    assert set(counts()) == {"t08_service_info"}


def test_both_forms_of_one_report_count_on_their_own_basis() -> None:
    built(report(ANNEXED, year=2019))
    assert counts() == {
        "normative_docs_newly_made": (4, "t2019", "made_in_year"),
        "t14_disclosed_total": (318, "t2014", "disclosed_once_2014"),
    }


def test_older_requests_are_no_outcomes_of_the_new_forms() -> None:
    old = report(local("req_total", period="1", cumulative="2"), year=2009)
    built(old, report(ANNEXED, year=2019))
    frame = mart("application_outcomes")
    assert frame[["organ", "report_year", "form"]].values.tolist() == [[TOWN, 2019, "t2019"]]


def test_what_has_accumulated_goes_on_from_the_year_before() -> None:
    built(
        report(
            [
                *local("disclosed_total", period="30", cumulative="55"),
                *local("req_total", period="1", cumulative="2"),
            ],
            year=2009,
        ),
        report(
            [
                *local("disclosed_total", period="20", cumulative="75"),
                *local("req_total", period="4", cumulative="7"),
            ],
            year=2010,
        ),
    )
    (row,) = mart("findings").to_dict("records")
    assert (row["check_id"], row["report_year"], row["severity"]) == ("T08-CUM", 2010, "warning")
    assert row["cells"] == "t08_req_total@cumulative;t08_req_total@period"
    assert row["message"] == (
        "t08_req_total 7 since the beginning, but 2 until 2009 and 4 in the year make 6"
    )
