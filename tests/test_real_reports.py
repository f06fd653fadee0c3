"""Three complete reports as their publishers released them, cell by cell.

They lie in `shared/real` beside the checkout and are not part of it.
"""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli import main
from pipeline.doubt import Verdict
from pipeline.extract import extract
from pipeline.model import Status, UnitSource, ZeroBasis

SHARED = Path(__file__).parents[2] / "shared"
REAL = SHARED / "real"
TONGYUAN = REAL / "tongyuan2019/report.txt"
SHANGHAI = REAL / "shanghai_office2019/report.html"
HONGZE = REAL / "hzq2024/report.pdf"

pytestmark = pytest.mark.skipif(
    not REAL.is_dir(), reason="the real reports are not beside the checkout"
)


def _report(path):
    (report,) = extract(path)
    return report


def _printed(report):
    return {f.key: f for f in report.facts if f.status is not Status.DERIVED}


def _derived(report):
    return {f.key: f for f in report.facts if f.status is Status.DERIVED}


@pytest.mark.parametrize(
    ("path", "cells"), [(TONGYUAN, 198), (SHANGHAI, 198), (HONGZE, 186)], ids=lambda p: str(p)[-25:]
)
def test_every_gold_cell_is_right_and_unflagged(path, cells, tmp_path):
    result = CliRunner().invoke(main, ["extract", str(path), "--csv"])
    assert result.exit_code == 0
    extracted = tmp_path / "extracted.csv"
    extracted.write_text(result.output, encoding="utf-8")
    scored = subprocess.run(
        [sys.executable, SHARED / "score.py", path.parent / "gold.csv", extracted],
        capture_output=True,
        text=True,
        check=False,
    )
    assert scored.stdout.strip() == (
        f"{cells} of {cells} right, {cells} of them unflagged, 0 invented, 0 twice, 0 silent"
    )


@pytest.mark.parametrize(
    ("path", "organ", "code", "year", "forms"),
    [
        (TONGYUAN, "浙江省嘉兴市海盐县通元镇人民政府", "330424106", 2019, ("t2019",)),
        (SHANGHAI, "上海市人民政府办公厅", "310000", 2019, ("t2019",)),
        (HONGZE, "江苏省淮安市洪泽区人民政府", "320813", 2024, ("t2019", "t2021")),
    ],
    ids=["tongyuan", "shanghai", "hongze"],
)
def test_who_where_and_when(path, organ, code, year, forms):
    report = _report(path)
    identity = report.identity
    assert (identity.organ, identity.region_code, identity.report_year) == (organ, code, year)
    assert report.forms == forms
    assert {e.field for e in identity.evidence} >= {"organ", "region_code", "report_year"}


def test_tongyuan_procurement_has_its_unit_from_the_cell():
    printed = _printed(_report(TONGYUAN))
    assert printed["procurement_projects"].value == 548
    amount = printed["procurement_amount"]
    assert amount.amount_yuan == 3_879_510
    assert (amount.text, amount.unit_source) == ("387.951万元", UnitSource.CELL)


def test_tongyuan_narrative_adds_up_and_is_explained():
    report = _report(TONGYUAN)
    (total,) = [f for f in report.narrative if f.concept == "nar_disclosed_total"]
    parts = [f for f in report.narrative if f.concept == "nar_disclosed_category"]
    assert total.value == 202
    assert len(parts) == 8
    assert sum(part.value for part in parts) == 202
    assert total.sentence[total.start : total.end] == "202"
    (explained,) = [f for f in report.findings if f.check == "N-REQ"]
    assert explained.verdict is Verdict.PASS
    assert "2 件 = 本年新收 1 + 上年结转 1" in explained.message


def test_tongyuan_balance_holds_with_a_derived_total():
    report = _report(TONGYUAN)
    assert _printed(report)["req_processed_total/total"].status is Status.BLANK
    assert _derived(report)["req_processed_total/total"].value == 2
    verdicts = {
        f.verdict
        for f in report.findings
        if f.check == "S3-BAL" and "req_received_new/total" in f.cells
    }
    assert verdicts == {Verdict.ASSUMED_ZERO}
    assert _printed(report)["req_outcome_partial/total"].zero_basis is ZeroBasis.IMPLIED
    assert not [f for f in report.findings if f.verdict is Verdict.FAIL]


def test_shanghai_headers_and_money():
    printed = _printed(_report(SHANGHAI))
    assert printed["procurement_amount"].amount_yuan == 251_000
    for row in ("licensing", "other_services", "penalty", "coercion"):
        for column in ("items_prev_year", "items_change", "decisions"):
            assert printed[f"{row}_{column}"].value == 0
    derived = _derived(_report(SHANGHAI))
    assert derived["req_outcome_granted/total"].value == 272
    share = (derived["req_outcome_granted/total"].value + 3) / printed[
        "req_processed_total/total"
    ].value
    assert round(share * 100, 2) == Decimal("34.16")


def test_hongze_keeps_the_offices_own_figure_apart_from_the_districts():
    report = _report(HONGZE)
    assert _printed(report)["req_received_new/total"].value == 95
    (received,) = [f for f in report.narrative if f.concept == "nar_req_received"]
    assert received.value == 17
    (unexplained,) = [f for f in report.findings if f.check == "N-REQ"]
    assert unexplained.verdict is Verdict.FAIL
