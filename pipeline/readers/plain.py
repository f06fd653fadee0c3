"""Text files: prose, and tables that lost their lines.

The layouts are told apart line by line: a tab before every cell with an empty line between rows,
rows written with pipes, with tabs or with spaces between the cells, and one cell a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from pipeline.model import Cell, Document, Grid, Layout, Paragraph, Status
from pipeline.readers import aligned, spaced
from pipeline.readers.decode import decode
from pipeline.text import is_numeral, parse_value, squeezed, trimmed
from pipeline.text.sections import SECTION

Block = Paragraph | Grid
Line = tuple[int, str]

_BREAK = re.compile(r"<[bB][rR]\s*/?>")
_PIPE_RULE = re.compile(r"^[\s|:+=]*-[\s|:+=-]*$")
_HEADING = re.compile(rf"^{SECTION}.*(?:情况|事项|问题|措施)$")
_REST = re.compile(r"[.,]?\d+(?:[.,]\d+)*$")
_PAGE = re.compile(r"(?:[-‐‑–—―]+\d{1,4}[-‐‑–—―]+|第\d{1,4}页(?:,?共\d{1,4}页)?)$")
_LABELS = frozenset({"统计指标", "指标名称"})
# Lines that stand in no prose: a table follows, however short.
_OPENING = re.compile(r"^(?:第二十条第?[(][一五六八九][)]项|信息内容)$")
_FIGURES = (Status.NUMBER, Status.ZERO, Status.DASH)
_LONGEST_LABEL = 80
_FEWEST_VALUES = 5


def read(path: Path, name: str) -> Document:
    """Read a `.txt` or `.md` file. Raises UnreadableDocument when no encoding fits."""
    text = decode(path.read_bytes(), name).replace("\r\n", "\n").replace("\r", "\n")
    if path.suffix.lower() == ".md":
        from pipeline.readers.markdown import undressed

        text = undressed(text)
    lines = _rejoined(list(enumerate(text.split("\n"), start=1)))
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
    """The rest of a figure that stands alone below a row of tabs put into the row's last cell.

    The number of a page may stand between. The break stays, so that the figure is doubted.
    """
    found: list[Line] = []
    row: int | None = None  # where in `found` a figure may go on
    apart = paged = False
    for number, line in lines:
        plain = squeezed(line)
        if row is not None and not apart and _is_rest(line, found[row][1]):
            found[row] = (found[row][0], f"{found[row][1].rstrip()}\n{plain}")
            continue
        found.append((number, line))
        if "\t" in line.strip() and is_numeral(line.rsplit("\t", 1)[1]):
            row, apart, paged = len(found) - 1, False, False
        elif _PAGE.match(plain):
            apart, paged = False, True
        elif plain:
            row = None
        else:
            apart = not paged
    return found


def _is_rest(line: str, row: str) -> bool:
    """Whether a line can be the rest of the row's last figure; no number goes on after a 0."""
    rest = trimmed(line)
    last = squeezed(row.rsplit("\t", 1)[1])
    return (
        _REST.match(squeezed(rest)) is not None
        and len(rest.split()) == 1
        and (last != "0" or not rest[0].isdecimal())
    )


def _kind(line: str) -> str:
    body = line.strip(" \r\u3000\u00a0")
    if body.count("|") >= 2 or (body.startswith("|") and len(body) > 1):
        return "pipe"
    if "\t" in body:
        return "cell" if body.startswith("\t") and body.count("\t") == 1 else "tabbed"
    return "loose" if trimmed(line) else "empty"


def _kinds(lines: list[Line]) -> list[str]:
    """The layout of each line; one pipe is a wall beside other walls, or before figures."""
    kinds = [_kind(line) for _, line in lines]
    halves = [line.split("|") if line.count("|") == 1 else [] for _, line in lines]
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
    current, just_left_cell = "loose", False
    for (number, line), kind in zip(lines, _kinds(lines), strict=True):
        if kind == "loose" and current == "cell" and just_left_cell:
            kind = "cell"
        if kind not in ("empty", current):
            if run:
                yield current, run
            run, current = [], kind
        just_left_cell = kind == "cell"
        run.append((number, line))
    if run:
        yield current, run


def _grid(rows: list[list[tuple[int, str]]], layout: Layout) -> Grid:
    cells = (
        Cell(trimmed(text), row, col, where=f"line {number}")
        for row, printed in enumerate(rows)
        for col, (number, text) in enumerate(printed)
    )
    return Grid(tuple(cells), layout)


def _tab_led(run: list[Line]) -> Iterator[Block]:
    rows: list[list[tuple[int, str]]] = [[]]
    for number, line in run:
        if line.lstrip(" \u3000\u00a0").startswith("\t"):
            rows[-1].append((number, line))
        elif trimmed(line) and trimmed(rows[-1][-1][1]):
            first, text = rows[-1][-1]
            rows[-1][-1] = (first, f"{text}\n{line}")
        elif trimmed(line):
            rows[-1].append((number, line))  # no blank cell goes on: the number of a page, perhaps
        elif rows[-1]:
            rows.append([])
    yield _grid([row for row in rows if row], Layout.ROWS)


def _piped(run: list[Line]) -> Iterator[Block]:
    lines = [(number, line.strip()) for number, line in run if trimmed(line)]
    # Where most lines have none, an outer pipe is the wall of a blank cell.
    opened = sum(line.startswith("|") for _, line in lines) * 2 > len(lines)
    closed = opened or sum(line.endswith("|") for _, line in lines) * 2 > len(lines)
    rows: list[list[tuple[int, str]]] = []
    for i, (number, line) in enumerate(lines):
        if not _is_rule(line, i):
            inner = line.removeprefix("|" if opened else "").removesuffix("|" if closed else "")
            rows.append([(number, _BREAK.sub("\n", part)) for part in inner.split("|")])
    if rows:
        yield _grid(rows, Layout.ROWS)


def _is_rule(line: str, at: int) -> bool:
    """Whether a line of dashes is drawn: the second one, or a long one; other dashes are values."""
    return _PIPE_RULE.match(line) is not None and (at == 1 or "---" in line)


def _tabbed(run: list[Line]) -> Iterator[Block]:
    rows = [[(n, part) for part in line.split("\t")] for n, line in run if trimmed(line)]
    # Tabs typed twice: no table has an empty column after each of its columns, header and all.
    if not any(trimmed(text) for row in rows for _, text in row[1::2]):
        rows = [row[::2] for row in rows]
    yield _grid(rows, Layout.ROWS)


def _loose(run: list[Line]) -> Iterator[Block]:
    """Prose, and between its headings the runs of short lines that are tables.

    Below the words that head a column of labels, up to the next prose, what looks like a heading
    is a label: the tables of 2008 and 2014 number their blocks as reports number their sections.
    """
    piece: list[Line] = []
    labelled = False
    for number, line in run:
        plain = squeezed(line)
        labelled = (labelled or plain in _LABELS) and not _is_prose(line)
        if _is_prose(line) or (not labelled and _HEADING.match(plain)):
            yield from _table_or_paragraphs(piece)
            piece = []
            yield Paragraph(trimmed(line), f"line {number}")
        else:
            piece.append((number, line))
    yield from _table_or_paragraphs(piece)


def _is_prose(line: str) -> bool:
    plain = squeezed(line)
    return "。" in plain or len(plain) > _LONGEST_LABEL or plain.endswith(("；", ";"))


def _table_or_paragraphs(piece: list[Line]) -> Iterator[Block]:
    if found := aligned.table(piece) or spaced.table(piece):
        start, end, rows = found
        yield from _paragraphs(piece[:start])
        yield _grid(rows, Layout.ROWS)
        yield from _paragraphs(piece[end:])
    else:
        yield from _stream_or_paragraphs(piece)


def _stream_or_paragraphs(piece: list[Line]) -> Iterator[Block]:
    while piece and not trimmed(piece[0][1]):
        piece = piece[1:]
    numerals = sum(is_numeral(line) or _is_dash(line) for _, line in piece)
    blanks = sum(not trimmed(line) for _, line in piece)
    printed = len(piece) - blanks
    long = printed >= _FEWEST_VALUES and numerals + blanks >= _FEWEST_VALUES
    opened = any(_OPENING.match(squeezed(line)) for _, line in piece)
    if numerals >= 1 and (long or opened):
        yield _grid([[line] for line in piece], Layout.STREAM)
    else:
        yield from _paragraphs(piece)


def _paragraphs(piece: list[Line]) -> Iterator[Paragraph]:
    for number, line in piece:
        if trimmed(line):
            yield Paragraph(trimmed(line), f"line {number}")


def _is_dash(line: str) -> bool:
    return parse_value(line).status.value == "dash"


_BUILDERS = {
    "cell": _tab_led,
    "pipe": _piped,
    "tabbed": _tabbed,
    "loose": _loose,
    "empty": _loose,
}
