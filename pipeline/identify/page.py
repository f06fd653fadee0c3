"""What the page around a report says of whose it is: rows of metadata, the path to the page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.model import Evidence
from pipeline.outline import Line
from pipeline.reference import kind_of

_MOST_LINES = 300  # from the top; metadata below a report repeats those above it
_HEAD_LINES = 3
_LONGEST_ROW = 200  # characters of a line of metadata
_LONGEST_NAME = 40

_SOURCE = "信息来源|文章来源|稿源|来源"
_CAPTION = (
    "发布机构|发布单位|发布机关|发文机构|信息发布机构|公开主体|公开单位|公开机构|发文机关|发文单位|责任部门|供稿单位"
    f"|编制单位|编制机关|编报单位|填报单位|填报机关|报告单位|报送单位|制作单位|制发机关|{_SOURCE}"
)
# Captions that may follow a name, and stand where an empty one is left out.
_OTHER_CAPTION = (
    r"(?:发布|公开|成文|生成|发文|发表|更新|形成|写作|制发|印发|废止|有效|生效|失效|组配|信息|主题|体裁|服务|公文)"
    r"(?:时间|日期|字号|形式|类别|分类|对象|名称|状态|文号|种类|范围|方式)"
    r"|索引号|发布人|录入|责编|签发|浏览|点击|阅读|访问|字[体号]|作者|文号|时效|关键词|标题|名称|日期|时间|是否有效|有效性|分享|打印|保存|编辑|责任编辑|审核|大中小|主办|内容概述|语种|分类"
)
_FIELD = re.compile(
    rf"(?P<caption>{_CAPTION})(?P<mark>[:：]|[\W_]*)"
    rf"(?P<name>[^\W\d_]{{2,{_LONGEST_NAME}}}?)(?={_OTHER_CAPTION}|(?:{_CAPTION})|[\W\d_]|$)"
)
_BARE_CAPTION = re.compile(rf"^[\W_]*(?P<caption>{_CAPTION})[\W_]*$")
_VALUE = re.compile(rf"^[\W_]*(?P<name>[^\W\d_]{{2,{_LONGEST_NAME}}})[\W_]*$")
_IS_CAPTION = re.compile(rf"(?:{_CAPTION}|{_OTHER_CAPTION})")
_PATH = re.compile(r"当前位置|您的位置|所在(?:的)?位置|首页")
_STEP = re.compile(r"[>»›→|/\\:：]|&gt;|-{1,2}|[—–]+")


def metadata(lines: Sequence[Line]) -> Iterator[Evidence]:
    """The names after 发布机构 (`issuer_line`) and after 来源 (`source_line`), as they come.

    The name may stand in the line or the cell below its caption; an empty one has none.
    """
    for at, line in enumerate(lines[:_MOST_LINES]):
        if len(line.words) > _LONGEST_ROW or not _IS_CAPTION.search(line.words):
            continue
        if bare := _BARE_CAPTION.match(line.words):
            below = lines[at + 1].words if at + 1 < len(lines) else ""
            value = _VALUE.match(below)
            if value and not _IS_CAPTION.match(value["name"]):
                yield _named(bare["caption"], value["name"], line)
            continue
        for field in _FIELD.finditer(line.words):
            # A bare 来源 is a word as any other: 信息来源于各部门.
            stands = field["mark"] or (not field.start() or field["caption"] not in _SOURCE)
            sentence = not field["mark"] and "。" in line.words
            if stands and not sentence and not _IS_CAPTION.match(field["name"]):
                yield _named(field["caption"], field["name"], line)


def _named(caption: str, name: str, line: Line) -> Evidence:
    method = "source_line" if caption.endswith(("来源", "稿源")) else "issuer_line"
    return Evidence("organ", name, method, name, line.where)


def steps(lines: Sequence[Line]) -> Iterator[Evidence]:
    """The steps of the path to the page, the last one first: 首页 > 示例县 > 云岫镇.

    A name alone at the head of the page is that of the site or of its column.
    """
    for line in lines[:_HEAD_LINES]:
        if len(line.words) <= _LONGEST_NAME and kind_of(line.words):
            yield Evidence("organ", line.words, "breadcrumb", line.words, line.where)
    for line in lines[:_MOST_LINES]:
        if not _PATH.search(line.words) or len(line.words) > _LONGEST_ROW:
            continue
        parts = [re.sub(r"[\W\d_]", "", part) for part in _STEP.split(line.words)]
        for part in reversed(parts):
            if 1 < len(part) <= _LONGEST_NAME:
                yield Evidence("organ", part, "breadcrumb", line.words, line.where)
