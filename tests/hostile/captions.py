"""Words beside a table that say its figures are of another time, of others, or no counts.

The report is of 示例县云岫镇 on 2022; the table touched is that of disputes.
"""

from __future__ import annotations

from collections.abc import Iterator

from tests.accuracy.render import render
from tests.hostile.cases import Case, report

_SHEET = "disputes"
_HEADING = "四、政府信息公开行政复议、行政诉讼情况"

_ABOVE = {
    "number_of_the_table": "表4 2021年行政复议诉讼情况表",
    "number_of_the_annex": "附件2 2021年行政复议诉讼情况",
    "number_of_the_figure": "图1 2021年复议诉讼情况",
    "bare_number": "4 2021年复议诉讼情况",
    "number_of_two_levels": "2.1 2021年复议诉讼情况",
    "year_and_unit": "2021年 单位：件",
    "year_of": "年度：2021年",
    "year_in_black_brackets": "【2021年度】",
    "year_in_digits": "统计年度：2021",
    "months": "2021年1-12月：",
    "period": "统计期间：2021年1月1日至2021年12月31日",
    "period_in_points": "2021.1.1-2021.12.31",
    "period_in_hyphens": "2021-01-01至2021-12-31",
    "months_in_points": "2021.1-2021.12",
    "until": "截至2021年12月",
    "two_years": "2021—2022年",
    "three_years": "近三年情况：",
    "years_until_now": "五年来",
    "since_the_law": "《条例》施行以来",
    "year_before_last": "前年",
    "same_time": "同期数据",
    "month": "7月份",
    "this_month": "本月",
    "until_now": "截至目前",
    "whole_county": "全县合计",
    "whole_county_each": "全县各单位",
    "each_department": "县直各部门汇总",
    "county_in_sum": "示例县汇总",
    "cumulative": "累计数",
    "half_a_year": "2022年上半年：",
    "six_months": "2022年1-6月：",
    "six_months_bare": "1-6月",
    "quarter": "2022年第三季度数据",
    "sentence_of_last_year": "2021年，本镇行政复议、行政诉讼情况如下表所示。",
    "sentence_of_the_figures": "以下为2021年度数据。",
    "sentence_of_the_table": "表中数据为2021年数据。",
    "sentence_without_a_year": "上年度我镇行政复议、诉讼情况见下表。",
    "note_of_last_year": "注：本表为上年数据",
    "year_and_a_note": "2021年度</p><p>说明：本表由党政办填报。",
    "filled_in_by": "填报单位：示例县公安局",
    "reported_by": "报送单位：县水利局",
    "figures_of": "县公安局数据",
    "with_others": "注：本表数据含下属单位",
    "specimen": "样表",
    "planned": "计划数",
}
_BELOW = {
    "other_year": "注：本表为2021年数据",
    "cumulative": "注：本表数据为累计数",
    "last_year": "注：以上为上年数据",
    "with_others": "注：以上数据含下属单位",
    "in_brackets": "（以上数据均为2021年数据）",
    "sentence": "以上数据为去年同期数。",
}
_HEADINGS = {
    "year": "四、2021年政府信息公开行政复议、行政诉讼情况",
    "year_in_brackets": _HEADING + "（2021年）",
    "last_year": "四、上年政府信息公开行政复议、行政诉讼情况",
    "cumulative": _HEADING + "（累计）",
    "organ": "四、县公安局政府信息公开行政复议、行政诉讼情况",
}

_PLAIN_ABOVE = {
    "number_of_the_table": "表4 2022年行政复议诉讼情况表",
    "number_of_the_annex": "附件2",
    "year_of": "年度：2022年",
    "months": "2022年1-12月：",
    "period": "统计期间：2022年1月1日至2022年12月31日",
    "period_in_points": "2022.1.1-2022.12.31",
    "until": "截至2022年12月31日",
    "unit": "单位：件",
    "filled_in_by": "填报单位：示例县云岫镇人民政府",
    "sentence": "2022年，本镇行政复议、行政诉讼情况如下表所示。",
    "sentence_on_two_years": "较2021年减少2件，具体情况如下表。",
    "sentence_on_a_form": "根据2021年印发的格式，有关情况如下表。",
    "cumulative_this_year": "2022年累计情况",
    "whole_town": "全镇合计",
    "this_year": "本年度情况",
    "whole_year": "全年情况",
}
_PLAIN_BELOW = {
    "own_year": "注：本表为2022年数据",
    "signature": "示例县云岫镇人民政府</p><p>2023年1月20日",
    "another_year_in_prose": "2021年，我镇也编制了年度报告。",
    "last_year_told": "与上年相比，减少2件。",
}
_PLAIN_HEADINGS = {"year": "四、2022年政府信息公开行政复议、行政诉讼情况"}


def cases() -> Iterator[Case]:
    for name, words in _ABOVE.items():
        yield _case(f"above_{name}", above=words)
    for name, words in _BELOW.items():
        yield _case(f"below_{name}", below=words)
        yield _case(f"last_row_{name}", row=words)
    for name, words in _HEADINGS.items():
        yield _case(f"heading_{name}", heading=words)
    yield from controls()


def controls() -> Iterator[Case]:
    """The cases in which no cell may be flagged."""
    for name, words in _PLAIN_ABOVE.items():
        yield _case(f"plain_above_{name}", above=words, certain=True)
    for name, words in _PLAIN_BELOW.items():
        yield _case(f"plain_below_{name}", below=words, certain=True)
    for name, words in _PLAIN_HEADINGS.items():
        yield _case(f"plain_heading_{name}", heading=words, certain=True)


def _case(
    name: str,
    *,
    above: str = "",
    below: str = "",
    row: str = "",
    heading: str = _HEADING,
    certain: bool = False,
) -> Case:
    made = report("html")
    page = render(made).decode()
    before, _, after = page.partition(f"<p>{_HEADING}</p>")
    table, end, rest = after.partition("</table>")
    if row:
        table = table.replace("</tbody>", f"<tr><td colspan=15>{row}</td></tr></tbody>")
    above, below = (f"<p>{words}</p>" if words else "" for words in (above, below))
    page = f"{before}<p>{heading}</p>{above}{table}{end}{below}{rest}"
    if not certain:
        touched = {c.key for s in made.sheets if s.id == _SHEET for r in s.rows for c in r if c.key}
        made.hidden |= touched
        made.suspect |= touched
    return Case(f"captions-{name}", made, page.encode())
