"""What the national forms print, and how issuers print it otherwise."""

from __future__ import annotations

import re
from collections.abc import Sequence

HEADINGS = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)

# Table two: a title, the column headers, the rows with the codes of their cells.
Block = tuple[str, tuple[str, ...], tuple[tuple[str, tuple[str, ...]], ...]]


def _codes(row: str, *columns: str) -> tuple[str, ...]:
    return tuple(f"{row}_{column}" for column in columns)


_MADE = ("newly_made", "newly_disclosed", "disclosed_total")
_ISSUED = ("issued", "repealed", "in_force")
_ITEMS = ("items_prev_year", "items_change", "decisions")
_ITEM_HEADERS = ("上一年项目数量", "本年增/减", "处理决定数量")

TABLE_TWO: dict[str, tuple[Block, ...]] = {
    "t2019": (
        (
            "第二十条第（一）项",
            ("本年新制作数量", "本年新公开数量", "对外公开总数量"),
            (("规章", _codes("rules", *_MADE)), ("规范性文件", _codes("normative_docs", *_MADE))),
        ),
        (
            "第二十条第（五）项",
            _ITEM_HEADERS,
            (
                ("行政许可", _codes("licensing", *_ITEMS)),
                ("其他对外管理服务事项", _codes("other_services", *_ITEMS)),
            ),
        ),
        (
            "第二十条第（六）项",
            _ITEM_HEADERS,
            (
                ("行政处罚", _codes("penalty", *_ITEMS)),
                ("行政强制", _codes("coercion", *_ITEMS)),
            ),
        ),
        (
            "第二十条第（八）项",
            _ITEM_HEADERS[:2],
            (("行政事业性收费", _codes("admin_fee", *_ITEMS[:2])),),
        ),
        (
            "第二十条第（九）项",
            ("采购项目数量", "采购总金额"),
            (("政府集中采购", ("procurement_projects", "procurement_amount")),),
        ),
    ),
    "t2021": (
        (
            "第二十条第（一）项",
            ("本年制发件数", "本年废止件数", "现行有效件数"),
            (
                ("规章", _codes("rules", *_ISSUED)),
                ("行政规范性文件", _codes("normative_docs", *_ISSUED)),
            ),
        ),
        (
            "第二十条第（五）项",
            ("本年处理决定数量",),
            (("行政许可", ("licensing_decisions",)),),
        ),
        (
            "第二十条第（六）项",
            ("本年处理决定数量",),
            (("行政处罚", ("penalty_decisions",)), ("行政强制", ("coercion_decisions",))),
        ),
        (
            "第二十条第（八）项",
            ("本年收费金额（单位：万元）",),
            (("行政事业性收费", ("admin_fee_amount",)),),
        ),
    ),
}

BALANCE_NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
LEGAL_HEADERS = ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")
RECEIVED = (
    ("req_received_new", "一、本年新收政府信息公开申请数量"),
    ("req_carried_in", "二、上年结转政府信息公开申请数量"),
)
CARRIED_OUT = ("req_carried_out", "四、结转下年度继续办理")
PROCESSED = ("req_processed_total", "（七）总计")
Group = tuple[str, tuple[tuple[str, str], ...]]
SINGLE = (
    ("req_outcome_granted", "（一）予以公开"),
    ("req_outcome_partial", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"),
)
GROUPS: tuple[Group, ...] = (
    (
        "（三）不予公开",
        (
            ("req_denied_state_secret", "1.属于国家秘密"),
            ("req_denied_law_prohibited", "2.其他法律行政法规禁止公开"),
            ("req_denied_security_stability", "3.危及“三安全一稳定”"),
            ("req_denied_third_party", "4.保护第三方合法权益"),
            ("req_denied_internal_affairs", "5.属于三类内部事务信息"),
            ("req_denied_process_info", "6.属于四类过程性信息"),
            ("req_denied_enforcement_file", "7.属于行政执法案卷"),
            ("req_denied_admin_query", "8.属于行政查询事项"),
        ),
    ),
    (
        "（四）无法提供",
        (
            ("req_unable_not_held", "1.本机关不掌握相关政府信息"),
            ("req_unable_needs_creation", "2.没有现成信息需要另行制作"),
            ("req_unable_unclear", "3.补正后申请内容仍不明确"),
        ),
    ),
    (
        "（五）不予处理",
        (
            ("req_notproc_petition", "1.信访举报投诉类申请"),
            ("req_notproc_repeat", "2.重复申请"),
            ("req_notproc_publication", "3.要求提供公开出版物"),
            ("req_notproc_excessive", "4.无正当理由大量反复申请"),
            ("req_notproc_reissue", "5.要求行政机关确认或重新出具已获取信息"),
        ),
    ),
)
OTHER_LEAF = ("req_outcome_other", "（六）其他处理")
OTHER_GROUP: Group = (
    "（六）其他处理",
    (
        (
            "req_other_no_correction",
            "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
        ),
        (
            "req_other_fee_unpaid",
            "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        ),
        ("req_other_misc", "3.其他"),
    ),
)
DISPUTE_HEADERS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")

# How a label is printed otherwise: what stands in the form, what stands on the page.
VARIANTS: dict[str, tuple[tuple[str, str], ...]] = {
    "spaced_labels": (("总计", "总 计"), ("情形", "情 形"), ("重新出具", "重 新出具")),
    "broken_labels": (
        ("本年新制作", "本年新\n制作"),
        ("本年新公开", "本年新\n公开"),
        ("本年制发件数", "本年制发\n件数"),
        ("商业企业", "商业\n企业"),
        ("科研机构", "科研\n机构"),
        ("尚未审结", "尚未\n审结"),
    ),
    "half_brackets": (("（", "("), ("）", ")")),
    "straight_quotes": (("“", '"'), ("”", '"')),
    "no_quotes": (("“", ""), ("”", "")),
    "other_variant": (("其他", "其它"),),
    "backslash_change": (("增/减", "增\\减"),),
    "joined_change": (("增/减", "增减"),),
    "eaten_minus": (("增/减", "增/"),),
    "admin_normative": (("规范性文件", "行政规范性文件"),),
    "plain_normative": (("行政规范性文件", "规范性文件"),),
    "this_year_decisions": (("处理决定数量", "本年处理决定数量"),),
    "short_labels": (
        ("（区分处理的，只计这一情形，不计其他情形）", ""),
        ("申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", "逾期不补正"),
        ("申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", "逾期不缴费"),
    ),
    "listed_petition": (("信访举报投诉", "信访、举报、投诉"),),
    "turned_carry": (("上年结转", "上年转结"),),
    "wan_header": (("采购总金额", "采购总金额（万元）"),),
    "yuan_header": (("采购总金额", "采购总金额（元）"),),
    "wan_header_and_cell": (("采购总金额", "采购总金额（万元）"),),
}


def printed_label(label: str, oddities: Sequence[str]) -> str:
    """The label as a report with these oddities prints it."""
    for oddity in oddities:
        for form, page in VARIANTS.get(oddity, ()):
            label = label.replace(form, page)
        if oddity == "comma_numbering":
            label = re.sub(r"^(\d)\.", r"\1、", label)
    return label
