"""The sentences of the invented reports."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.sample.figures import Figures, draw
from pipeline.sample.places import CITY, COUNTY, PROVINCE, Town

FICTION = f"（{PROVINCE}{CITY}{COUNTY}为虚构地名，本文件及其数字均为演示而编写。）"
CHINESE_DIGITS = "零一两三四五六七八九"

_CATEGORIES = (
    ("机构信息", 9),
    ("政策文件", 40),
    ("规划总结", 8),
    ("通知公告", 45),
    ("工作信息", 120),
    ("人事信息", 6),
    ("财政信息", 14),
    ("重点领域信息", 36),
)
_MANNERS = (
    "信息发布前逐条核对来源和密级，发布后按月回看，过期内容及时更正。",
    "各办所每季度报送一次公开目录，由党政办公室统一编号、统一上网。",
    "政务公开专区设在便民服务中心一楼，群众可以在那里查阅文件、打印指南。",
    "干部进村入户时带上公开手册，把补贴标准、办事流程当面讲清楚。",
    "公开栏、广播和手机短信同时使用，照顾不上网的老年人。",
)
_PROBLEMS = (
    "从事公开工作的人员多为兼职，岗位一变动就要重新熟悉业务",
    "政策解读以转发为主，结合当地实际的图表和问答偏少",
    "部分栏目更新间隔较长，群众要找的内容有时排在后面",
    "村一级公开的内容详略不一，格式也不统一",
)
_REMEDIES = (
    "安排专人跟班学习两周，并把操作步骤写成手册",
    "每件惠民政策配一份不超过一页的问答",
    "按月检查栏目更新日期，超过三十天未更新的当面提醒",
    "给各村统一印制公开目录样表，年底集中验收一次",
)


def titles(town: Town, year: int, oddities: Sequence[str]) -> tuple[str, ...]:
    """The title, in one line or several."""
    if "two_line_title" in oddities:
        organ = town.organ.removeprefix(f"{PROVINCE}{CITY}{COUNTY}")
        return (organ, f"{year}年政府信息公开工作年度报告")
    if "title_without_year" in oddities:
        return (f"{COUNTY}{town.name}政府信息公开工作年度报告",)
    if "short_title" in oddities:
        return (f"{town.name}{year}年政府信息公开年报",)
    return (f"{COUNTY}{town.name}{year}年政府信息公开工作年度报告",)


def preface(town: Town, year: int, oddities: Sequence[str]) -> str:
    """What the report is, for which year, and where to ask."""
    period = year - 1 if "stale_preface" in oddities else year
    return (
        f"依照《中华人民共和国政府信息公开条例》的规定，{COUNTY}{town.name}编写了这份年度报告。"
        f"文中数据的统计期限为{period}年1月1日至{period}年12月31日。"
        f"对报告内容有疑问的，请与{COUNTY}{town.name}党政办公室联系。"
    )


def overview(
    town: Town, year: int, figures: Figures, oddities: Sequence[str]
) -> tuple[str, str, str]:
    """Section one: what was disclosed, who applied, how the work is run."""
    manner = _MANNERS[draw(0, len(_MANNERS) - 1, town.name, year, "manner")]
    return (
        _disclosed(town, year, oddities),
        _received(town, year, figures),
        f"（三）日常管理。{manner}",
    )


def _disclosed(town: Town, year: int, oddities: Sequence[str]) -> str:
    lead = f"（一）主动公开。{year}年，{town.self_name}"
    if "missing_number" in oddities:
        return f"{lead}主动公开政府信息  条，内容以工作动态和惠民政策为主。"
    parts = [
        (name, draw(1, most, town.name, year, name))
        for name, most in _CATEGORIES
        if draw(0, 5, town.name, year, name, "kept")
    ]
    total = sum(count for _, count in parts)
    if "rounded_count" in oddities:
        return f"{lead}主动公开政府信息{total // 10 * 10}余条，比上年有所增加。"
    if "list_does_not_add_up" in oddities:
        total += 12
    style = draw(0, 3, town.name, year, "list")
    if style == 0:
        listed = "、".join(f"{name}{count}条" for name, count in parts)
        return f"{lead}共主动公开政府信息{total}条，其中{listed}。"
    if style == 1:
        listed = "，".join(f"{name}类{count}条" for name, count in parts)
        return f"{lead}全年主动公开政府信息{total}条，其中：{listed}。"
    if style == 2:
        listed = "；".join(f"{name} {count} 条" for name, count in parts)
        return f"{lead}主动公开各类政府信息 {total} 条。其中，{listed}。"
    site = total - draw(0, total // 3, town.name, year, "wechat")
    return (
        f"{lead}累计主动公开信息{total}条，其中通过政府网站公开{site}条、"
        f"通过微信公众号公开{total - site}条。"
    )


def _received(town: Town, year: int, figures: Figures) -> str:
    new, carried = (int(figures[row, "total"]) for row in ("req_received_new", "req_carried_in"))
    lead = "（二）依申请公开。"
    if not new + carried:
        return f"{lead}{year}年未收到政府信息公开申请。"
    if not new:
        return f"{lead}{year}年未收到新的申请，上年结转的{carried}件已按程序处理。"
    style = draw(0, 2, town.name, year, "received")
    if style == 0:
        return f"{lead}全年共受理依申请公开事项{new + carried}件，均在法定期限内处理。"
    if new < 10 and style == 1:
        return f"{lead}全年收到政府信息公开申请{CHINESE_DIGITS[new]}件，均已登记办理。"
    tail = f"，上年结转{carried}件" if carried else ""
    return f"{lead}全年新收政府信息公开申请{new}件{tail}，逐件登记、专人答复。"


def problems(town: Town, year: int) -> str:
    """Section five."""
    nth = draw(0, len(_PROBLEMS) - 1, town.name, year, "problem")
    return (
        f"{year}年工作中的主要不足是：{_PROBLEMS[nth]}。"
        f"{year + 1}年，{town.self_name}打算{_REMEDIES[nth]}。"
    )


def other_matters(year: int, figures: Figures) -> str:
    """Section six; the fee for handling requests exists since 2021."""
    if year < 2021:
        return "没有其他需要报告的事项。"
    fee = int(figures["nar_info_fee_amount", ""])
    if fee:
        return f"{year}年收取信息处理费{fee}元，已全部上缴国库。"
    return f"{year}年未收取信息处理费。没有其他需要报告的事项。"
