"""PDF files: rulings however they are drawn, merged cells, tables cut by page breaks."""

from __future__ import annotations

import itertools

import pypdfium2
import pypdfium2.raw as raw
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from pipeline import doubt
from pipeline.errors import UnreadableDocument
from pipeline.readers import read
from pipeline.text import parse_value

pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
WIDTH, HEIGHT = 595, 842
XS = (70, 200, 300, 400)


def canvas(path):
    made = Canvas(str(path), pagesize=(WIDTH, HEIGHT), invariant=1)
    made.setFont("STSong-Light", 10)
    return made


def text(made, x, top, words):
    made.drawString(x + 4, HEIGHT - top - 13, words)


def line(made, x0, top0, x1, top1):
    made.line(x0, HEIGHT - top0, x1, HEIGHT - top1)


def thin_box(made, x0, top0, x1, top1):
    made.rect(
        min(x0, x1) - 0.3,
        HEIGHT - max(top0, top1) - 0.3,
        abs(x1 - x0) + 0.6,
        abs(top1 - top0) + 0.6,
        stroke=0,
        fill=1,
    )


def ruled(made, draw=line, xs=XS, ys=(100, 120, 140)):
    for y in ys:
        draw(made, xs[0], y, xs[-1], y)
    for x in xs:
        draw(made, x, ys[0], x, ys[-1])


def fill(made, rows, xs=XS, top=100, height=20):
    for i, row in enumerate(rows):
        for x, words in zip(xs, row, strict=False):
            text(made, x, top + i * height, words)


def rows(document, table=0):
    return [[cell.text for cell in row] for row in document.grids[table].rows()]


ROWS = [["规章", "1", "23"], ["规范性文件", "", "4"]]


def stroked_cells(made):
    for i in range(2):
        for x0, x1 in itertools.pairwise(XS):
            made.rect(x0, HEIGHT - 120 - 20 * i, x1 - x0, 20, stroke=1, fill=0)


def one_path(made):
    path = made.beginPath()
    for y in (100, 120, 140):
        path.moveTo(XS[0], HEIGHT - y)
        path.lineTo(XS[-1], HEIGHT - y)
    for x in XS:
        path.moveTo(x, HEIGHT - 100)
        path.lineTo(x, HEIGHT - 140)
    made.drawPath(path, stroke=1, fill=0)


DRAWINGS = {
    "lines": ruled,
    "thin filled boxes": lambda made: ruled(made, thin_box),
    "stroked boxes": stroked_cells,
    "one path": one_path,
}


@pytest.mark.parametrize("drawing", DRAWINGS)
def test_rulings_however_drawn(drawing, tmp_path):
    made = canvas(tmp_path / "a.pdf")
    DRAWINGS[drawing](made)
    fill(made, ROWS)
    made.save()
    document = read(tmp_path / "a.pdf")
    assert rows(document) == ROWS
    assert document.grids[0].cells[0].where == "p1 (70.0,100.0,200.0,120.0)"


def test_backgrounds_are_no_tables(tmp_path):
    made = canvas(tmp_path / "a.pdf")
    made.setFillGray(0.9)
    made.rect(70, HEIGHT - 140, 300, 40, stroke=0, fill=1)
    made.setFillGray(0)
    text(made, 70, 100, "一、总体情况")
    made.save()
    document = read(tmp_path / "a.pdf")
    assert document.grids == ()
    assert [p.text for p in document.paragraphs] == ["一、总体情况"]


def test_merged_cells_have_spans(tmp_path):
    made = canvas(tmp_path / "a.pdf")
    for y in (100, 140):
        line(made, 70, y, 400, y)
    line(made, 200, 120, 400, 120)
    for x in (70, 200, 400):
        line(made, x, 100, x, 140)
    line(made, 300, 120, 300, 140)
    text(made, 70, 110, "信息内容")
    text(made, 200, 100, "法人")
    fill(made, [["企业", "其他"]], (200, 300), 120)
    made.save()
    (grid,) = read(tmp_path / "a.pdf").grids
    spans = {cell.text: (cell.rowspan, cell.colspan) for cell in grid.cells}
    assert spans == {"信息内容": (2, 1), "法人": (1, 2), "企业": (1, 1), "其他": (1, 1)}


def test_digits_that_wrap_in_a_narrow_cell_stay_in_it(tmp_path):
    made = canvas(tmp_path / "a.pdf")
    ruled(made, ys=(100, 140))
    text(made, 70, 100, "规章")
    text(made, 200, 100, "218")
    text(made, 200, 118, "5")
    made.save()
    (grid,) = read(tmp_path / "a.pdf").grids
    assert [cell.text for cell in grid.cells] == ["规章", "218\n5", ""]


def cut_table(path, first, second, between=""):
    made = canvas(path)
    ruled(made, ys=tuple(range(700, 701 + 20 * len(first), 20)))
    fill(made, first, top=700)
    made.drawString(290, 30, "- 3 -")
    made.showPage()
    made.setFont("STSong-Light", 10)
    if between:
        text(made, 70, 60, between)
    ruled(made, ys=tuple(range(100, 101 + 20 * len(second), 20)))
    fill(made, second)
    made.drawString(290, 30, "第4页 共6页")
    made.save()
    return read(path)


def test_a_table_cut_by_a_page_break_is_one(tmp_path):
    document = cut_table(tmp_path / "a.pdf", ROWS, [["行政许可", "5", "6"]])
    assert rows(document) == [*ROWS, ["行政许可", "5", "6"]]
    assert [cell.where[:2] for cell in document.grids[0].cells] == ["p1"] * 6 + ["p2"] * 3
    assert document.paragraphs == ()


def test_text_between_keeps_two_tables_apart(tmp_path):
    document = cut_table(tmp_path / "a.pdf", ROWS, [["行政许可", "5", "6"]], "三、下一节")
    assert len(document.grids) == 2
    assert [p.text for p in document.paragraphs] == ["三、下一节"]


def test_a_row_cut_by_a_page_break_is_one(tmp_path):
    first = [["1.属于国家秘密", "1", "2"], ["2.保护第三方", "", ""]]
    document = cut_table(tmp_path / "a.pdf", first, [["合法权益", "3", "4"], ["3.其他", "5", "6"]])
    assert rows(document) == [
        ["1.属于国家秘密", "1", "2"],
        ["2.保护第三方\n合法权益", "3", "4"],
        ["3.其他", "5", "6"],
    ]
    assert "; p2" in document.grids[0].cells[4].where


def test_unnumbered_labels_are_never_run_together(tmp_path):
    document = cut_table(tmp_path / "a.pdf", [["行政处罚", "", ""]], [["行政强制", "", ""]])
    assert rows(document) == [["行政处罚", "", ""], ["行政强制", "", ""]]


def test_a_full_line_goes_on_and_an_indent_begins_anew(tmp_path):
    made = canvas(tmp_path / "a.pdf")
    text(made, 250, 60, "年度报告")
    text(made, 90, 100, "这一年公开信息" * 6)
    text(made, 70, 120, "共计十二条。")
    text(made, 90, 140, "收到申请三件。")
    made.save()
    texts = [p.text for p in read(tmp_path / "a.pdf").paragraphs]
    assert texts == ["年度报告", "这一年公开信息" * 6 + "共计十二条。", "收到申请三件。"]


def test_lines_that_stop_short_of_each_other_are_looked_at_again(tmp_path):
    made = canvas(tmp_path / "a.pdf")
    for y in (100, 120, 140):
        line(made, 75, y, 395, y)
    for x in XS:
        line(made, x, 105, x, 135)
    fill(made, ROWS)
    made.save()
    assert rows(read(tmp_path / "a.pdf")) == ROWS


def test_a_scan_says_so(tmp_path):
    made = canvas(tmp_path / "a.pdf")
    ruled(made)
    made.save()
    with pytest.raises(UnreadableDocument, match="no text layer"):
        read(tmp_path / "a.pdf")


def test_a_password_is_asked_for(tmp_path):
    made = Canvas(str(tmp_path / "a.pdf"), encrypt="secret")
    made.drawString(10, 10, "x")
    made.save()
    with pytest.raises(UnreadableDocument, match="password"):
        read(tmp_path / "a.pdf")


def test_a_cut_off_file_says_so(tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4\n" + b"1 0 obj\n" * 40)
    with pytest.raises(UnreadableDocument, match="not a whole PDF"):
        read(tmp_path / "a.pdf")


def _turned(path, matrix, box, declared):
    """The page's content turned, and the page declared turned so that it shows upright, or not."""
    document = pypdfium2.PdfDocument(path)
    page = document[0]
    raw.FPDFPage_TransFormWithClip(page, raw.FS_MATRIX(*matrix), None)
    page.set_mediabox(*box)
    page.set_cropbox(*box)
    page.set_rotation(declared)
    document.save(path.with_name("turned.pdf"))
    document.close()
    return read(path.with_name("turned.pdf"))


QUARTER = ((0, 1, -1, 0, HEIGHT, 0), (0, 0, HEIGHT, WIDTH))
THREE_QUARTERS = ((0, -1, 1, 0, 0, WIDTH), (0, 0, HEIGHT, WIDTH))
HALF = ((-1, 0, 0, -1, WIDTH, HEIGHT), (0, 0, WIDTH, HEIGHT))
UPRIGHT = ((1, 0, 0, 1, 0, 0), (0, 0, WIDTH, HEIGHT))


@pytest.mark.parametrize(
    ("turn", "declared"),
    [(QUARTER, 90), (THREE_QUARTERS, 270), (HALF, 180), (QUARTER, 0), (UPRIGHT, 90)],
    ids=["90", "270", "180", "sideways", "only declared"],
)
def test_a_turned_page_is_read_as_its_text_runs(turn, declared, tmp_path):
    made = canvas(tmp_path / "a.pdf")
    ruled(made)
    fill(made, ROWS)
    made.save()
    document = _turned(tmp_path / "a.pdf", *turn, declared)
    assert rows(document) == ROWS
    assert document.grids[0].cells[0].where == "p1 (70.0,100.0,200.0,120.0)"


def test_a_number_that_runs_over_its_cell_is_not_split_in_silence(tmp_path):
    made = canvas(tmp_path / "a.pdf")
    ruled(made, xs=(70, 200, 228, 256))
    text(made, 70, 100, "规章")
    made.drawString(202, HEIGHT - 113, "11398889")
    made.save()
    texts = rows(read(tmp_path / "a.pdf"))[0]
    assert [parse_value(words).value for words in texts[1:]] == [None, None]


def test_a_slanted_watermark_is_not_read(tmp_path):
    made = canvas(tmp_path / "a.pdf")
    ruled(made)
    fill(made, ROWS)
    made.saveState()
    made.translate(70, HEIGHT - 140)
    made.rotate(20)
    made.drawString(0, 0, "2022年公示 2022年公示 2022年公示")
    made.restoreState()
    made.save()
    assert rows(read(tmp_path / "a.pdf")) == ROWS


def _open_at_the_break(made, ys, last, first):
    for y in (ys[0] if first else ys[1], *ys[1:-1], *(ys[-1:] if last else ())):
        line(made, XS[0], y, XS[-1], y)
    for x in XS:
        line(made, x, ys[0], x, ys[-1])


def test_a_break_that_draws_no_line_loses_no_row(tmp_path):
    made = canvas(tmp_path / "a.pdf")
    _open_at_the_break(made, (700, 720, 740), last=False, first=True)
    fill(made, ROWS, top=700)
    made.showPage()
    made.setFont("STSong-Light", 10)
    _open_at_the_break(made, (100, 120, 140), last=True, first=False)
    fill(made, [["行政许可", "5", "6"], ["行政处罚", "7", "8"]])
    made.save()
    expected = [*ROWS, ["行政许可", "5", "6"], ["行政处罚", "7", "8"]]
    assert rows(read(tmp_path / "a.pdf")) == expected


def test_running_heads_neither_cut_tables_nor_repeat_in_prose(tmp_path):
    made = canvas(tmp_path / "a.pdf")
    for page, row in enumerate(("规章", "行政许可", "行政处罚")):
        made.setFont("STSong-Light", 10)
        text(made, 70, 20, "某镇政府信息公开年报")
        text(made, 70, 815, f"https://example.invalid/a.html {page + 1}/3")
        ruled(made, ys=(100, 120))
        fill(made, [[row, "1", "2"]])
        made.showPage()
    made.save()
    document = read(tmp_path / "a.pdf")
    assert [row[0] for row in rows(document)] == ["规章", "行政许可", "行政处罚"]
    assert [p.text for p in document.paragraphs].count("某镇政府信息公开年报") == 1


def test_a_scanned_page_with_a_printed_number_is_reported(tmp_path):
    made = canvas(tmp_path / "a.pdf")
    text(made, 70, 100, "一、总体情况")
    made.showPage()
    made.drawImage(ImageReader(Image.new("RGB", (30, 40))), 60, 80, 475, 700)
    made.drawString(290, 30, "- 2 -")
    made.save()
    (known,) = read(tmp_path / "a.pdf").doubts
    assert (known.kind, known.where) == (doubt.PAGE, "p2")


def test_a_page_that_cannot_be_loaded_is_named(tmp_path):
    (tmp_path / "a.pdf").write_bytes(
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R 9 0 R]/Count 2>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\n"
        b"trailer<</Root 1 0 R>>\n%%EOF"
    )
    with pytest.raises(UnreadableDocument, match="page 2 is damaged"):
        read(tmp_path / "a.pdf")


def test_a_page_that_only_one_library_can_read_is_damaged(tmp_path, capfd):
    """pdfium takes a usual size for a page that tells none; a table without lines needs both."""
    path = tmp_path / "a.pdf"
    made = canvas(path)
    for row in range(6):
        text(made, 60, 100 + 20 * row, f"规章{row}    {row}    12    34    56")
    made.save()
    path.write_bytes(path.read_bytes().replace(b"/MediaBox", b"/MediaBoy"))
    with pytest.raises(UnreadableDocument, match="page 1 is damaged; fetch it again"):
        read(path, "a.pdf")
    assert capfd.readouterr().err == ""
