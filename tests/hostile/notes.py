"""Notes, units and other writings: what stands beside a figure, and how the figure is written."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from tests.accuracy.page import DISCLOSURE, Cell, Draft
from tests.accuracy.render import render
from tests.hostile.cases import Case, figure, report, seen

_RULES = ("rules_issued", "rules_repealed", "rules_in_force")
_COUNT, _FEE = "licensing_decisions", "admin_fee_amount"

# What a count prints, and what a person sees; None where nobody could say what is meant.
_COUNTS: dict[str, tuple[str, int | None]] = {
    "should_be": ("15（应为12）", None),
    "corrected_to": ("15（更正为12）", None),
    "less_than_before": ("12（较上年减少）", None),
    "less_by": ("12（减少3）", None),
    "without_streets": ("12（不含街道）", None),
    "without_some": ("12（不含街道3件）", None),
    "with_carried_over": ("12（含上年结转3）", None),
    "with_last_year": ("12（含2021年3件）", None),
    "with_subordinates": ("12（含下属单位3件）", None),
    "in_ten_thousands": ("12（万件）", None),
    "in_thousands": ("12（千件）", None),
    "bare_thousands": ("12（千）", None),
    "bare_ten_thousands": ("12（万）", None),
    "estimate": ("12（预计）", None),
    "cumulative": ("12（累计）", None),
    "accumulated_since": ("12（自2019年起）", None),
    "part_larger_than_whole": ("12（其中网络15件）", None),
    "parts_larger_than_whole": ("12（其中网络8件、信函7件）", None),
    "to_be_checked": ("12（待核）", None),
    "voided": ("12（作废）", None),
    "withdrawn": ("12（其中撤销3件）", None),
    "two_notes": ("12（件）（应为15）", None),
    "nested_note": ("12（件（应为15））", None),
    "note_with_number": ("12（15）", None),
    "note_in_words": ("12（十五）", None),
    "note_of_share": ("12（占30%）", None),
    "note_of_month": ("12（1至6月）", None),
    "note_english": ("12 (thousand)", None),
    "square_note": ("12[应为15]", None),
    "other_brackets": ("12【应为15】", None),
    "about": ("约12", None),
    "more_than": ("12余", None),
    "arrow": ("12→15", None),
    "slash": ("12/15", None),
    "changed_to": ("12 改为 15", None),
    "range": ("12-15", None),
    "range_wave": ("12~15", None),
    "plus_minus": ("±3", None),
    "plus_and_minus": ("+-3", None),
    "long_dash": ("—3", None),
    "accountants_minus": ("（12）", None),
    "square_brackets": ("[12]", None),
    "quoted": ('"12"', None),
    "asked": ("12?", None),
    "full_stop_inside": ("12。5", None),
    "middle_dot": ("12·5", None),
    "comma_of_two": ("12,34", None),
    "european": ("1.234,5", None),
    "european_thousands": ("1.234", None),
    "apostrophe": ("1'234", 1234),
    "space_inside": ("1 234", 1234),
    "thin_space": ("1\u2009234", 1234),
    "wide_comma": ("1，234", 1234),
    "ideographic_comma": ("1、234", None),
    "full_width": ("１２", 12),
    "full_width_comma": ("１，２３４", 1234),
    "bold_letters": ("𝟏𝟐", 12),
    "circled_alone": ("⑫", 12),
    "circled_behind": ("12③", 12),
    "circled_large": ("12㉑", 12),
    "circled_larger": ("12㊱", 12),
    "digit_comma": ("12🄂", None),
    "superscript": ("12²", 12),
    "subscript": ("12₂", 12),
    "half": ("12½", None),
    "square_metres": ("12㎡", None),
    "day_sign": ("1㏢", None),
    "arabic_digits": ("١٢", 12),
    "thai_digits": ("๑๒", 12),
    "mixed_digits": ("1٢", 12),
    "roman": ("Ⅻ", 12),
    "letter_o": ("1O", 10),
    "letter_l": ("l2", 12),
    "cyrillic": ("1О", 10),
    "hexadecimal": ("0x10", None),
    "exponent": ("1e3", None),
    "power": ("1×10³", None),
    "percent": ("12%", None),
    "permille": ("12‰", None),
    "in_words": ("十二", 12),
    "in_large_words": ("壹拾贰", 12),
    "twenty": ("廿", 20),
    "thirty": ("卅二", 32),
    "hundred_and_twenty": ("百廿", 120),
    "ten_thousand_pieces": ("1.2万件", 12000),
    "thousand_pieces": ("12千件", 12000),
    "equals": ("12=15", None),
    "sum": ("12+3", None),
    "two_numbers": ("12\n15", None),
    "struck": ("12\u0336", None),
    "struck_each": ("1\u03362\u03365", None),
    "keycap": ("1\u20e32\u20e3", 12),
    "turned": ("1\u200f2\u200f3", 132),
    "overridden": ("\u202e21", 12),
    "decimal_comma": ("12,5", None),
    "three_decimals": ("12.000", None),
    "nought_and_comma": ("0,123", None),
    "part_without_name": ("12（其中3件）", None),
    "and_so_below": ("12（件，下同）", None),
    "last_year_beside": ("12（本年）（上年15）", None),
    "nought_corrected": ("0（应为5）", None),
    "nil_corrected": ("无（应为5）", None),
    "dash_corrected": ("—（5）", None),
    "open_bracket": ("12（应为15", None),
    "note_first": ("（应为15）12", None),
    "note_between": ("1（0）2", None),
    "note_below": ("12\n（应为15）", None),
    "part_to_strike": ("12（其中重复3件）", None),
    "bankers_size": ("12（仟件）", None),
    "up": ("↑3", None),
    "triangle": ("▲3", None),
    "rising": ("增长3%", None),
    "small_minus": ("﹣3", -3),
    "raised_minus": ("⁻3", -3),
    "number_sign": ("№12", None),
    "ordinal": ("第12", None),
    "colon": ("12:15", None),
    "times": ("12×3", None),
    "unit_of_share": ("12个百分点", None),
    "hours": ("12小时", None),
    "tick": ("12√", None),
}
# What changes nothing: the number stands there and nothing else is said.
_PLAIN_COUNTS: dict[str, tuple[str, int]] = {
    "control_plain": ("12", 12),
    "control_pieces": ("12件", 12),
    "control_note_of_unit": ("12（件）", 12),
    "control_note_of_other_unit": ("12(条)", 12),
    "control_note_of_unit_said": ("12（单位：件）", 12),
    "control_left_out": ("12（略）", 12),
    "control_this_year": ("12（本年度）", 12),
    "control_part": ("12（其中网络3件）", 12),
    "control_parts": ("12（其中网络8件、信函4件）", 12),
    "control_includes": ("12（含修订1件）", 12),
    "control_full_width": ("１２", 12),
    "control_thousands": ("1,234", 1234),
    "control_full_stop": ("12。", 12),
}
# What an amount under 万元 prints, and the amount in 万元; None where nobody could say.
_AMOUNTS: dict[str, tuple[str, str | None]] = {
    "twice_said": ("125000（12.5万元）", "12.5"),
    "twice_said_in_yuan": ("12.5（125000元）", "12.5"),
    "twice_said_otherwise": ("125000（13万元）", None),
    "note_thousand_yuan": ("12（千元）", None),
    "note_dollars": ("12（美元）", None),
    "note_ten_thousand_dollars": ("12（万美元）", None),
    "note_cents": ("12（角）", None),
    "cell_thousand_yuan": ("12千元", "1.2"),
    "cell_million_yuan": ("12百万元", "1200"),
    "cell_dollars": ("12美元", None),
    "cell_dollar_sign": ("$12", None),
    "cell_euro": ("€12", None),
    "cell_hong_kong": ("12港元", None),
    "cell_pieces": ("12件", None),
    "cell_rmb": ("RMB12", None),
    "yuan_and_cents": ("12元5角", None),
    "with_tax": ("12（含税）", None),
    "negative": ("-12", None),
    "accountants": ("（12.5）", None),
}
_PLAIN_AMOUNTS: dict[str, tuple[str, str]] = {
    "control_amount": ("12.5", "12.5"),
    "control_amount_with_unit": ("12.5万元", "12.5"),
    "control_amount_with_note": ("12.5（万元）", "12.5"),
}
# What stands above the tables whose header says 万元; the amount that is then meant.
_CAPTIONS: dict[str, str] = {
    "thousand_yuan": "单位：千元",
    "thousand_yuan_wide": "单 位 ：千 元",
    "million_yuan": "（单位：百万元）",
    "yuan": "单位：元",
    "hundred_yuan": "金额单位：百元",
    "hundred_million": "单位：亿元",
    "dollars": "单位：美元",
    "ten_thousand_dollars": "单位：万美元",
    "hong_kong": "单位：港元",
    "cents": "单位：分",
    "jiao": "单位：角",
    "thousand": "单位：千",
    "million": "单位：百万",
    "table_title": "收费情况统计表（单位：千元）",
    "table_title_beside": "表一 收费情况 单位：千元",
    "short_brackets": "收费情况（千元）",
    "counted_in": "注：表中金额以千元为单位",
    "counted": "说明：本表金额以千元计",
    "after_pieces": "单位：件、千元",
    "traditional": "單位：千圓",
    "english": "Unit: thousand yuan",
    "rmb": "单位：RMB’000",
    "bankers_thousand": "单位：仟元",
    "bankers_ten_thousand": "單位：拾萬圓",
    "quoted": "单位为“千元”",
    "power_of_ten": "单位：1000元",
    "renminbi": "货币单位：人民币千元",
    "square_brackets": "收费情况[千元]",
    "long_caption": "二〇二二年度本机关依法收取的行政事业性收费情况以及其他有关情况如下，金额单位：千元，数量单位：件",
    "sentence": "以下各表金额单位均为千元，不再一一说明。",
}
# What stands above them and makes counts something else.
_COUNT_CAPTIONS: dict[str, str] = {
    "ten_thousand_pieces": "单位：万件",
    "thousand_pieces": "单位：千条",
    "thousand_each": "单位：千件",
    "hundred_pieces": "（单位：百份）",
    "thousand_bare": "单位：千",
    "ten_thousand_bare": "单位：万",
    "percent": "单位：%",
    "after_money": "单位：万元、万件",
    "beside_money": "单位：万元  千件",
    "counted_in": "注：表中数量以万件计",
    "number_unit": "数量单位：万件",
    "bankers": "单位：仟件",
    "quoted": "数据以“千件”为单位",
    "power_of_ten": "单位：100件",
    "letter": "单位：k",
    "statistics": "本表统计口径：单位，万件",
    "long_caption": "二〇二二年度本机关制发和废止的规章与行政规范性文件以及行政许可行政处罚的有关情况如下，数量单位：千件",
    "measure": "计量单位：千人次",
    "table_title": "主动公开情况统计表（万件）",
    "english": "Unit: thousand",
}
_PLAIN_CAPTIONS: dict[str, str] = {
    "control_ten_thousand_yuan": "单位：万元",
    "control_pieces": "单位：件",
    "control_both": "单位：件、万元",
    "control_organ": "填报单位：示例县云岫镇人民政府",
    "control_organs": "各单位、各部门：",
}
# Organs of whose names a unit is a part; the reports are their own.
_ORGANS = {
    "control_organ_of_a_place": "万年县人民政府",
    "control_organ_of_yuan": "元谋县人民政府",
    "control_organ_of_thousand": "千阳县人民政府",
}
# What the header of a column of counts says.
_HEADERS: dict[str, str] = {
    "header_ten_thousands": "本年处理决定数量（万件）",
    "header_thousands": "本年处理决定数量（千）",
    "header_said": "本年处理决定数量（单位：千件）",
    "header_slash": "本年处理决定数量/万件",
    "header_share": "本年处理决定数量（%）",
    "header_square": "本年处理决定数量[千件]",
    "header_lens": "本年处理决定数量【千件】",
    "header_colon": "本年处理决定数量：千件",
    "header_bankers": "本年处理决定数量（仟件）",
    "header_two_lines": "本年处理决定数量\n千件",
    "header_power": "本年处理决定数量（×1000）",
    "header_money": "本年处理决定数量（千元）",
}
_FEE_HEADERS: dict[str, str] = {
    "fee_header_dollars": "本年收费金额（单位：美元）",
    "fee_header_ten_thousand_dollars": "本年收费金额（单位：万美元）",
    "fee_header_both": "本年收费金额（单位：万元/千元）",
    "fee_header_hong_kong": "本年收费金额（单位：万元）（港币）",
    "fee_header_square": "本年收费金额（单位：万元）[千元]",
    "fee_header_colon": "本年收费金额（单位：万元）单位为千元",
    "fee_header_bankers": "本年收费金额（单位：万元、仟元）",
    "fee_header_cents": "本年收费金额（分）",
}
# What stands behind the heading of the section, or in a row of its own under a header.
_LABELS = ("（千件）", "（单位：千件）", "/万件", "（仟件）", "（×1000）")
_HEADINGS = {
    "heading_thousand_yuan": ("二、主动公开政府信息情况（单位：千元）", _FEE),
    "heading_thousand": ("二、主动公开政府信息情况（千件）", _COUNT),
    "heading_beside": ("二、主动公开政府信息情况　单位：千件", _COUNT),
}


_PLACES = (("html", "above"), ("docx", "row"), ("txt", "below"))
_FORMATS = ("html", "docx", "txt")


def cases() -> Iterator[Case]:
    """Each trick in a web page, in Word or in text, in turn; what must stay unflagged in each."""
    for nth, (name, (text, value)) in enumerate(_COUNTS.items()):
        yield _count(name, text, value, "html" if "\n" in text else _FORMATS[nth % 3])
    for nth, (name, text) in enumerate(_CAPTIONS.items()):
        yield _caption(f"fee_caption_{name}", text, [_FEE], *_PLACES[nth % 3])
    for nth, (name, text) in enumerate(_COUNT_CAPTIONS.items()):
        yield _caption(f"caption_{name}", text, [_COUNT, "rules_issued"], *_PLACES[nth % 3])
    for name, (text, amount) in _AMOUNTS.items():
        yield _amount(name, text, amount)
    for name, text in _HEADERS.items():
        yield _header(name, "本年处理决定数量", text, _COUNT)
    for name, text in _FEE_HEADERS.items():
        yield _header(name, "本年收费金额（单位：万元）", text, _FEE)
    for nth, text in enumerate(_LABELS, 1):
        yield _label(f"row_label_{nth}", text)
        yield _row_below_header(f"row_below_header_{nth}", text)
        yield _row_below_header(f"row_of_header_{nth}", text, beside=True)
    for name, (text, concept) in _HEADINGS.items():
        yield _section(name, text, concept)
    yield from controls()


def controls() -> Iterator[Case]:
    """The cases in which no cell may be flagged."""
    for name, (text, number) in _PLAIN_COUNTS.items():
        yield from (_count(name, text, number, format_, plain=True) for format_ in _FORMATS)
    for name, (text, amount) in _PLAIN_AMOUNTS.items():
        yield _amount(name, text, amount, plain=True)
    for name, text in _PLAIN_CAPTIONS.items():
        yield from (_caption(f"caption_{name}", text, [], *place) for place in _PLACES)
    for name, organ in _ORGANS.items():
        for place in _PLACES:
            yield _caption(f"caption_{name}", f"单位：{organ}", [], *place, organ)


def _count(name: str, text: str, value: int | None, format_: str, *, plain: bool = False) -> Case:
    made = report(format_)
    cell = figure(made, _COUNT)
    cell.text = text
    _tell(made, cell, value, plain)
    return Case(f"notes-{name}", made, render(made))


def _amount(name: str, text: str, value: str | None, *, plain: bool = False) -> Case:
    made = report("html")
    cell = figure(made, _FEE)
    cell.text = text
    _tell(made, cell, value, plain)
    return Case(f"notes-fee_{name}", made, render(made))


def _tell(made: Draft, cell: Cell, value: int | str | None, plain: bool) -> None:
    """A person reads the value; where there is none, any number must be flagged."""
    seen(made, cell, value if value is not None else 12, certain=value is not None)
    if plain and cell.key:
        made.hidden.discard(cell.key)


def _caption(
    name: str,
    text: str,
    touched: list[str],
    format_: str,
    place: str,
    organ: str = "示例县云岫镇",
) -> Case:
    """The text states a unit for the tables; what it touches must be flagged."""
    made = report(format_, title=f"{organ}2022年政府信息公开工作年度报告")
    if place == "row":
        made.sheet(DISCLOSURE).rows.insert(0, [Cell(text, 9)])
    else:
        made.prose[1 if place == "above" else 2] = text
    figure(made, _FEE).text = "9.5"
    made.values[_FEE, ""] = Decimal("9.5")
    for concept in _RULES:  # which a county cannot make
        figure(made, concept).text, made.values[concept, ""] = "0", Decimal(0)
    for concept in touched:
        cell = figure(made, concept)
        seen(made, cell, str(made.values[concept, ""]), certain=False)
    return Case(f"notes-{name}_{place}", made, render(made))


def _header(name: str, printed: str, text: str, concept: str) -> Case:
    """The heading of a column says another unit."""
    made = report("html")
    figure(made, _FEE).text = "9.5"
    made.values[_FEE, ""] = Decimal("9.5")
    rows = [row for sheet in made.sheets for row in sheet.rows]
    at = next(i for i, row in enumerate(rows) if any(c.key == (concept, "") for c in row))
    heading = next(
        cell for row in reversed(rows[:at]) for cell in row if cell.text.startswith(printed)
    )
    heading.text = text
    seen(made, figure(made, concept), str(made.values[concept, ""]), certain=False)
    return Case(f"notes-{name}", made, render(made))


def _label(name: str, text: str) -> Case:
    """The label of a row says another unit."""
    made = report("html")
    label = next(c for sheet in made.sheets for r in sheet.rows for c in r if c.text == "行政许可")
    label.text += text
    seen(made, figure(made, _COUNT), str(made.values[_COUNT, ""]), certain=False)
    return Case(f"notes-{name}", made, render(made))


def _row_below_header(name: str, text: str, *, beside: bool = False) -> Case:
    """A second row of the header says the unit, alone or beside the heading of the rows."""
    made = report("html")
    for sheet in made.sheets:
        for at, row in enumerate(list(sheet.rows)):
            if any(cell.key == (_COUNT, "") for cell in row):
                row_below = [Cell(text.strip("/"), 6)]
                if beside:
                    sheet.rows[at - 1][0].rowspan = 2
                else:
                    row_below.insert(0, Cell("", 3))
                sheet.rows.insert(at, row_below)
    seen(made, figure(made, _COUNT), str(made.values[_COUNT, ""]), certain=False)
    return Case(f"notes-{name}", made, render(made))


def _section(name: str, text: str, concept: str) -> Case:
    """The heading of the section says the unit of its tables."""
    made = report("html")
    figure(made, _FEE).text = "9.5"
    made.values[_FEE, ""] = Decimal("9.5")
    seen(made, figure(made, concept), str(made.values[concept, ""]), certain=False)
    heading = "二、主动公开政府信息情况"
    return Case(f"notes-{name}", made, render(made).replace(heading.encode(), text.encode()))
