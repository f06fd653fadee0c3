"""Write the corpus: each case in every format, and the printed cells that its page was made from.

    python -m tests.corpus.rebuild

`facts.csv` comes from the figures a page is printed from, never from reading the page.
"""

from __future__ import annotations

import csv
from pathlib import Path

from pipeline.sample.collection import Planned, entries, render
from pipeline.sample.places import TOWNS

HERE = Path(__file__).parent
COLUMNS = ("concept", "applicant", "text", "status", "value", "unit")


def cases() -> list[dict[str, str]]:
    with (HERE / "cases.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def planned(case: dict[str, str], suffix: str) -> Planned:
    town = next(town for town in TOWNS if town.name == case["town"])
    oddities = tuple(filter(None, case["oddities"].split(";")))
    if suffix == "md":
        oddities = (*oddities, "pipes")
    return Planned(
        f"source.{suffix}",
        town.organ,
        town.code,
        int(case["year"]),
        case["table_two"],
        case["table_three"],
        oddities,
        town,
    )


def main() -> None:
    for case in cases():
        folder = HERE / case["case"]
        folder.mkdir(exist_ok=True)
        suffixes = case["suffixes"].split()
        for suffix in suffixes:
            (folder / f"source.{suffix}").write_bytes(render(planned(case, suffix)))
        with (folder / "facts.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow(COLUMNS)
            for (concept, applicant), entry in entries(planned(case, suffixes[0])).items():
                value = "" if entry.value is None else f"{entry.value.normalize():f}"
                row = (concept, applicant, entry.text, entry.status, value, entry.unit)
                writer.writerow(row)


if __name__ == "__main__":
    main()
