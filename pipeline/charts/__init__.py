"""One function a chart: a mart of one collection in, an Altair chart with its caveats out.

A chart says above the drawing what it covers, what its shares are shares of, what was left out
and which build it shows; its tooltips name the file. Breaks between forms are drawn.
"""

from __future__ import annotations

from collections.abc import Callable

import altair as alt
import pandas as pd

from pipeline import analysis
from pipeline.charts import style
from pipeline.charts.files import save
from pipeline.charts.style import Drawn, Language, say

__all__ = [
    "CHARTS",
    "MARTS",
    "coverage_grid",
    "grant_rates",
    "outcome_composition",
    "procurement_amounts",
    "save",
]

ORGANS = 80  # rows that one chart can name


def coverage_grid(report_coverage: pd.DataFrame, language: Language = "zh") -> Drawn:
    """Organ × report year: report, report without tables, or missing; a dot grows with doubt.

    At most 80 organs, those with gaps first; the subtitle counts the rest.
    """
    style.refuse_empty(report_coverage, "report_coverage")
    rows = style.named_rows(report_coverage, language)
    rows["state_name"] = rows["state"].map(lambda state: say(state, language))
    rows["doubt"] = (rows["flagged"] / rows["facts"]).where(rows["facts"] > 0).fillna(0.0)
    gaps = (rows["state"] != "report").groupby(rows["row"]).sum()
    shown, hidden = style.most(gaps, list(rows["row"].unique()), ORGANS)

    fields = {"organ": "organ", "year": "report_year", "state": "state_name", "form": "forms"}
    years = alt.Axis(orient="top", labelAngle=0, ticks=False, domain=False)
    names = alt.Axis(labelLimit=320, ticks=False, domain=False)
    base = alt.Chart(style.plain(rows[rows["row"].isin(shown)])).encode(
        x=alt.X("report_year:O", title=say("year", language), axis=years),
        y=alt.Y("row:N", title=None, sort=shown, axis=names),
        tooltip=[
            *style.tooltips(language, **fields),
            *style.tooltips(language, "facts", "flagged", "file"),
        ],
    )
    cells = base.mark_rect(stroke="white", strokeWidth=2).encode(
        color=style.colours("state_name", "state", style.STATE_COLOURS, language)
    )
    dots = base.mark_circle(color="black", opacity=1).transform_filter("datum.doubt > 0")
    scale = alt.Scale(domain=[0, 0.5], range=[14, 170], clamp=True)
    legend = alt.Legend(format="%", values=[0.01, 0.1, 0.5])
    sized = dots.encode(
        size=alt.Size("doubt:Q", title=say("doubt", language), scale=scale, legend=legend)
    )
    chart = alt.layer(cells, sized).properties(width=alt.Step(46), height=alt.Step(22))
    counts = rows["state"].value_counts().reindex(list(analysis.STATES), fill_value=0)
    bare, missing = counts["no_tables"], counts["missing"]
    there = counts["report"] + bare
    subtitle = [
        say("coverage_counts", language, rows=len(rows), there=there, bare=bare, missing=missing),
        say("coverage_dots", language),
        *style.not_drawn(hidden, "hidden_organs", language),
    ]
    return style.finish(chart, report_coverage, "coverage_title", subtitle, language)


def outcome_composition(outcomes: pd.DataFrame, language: Language = "zh") -> Drawn:
    """What became of the applications concluded, by year, a panel a region, breaks drawn.

    Own-organ reports are pooled by county; an aggregate or a report of unknown scope has a panel
    of its own, so nothing counts twice. At most 12 panels, those with most applications.
    """
    style.refuse_empty(outcomes, "application_outcomes")
    areas = style.with_area(outcomes, language)
    shares = analysis.outcome_composition(areas, by=["report_year", "area", "scope"])
    style.refuse_empty(shares, "application_outcomes with known parts")
    ranks = {outcome: rank for rank, outcome in enumerate(style.OUTCOME_COLOURS)}
    shares["outcome_name"] = shares["outcome"].map(lambda outcome: say(outcome, language))
    shares["rank"] = shares["outcome"].map(ranks)
    years = style.span(outcomes)
    breaks = style.breaks_within("outcome_composition", years)

    x = style.year_axis(years, language)
    bars = (
        alt.Chart()
        .mark_bar()
        .encode(
            x=x,
            y=alt.Y("share:Q", title=say("share", language), axis=alt.Axis(format="%")),
            color=style.colours("outcome_name", "outcome", style.OUTCOME_COLOURS, language),
            order=alt.Order("rank:Q"),
            opacity=alt.when("datum.small").then(alt.value(0.4)).otherwise(alt.value(1)),
            tooltip=[
                *style.tooltips(language, area="area", year="report_year", outcome="outcome_name"),
                *style.percentages(language, "share"),
                *style.tooltips(language, "value", "requests", "reports"),
                *style.tooltips(language, flagged_reports="flagged", files="files"),
            ],
        )
    )
    numbers = style.numbers("requests", x, y=1).transform_filter("datum.outcome == 'granted'")
    layers = [bars, numbers, *([style.break_lines(breaks, years, language)] if breaks else [])]
    chart, hidden = style.panels(alt.layer(*layers), shares, "requests", areas)
    sums = shares[shares["outcome"] == "granted"][["reports", "requests"]].sum()
    names = [(row[language], row[f"note_{language}"]) for row in breaks]
    subtitle = [
        say("outcomes_counts", language, small=analysis.SMALL, **sums),
        *style.left_out(shares.attrs["dropped"], language),
        *(say("break_note", language, name=name, note=note) for name, note in names),
        *style.not_drawn(hidden, "hidden_areas", language),
    ]
    return style.finish(chart, outcomes, "outcomes_title", subtitle, language)


def grant_rates(outcomes: pd.DataFrame, language: Language = "zh") -> Drawn:
    """Pooled grant rate with its Wilson interval by year, panels as in `outcome_composition`."""
    style.refuse_empty(outcomes, "application_outcomes")
    areas = style.with_area(outcomes, language)
    rates = analysis.grant_rate_by(areas, by=["report_year", "area", "scope"])
    style.refuse_empty(rates, "application_outcomes with a known rate")
    x = style.year_axis(style.span(outcomes), language)
    scale, blue = alt.Scale(domain=[0, 1]), style.OUTCOME_COLOURS["granted"]
    base = alt.Chart().encode(
        x=x,
        tooltip=[
            *style.tooltips(language, area="area", year="report_year"),
            *style.percentages(language, "rate", "low", "high"),
            *style.tooltips(language, "numerator", requests="n", reports="reports"),
            *style.tooltips(language, flagged_reports="flagged", files="files"),
        ],
    )
    axis = alt.Axis(format="%", grid=True, gridColor="#eeeeee")
    y = alt.Y("low:Q", title=say("rate", language), scale=scale, axis=axis)
    intervals = base.mark_rule(color=blue, strokeWidth=2).encode(y=y, y2="high:Q")
    fill = alt.when("datum.small").then(alt.value("white")).otherwise(alt.value(blue))
    points = base.mark_point(size=60, color=blue, opacity=1, strokeWidth=2).encode(
        y=alt.Y("rate:Q"), fill=fill
    )
    numbers = style.numbers("n", x, y=1)
    chart, hidden = style.panels(alt.layer(intervals, points, numbers), rates, "n", areas)
    counts = {"reports": rates["reports"].sum(), "requests": rates["n"].sum()}
    subtitle = [
        say("rates_counts", language, **counts),
        say("rates_marks", language, small=analysis.SMALL),
        *style.left_out(rates.attrs["dropped"], language),
        *style.not_drawn(hidden, "hidden_areas", language),
    ]
    return style.finish(chart, outcomes, "rates_title", subtitle, language)


def procurement_amounts(procurement_totals: pd.DataFrame, language: Language = "zh") -> Drawn:
    """Procurement as each organ states it, where the form asks for it; never summed or ranked.

    At most 80 organs, those with the largest amounts, in the order of their region codes.
    """
    style.refuse_empty(procurement_totals, "procurement_totals")
    known = analysis.procurement(procurement_totals)
    style.refuse_empty(known, "procurement_totals with a known unit")
    rows = style.named_rows(known, language)
    rows["wan"] = rows["amount_yuan"] / 10_000
    rows["year"] = rows["report_year"].astype("int64").astype(str)
    rows["sound"] = ~(rows["inferred"] | rows["flagged"])
    shown, hidden = style.most(rows.groupby("row")["wan"].max(), list(rows["row"].unique()), ORGANS)

    year = alt.Scale(domain=sorted(rows["year"].unique()), range=style.YEAR_COLOURS)
    points = (
        alt.Chart(style.plain(rows[rows["row"].isin(shown)]))
        .mark_point(size=70, strokeWidth=2, opacity=1)
        .encode(
            y=alt.Y("row:N", title=None, sort=shown, axis=alt.Axis(labelLimit=320, grid=True)),
            x=alt.X(
                "wan:Q",
                title=say("amount", language),
                scale=alt.Scale(type="symlog", padding=10, nice=False),
                axis=alt.Axis(values=[0, 1, 10, 100, 1000, 10_000, 100_000], format=",d"),
            ),
            color=alt.Color("year:N", title=say("year", language), scale=year),
            fill=alt.Fill("year:N", title=say("year", language), scale=year),
            fillOpacity=alt.when("datum.sound").then(alt.value(1)).otherwise(alt.value(0)),
            tooltip=[
                *style.tooltips(language, organ="organ", year="year", amount_wan="wan"),
                *style.tooltips(language, printed="amount_text", unit_source="unit_source"),
                *style.tooltips(language, "projects", "form", "file", where="where_printed"),
            ],
        )
    )
    chart = alt.layer(points).properties(width=460, height=alt.Step(22))
    counts = {"reports": len(rows), "doubtful": (~rows["sound"]).sum()}
    subtitle = [
        say("procurement_counts", language, **counts),
        *style.left_out(known.attrs["dropped"], language),
        say("procurement_note", language),
        *style.not_drawn(hidden, "hidden_organs", language),
    ]
    return style.finish(chart, procurement_totals, "procurement_title", subtitle, language)


CHARTS: dict[str, Callable[..., Drawn]] = {
    "coverage": coverage_grid,
    "outcomes": outcome_composition,
    "grant-rate": grant_rates,
    "procurement": procurement_amounts,
}
MARTS: dict[str, str] = {
    "coverage": "report_coverage",
    "outcomes": "application_outcomes",
    "grant-rate": "application_outcomes",
    "procurement": "procurement_totals",
}
