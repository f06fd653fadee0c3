"""The organs that sentences name as the report's author or as the one who acts in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.outline import Prose

_BEGINS = r"(?:^|(?<=[\n。;；,，:：])|(?<=[由经])|(?<=要求)|(?<=规定)|(?<=精神))"
_KIND = (
    "(?:(?:人民)?政府(?:办公[室厅])?|办事处|街道办?|镇|乡|[县市区旗州]"
    "|局|委员会|管委会|办公室|厅|中心)"
)
# 全镇, 我局, 市政府 name nobody; nor do words that a sentence begins with.
_NOBODY = (
    "[我本各该此]|全(?:[镇乡省市县区]|街道)|[省市县区州旗](?:人民|政府|委|级|直|属)"
    "|城镇|中心镇|(?:主|新|老)?城区|开发区|高新区|街道"
)
_NAME = rf"(?P<name>(?!{_NOBODY})(?:(?!代表|指导|督促|要求|组织)[^\W\d_由]){{1,28}}?{_KIND})"
_WRITES = "(?:汇总|组织|负责|牵头|认真|具体)*(?:编制|编写|编报|撰写)"
_HOW = "(?:根据|依据|按照|依照|遵照|结合|严格|参照)"
_REPORT = r"(?:了|完成|形成|而成)*(?:[。\n]|$|[^。\n]{0,20}?(?:报告|年报))"
_AUTHOR = re.compile(
    rf"{_BEGINS}{_NAME}(?:党政办(?:公室)?|办公室)?"
    rf"(?:{_HOW}[^。\n]{{0,60}}?{_WRITES}{_REPORT}|{_WRITES}(?:{_REPORT}|[,，])"
    r"|(?:现?将)[^。\n,，]{0,40}(?:报告|公布)(?:如下|于后))"
)
_ACTS = (
    "(?:认真|严格|坚持|坚决|深入|积极|全面|切实|高度|紧紧|始终|持续|扎实|不断|继续|深化|共|累计|主动公开|公开"
    "|牢固|贯彻|落实|按照|根据|以习近平|党委|深刻|大力|着力|进一步|有序|稳步|充分|聚焦|围绕|强化|加强)"
)
_ACTOR = re.compile(
    rf"(?:^|(?<=[\n。]))(?:在?20\d\d年(?:度|以来|来)?[,，]?)?{_NAME}"
    rf"(?:20\d\d年(?:度|以来|来)?[,，]?)?(?={_ACTS})"
)


def authors(prose: Prose) -> Iterator[tuple[str, str, str]]:
    """Who is said to have written the report: name, the words, where."""
    for found in _AUTHOR.finditer(prose.text):
        if not re.search("指南|目录|预算|规划|方案", found.group()):
            yield found["name"], found.group().strip(), prose.where(found.start("name"))


def actors(prose: Prose) -> Iterator[tuple[str, str, str]]:
    """Who opens a sentence and acts in it: 2023年，某镇认真贯彻…; name, the words, where."""
    for found in _ACTOR.finditer(prose.text):
        around = prose.around(found.start("name"), found.end())
        yield found["name"], around, prose.where(found.start("name"))
