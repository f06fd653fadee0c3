"""What a Word cell shows beside plain text is told of it; what changes nothing is not."""

from __future__ import annotations

import re
from pathlib import Path

import docx
import pytest

from pipeline import doubt
from pipeline.doubt import Kind
from pipeline.extract import extract
from pipeline.model import Cell
from pipeline.readers.word import read
from tests.hostile.cases import Case, outcome
from tests.hostile.word import CHARACTER, Change, also, content, filled, harmless, p, r, styled, xml

SMALL, RED = '<w:sz w:val="12"/>', '<w:color w:val="FF0000"/>'
PICTURE = "\ufffc"


@pytest.mark.parametrize("case", list(harmless()), ids=lambda case: case.file)
def test_markup_that_changes_nothing_leaves_every_figure_unflagged(case: Case, tmp_path: Path):
    result = outcome(case, tmp_path)
    assert result.right == result.cells > 150, result.doubted


def cell_of(folder: Path, change: Change) -> Cell:
    """The cell beside 规章, changed, as it is read."""
    made = docx.Document()
    table = made.add_table(2, 2)
    table.cell(0, 0).text, table.cell(1, 0).text = "规章", "文件"
    change(made, table.cell(0, 1))
    path = folder / "report.docx"
    made.save(str(path))
    return read(path, "report.docx").grids[0].cells[1]


def link(text: str) -> str:
    return f'<w:hyperlink w:anchor="a">{r(text)}</w:hyperlink>'


@pytest.mark.parametrize(
    ("change", "text", "doubts"),
    [
        (filled(r("12")), "12", ()),
        (filled(r("1"), r("2")), "12", ()),
        (filled(r("12"), r("1", SMALL)), "121", (doubt.PIECES,)),
        (filled(r("12"), r("1", RED)), "121", (doubt.PIECES,)),
        (filled(r("12"), link("1")), "121", (doubt.PIECES,)),
        (filled(link("12")), "12", ()),
        (filled(r("规"), r("章", RED)), "规章", ()),
        (filled(r("规"), r("章十二", RED)), "规章十二", (doubt.PIECES,)),
        (content(p(r("12")), p(r("3", SMALL))), "12\n3", (doubt.PIECES,)),
        (filled(r("12"), r(" ", SMALL)), "12", ()),
        (filled(r("12", '<w:color w:val="FFFFFF"/>')), "12", (doubt.OVERLAID,)),
        (filled(r("12", "<w:rtl/>")), "12", (doubt.OVERLAID,)),
        (filled(r("12", "<w:vanish/>")), "", ()),
        (filled("<w:r><w:pgNum/></w:r>"), PICTURE, ()),
        (filled(properties='<w:numPr><w:numId w:val="1"/></w:numPr>'), PICTURE, ()),
        (filled(properties='<w:numPr><w:numId w:val="0"/></w:numPr>'), "", ()),
        (filled(r("规章"), properties='<w:numPr><w:numId w:val="1"/></w:numPr>'), "规章", ()),
        (filled(r("12"), '<w:r><w:footnoteReference w:id="1"/></w:r>'), "12", (doubt.FOOTNOTE_MARK,)),
    ],
)  # fmt: skip
def test_what_is_seen_in_a_cell(
    change: Change, text: str, doubts: tuple[Kind, ...], tmp_path: Path
) -> None:
    cell = cell_of(tmp_path, change)
    assert (cell.text, cell.doubts) == (text, doubts)


@pytest.mark.parametrize(
    ("colour", "behind", "seen"),
    [
        ("000000", "FFFFFF", True),
        ("FFFFFF", "1F3864", True),
        ("FF0000", "FFFFFF", True),
        ("F2F2F2", "FFFFFF", False),
        ("FFFF00", "FFFFFF", False),
        ("1F3864", "002060", False),
        ("000000", "auto", True),
    ],
)
def test_text_is_seen_where_it_stands_out(
    colour: str, behind: str, seen: bool, tmp_path: Path
) -> None:
    def shaded(document: docx.document.Document, cell: docx.table._Cell) -> None:
        shading = f'<w:shd w:val="clear" w:color="auto" w:fill="{behind}"/>'
        cell._tc.get_or_add_tcPr().append(xml(shading))

    inked = filled(r("12", f'<w:color w:val="{colour}"/>'))
    cell = cell_of(tmp_path, also(inked, shaded))
    assert cell.text == "12"
    assert (cell.doubts == ()) is seen


def test_a_size_told_by_a_style_is_that_size(tmp_path: Path) -> None:
    named = styled(CHARACTER, "mark", f"<w:rPr>{SMALL}</w:rPr>")
    other, same = r("2", '<w:rStyle w:val="mark"/>'), r("1", SMALL)
    assert cell_of(tmp_path, also(named, filled(same, other))).doubts == ()
    assert cell_of(tmp_path, also(named, filled(r("1"), other))).doubts == (doubt.PIECES,)


def test_a_field_goes_through_paragraphs_but_its_code_does_not(tmp_path: Path) -> None:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    begun = mark.format("begin") + "<w:r><w:instrText>TOC</w:instrText></w:r>"
    listed = (
        p(begun, mark.format("separate"), r("一、总体情况")),
        p(r("二、附表"), mark.format("end")),
    )
    open_ended = p(mark.format("begin"), r("三、其他"))
    made = docx.Document()
    for block in (*listed, open_ended, p(r("四、结束"))):
        made.element.body.insert(-1, xml(block))
    made.save(str(tmp_path / "report.docx"))
    found = read(tmp_path / "report.docx", "report.docx").paragraphs
    assert [each.text for each in found] == ["一、总体情况", "二、附表", "三、其他", "四、结束"]


def test_a_doubted_figure_says_so_to_the_analyst(tmp_path: Path) -> None:
    source = Path(__file__).parent / "corpus/sparse_2019/source.docx"
    made = docx.Document(str(source))
    cells = [cell for table in made.tables for row in table.rows for cell in row.cells]
    figure = next(cell for cell in cells if re.fullmatch("[1-9]", cell.text))
    figure.paragraphs[0].add_run("9").font.highlight_color = docx.enum.text.WD_COLOR_INDEX.YELLOW
    made.save(str(tmp_path / "report.docx"))
    (report,) = extract(tmp_path / "report.docx", "report.docx")
    flagged = [fact for fact in report.facts if "read:pieces" in fact.flags]
    assert [fact.text for fact in flagged] == [figure.text]
