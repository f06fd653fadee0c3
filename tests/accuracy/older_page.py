"""The tables of 2014 and 2008 as a clerk fills them; their labels are typed from the forms."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from tests.accuracy.figures import Figures, Key
from tests.accuracy.older_figures import figures_2008, figures_2014
from tests.accuracy.page import STATISTICS, Cell, Draft, Row, Sheet, digits, draft, own_name

# A row is `concept unit label`; one without a concept opens a block.
_ROWS_2014 = """\
- - 一、主动公开情况
t14_disclosed_total 条 （一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）
t14_normative_docs_disclosed 条 其中：主动公开规范性文件数
t14_normative_docs_made 件 制发规范性文件总数
- - （二）通过不同渠道和方式公开政府信息的情况
t14_channel_gazette 条 1.政府公报公开政府信息数
t14_channel_website 条 2.政府网站公开政府信息数
t14_channel_weibo 条 3.政务微博公开政府信息数
t14_channel_wechat 条 4.政务微信公开政府信息数
t14_channel_other 条 5.其他方式公开政府信息数
- - 二、回应解读情况
t14_hot_issues_responded 次 （一）回应公众关注热点或重大舆情数（不同方式回应同一热点或舆情计1次）
- - （二）通过不同渠道和方式回应解读的情况
t14_press_conf 次 1.参加或举办新闻发布会总次数
t14_press_conf_principal 次 其中：主要负责同志参加新闻发布会次数
t14_online_interview 次 2.政府网站在线访谈次数
t14_online_interview_principal 次 其中：主要负责同志参加政府网站在线访谈次数
t14_interpretations 篇 3.政策解读稿件发布数
t14_social_media_responses 次 4.微博微信回应事件数
t14_other_responses 次 5.其他方式回应事件数
- - 三、依申请公开情况
t14_req_received 件 （一）收到申请数
t14_req_in_person 件 1.当面申请数
t14_req_fax 件 2.传真申请数
t14_req_online 件 3.网络申请数
t14_req_letter 件 4.信函申请数
t14_req_closed 件 （二）申请办结数
t14_req_closed_on_time 件 1.按时办结数
t14_req_closed_extended 件 2.延期办结数
t14_req_replied 件 （三）申请答复数
t14_reply_already_public 件 1.属于已主动公开范围数
t14_reply_granted 件 2.同意公开答复数
t14_reply_partial 件 3.同意部分公开答复数
t14_reply_denied 件 4.不同意公开答复数
t14_denied_state_secret 件 其中：涉及国家秘密
t14_denied_trade_secret 件 涉及商业秘密
t14_denied_privacy 件 涉及个人隐私
t14_denied_security 件 危及国家安全、公共安全、经济安全和社会稳定
t14_denied_not_gov_info 件 不是《条例》所指政府信息
t14_denied_other_law 件 法律法规规定的其他情形
t14_reply_not_this_organ 件 5.不属于本行政机关公开数
t14_reply_not_exist 件 6.申请信息不存在数
t14_reply_told_amend 件 7.告知作出更改补充数
t14_reply_told_other_channel 件 8.告知通过其他途径办理数
t14_review_total 件 四、行政复议数量
t14_review_upheld 件 （一）维持具体行政行为数
t14_review_corrected 件 （二）被依法纠错数
t14_review_other 件 （三）其他情形数
t14_lit_total 件 五、行政诉讼数量
t14_lit_upheld 件 （一）维持具体行政行为或者驳回原告诉讼请求数
t14_lit_corrected 件 （二）被依法纠错数
t14_lit_other 件 （三）其他情形数
t14_complaints 件 六、举报投诉数量
t14_req_fee_amount 万元 七、依申请公开信息收取的费用
- - 八、机构建设和保障经费情况
t14_dedicated_units 个 （一）政府信息公开工作专门机构数
t14_reading_points 个 （二）设置政府信息公开查阅点数
t14_staff_total 人 （三）从事政府信息公开工作人员数
t14_staff_fulltime 人 1.专职人员数
t14_staff_parttime 人 2.兼职人员数
t14_budget 万元 （四）政府信息公开专项经费
- - 九、政府信息公开会议和培训情况
t14_meetings 次 （一）召开政府信息公开工作会议或专题会议数
t14_training_sessions 次 （二）举办各类培训班数
t14_training_people 人次 （三）接受培训人员数
"""
_ROWS_2008 = """\
t08_disclosed_total 条 主动公开信息数
t08_disclosed_fulltext 条 其中：全文电子化的主动公开信息数
t08_normative_docs_new 条 新增的行政规范性文件数
t08_service_info 条 提供服务类信息数
t08_web_visits 人次 网站专栏页面访问量
t08_onsite_visitors 人次 现场接待人数
t08_online_inquiries 人次 网上咨询数
t08_phone_inquiries 人次 咨询电话接听数
t08_on_request_catalogue 条 依申请公开信息目录数
t08_req_total 条 申请总数
t08_req_in_person 条 其中：1.当面申请数
t08_req_fax 条 2.传真申请数
t08_req_email 条 3.电子邮件申请数
t08_req_web 条 4.网上申请数
t08_req_letter 条 5.信函申请数
t08_req_other 条 6.其他形式申请数
t08_replied_total 条 对申请的答复总数
t08_reply_granted 条 其中：1.同意公开答复数
t08_reply_partial 条 2.同意部分公开答复数
t08_reply_refused 条 3.否决公开答复总数
t08_refused_not_gov_info 条 其中：（1）“非《规定》所指政府信息”数
t08_refused_not_exist 条 （2）“信息不存在”数
t08_refused_not_held 条 （3）“非本部门掌握”数
t08_refused_unclear 条 （4）“申请内容不明确”数
t08_refused_exempt1_secret 条 （5）“免予公开范围1”数
t08_refused_exempt2_trade 条 （6）“免予公开范围2”数
t08_refused_exempt3_privacy 条 （7）“免予公开范围3”数
t08_refused_exempt4_process 条 （8）“免予公开范围4”数
t08_refused_exempt5_enforcement 条 （9）“免予公开范围5”数
t08_refused_exempt6_law 条 （10）“免予公开范围6”数
t08_refused_other 条 （11）其它原因
t08_review 件 行政复议数
t08_litigation 件 行政诉讼数
t08_appeal 件 行政申诉数
"""
# The columns of one table: what each is headed, and which period it gives.
_ONE = (
    {"统计数": ""},
    {"{year}年度": "period"},
    {"本年度数": "period"},
    {"本期实际": "period"},
)
_TWO = (
    {"本期实际": "period", "本年累计": "year_to_date"},
    {"{year}年度": "period", "历年累计": "cumulative"},
)
MONEY = ("t14_req_fee_amount", "t14_budget")
_CAPTIONS = (
    "政府信息公开情况统计表",
    "附表：政府信息公开情况统计表",
    "附件：政府信息公开情况统计表",
)
_CLOSING = "联系人：党政办公室，联系电话：0000-1234567。"
_PROSE = (
    "{who}依照《中华人民共和国政府信息公开条例》编制本报告，统计期限为{year}年1月1日至12月31日。",
    "办公室承担日常工作，村务公开栏每月更换一次，公开前逐件核对。",
    "解读材料偏少，来年每件惠民政策配一份问答。",
    "本报告附统计表一份。",
)


def older_draft(rng: Random, format_: str, layout: str, form: str, size: str) -> Draft:
    """A report whose figures stand on a table of 2014 or 2008, printed as the form wants it."""
    if form == "2019+2014":
        made = draft(rng, format_, layout, ("t2019", "t2019"), size)
        _annex(made, rng, *_statistics_2014(rng, size))
        return made
    is_2014 = form == "2014"
    year = rng.randint(2014, 2018) if is_2014 else rng.randint(2008, 2013)
    if is_2014:
        sheet, figures = _statistics_2014(rng, size)
    else:
        sheet, figures = _statistics_2008(rng, size, form, year)
    made = Draft(format_, layout, "", "", [], {}, {}, {}, [], "")
    _annex(made, rng, sheet, figures)
    who = own_name(rng)
    made.title = f"{who}{year}年政府信息公开工作年度报告"
    made.prose = [text.format(who=who, year=year) for text in _PROSE]
    return made


def _annex(made: Draft, rng: Random, sheet: Sheet, figures: Figures) -> None:
    """Add a table, its figures, and the units it prints of money."""
    made.sheets.append(sheet)
    made.figures |= figures
    made.values |= figures
    made.units |= {key: "万元" for key in figures if key[0] in MONEY}
    made.caption = rng.choice(_CAPTIONS)
    # One cell a line, nothing tells a line below the table from another cell of its last row.
    made.closing = rng.choice(("", _CLOSING)) if made.layout != "line_a_cell" else ""


def _statistics_2014(rng: Random, size: str) -> tuple[Sheet, Figures]:
    figures: Figures = {(code, ""): n for code, n in figures_2014(rng, size).items()}
    corner = rng.choice(("统计指标", "指标名称", "统 计 指 标"))
    rows: list[Row] = [[Cell(corner), Cell("单位"), Cell("统计数")]]
    nothing = rng.choice((("——", "——"), ("", ""), ("/", "/"), ("—", ""), None))
    dot = rng.choice((".", ".", "．", "、"))
    for line in _ROWS_2014.splitlines():
        concept, unit, words = line.split(" ", 2)
        words = words[0] + dot + words[2:] if words[1] == "." else words
        if concept != "-":
            rows.append(_row(words, [unit], [(concept, "")], figures))
        elif nothing:
            rows.append([Cell(words, role="block"), *(Cell(text) for text in nothing)])
        else:
            rows.append([Cell(words, 3, role="block")])
    return Sheet(STATISTICS, (9, 2, 3), rows), figures


def _statistics_2008(rng: Random, size: str, form: str, year: int) -> tuple[Sheet, Figures]:
    columns = rng.choice(_ONE if form == "2008 one" else _TWO)
    figures = _figures_2008(rng, size, list(columns.values()))
    is_coded = rng.random() < 0.5
    names = [text.format(year=year) for text in columns]
    asides = ["计量单位", *(["代码"] if is_coded else [])]
    corner = rng.choice(("指标名称", "指 标 名 称"))
    rows: list[Row] = [[Cell(text) for text in (corner, *asides, *names)]]
    if is_coded and rng.random() < 0.5:
        captions = ["甲", "乙", "丙", *(str(n + 1) for n in range(len(names)))]
        rows.append([Cell(text) for text in captions])
    for n, line in enumerate(_ROWS_2008.splitlines(), 1):
        concept, unit, words = line.split(" ", 2)
        beside = [unit, *([f"{n:02d}"] if is_coded else [])]
        keys = [(concept, period) for period in columns.values()]
        rows.append(_row(words, beside, keys, figures))
    widths = (9, *(2 for _ in asides), *(3 for _ in names))
    return Sheet(STATISTICS, widths, rows, len(rows) - len(_ROWS_2008.splitlines())), figures


def _figures_2008(rng: Random, size: str, periods: list[str]) -> Figures:
    """A longer period has the figures of the shorter one and those of the time before it."""
    figures: Figures = {}
    so_far: dict[str, Decimal] = {}
    for period in periods:
        for code, n in figures_2008(rng, size).items():
            so_far[code] = so_far.get(code, Decimal(0)) + n
        figures |= {(code, period): n for code, n in so_far.items()}
    return _figures_2008(rng, size, periods) if _years_alike(figures) else figures


def _years_alike(figures: Figures) -> bool:
    """Whether a row of figures looks like a row of years, for which the file is refused."""
    years = {key for key, n in figures.items() if 2000 <= n < 2100}
    return len({code for code, _ in years}) < len(years)


def _row(words: str, beside: list[str], keys: list[Key], figures: Figures) -> Row:
    unit, *code = beside
    return [
        Cell(words, role="label"),
        Cell(unit, role="unit"),
        *(Cell(text, role="code") for text in code),
        *(Cell(digits(figures[key]), key=key) for key in keys),
    ]
