"""Word documents: what stands where. Built with python-docx, finished in XML where it cannot."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from lxml import etree

from pipeline.errors import UnreadableDocument
from pipeline.model import Document, Grid
from pipeline.readers.word import read

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
PROSE = (
    "本年度共受理政府信息公开申请十二件，全部在法定期限内答复，没有因答复不当引起的行政复议和行政诉讼。"
    "下一步将继续完善依申请公开的登记、审核、办理、答复和归档制度，提高答复的规范化水平。"
)


def document(tmp_path: Path, *body: str) -> Document:
    """A document whose body is the given WordprocessingML."""
    path = tmp_path / "report.docx"
    made = docx.Document()
    for number, xml in enumerate(body):
        made.element.body.insert(number, etree.fromstring(f"<w:x {NAMESPACES}>{xml}</w:x>")[0])
    made.save(str(path))
    return read(path, "report.docx")


def p(*runs: str) -> str:
    return "<w:p>" + "".join(run if run[0] == "<" else r(run) for run in runs) + "</w:p>"


def r(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>"


def tc(content: str, properties: str = "") -> str:
    body = content if content.startswith("<") else p(content) if content else "<w:p/>"
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{body}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    inner = "".join(cell if cell.startswith("<") else tc(cell) for cell in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inner}</w:tr>"


def tbl(*rows: str, widths: tuple[int, ...] = ()) -> str:
    columns = "".join(f"<w:gridCol w:w='{width}'/>" for width in widths)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"


def span(columns: int) -> str:
    return f"<w:gridSpan w:val='{columns}'/>"


RESTART, CONTINUE = "<w:vMerge w:val='restart'/>", "<w:vMerge/>"


def texts(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid.rows()]


def spans(grid: Grid) -> dict[str, tuple[int, int, int, int]]:
    return {cell.text: (cell.row, cell.col, cell.rowspan, cell.colspan) for cell in grid.cells}


def prose(read_document: Document) -> list[str]:
    return [paragraph.text for paragraph in read_document.paragraphs]


def test_a_document_as_word_users_make_it(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_heading("示例县2023年政府信息公开工作年度报告", 1)
    made.add_paragraph("")
    made.add_paragraph("　　二、主动公开政府信息情况")
    table = made.add_table(4, 3)
    table.cell(0, 0).merge(table.cell(0, 2)).text = "第二十条第（一）项"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "规章"
    for row, value in enumerate(["1", "2", ""], start=1):
        table.cell(row, 1).text = value
        table.cell(row, 2).text = value * 2
    table.cell(3, 0).text = "合计"
    made.add_paragraph("三、收到和处理情况")
    made.sections[0].header.paragraphs[0].text = "页眉"
    path = tmp_path / "report.docx"
    made.save(str(path))
    found = read(path, "report.docx")
    assert (found.file, found.format, found.heading) == ("report.docx", "docx", "")
    assert prose(found) == [
        "示例县2023年政府信息公开工作年度报告",
        "二、主动公开政府信息情况",
        "三、收到和处理情况",
    ]
    assert [block.where for block in found.blocks] == [
        "paragraph 1",
        "paragraph 2",
        "table 1",
        "paragraph 3",
    ]
    (grid,) = found.grids
    assert texts(grid) == [
        ["第二十条第（一）项"],
        ["规章", "1", "11"],
        ["规章", "2", "22"],
        ["合计", "", ""],
    ]
    assert spans(grid)["第二十条第（一）项"] == (0, 0, 1, 3)
    assert spans(grid)["规章"] == (1, 0, 2, 1)
    assert grid.cells[-1].where == "table 1 row 4 col 3"


def test_header_and_body_with_different_spans_keep_their_columns(tmp_path: Path) -> None:
    found = document(
        tmp_path,
        tbl(
            tr("信息内容", "上一年", tc("增/减", span(2)), "决定"),
            tr("行政许可", tc("1", span(2)), "2", "3"),
        ),
    )
    assert spans(found.grids[0])["增/减"] == (0, 2, 1, 2)
    assert spans(found.grids[0])["1"] == (1, 1, 1, 2)
    assert spans(found.grids[0])["2"] == (1, 3, 1, 1)


def test_two_merges_below_each_other_stay_apart(tmp_path: Path) -> None:
    found = document(
        tmp_path,
        tbl(
            tr(tc("（三）", RESTART), "a", "1"),
            tr(tc("", CONTINUE), "b", "2"),
            tr(tc("（四）", RESTART), "c", "3"),
            tr(tc("", CONTINUE), "d", "4"),
            tr("（五）", "e", "5"),
            tr(tc("甲", CONTINUE), "f", "6"),
        ),
    )
    assert texts(found.grids[0]) == [
        ["（三）", "a", "1"],
        ["（三）", "b", "2"],
        ["（四）", "c", "3"],
        ["（四）", "d", "4"],
        ["（五）", "e", "5"],
        ["甲", "f", "6"],
    ]


def test_columns_left_out_before_a_row_and_old_merges_across(tmp_path: Path) -> None:
    found = document(
        tmp_path,
        tbl(
            tr("规章", "1", "2"),
            tr("3", properties="<w:gridBefore w:val='2'/><w:gridAfter w:val='0'/>"),
            tr("总计", tc("4", "<w:hMerge w:val='restart'/>"), tc("", "<w:hMerge/>")),
        ),
    )
    assert spans(found.grids[0])["3"] == (1, 2, 1, 1)
    assert spans(found.grids[0])["4"] == (2, 1, 1, 2)


def test_rulings_some_twips_apart_are_one(tmp_path: Path) -> None:
    found = document(
        tmp_path,
        tbl(
            tr(tc("规章", span(2)), "1"),
            tr("文件", tc("2", span(2))),
            widths=(2000, 20, 1000),
        ),
    )
    assert spans(found.grids[0]) == {
        "规章": (0, 0, 1, 1),
        "1": (0, 1, 1, 1),
        "文件": (1, 0, 1, 1),
        "2": (1, 1, 1, 1),
    }


def test_a_thin_column_with_a_cell_of_its_own_stays(tmp_path: Path) -> None:
    rows = tr("规章", "1", "2"), tr("文件", tc("3", span(2)))
    found = document(tmp_path, tbl(*rows, widths=(2000, 20, 1000)))
    assert spans(found.grids[0])["2"] == (0, 2, 1, 1)
    assert spans(found.grids[0])["3"] == (1, 1, 1, 2)


def test_what_a_paragraph_prints(tmp_path: Path) -> None:
    found = document(
        tmp_path,
        p("受理", r("20"), "<w:proofErr w:type='spellStart'/>", r("23"), "年"),
        p(
            "申请",
            f"<w:ins w:id='1' w:author='a'>{r('12')}</w:ins>",
            "<w:del w:id='2' w:author='a'><w:r><w:delText>11</w:delText></w:r></w:del>",
            f"<w:moveFrom w:id='3' w:author='a'>{r('99')}</w:moveFrom>",
            f"<w:hyperlink w:anchor='x'>{r('件')}</w:hyperlink>",
            "<w:r><w:fldChar w:fldCharType='begin'/><w:instrText>PAGE</w:instrText></w:r>",
            r("隐", "<w:vanish/>"),
            r("8", "<w:strike/>"),
            r("9", "<w:strike w:val='0'/>"),
            r("1", "<w:vertAlign w:val='superscript'/>"),
        ),
        p("<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t><w:noBreakHyphen/></w:r>"),
        "<w:sdt><w:sdtPr><w:alias w:val='x'/></w:sdtPr>"
        f"<w:sdtContent>{p('控件')}</w:sdtContent></w:sdt>",
    )
    assert prose(found) == ["受理2023年", "申请12件9[1]", "甲 乙", "丙-", "控件"]


def test_a_text_box_is_read_once_after_its_paragraph(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{p('框内')}{tbl(tr('规章', '1'), tr('文件', '2'))}</w:txbxContent>"
    found = document(
        tmp_path,
        p(
            "<w:r><mc:AlternateContent>"
            f"<mc:Choice Requires='wps'><wps:txbx>{box}</wps:txbx></mc:Choice>"
            f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
            "</mc:AlternateContent></w:r>",
            "框外",
        ),
        p("其后"),
    )
    assert [getattr(block, "text", "grid") for block in found.blocks] == [
        "框外",
        "框内",
        "grid",
        "其后",
    ]


def test_a_data_table_inside_a_layout_cell_is_a_grid_of_its_own(tmp_path: Path) -> None:
    inner = tbl(tr("规章", "1"), tr("文件", "2"))
    found = document(tmp_path, tbl(tr("左栏", tc(f"{p('二、主动公开')}{inner}{p('三、申请')}"))))
    assert prose(found) == ["左栏", "二、主动公开", "三、申请"]
    (grid,) = found.grids
    assert texts(grid) == [["规章", "1"], ["文件", "2"]]


def test_a_whole_report_in_one_table(tmp_path: Path) -> None:
    found = document(
        tmp_path,
        tbl(
            tr(tc(f"{p('一、总体情况')}{p(PROSE)}", span(3))),
            tr("规章", "1", "2"),
            tr(tc(PROSE, span(3))),
        ),
    )
    assert prose(found) == ["一、总体情况", PROSE, PROSE]
    assert texts(found.grids[0]) == [["规章", "1", "2"]]


def test_lines_and_tracked_rows_in_a_table(tmp_path: Path) -> None:
    control = f"<w:sdt><w:sdtContent>{tc('7')}</w:sdtContent></w:sdt>"
    found = document(
        tmp_path,
        tbl(
            tr(tc(f"{p('本年新')}{p('制作数量')}"), "<w:tc><w:p/></w:tc>"),
            tr("作废", "9", properties="<w:del w:id='4' w:author='a'/>"),
            tr("规章", control),
        ),
    )
    assert texts(found.grids[0]) == [["本年新\n制作数量", ""], ["规章", "7"]]


def rewritten(tmp_path: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """A sound document with its members changed or left out."""
    sound, path = tmp_path / "sound.docx", tmp_path / "report.docx"
    made = docx.Document()
    made.add_paragraph("年度报告")
    made.save(str(sound))
    with zipfile.ZipFile(sound) as source, zipfile.ZipFile(path, "w") as target:
        for member in source.namelist():
            if (data := change(member, source.read(member))) is not None:
                target.writestr(member, data)
    return path


def test_strict_documents_are_read(tmp_path: Path) -> None:
    def strict(member: str, data: bytes) -> bytes:
        office = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        data = data.replace(office, f"{STRICT}/officeDocument/relationships".encode())
        return data.replace(W.encode(), f"{STRICT}/wordprocessingml/main".encode())

    assert prose(read(rewritten(tmp_path, strict), "report.docx")) == ["年度报告"]


def test_a_picture_that_is_missing_does_no_harm(tmp_path: Path) -> None:
    def dangling(member: str, data: bytes) -> bytes:
        if member != "word/_rels/document.xml.rels":
            return data
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
        entry = f"<Relationship Id='rId99' Type='{kind}' Target='NULL'/></Relationships>"
        return data.replace(b"</Relationships>", entry.encode())

    assert prose(read(rewritten(tmp_path, dangling), "report.docx")) == ["年度报告"]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda m, d: None if m == "word/document.xml" else d, "without a Word document"),
        (lambda m, d: d[:500] if m == "word/document.xml" else d, "damaged document"),
        (lambda m, d: d.replace("年度报告".encode(), b""), "no text"),
        (lambda m, d: d[:80] if m == "_rels/.rels" else d, "damaged"),
    ],
)
def test_documents_that_cannot_be_read(
    tmp_path: Path, change: Callable[[str, bytes], bytes | None], reason: str
) -> None:
    with pytest.raises(UnreadableDocument, match=reason) as caught:
        read(rewritten(tmp_path, change), "report.docx")
    assert caught.value.file == "report.docx"
    assert caught.value.remedy


def test_an_archive_cut_short_is_refused(tmp_path: Path) -> None:
    path = rewritten(tmp_path, lambda member, data: data)
    path.write_bytes(path.read_bytes()[:-2000])
    with pytest.raises(UnreadableDocument, match="cut short"):
        read(path, "report.docx")


def test_an_archive_that_swells_is_refused(tmp_path: Path) -> None:
    path = rewritten(tmp_path, lambda member, data: data)
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("word/media/image1.bmp", "w") as member,
    ):
        for _ in range(201):
            member.write(bytes(2**20))
    with pytest.raises(UnreadableDocument, match="unpacks to 201 MB"):
        read(path, "report.docx")


def cell_of(tmp_path: Path, *runs: str) -> str:
    """The text of the cell beside 规章 that these runs make."""
    found = document(tmp_path, tbl(tr("规章", tc(p(*runs))), tr("文件", "2")))
    return found.grids[0].cells[1].text


SUPER, SUB = "<w:vertAlign w:val='superscript'/>", "<w:vertAlign w:val='subscript'/>"
VML = "urn:schemas-microsoft-com:vml"


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        (("12", r("1", SUPER)), "12[1]"),
        (("12", r("1", SUB)), "12[1]"),
        (("12", r("1", SUPER), r("0", SUPER)), "12[10]"),
        (("12", r("1", "<w:position w:val='8'/>")), "12[1]"),
        (("1", r("2", "<w:position w:val='2'/>")), "12"),
        ((r("1", SUPER), r("2", SUPER)), "12"),
        ((r("1", SUPER), "12"), "[1]12"),
        (
            (
                "12",
                "<w:r><w:footnoteReference w:customMarkFollows='1' w:id='1'/><w:t>1</w:t></w:r>",
            ),
            "12[1]",
        ),
        (("12", "<w:r><w:footnoteReference w:id='1'/></w:r>"), "12"),
        (("12", r("9", "<w:color w:val='FFFFFF'/>")), "12\ufffc"),
        ((r("12", "<w:color w:val='FFFFFF'/>"),), "12"),
        (("12", r(" ", "<w:color w:val='FFFFFF'/>")), "12"),
        (("12", f"<w:r><w:pict><v:shape><v:imagedata xmlns:v='{VML}'/></v:shape></w:pict></w:r>"),
         "12\ufffc"),
        (
            (
                "<w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:ddList>"
                "<w:result w:val='1'/><w:listEntry w:val='0'/><w:listEntry w:val='12'/>"
                "</w:ddList></w:ffData></w:fldChar></w:r>",
            ),
            "\ufffc",
        ),
    ],
)  # fmt: skip
def test_what_stands_beside_a_figure_is_no_digit_of_it(
    tmp_path: Path, runs: tuple[str, ...], text: str
) -> None:
    assert cell_of(tmp_path, *runs) == text


def test_a_fraction_is_no_number(tmp_path: Path) -> None:
    m = "xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math'"
    part = "<m:{0}><m:r><m:t>{1}</m:t></m:r></m:{0}>"
    fraction = f"<m:f>{part.format('num', 1)}{part.format('den', 2)}</m:f>"
    assert cell_of(tmp_path, f"<m:oMath {m}>{fraction}</m:oMath>") == "\ufffc"
    power = f"<m:sSup>{part.format('e', 12)}{part.format('sup', 1)}</m:sSup>"
    assert cell_of(tmp_path, f"<m:oMath {m}>{power}</m:oMath>") == "12[1]"
    assert cell_of(tmp_path, f"<m:oMath {m}><m:r><m:t>12</m:t></m:r></m:oMath>") == "12"


def test_character_styles_that_raise_or_hide(tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    made = docx.Document()
    for name, tag in (("mark", SUPER), ("gone", "<w:vanish/>")):
        style = made.styles.add_style(name, docx.enum.style.WD_STYLE_TYPE.CHARACTER)
        properties = etree.fromstring(f"<w:rPr {NAMESPACES}>{tag}</w:rPr>")
        style.element.append(properties)
    heir = made.styles.add_style("heir", docx.enum.style.WD_STYLE_TYPE.CHARACTER)
    heir.base_style = made.styles["mark"]
    for name in ("mark", "gone", "heir"):
        line = made.add_paragraph("12")
        line.add_run("3", made.styles[name])
    made.save(str(path))
    assert prose(read(path, "report.docx")) == ["12[3]", "12", "12[3]"]


def test_a_text_box_only_the_second_copy_holds_is_read(tmp_path: Path) -> None:
    found = document(
        tmp_path,
        p(
            "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing/></mc:Choice>"
            "<mc:Fallback><w:pict><v:textbox><w:txbxContent>"
            f"{p('12')}</w:txbxContent></v:textbox></w:pict></mc:Fallback>"
            "</mc:AlternateContent></w:r>"
        ),
    )
    assert prose(found) == ["12"]


def test_a_part_that_word_has_not_merged_yet_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match="not merged"):
        document(tmp_path, p("年度报告"), "<w:altChunk/>")
