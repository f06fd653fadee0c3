"""Tables that page breaks cut through a row, a header or a number, as word processors do."""

from __future__ import annotations

import pytest

from pipeline.text import parse_value
from tests.test_read_pdf import XS, canvas, read, rows, ruled, text

NARROW = (70, 105, 140, 175)  # room for two characters of 10 points between usual margins
LEADING = 12


def _draw(made, xs, top, table, free):
    """Rows of cells, each a list of its printed lines; below the text of a row stay `free` points."""
    ys = [top]
    for row, below in zip(table, free, strict=True):
        lines = max(len(cell.split("/")) for cell in row)
        for x, cell in zip(xs, row, strict=False):
            for i, words in enumerate(cell.split("/")):
                text(made, x + 1.4, ys[-1] + LEADING * i, words)
        ys.append(ys[-1] + LEADING * lines + 4 + below)
    ruled(made, xs=xs, ys=ys)


def _cut(path, first, second, xs=NARROW, free=6, last=6):
    """What is read of a table cut in two; below the last row of the first part stay `last` points."""
    made = canvas(path)
    _draw(made, xs, 500, first, [free] * (len(first) - 1) + [last])
    made.showPage()
    made.setFont("STSong-Light", 10)
    _draw(made, xs, 100, second, [free] * len(second))
    made.save()
    return [[cell.replace("\n", "") for cell in row] for row in rows(read(path))]


HEAD = ["信息/内容", "本年/制发", "本年/废止"]


def test_a_header_whose_words_are_cut_is_one(tmp_path):
    found = _cut(
        tmp_path / "a.pdf",
        [["信息/内容", "本年/制发", "现行/有效"]],
        [["", "件数", "件数"], ["规章", "1", "2"]],
    )
    assert found == [["信息内容", "本年制发件数", "现行有效件数"], ["规章", "1", "2"]]


def test_a_body_row_of_words_is_not_part_of_the_header(tmp_path):
    found = _cut(
        tmp_path / "a.pdf", [["信息/内容", "本年/制发", "现行/有效"]], [["规章", "无", "/"]]
    )
    assert found[1][:2] == ["规章", "无"]
    assert len(found) == 2


@pytest.mark.parametrize("figures", [("3起", "12宗"), ("2人次", "5期"), ("约5", "1,234")])
def test_a_body_row_of_figures_with_units_is_not_part_of_the_header(figures, tmp_path):
    found = _cut(
        tmp_path / "a.pdf", [["信息/内容", "本年/制发", "现行/有效"]], [["规章", *figures]]
    )
    assert found[1:] == [["规章", *figures]]


def test_numbers_cut_where_they_fill_their_cells_are_whole(tmp_path):
    found = _cut(
        tmp_path / "a.pdf",
        [HEAD, ["1.", "14375", "99"]],
        [["属于/国家", "5", ""], ["2.其/他", "5", "6"]],
    )
    assert found[1:] == [["1.属于国家", "143755", "99"], ["2.其他", "5", "6"]]
    assert parse_value(found[1][1]).doubts == ()


def test_a_row_of_its_own_below_figures_stays_one(tmp_path):
    found = _cut(tmp_path / "a.pdf", [HEAD, ["1.国", "14375", "99"]], [["2.其", "5", "5"]])
    assert found[1:] == [["1.国", "14375", "99"], ["2.其", "5", "5"]]


@pytest.mark.parametrize(
    ("above", "below"),
    [("（七", "）总计"), ("3.", "其他"), ("四", "、结转"), ("保护（", "第三方）")],
)
def test_a_label_cut_in_mid_phrase_is_one(above, below, tmp_path):
    found = _cut(
        tmp_path / "a.pdf", [["规章", "1", "2"], [above, "3", ""]], [[below, "", ""]], xs=XS
    )
    assert found == [["规章", "1", "2"], [above + below, "3", ""]]


SHORT = [HEAD, ["行政/许可", "1", "2"], ["行政", "3", "4"]]


def test_a_row_that_ends_nearer_to_its_text_than_others_is_cut(tmp_path):
    found = _cut(tmp_path / "a.pdf", SHORT, [["处罚", "", ""]], last=0)
    assert found[2:] == [["行政处罚", "3", "4"]]


def test_a_row_that_ends_like_all_others_is_whole(tmp_path):
    found = _cut(tmp_path / "a.pdf", SHORT, [["处罚", "", ""]])
    assert found[2:] == [["行政", "3", "4"], ["处罚", "", ""]]


def test_a_row_that_ends_early_but_has_room_left_is_whole(tmp_path):
    found = _cut(tmp_path / "a.pdf", [*SHORT[:2], ["处", "3", "4"]], [["强制", "", ""]], last=0)
    assert found[2:] == [["处", "3", "4"], ["强制", "", ""]]


def test_numbers_that_may_go_on_below_the_break_are_not_told(tmp_path):
    found = _cut(tmp_path / "a.pdf", [*SHORT[:2], ["行政", "14375", "4"]], [["处罚", "5", ""]])
    assert [row[0] for row in found[2:]] == ["行政", "处罚"]
    assert [parse_value(row[1]).value for row in found[2:]] == [None, None]
    assert found[2][2] == "4"


def test_a_long_label_whose_last_line_is_full_goes_on(tmp_path):
    found = _cut(
        tmp_path / "a.pdf",
        [["信息", "制发", "废止"], ["其他对外/管理服务", "3", "4"]],
        [["事项", "", ""]],
        xs=(70, 122, 200, 300),
    )
    assert found[1:] == [["其他对外管理服务事项", "3", "4"]]


def test_a_row_goes_on_below_a_repeated_header(tmp_path):
    found = _cut(
        tmp_path / "a.pdf",
        [HEAD, ["1.国/家", "3", "4"], ["2.保/护第", "5", "6"]],
        [HEAD, ["三方", "", ""], ["3.其/他", "7", "8"]],
    )
    assert found == [
        ["信息内容", "本年制发", "本年废止"],
        ["1.国家", "3", "4"],
        ["2.保护第三方", "5", "6"],
        ["3.其他", "7", "8"],
    ]


def test_a_table_printed_again_is_another_table(tmp_path):
    made = canvas(tmp_path / "a.pdf")
    for top in (500, 100):
        made.setFont("STSong-Light", 10)
        _draw(made, NARROW, top, [HEAD, ["规章", "3", "4"]], [6, 6])
        made.showPage()
    made.save()
    assert len(read(tmp_path / "a.pdf").grids) == 2


def test_an_empty_value_is_no_part_of_the_header_above_it(tmp_path):
    made = canvas(tmp_path / "a.pdf")
    ruled(made, xs=(70, 200), ys=(500, 540))
    ruled(made, xs=(200, 300, 400), ys=(500, 520, 540))
    for x, top, words in ((70, 510, "结果维持"), (200, 500, "起诉"), (300, 500, "复议")):
        text(made, x, top, words)
    text(made, 200, 520, "维持")
    text(made, 300, 520, "纠正")
    made.showPage()
    made.setFont("STSong-Light", 10)
    ruled(made, ys=(100, 120))
    text(made, 200, 100, "3")
    text(made, 300, 100, "4")
    made.save()
    (grid,) = read(tmp_path / "a.pdf").grids
    assert [cell.text for cell in list(grid.rows())[-1]] == ["", "3", "4"]


UNITS = [["统计指标", "单位", "统计数"], ["5.信函申请数", "条", "4"]]


@pytest.mark.parametrize("label", ["6.其他形式申请数", "其他形式申请数"])
@pytest.mark.parametrize("unit", ["条", "件"])
def test_blank_rows_with_units_on_both_sides_of_a_break_are_two(tmp_path, label, unit):
    below = [["对申请的答复总数", unit, ""], ["1.按时答复数", "条", "2"]]
    found = _cut(tmp_path / "a.pdf", [*UNITS, [label, "条", ""]], below, xs=XS)
    assert found[2:] == [[label, "条", ""], *below]


def test_blank_rows_without_units_on_both_sides_of_a_break_are_two(tmp_path):
    above = [["统计指标", "统计数"], ["5.信函申请数", "4"], ["6.其他形式申请数", ""]]
    below = [["对申请的答复总数", ""], ["1.按时答复数", "2"]]
    found = _cut(tmp_path / "a.pdf", above, below, xs=(70, 300, 400))
    assert found == [*above, *below]


def test_a_unit_cut_in_two_is_one(tmp_path):
    found = _cut(
        tmp_path / "a.pdf",
        [["指标", "单/位", "数"], ["1.接待", "人", "4"]],
        [["人数", "次", ""], ["2.其他", "件", "2"]],
        xs=(70, 105, 122, 175),
    )
    assert found[1:] == [["1.接待人数", "人次", "4"], ["2.其他", "件", "2"]]
