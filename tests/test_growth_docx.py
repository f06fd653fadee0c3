"""Word documents of any make: the work grows as the document, and what no report can be is refused."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.errors import UnreadableDocument
from pipeline.readers.word import read
from tests.growth import assert_grows_as_its_input
from tests.hostile.word import NAMESPACES, anchored, graphic

_SPACES = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = NAMESPACES["r"]
_HEAD = "<w:p><w:r><w:t>年度报告</w:t></w:r></w:p>"


def package(path: Path, body: str, styles: str = "") -> Path:
    """A document with that body and those styles."""
    part = f"<w:document {_SPACES}><w:body>{_HEAD}{body}</w:body></w:document>"
    kind = f'Type="{_OFFICE}/{{}}" Target="{{}}" Id="r1"'
    related = f'<Relationships xmlns="{_RELATIONS}"><Relationship {kind}/></Relationships>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", related.format("officeDocument", "word/document.xml"))
        archive.writestr("word/document.xml", part)
        archive.writestr("word/_rels/document.xml.rels", related.format("styles", "styles.xml"))
        archive.writestr("word/styles.xml", f"<w:styles {_SPACES}>{styles}</w:styles>")
    return path


def cell(inside: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p>{inside}</w:p></w:tc>"


def row(*cells: str) -> str:
    return f"<w:tr>{''.join(cells)}</w:tr>"


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def styles(count: int, kind: str) -> str:
    """A chain of styles."""
    return "".join(
        f'<w:style w:type="{kind}" w:styleId="s{n}"><w:basedOn w:val="s{n + 1}"/><w:rPr><w:x{n}/>'
        f'<w:sz w:val="{20 + n % 9}"/></w:rPr></w:style>'
        for n in range(count)
    )


def _plain_rows(count: int) -> tuple[str, str]:
    return f"<w:tbl>{row(cell(run('规章')), cell(run('12'))) * count}</w:tbl>", ""


def _empty_paragraphs(count: int) -> tuple[str, str]:
    return "<w:p/>" * 20 * count, ""


def _runs(count: int) -> tuple[str, str]:
    parts = "".join(run("1", f'<w:sz w:val="{n}"/>') for n in range(count))
    return f"<w:tbl>{row(cell(parts), cell(run('1')))}{row(cell(''), cell(''))}</w:tbl>", ""


def _styled(kind: str, mark: str) -> Callable[[int], tuple[str, str]]:
    def make(count: int) -> tuple[str, str]:
        used = "".join(
            f"<w:p><w:pPr>{mark.format(n) if kind == 'paragraph' else ''}</w:pPr>"
            f"{run('1', mark.format(n) if kind == 'character' else '')}</w:p>"
            for n in range(count)
        )
        return used, styles(count, kind)

    return make


def _styled_tables(count: int) -> tuple[str, str]:
    tables = "".join(
        f'<w:tbl><w:tblPr><w:tblStyle w:val="s{n}"/></w:tblPr>{row(cell(run("1")), cell(""))}</w:tbl>'
        for n in range(count)
    )
    return tables, styles(count, "table")


def _thin_columns(count: int) -> tuple[str, str]:
    columns = '<w:gridCol w:w="20"/><w:gridCol w:w="900"/><w:gridCol w:w="900"/>' * count
    span = f'<w:gridSpan w:val="{count}"/>'
    rows = row(*(cell(run("1")) for _ in range(3 * count))) + row(cell("1", span)) * count
    return f"<w:tbl><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>", ""


def _wide_spans(count: int) -> tuple[str, str]:
    wide = '<w:gridSpan w:val="999999999"/>'
    return f"<w:tbl>{row(cell(run('1'), wide), cell(run('2'), wide)) * count}</w:tbl>", ""


def _text_boxes(count: int) -> tuple[str, str]:
    box = graphic(f"<wps:txbx><w:txbxContent><w:p>{run('1')}</w:p></w:txbxContent></wps:txbx>")
    inside = f"<w:r>{anchored(box)}</w:r>"
    return f"<w:tbl>{row(cell(inside * count), cell('')) * 2}</w:tbl>", ""


def _floats_and_tables(count: int) -> tuple[str, str]:
    table = f"<w:tbl>{row(cell(run('1')), cell('')) * 2}</w:tbl>"
    return f"<w:p><w:r>{anchored('')}</w:r></w:p>{table}" * count, ""


def _fields(count: int) -> tuple[str, str]:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    field = f"{mark.format('begin')}<w:r><w:instrText>REF a</w:instrText></w:r>"
    field += mark.format("separate") + run("1") + mark.format("end")
    return f"<w:tbl>{row(cell(field * count), cell('')) * 2}</w:tbl>", ""


def _open_fields(count: int) -> tuple[str, str]:
    begun = '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>' + run("1") + "</w:p>"
    return begun * count, ""


def _fields_left_open(count: int) -> tuple[str, str]:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return f"<w:p>{mark.format('begin')}{mark.format('separate')}{run('1')}</w:p>" * count, ""


def _choices(count: int) -> tuple[str, str]:
    text = run("12")
    one = f'<mc:AlternateContent><mc:Choice Requires="wps">{text}</mc:Choice><mc:Fallback>{text}'
    return f"<w:p>{one}</mc:Fallback></mc:AlternateContent></w:p>" * count, ""


def _nested_choices(count: int) -> tuple[str, str]:
    inner = run("1") * count
    for _ in range(30):
        inner = f'<mc:AlternateContent><mc:Choice Requires="wps">{inner}</mc:Choice></mc:AlternateContent>'
    return f"<w:p>{inner}</w:p>", ""


def _nested_tables(count: int) -> tuple[str, str]:
    inner = f"<w:tbl>{row(cell(run('1')), cell(run('2'))) * 2}</w:tbl>"
    for _ in range(20):
        inner = f"<w:tbl>{row(cell(run('1')), f'<w:tc>{inner}<w:p/></w:tc>')}</w:tbl>"
    return inner * count, ""


SHAPES: dict[str, tuple[Callable[[int], tuple[str, str]], int]] = {
    "plain rows": (_plain_rows, 600),
    "empty paragraphs": (_empty_paragraphs, 600),
    "runs unlike each other": (_runs, 1000),
    "paragraphs in a chain of styles": (_styled("paragraph", '<w:pStyle w:val="s{}"/>'), 400),
    "runs in a chain of styles": (_styled("character", '<w:rStyle w:val="s{}"/>'), 400),
    "tables in a chain of styles": (_styled_tables, 300),
    "thin columns": (_thin_columns, 300),
    "wide spans": (_wide_spans, 600),
    "text boxes": (_text_boxes, 500),
    "things that float beside tables": (_floats_and_tables, 300),
    "fields": (_fields, 500),
    "fields without an end": (_open_fields, 500),
    "fields left open": (_fields_left_open, 500),
    "choices": (_choices, 500),
    "nested choices": (_nested_choices, 400),
    "nested tables": (_nested_tables, 10),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_reading_takes_as_long_as_there_is_to_read(shape: str, tmp_path: Path) -> None:
    make, size = SHAPES[shape]

    def made(count: int) -> Path:
        return package(tmp_path / f"{count}.docx", *make(count))

    assert_grows_as_its_input(made, lambda path: read(path, path.name), size)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (f"<w:tbl>{row(*['<w:tc><w:p/></w:tc>'] * 1001) * 100}</w:tbl>", "100,000 cells"),
        ("<w:p/>" * 300_001, "300,000 paragraphs"),
        (f"<w:p><w:r><w:t>{'1' * (2**20)}</w:t></w:r></w:p>" * 33, "33 MB of text and tables"),
    ],
    ids=["cells", "paragraphs", "megabytes"],
)
def test_what_no_report_can_be_is_refused(body: str, reason: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match=reason) as caught:
        read(package(tmp_path / "large.docx", body), "large.docx")
    assert caught.value.remedy


def test_a_chain_of_styles_deeper_than_any_program_makes_is_in_doubt(tmp_path: Path) -> None:
    body, chain = _styled_tables(50)
    path = package(tmp_path / "chain.docx", body, chain)
    first = read(path, path.name).grids[0].cells[0]
    assert first.text == "1"
    assert first.doubts


@pytest.mark.parametrize("value", ["9" * 5000, "-1", "²", "1e9", "", "９"])
def test_a_number_of_any_make_does_no_harm(value: str, tmp_path: Path) -> None:
    odd = f'<w:{{}} w:val="{value}" w:w="{value}" w:char="{value}" w:line="{value}"/>'
    inside = f"<w:pPr>{odd.format('spacing')}{odd.format('ind')}</w:pPr>"
    inside += run("12", "".join(odd.format(name) for name in ("sz", "position", "w", "color")))
    inside += f"<w:r>{odd.format('sym')}</w:r>"
    table = f"<w:tblGrid>{odd.format('gridCol')}</w:tblGrid><w:tr><w:trPr>"
    table += odd.format("gridBefore") + odd.format("trHeight")
    table += f"</w:trPr>{cell(inside, odd.format('gridSpan'))}{cell(run('规章'))}</w:tr>"
    path = package(tmp_path / "odd.docx", f"<w:tbl>{table}{row(cell(''), cell(''))}</w:tbl>")
    assert any("12" in each.text for each in read(path, "odd.docx").grids[0].cells)
