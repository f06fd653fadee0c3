"""Notes in brackets behind the figure of a cell: the few that leave it what it is."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from pipeline.text.units import UNIT

# What a part of a figure may be called; any other word may take something off or move it.
_PART = (
    "(?:(?:通过)?(?:互联网|网络|网上|网站|线上|线下|现场|当面|信函|来信|邮寄|邮件|电子邮件|传真|书面|口头|电话)"
    "(?:申请|公开|受理|提交)?"
    "|新?制[定发]|新增|修订|修改|废止|转发|主动公开|依申请公开|予以公开|部分公开|不予公开"
    "|自然人|公民|个人|法人|企业|商业企业|科研机构|社会组织|社会公益组织|法律服务机构|其他组织|其他"
    "|村级|镇级|乡级|县级|规章|规范性文件|行政规范性文件|文件)"
)
_COUNT = r"[0-9]{1,6}"
_PARTS = re.compile(
    rf"(?:其中|含|包含|包括)[:,]?(?P<parts>{_PART}{_COUNT}(?:{UNIT})?"
    rf"(?:[、,;和及]{_PART}{_COUNT}(?:{UNIT})?)*)"
)
_PLAIN = re.compile(rf"(?:单位:?)?(?:{UNIT})|略|本年度?(?:数|数量)?|全年")
_REFERENCE = re.compile("(?:见|详见)?注[0-9]?")


@lru_cache(maxsize=10_000)
def is_harmless(note: str, figure: Decimal) -> bool:
    """Whether a squeezed note, without its brackets, says no other number than the figure.

    It names a unit, or parts that the figure has room for: 其中网络3件. Everything else may change,
    compare or move the figure.
    """
    if _PLAIN.fullmatch(note):
        return True
    named = _PARTS.fullmatch(note)
    return named is not None and sum(map(int, re.findall(_COUNT, named["parts"]))) <= figure


def refers(note: str) -> bool:
    """Whether a squeezed note, without its brackets, leads to a note elsewhere: 注1."""
    return _REFERENCE.fullmatch(note) is not None
