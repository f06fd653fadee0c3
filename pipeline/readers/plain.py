"""Text files: prose, and tables that lost their lines.

The layouts are told apart line by line: a tab before every cell with an empty line between rows,
rows written with pipes, with tabs or with spaces between the cells, and one cell a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from pipeline.errors import UnreadableDocument
from pipeline.model import Cell, Document, Grid, Layout, Paragraph, Status
from pipeline.readers import spaced
from pipeline.readers.spaced import Line
from pipeline.text import is_numeral, parse_value, squeezed, trimmed
from pipeline.text.decode import decode
from pipeline.text.sections import SECTION

Block = Paragraph | Grid

_BREAK = re.compile(r"<[bB][rR]\s*/?>")
_PIPE_RULE = re.compile(r"^[\s|:+=]*-[\s|:+=-]*$")
_HEADING = re.compile(rf"^{SECTION}.*(?:情况|事项|问题|措施)$")
_REST = re.compile(r"[.,]?\d+(?:[.,]\d+)*$")
_WALL = re.compile(r"(\t|\||[ \u3000\u00a0]{2,})")
_PAGE = re.compile(r"(?:[-‐‑–—―]+\d{1,4}[-‐‑–—―]+|第\d{1,4}页(?:,?共\d{1,4}页)?)$")
_LABELS = frozenset({"统计指标", "指标名称"})
# Lines that stand in no prose: a table follows, however short.
_OPENING = re.compile(r"^(?:第二十条第?[(][一五六八九][)]项|信息内容)$")
_FIGURES = (Status.NUMBER, Status.ZERO, Status.DASH)
_LONGEST_LABEL = 80
_FEWEST_VALUES = 5
_LARGEST = 2_000_000  # bytes; the longest reports have some two hundred thousand
_LONGEST_FIGURE = 20  # characters: no more of one is put together


def read(path: Path, name: str) -> Document:
    """Read a `.txt` or `.md` file. Raises UnreadableDocument when no encoding fits."""
    if (size := path.stat().st_size) > _LARGEST:
        reason = f"has {size:,} bytes, more than the {_LARGEST:,} that any report in text has"
        raise UnreadableDocument(name, reason, "save the report alone as a file of its own")
    text = decode(path.read_bytes(), name).replace("\r\n", "\n").replace("\r", "\n")
    if path.suffix.lower() == ".md":
        from pipeline.readers.markdown import undressed

        text = undressed(text)
    lines = _rejoined(list(map(Line, count(1), text.split("\n"))))
    blocks: list[Block] = []
    tables = 0
    for kind, run in _runs(lines):
        for block in _BUILDERS[kind](run):
            if isinstance(block, Grid):
                tables += 1
                block = Grid(block.cells, block.layout, f"table {tables}")
            blocks.append(block)
    return Document(name, path.suffix.lstrip("."), tuple(blocks))


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


def _runs(lines: list[Line]) -> Iterator[tuple[str, list[Line]]]:
    """Cut the file into runs of one layout; empty lines belong to the run before them."""
    run: list[Line] = []
    current, last = "loose", ""
    for line, kind in zip(lines, _kinds(lines), strict=True):
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


def _grid(rows: list[list[Line]], layout: Layout = Layout.ROWS) -> Grid:
    cells = (
        Cell(trimmed(text), row, col, where=f"line {number}")
        for row, printed in enumerate(rows)
        for col, (number, text) in enumerate(printed)
    )
    return Grid(tuple(cells), layout)


def _tab_led(run: list[Line]) -> Iterator[Block]:
    rows: list[list[list[Line]]] = [[]]  # the lines of each cell
    for line in run:
        if line.text.lstrip(" \u3000\u00a0").startswith("\t"):
            rows[-1].append([line])
        elif not trimmed(line.text):
            rows.append([])
        elif trimmed(rows[-1][-1][0].text):
            rows[-1][-1].append(line)
        else:
            rows[-1].append([line])  # no blank cell goes on: the number of a page, perhaps
    yield _grid(
        [
            [Line(cell[0].number, "\n".join(text for _, text in cell)) for cell in row]
            for row in rows
            if row
        ]
    )


def _piped(run: list[Line]) -> Iterator[Block]:
    lines = [Line(line.number, line.text.strip()) for line in run if trimmed(line.text)]
    # Where most lines have none, an outer pipe is the wall of a blank cell.
    opened = sum(line.text.startswith("|") for line in lines) * 2 > len(lines)
    closed = opened or sum(line.text.endswith("|") for line in lines) * 2 > len(lines)
    rows: list[list[Line]] = []
    for i, (number, text) in enumerate(lines):
        # The second line of dashes is drawn, or a long one; other dashes are values.
        if not (_PIPE_RULE.match(text) and (i == 1 or "---" in text)):
            inner = text.removeprefix("|" if opened else "").removesuffix("|" if closed else "")
            rows.append([Line(number, _BREAK.sub("\n", part)) for part in inner.split("|")])
    if rows:
        yield _grid(rows)


def _tabbed(run: list[Line]) -> Iterator[Block]:
    rows = [[Line(n, part) for part in text.split("\t")] for n, text in run if trimmed(text)]
    # Tabs typed twice: no table has an empty column after each of its columns, header and all.
    if not any(trimmed(cell.text) for row in rows for cell in row[1::2]):
        rows = [row[::2] for row in rows]
    yield _grid(rows)


def _loose(run: list[Line]) -> Iterator[Block]:
    """Prose, and between its headings the runs of short lines that are tables.

    Below the words that head a column of labels, up to the next prose, what looks like a heading
    is a label: the tables of 2008 and 2014 number their blocks as reports number their sections.
    """
    piece: list[Line] = []
    labelled = False
    for line in run:
        plain = squeezed(line.text)
        prose = "。" in plain or len(plain) > _LONGEST_LABEL or plain.endswith(("；", ";"))
        labelled = (labelled or plain in _LABELS) and not prose
        if prose or (not labelled and _HEADING.match(plain)):
            yield from _table_or_paragraphs(piece)
            piece = []
            yield from _paragraphs([line])
        else:
            piece.append(line)
    yield from _table_or_paragraphs(piece)


def _table_or_paragraphs(piece: list[Line]) -> Iterator[Block]:
    if table := spaced.table(piece):
        start, end, rows = table
        yield from _paragraphs(piece[:start])
        yield _grid(rows)
        yield from _paragraphs(piece[end:])
        return
    filled = [line for line in piece if trimmed(line.text)]
    if filled:
        piece = piece[piece.index(filled[0]) :]
    numerals = sum(is_numeral(text) or parse_value(text).status is Status.DASH for _, text in piece)
    blanks = len(piece) - len(filled)
    long = len(filled) >= _FEWEST_VALUES and numerals + blanks >= _FEWEST_VALUES
    if numerals and (long or any(_OPENING.match(squeezed(line.text)) for line in filled)):
        yield _grid([[line] for line in piece], Layout.STREAM)
    else:
        yield from _paragraphs(filled)


def _paragraphs(piece: list[Line]) -> Iterator[Paragraph]:
    for number, text in piece:
        if trimmed(text):
            yield Paragraph(trimmed(text), f"line {number}")


_BUILDERS = {
    "cell": _tab_led,
    "pipe": _piped,
    "tabbed": _tabbed,
    "loose": _loose,
}
