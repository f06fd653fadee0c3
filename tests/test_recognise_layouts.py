"""Shapes in which publishers print the forms, and which one reading only explains."""

import pytest

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
RULES = ("规章", "0", "0", "0")
NORMATIVE = ("行政规范性文件", "1", "2", "8")
ARTICLE_1_READ = {
    "rules_issued": "0",
    "rules_repealed": "0",
    "rules_in_force": "0",
    "normative_docs_issued": "1",
    "normative_docs_repealed": "2",
    "normative_docs_in_force": "8",
}
FIGURES = ("1", "2", "3", "0", "0", "0", "6")
ONE_PERSON = ("1", "0", "0", "0", "0", "0", "1")
DISPUTES = ("1", "0", "0", "0", "1", "2", "0", "0", "0", "2", "3", "0", "0", "0", "3")
SECTION_3 = "三、收到和处理政府信息公开申请情况"
STREAM = ("申请人情况", "自然人", "法人或其他组织", "总计", *APPLICANTS[1:-1])


# Spans


@pytest.mark.parametrize("span", [2, 4])
def test_a_label_one_column_too_wide_or_narrow_is_read_with_a_flag(tmp_path, span):
    rows = labelled(RECEIVED, *FIGURES, span=span), labelled(CARRIED_OUT, *ZEROS)
    report = html(tmp_path, three(*rows))
    found = facts(report)
    for key, printed in applicants("req_received_new", *FIGURES).items():
        assert found[key].value == int(printed)
        assert found[key].flags == ("read:column_shift",)
    assert believed(report) == applicants("req_carried_out", *ZEROS)


@pytest.mark.parametrize("at", [1, 2, 4])
def test_an_empty_column_holds_no_figure(tmp_path, at):
    rows = [[*row[:at], "", *row[at:]] for row in (ARTICLE_1, RULES, NORMATIVE)]
    assert believed(html(tmp_path, table(*rows))) == ARTICLE_1_READ


@pytest.mark.parametrize(
    "halves",
    [
        (("8.属于行", *ONE_PERSON), ("政查询事项", *[""] * 7)),
        (("8.属于行", *[""] * 7), ("政查询事项", *ONE_PERSON)),
    ],
)
def test_a_row_that_a_page_cut_in_two_is_one_row(tmp_path, halves):
    rows = outcomes({"（七）总计": ONE_PERSON})
    at = next(i for i, row in enumerate(rows) if "8.属于行政查询事项" in row)
    rows[at : at + 1] = [[RESULTS, "（三）不予公开", *half] for half in halves]
    said = believed(html(tmp_path, three(*rows)))
    assert said.items() >= applicants("req_denied_admin_query", *ONE_PERSON).items()


# Columns beside those of the form


@pytest.mark.parametrize(
    ("header", "row"),
    [
        (("本年处理决定数量", "上年数"), ("16", "4")),
        (("上年", "本年处理决定数量"), ("4", "16")),
        (("本年处理决定数量", "同比", "备注"), ("16", "+4", "无")),
    ],
)
def test_a_named_column_of_the_publisher_s_own_is_passed_over(tmp_path, header, row):
    report = html(tmp_path, table(("信息内容", *header), ("行政许可", *row)))
    assert believed(report) == {"licensing_decisions": "16"}


def test_a_column_of_last_year_s_totals_beside_a_whole_table_three(tmp_path):
    header = [list(row) for row in HEADER_THREE]
    header[1].append(("上年总计", 1, 2))
    rows = labelled(RECEIVED, *FIGURES, "9"), labelled(CARRIED_OUT, *ZEROS, "2")
    report = html(tmp_path, three(*rows, header=header))
    read = applicants("req_received_new", *FIGURES) | applicants("req_carried_out", *ZEROS)
    assert believed(report) == read


@pytest.mark.parametrize("wall", ["|", "\t"])
def test_a_column_of_remarks_in_a_text(tmp_path, wall):
    rows = ((*ARTICLE_1, "备注"), (*RULES, "无"), (*NORMATIVE, ""))
    report = text(tmp_path, *(wall.join(row) for row in rows))
    assert believed(report) == ARTICLE_1_READ


@pytest.mark.parametrize("wall", ["|", "\t"])
@pytest.mark.parametrize("blanks", [0, 1, 3])
@pytest.mark.parametrize(
    "printed", ["（2556）", "[2556]", "（见附件）", "（详见附件一行政许可目录）"]
)
def test_what_stands_in_brackets_for_a_figure_is_no_part_of_the_label(
    tmp_path, wall, blanks, printed
):
    rows = (DECISIONS, ("行政许可", printed, *[""] * blanks), ("其他对外管理服务事项", "3"))
    report = text(tmp_path, "第二十条第（五）项", *(wall.join(row) for row in rows))
    said = facts(report).get("licensing_decisions")
    assert said is None or (said.value is None and said.flags)
    if blanks:
        assert said is not None
        assert said.text == printed
        assert "read:not_a_number" in said.flags


# Texts


@pytest.mark.parametrize("line", ["单位：件", "填报单位：云岫镇 单位：件"])
def test_a_line_that_states_the_unit_is_no_part_of_the_header(tmp_path, line):
    rows = (RECEIVED, *FIGURES, CARRIED_OUT, *ZEROS)
    report = text(tmp_path, SECTION_3, line, *STREAM, *rows, "四、其他情况")
    read = applicants("req_received_new", *FIGURES) | applicants("req_carried_out", *ZEROS)
    assert believed(report) == read


def test_a_column_of_remarks_with_one_cell_a_line(tmp_path):
    header = ("信息内容", "上一年项目数量", "本年增/减", "处理决定数量", "备注")
    rows = {
        "licensing": ("行政许可", "287", "9", "1126", "无"),
        "other_services": ("其他对外管理服务事项", "211", "-8", "", "无"),
        "penalty": ("行政处罚", "", "", "2060", "无"),
        "coercion": ("行政强制", "", "+1", "921", "无"),
    }
    five, six = list(rows.values())[:2], list(rows.values())[2:]
    lines = [
        "第二十条第（五）项",
        *header,
        *five[0],
        *five[1],
        "第二十条第（六）项",
        *header,
        *six[0],
        *six[1],
    ]
    report = text(tmp_path, *lines, "三、收到和处理政府信息公开申请情况", year=2020)
    columns = ("items_prev_year", "items_change", "decisions")
    printed = {
        f"{concept}_{column}": said
        for concept, row in rows.items()
        for column, said in zip(columns, row[1:-1], strict=True)
    }
    assert believed(report) == printed


def test_blanks_in_a_stream_keep_their_columns_and_their_total_is_whole(tmp_path):
    row = ("1", "", "2", "", "", "", "")
    rows = (RECEIVED, *row, CARRIED_IN, *ZEROS, CARRIED_OUT, *ZEROS)
    report = text(tmp_path, SECTION_3, *STREAM, *rows, "五、存在的主要问题及改进情况")
    read = applicants("req_received_new", *row)
    assert {key: said for key, said in believed(report).items() if key in read} == read
    total = facts(report)["req_received_new/total"]
    assert (total.value, total.flags) == (3, ())


def test_a_stream_whose_header_names_its_columns_only(tmp_path):
    columns = ("自然人", *APPLICANTS[1:-1], "总计")
    rows = {"req_received_new": (RECEIVED, FIGURES), "req_carried_out": (CARRIED_OUT, ZEROS)}
    cells = [cell for label, figures in rows.values() for cell in (label, *figures)]
    report = text(tmp_path, SECTION_3, *columns, *cells, "五、存在的主要问题及改进情况")
    said = {}
    for concept, (_, figures) in rows.items():
        said |= applicants(concept, *figures)
    assert believed(report) == said


def test_two_header_rows_of_equal_width_say_where_figures_belong(tmp_path):
    header = (
        ("", "", "申请人情况", *[""] * 6),
        ("", "", "自然人", "法人或其他组织", "", "", "", "", "总计"),
        ("", "", "", *APPLICANTS[1:-1], ""),
    )
    rows = {
        "req_received_new": (RECEIVED, "", "", "", "2", "", "", "", ""),
        "req_carried_in": (CARRIED_IN, "", "", "", "", "1", "", "", ""),
    }
    report = text(tmp_path, pipes(*header, *rows.values()), suffix="md")
    received, carried_in = (applicants(concept, *row[2:]) for concept, row in rows.items())
    filled = {key: said for key, said in (received | carried_in).items() if said}
    assert {key: said for key, said in believed(report).items() if said} == filled


# Tables of the publisher's own


APPLICATIONS = (
    labelled(RECEIVED, *ONE_PERSON),
    labelled(CARRIED_IN, *ZEROS),
    *outcomes({"（一）予以公开": ONE_PERSON, "（七）总计": ONE_PERSON}),
    labelled(CARRIED_OUT, *ZEROS),
)
FORMS = {
    "decisions": table(DECISIONS, ("行政处罚", "5"), ("行政强制", "7")),
    "applications": three(*APPLICATIONS),
    "disputes": table(*header_four(), DISPUTES),
}


@pytest.mark.parametrize(
    ("form", "own"),
    [
        ("decisions", (("单位", "行政许可", "行政处罚", "行政强制"), ("红旗镇", "1", "2", "3"))),
        (
            "applications",
            (
                ("单位", "本年新收政府信息公开申请数量", "上年结转", "结转下年度继续办理"),
                ("红旗镇", "1", "2", "3"),
                ("合计", "4", "5", "6"),
            ),
        ),
        (
            "applications",
            (("申请方式", "当面", "信函", "网络", "总计"), ("件数", "1", "2", "3", "6")),
        ),
        (
            "applications",
            (("办理结果", "数量", "占比"), ("予以公开", "1", "10%"), ("部分公开", "2", "20%")),
        ),
        ("disputes", (("信息处理费", "金额（元）"), ("发出收费通知件数", "0"))),
        ("disputes", (("序号", "案件", "结果"), ("1", "某案", "维持"))),
    ],
)
def test_a_table_of_the_publisher_s_own_leaves_the_form_s_as_it_is(tmp_path, form, own):
    alone = believed(html(tmp_path, FORMS[form]))
    assert len(alone) == {"decisions": 2, "applications": 23 * 7, "disputes": 15}[form]
    assert believed(html(tmp_path, FORMS[form], table(*own))) == alone


@pytest.mark.parametrize("above", [(), (ARTICLE_1, RULES)])
def test_a_cell_that_cannot_be_read_belongs_to_the_form_of_its_header(tmp_path, above):
    """The form of 2019 has three columns for this row, that of 2021 the one printed."""
    licences = (DECISIONS[0], (DECISIONS[1], 3)), ("行政许可", ("12，上年10", 3))
    report = html(tmp_path, table(*above, *licences))
    assert report.forms == ("t2021",)
    assert [key for key in facts(report) if "rules" not in key] == ["licensing_decisions"]
    assert "read_row_length" in checks(report)


def test_merged_cells_filled_down_and_across_are_read(tmp_path):
    """As spreadsheets and some converters write them: each cell of a merged one says its words."""
    legal = ("法人或其他组织",) * 5
    report = text(
        tmp_path,
        pipes(
            ("情形",) * 2 + ("申请人情况",) * 7,
            ("情形",) * 2 + ("自然人", *legal, "总计"),
            ("情形",) * 2 + APPLICANTS,
            (RECEIVED, RECEIVED, "5", "0", "0", "1", "0", "0", "6"),
            (RESULTS, "（一）予以公开", "4", "0", "0", "1", "0", "0", "5"),
        ),
        suffix="md",
    )
    assert believed(report) == {
        **applicants("req_received_new", "5", "0", "0", "1", "0", "0", "6"),
        **applicants("req_outcome_granted", "4", "0", "0", "1", "0", "0", "5"),
    }
