"""The printed lines of a document, each folded once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pipeline.model import Grid, Paragraph
from pipeline.text import is_numbered, section_number, squeezed, years_in_digits

_FIRST_CELLS = 8  # a title, a caption and a menu stand at the head of a table
_LONG_CELL = 40  # characters: some reports stand in one cell
_LONGEST_HEADLINE = 60
_LONGEST_HEADING = 26  # of a section, with its number
_JUNK = re.compile(r"\[bookmark:[^\]]*\]|_GoBack")
_CUT_YEAR = re.compile(r"(?:^|[^\d.,:/—-])(20\d?)$")
_SENTENCE_END = re.compile(r"[。;；!！?？:：]$")
_FURNITURE = re.compile(
    "上一[篇条页]|下一[篇条页]|当前位置|您的位置|所在位置|首页|相关(?:链接|阅读|文章|新闻|信息|附件)|^(?:解读|相关):|>|»"
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

    @property
    def is_numbered(self) -> bool:
        return is_numbered(self.words)


def folded(text: str) -> str:
    """Squeezed, without the marks of a word processor, with years in digits."""
    plain = _JUNK.sub("", squeezed(text))
    return years_in_digits(plain)


def line_of(text: str, where: str, block: int = 0, prose: bool = True) -> Line:
    return Line(_JUNK.sub("", "".join(text.split())), folded(text), where, block, prose)


def lines_of(blocks: Iterable[Paragraph | Grid]) -> tuple[Line, ...]:
    """The lines of all paragraphs, and those of a table's first and of its long cells.

    Sections are numbered 一、 where any line begins so, otherwise 1. or 1、.
    """
    lines = tuple(_joined(blocks))
    digits = not any(section_number(line.words, digits=False) for line in lines)
    return tuple(
        line._replace(section=number)
        if (number := section_number(line.words, digits=digits))
        else line
        for line in lines
    )


def _joined(blocks: Iterable[Paragraph | Grid]) -> Iterator[Line]:
    """The lines; one that ends inside a year is joined with the one that has the rest of it."""
    held: Line | None = None
    for line in _printed(blocks):
        if held and _completes_year(held, line):
            joined = held.text + line.text
            line = Line(joined, folded(joined), held.where, held.block, held.prose)
        elif held:
            yield held
        held = line if _CUT_YEAR.search(line.words) else None
        if not held:
            yield line
    if held:
        yield held


def _printed(blocks: Iterable[Paragraph | Grid]) -> Iterator[Line]:
    for at, block in enumerate(blocks):
        if isinstance(block, Paragraph):
            printed = [(block.text, block.where, True)]
        else:
            printed = [
                (cell.text, cell.where or block.where, len(cell.text) >= _LONG_CELL)
                for number, cell in enumerate(block.cells)
                if number < _FIRST_CELLS or len(cell.text) >= _LONG_CELL
            ]
        for text, where, prose in printed:
            for row in text.splitlines():
                line = line_of(row, where, at, prose)
                if line.words:
                    yield line


def _completes_year(head: Line, tail: Line) -> bool:
    above = _CUT_YEAR.search(head.words)
    return bool(above and re.match(rf"\d{{{4 - len(above[1])}}}年", tail.words))
