"""DataFrame → DataFrame: rates with intervals, shares, amounts, coverage.

Every metric takes a mart of one collection and leaves in `.attrs` what a reader must be told:
`build`, `dropped` (reason → rows left out) and `caveats` (sentences); `coverage`, which drops
nothing, leaves `build`. Reports of different scope are never added together, and figures that no
crosswalk bridges are never compared.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from itertools import pairwise

import pandas as pd
from statsmodels.stats.proportion import proportion_confint

from pipeline.errors import DisclosureError, IncomparableForms

SMALL = 10  # a rate over fewer applications is noise
STATES = ("report", "no_tables", "missing")

PROCUREMENT_CAVEAT = (
    "the form defines neither the unit of the amount nor what counts as a project: "
    "a difference between organs may be a difference of definition"
)
UNKNOWN_SCOPE_CAVEAT = (
    "it is not known whether these reports speak for one organ or for several: "
    "their sum may count an application twice"
)


@cache
def reference(name: str) -> tuple[Mapping[str, str], ...]:
    """The rows of `reference/<name>.csv`: metrics, crosswalk or breaks."""
    text = resources.files("pipeline.reference").joinpath(f"{name}.csv").read_text("utf-8")
    return tuple(csv.DictReader(text.splitlines()))


def definition(metric: str) -> Mapping[str, str]:
    """The row of `reference/metrics.csv` that defines a metric."""
    return next(row for row in reference("metrics") if row["metric"] == metric)


def terms(metric: str) -> tuple[list[str], list[str]]:
    """The columns of `application_outcomes` that a metric adds up above and below its line.

    A concept's column is called like it: req_outcome_granted is granted, req_carried_in carried_in.
    """
    rule = definition(metric)
    numerator, denominator = (
        [concept.removeprefix("req_").removeprefix("outcome_") for concept in side.split(";")]
        for side in (rule["numerator"], rule["denominator"])
    )
    return numerator, denominator


OUTCOMES = tuple(terms("outcome_composition")[0])


def grant_rate(outcomes: pd.DataFrame) -> pd.DataFrame:
    """Share of concluded applications that were granted in full or in part.

    One row of `application_outcomes` in, one row out, with `numerator` (granted + partial),
    `denominator` and `n` (processed_total), `rate`, `low`, `high` (Wilson 95 %) and `small`
    (n < 10). Flagged reports stay, marked by `flagged`; reports whose rate is not known are
    dropped and counted by reason in `.attrs["dropped"]`.
    Source of the formula: 上海市普陀区 2022H1, 81/263 = 30.80 %.
    Raises IncomparableForms when the frame spans a break that no crosswalk bridges.
    """
    known, dropped = _rateable(outcomes)
    return _described(_with_interval(known), outcomes, "grant_rate", dropped)


def grant_rate_by(outcomes: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """The pooled grant rate of each group: sum of granted + partial over sum of processed_total.

    Columns: `by`, reports, flagged (reports with a doubtful cell), files (at most three names),
    and those of `grant_rate`.
    The interval treats applications as independent draws.
    Raises DisclosureError when a group would add reports of different scope.
    """
    known, dropped = _rateable(outcomes)
    caveats = _refuse_double_counting(known, by)
    pooled = _pooled(known, by, ["numerator", "denominator"])
    return _described(_with_interval(pooled), outcomes, "grant_rate", dropped, caveats)


def outcome_composition(outcomes: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """What became of the applications concluded, as six shares of processed_total per group.

    Columns: `by`, outcome, value, share (NaN where nothing was concluded), reports, requests,
    flagged, small, files (at most three names). A report of which a part is not known, or whose
    parts do not add up to its total, is dropped and counted in `.attrs["dropped"]`.
    Raises DisclosureError when a group would add reports of different scope.
    """
    rows = _with_terms(outcomes, "outcome_composition")
    reasons = {
        "the total is blank": rows["denominator"].isna(),
        "a part is blank": rows["numerator"].isna(),
        "the parts do not add up to the total": rows["numerator"] != rows["denominator"],
    }
    known, dropped = _without(rows, reasons)
    caveats = _refuse_double_counting(known, by)
    totals = _pooled(known, by, ["denominator", *OUTCOMES])
    totals = totals.rename(columns={"denominator": "requests"})
    totals = totals.astype(dict.fromkeys(("requests", *OUTCOMES), "int64"))
    names = [*by, "reports", "requests", "flagged", "files"]
    long = totals.melt(names, list(OUTCOMES), var_name="outcome")
    long["share"] = (long["value"] / long["requests"]).where(long["requests"] > 0)
    long["small"] = long["requests"] < SMALL
    return _described(long, outcomes, "outcome_composition", dropped, caveats)


def procurement(procurement_totals: pd.DataFrame) -> pd.DataFrame:
    """Procurement amounts in yuan, one row a report whose amount has a unit.

    Adds `inferred` (the unit is a guess) and `flagged`. Amounts without a unit, and blanks, are
    left out and counted in `.attrs["dropped"]`; a zero needs no unit. Never summed here: what
    counts as a project differs within one county.
    """
    one_collection(procurement_totals)
    rows = _numbers(procurement_totals, ("projects", "amount", "amount_yuan"))
    rows["amount_yuan"] = rows["amount_yuan"].mask(rows["amount"] == 0, 0.0)
    rows["inferred"] = rows["unit_source"] == "inferred"
    rows["flagged"] = (rows[["projects_flags", "amount_flags"]].fillna("") != "").any(axis=1)
    reasons = {
        "the amount is blank or unreadable": rows["amount"].isna(),
        "the unit is not known": rows["amount_yuan"].isna(),
    }
    known, dropped = _without(rows, reasons)
    caveats = [PROCUREMENT_CAVEAT]
    return _described(known, procurement_totals, "procurement_amount", dropped, caveats)


def coverage(report_coverage: pd.DataFrame) -> pd.DataFrame:
    """How many of the organs a collection knows have a report, a row a report year.

    Columns: report_year, organs, report, no_tables, missing (organs in that state; one with
    reports of several scopes counts once, in its best state), facts, flagged, reported
    (share of organs with a report), flagged_share.
    """
    one_collection(report_coverage)
    rows = _numbers(report_coverage, ("facts", "flagged"))
    rows["rank"] = rows["state"].map({state: rank for rank, state in enumerate(STATES)})
    organs = rows.groupby(["report_year", "organ"], as_index=False)["rank"].min()
    years = rows.groupby("report_year")[["facts", "flagged"]].sum()
    counts = pd.crosstab(organs["report_year"], organs["rank"].map(dict(enumerate(STATES))))
    table = counts.reindex(columns=list(STATES), fill_value=0)
    table.insert(0, "organs", table.sum(axis=1))
    table = table.join(years.astype("int64")).reset_index()
    table.columns.name = None
    table["reported"] = (table["report"] + table["no_tables"]) / table["organs"]
    table["flagged_share"] = (table["flagged"] / table["facts"]).where(table["facts"] > 0)
    table.attrs = {"build": report_coverage.attrs.get("build", "")}
    return table


def one_collection(frame: pd.DataFrame) -> str:
    """The collection the frame holds; raises DisclosureError naming them when it holds several."""
    names = sorted(frame["collection"].dropna().unique())
    if len(names) > 1:
        raise DisclosureError(
            f"the frame mixes the collections {', '.join(names)}; ask for one of them"
        )
    return names[0] if names else ""


def require_comparable(metric: str, frame: pd.DataFrame) -> list[str]:
    """What must be said beside this metric of these reports; raises IncomparableForms."""
    rule = definition(metric)
    families = sorted({str(form).split("+")[0] for form in frame["form"].dropna()})
    valid = rule["forms"].split(";")
    strange = [family for family in families if family not in valid]
    if strange:
        raise IncomparableForms(
            f"{metric} is not defined on {', '.join(strange)}, only on {', '.join(valid)}; "
            "leave those reports out"
        )
    first, last = int(rule["first_year"]), int(rule["last_year"] or 9999)
    years = sorted({int(year) for year in frame["report_year"].dropna()})
    outside = [year for year in years if not first <= year <= last]
    if outside:
        raise IncomparableForms(
            f"{metric} is defined from {first} to {rule['last_year'] or 'now'} and the frame "
            f"holds {', '.join(map(str, outside))}; leave those years out"
        )
    return _bridges(metric, f"{rule['numerator']};{rule['denominator']}", families)


def _bridges(metric: str, concepts: str, families: list[str]) -> list[str]:
    """The caveats of every crosswalk row between the oldest and the newest of the forms."""
    asked, caveats = set(concepts.split(";")), []
    rows = reference("crosswalk")
    quantities = {row["quantity"] for row in rows if asked & set(row["concepts"].split(";"))}
    for row in rows:
        if row["quantity"] not in quantities or not families[:1] < [row["form"]] <= families[-1:]:
            continue
        if row["comparability"] not in ("same", "caveat", ""):
            raise IncomparableForms(
                f"{metric}: {row['quantity']} is another quantity from {row['form']} on: "
                f"{row['note']}; compare within one form"
            )
        if row["comparability"] == "caveat":
            caveats.append(f"{row['quantity']}, from {row['form']} on: {row['note']}")
    return caveats


def _with_terms(outcomes: pd.DataFrame, metric: str) -> pd.DataFrame:
    """Adds `numerator` and `denominator`; NaN where any of their columns is."""
    one_collection(outcomes)
    above, below = terms(metric)
    rows = _numbers(outcomes, (*above, *below))
    return rows.assign(
        numerator=rows[above].sum(axis=1, skipna=False),
        denominator=rows[below].sum(axis=1, skipna=False),
    )


def _rateable(outcomes: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, int]]:
    rows = _with_terms(outcomes, "grant_rate")
    reasons = {
        "the total is blank": rows["denominator"].isna(),
        f"{' or '.join(terms('grant_rate')[0])} is blank": rows["numerator"].isna(),
        "no application was concluded": rows["denominator"] == 0,
        "more granted than concluded": rows["numerator"] > rows["denominator"],
    }
    return _without(rows, reasons)


def _without(
    rows: pd.DataFrame, reasons: Mapping[str, pd.Series[bool]]
) -> tuple[pd.DataFrame, dict[str, int]]:
    """The rows that no reason takes, and how many each takes; of several the first one does."""
    dropped = {}
    left = pd.Series(True, index=rows.index)
    for reason, applies in reasons.items():
        dropped[reason] = int((left & applies).sum())
        left &= ~applies
    counts = {reason: dropped[reason] for reason in sorted(dropped) if dropped[reason]}
    return rows[left].reset_index(drop=True), counts


def _pooled(rows: pd.DataFrame, by: Sequence[str], sums: Sequence[str]) -> pd.DataFrame:
    """One row a group: its reports, how many are flagged, the sums, and three files at most."""

    def some_names(files: pd.Series[str]) -> str:
        names = sorted(files.dropna().unique())
        return "; ".join(names[:3]) + (f" … +{len(names) - 3}" if len(names) > 3 else "")

    return (
        rows.groupby(list(by), dropna=False, sort=True)
        .agg(
            reports=("flagged", "size"),
            flagged=("flagged", "sum"),
            **{name: (name, "sum") for name in sums},
            files=("file", some_names),
        )
        .reset_index()
    )


def _with_interval(rows: pd.DataFrame) -> pd.DataFrame:
    whole = rows.astype({"numerator": "int64", "denominator": "int64"})
    rates = whole.assign(n=whole["denominator"], rate=rows["numerator"] / rows["denominator"])
    low, high = proportion_confint(
        rows["numerator"].to_numpy(), rows["denominator"].to_numpy(), method="wilson"
    )
    return rates.assign(low=low, high=high, small=rates["n"] < SMALL)


def _refuse_double_counting(rows: pd.DataFrame, by: Sequence[str]) -> list[str]:
    """Aggregates contain the reports of their organs: adding the two counts a request twice."""
    caveats = [UNKNOWN_SCOPE_CAVEAT] if (rows["scope"] == "unknown").any() else []
    for group, members in rows.groupby(list(by), dropna=False):
        name = ", ".join(str(part) for part in group)
        scopes = sorted(members["scope"].dropna().unique())
        if len(scopes) > 1:
            raise DisclosureError(
                f"{name}: {' and '.join(scopes)} reports cannot be added, one may contain the "
                'other; group by "scope" too, or keep one scope'
            )
        if scopes == ["region_aggregate"]:
            _refuse_nested(name, members)
    return caveats


def _refuse_nested(name: str, members: pd.DataFrame) -> None:
    for year, rows in members.groupby("report_year", dropna=False):
        named = zip(rows["region_code"].fillna(""), rows["organ"].fillna(""), strict=True)
        regions = sorted((_prefix(code), organ) for code, organ in named)
        for (outer, whole), (inner, part) in pairwise(regions):
            if inner.startswith(outer):
                raise DisclosureError(
                    f"{name}: in {year} the figures of {whole} cover the region of {part}; "
                    "keep one of them"
                )


def _prefix(code: str) -> str:
    """330400 is the city that 330424 lies in: what its codes begin with."""
    return code.removesuffix("00").removesuffix("00") if len(code) == 6 else code


def _numbers(frame: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """A copy with the columns as floats: DuckDB hands DECIMAL over as objects or nullable types."""
    return frame.assign(
        **{name: pd.to_numeric(frame[name]).astype("Float64").astype("float64") for name in columns}
    )


def _described(
    result: pd.DataFrame,
    source: pd.DataFrame,
    metric: str,
    dropped: dict[str, int],
    caveats: Sequence[str] = (),
) -> pd.DataFrame:
    said = [*require_comparable(metric, source), *caveats]
    result.attrs = {"build": source.attrs.get("build", ""), "dropped": dropped, "caveats": said}
    return result
