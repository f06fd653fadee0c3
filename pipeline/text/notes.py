"""Notes in brackets behind a figure or a label: the few that leave it what it is."""

from __future__ import annotations

import re
from decimal import Decimal
from difflib import SequenceMatcher
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
# Behind a label, without punctuation: units, the report's year, what is in it, what the form says.
_AT_LABEL = re.compile(
    rf"(?:单位|计量单位|金额单位)?(?:为|是)?(?:(?:{UNIT})[或及和]?)+|略|注[0-9]{{0,2}}|[0-9]{{1,2}}"
    r"|本年度?(?:数据?|数量|情况)?|当年|全年|(?:19|20)[0-9]{2}(?:年度?)?"
    r"|(?:其中|含|包含|包括)(?!.*(?:往年|下属|结转|[0-9])).*"
    r"|.*(?:之和|等于|勾稽).*|.*条例?第.{1,6}条.*|第.{1,6}条.*"
    r"|设区的市.*|(?=.*[^\x00-\x7f])[a-zà-ɏ]{1,6}"  # how a word is said: zǒng
    r"|(?:国家|公共|经济|社会|安全|稳定|和|及)+"
    r"|(?:人事管理|后勤管理|内部工作流程|讨论记录|过程稿|磋商信函|请示报告|信息|和|及|等)+"
)
# Organs, and what moves or narrows a count: judged with the report's own organ and year in view.
_JUDGED = re.compile(
    r"[^\W\d_]*(?:镇|乡|街道|政府|局|委员会|管委会|(?:政府|党政)办|办公[室厅])"
    "|.*(?:上年|上一年|去年|历年|累计|不含|不包括|除外).*"
)
_OF_FORM = "区分处理的只计这一情形不计其他情形"
_ALIKE = 0.7  # of the characters; a page may have lost or changed a few
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


@lru_cache(maxsize=10_000)
def leaves_label(note: str) -> bool:
    """Whether a note behind a label, as `notes_in` gives it, leaves what the label counts."""
    if _AT_LABEL.fullmatch(note) or _JUDGED.fullmatch(note):
        return True
    return SequenceMatcher(None, note, _OF_FORM, autojunk=False).ratio() >= _ALIKE


def refers(note: str) -> bool:
    """Whether a squeezed note, without its brackets, leads to a note elsewhere: 注1."""
    return _REFERENCE.fullmatch(note) is not None
