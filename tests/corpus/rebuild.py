"""Write the corpus: each case in every format, and the printed cells that its page was made from.

    python -m tests.corpus.rebuild

`facts.csv` comes from the figures a page is printed from, never from reading the page. A case with a
`page.md` is printed from that; one with `rows.csv` or `annex.md` gets rows below those that it names,
or an annex; `edits.csv` puts other words into a row's cell, counted from its first, or, without a row,
into the prose and the labels. Their `facts.csv` is kept by hand. Cases that are not in `cases.csv` are
written by hand altogether. `variety.csv` says what each case is for.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from pipeline.sample.collection import Planned, entries, page_of, written
from pipeline.sample.layout import Block, Box, Page, Para, Table
from pipeline.sample.places import TOWNS, Town

HERE = Path(__file__).parent
# Of other counties; `regions.csv` has them, and `edits.csv` puts their county's name into the prose.
ELSEWHERE = (
    Town("北京街道", "990222001", "subdistrict", 2),
    Town("铁石城镇", "990222100", "town", 1),
    Town("西九镇", "990222101", "town", 1),
    Town("苇渡镇", "990123100", "town", 1),
    Town("蓼湾乡", "990123200", "township", 0),
)
GONE = "(gone)"  # instead of a cell or a paragraph
BY_HAND = ("page.md", "rows.csv", "annex.md", "edits.csv")
COLUMNS = ("concept", "applicant", "text", "status", "value", "unit")


def cases() -> list[dict[str, str]]:
    with (HERE / "cases.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def planned(case: dict[str, str], suffix: str) -> Planned:
    town = next(town for town in (*TOWNS, *ELSEWHERE) if town.name == case["town"])
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


def page(case: dict[str, str], suffix: str) -> Page:
    """The page of a case, as the format with this suffix is to print it."""
    folder = HERE / case["case"]
    if not case["town"]:
        blocks = tuple(_blocks(folder / "page.md"))
        oddities = ("pipes",) if suffix == "md" else tuple(case["oddities"].split(";"))
        return Page(getattr(blocks[0], "text", ""), blocks, oddities)
    made = page_of(planned(case, suffix))
    rows = tuple(_with_rows(block, folder / "rows.csv") for block in made.blocks)
    edits = _rows(folder / "edits.csv")
    blocks = [_edited(block, edits) for block in (*rows, *_blocks(folder / "annex.md"))]
    title = "".join(b.text for b in blocks if isinstance(b, Para) and b.style == "title")
    kept = tuple(block for block in blocks if not isinstance(block, Para) or block.text != GONE)
    return replace(made, title=title, blocks=kept)


def _blocks(path: Path) -> Iterator[Block]:
    """Titles after #, headings after ##, tables between pipes, and paragraphs."""
    rows: list[tuple[Box, ...]] = []
    for line in [*path.read_text("utf-8").split("\n"), ""] if path.exists() else ():
        if line.startswith("|"):
            rows.append(tuple(Box(text.strip()) for text in line.strip("|").split("|")))
            continue
        if rows:
            yield Table(tuple(rows), (40, *(10,) * (len(rows[0]) - 1)))
            rows = []
        if line:
            style = {"# ": "title", "##": "heading"}.get(line[:2], "body")
            yield Para(line.lstrip("# "), style)


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _with_rows(block: Block, path: Path) -> Block:
    if not isinstance(block, Table):
        return block
    rows = list(block.rows)
    for row in _rows(path):
        named = [i for i, boxes in enumerate(rows) if boxes and row["after"] in boxes[0].text]
        if named:
            rows.insert(named[0] + 1, tuple(Box(text) for text in row["printed"].split("|")))
    return replace(block, rows=tuple(rows))


def _edited(block: Block, edits: list[dict[str, str]]) -> Block:
    """`row` is the beginning of any of a row's cells, `at` the number of a cell in that row."""
    for edit in edits:
        if isinstance(block, Table):
            block = replace(block, rows=tuple(_edited_row(row, edit) for row in block.rows))
        elif not edit["row"]:
            block = replace(block, text=block.text.replace(edit["at"], edit["instead"]))
    return block


def _edited_row(row: tuple[Box, ...], edit: dict[str, str]) -> tuple[Box, ...]:
    if not edit["row"]:
        return tuple(replace(b, text=b.text.replace(edit["at"], edit["instead"])) for b in row)
    if not any(box.text.startswith(edit["row"]) for box in row):
        return row
    at = int(edit["at"])
    other = () if edit["instead"] == GONE else (replace(row[at], text=edit["instead"]),)
    return (*row[:at], *other, *row[at + 1 :])


def main() -> None:
    for case in cases():
        folder = HERE / case["case"]
        folder.mkdir(exist_ok=True)
        suffixes = case["suffixes"].split()
        for suffix in suffixes:
            (folder / f"source.{suffix}").write_bytes(written(page(case, suffix), suffix))
        if any((folder / name).exists() for name in BY_HAND):
            continue
        with (folder / "facts.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow(COLUMNS)
            for (concept, applicant), entry in entries(planned(case, suffixes[0])).items():
                value = "" if entry.value is None else f"{entry.value.normalize():f}"
                row = (concept, applicant, entry.text, entry.status, value, entry.unit)
                writer.writerow(row)


if __name__ == "__main__":
    main()
