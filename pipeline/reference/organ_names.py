"""Whether a name says which organ is meant: whole, or 区住建局, 医院 and worse."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

from pipeline.reference.organs import OrganKind, kind_of
from pipeline.text import simplified

# What a name is not made of: letters and digits, words of a site, of a caption, of a collection.
_NO_NAME = re.compile(
    r"[A-Za-z0-9Ａ-Ｚａ-ｚ０-９]|官网|官方网|网站|门户|入口|平台$|彩票(?!管理|发行|销售)|娱乐|博彩|葡京"
    r"|棋牌(?!运动)|威廉希尔|开云|赌"
    r"|[“”\"'‘’《》〈〉,，。;；:：、?？!！…×某]|没有|找到|相关|如下|以下"
    r"|^(?:全国|单位|部门|机关|标题|来源|发布|关于|关键词|索引|文号)"
)
# A whole place or organ: 岳阳市汨罗市汨罗镇 has 市汨罗 twice and is right.
_TWICE = re.compile(r"(?:^|(?<=[省市县区旗州盟]))([^\W\d_]{2,}[省市县区旗州盟镇乡道会局])\1")
# 党政综合办公室, 政务公开领导小组办公室, 信息中心: a desk of the organ before it.
_DESK_OF = re.compile(
    r"^(?P<organ>.+?(?:镇|乡|街道|苏木|办事处|(?<=[镇乡木])人民政府|(?<=[镇乡木])政府|局|厅|管委会|管理委员会))"
    r"(?:(?:党政|党委|党工委|党建|综合|政务|政府|信息|公开|工作|领导小组|机关|行政|事务|服务|宣传|文秘|秘书|督查|数据|和|与)+"
    r"(?:办公室|办|科|股)|办公室|党政办公?室?|信息中心)$"
)
# The desk of an office: 人民政府办公室政务公开科, 领导小组办公室综合科.
_DESK_OF_OFFICE = re.compile(
    r"(?<=办公[室厅])(?:政务|政府|信息|公开|工作|管理|服务|综合|秘书|行政)+(?:科|股|处|室|中心|办公室|办)$"
)
_DESK_OF_GOVERNMENT = re.compile(
    "^(?P<place>.+[省市县区州旗盟])(?:人民政府|政府)?(?:政府|政务)?(?:信息)?公开(?:工作)?(?:领导小组)?办公室$"
)
# Kinds of zones and of institutions, which say nothing of which is meant.
_ANY_ZONE = re.compile(
    r"(?:国家级|省级|市级|经济|技术|高新|产业|工业|农业|科技|开发|旅游|度假|风景|名胜|综合|保税|物流"
    r"|生态|循环|示范|试验|实验|园区|新区|新城|园|区|城|经开|集聚|管理|管委会|委员会)+"
)
_PROPER_INSTITUTION = re.compile(r"[^\W\d_]{2,}(?:大学|学院|集团|研究院|博物馆)$")
_ANY_BRANCH = re.compile(r"(?:海关|海事局|调查队|税务所|监管分局|[^海]{2,6}局|.{2,8}[队站])")
_LEVEL = re.compile(r"^(?:自治[区州县旗]|市(?!场)|县|区(?!域)|[省州旗盟])级?")


@cache
def _central() -> frozenset[str]:
    with Path(__file__).with_name("central_organs.csv").open(encoding="utf-8", newline="") as file:
        return frozenset(row["organ"] for row in csv.DictReader(file))


def is_central(name: str) -> bool:
    """Whether it is an organ of the State Council, which belongs to no region."""
    return name in _central()


def without_desk(name: str) -> str:
    """The organ that a desk inside it stands for: 通元镇党政综合办公室 is 通元镇."""
    if name.endswith("办公厅") and is_central(name.removesuffix("办公厅")):
        return name.removesuffix("办公厅")
    if not name.endswith(("办公室", "办", "科", "股", "处", "室", "中心")):
        return name
    name = _DESK_OF_GOVERNMENT.sub(r"\g<place>人民政府办公室", _DESK_OF_OFFICE.sub("", name))
    desk = _DESK_OF.match(name)
    return desk["organ"] if desk else name


def said_once(name: str) -> str:
    """A name without what it says twice in a row: 蚌埠市蚌埠市经济开发区."""
    return _TWICE.sub(r"\1", name)


def can_stand(name: str) -> bool:
    """Whether a name may be an organ's at all: no words of a site, no part said twice."""
    twice = _TWICE.search(name) is not None
    return bool(name) and not (twice or _NO_NAME.search(name) or simplified(name) != name)


def is_relative(name: str, kind: OrganKind | None) -> bool:
    """Whether a name without a place is that of many organs: 区住建局, 医院, 管委会.

    `name` is without the county, the city or the province, where these are known.
    """
    words = _LEVEL.sub("", name)
    if is_central(name):
        return False
    if kind is OrganKind.DEPARTMENT:
        return True
    if kind is OrganKind.DEVELOPMENT_ZONE:
        return _ANY_ZONE.fullmatch(words) is not None
    if kind is OrganKind.PUBLIC_INSTITUTION:
        return not _PROPER_INSTITUTION.search(words) or words != name
    if kind is OrganKind.VERTICAL_BRANCH:
        return words != name or _ANY_BRANCH.fullmatch(words) is not None or kind_of(words) is None
    return False
