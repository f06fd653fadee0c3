"""Text files: prose, and tables that lost their lines.

What an empty line, a pipe and a leading tab mean is decided once for a file, from all of its lines
(`habits`, `tabs.unindented`). The lines are then cut into runs of one layout (`runs`): rows with
pipes, tabs or spaces between their cells, a cell a line in many ways, and prose.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import count
from pathlib import Path

from pipeline import doubt
from pipeline.errors import UnreadableDocument
from pipeline.model import Document, Grid
from pipeline.readers.plain.habits import habits_of
from pipeline.readers.plain.lines import Block, Line
from pipeline.readers.plain.loose import loose, prose
from pipeline.readers.plain.pipes import closed_blocks, piped
from pipeline.readers.plain.runs import runs_of
from pipeline.readers.plain.tabs import tab_led, tabbed, unindented
from pipeline.text import is_numeral, is_value_like, squeezed, trimmed
from pipeline.text.decode import decode

_REST = re.compile(r"[.,]?\d+(?:[.,]\d+)*$")
_WALL = re.compile(r"(\t|\||[ \u3000\u00a0]{2,})")
_PAGE = re.compile(r"(?:[-‐‑–—―]+\d{1,4}[-‐‑–—―]+|第\d{1,4}页(?:,?共\d{1,4}页)?)$")
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
    lines = unindented(list(map(Line, count(1), text.rstrip("\n").split("\n"))))
    lines = _rejoined(lines)
    habits = habits_of(lines)
    blocks: list[Block] = []
    tables = 0
    for kind, run in runs_of(lines, habits):
        for block in _BUILDERS[kind](run, habits):
            if isinstance(block, Grid):
                tables += 1
                block = Grid(block.cells, block.layout, f"table {tables}")
            blocks.append(block)
    if blocks and not text.endswith(("\n", "|")):
        blocks[-1] = _cut_off(blocks[-1])
    return Document(name, path.suffix.lstrip("."), tuple(blocks))


def _cut_off(block: Block) -> Block:
    """The last block of a text whose last line does not end: a figure there may go on.

    Whether its last row ends with blanks nobody knows.
    """
    if not isinstance(block, Grid):
        return block
    cells = block.cells
    while len(cells) > 1 and not cells[-1].text and cells[-2].row == cells[-1].row:
        cells = cells[:-1]
    if is_value_like(cells[-1].text):
        cells = (*cells[:-1], replace(cells[-1], doubts=(doubt.CUT_OFF,)))
    return replace(block, cells=cells)


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


_BUILDERS = {
    "cell": tab_led,
    "closed": closed_blocks,
    "pipe": piped,
    "tabbed": tabbed,
    "prose": prose,
    "loose": loose,
}
