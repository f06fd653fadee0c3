"""How every chart looks and speaks: theme, colours, words in both languages, shared marks."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import Any, Literal

import altair as alt
import pandas as pd

from pipeline import analysis
from pipeline.charts.files import own_text
from pipeline.errors import DisclosureError

AREAS = 12  # panels that one chart can hold
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

Row = Mapping[str, str]
Drawn = alt.LayerChart | alt.FacetChart


@cache
def words() -> Mapping[str, Row]:
    """The rows of words.csv: a key, and the word for it in each language."""
    return {row["key"]: row for row in csv.DictReader(own_text("words.csv").splitlines())}


def say(key: str, language: Language, **figures: object) -> str:
    """A word in the reader's language, or a sentence with its figures; else the key itself."""
    text = words().get(key, {language: key})[language]
    return text.format(**figures) if figures else text


def left_out(dropped: Mapping[str, int], language: Language) -> list[str]:
    """How many reports a figure leaves out, and why."""
    if not dropped:
        return []
    comma, colon = ("，", " ") if language == "zh" else (", ", ": ")
    reasons = (f"{say(reason, language)}{colon}{count}" for reason, count in dropped.items())
    total = sum(dropped.values())
    return [say("left_out", language, total=total, reasons=comma.join(reasons))]


def not_drawn(count: int, key: str, language: Language) -> list[str]:
    """What a chart has no room for."""
    return [say(key, language, count=count)] if count else []


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


def scope_suffix(scope: object, language: Language) -> str:
    """What follows an organ's name when the report is not about that organ alone."""
    if scope == "own_organ" or not isinstance(scope, str):
        return ""
    return f"（{say(scope, language)}）" if language == "zh" else f" ({say(scope, language)})"


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


def panels(
    panel: Drawn, rows: pd.DataFrame, weight: str, outcomes: pd.DataFrame
) -> tuple[Drawn, int]:
    """The same drawing once for each area, and how many areas it has no room for.

    Counties stand by region code, then what has a panel for its scope.
    """
    apart = outcomes.assign(apart=outcomes["scope"] != "own_organ")
    areas = apart.sort_values(["apart", "region_code", "area"])["area"].unique()
    shown, hidden = most(rows.groupby("area")[weight].sum(), list(areas), AREAS)
    facet = alt.Facet("area:N", title=None, sort=shown)
    sized = panel.properties(width=alt.Step(36), height=190)
    # Shared x axes would be drawn under the empty places of the last row.
    data = plain(rows[rows["area"].isin(shown)])
    faceted: alt.FacetChart = sized.facet(facet=facet, columns=3, data=data)
    return faceted.resolve_axis(x="independent"), hidden


def finish(
    chart: Drawn, source: pd.DataFrame, title: str, subtitle: list[str], language: Language
) -> Drawn:
    """Title, subtitle, and as its last line the collection and the build that is drawn."""
    drawn = {"collection": analysis.one_collection(source), "build": source.attrs.get("build", "")}
    lines = [*subtitle, say("caption", language, **drawn)]
    text = alt.TitleParams(say(title, language), subtitle=lines)
    finished: Drawn = chart.properties(title=text).configure(**json.loads(own_text("theme.json")))
    return finished
