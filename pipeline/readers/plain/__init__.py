"""Text files: prose, and tables that lost their lines.

The layouts are told apart line by line: a tab before every cell with an empty line between rows,
rows written with pipes, with tabs or with spaces between the cells, and one cell a line. What an
empty line and a pipe mean in them is decided once for a file, from all of its lines (`Habits`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

from pipeline import doubt
from pipeline.errors import UnreadableDocument
from pipeline.model import Document, Grid, Status
from pipeline.readers.plain.habits import Habits, habits_of
from pipeline.readers.plain.lines import Block, Line, is_heading, is_prose
from pipeline.readers.plain.loose import loose
from pipeline.readers.plain.pipes import closed_blocks, piped
from pipeline.readers.plain.tabs import tab_led, tabbed
from pipeline.text import is_numeral, is_value_like, parse_value, squeezed, trimmed
from pipeline.text.decode import decode

_REST = re.compile(r"[.,]?\d+(?:[.,]\d+)*$")
_WALL = re.compile(r"(\t|\||[ \u3000\u00a0]{2,})")
_PAGE = re.compile(r"(?:[-‐‑–—―]+\d{1,4}[-‐‑–—―]+|第\d{1,4}页(?:,?共\d{1,4}页)?)$")
_FIGURES = (Status.NUMBER, Status.ZERO, Status.DASH)
_LARGEST = 2_000_000  # bytes; the longest reports have some two hundred thousand
_LONGEST_FIGURE = 20  # characters: no more of one is put together


def read(path: Path, name: str) -> Document:
    """Read a `.txt` or `.md` file. Raises UnreadableDocument when no encoding fits."""
    if (size := path.stat().st_size) > _LARGEST:
        reason = f"has {size:,} bytes, more than the {_LARGEST:,} that any report in text has"
        raise UnreadableDocument(name, reason, "save the report alone as a file of its own")
    text = decode(path.read_bytes(), name).replace("\r\n", "\n").replace("\r", "\n")
    if path.suffix.lower() == ".md":
        from pipeline.readers.plain.markdown import undressed

        text = undressed(text)
    lines = _rejoined(list(map(Line, count(1), text.rstrip("\n").split("\n"))))
    habits = habits_of(lines)
    blocks: list[Block] = []
    tables = 0
    for kind, run in _runs(lines, habits):
        for block in _BUILDERS[kind](run, habits):
            if isinstance(block, Grid):
                tables += 1
                block = Grid(block.cells, block.layout, f"table {tables}")
            blocks.append(block)
    if blocks and not text.endswith(("\n", "|")):
        blocks[-1] = _cut_off(blocks[-1])
    return Document(name, path.suffix.lstrip("."), tuple(blocks))


def _cut_off(block: Block) -> Block:
    """The last block of a text whose last line does not end: a figure there may go on."""
    if not isinstance(block, Grid) or not is_value_like(block.cells[-1].text):
        return block
    last = replace(block.cells[-1], doubts=(doubt.CUT_OFF,))
    return replace(block, cells=(*block.cells[:-1], last))


def _rejoined(lines: list[Line]) -> list[Line]:
    """The rest of a figure that stands alone below a row put into the row's last cell.

    Tabs, a pipe or spaces part the row. The number of a page may stand between. A break or a space
    stays, so that the figure is doubted.
    """
    whole: list[Line] = []
    row: int | None = None  # where in `whole` a figure may go on
    apart = paged = False
    for line in lines:
        plain = squeezed(line.text)
        if row is not None and not apart and _REST.match(plain):
            rest, above = trimmed(line.text), whole[row]
            # No number goes on after a 0.
            wall, figure = _last_cell(above.text)
            figure = squeezed(figure)
            ended = figure == "0" and rest[0].isdecimal()
            if len(rest.split()) == 1 and not ended and len(figure) <= _LONGEST_FIGURE:
                # Between spaces a break would part the cell.
                gap = " " if wall.isspace() and "\t" not in wall else "\n"
                whole[row] = Line(above.number, f"{above.text.rstrip()}{gap}{plain}")
                continue
        whole.append(line)
        wall, figure = _last_cell(line.text)
        if wall and is_numeral(figure):
            row, apart, paged = len(whole) - 1, False, False
        elif _PAGE.match(plain):
            apart, paged = False, True
        elif plain:
            row = None
        else:
            apart = not paged
    return whole


def _last_cell(line: str) -> tuple[str, str]:
    """The last wall between the cells of a line and what stands behind it; both may be empty."""
    *_, wall, cell = ["", *_WALL.split(line.strip())]
    return wall, cell


def _kind(line: str) -> str:
    body = line.strip(" \r\u3000\u00a0")
    if "|" in body and (body.count("|") >= 2 or (body[0] == "|" and len(body) > 1)):
        return "pipe"
    if "\t" in body:
        return "cell" if body.startswith("\t") and body.count("\t") == 1 else "tabbed"
    return "loose" if trimmed(line) else "empty"


def _kinds(lines: list[Line]) -> list[str]:
    """The layout of each line; one pipe is a wall beside other walls, or before figures."""
    kinds = [_kind(text) for _, text in lines]
    if not any("|" in text for _, text in lines):
        return kinds
    halves = [text.split("|") if text.count("|") == 1 else [] for _, text in lines]
    walls = [
        kind == "pipe" or (bool(half) and parse_value(half[1]).status in _FIGURES)
        for kind, half in zip(kinds, halves, strict=True)
    ]
    return [
        "pipe" if half and kind == "loose" and any(walls[max(0, i - 1) : i + 2]) else kind
        for i, (kind, half) in enumerate(zip(kinds, halves, strict=True))
    ]


def _closed(lines: list[Line]) -> list[str]:
    """The layout of each line of a file in which pipes close cells, wherever lines end.

    A line without a pipe goes on with the cell that the next pipe ends, but for headings and prose.
    """
    kinds = ["closed" if "|" in text else _kind(text) for _, text in lines]
    goes_on = False
    for i in range(len(lines) - 1, -1, -1):
        text = lines[i].text
        if kinds[i] == "loose":
            goes_on = goes_on and not (is_heading(text) or is_prose(text))
            kinds[i] = "goes on" if goes_on else "loose"
        elif kinds[i] != "empty":
            goes_on = kinds[i] == "closed"
    # Of what stands above a table, its first cell is the line just above a pipe.
    inside = False
    for i, kind in enumerate(kinds):
        if kind == "goes on":
            below = lines[i + 1].text.strip()
            kinds[i] = "closed" if inside or below.startswith("|") else "loose"
        inside = kinds[i] == "closed" or (inside and kind == "empty")
    return kinds


def _runs(lines: list[Line], habits: Habits) -> Iterator[tuple[str, list[Line]]]:
    """Cut the file into runs of one layout; empty lines belong to the run before them."""
    run: list[Line] = []
    current, last = "loose", ""
    kinds = _closed(lines) if habits.closes_cells else _kinds(lines)
    for line, kind in zip(lines, kinds, strict=True):
        if kind == "loose" and current == last == "cell":
            kind = "cell"
        if kind not in ("empty", current):
            if run:
                yield current, run
            run, current = [], kind
        last = kind
        run.append(line)
    if run:
        yield current, run


_BUILDERS = {
    "cell": tab_led,
    "closed": closed_blocks,
    "pipe": piped,
    "tabbed": tabbed,
    "loose": loose,
}
