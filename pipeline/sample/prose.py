"""The words of a report around its tables: those of the invented reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.sample.figures import Figures, draw
from pipeline.sample.places import CITY, COUNTY, PROVINCE, Town
from pipeline.sample.wording import data

_WORDS: dict[str, Any] = data("prose.toml")
_FICTION = f"（{PROVINCE}{CITY}{COUNTY}为虚构地名，本文件及其数字均为演示而编写。）"


@dataclass(frozen=True, slots=True)
class Prose:
    """The lines of the title, and the paragraphs of the preface and of sections one, five, six."""

    titles: Sequence[str]
    preface: Sequence[str]
    overview: Sequence[str]
    problems: Sequence[str]
    other: Sequence[str]


def invented(town: Town, year: int, figures: Figures, oddities: Sequence[str]) -> Prose:
    """What a fictional town writes about a year with these figures."""
    titles: tuple[str, ...] = (f"{COUNTY}{town.name}{year}年政府信息公开工作年度报告",)
    if "two_line_title" in oddities:
        organ = town.organ.removeprefix(f"{PROVINCE}{CITY}{COUNTY}")
        titles = (organ, f"{year}年政府信息公开工作年度报告")
    elif "title_without_year" in oddities:
        titles = (f"{COUNTY}{town.name}政府信息公开工作年度报告",)
    elif "short_title" in oddities:
        titles = (f"{town.name}{year}年政府信息公开年报",)
    period = year - 1 if "stale_preface" in oddities else year
    preface = (
        f"依照《中华人民共和国政府信息公开条例》的规定，{COUNTY}{town.name}编写了这份年度报告。"
        f"文中数据的统计期限为{period}年1月1日至{period}年12月31日。"
        f"对报告内容有疑问的，请与{COUNTY}{town.name}党政办公室联系。"
    )
    manner = draw(0, len(_WORDS["manners"]) - 1, town.name, year, "manner")
    disclosed = f"（一）主动公开。{year}年，{town.self_name}{_disclosed(town, year, oddities)}。"
    received = f"（二）依申请公开。{_received(town, year, figures)}。"
    managed = f"（三）日常管理。{_WORDS['manners'][manner]}"
    problem = draw(0, len(_WORDS["problems"]) - 1, town.name, year, "problem")
    problems = (
        f"{year}年工作中的主要不足是：{_WORDS['problems'][problem]}。"
        f"{year + 1}年，{town.self_name}打算{_WORDS['remedies'][problem]}。"
    )
    fee = int(figures["nar_info_fee_amount", ""])
    other = "没有其他需要报告的事项。"
    if year >= 2021:  # the fee for handling requests exists since then
        other = f"{year}年未收取信息处理费。{other}"
        other = f"{year}年收取信息处理费{fee}元，已全部上缴国库。" if fee else other
    return Prose(titles, (preface,), (disclosed, received, managed), (problems,), (other, _FICTION))


def _disclosed(town: Town, year: int, oddities: Sequence[str]) -> str:
    """What was disclosed: a total, with its list by category or by channel."""
    if "missing_number" in oddities:
        return "主动公开政府信息  条，内容以工作动态和惠民政策为主"
    parts = [
        (name, draw(1, most, town.name, year, name))
        for name, most in _WORDS["categories"].items()
        if draw(0, 5, town.name, year, name, "kept")
    ]
    total = sum(count for _, count in parts)
    if "rounded_count" in oddities:
        return f"主动公开政府信息{total // 10 * 10}余条，比上年有所增加"
    total += 12 if "list_does_not_add_up" in oddities else 0
    match draw(0, 3, town.name, year, "list"):
        case 0:
            listed = "、".join(f"{name}{count}条" for name, count in parts)
            return f"共主动公开政府信息{total}条，其中{listed}"
        case 1:
            listed = "，".join(f"{name}类{count}条" for name, count in parts)
            return f"全年主动公开政府信息{total}条，其中：{listed}"
        case 2:
            listed = "；".join(f"{name} {count} 条" for name, count in parts)
            return f"主动公开各类政府信息 {total} 条。其中，{listed}"
    site = total - draw(0, total // 3, town.name, year, "wechat")
    listed = f"通过政府网站公开{site}条、通过微信公众号公开{total - site}条"
    return f"累计主动公开信息{total}条，其中{listed}"


def _received(town: Town, year: int, figures: Figures) -> str:
    """Who applied."""
    new, carried = (int(figures[row, "total"]) for row in ("req_received_new", "req_carried_in"))
    if not new + carried:
        return f"{year}年未收到政府信息公开申请"
    if not new:
        return f"{year}年未收到新的申请，上年结转的{carried}件已按程序处理"
    style = draw(0, 2, town.name, year, "received")
    if style == 0:
        return f"全年共受理依申请公开事项{new + carried}件，均在法定期限内处理"
    if new < 10 and style == 1:
        return f"全年收到政府信息公开申请{'零一两三四五六七八九'[new]}件，均已登记办理"
    tail = f"，上年结转{carried}件" if carried else ""
    return f"全年新收政府信息公开申请{new}件{tail}，逐件登记、专人答复"
