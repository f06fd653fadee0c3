"""One self-contained offline page: what a collection covers, what it says, what is doubtful."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Any

import jinja2
import pandas as pd

from pipeline import analysis, warehouse
from pipeline.charts import CHARTS, MARTS
from pipeline.charts.files import START, bundle, content_policy, embedded
from pipeline.charts.style import Language
from pipeline.errors import DisclosureError

LISTED = 300  # rows of a list that a reader can still look through


def write_page(path: Path, collection: str, language: Language = "zh") -> Path:
    """Writes the page of one collection of the current build; `language` is what opens first.

    Raises NoBuild, or DisclosureError when there is no such collection.
    """
    marts = {name: warehouse.mart(name, collection) for name in sorted(set(MARTS.values()))}
    files = warehouse.query(
        "select file, outcome, reason, remedy from raw_files where collection = $1 order by file",
        [collection],
    )
    flagged = warehouse.query(_text("flagged.sql"), [collection])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(render(marts, files, flagged, language), encoding="utf-8", newline="\n")
    return path


def render(
    marts: Mapping[str, pd.DataFrame],
    files: pd.DataFrame,
    flagged: pd.DataFrame,
    language: Language = "zh",
) -> str:
    """The page as HTML, in both languages, `language` shown first; it loads nothing.

    `marts` are those that `charts.MARTS` names, of one collection; `files` has file, outcome,
    reason, remedy; `flagged` has organ, report_year, file, where_printed, zh, en, text, flags.
    """
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["count"] = lambda value: f"{int(value):,}"
    environment.filters["percent"] = lambda share: "–" if pd.isna(share) else f"{share:.1%}"
    coverage = marts["report_coverage"]
    scripts = (bundle(), START, _text("switch.js"))
    return environment.from_string(_text("page.html.j2")).render(
        collection=analysis.one_collection(coverage),
        build=coverage.attrs.get("build", ""),
        first=language,
        summary=_summary(coverage, files),
        years=analysis.coverage(coverage).to_dict("records") if len(coverage) else [],
        charts={language: _charts(marts, language) for language in ("zh", "en")},
        breaks=analysis.reference("breaks"),
        flagged=flagged.head(LISTED).to_dict("records"),
        flagged_count=len(flagged),
        refused=files[files["outcome"].isin(["refused", "failed"])].to_dict("records"),
        policy=content_policy(scripts),
        scripts=scripts,
    )


def _text(name: str) -> str:
    return resources.files("pipeline.page").joinpath(name).read_text("utf-8")


def _summary(coverage: pd.DataFrame, files: pd.DataFrame) -> dict[str, Any]:
    there = coverage[coverage["state"] != "missing"]
    outcomes = files["outcome"].value_counts()
    years = there["report_year"].dropna().astype("int64")
    return {
        "files": int((files["outcome"] != "ignored").sum()),
        "refused": int(outcomes.get("refused", 0) + outcomes.get("failed", 0)),
        "reports": len(there),
        "facts": int(there["facts"].sum()),
        "flagged": int(there["flagged"].sum()),
        "organs": there["organ"].nunique(),
        "counties": there["county_name"].dropna().nunique(),
        "first": years.min() if len(years) else "–",
        "last": years.max() if len(years) else "–",
    }


def _charts(marts: Mapping[str, pd.DataFrame], language: Language) -> dict[str, dict[str, str]]:
    """For each chart its specification, or why there is none."""
    drawn = {}
    for name, draw in CHARTS.items():
        drawn[name] = {"specification": "", "refusal": ""}
        try:
            chart = draw(marts[MARTS[name]], language).to_dict()
            drawn[name]["specification"] = embedded(chart)
        except DisclosureError as error:
            drawn[name]["refusal"] = str(error)
    return drawn
