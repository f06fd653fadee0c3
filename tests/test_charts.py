"""Charts: what is drawn, what is said beside it, and files that work offline."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from lxml import html

from pipeline import charts
from pipeline.charts import files as chart_files
from pipeline.charts.files import find_cjk_font
from pipeline.errors import DisclosureError
from tests.mart_frames import BUILD, coverage, outcomes, procurement

FRAMES = {
    "report_coverage": coverage({}, {"report_year": 2023, "state": "missing", "file": None}),
    "application_outcomes": outcomes({"granted": 12, "denied": 8}),
    "procurement_totals": procurement({}),
}


def drawn_rows(specification: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows of the chart's main data set."""
    rows: list[dict[str, Any]] = specification["datasets"][specification["data"]["name"]]
    return rows


def layer(specification: dict[str, Any], mark: str) -> dict[str, Any]:
    """The first layer with that mark."""
    layers = specification.get("spec", specification)["layer"]
    return next(part for part in layers if part["mark"]["type"] == mark)


def subtitle(specification: dict[str, Any]) -> str:
    return "\n".join(specification["title"]["subtitle"])


@pytest.mark.parametrize("name", sorted(charts.CHARTS))
class TestEveryChart:
    @pytest.mark.parametrize("language", ["zh", "en"])
    def test_says_what_it_is_and_which_build(self, name: str, language: str) -> None:
        title = charts.CHARTS[name](FRAMES[charts.MARTS[name]], language).to_dict()["title"]
        assert BUILD in title["subtitle"][-1]
        assert "literal" in title["subtitle"][-1]
        assert bool(re.search("[一-鿿]", title["text"])) == (language == "zh")

    def test_every_point_leads_to_a_file(self, name: str) -> None:
        specification = charts.CHARTS[name](FRAMES[charts.MARTS[name]]).to_dict()
        part = specification.get("spec", specification)["layer"][0]
        fields = {tooltip["field"] for tooltip in part["encoding"]["tooltip"]}
        files = [row.get("file") or row.get("files") for row in drawn_rows(specification)]
        assert fields & {"file", "files"}
        assert "literal/a.html" in files

    def test_is_the_same_every_time(self, name: str) -> None:
        frame = FRAMES[charts.MARTS[name]]
        once, again = (json.dumps(charts.CHARTS[name](frame).to_dict()) for _ in "12")
        assert once == again

    def test_refuses_to_mix_collections(self, name: str) -> None:
        frame = FRAMES[charts.MARTS[name]]
        mixed = pd.concat([frame, frame.assign(collection="another")])
        with pytest.raises(DisclosureError, match="another, literal"):
            charts.CHARTS[name](mixed)

    def test_refuses_to_draw_nothing(self, name: str) -> None:
        with pytest.raises(DisclosureError, match="nothing to draw"):
            charts.CHARTS[name](FRAMES[charts.MARTS[name]].iloc[:0])


class TestCoverageGrid:
    def test_states_have_fixed_colours_in_a_fixed_order(self) -> None:
        scale = layer(charts.coverage_grid(coverage({})).to_dict(), "rect")["encoding"]["color"]
        assert scale["scale"]["domain"] == ["有年报", "有年报，无表格", "缺失"]
        assert len(set(scale["scale"]["range"])) == 3

    def test_missing_is_counted_and_drawn_as_missing(self) -> None:
        gone = {
            "report_year": 2023,
            "state": "missing",
            "facts": None,
            "flagged": None,
            "file": None,
        }
        specification = charts.coverage_grid(coverage({}, {**gone, "scope": None}), "en").to_dict()
        assert "1 of 2 organ-years have a report (0 without tables), 1 are missing" in subtitle(
            specification
        )
        rows = {row["report_year"]: row for row in drawn_rows(specification)}
        assert rows[2023]["state_name"] == "missing"
        assert rows[2022]["row"] == rows[2023]["row"]

    def test_the_dot_is_the_share_of_flagged_figures(self) -> None:
        specification = charts.coverage_grid(coverage({"flagged": 50}, {"organ": "乙"})).to_dict()
        assert sorted(row["doubt"] for row in drawn_rows(specification)) == [0, 0.25]
        assert layer(specification, "circle")["transform"] == [{"filter": "datum.doubt > 0"}]

    def test_too_many_organs_show_those_with_gaps_and_count_the_rest(self) -> None:
        rows = [{"organ": f"机关{number:03}", "region_code": str(number)} for number in range(90)]
        rows[77]["state"] = "missing"
        specification = charts.coverage_grid(coverage(*rows)).to_dict()
        organs = {row["organ"] for row in drawn_rows(specification)}
        assert len(organs) == 80
        assert "机关077" in organs
        assert "另有 10 个机关未画出" in subtitle(specification)


class TestOutcomeComposition:
    def test_shares_add_to_one_and_keep_the_order_of_the_form(self) -> None:
        specification = charts.outcome_composition(outcomes({"granted": 3, "unable": 9})).to_dict()
        bar = layer(specification, "bar")["encoding"]
        assert bar["color"]["scale"]["domain"] == [
            "予以公开", "部分公开", "不予公开", "无法提供", "不予处理", "其他处理",
        ]  # fmt: skip
        rows = drawn_rows(specification)
        assert sum(row["share"] for row in rows) == pytest.approx(1)
        assert [row["rank"] for row in sorted(rows, key=lambda row: row["rank"])] == [*range(6)]
        assert bar["order"]["field"] == "rank"

    def test_breaks_are_drawn_only_where_the_years_cross_them(self) -> None:
        def breaks(*years: int) -> list[str]:
            rows = [{"granted": 20, "report_year": year} for year in years]
            specification = charts.outcome_composition(outcomes(*rows)).to_dict()
            rules = [
                part for part in specification["spec"]["layer"] if part["mark"]["type"] == "rule"
            ]
            return [
                row["name"]
                for rule in rules
                for row in specification["datasets"][rule["data"]["name"]]
            ]

        assert breaks(2019, 2024) == ["2021 新表", "2024 复议法"]
        assert breaks(2020, 2021) == ["2021 新表"]
        assert breaks(2021, 2023) == []

    def test_a_year_without_reports_keeps_its_place(self) -> None:
        rows = [{"granted": 20, "report_year": year} for year in (2021, 2023)]
        specification = charts.outcome_composition(outcomes(*rows)).to_dict()
        assert layer(specification, "bar")["encoding"]["x"]["scale"]["domain"] == [2021, 2022, 2023]

    def test_an_aggregate_has_a_panel_of_its_own(self) -> None:
        frame = outcomes(
            {"granted": 20},
            {"granted": 30, "organ": "示例县乙镇人民政府"},
            {"granted": 90, "organ": "示例县人民政府", "scope": "region_aggregate"},
        )
        rows = drawn_rows(charts.outcome_composition(frame).to_dict())
        assert {row["area"]: row["requests"] for row in rows} == {
            "示例县": 50,
            "示例县人民政府（本地区汇总）": 90,
        }

    def test_says_what_it_leaves_out(self) -> None:
        frame = outcomes({"granted": 20}, {"processed_total": None}, {"processed_total": 7})
        said = subtitle(charts.outcome_composition(frame, "en").to_dict())
        assert "1 reports, 20 applications" in said
        assert "Reports left out: 2 (parts do not add up: 1, the total is blank: 1)" in said

    def test_few_applications_are_marked(self) -> None:
        frame = outcomes({"granted": 9}, {"granted": 10, "report_year": 2023})
        rows = drawn_rows(charts.outcome_composition(frame).to_dict())
        assert {row["report_year"]: row["small"] for row in rows} == {2022: True, 2023: False}


class TestGrantRates:
    def test_draws_the_interval_around_the_rate(self) -> None:
        specification = charts.grant_rates(outcomes({"granted": 81, "denied": 182})).to_dict()
        row = drawn_rows(specification)[0]
        assert row["rate"] == pytest.approx(81 / 263)
        assert row["low"] < row["rate"] < row["high"]
        rule = layer(specification, "rule")["encoding"]
        assert (rule["y"]["field"], rule["y2"]["field"]) == ("low", "high")


class TestProcurement:
    def test_draws_ten_thousand_yuan_and_says_what_is_unknown(self) -> None:
        frame = procurement({}, {"amount_yuan": None, "unit_source": "unknown", "organ": "乙"})
        specification = charts.procurement_amounts(frame).to_dict()
        assert [row["wan"] for row in drawn_rows(specification)] == [120]
        assert "未计入 1 份报告（单位不明 1）" in subtitle(specification)

    def test_an_inferred_unit_is_not_drawn_as_a_sound_one(self) -> None:
        frame = procurement({}, {"unit_source": "inferred", "organ": "乙"})
        rows = drawn_rows(charts.procurement_amounts(frame).to_dict())
        assert {row["organ"]: row["sound"] for row in rows} == {
            "乙": False,
            "示例县甲镇人民政府": True,
        }

    def test_every_amount_leads_to_its_cell(self) -> None:
        specification = charts.procurement_amounts(procurement({})).to_dict()
        fields = {tip["field"] for tip in layer(specification, "point")["encoding"]["tooltip"]}
        assert {"file", "where_printed", "amount_text", "unit_source"} <= fields


class TestFiles:
    def chart(self, organ: str = "示例县甲镇人民政府") -> Any:
        return charts.coverage_grid(coverage({"organ": organ}))

    def test_html_loads_nothing_and_lets_nothing_run(self, tmp_path: Path) -> None:
        path = charts.save(self.chart("</script><script>alert(1)</script>"), tmp_path / "a.html")
        text = path.read_text("utf-8")
        assert "<script>alert" not in text
        tree = html.document_fromstring(text)
        assert not tree.xpath("//@src | //link | //iframe | //img | //@href")
        assert len(tree.xpath("//script")) == 3
        policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
        assert policy.startswith("default-src 'none'; script-src 'sha256-")
        assert "unsafe-eval" not in policy
        assert not re.search(r"script-src[^;]*unsafe-inline", policy)
        specification = json.loads(tree.xpath("//script[@type='application/json']")[0].text)
        assert drawn_rows(specification)[0]["organ"] == "</script><script>alert(1)</script>"

    def test_svg_is_drawn(self, tmp_path: Path) -> None:
        text = charts.save(self.chart(), str(tmp_path / "a.svg")).read_text("utf-8")
        assert text.startswith("<svg")
        assert "示例县甲镇人民政府" in text

    def test_png_without_a_chinese_font_names_the_package(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("DISCLOSURE_FONT_DIRS", str(tmp_path))
        with pytest.raises(DisclosureError, match="fonts-noto-cjk"):
            charts.save(self.chart(), tmp_path / "a.png")
        assert not (tmp_path / "a.png").exists()

    def test_a_font_is_found_where_it_is_said_to_be(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("DISCLOSURE_FONT_DIRS", str(tmp_path))
        folder = tmp_path / "opentype"
        folder.mkdir()
        (folder / "DejaVuSans.ttf").touch()
        assert find_cjk_font() is None
        (folder / "NotoSansCJK-Regular.ttc").touch()
        assert find_cjk_font() == folder / "NotoSansCJK-Regular.ttc"

    def test_png_is_drawn_where_the_machine_has_a_chinese_font(self, tmp_path: Path) -> None:
        if find_cjk_font():
            content = charts.save(self.chart(), tmp_path / "a.png").read_bytes()
            assert content.startswith(b"\x89PNG\r\n\x1a\n")
        else:
            with pytest.raises(DisclosureError, match="fonts-noto-cjk"):
                charts.save(self.chart(), tmp_path / "a.png")

    def test_another_suffix_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(DisclosureError, match=r"\.html, \.svg or \.png"):
            charts.save(self.chart(), tmp_path / "a.gif")

    def test_the_bundle_cannot_end_its_element(self) -> None:
        assert "</script" not in chart_files.bundle().lower()
