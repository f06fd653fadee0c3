"""The printed lines of a document, each folded once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pipeline.model import Grid, Paragraph
from pipeline.text import section_number, squeezed, years_in_digits

_FIRST_CELLS = 8  # a title, a caption and a menu stand at the head of a table
_CELLS_OF_METADATA = 40  # of a table that begins as one of 索引号, 发布机构, 成文日期
_METADATA = re.compile("索引号|索取号|发布机构|发文机[关构]|信息分类|主题分类|公开方式|信息名称")
_LONG_CELL = 40  # characters: some reports stand in one cell
_LONGEST_HEADLINE = 60
_LONGEST_HEADING = 26  # of a section, with its number
_LONGEST_BROKEN = 2_000  # characters of a line that may go on in the next
_JUNK = re.compile(r"\[bookmark:[^\[\]]*\]|_GoBack")
_CUT_YEAR = re.compile(r"(?:^|[^\d.,:/—-])(20\d?)$")
_SENTENCE_END = re.compile(r"[。;；!！?？:：]$")
_FURNITURE = re.compile(
    "上一[篇条页]|下一[篇条页]|当前位置|您的位置|所在位置|首页|相关(?:链接|阅读|文章|新闻|附件|信息(?!公开))|^(?:解读|相关):|>|»"
)
FILE = re.compile(r"\.(?:docx?|pdf|wps|xlsx?|ofd|rar|zip)\W*$")


class Line(NamedTuple):
    """One printed line of a paragraph, or of a cell that may hold a title or prose.

    `text` is as printed without white space; `words` are folded. `block` is the ordinal of the
    block it stands in; `prose` is false for a short cell of a table. `section` is the number of the
    section that it opens, 0 if it opens none.
    """

    text: str
    words: str
    where: str
    block: int
    prose: bool = True
    section: int = 0

    @property
    def ends_a_sentence(self) -> bool:
        return _SENTENCE_END.search(self.words) is not None

    @property
    def is_furniture(self) -> bool:
        """Whether it is of the site around the report: a path, or a link to another page."""
        return _FURNITURE.search(self.words) is not None

    @property
    def is_headline(self) -> bool:
        """Whether it may be a title of some document: short, no sentence and no furniture."""
        short = 0 < len(self.words) <= _LONGEST_HEADLINE
        return short and not (re.search("[。;,]", self.words) or self.is_furniture)

    @property
    def names_a_file(self) -> bool:
        return FILE.search(self.words) is not None

    def heads(self, section: int) -> bool:
        """Whether it is the heading of this section, no sentence that begins with its number."""
        return self.section == section and len(self.words) <= _LONGEST_HEADING


def folded(text: str) -> str:
    """Squeezed, without the marks of a word processor, with years in digits."""
    return years_in_digits(_without_junk(squeezed(text)))


def _without_junk(text: str) -> str:
    """The text without the marks of a word processor, which few texts hold."""
    return _JUNK.sub("", text) if "ookmark" in text or "_GoBack" in text else text


def line_of(text: str, where: str, block: int = 0, prose: bool = True) -> Line:
    """A line of its own, that belongs to no section."""
    return Line(_without_junk("".join(text.split())), folded(text), where, block, prose)


def lines_of(blocks: Iterable[Paragraph | Grid]) -> tuple[Line, ...]:
    """The lines of all paragraphs, and those of a table's first and of its long cells.

    A line that goes on inside a year is joined with the one that has its beginning. Sections are
    numbered 一、 where any line begins so; otherwise 1. in short lines that are no sentences.
    """
    lines: list[Line] = []
    for line in _printed(blocks):
        broken = lines and line.words[0].isdecimal() and len(lines[-1].words) <= _LONGEST_BROKEN
        cut = _CUT_YEAR.search(lines[-1].words) if broken else None
        if cut and re.match(rf"\d{{{4 - len(cut[1])}}}年", line.words):
            head = lines.pop()
            line = line_of(head.text + line.text, head.where, head.block, head.prose)
        lines.append(line)
    numbers = [section_number(line.words, digits=False) for line in lines]
    if not any(numbers):
        short = [len(line.words) <= _LONGEST_HEADING and "。" not in line.words for line in lines]
        numbers = [section_number(line.words) if short[n] else 0 for n, line in enumerate(lines)]
    return tuple(
        line._replace(section=number) if number else line
        for line, number in zip(lines, numbers, strict=True)
    )


def _printed(blocks: Iterable[Paragraph | Grid]) -> Iterator[Line]:
    for at, block in enumerate(blocks):
        texts = [(block.text, block.where, True)] if isinstance(block, Paragraph) else []
        if isinstance(block, Grid):
            few = _first_cells(block)
            later = [cell for cell in block.cells[few:] if len(cell.text) >= _LONG_CELL]
            for cell in (*block.cells[:few], *later):
                long = len(cell.text) >= _LONG_CELL
                texts.append((cell.text, cell.where or block.where, long))
        for text, where, prose in texts:
            for printed in text.splitlines():
                if (line := line_of(printed, where, at, prose)).words:
                    yield line


def _first_cells(table: Grid) -> int:
    """How many cells of a table are lines of their own: those of its head, or all of metadata."""
    head = (
        squeezed(cell.text) for cell in table.cells[:_FIRST_CELLS] if len(cell.text) < _LONG_CELL
    )
    return _CELLS_OF_METADATA if any(map(_METADATA.match, head)) else _FIRST_CELLS
