"""A document's words as one folded text, broken lines joined, and the years its sentences give."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from pipeline.model import Document, Grid
from pipeline.text import squeezed

FIRST_YEAR, LAST_YEAR = 2008, 2035

_FIRST_CELLS = 8
_LONG_CELL = 40
_SHORT_LINE = 15
_LONGEST_TITLE = 60
_DIGITS = str.maketrans("〇○零OoIl一二三四五六七八九", "0000011123456789")
_WRITTEN_YEAR = re.compile(
    r"二[〇○零Oo0][〇○零Oo0一二三][〇○零Oo0一二三四五六七八九](?=年)"
    r"|(?<![\dA-Za-z])2[〇○Oo0][0-3〇○OoIl][\d〇○OoIl](?=年)"
)
_JUNK = re.compile(r"\[bookmark:[^\]]*\]|_GoBack")
_CUT_YEAR = re.compile(r"(?:^|[^\d.,:/—-])(20\d?)$")
_SECTION = re.compile(r"^[一1][、.．].{2,24}$")
_SECOND_SECTION = re.compile(r"^[二2][、.．].{2,24}$")
_TITLE_END = re.compile(r"信息公开.{0,16}(?:报告?|[)\]〕])》?$")
_CAPTIONS = re.compile(
    r"^[^。]{0,60}(?:(?:发布|公开|成文|生成|发文)(?:时间|日期|机构|单位|机关)|来源|责任部门|索引号|文号)[:：][^。]*$"
)
_UNIT = "(?:镇|乡|街道|局|厅|委|办|中心|县|市|区|省|州|旗)"
_OPENING = re.compile(
    rf"(?:在|过去的)?(20\d\d)年(?:度|以来|来)?(?:[,，]|(?=[我本全]{_UNIT})"
    rf"|(?=[^\W\d_]{{2,10}}?{_UNIT}(?:人民政府|办事处)?"
    r"(?:认真|主动|共|严格|按照|坚持|继续|紧紧|积极|深入|切实|全面|不断|高度)))"
)
_PLAN = re.compile(r"将(?:继续|进一步|加强|着力|从|不断|切实|认真|围绕|重点|在)|继续|下一步")
_PERIOD = re.compile(
    r"(20\d\d)年?(?:0?1月?0?1日?|\d{1,2}月\d{1,2}日)(?:零时|起|开始|以来)?[至到—\-~～－–―一]{1,2}"
    r"(?:当年|同年|本年|(20\d\d))?年?12月?3[01]"
    r"|(?:统计|数据|报告)的?(?:期限|期间|时间|周期)[^。\n\d]{0,8}(20\d\d)年(?!0?1月0?1日)\d{1,2}月"
    r"(?:\d{1,2}日)?起?[至到\-—~～－–―]{1,2}(20\d\d)年\d{1,2}月"
)
_DATED = re.compile(
    r"(?:发布|公开|成文|生成|发文)(?:时间|日期)[:：](?P<year>20\d\d)[年./-](?P<month>\d{1,2})(?!\d)"
    r"|(?:^|\n)(?P<signed>20\d\d)年(?P<in>\d{1,2})月(?:\d{1,2}日)?(?=\n|$)"
)
_SENTENCE_END = re.compile(r"[。;；!！?？:：]$")


@dataclass(frozen=True)
class Prose:
    """A document's paragraphs as one folded text; lines of one sentence are joined again."""

    parts: tuple[tuple[str, str], ...]

    @cached_property
    def text(self) -> str:
        return "".join(part for part, _ in self.parts)

    @cached_property
    def starts(self) -> list[int]:
        """The offset at which each part begins, and the length of the text."""
        starts = [0]
        for part, _ in self.parts:
            starts.append(starts[-1] + len(part))
        return starts

    def where(self, offset: int) -> str:
        """The place of the paragraph that holds this offset of the text."""
        return self.parts[min(bisect_right(self.starts, offset), len(self.parts)) - 1][1]

    def around(self, start: int, end: int) -> str:
        """The sentence around a span, or the part of it nearest to the span."""
        left = max(self.text.rfind(mark, 0, start) for mark in "。\n") + 1
        stops = [at for mark in "。\n" if (at := self.text.find(mark, end)) >= 0]
        right = min(stops, default=len(self.text))
        return self.text[max(left, start - 60) : min(right, end + 60)]


def folded(text: str) -> str:
    """Squeezed, without the marks of a word processor, with years in digits."""
    plain = _JUNK.sub("", squeezed(text))
    return _WRITTEN_YEAR.sub(lambda found: found.group().translate(_DIGITS), plain)


def plausible_year(text: str | None) -> int | None:
    """The year, if a report on it can exist."""
    year = int(text) if text else 0
    return year if FIRST_YEAR <= year <= LAST_YEAR else None


def is_first_section(text: str) -> bool:
    """Whether a folded line is the heading of the first section."""
    return bool(_SECTION.match(text))


def is_sentence_end(text: str) -> bool:
    return bool(_SENTENCE_END.search(text))


def lines_of(document: Document, shortest_cell: int = 0) -> Iterator[tuple[str, str]]:
    """The lines of all paragraphs, and of the first or of the long cells, without spaces.

    A line that ends inside a year is joined with the one that has the rest of it.
    """
    held: tuple[str, str] | None = None
    for text, where in _printed_lines(document, shortest_cell):
        if held:
            head, first = held
            held = None
            if _completes_year(head, text):
                text, where = head + text, first
            else:
                yield head, first
        if _CUT_YEAR.search(folded(text)):
            held = (text, where)
        else:
            yield text, where
    if held:
        yield held


def prose_of(document: Document) -> Prose:
    """All prose, long table cells included: some reports stand in one cell."""
    parts = []
    for printed, where in lines_of(document, _LONG_CELL):
        if text := folded(printed):
            ends = is_sentence_end(text) or len(text) < _SHORT_LINE
            ends = ends or bool(_CAPTIONS.match(text))
            ends = ends or (len(text) <= _LONGEST_TITLE and bool(_TITLE_END.search(text)))
            parts.append((f"{text}\n" if ends else text, where))
    return Prose(tuple(parts))


def preface_length(prose: Prose) -> int:
    """How much of the text stands before the first section; 600 characters if there is none."""
    at = 0
    for part, _ in prose.parts:
        if is_first_section(part.rstrip("\n")):
            return at
        at += len(part)
    return min(600, at)


def period_years(prose: Prose) -> Iterator[tuple[tuple[int, ...], int, int]]:
    """For each stated statistical period its plausible years and its span in the text."""
    for found in _PERIOD.finditer(prose.text):
        years = {plausible_year(text) for text in found.groups()} - {None}
        yield tuple(sorted(year for year in years if year)), found.start(), found.end()


def opening_years(prose: Prose, first_part: int) -> Iterator[tuple[int, int]]:
    """The years that open a paragraph up to the second section, each with its offset.

    A sentence on what is planned tells nothing of the year reported on.
    """
    for number in range(first_part, len(prose.parts)):
        text = prose.parts[number][0]
        if _SECOND_SECTION.match(text.rstrip("\n")):
            return
        begins = number in (0, first_part) or prose.parts[number - 1][0].endswith("\n")
        found = _OPENING.match(text) if begins else None
        year = plausible_year(found[1]) if found else None
        start = prose.starts[number]
        if found and year and not _PLAN.search(prose.around(start, start + found.end())):
            yield year, start + found.start(1)


def dates(prose: Prose) -> Iterator[tuple[int, int, int]]:
    """Year, month and offset of every date of publication or signature."""
    for found in _DATED.finditer(prose.text):
        year, month = found["year"] or found["signed"], found["month"] or found["in"]
        yield int(year), int(month), found.start()


def _completes_year(head: str, tail: str) -> bool:
    above = _CUT_YEAR.search(folded(head))
    return bool(above and re.match(rf"\d{{{4 - len(above[1])}}}年", folded(tail)))


def _printed_lines(document: Document, shortest_cell: int) -> Iterator[tuple[str, str]]:
    for block in document.blocks:
        if not isinstance(block, Grid):
            yield from _split(block.text, block.where)
            continue
        cells = block.cells if shortest_cell else block.cells[:_FIRST_CELLS]
        for cell in cells:
            if len(cell.text) >= shortest_cell:
                yield from _split(cell.text, cell.where or block.where)


def _split(text: str, where: str) -> Iterable[tuple[str, str]]:
    for line in text.splitlines():
        if words := _JUNK.sub("", "".join(line.split())):
            yield words, where
