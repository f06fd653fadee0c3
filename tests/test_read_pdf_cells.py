"""What is read of one cell of a PDF: digits apart, marks, unseen text, numbers over the wall."""

from __future__ import annotations

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader

from pipeline.text import parse_value
from tests.test_read_pdf import HEIGHT, WIDTH, canvas, fill, read, rows, ruled


def _one_cell_row(path, draw):
    """The cell beside 规章, in which `draw` prints."""
    made = canvas(path)
    ruled(made, xs=(70, 200, 400), ys=(100, 120, 140))
    fill(made, [["规章"], ["规范性文件", "4"]], xs=(70, 200))
    draw(made)
    made.save()
    (grid,) = read(path).grids
    return next(iter(grid.rows()))[1].text


@pytest.mark.parametrize("gap", [8, 20, 150])
def test_two_figures_apart_in_one_cell_are_not_one(gap, tmp_path):
    def draw(made):
        made.drawString(204, HEIGHT - 113, "99")
        made.drawString(214 + gap, HEIGHT - 113, "1907")

    assert _one_cell_row(tmp_path / "a.pdf", draw) == "99 1907"


def test_digits_set_a_little_apart_are_one_number(tmp_path):
    def draw(made):
        made.drawString(204, HEIGHT - 113, "1907", charSpace=2)

    assert _one_cell_row(tmp_path / "a.pdf", draw) == "1907"


def test_a_gap_among_digits_that_stand_close_parts_them(tmp_path):
    def draw(made):
        made.drawString(204, HEIGHT - 113, "99")
        made.drawString(217, HEIGHT - 113, "1907")

    assert _one_cell_row(tmp_path / "a.pdf", draw) == "99 1907"


def _invisibly(made, words, mode):
    drawn = made.beginText(204 + 5 * 4, HEIGHT - 113)
    drawn.setTextRenderMode(mode)
    drawn.textOut(words)
    drawn.setTextRenderMode(0)
    made.drawText(drawn)


@pytest.mark.parametrize("mode", [3, 7])
def test_invisible_text_is_not_read(mode, tmp_path):
    def draw(made):
        made.drawString(204, HEIGHT - 113, "1907")
        _invisibly(made, "8", mode)

    assert _one_cell_row(tmp_path / "a.pdf", draw) == "1907"


def test_the_recognised_text_of_a_scan_is_read(tmp_path):
    made = canvas(tmp_path / "a.pdf")
    made.drawImage(ImageReader(Image.new("RGB", (30, 40))), 0, 0, WIDTH, HEIGHT)
    _invisibly(made, "二〇二三年政府信息公开工作年度报告", 3)
    made.drawString(290, 30, "- 2 -")
    made.save()
    (paragraph,) = read(tmp_path / "a.pdf").paragraphs
    assert paragraph.text == "二〇二三年政府信息公开工作年度报告"


@pytest.mark.parametrize(("ground", "expected"), [(None, "1907"), (0.2, "19078"), (1, "1907")])
def test_white_text_is_read_where_it_can_be_seen(ground, expected, tmp_path):
    def draw(made):
        if ground is not None:
            made.setFillGray(ground)
            made.rect(222, HEIGHT - 118, 20, 16, stroke=0, fill=1)
            made.setFillGray(0)
        made.drawString(204, HEIGHT - 113, "1907")
        made.setFillGray(1)
        made.drawString(224, HEIGHT - 113, "8")
        made.setFillGray(0)

    assert _one_cell_row(tmp_path / "a.pdf", draw) == expected


@pytest.mark.parametrize("rise", [3, 4])
def test_a_small_digit_off_the_line_is_a_mark(rise, tmp_path):
    def draw(made):
        made.drawString(204, HEIGHT - 113, "1907")
        made.setFont("STSong-Light", 5)
        made.drawString(225, HEIGHT - 113 + rise, "1")
        made.drawString(227.5, HEIGHT - 113 + rise, "2")

    assert _one_cell_row(tmp_path / "a.pdf", draw) == "1907[12]"


@pytest.mark.parametrize(("at", "row"), [(390, 2), (60, 0)])
def test_a_number_that_runs_out_of_the_table_is_not_cut_in_silence(at, row, tmp_path):
    made = canvas(tmp_path / "a.pdf")
    ruled(made)
    fill(made, [["", "1", ""], ["2", "3", "4"]])
    made.drawString(at, HEIGHT - 113, "190765")
    made.save()
    torn = rows(read(tmp_path / "a.pdf"))[0][row]
    assert any(digit in torn for digit in "190765")
    assert parse_value(torn).value is None
