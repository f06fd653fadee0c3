"""The unit of a figure: where several are printed, where one is wrong, where a note states it."""

from decimal import Decimal

import pytest

from pipeline.extract import extract
from pipeline.model import Status, UnitSource
from tests.small_reports import believed, checks, facts, html, table

FEE = ("信息内容", "本年收费金额（单位：万元）")
DECISIONS = ("信息内容", "本年处理决定数量")
CHANGES = ("信息内容", "上一年项目数量", "本年增/减", "处理决定数量")


def _fee(tmp_path, *after, label="行政事业性收费", printed):
    report = html(tmp_path, table(FEE, (label, printed)), *after)
    return facts(report)["admin_fee_amount"]


@pytest.mark.parametrize("printed", ["1.25", "1.25万元", "1.25（万元）"])
def test_the_unit_of_the_header_is_that_of_the_cell(tmp_path, printed):
    fee = _fee(tmp_path, printed=printed)
    assert (fee.amount_yuan, fee.flags) == (Decimal(12_500), ())


@pytest.mark.parametrize(
    ("label", "printed", "source"),
    [
        ("行政事业性收费（元）", "12500", UnitSource.HEADER),
        ("行政事业性收费（单位：元）", "12500", UnitSource.HEADER),
        ("行政事业性收费", "12500元", UnitSource.CELL),
        ("行政事业性收费", "12500（元）", UnitSource.CELL),
    ],
)
def test_a_nearer_unit_than_the_header_s_counts_and_is_doubted(tmp_path, label, printed, source):
    fee = _fee(tmp_path, label=label, printed=printed)
    assert (fee.amount_yuan, fee.unit_source) == (Decimal(12_500), source)
    assert fee.flags == ("source:unit_conflict",)


def test_an_amount_that_is_printed_twice_has_the_unit_in_which_both_are_one(tmp_path):
    fee = _fee(tmp_path, printed="125000（12.5万元）")
    assert (fee.value, fee.unit, fee.amount_yuan) == (125_000, "元", 125_000)
    assert fee.flags == ("read:note", "source:unit_conflict")
    assert _fee(tmp_path, printed="125000（13万元）").value is None


@pytest.mark.parametrize(
    ("caption", "flag"),
    [
        ("单位：千元", "source:unit_conflict"),
        ("收费情况统计表（单位：百万元）", "source:unit_conflict"),
        ("单位：美元", "read:unit"),
        ("单位：千", "source:unit_conflict"),
    ],
)
def test_a_caption_may_contradict_the_header_below_it(tmp_path, caption, flag):
    rows = table(FEE, ("行政事业性收费", "9.5"))
    fee = facts(html(tmp_path, f"<p>{caption}</p>", rows))["admin_fee_amount"]
    assert flag in fee.flags


@pytest.mark.parametrize("caption", ["单位：万件", "（单位：千条）", "数量单位：万件"])
def test_counts_in_thousands_are_doubted(tmp_path, caption):
    rows = table(DECISIONS, ("行政许可", "7"))
    decisions = facts(html(tmp_path, f"<p>{caption}</p>", rows))["licensing_decisions"]
    assert decisions.flags == ("read:unit",)


@pytest.mark.parametrize("caption", ["单位：件", "填报单位：示例县云岫镇人民政府"])
def test_a_caption_that_names_a_plain_unit_or_an_organ_changes_nothing(tmp_path, caption):
    rows = (table(FEE, ("行政事业性收费", "9.5")), table(DECISIONS, ("行政许可", "7")))
    assert not any(
        fact.flags for fact in facts(html(tmp_path, f"<p>{caption}</p>", *rows)).values()
    )


def test_the_name_of_a_county_is_no_unit_of_money(tmp_path):
    """Another organ stands above the table, and the unit is still that of the header."""
    rows = table(FEE, ("行政事业性收费", "9.5"))
    fee = facts(html(tmp_path, "<p>单位：元谋县政府</p>", rows))["admin_fee_amount"]
    assert (fee.amount_yuan, fee.flags) == (95_000, ("source:other_organ",))


@pytest.mark.parametrize(
    ("printed", "yuan"), [("12千元", 12_000), ("3百万元", 3_000_000), ("1.2亿元", 120_000_000)]
)
def test_units_of_money_have_their_factor(tmp_path, printed, yuan):
    procurement = ("信息内容", "采购项目数量", "采购总金额")
    report = html(tmp_path, table(procurement, ("政府集中采购", "15", printed)), year=2020)
    amount = facts(report)["procurement_amount"]
    assert amount.amount_yuan == yuan
    assert "source:unit_conflict" not in amount.flags


@pytest.mark.parametrize(
    "note", ["注：以上收费金额单位为元。", "说明：收费金额单位：元", "备注：金额单位为元"]
)
def test_a_note_below_the_table_may_contradict_its_header(tmp_path, note):
    assert "source:unit_conflict" in _fee(tmp_path, f"<p>{note}</p>", printed="95000").flags
    assert not _fee(tmp_path, "<p>注：收费由县财政局统一收取。</p>", printed="95000").flags


def test_a_note_in_the_last_row_may_contradict_the_header(tmp_path):
    rows = (FEE, ("行政事业性收费", "12500"), ("注：收费金额单位为元",))
    report = html(tmp_path, table(*rows))
    assert "admin_fee_amount" not in believed(report)


@pytest.mark.parametrize(
    ("printed", "flag"), [("3项", "read:unit"), ("9.5件", "read:unit"), ("-9.5", "read:sign")]
)
def test_no_amount_of_money_is_counted_in_pieces_or_below_nothing(tmp_path, printed, flag):
    assert flag in _fee(tmp_path, printed=printed).flags


@pytest.mark.parametrize("label", ["行政处罚（万元）", "行政处罚（单位：万元）"])
def test_a_count_in_a_unit_of_money_is_doubted(tmp_path, label):
    report = html(tmp_path, table(DECISIONS, (label, "5"), ("行政强制", "7")))
    assert believed(report) == {"coercion_decisions": "7"}
    assert "read:unit" in facts(report)["penalty_decisions"].flags


@pytest.mark.parametrize("change", ["本年增/减（%）", "本年增/减（％）"])
def test_a_share_is_no_count(tmp_path, change):
    header = (*CHANGES[:2], change, CHANGES[3])
    report = html(tmp_path, table(header, ("行政处罚", "5", "1", "9")), year=2020)
    assert believed(report) == {"penalty_items_prev_year": "5", "penalty_decisions": "9"}
    assert "read:unit" in facts(report)["penalty_items_change"].flags


@pytest.mark.parametrize(
    "printed",
    [
        *("2（减）", "2(减少)", "2（负）", "2（-）", "2（2022年）", "2（上年数）", "2（万元）"),
        *("2（应为12）", "2（不含街道）", "2（含上年结转1）", "2（千件）", "2（其中网络3）"),
    ],
)
def test_a_note_in_a_cell_may_turn_its_figure_into_another(tmp_path, printed):
    report = html(tmp_path, table(CHANGES, ("行政许可", "9", printed, "3")), year=2020)
    assert believed(report) == {"licensing_items_prev_year": "9", "licensing_decisions": "3"}


@pytest.mark.parametrize("printed", ["2（件）", "2（其中网络1）"])
def test_a_note_in_a_cell_that_changes_nothing(tmp_path, printed):
    report = html(tmp_path, table(CHANGES, ("行政许可", "9", printed, "3")), year=2020)
    assert believed(report)["licensing_items_change"] == printed
    assert facts(report)["licensing_items_change"].value == 2


def test_a_number_too_large_to_be_one_is_unreadable_and_flagged(tmp_path):
    printed = "1" * 30
    report = html(tmp_path, table(DECISIONS, ("行政许可", printed)))
    fact = facts(report)["licensing_decisions"]
    assert (fact.text, fact.status, fact.value) == (printed, Status.UNREADABLE, None)
    assert fact.flags == ("read:too_large",)
    assert "read_too_large" in checks(report)


def test_an_inferred_unit_is_said_and_stays_doubtful(tmp_path):
    procurement = ("信息内容", "采购项目数量", "采购总金额")
    html(tmp_path, table(procurement, ("政府集中采购", "15", "29.0506")), year=2020)
    (report,) = extract(tmp_path / "report.html", infer_units=True)
    amount = facts(report)["procurement_amount"]
    # 1.94 yuan a project would be nothing; 19 367 are a price.
    assert (amount.unit, amount.amount_yuan) == ("万元", Decimal("290506"))
    assert amount.flags == ("source:unit_inferred",)
    assert "source_unit_inferred" in checks(report)
    assert "source_unit_unknown" not in checks(report)
