"""What must not be given as if nothing were the matter: figures that may be another cell's."""

import pytest

from pipeline.model import Status
from tests.small_reports import (
    APPLICANTS,
    CARRIED_IN,
    CARRIED_OUT,
    HEADER_THREE,
    RECEIVED,
    RESULTS,
    ZEROS,
    applicants,
    believed,
    checks,
    facts,
    header_four,
    html,
    labelled,
    outcomes,
    pipes,
    table,
    text,
    three,
)

ARTICLE_1 = ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数")
DECISIONS = ("信息内容", "本年处理决定数量")
CHANGES = ("信息内容", "上一年项目数量", "本年增/减", "处理决定数量")
FEE = ("信息内容", "本年收费金额（单位：万元）")
RULES = ("规章", "0", "0", "0")
NO_RULES = {f"rules_{column}": "0" for column in ("issued", "repealed", "in_force")}
NORMATIVE = ("行政规范性文件", "1", "2", "8")
ONE_PERSON = ("1", "0", "0", "0", "0", "0", "1")
STREAM = (
    "三、收到和处理政府信息公开申请情况",
    "申请人情况",
    "自然人",
    "法人或其他组织",
    "总计",
    *APPLICANTS[1:-1],
)


def _flags(report, *keys):
    found = facts(report)
    return {flag for key in keys for flag in found[key].flags}


def _of(report, prefix):
    return {key: said for key, said in believed(report).items() if key.startswith(prefix)}


# Rows


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        (("8.属于", *ONE_PERSON), ("政查询事项", *[""] * 7)),
        (("8.属于", *[""] * 7), ("政查询事项", *ONE_PERSON)),
    ],
)
def test_of_a_row_cut_in_two_no_blank_is_believed(tmp_path, upper, lower):
    """The halves of the label make no label of the form, so that they are not one row again."""
    rows = outcomes({})
    at = next(i for i, row in enumerate(rows) if "8.属于行政查询事项" in row)
    rows[at : at + 1] = [[RESULTS, "（三）不予公开", *half] for half in (upper, lower)]
    report = html(tmp_path, three(*rows))
    assert "" not in _of(report, "req_denied_admin_query").values()
    assert _of(report, "req_denied_enforcement_file") == applicants(
        "req_denied_enforcement_file", *ZEROS
    )


@pytest.mark.parametrize(
    ("label", "concept"),
    [
        ("规章制度", "rules"),
        ("部门规章", "rules"),
        ("非行政规范性文件", "normative_docs"),
        ("党内规范性文件", "normative_docs"),
    ],
)
def test_a_label_that_adds_words_is_another_row(tmp_path, label, concept):
    rows = {"rules": RULES, "normative_docs": NORMATIVE} | {concept: (label, "3", "4", "5")}
    report = html(tmp_path, table(ARTICLE_1, *rows.values()))
    assert "read:label" in _flags(report, f"{concept}_issued", f"{concept}_in_force")
    assert not _of(report, concept)
    assert len(believed(report)) == 3


def test_a_short_label_that_differs_by_a_character_is_another_word(tmp_path):
    rows = (("行政许可", "12"), ("行政处理", "5"), ("行政强制", "7"))
    report = html(tmp_path, table(DECISIONS, *rows))
    assert believed(report) == {"licensing_decisions": "12", "coercion_decisions": "7"}


def test_a_measure_beside_its_enforcement_is_neither_of_them(tmp_path):
    rows = (("行政处罚", "5"), ("行政强制措施", "7"), ("行政强制执行", "2"))
    report = html(tmp_path, table(DECISIONS, *rows))
    assert believed(report) == {"penalty_decisions": "5"}


@pytest.mark.parametrize(
    ("printed", "damaged", "concept"),
    [
        (RECEIVED, "一、上年新收政府信息公开申请数量", "req_received_new"),
        (CARRIED_OUT, "四、结转上年度继续办理", "req_carried_out"),
        ("3.补正后申请内容仍不明确", "3.补正后申请内容仍明确", "req_unable_unclear"),
    ],
)
def test_a_character_that_changes_the_meaning_is_no_damage(tmp_path, printed, damaged, concept):
    rows = [
        labelled(RECEIVED, *ZEROS),
        labelled(CARRIED_IN, *ZEROS),
        *outcomes({}),
        labelled(CARRIED_OUT, *ZEROS),
    ]
    rows = [
        [
            damaged if cell == printed else (damaged, 3) if cell == (printed, 3) else cell
            for cell in row
        ]
        for row in rows
    ]
    report = html(tmp_path, three(*rows))
    assert not _of(report, concept)
    assert _of(report, "req_carried_in") == applicants("req_carried_in", *ZEROS)


@pytest.mark.parametrize("label", ["2022年", "县公安局"])
def test_the_row_of_table_four_may_be_another_year_s_or_organ_s(tmp_path, label):
    figures = ("1", "0", "0", "0", "1", "2", "0", "0", "0", "2", "3", "0", "0", "0", "3")
    report = html(tmp_path, table(*header_four("年度"), (label, *figures)))
    assert not believed(report)
    own = html(tmp_path, table(*header_four("年度"), ("本年", *figures)))
    assert list(believed(own).values()) == list(figures)


# Columns


def test_a_figure_outside_the_columns_of_its_header_refuses_the_row(tmp_path):
    beyond = table(ARTICLE_1, ("规章", "", "3", "0", "7"), NORMATIVE)
    before = table(
        (("信息内容", 2), *ARTICLE_1[1:]),
        ("规章", "3", "0", "7", ""),
        (("行政规范性文件", 2), "1", "2", "8"),
    )
    for printed in (beyond, before):
        report = html(tmp_path, printed)
        assert _flags(report, "rules_issued") == {"read:row_length"}
        assert list(believed(report).values()) == ["1", "2", "8"]


def test_two_cells_below_one_heading_may_be_two_years(tmp_path):
    header = (("信息内容", ("本年处理决定数量", 2)), ("", "2022年", "2023年"))
    report = html(tmp_path, table(*header, ("行政许可", "5", ""), ("行政处罚", ("4", 2))))
    assert "licensing_decisions" not in believed(report)


@pytest.mark.parametrize(
    "rows",
    [
        [("4", "1", "2", "0", "0", "", "7"), ("1", "", "", "", "", "", "1")],
        [("4", "1", "2", "0", "0", "1", "8"), ("1", "", "", "", "", "", "1")],
    ],
)
def test_a_child_outside_its_parent_leaves_the_last_columns_in_doubt(tmp_path, rows):
    header = [list(row) for row in HEADER_THREE]
    header[1][1] = ("法人或其他组织", 4)
    body = [labelled(label, *row) for label, row in zip((RECEIVED, CARRIED_OUT), rows, strict=True)]
    report = html(tmp_path, three(*body, header=header))
    assert facts(report)["req_received_new/natural_person"].value == 4
    for column in ("legal_other", "total"):
        assert "read:column_shift" in _flags(report, f"req_received_new/{column}")


def test_a_header_that_lost_an_applicant_names_no_column_for_sure(tmp_path):
    header = ("申请人情况", "自然人", "商业企业", "社会公益组织", "法律服务机构", "其他", "总计")
    rows = (
        (RECEIVED, "", "5", "7", "2", "0", "1", "15"),
        (CARRIED_IN, "1", "0", "0", "0", "0", "0", "1"),
        (CARRIED_OUT, "", "0", "0", "0", "0", "0", "0"),
    )
    assert not believed(text(tmp_path, pipes(header, *rows), suffix="md"))


def test_an_applicant_that_the_header_lacks_is_unread_and_not_passed_over(tmp_path):
    header = [list(row) for row in HEADER_THREE]
    header[0][1], header[1][1] = ("申请人情况", 6), ("法人或其他组织", 4)
    header[2].remove("科研机构")
    report = html(tmp_path, three(labelled(RECEIVED, *"100001"), header=header))
    found = facts(report)
    assert found["req_received_new/natural_person"].value == 1
    assert found["req_received_new/legal_research"].status is Status.UNREADABLE


def test_what_a_break_leaves_of_words_over_columns_is_no_row(tmp_path):
    words = ("业 构", "益组织", "务机构", "其他")
    lines = (
        "    ".join(row) for row in (("申请人情况",), ("自然人", "法人或其他组织", "总计"), words)
    )
    report = text(tmp_path, *lines, "    ".join((RECEIVED, *ZEROS)))
    assert {fact.concept for fact in report.facts} <= {"req_received_new"}


def test_a_label_with_which_the_text_ends_says_nothing_of_other_rows(tmp_path):
    header = ("申请人情况", *APPLICANTS)
    written = ("    ".join(map(str, row)) for row in (header, (RECEIVED, *ZEROS), (CARRIED_IN,)))
    report = text(tmp_path, *written)
    assert {fact.concept for fact in report.facts} <= {"req_received_new", "req_carried_in"}


def test_no_total_of_results_without_the_last_way_of_other_processing(tmp_path):
    others = ("1.申请人无正当理由逾期不补正", "2.申请人逾期未按收费通知要求缴纳费用", "3.其他")
    header = ("项目", "", "", *APPLICANTS)
    rows = [
        (RESULTS, "", "（一）予以公开", *ONE_PERSON),
        *((RESULTS, "（六）其他处理", other, *ONE_PERSON) for other in others),
    ]
    whole = facts(text(tmp_path, pipes(header, *rows), suffix="md"))
    assert whole["req_processed_total/natural_person"].value == 4
    cut = facts(text(tmp_path, pipes(header, *rows[:-1]), suffix="md"))
    assert cut["req_other_fee_unpaid/natural_person"].value == 1
    assert "req_processed_total/natural_person" not in cut


def test_a_row_of_text_that_begins_a_column_too_far_left_is_not_read_by_place(tmp_path):
    header = (
        ("", "", "申请人情况", *[""] * 6),
        ("", "", "自然人", "法人或其他组织", "", "", "", "", "总计"),
        ("", "", "", *APPLICANTS[1:-1], ""),
    )
    slid = ("（二）部分公开", "", "", "", "1", "", "", "1", "")
    rows = (
        (RESULTS, "（一）予以公开", "1", "", "2", "", "", "", "3"),
        slid,
        ("", "（六）其他处理", *ZEROS),
        ("", "（七）总计", "1", "0", "2", "1", "0", "0", "4"),
    )
    report = text(tmp_path, pipes(*header, *rows), suffix="md")
    assert not _of(report, "req_outcome_partial")
    assert _of(report, "req_outcome_granted") == applicants("req_outcome_granted", *rows[0][2:])


# One cell a line


def test_a_lone_figure_among_blank_lines_has_no_certain_column(tmp_path):
    """Two of the blank lines are the rest of the merged label."""
    blanks = ("", "", "0", "", "", "", "", "", "")
    report = text(
        tmp_path,
        *STREAM,
        RECEIVED,
        *ONE_PERSON,
        CARRIED_IN,
        *blanks,
        CARRIED_OUT,
        *ZEROS,
        "五、改进情况",
    )
    assert "0" not in _of(report, "req_carried_in").values()


def test_the_number_of_a_page_is_no_figure_of_a_blank_row(tmp_path):
    six = ("第二十条第（六）项", *DECISIONS, "行政处罚", "5", "行政强制", "0")
    report = text(
        tmp_path, "第二十条第（五）项", *DECISIONS, "行政许可", "", "4", *six, "三、其他情况"
    )
    assert believed(report) == {"penalty_decisions": "5", "coercion_decisions": "0"}


# Tables of the publisher's own


@pytest.mark.parametrize(
    ("form", "own", "concept"),
    [
        (
            (ARTICLE_1, RULES),
            (("文件", "印发", "主动公开", "不公开"), ("规范性文件", "3", "2", "1")),
            "normative_docs_issued",
        ),
        (
            (DECISIONS, ("行政许可", "12"), FEE),
            (("项目", "笔数"), ("行政事业性收费", "3")),
            "admin_fee_amount",
        ),
        (
            (DECISIONS, ("行政处罚", "5")),
            (("类别", "上年"), ("行政强制", "3")),
            "coercion_decisions",
        ),
        (
            (DECISIONS, ("行政处罚", "5")),
            (("事项", "红旗镇"), ("行政强制", "3")),
            "coercion_decisions",
        ),
    ],
)
def test_a_row_of_another_table_is_no_row_that_the_form_lacks(tmp_path, form, own, concept):
    report = html(tmp_path, table(*form), table(*own))
    assert concept not in believed(report)
    assert facts(report)[concept].value is None


def test_rows_without_a_header_after_words_of_no_form_are_doubtful(tmp_path):
    form, rest = table(DECISIONS, ("行政许可", "12")), table(("行政处罚", "5"), ("行政强制", "7"))
    report = html(tmp_path, form, "<p>（三）行政处罚涉及金额（万元）</p>", rest)
    assert believed(report) == {"licensing_decisions": "12"}
    goes_on = html(tmp_path, form, "<p>（续表）</p>", rest)
    assert len(believed(goes_on)) == 3


UNKNOWN_HEADERS = (
    "上年处理决定数量",
    "2022年处理决定数量",
    "本年罚没金额（万元）",
    "本年处理决定金额",
    "办件量",
)


@pytest.mark.parametrize("words", UNKNOWN_HEADERS)
@pytest.mark.parametrize("layout", ["one table", "two tables", "tabs", "one cell a line"])
def test_rows_below_a_header_of_no_form_are_not_those_of_the_header_above(tmp_path, layout, words):
    known = [DECISIONS, ("行政许可", "12")]
    own = [("信息内容", words), ("行政处罚", "5"), ("行政强制", "7")]
    if layout == "one table":
        report = html(tmp_path, table(*known, ("第二十条第（六）项",), *own))
    elif layout == "two tables":
        report = html(tmp_path, table(*known), table(*own))
    elif layout == "tabs":
        report = text(tmp_path, *("\t".join(row) for row in known + own))
    else:
        report = text(tmp_path, *(cell for row in known + own for cell in row), "三、工作情况")
    assert believed(report) == {"licensing_decisions": "12"}


@pytest.mark.parametrize(
    "header", [("上年制发件数", "上年废止件数", "上年有效件数"), ("印发", "公开", "不公开")]
)
def test_a_second_header_within_a_block_ends_it(tmp_path, header):
    report = html(tmp_path, table(ARTICLE_1, RULES, ("信息内容", *header), NORMATIVE))
    assert believed(report) == NO_RULES


def test_a_row_of_text_that_lost_a_cell_before_its_figures_casts_doubt_on_the_others(tmp_path):
    header = [
        ("", "", "申请人情况", *[""] * 6),
        ("", "", "自然人", "法人或其他组织", *[""] * 4, "总计"),
        ("", "", "", *APPLICANTS[1:-1], ""),
    ]
    whole = (RECEIVED, "", "3", "2", "0", "0", "0", "0", "5")
    moved = ("（七）总计", "3", "2", "0", "0", "0", "0", "5", "")
    rows = pipes(*header, whole, (CARRIED_IN, "", *ZEROS), moved)
    report = text(tmp_path, "三、收到和处理政府信息公开申请情况", "", rows, "", "五、问题")
    assert "req_processed_total/total" in facts(report)
    assert believed(report) == {}


@pytest.mark.parametrize("words", ["", "公众"])
@pytest.mark.parametrize("wall", ["\t", " | "])
def test_figures_under_words_of_no_form_refuse_a_row_of_text(tmp_path, words, wall):
    """One row has a natural person's figure, so that no sum of the others would tell."""
    header = [
        ("", "申请人情况", *[""] * 6),
        ("", words, "法人或其他组织", *[""] * 4, "总计"),
        ("", "", *APPLICANTS[1:-1], ""),
    ]
    rows = [(RECEIVED, *ONE_PERSON), (CARRIED_IN, *ZEROS), (CARRIED_OUT, *ZEROS)]
    lines = [wall.join(row) for row in (*header, *rows)]
    if wall == " | ":
        lines = [f"| {line} |" for line in lines]
    report = text(tmp_path, "三、收到和处理政府信息公开申请情况", "", *lines, "", "五、问题")
    assert "req_received_new/natural_person" in facts(report)
    assert believed(report) == {}


@pytest.mark.parametrize("first", [("自然人", "法人或其他组织", "总计"), ("总计",)])
def test_of_columns_named_one_below_another_the_last_is_not_all(tmp_path, first):
    header = [("申请人情况",), *((words,) for words in (*first, *APPLICANTS[1:-1]))]
    rows = pipes(*header, (RECEIVED, "1"), (CARRIED_IN, "0"), (CARRIED_OUT, "1"))
    report = text(tmp_path, "三、收到和处理政府信息公开申请情况", "", rows, "", "五、问题")
    assert "req_received_new/total" in facts(report)
    assert believed(report) == {}


# Cells printed twice, cells glued, totals of them


@pytest.mark.parametrize(("one", "other"), [("-4", "4"), ("1.5", "15"), ("4（元）", "4（万元）")])
def test_copies_that_differ_by_a_sign_a_point_or_a_unit_are_rivals(tmp_path, one, other):
    copies = [table(CHANGES, ("行政许可", "9", printed, "2")) for printed in (one, other)]
    report = html(tmp_path, *copies, year=2020)
    assert "read_rivals" in checks(report)
    assert believed(report) == {"licensing_items_prev_year": "9", "licensing_decisions": "2"}


@pytest.mark.parametrize(
    ("printed", "flag"),
    [("0 1", "read:leading_zero"), ("04", "read:leading_zero"), ("2 3", "read:split_digits")],
)
def test_a_blank_beside_glued_digits_is_doubtful_and_so_is_its_total(tmp_path, printed, flag):
    row = labelled(RECEIVED, printed, "", "0", "0", "0", "0", "")
    report = html(tmp_path, three(row, labelled(CARRIED_IN, *ZEROS)))
    natural, blank = "req_received_new/natural_person", "req_received_new/legal_commercial"
    assert flag in _flags(report, natural) & _flags(report, blank)
    for total in ("legal_total", "total"):
        assert flag in _flags(report, f"req_received_new/{total}")


def test_a_blank_may_have_run_into_the_number_before_it(tmp_path):
    """30 and a blank where 3 and 0 would add up."""
    row = labelled(RECEIVED, "30", "", "0", "0", "0", "0", "3")
    report = html(tmp_path, three(row, labelled(CARRIED_IN, *ZEROS)))
    for applicant in ("natural_person", "legal_commercial"):
        assert "source:S3-ROWSUM" in _flags(report, f"req_received_new/{applicant}")


def test_what_is_no_count_may_have_run_into_a_blank_though_it_was_doubted_before(tmp_path):
    report = html(tmp_path, table(ARTICLE_1, RULES, ("行政规范性文件", "约12.5", "", "8")))
    for column in ("issued", "repealed"):
        assert "source:S2-NEG" in _flags(report, f"normative_docs_{column}")


@pytest.mark.parametrize("above", ["示例县石桥镇", "2021年统计表"])
def test_another_s_table_does_not_stand_in_for_one_that_cannot_be_read(tmp_path, above):
    own = table(ARTICLE_1, ("规章", "0", "0"), NORMATIVE)
    other = table(ARTICLE_1, ("规章", "0", "0", "2"), ("行政规范性文件", "4", "0", "5"))
    report = html(tmp_path, own, f"<p>{above}</p>", other)
    assert facts(report).keys() >= NO_RULES.keys()
    assert _of(report, "rules_") == {}
    assert _of(report, "normative_") == {
        "normative_docs_issued": "1",
        "normative_docs_repealed": "2",
        "normative_docs_in_force": "8",
    }


def test_a_total_over_rows_of_no_form_says_so(tmp_path):
    extra = [RESULTS, ("区外转来件", 2), "2", *ZEROS[1:-1], "2"]
    filled = {"（一）予以公开": ONE_PERSON, "（七）总计": [""] * 7}
    rows = [
        labelled(RECEIVED, *ZEROS),
        labelled(CARRIED_IN, *ZEROS),
        *outcomes(filled),
        labelled(CARRIED_OUT, *ZEROS),
    ]
    whole = html(tmp_path, three(*rows))
    assert facts(whole)["req_processed_total/total"].value == 1
    assert not _flags(whole, "req_processed_total/total")
    partly = html(tmp_path, three(*rows[:2], extra, *rows[2:]))
    assert "read:unmatched" in _flags(partly, "req_processed_total/total")
    assert "read_unmatched" in checks(partly)
