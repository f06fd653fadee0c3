"""The reports that a preface names: 现将海盐县通元镇2021年政府信息公开工作年度报告公布如下."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.outline.prose import Prose
from pipeline.outline.titles import CORE_OR_AFFAIRS, Title, title_of

# A rule on reports, a notice that asks for them, and what was done with an earlier one announce
# nothing.
_NO_REPORT = (
    "格式|[有相]关|编[制写报](?!而成|完成)|通知|模板|报送|制度|办法|规定|规范|指南|考核|评[估议]|机制|要求|任务|填报|撰写|工作"
    "|发布(?!如下|[,。;])|公布(?:情况|制度|工作)"
)
_ASKED_FOR = re.compile("关于(?:做好|切实|认真|进一步|开展|组织|编制|报送|印发|填报)")
_LONGEST_HEAD = 60  # characters before 政府信息公开: an organ's name, and what is done with it
_LONGEST_CALLED = 110  # characters of a name and its short form in brackets
_CLAUSE = re.compile(r"[^。;,!?、:《》()\n]*$")
_IS_NAMED = re.compile("(?:政府|政务)?(?:信息|政务)公开")
_ANNOUNCED = re.compile(
    rf"(?P<head>[^。;,!?、:《》()\n]{{0,60}}?){CORE_OR_AFFAIRS}".replace("{2,24}", "{3,24}+")
    + rf"(?!{_NO_REPORT})"
)
# What is done with the report before it is named; 将乐县 and 将口镇 are places.
_DOING = re.compile(
    "^.*(?:公布|公开(?!办|中心)|公示|编制(?!委|办)|编写|编报|发布|印发|形成|撰写|制定|制作|汇总|完成|起草|报送|上报|披露|出台"
    "|结合|根据|按照|依据|要求|规定|[了是]|现(?!代)|[现特拟兹今并]将|^将(?!乐))"
)
# 示例市教育局(以下简称市教育局)2022年…: the name in full stands before its short form.
_CALLED = re.compile(
    r"(?P<name>[^。;,!?、:《》()\n]{2,60})\((?:以下|下文|下称)*(?:简称|统称|称)[^()\n]{0,40}\)$"
)
_NOT_YET_A_NAME = re.compile("^(?:本级|本部门|全文|向社会|的|由(?=.{4}))+")
# Within a section only a sentence that announces tells; others speak of what was done.
_ANNOUNCES = re.compile(
    "现[将予就对编公向发]|特[编向此将]|如下|本报告|将[^。]{0,60}(?:公布|公开|报告)"
)


def announced(prose: Prose, start: int, section: int, end: int) -> Iterator[Title]:
    """The reports that the sentences between two offsets name; the first section begins between."""
    text, last = prose.text, start
    for core in _IS_NAMED.finditer(text, start, max(start, end)):
        clause = _CLAUSE.search(text, max(last, core.start() - _LONGEST_HEAD), core.start())
        words = _ANNOUNCED.match(text, clause.start() if clause else core.start(), end)
        if words is None or words.start("tail") < last:
            continue
        asked = "报" not in words["tail"] or _ASKED_FOR.search(words["head"])
        within = words.start() >= section
        if asked or (within and not _ANNOUNCES.search(prose.around(*words.span()))):
            last = words.end()
            continue
        title = title_of(words, words.group(), prose.where(words.start("tail")))
        at = words.start()
        called = None
        if not title.name and text[at - 1 : at] == ")":
            called = _CALLED.search(text, max(last, at - _LONGEST_CALLED), at)
        last = words.end()
        name = _DOING.sub("", called["name"] if called else title.name).removesuffix("将")
        yield replace(title, name=_NOT_YET_A_NAME.sub("", name))
