"""The lines of a text file, and what each is by itself: prose, a heading, a figure, words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from pipeline.model import Cell, Grid, Layout, Paragraph
from pipeline.text import is_numeral, is_value_like, squeezed, trimmed
from pipeline.text.sections import SECTION

_HEADING = re.compile(rf"^{SECTION}.*(?:情况|事项|问题|措施)$")
# Words that stand in no prose: a table follows, however short.
_OPENING = re.compile(r"^(?:第二十条第?[(][一五六八九][)]项|信息内容|申请人情况|结果维持)$")
# They head a column of labels, which are numbered as reports number their sections.
_LABELS = ("统计指标", "指标名称")
NUMBERED = re.compile(
    r"^[(（]?(?:[一二三四五六七八九十]+|\d{1,2})[)）.．、]"
)  # a row or a block of rows
_LONGEST_LABEL = 80  # characters
# Words of two characters that are printed wide; other two may be what is left of two headings.
_SPREAD = frozenset(
    ("总计", "合计", "小计", "其他", "规章", "单位", "代码", "序号", "项目", "指标", "数量", "备注")
)

Block: TypeAlias = Paragraph | Grid


class Line(NamedTuple):
    """A line of a text file, or a cell of it: its number, from 1, and what it says."""

    number: int
    text: str


def is_prose(text: str) -> bool:
    """Whether a line is a sentence or a part of one, or longer than any label."""
    plain = squeezed(text)
    prose = "。" in plain or len(plain) > _LONGEST_LABEL or plain.endswith(("；", ";"))
    return prose and not is_figure(text)  # 12。


def is_heading(text: str) -> bool:
    """Whether a line heads a section, as all forms number them."""
    return _HEADING.match(squeezed(text)) is not None


def is_opening(text: str) -> bool:
    """Whether a line is one that a table of the forms begins with."""
    return _OPENING.match(squeezed(text)) is not None


def heads_labels(text: str) -> bool:
    """Whether lines below this one that look like headings are labels: those of 2008 and 2014."""
    return squeezed(text).startswith(_LABELS) and not is_prose(text)


def is_spread(single: Sequence[str], alone: bool) -> bool:
    """Whether single characters set apart are one word; 业 构 beside others are the ends of two.

    They are where no other words stand in the line (`alone`).
    """
    return alone or len(single) > len("总计") or "".join(single) in _SPREAD


def is_figure(text: str) -> bool:
    """Whether a line could be a cell with a figure or a dash."""
    return bool(squeezed(text)) and (is_numeral(text) or is_value_like(text))


def grid(rows: Iterable[Sequence[Line]], layout: Layout = Layout.ROWS) -> Grid:
    """The table of these rows of cells."""
    cells = (
        Cell(trimmed(text), row, col, where=f"line {number}")
        for row, printed in enumerate(rows)
        for col, (number, text) in enumerate(printed)
    )
    return Grid(tuple(cells), layout)


def stream(cells: Iterable[Line]) -> Grid:
    """The table of these cells, of which nothing tells the rows."""
    return grid([[cell] for cell in cells], Layout.STREAM)


def paragraphs(lines: Iterable[Line]) -> Iterator[Paragraph]:
    """The lines that say something."""
    for number, text in lines:
        if words := trimmed(text):
            yield Paragraph(words, f"line {number}")
