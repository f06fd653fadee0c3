"""A document's words as one folded text, broken lines joined, and the periods that it states."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.outline.lines import Line
from pipeline.text import plausible_year
from pipeline.text.years import TO

_SHORT_LINE = 15
_LONGEST_TITLE = 60
_MOST_QUOTED = 60  # characters on either side of a span
_TITLE_END = re.compile(r"信息公开.{0,16}(?:报告?|[)\]〕])》?$")
_CAPTIONS = re.compile(
    r"^[^。]{0,60}(?:(?:发布|公开|成文|生成|发文)(?:时间|日期|机构|单位|机关)|来源|责任部门|索引号|文号)[:：][^。]*$"
)
_DAY = r"\d{1,2}月(?:\d{1,2}[日号]?)?"
_MONTH = rf"\d{{1,2}}(?={TO}\d{{1,2}}月(?!\d))"  # 1-12月
# Lost characters leave 201911日至20191231日; 一 stands for a dash.
_DAYS = re.compile(
    rf"(20\d\d)年?(?:({_MONTH})|(0?1月?0?1日?|{_DAY}))(?:零时|起|开始|以来)?,?(?:{TO}|一)"
    r"(?:(20\d\d)年?|[当同本]年|年)?(12月?3[01]|\d{1,2}月(?:\d{1,2})?)"
)
_STATED = re.compile(r"(?:统计|数据|报告)的?(?:期限|期间|时间|周期|时限|范围)[^。\n\d]{0,10}$")
_LONGEST_LEAD = 16
_WHOLE_DAY = re.compile(r"0?1月?0?1日?|.*日")
_END_OF_YEAR = re.compile(r"12月?3[01]")


@dataclass(frozen=True, slots=True)
class Period:
    """A span of time that the report gives as its own, from `first` to `last` (month, day).

    `stated` tells a sentence on the period (统计期限…) from a mere 2022年1月1日至12月31日. `days`
    is its place in the text of the prose, `words` what is said, 统计期限 and all.
    """

    years: tuple[int, int]
    first: tuple[int, int]
    last: tuple[int, int]
    stated: bool
    days: tuple[int, int]
    words: str

    @property
    def plausible_years(self) -> tuple[int, ...]:
        return tuple(sorted({year for year in self.years if plausible_year(str(year))}))


@dataclass(frozen=True)
class Prose:
    """The lines that may hold sentences as one folded text; those of one sentence are joined."""

    lines: Sequence[Line]

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """The words of each line, with a line break where a sentence or a title ends."""
        parts = []
        for line in self.lines:
            words = line.words
            ends = line.ends_a_sentence or len(words) < _SHORT_LINE or _CAPTIONS.match(words)
            title = len(words) <= _LONGEST_TITLE and _TITLE_END.search(words)
            parts.append(f"{words}\n" if ends or title else words)
        return tuple(parts)

    @cached_property
    def text(self) -> str:
        return "".join(self.parts)

    @cached_property
    def starts(self) -> list[int]:
        """The offset at which each part begins, and the length of the text."""
        starts = [0]
        for part in self.parts:
            starts.append(starts[-1] + len(part))
        return starts

    def where(self, offset: int) -> str:
        """The place of the line that holds this offset of the text."""
        return self.lines[min(bisect_right(self.starts, offset), len(self.lines)) - 1].where

    def around(self, start: int, end: int) -> str:
        """The sentence around a span, or the part of it nearest to the span."""
        first, last = max(start - _MOST_QUOTED, 0), end + _MOST_QUOTED
        left = max(self.text.rfind(mark, first, start) for mark in "。\n") + 1
        stops = [at for mark in "。\n" if (at := self.text.find(mark, end, last)) >= 0]
        return self.text[max(left, first) : min([last, *stops])]

    def quoted(self, start: int, end: int) -> tuple[str, str]:
        """The sentence around a span, and its place."""
        return self.around(start, end), self.where(start)

    def below(self, title: str) -> int:
        """The number of the first line below a folded title; 0 if the prose does not hold it."""
        ends = [
            (len(line.words), -number)
            for number, line in enumerate(self.lines, 1)
            if "报" in line.words and title.endswith(line.words)
        ]
        return -max(ends)[1] if ends and title else 0


def periods_of(prose: Prose) -> Iterator[Period]:
    """The periods that the prose states, and those that it mentions up to the end of a year."""
    for days in _DAYS.finditer(prose.text):
        year, month, first, to, last = days.groups()
        lead = _STATED.search(prose.text[max(0, days.start() - _LONGEST_LEAD) : days.start()])
        whole = first and _WHOLE_DAY.fullmatch(first) and _END_OF_YEAR.fullmatch(last)
        if lead or whole:
            words = (lead[0] if lead else "") + days[0]
            years = (int(year), int(to or year))
            begins = (int(month), 1) if month else _day(first, 1)
            yield Period(years, begins, _day(last, 31), bool(lead), days.span(), words)


def _day(printed: str, default: int) -> tuple[int, int]:
    """Month and day of 3月5日, of 3月 and of the damaged 11 and 1231."""
    month, mark, day = printed.rstrip("日号").partition("月")
    if not mark:
        month, day = ("12", printed[-2:]) if printed.startswith("12") else ("1", "1")
    return int(month), int(day or default)
