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
    "格式|有关|编[制写报]|通知|模板|报送|制度|办法|规定|规范|指南|考核|评[估议]|机制|要求|任务|填报|撰写|工作"
    "|发布(?!如下|[,。;])|公布(?:情况|制度|工作)"
)
_ANNOUNCED = re.compile(
    rf"(?P<head>[^。;,!?、:《》()\n]{{0,60}}?){CORE_OR_AFFAIRS}".replace("{2,24}", "{3,24}+")
    + rf"(?!{_NO_REPORT})"
)
# What is done with the report before it is named. 将乐县 is a place, 编制委员会 an organ.
_DOING = re.compile(
    "^.*(?:公布|公开(?!办|中心)|公示|编制(?!委|办)|编写|编报|发布|印发|形成|撰写|制定|制作|汇总|完成|起草|报送|上报|披露|出台"
    "|结合|根据|按照|依据|要求|规定|[了是现]|将(?![乐军台]))"
)
_NOT_YET_A_NAME = re.compile("^(?:本级|本部门|全文|向社会|的|由(?=.{4}))+")
# Within a section only a sentence that announces tells; others speak of what was done.
_ANNOUNCES = re.compile(
    "现[将予就对编公向发]|特[编向此将]|如下|本报告|将[^。]{0,60}(?:公布|公开|报告)"
)


def announced(prose: Prose, start: int, section: int, end: int) -> Iterator[Title]:
    """The reports that the sentences between two offsets name; the first section begins between."""
    for words in _ANNOUNCED.finditer(prose.text, start, max(start, end)):
        if "报" not in words["tail"]:
            continue
        if words.start() >= section and not _ANNOUNCES.search(prose.around(*words.span())):
            continue
        title = title_of(words, words.group(), prose.where(words.start("tail")))
        name = _DOING.sub("", title.name)
        yield replace(title, name=_NOT_YET_A_NAME.sub("", name))
