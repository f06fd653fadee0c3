"""The years of which the prose speaks as its own: 2022年,我镇公开…, 我局2022年度收到…."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from pipeline.outline.lines import Line
from pipeline.outline.prose import Prose
from pipeline.text import plausible_year
from pipeline.text.years import TO

_LONGEST_HEADING = 26
_SHORTEST = 8  # characters of a sentence; a year alone is of a menu
_NAMED = re.compile(r"(?<![\d.])(20\d\d)年(?:度|1月?份?" + TO + r"12月份?|以来|来)?")
_LONGEST_BEFORE = 5  # characters of what stands before a year and makes it another's
# What makes a year another's: a comparison, a span, a number of a document, words of a name.
_BEFORE = re.compile(
    r"(?:[比较与同和及自从到至由是\-—~～－–―〔\[]|相对于?|截[至止]到?|以前|上年\(|去年\(|不如|高于|低于|早在|转入|结转)$"
)
_BEHIND = re.compile(
    r"\d{1,2}月|[底末初前版起是)]|以前|之前|第?[一二三四]季度|[上下]半年|[至到和及与、\-—~～－–―]"
    r"|[^,。;:\n]{0,10}?(?:要点|计划|规划|方案|预算|决算|目标|年报|报告|通知|意见|文件|结转|相比|同期|持平|制定的|印发)"
)
_PLAN = re.compile(
    r"将(?:继续|进一步|加强|着力|从|不断|切实|认真|围绕|重点|在|以|按|持续)"
    r"|下一?步|今后|明年|来年|拟于|打算|计划|要(?:继续|进一步|着力|加强)"
)
_OF_PLANS = re.compile("问题|不足|改进|打算|计划|下一步|今后|展望|措施")
_OF_TITLE = re.compile(r"《[^》]*》")
_SENTENCE = re.compile(r"[^。;\n]*")


class Spoken(NamedTuple):
    """A year with its place in the text of the prose."""

    year: int
    start: int


def spoken_years(prose: Prose, titles: Collection[Line]) -> Iterator[Spoken]:
    """The years that sentences of the prose speak of, plans and comparisons left out; once each."""
    planned = False
    for number, line in enumerate(prose.lines):
        short = len(line.words) <= _LONGEST_HEADING
        if line.section and short:
            planned = _OF_PLANS.search(line.words) is not None
        if not planned and "年" in line.words and line not in titles:
            yield from _in_line(prose.parts[number], prose.starts[number])


def _in_line(text: str, offset: int) -> Iterator[Spoken]:
    quoted, mark, rest = text.rpartition("》")  # so that each 《 before it is closed
    bare = _OF_TITLE.sub(lambda title: "《" * len(title[0]), quoted + mark) + rest
    for sentence in _SENTENCE.finditer(bare):
        words = sentence[0]
        if "年" not in words or len(words) < _SHORTEST or _PLAN.search(words):
            continue
        if words.endswith(("表", "情况")):  # a caption or a heading
            continue
        seen: set[int] = set()
        for named in _NAMED.finditer(words):
            year = plausible_year(named[1])
            if year is None or year in seen:
                continue
            before = words[max(named.start() - _LONGEST_BEFORE, 0) : named.start()]
            if not (_BEFORE.search(before) or _BEHIND.match(words, named.end())):
                seen.add(year)
                yield Spoken(year, offset + sentence.start() + named.start())
