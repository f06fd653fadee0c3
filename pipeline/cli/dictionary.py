"""docs/dictionary.md: every name that a figure, a flag or a finding can carry, from its one source.

It stands with the verbs because it prints for people what other rooms declare, and no room needs
it. `python -m pipeline.cli.dictionary` (`make docs`) writes it into the checkout.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.cli import catalogue
from pipeline.cli.catalogue import Known
from pipeline.doubt import Side, Use
from pipeline.warehouse import describe
from pipeline.warehouse.build import build_empty

TARGET = Path(__file__).parents[2] / "docs" / "dictionary.md"
_HEAD = """\
# Dictionary

Made by `make docs` from what the code and its tables declare; changes belong there. One kind of
doubt is explained by `disclosure doubts NAME`, a column of the warehouse by `disclosure query`.

[What is doubted](#what-is-doubted) · [May the figure be used?](#may-the-figure-be-used) ·
[Checks inside a report](#checks-inside-a-report) ·
[Checks between reports](#checks-between-reports) · [Concepts](#concepts) ·
[Applicants](#applicants) · [Metrics](#metrics) · [Marts](#marts)
"""
_DOUBTED = """\
A flag stands in the cells it is about; a finding in what `disclosure check` prints, and in the mart
`findings`. Every flag has a finding that says more. The side says who may be wrong:
"""
_USED = """\
A cell without a flag is vouched for. A cell with the status `unreadable` has no figure, whatever
its flag says.
"""
_INSIDE = """\
What should hold inside a report on one of these forms. Where it does not, the finding says `fail`,
and the cells that explain the break have the flag. Where a sum holds with every blank as 0, the
finding says `assumed_zero`, at `info`, and nothing is flagged.
"""
_MISREAD = """\
A sum that breaks in three rows or columns of a table alike says that the table is misread: all its
cells have a flag with `read:`, such as `read:S3-ROWSUM`, and the finding is `read_S3-ROWSUM`. This
can happen to
"""
_BETWEEN = """\
What should hold between two reports of a collection. A break is a finding of the later report, or
of the version that is not current, and flags no cell.
"""
_CONCEPTS = """\
What a cell of a form, or a figure in prose (`narrative`), counts. Those with a count basis are the
measures of `disclosure_counts`; figures of unlike bases are never joined.
"""


def dictionary() -> str:
    """The whole text."""
    return "\n".join(
        [
            *(_HEAD, "## What is doubted\n", _DOUBTED, *_sides(), *_doubts()),
            *("## May the figure be used?\n", _USED, *_uses()),
            *("## Checks inside a report\n", _INSIDE, *_inside()),
            *("## Checks between reports\n", _BETWEEN, *_between()),
            *("## Concepts\n", _CONCEPTS, *_rows_of("forms/concepts.csv")),
            *("## Applicants\n", *_rows_of("forms/applicants.csv")),
            *("## Metrics\n", *_rows_of("reference/metrics.csv")),
            *("## Marts\n", *_marts()),
        ]
    )


def _table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    for row in (header, ["---"] * len(header), *rows):
        yield f"| {' | '.join(map(_shown, row))} |"
    yield ""


def _shown(cell: object) -> str:
    """Text of a cell that Markdown does not take for a wall or for a tag."""
    return str(cell).replace("|", "\\|").replace("<", "&lt;")


def _code(text: str) -> str:
    return f"`{text}`" if text else ""


def _sides() -> Iterator[str]:
    for side in Side:
        yield f"- `{side}`: {side.en}. {side.zh}。"
    yield ""


def _uses() -> Iterator[str]:
    rows = ((_code(use), f"{use.en} {use.do_en}", f"{use.zh}{use.do_zh}") for use in Use)
    return _table(("use", "English", "中文"), rows)


def _doubts() -> Iterator[str]:
    rows = (
        (_flag(known), *_finding(known), _code(known.kind.use), known.en, known.zh)
        for known in catalogue.declared()
    )
    return _table(("flag", "finding", "severity", "use", "English", "中文"), rows)


def _inside() -> Iterator[str]:
    rows = (
        (*_finding(known), _flag(known), ", ".join(known.forms), known.kind.en, known.kind.zh)
        for known in catalogue.inside_reports()
    )
    yield from _table(("finding", "severity", "flag", "forms", "English", "中文"), rows)
    sums = ", ".join(_code(known.kind.name) for known in catalogue.misread())
    yield f"{_MISREAD}{sums}.\n"


def _between() -> Iterator[str]:
    rows = (
        (*_finding(known), known.kind.en, known.kind.zh) for known in catalogue.between_reports()
    )
    return _table(("finding", "severity", "English", "中文"), rows)


def _flag(known: Known) -> str:
    return _code(known.kind.flag) if known.kind.flags else ""


def _finding(known: Known) -> tuple[str, str]:
    return _code(known.kind.finding), known.kind.severity


def _rows_of(path: str) -> Iterator[str]:
    """A table of ours as it is, its first column the names."""
    lines = (files("pipeline") / path).read_text("utf-8").splitlines()
    header, *rows = csv.reader(lines)
    spaced = ([_spaced(cell) for cell in row[1:]] for row in rows)
    named = ((_code(row[0]), *cells) for row, cells in zip(rows, spaced, strict=True))
    return _table([name.replace("_", " ") for name in header], named)


def _spaced(cell: str) -> str:
    """Lists inside a cell may be broken over lines where they are shown."""
    return cell.replace("|", ", ").replace(";", ", ") if " " not in cell else cell


def _marts() -> Iterator[str]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "disclosure-empty.duckdb"
        build_empty(path)
        columns = describe(path)
    for (name, grain), rows in columns[columns["kind"] == "mart"].groupby(["table", "grain"]):
        yield f"### {name}\n\n{grain}\n"
        cells = zip(rows["column"].map(_code), rows["type"], rows["comment"], strict=True)
        yield from _table(("column", "type", "what it says"), cells)


if __name__ == "__main__":
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(dictionary(), "utf-8")
    print(TARGET)
