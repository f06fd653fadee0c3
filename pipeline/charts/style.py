"""How every chart looks and speaks: theme, colours, words in both languages, shared marks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Literal

import altair as alt
import pandas as pd

from pipeline import analysis
from pipeline.charts.files import FONTS
from pipeline.errors import DisclosureError

Language = Literal["zh", "en"]
# Okabe and Ito's colours: told apart with any colour vision.
STATE_COLOURS = {"report": "#56B4E9", "no_tables": "#E69F00", "missing": "#E6E6E6"}
OUTCOME_COLOURS = {
    "granted": "#0072B2",
    "partial": "#56B4E9",
    "denied": "#D55E00",
    "unable": "#E69F00",
    "not_processed": "#999999",
    "other": "#CC79A7",
}
YEAR_COLOURS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"]
DASHES = [[5, 3], [1, 3], [8, 2, 2, 2]]

THEME: Mapping[str, Any] = {
    "font": FONTS,
    "background": "white",
    "title": {
        "anchor": "start",
        "frame": "group",
        "fontSize": 16,
        "subtitleFontSize": 12,
        "subtitleColor": "#555555",
        "subtitleLineHeight": 17,
        "subtitlePadding": 6,
        "offset": 14,
    },
    "axis": {"labelFontSize": 11, "titleFontSize": 11, "titleFontWeight": "normal", "grid": False},
    "legend": {"labelFontSize": 11, "titleFontSize": 11, "labelLimit": 420, "titleLimit": 420},
    "header": {"labelFontSize": 12, "labelAnchor": "start", "labelLimit": 260},
    "view": {"stroke": None},
}

WORDS: Mapping[str, tuple[str, str]] = {
    "report": ("有年报", "report"),
    "no_tables": ("有年报，无表格", "report without tables"),
    "missing": ("缺失", "missing"),
    "granted": ("予以公开", "granted"),
    "partial": ("部分公开", "granted in part"),
    "denied": ("不予公开", "denied"),
    "unable": ("无法提供", "cannot provide"),
    "not_processed": ("不予处理", "not processed"),
    "other": ("其他处理", "other"),
    "own_organ": ("本机关", "own organ"),
    "level_aggregate": ("本级汇总", "level aggregate"),
    "region_aggregate": ("本地区汇总", "region aggregate"),
    "unknown": ("范围不明", "scope unknown"),
    "the total is blank": ("总计空白", "the total is blank"),
    "a part is blank": ("分项空白", "a part is blank"),
    "the parts do not add up to the total": ("分项之和不等于总计", "parts do not add up"),
    "granted or partial is blank": ("予以公开或部分公开空白", "granted or partial is blank"),
    "no application was concluded": ("没有办结的申请", "no application was concluded"),
    "more granted than concluded": ("公开数多于办结数", "more granted than concluded"),
    "the unit is not known": ("单位不明", "the unit is not known"),
    "the amount is blank or unreadable": (
        "金额空白或无法辨认",
        "the amount is blank or unreadable",
    ),
    "organ": ("机关", "Organ"),
    "year": ("报告年度", "Report year"),
    "state": ("状态", "State"),
    "file": ("文件", "File"),
    "files": ("文件", "Files"),
    "where": ("位置", "Where"),
    "form": ("表式", "Form"),
    "facts": ("数字", "Figures"),
    "flagged": ("存疑的数字", "Flagged figures"),
    "doubt": ("存疑数字占比", "Share of figures flagged"),
    "flagged_reports": ("有存疑数字的报告", "Reports with a flagged figure"),
    "outcome": ("处理结果", "Outcome"),
    "share": ("占办结总数", "Share of concluded"),
    "value": ("件数", "Applications"),
    "requests": ("办结总数", "Concluded"),
    "reports": ("报告数", "Reports"),
    "area": ("地区", "Region"),
    "break": ("断点", "Break"),
    "rate": ("公开率", "Grant rate"),
    "low": ("95% 下限", "95 % low"),
    "high": ("95% 上限", "95 % high"),
    "numerator": ("予以公开+部分公开", "Granted in full or in part"),
    "no_region": ("地区不明", "region unknown"),
    "amount": ("采购金额（万元，对数刻度）", "Amount (10 000 yuan, log scale)"),
    "amount_wan": ("金额（万元）", "Amount (10 000 yuan)"),
    "printed": ("原文", "As printed"),
    "unit_source": ("单位来源", "Source of the unit"),
    "projects": ("项目数", "Projects"),
}


Row = Mapping[str, str]
Sentence = tuple[str, str]  # Chinese, English
Drawn = alt.LayerChart | alt.FacetChart


def say(key: str, language: Language) -> str:
    """A word of the charts in the reader's language; the key itself where it is none of ours."""
    return WORDS.get(key, (key, key))[language == "en"]


def lines(language: Language, *sentences: Sentence | None) -> list[str]:
    """The subtitle: one line a sentence, absent sentences left out."""
    return [sentence[language == "en"] for sentence in sentences if sentence]


def left_out(dropped: Mapping[str, int]) -> Sentence | None:
    """How many reports a figure leaves out, and why."""
    if not dropped:
        return None
    zh = "，".join(f"{say(reason, 'zh')} {count}" for reason, count in dropped.items())
    en = ", ".join(f"{say(reason, 'en')}: {count}" for reason, count in dropped.items())
    total = sum(dropped.values())
    return f"未计入 {total} 份报告（{zh}）。", f"Reports left out: {total} ({en})."


def not_drawn(count: int, zh: str, en: str) -> Sentence | None:
    """What a chart has no room for."""
    return (f"另有 {count} 个{zh}未画出。", f"{count} more {en} are not drawn.") if count else None


def refuse_empty(frame: pd.DataFrame, what: str) -> None:
    """A chart of nothing would look like a chart of zeros."""
    if frame.empty:
        raise DisclosureError(f"there is nothing to draw: {what} has no rows")


def plain(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with what a chart can hold: no decimals, no nullable types, no attributes."""
    drawn = pd.DataFrame(frame.astype(object).where(frame.notna(), None))
    drawn = drawn.map(lambda value: float(value) if isinstance(value, Decimal) else value)
    return drawn.infer_objects()


def most(weights: pd.Series[Any], ordered: Sequence[str], limit: int) -> tuple[list[str], int]:
    """The `limit` heaviest names in the given order, and how many that leaves out."""
    kept = set(weights.sort_values(ascending=False, kind="stable").index[:limit])
    return [name for name in ordered if name in kept], max(0, len(weights) - limit)


def named_rows(frame: pd.DataFrame, language: Language) -> pd.DataFrame:
    """Adds `row`, the organ's name with its scope unless that is its own; by region code."""
    rows = frame.sort_values(["region_code", "organ", "report_year"], na_position="last")
    known = rows["scope"].fillna(rows.groupby("organ")["scope"].transform("first"))
    return rows.assign(row=rows["organ"] + known.map(lambda scope: scope_suffix(scope, language)))


def with_area(outcomes: pd.DataFrame, language: Language) -> pd.DataFrame:
    """Adds `area`: the county for reports on one organ; the organ itself for any other scope."""
    county = outcomes["county_name"].fillna("").replace("", pd.NA)
    place = county.fillna(outcomes["region_name"]).fillna(say("no_region", language))
    whole = outcomes["organ"] + outcomes["scope"].map(lambda scope: scope_suffix(scope, language))
    return outcomes.assign(area=place.where(outcomes["scope"] == "own_organ", whole))


def areas_in_order(areas: pd.DataFrame) -> list[str]:
    """Counties by region code, then what has a panel for its scope."""
    apart = areas.assign(apart=areas["scope"] != "own_organ")
    return list(apart.sort_values(["apart", "region_code", "area"])["area"].unique())


def scope_suffix(scope: object, language: Language) -> str:
    """What follows an organ's name when the report is not about that organ alone."""
    if scope == "own_organ" or not isinstance(scope, str):
        return ""
    return f"（{say(scope, 'zh')}）" if language == "zh" else f" ({say(scope, 'en')})"


def tooltips(language: Language, *fields: str, **titled: str) -> list[alt.Tooltip]:
    """Fields under their own word, or under another one given as word=field."""
    named = {**{field: field for field in fields}, **titled}
    return [alt.Tooltip(f"{field}:N", title=say(word, language)) for word, field in named.items()]


def percentages(language: Language, *fields: str) -> list[alt.Tooltip]:
    """Fields between 0 and 1, shown as percentages."""
    return [alt.Tooltip(f"{field}:Q", title=say(field, language), format=".1%") for field in fields]


def colours(field: str, word: str, scale: Mapping[str, str], language: Language) -> alt.Color:
    """A fixed colour for each category, the legend in the order given."""
    return alt.Color(
        f"{field}:N",
        title=say(word, language),
        scale=alt.Scale(domain=[say(key, language) for key in scale], range=list(scale.values())),
    )


def span(frame: pd.DataFrame) -> list[int]:
    """Every year from the first to the last: a gap must show as a gap."""
    years = frame["report_year"].dropna().astype("int64")
    return list(range(int(years.min()), int(years.max()) + 1))


def year_axis(years: Sequence[int], language: Language) -> alt.X:
    """Report years as bands, none left out."""
    return alt.X(
        "report_year:O",
        title=say("year", language),
        scale=alt.Scale(domain=list(years), paddingInner=0.25, paddingOuter=0.2),
        axis=alt.Axis(labelAngle=0, ticks=False),
    )


def breaks_within(metric: str, years: Sequence[int]) -> list[Row]:
    """The breaks between the first and the last of these years that concern the metric."""
    return [
        row
        for row in analysis.reference("breaks")
        if metric in row["metrics"].split(";") and years[0] < int(row["year"]) <= years[-1]
    ]


def break_lines(breaks: Sequence[Row], years: Sequence[int], language: Language) -> alt.Chart:
    """A line before the first year of each break, named in a legend of dashes."""
    names = [row[language] for row in breaks]
    frame = pd.DataFrame({"report_year": [int(row["year"]) for row in breaks], "name": names})
    rules: alt.Chart = (
        alt.Chart(frame)
        .mark_rule(color="black", strokeWidth=1.5, xOffset=-4)
        .encode(
            x=alt.X("report_year:O", bandPosition=0, scale=alt.Scale(domain=list(years))),
            strokeDash=alt.StrokeDash(
                "name:N",
                title=say("break", language),
                scale=alt.Scale(domain=names, range=DASHES[: len(names)]),
            ),
            tooltip=[alt.Tooltip("name:N", title=say("break", language))],
        )
    )
    return rules


def numbers(field: str, x: alt.X, y: float) -> alt.Chart:
    """The number of applications behind a bar or a point."""
    mark = alt.Chart().mark_text(dy=-11, fontSize=10, color="#333333")
    text = alt.Text(f"{field}:Q", format=",")
    placed: alt.Chart = mark.encode(x=x, y=alt.YDatum(y), text=text)
    return placed


def panels(panel: Drawn, frame: pd.DataFrame, shown: Sequence[str]) -> Drawn:
    """The same drawing once for each area."""
    facet = alt.Facet("area:N", title=None, sort=list(shown))
    sized = panel.properties(width=alt.Step(36), height=190)
    # Shared x axes would be drawn under the empty places of the last row.
    faceted: alt.FacetChart = sized.facet(facet=facet, columns=3, data=plain(frame))
    apart: Drawn = faceted.resolve_axis(x="independent")
    return apart


def finish(
    chart: Drawn, source: pd.DataFrame, title: Sentence, subtitle: list[str], language: Language
) -> Drawn:
    """Title, subtitle, and as its last line the collection and the build that is drawn."""
    collection, build = analysis.one_collection(source), source.attrs.get("build", "")
    caption = (f"集合 {collection} · 构建 {build}", f"Collection {collection} · build {build}")
    text = alt.TitleParams(title[language == "en"], subtitle=[*subtitle, *lines(language, caption)])
    drawn: Drawn = chart.properties(title=text).configure(**THEME)
    return drawn
