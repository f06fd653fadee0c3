"""Reports as text pulled out of web pages and word processors: tables without their rules."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.sample.layout import Page, Table, crossing, place

NBSP = "\N{NO-BREAK SPACE}"


def write_text(page: Page) -> bytes:
    """A tab before every cell and a line a cell, unless an oddity asks for another layout."""
    layout = next((_LAYOUTS[odd] for odd in page.oddities if odd in _LAYOUTS), _tab_led)
    lines: list[str] = []
    for block in page.blocks:
        if isinstance(block, Table):
            lines += layout(block, NBSP if "nbsp" in page.oddities else "")
        else:
            lines.append(block.text)
    encoding = "gb18030" if "gb18030" in page.oddities else "utf-8"
    return ("\n".join(lines) + "\n").encode(encoding)


def _rows(table: Table, blank: str) -> list[list[str]]:
    """Rows as a word processor hands them over: a cell merged downwards leaves blanks."""
    rows: list[list[str]] = []
    for nth, boxes in enumerate(crossing(table)):
        rows.append([(p.box.text if p.row == nth else "") or blank for p in boxes])
    return rows


def _tab_led(table: Table, blank: str) -> list[str]:
    lines = [""]
    for row in _rows(table, blank):
        lines += [f"\t{cell}" for cell in row] + [""]
    return lines


def _line_a_cell(table: Table, blank: str) -> list[str]:
    return [cell.replace("\n", "") for row in _rows(table, blank) for cell in row]


def _line_a_row(table: Table, blank: str) -> list[str]:
    return ["\t".join(row).replace("\n", "") for row in _rows(table, blank)]


def _pipes(table: Table, blank: str) -> list[str]:
    grid = [[blank] * len(table.widths) for _ in table.rows]
    for placed in place(table):
        grid[placed.row][placed.col] = placed.box.text.replace("\n", "<br>") or blank
    lines = [f"| {' | '.join(row)} |" for row in grid]
    return ["", lines[0], "|" + " --- |" * len(table.widths), *lines[1:], ""]


_LAYOUTS: dict[str, Callable[[Table, str], list[str]]] = {
    "line_a_cell": _line_a_cell,
    "line_a_row": _line_a_row,
    "pipes": _pipes,
}
