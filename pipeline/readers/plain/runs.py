"""Which layout each line of a text file has, and the runs of lines that have one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from pipeline.model import Status
from pipeline.readers.plain.habits import Habits
from pipeline.readers.plain.lines import Line, heads_labels, is_figure, is_heading, is_prose
from pipeline.text import parse_value, trimmed

_FIGURES = (Status.NUMBER, Status.ZERO, Status.DASH)


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
    apart: list[bool] = []  # for each line whether it is no part of any cell
    labelled = False
    for _, text in lines:
        sentence = is_prose(text)
        labelled = (labelled or heads_labels(text.rstrip("| "))) and not sentence
        apart.append(sentence or (is_heading(text) and not labelled))
    goes_on = False
    for i in range(len(lines) - 1, -1, -1):
        if kinds[i] == "loose":
            goes_on = goes_on and not apart[i]
            kinds[i] = "goes on" if goes_on else "loose"
        elif kinds[i] != "empty":
            goes_on = kinds[i] == "closed"
    # Of what stands above a table, its first cell is the line just above a pipe.
    opens = [False] * (len(lines) + 1)  # whether a pipe comes first from each line on
    for i in range(len(lines) - 1, -1, -1):
        text = lines[i].text.strip()
        opens[i] = text.startswith("|") if text else opens[i + 1]
    inside = False
    for i, kind in enumerate(kinds):
        if kind == "goes on":
            kinds[i] = "closed" if inside or opens[i + 1] else "loose"
        inside = kinds[i] == "closed" or (inside and kind == "empty")
    return kinds


def _with_prose(lines: list[Line], kinds: list[str]) -> list[str]:
    """The layouts, where what a tab stands before is a cell or prose by what it says.

    Among cells that stand together prose and headings come first or last.
    """
    told = list(kinds)
    labelled = False
    for kind, group in groupby(range(len(lines)), kinds.__getitem__):
        together = list(group)
        if kind not in ("cell", "tabbed"):
            continue
        parts = [[part for part in lines[i].text.split("\t") if trimmed(part)] for i in together]
        texts = []
        for cells in parts:
            labelled = labelled or any(map(heads_labels, cells))
            text = cells[0] if len(cells) == 1 else ""
            texts.append(is_prose(text) or (is_heading(text) and not labelled))
        first = next((n for n, is_text in enumerate(texts) if not is_text), len(texts))
        last = next((n for n, is_text in enumerate(reversed(texts)) if not is_text), 0)
        for n, i in enumerate(together):
            if n < first or n >= len(texts) - last:
                told[i] = "prose"
        if (
            kind == "cell"
            and any(texts)
            and not any(is_figure(c) for cells in parts for c in cells)
        ):
            told[together[0] : together[-1] + 1] = ["prose"] * len(together)
    return told


def runs_of(lines: list[Line], habits: Habits) -> Iterator[tuple[str, list[Line]]]:
    """Cut the file into runs of one layout; empty lines belong to the run before them."""
    run: list[Line] = []
    current, last = "loose", ""
    kinds = _closed(lines) if habits.closes_cells else _kinds(lines)
    kinds = _with_prose(lines, kinds)
    for line, kind in zip(lines, kinds, strict=True):
        if kind == "loose" and current == last == "cell":
            kind = "cell"  # a further line of the cell above
        if kind not in ("empty", current):
            if run:
                yield current, run
            run, current = [], kind
        last = kind
        run.append(line)
    if run:
        yield current, run
