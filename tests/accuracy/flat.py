"""Tables as flattened text: what copying a page, or a program that makes text of it, leaves of them.

Nothing here knows how such text is read. One layout holds for the whole file, its prose too.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from unicodedata import east_asian_width

from pipeline.sample.layout import Block, Table, place
from tests.accuracy.page import Cell, Draft

END = "\ue000"  # where a text that ends in a table ends; no page prints this character
_GAP = 2  # spaces between the columns of a row of spaces, at least


@dataclass(frozen=True, slots=True)
class Flat:
    """One row of layouts.csv: whether the mix draws it, whether a blank cell is to be seen."""

    name: str
    in_mix: bool
    traces_blanks: bool


@cache
def flat_layouts() -> dict[str, Flat]:
    """The committed layouts of flattened text by their names."""
    with (Path(__file__).parent / "layouts.csv").open(encoding="utf-8", newline="") as stream:
        return {
            row["layout"]: Flat(
                row["layout"], row["in_mix"] == "yes", row["traces_blanks"] == "yes"
            )
            for row in csv.DictReader(stream)
        }


def untraced(made: Draft) -> list[Cell]:
    """The figures of rows in which a blank cell has left no trace."""
    if made.layout not in flat_layouts() or flat_layouts()[made.layout].traces_blanks:
        return []
    rows = [[c for c in row if c.key] for sheet in made.sheets for row in sheet.rows]
    return [cell for row in rows if not all(c.text.strip() for c in row) for cell in row]


def flattened(blocks: Sequence[Block], layout: str) -> bytes:
    """Paragraphs and tables as text in one of the layouts."""
    writer, end = _CELL_A_LINE.get(layout, (None, "\n"))
    pieces: list[str] = []
    for block in blocks:
        if not isinstance(block, Table):
            pieces.append(block.text)
        elif writer:
            pieces += writer(block)
        else:
            pieces += _ROW_A_LINE[layout](_unbroken(block))
    text = "".join(
        piece.replace("\n", end) + end
        if piece or layout != "empty_line_after_cells"
        else "\n"  # a blank cell adds one empty line, not the two of a cell
        for piece in pieces
    )
    return text.encode()


def _unbroken(table: Table) -> Table:
    rows = tuple(tuple(replace(b, text=b.text.replace("\n", " ")) for b in r) for r in table.rows)
    return Table(rows, table.widths)


def _cells(table: Table) -> list[list[str]]:
    """The rows with each cell once, where it begins."""
    return [[box.text for box in row] for row in table.rows]


def _cells_in_order(table: Table) -> list[str]:
    return [cell for row in _cells(table) for cell in row]


def _missing(rows: list[list[str]]) -> Iterator[tuple[list[str], str]]:
    """Each row, and a pipe for each cell that the longest row has more."""
    longest = max(map(len, rows))
    for row in rows:
        yield row, "|" * (longest - len(row))


def _pipe_after_cells(table: Table) -> list[str]:
    lines: list[str] = []
    for row, missing in _missing(_cells(table)):
        lines += [f"{cell} |" if cell else "|" for cell in row]
        lines += filter(None, [missing])
    return lines


def _pipe_between_lines(table: Table) -> list[str]:
    return [line for cell in _cells_in_order(table) for line in ((cell, "|") if cell else ("|",))]


def _pipe_before_lines(table: Table) -> list[str]:
    return [
        "| " + "".join(f"\n {cell}  | " for cell in row) + missing
        for row, missing in _missing(_cells(table))
    ]


def _pipes_at_end(table: Table) -> list[str]:
    return [
        "".join(f"{cell} | " for cell in row).rstrip(" ") + (missing and f" {missing}")
        for row, missing in _missing(_cells(table))
    ]


def _pipes_at_both_ends(table: Table) -> list[str]:
    return [f"| {line} " for line in _pipes_at_end(table)]


def _columns_of_spaces(table: Table) -> list[str]:
    placed = list(place(table))
    end = max(p.col + p.box.colspan for p in placed)
    starts = [0] * (end + 1)
    for col in range(1, end + 1):
        ending = [p for p in placed if p.col + p.box.colspan == col]
        needed = [starts[p.col] + _columns(p.box.text) + _GAP for p in ending]
        starts[col] = max([starts[col - 1], *needed])
    lines = [""] * len(table.rows)
    for p in placed:
        line = lines[p.row]
        lines[p.row] = line + " " * (starts[p.col] - _columns(line)) + p.box.text
    return [line.rstrip() for line in lines]


def _columns(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return sum(2 if east_asian_width(char) in "WFA" else 1 for char in text.replace(END, ""))


def _four_spaces(table: Table) -> list[str]:
    return ["    ".join(filter(None, row)) for row in _cells(table)]


def _one_space(table: Table) -> list[str]:
    return [" ".join(filter(None, row)) for row in _cells(table)]


def _filled(table: Table) -> list[list[str]]:
    width = max(p.col + p.box.colspan for p in place(table))
    grid = [[""] * width for _ in table.rows]
    for p in place(table):
        for row in grid[p.row : p.row + p.box.rowspan]:
            row[p.col : p.col + p.box.colspan] = [p.box.text] * p.box.colspan
    return grid


def _filled_tabs(table: Table) -> list[str]:
    return ["\t".join(row) for row in _filled(table)]


def _filled_pipes(table: Table) -> list[str]:
    first, *rest = (f"| {' | '.join(row)} |" for row in _filled(table))
    return ["", first, "|" + " --- |" * (first.count("|") - 1), *rest, ""]


_Writer = Callable[[Table], list[str]]
_CELL_A_LINE: dict[str, tuple[_Writer, str]] = {
    "empty_line_after_cells": (_cells_in_order, "\n\n"),
    "empty_line_after_all": (_cells_in_order, "\n\n"),
    "two_empty_lines": (_cells_in_order, "\n\n\n"),
    "cells_in_order": (_cells_in_order, "\n"),
    "pipe_after_cells": (_pipe_after_cells, "\n"),
    "pipe_between_lines": (_pipe_between_lines, "\n"),
    "pipe_before_lines": (_pipe_before_lines, "\n"),
}
_ROW_A_LINE: dict[str, _Writer] = {
    "pipes_at_end": _pipes_at_end,
    "pipes_at_both_ends": _pipes_at_both_ends,
    "columns_of_spaces": _columns_of_spaces,
    "four_spaces": _four_spaces,
    "one_space": _one_space,
    "filled_tabs": _filled_tabs,
    "filled_pipes": _filled_pipes,
}
