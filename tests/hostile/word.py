"""Tricks in Word documents: made with python-docx where it can, finished in XML where it cannot.

Each touches one cell that no sum holds, so that nothing but the reader can doubt its figure.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import docx
from docx.document import Document
from docx.enum.dml import MSO_THEME_COLOR
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import parse_xml
from docx.shared import Pt, RGBColor
from docx.table import _Cell
from docx.text.run import Run
from PIL import Image

from tests.accuracy.render import render
from tests.hostile.cases import Case, figure, report, seen

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "x": "http://example.org/not-known-to-any-program",
}
_CELL = ("licensing_decisions", "")
_SENTINEL = "此格"

Change = Callable[[Document, _Cell], None]


@dataclass(frozen=True, slots=True)
class Trick:
    """What is done to the cell, and what a person sees in it then: None for nothing at all.
    Where nobody could say, it is not `certain`."""

    change: Change
    sees: int | None
    certain: bool = True


def made(name: str, trick: Trick) -> Case:
    """A plain report in which one cell is as the trick makes it."""
    draft = report("docx")
    cell = figure(draft, *_CELL)
    cell.text = _SENTINEL
    seen(draft, cell, trick.sees, certain=trick.certain)
    document = docx.Document(io.BytesIO(render(draft)))
    place = next(
        one
        for table in document.tables
        for row in table.rows
        for one in row.cells
        if one.text == _SENTINEL
    )
    trick.change(document, place)
    stream = io.BytesIO()
    document.save(stream)
    return Case(name, draft, stream.getvalue())


def xml(text: str) -> Any:
    """The element of that markup."""
    spaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
    return parse_xml(f"<w:x {spaces}>{text}</w:x>")[0]


def r(text: str, properties: str = "") -> str:
    """A run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*runs: str, properties: str = "") -> str:
    """A paragraph."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def filled(*runs: str, properties: str = "") -> Change:
    """The cell holds one paragraph of these runs."""
    return content(p(*runs, properties=properties))


def content(*blocks: str) -> Change:
    """The cell holds these paragraphs."""

    def change(document: Document, cell: _Cell) -> None:
        for old in cell.paragraphs:
            old._p.getparent().remove(old._p)
        for block in blocks:
            cell._tc.append(xml(block))

    return change


def runs(*made: tuple[str, Callable[[Run], object] | None]) -> Change:
    """The cell holds these runs of python-docx, each dressed."""

    def change(document: Document, cell: _Cell) -> None:
        paragraph = cell.paragraphs[0]
        paragraph.clear()
        for text, dress in made:
            run = paragraph.add_run(text)
            if dress:
                dress(run)

    return change


def also(change: Change, *further: Change) -> Change:
    """One change after the other."""

    def both(document: Document, cell: _Cell) -> None:
        for one in (change, *further):
            one(document, cell)

    return both


def styled(kind: WD_STYLE_TYPE, name: str, properties: str, base: str = "") -> Change:
    """The document has one more style; it is in use where something names it."""

    def change(document: Document, cell: _Cell) -> None:
        style = document.styles.add_style(name, kind)
        if base:
            style.base_style = document.styles[base]
        for each in xml(f"<w:style>{properties}</w:style>"):
            for old in style.element.findall(each.tag):
                style.element.remove(old)
            style.element.append(each)

    return change


def beside(tag: str, properties: str) -> Change:
    """Properties of the cell (tcPr), its row (trPr) or its table (tblPr)."""

    def change(document: Document, cell: _Cell) -> None:
        owner = cell._tc
        while f"{tag[:-2]}" != owner.tag.rpartition("}")[2]:
            owner = owner.getparent()
        holder = xml(f"<w:{tag}>{properties}</w:{tag}>")
        old = owner.find(holder.tag)
        if old is None:
            owner.insert(0, holder)
        else:
            for each in holder:
                for before in old.findall(each.tag):
                    old.remove(before)
                old.append(each)

    return change


def wrapped(before: str, after: str) -> Change:
    """The cell stands in another element: a control, a choice."""

    def change(document: Document, cell: _Cell) -> None:
        row = cell._tc.getparent()
        at = row.index(cell._tc)
        outer = xml(f"{before}<w:here/>{after}")
        (here,) = outer.iter(f"{{{NAMESPACES['w']}}}here")
        row.insert(at, outer)
        here.getparent().replace(here, cell._tc)

    return change


def before_table(block: str) -> Change:
    """A block right before the cell's table."""

    def change(document: Document, cell: _Cell) -> None:
        table = cell._tc.getparent().getparent()
        table.addprevious(xml(block))

    return change


def picture(document: Document, cell: _Cell) -> None:
    stream = io.BytesIO()
    Image.new("L", (40, 20)).save(stream, "PNG")
    stream.seek(0)
    cell.paragraphs[0].clear()
    cell.paragraphs[0].add_run().add_picture(stream)


def default(properties: str) -> Change:
    """Properties of all text of the document."""

    def change(document: Document, cell: _Cell) -> None:
        holder = document.styles.element.find(".//w:rPrDefault/w:rPr", NAMESPACES)
        for each in xml(f"<w:rPr>{properties}</w:rPr>"):
            for old in holder.findall(each.tag):
                holder.remove(old)
            holder.append(each)

    return change


def font(**values: object) -> Callable[[Run], object]:
    """The dress of a run, as python-docx names it."""
    return lambda run: [setattr(run.font, name, value) for name, value in values.items()]


def coloured(colour: str) -> Callable[[Run], object]:
    return lambda run: setattr(run.font.color, "rgb", RGBColor.from_string(colour))


def themed(run: Run) -> None:
    run.font.color.theme_color = MSO_THEME_COLOR.BACKGROUND_1


def dressed(properties: str) -> Callable[[Run], object]:
    """The dress of a run, as XML."""
    return lambda run: [
        run._r.get_or_add_rPr().append(e) for e in xml(f"<w:rPr>{properties}</w:rPr>")
    ]


def fld(code: str, result: str | None, begin: str = "") -> str:
    """A complex field."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"{}/></w:r>'
    parts = [mark.format("begin", begin), f"<w:r><w:instrText>{code}</w:instrText></w:r>"]
    if result is not None:
        parts += [mark.format("separate", ""), result]
    return "".join([*parts, mark.format("end", "")])


def sdt(properties: str, inside: str) -> str:
    """A content control."""
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"


def choice(needs: str, first: str, fallback: str | None) -> str:
    """Two forms of the same content."""
    second = "" if fallback is None else f"<mc:Fallback>{fallback}</mc:Fallback>"
    return (
        f'<mc:AlternateContent><mc:Choice Requires="{needs}">{first}</mc:Choice>{second}'
        "</mc:AlternateContent>"
    )


def anchored(inside: str, wrap: str = "wrapNone") -> str:
    """Something that floats before the text."""
    return f'<w:drawing><wp:anchor behindDoc="0"><wp:{wrap}/>{inside}</wp:anchor></w:drawing>'


def graphic(inside: str) -> str:
    return f"<a:graphic><a:graphicData>{inside}</a:graphicData></a:graphic>"


WHITE_BOX = graphic('<wps:wsp><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill></wps:wsp>')
BOX = graphic(f"<wps:wsp><wps:txbx><w:txbxContent>{p(r('1'))}</w:txbxContent></wps:txbx></wps:wsp>")
SMALL, RED = '<w:sz w:val="12"/>', '<w:color w:val="FF0000"/>'
WHITE_INK, VANISH = '<w:color w:val="FFFFFF"/>', "<w:vanish/>"
STRUCK, SUPER = "<w:strike/>", '<w:vertAlign w:val="superscript"/>'
PARAGRAPH, CHARACTER, TABLE = WD_STYLE_TYPE.PARAGRAPH, WD_STYLE_TYPE.CHARACTER, WD_STYLE_TYPE.TABLE


def _in_style(name: str) -> str:
    return f'<w:rStyle w:val="{name}"/>'


def _of_style(name: str) -> str:
    return f'<w:pStyle w:val="{name}"/>'


def _rpr(properties: str) -> str:
    return f"<w:rPr>{properties}</w:rPr>"


def _number_style(properties: str) -> str:
    return f"<w:pPr>{properties}</w:pPr>"


NUMBERED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'

HIDDEN = {
    "vanish": Trick(runs(("9", font(hidden=True)), ("87", None)), 87),
    "vanish_whole": Trick(runs(("987", font(hidden=True))), None),
    "strike": Trick(runs(("987", font(strike=True)), ("87", None)), 87),
    "strike_whole": Trick(runs(("987", font(strike=True))), None, False),
    "double_strike_whole": Trick(runs(("987", font(double_strike=True))), None, False),
    "web_hidden": Trick(runs(("9", font(web_hidden=True)), ("87", None)), 87, False),
    "spec_vanish": Trick(runs(("9", font(spec_vanish=True)), ("87", None)), 87, False),
    "white": Trick(runs(("9", coloured("FFFFFF")), ("87", None)), 87),
    "white_whole": Trick(runs(("987", coloured("FFFFFF"))), None),
    "nearly_white": Trick(runs(("9", coloured("FDFDFD")), ("87", None)), 87),
    "nearly_white_whole": Trick(runs(("987", coloured("F4F4F4"))), None),
    "white_of_theme_whole": Trick(runs(("987", themed)), None),
    "white_by_tint": Trick(
        filled(r("987", '<w:color w:val="000000" w:themeColor="text1" w:themeTint="03"/>')), None
    ),
    "yellow_on_highlight": Trick(
        runs(("987", lambda run: (coloured("FFFF00")(run), font(highlight_color=WD_COLOR_INDEX.YELLOW)(run)))),
        None,
    ),
    "black_highlight": Trick(runs(("987", font(highlight_color=WD_COLOR_INDEX.BLACK))), None, False),
    "colour_of_its_cell": Trick(
        also(filled(r("987", '<w:color w:val="4472C4"/>')),
             beside("tcPr", '<w:shd w:val="clear" w:color="auto" w:fill="4472C4"/>')), None),
    "black_on_a_solid_cell": Trick(
        also(filled(r("987", '<w:color w:val="000000"/>')),
             beside("tcPr", '<w:shd w:val="solid" w:color="000000" w:fill="auto"/>')), None),
    "colour_of_its_paragraph": Trick(
        filled(r("987", RED), properties='<w:shd w:val="clear" w:fill="FF0000"/>'), None),
    "colour_of_its_table": Trick(
        also(filled(r("987", RED)), beside("tblPr", '<w:shd w:val="clear" w:fill="FF0000"/>')), None),
    "no_fill": Trick(filled(r("9", "<w14:textFill><w14:noFill/></w14:textFill>"), r("87")), 87),
    "no_fill_whole": Trick(filled(r("987", "<w14:textFill><w14:noFill/></w14:textFill>")), None),
    "see_through_fill": Trick(
        filled(r("987", '<w14:textFill><w14:solidFill><w14:schemeClr w14:val="tx1"><w14:alpha'
                        ' w14:val="100000"/></w14:schemeClr></w14:solidFill></w14:textFill>')), None),
    "white_fill": Trick(
        filled(r("987", '<w14:textFill><w14:solidFill><w14:srgbClr w14:val="FFFFFF"/>'
                        "</w14:solidFill></w14:textFill>")), None),
    "tiny": Trick(runs(("9", font(size=Pt(1))), ("87", None)), 87),
    "tiny_whole": Trick(runs(("987", font(size=Pt(1)))), None, False),
    "small": Trick(runs(("626", None), ("1", font(size=Pt(6)))), 626),
    "narrow": Trick(filled(r("9", '<w:w w:val="1"/>'), r("87")), 87),
    "narrow_whole": Trick(filled(r("987", '<w:w w:val="1"/>')), None, False),
    "fitted_into_nothing": Trick(filled(r("987", '<w:fitText w:val="1" w:id="7"/>')), None, False),
    "one_over_the_other": Trick(filled(r("987", '<w:spacing w:val="-200"/>')), 987, False),
    "style_hides": Trick(also(styled(CHARACTER, "gone", _rpr(VANISH)),
                              filled(r("9", _in_style("gone")), r("87"))), 87),
    "style_of_paragraph_hides": Trick(also(styled(PARAGRAPH, "away", _rpr(VANISH)),
                                           filled(r("987"), properties=_of_style("away"))), None),
    "based_style_hides": Trick(
        also(styled(PARAGRAPH, "away", _rpr(VANISH)), styled(PARAGRAPH, "heir", "", "away"),
             filled(r("987"), properties=_of_style("heir"))), None),
    "style_twice_hides": Trick(  # a toggle of two styles: Word shows it
        also(styled(PARAGRAPH, "away", _rpr(VANISH)), styled(CHARACTER, "gone", _rpr(VANISH)),
             filled(r("987", _in_style("gone")), properties=_of_style("away"))), 987, False),
    "style_says_the_contrary": Trick(
        also(styled(PARAGRAPH, "away", _rpr(VANISH)),
             styled(CHARACTER, "here", _rpr('<w:vanish w:val="0"/>')),
             filled(r("987", _in_style("here")), properties=_of_style("away"))), 987, False),
    "style_of_table_hides": Trick(
        also(styled(TABLE, "veil", _rpr(VANISH)), filled(r("987")),
             beside("tblPr", '<w:tblStyle w:val="veil"/>')), None, False),
    "style_of_table_whitens": Trick(
        also(styled(TABLE, "snow", f'<w:tblStylePr w:type="band1Horz">{_rpr(WHITE_INK)}</w:tblStylePr>'),
             filled(r("987")), beside("tblPr", '<w:tblStyle w:val="snow"/>')), None, False),
    "default_hides": Trick(also(default(VANISH), filled(r("987"))), None, False),
    "default_is_tiny": Trick(also(default('<w:sz w:val="2"/>'), filled(r("987"))), None, False),
    "style_named_twice": Trick(
        also(styled(CHARACTER, "twin", ""), filled(r("9", _in_style("twin")), r("87")),
             lambda document, cell: document.styles.element.append(
                 xml(f'<w:style w:type="character" w:styleId="twin">{_rpr(VANISH)}</w:style>'))), 87, False),
    "row_of_no_height": Trick(
        also(filled(r("987")), beside("trPr", '<w:trHeight w:val="1" w:hRule="exact"/>')), None, False),
    "line_of_no_height": Trick(
        filled(r("987"), properties='<w:spacing w:line="20" w:lineRule="exact"/>'), None, False),
    "pushed_below_its_row": Trick(
        also(filled(r("987"), properties='<w:spacing w:before="2000"/>'),
             beside("trPr", '<w:trHeight w:val="400" w:hRule="exact"/>')), None, False),
    "row_marked_hidden": Trick(also(filled(r("987")), beside("trPr", "<w:hidden/>")), None, False),
    "off_the_page": Trick(filled(r("987"), properties='<w:ind w:left="-9000"/>'), None, False),
    "off_the_page_by_characters": Trick(
        filled(r("987"), properties='<w:ind w:firstLineChars="-9000"/>'), None, False),
    "framed": Trick(filled(r("987"), properties='<w:framePr w:x="9000" w:y="9000"/>'), None, False),
    "covered": Trick(
        filled(r("987"), f"<w:r>{anchored(WHITE_BOX)}</w:r>"), None, False),
    "covered_from_the_next_paragraph": Trick(
        also(filled(r("987")), before_table(p(f"<w:r>{anchored(WHITE_BOX)}</w:r>"))), None, False),
    "covered_by_a_text_box": Trick(filled(r("62"), f"<w:r>{anchored(BOX)}</w:r>"), 62, False),
    "right_to_left": Trick(filled(r("6-2", "<w:rtl/>")), None, False),
    "right_to_left_paragraph": Trick(
        filled(r("12"), r(" "), r("34"), properties="<w:bidi/>"), None, False),
    "turned_round": Trick(filled(f'<w:bdo w:val="rtl">{r("126")}</w:bdo>'), 621, False),
    "complex_script_of_no_size": Trick(filled(r("987", '<w:cs/><w:szCs w:val="2"/>')), None, False),
    "two_lines_in_one": Trick(
        filled(r("987", '<w:eastAsianLayout w:id="1" w:combine="1"/>')), 987, False),
    "a_property_nobody_knows": Trick(filled(r("987", '<x:veil x:val="1"/>')), 987, False),
}  # fmt: skip

FIELDS = {
    "no_result": Trick(filled(fld(" PAGE ", None)), None, False),
    "simple_without_result": Trick(filled('<w:fldSimple w:instr=" NUMPAGES "/>'), None, False),
    "page_number": Trick(filled(fld(" PAGE ", r("7"))), None, False),
    "simple_page_number": Trick(filled(f'<w:fldSimple w:instr="NUMPAGES">{r("7")}</w:fldSimple>'), None, False),
    "equation": Trick(filled(fld(r" EQ \f(6,2) ", None)), None, False),
    "advance": Trick(filled(r("6"), fld(r" ADVANCE \l 60 ", None), r("26")), None, False),
    "counter": Trick(filled(fld(" AUTONUM ", None)), None, False),
    "code_as_text": Trick(filled('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', r("9"),
                                 '<w:r><w:fldChar w:fldCharType="separate"/></w:r>', r("87"),
                                 '<w:r><w:fldChar w:fldCharType="end"/></w:r>'), 87),
    "nested_in_code": Trick(
        filled(fld("IF </w:instrText></w:r>" + fld("MERGEFIELD x", r("9"))
                   + '<w:r><w:instrText xml:space="preserve"> = 9', r("87"))), 87),
    "code_in_the_open": Trick(filled("<w:r><w:instrText>9</w:instrText></w:r>", r("87")), 87),
    "never_ends": Trick(filled('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', r("9"), r("87")), 87, False),
    "dirty": Trick(filled(fld(" REF total ", r("987"), ' w:dirty="true"')), None, False),
    "beside_a_figure": Trick(filled(r("62"), fld(" REF note ", r("1"))), 62, False),
    "hidden_result": Trick(filled(fld(" REF note ", r("9", VANISH)), r("87")), 87, False),
    "hidden_marks": Trick(
        filled(f'<w:r>{_rpr(VANISH)}<w:fldChar w:fldCharType="begin"/></w:r>', r("9"),
               f'<w:r>{_rpr(VANISH)}<w:fldChar w:fldCharType="separate"/></w:r>', r("87"),
               f'<w:r>{_rpr(VANISH)}<w:fldChar w:fldCharType="end"/></w:r>'), 87),
    "form_text_empty": Trick(filled(fld(" FORMTEXT ", r("\u2002\u2002"))), None),
    "form_check_box": Trick(
        filled('<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="1"/>'
               "</w:checkBox></w:ffData></w:fldChar></w:r>"
               '<w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r>'
               '<w:r><w:fldChar w:fldCharType="end"/></w:r>'), None, False),
    "form_list": Trick(
        filled('<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/>'
               '<w:listEntry w:val="0"/><w:listEntry w:val="87"/></w:ddList></w:ffData></w:fldChar>'
               "</w:r>", fld(" FORMDROPDOWN ", None)), 87, False),
}  # fmt: skip

CONTROLS = {
    "prompt": Trick(filled(sdt("<w:showingPlcHdr/>", r("0"))), None, False),
    "prompt_around_paragraphs": Trick(content(sdt("<w:showingPlcHdr/>", p(r("0")))), None, False),
    "bound": Trick(filled(sdt('<w:dataBinding w:xpath="/a"/>', r("987"))), None, False),
    "bound_and_empty": Trick(filled(sdt('<w:dataBinding w:xpath="/a"/>', "")), None, False),
    "bound_of_2013": Trick(filled(sdt('<w15:dataBinding w:xpath="/a"/>', r("987"))), None, False),
    "bound_around_the_cell": Trick(
        also(filled(r("987")), wrapped('<w:sdt><w:sdtPr><w:dataBinding w:xpath="/a"/></w:sdtPr>'
                                       "<w:sdtContent>", "</w:sdtContent></w:sdt>")), None, False),
    "bound_blank_cell": Trick(
        also(content("<w:p/>"), wrapped('<w:sdt><w:sdtPr><w:dataBinding w:xpath="/a"/></w:sdtPr>'
                                        "<w:sdtContent>", "</w:sdtContent></w:sdt>")), None, False),
    "prompt_around_the_cell": Trick(
        also(filled(r("0")), wrapped("<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>",
                                     "</w:sdtContent></w:sdt>")), None, False),
    "box_to_tick": Trick(filled(sdt("<w14:checkbox/>", r("1"))), None, False),
    "list_without_choice": Trick(filled(sdt("<w:dropDownList/>", "")), None, False),
    "beside_a_figure": Trick(filled(r("62"), sdt("<w:text/>", r("1"))), 62, False),
    "active_x": Trick(filled('<w:r><w:object><w:control w:name="t"/></w:object></w:r>'), None, False),
    "control_alone": Trick(filled('<w:r><w:control w:name="t"/></w:r>'), None, False),
}  # fmt: skip

DRAWN = {
    "picture": Trick(picture, None, False),
    "shape": Trick(filled(f"<w:r><w:drawing><wp:inline>{WHITE_BOX}</wp:inline></w:drawing></w:r>"), None, False),
    "chart": Trick(filled(f"<w:r><w:drawing>{graphic('<c:chart/>')}</w:drawing></w:r>"), None, False),
    "diagram": Trick(filled(f"<w:r><w:drawing>{graphic('<dgm:relIds/>')}</w:drawing></w:r>"), None, False),
    "word_art": Trick(
        filled('<w:r><w:pict><v:shape><v:textpath string="626"/></v:shape></w:pict></w:r>'), None, False),
    "ole": Trick(filled('<w:r><w:object><o:OLEObject Type="Embed"/></w:object></w:r>'), None, False),
    "ink": Trick(filled("<w:r><w:contentPart/></w:r>"), None, False),
    "equation": Trick(
        filled("<m:oMath><m:f><m:num><m:r><m:t>6</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r>"
               "</m:den></m:f></m:oMath>"), None, False),
    "phantom": Trick(filled("<m:oMath><m:phant><m:e><m:r><m:t>9</m:t></m:r></m:e></m:phant>"
                            "</m:oMath>", r("87")), 87),
    "equation_beside": Trick(filled(r("62"), "<m:oMath><m:r><m:t>1</m:t></m:r></m:oMath>"), 621, False),
    "unknown_element": Trick(filled("<x:figure>626</x:figure>"), None, False),
    "unknown_in_a_run": Trick(filled("<w:r><x:figure/></w:r>"), None, False),
    "unknown_beside_paragraphs": Trick(content("<x:figure/>", "<w:p/>"), None, False),
    "sub_document": Trick(content('<w:p><w:subDoc r:id="rId9"/></w:p>'), None, False),
}  # fmt: skip

GENERATED = {
    "number": Trick(filled(properties=NUMBERED), None, False),
    "number_beside": Trick(filled(r("26"), properties=NUMBERED), None, False),
    "number_of_style": Trick(
        also(styled(PARAGRAPH, "counted", _number_style(NUMBERED)),
             filled(r("26"), properties=_of_style("counted"))), None, False),
    "number_of_a_based_style": Trick(
        also(styled(PARAGRAPH, "counted", _number_style(NUMBERED)),
             styled(PARAGRAPH, "heir", "", "counted"), filled(properties=_of_style("heir"))), None, False),
    "number_of_every_paragraph": Trick(
        also(content("<w:p/>"), lambda document, cell: document.styles["Normal"].element.append(
            xml(_number_style(NUMBERED)))), None, False),
    "page_mark": Trick(filled("<w:r><w:pgNum/></w:r>"), None, False),
    "day": Trick(filled("<w:r><w:dayLong/></w:r>"), None, False),
    "sign_of_wingdings": Trick(filled('<w:r><w:sym w:font="Wingdings" w:char="0031"/></w:r>'), None, False),
    "private_sign": Trick(filled('<w:r><w:sym w:font="Wingdings" w:char="F08C"/></w:r>'), None, False),
    "sign_too_large": Trick(filled('<w:r><w:sym w:font="Arial" w:char="FFFFFFFFF"/></w:r>'), None, False),
    "sign_half_a_pair": Trick(filled('<w:r><w:sym w:font="Arial" w:char="D800"/></w:r>'), None, False),
    "sign_beside": Trick(filled(r("62"), '<w:r><w:sym w:font="Arial" w:char="0031"/></w:r>'), 621, False),
    "font_of_signs": Trick(runs(("626", font(name="Wingdings"))), None, False),
    "style_of_signs": Trick(
        also(styled(CHARACTER, "signs", _rpr('<w:rFonts w:ascii="Webdings" w:hAnsi="Webdings"/>')),
             filled(r("626", _in_style("signs")))), None, False),
}  # fmt: skip

MARKS = {
    "superscript": Trick(runs(("626", None), ("1", font(superscript=True))), 626),
    "subscript": Trick(runs(("626", None), ("1", font(subscript=True))), 626),
    "superscript_alone": Trick(runs(("1", font(superscript=True))), None, False),
    "lifted": Trick(filled(r("626"), r("1", '<w:position w:val="10"/>')), 626),
    "lifted_in_points": Trick(filled(r("626"), r("1", '<w:position w:val="5pt"/>')), 626),
    "linked": Trick(filled(r("626"), f'<w:hyperlink w:anchor="n1">{r("1")}</w:hyperlink>'), 626, False),
    "linked_by_field": Trick(filled(r("626"), fld(' HYPERLINK "#n1" ', r("1"))), 626, False),
    "two_links": Trick(filled(f'<w:hyperlink w:anchor="a">{r("626")}</w:hyperlink>',
                              f'<w:hyperlink w:anchor="b">{r("1")}</w:hyperlink>'), 626, False),
    "link_in_a_link": Trick(filled(f'<w:hyperlink w:anchor="a">{r("626")}{sdt("<w:text/>", r("1"))}</w:hyperlink>'),
                            626, False),
    "coloured": Trick(runs(("626", None), ("1", coloured("0563C1"))), 626, False),
    "small_and_coloured": Trick(
        runs(("626", None), ("1", lambda run: (coloured("FF0000")(run), font(size=Pt(6))(run)))), 626, False),
    "shaded": Trick(filled(r("626"), r("1", '<w:shd w:val="clear" w:fill="FFFF00"/>')), 626, False),
    "highlighted": Trick(runs(("626", None), ("1", font(highlight_color=WD_COLOR_INDEX.YELLOW))), 626, False),
    "style_of_notes": Trick(also(styled(CHARACTER, "note", _rpr(SUPER)),
                                 filled(r("626"), r("1", _in_style("note")))), 626),
    "style_small": Trick(also(styled(CHARACTER, "note", _rpr(SMALL)),
                              filled(r("626"), r("1", _in_style("note")))), 626, False),
    "footnote": Trick(filled(r("626"), '<w:r><w:footnoteReference w:id="1"/></w:r>'), 626),
    "own_mark": Trick(
        filled(r("626"), '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="1"/><w:t>1</w:t></w:r>'), 626),
    "mark_alone": Trick(filled('<w:r><w:endnoteReference w:id="1"/></w:r>'), None, False),
    "above": Trick(filled("<w:r><w:ruby><w:rt>" + r("1") + f"</w:rt><w:rubyBase>{r('626')}</w:rubyBase>"
                          "</w:ruby></w:r>"), 626, False),
    "power": Trick(filled("<m:oMath><m:sSup><m:e><m:r><m:t>626</m:t></m:r></m:e><m:sup><m:r><m:t>1</m:t>"
                          "</m:r></m:sup></m:sSup></m:oMath>"), 626),
    "next_paragraph_small": Trick(content(p(r("626")), p(r("1", SMALL))), 626, False),
    "emphasised": Trick(filled(r("62"), r("1", '<w:em w:val="dot"/>')), 621, False),
}  # fmt: skip

CHOICES = {
    "unknown_choice": Trick(filled(f"<w:r>{choice('x', '<w:t>987</w:t>', '<w:t>87</w:t>')}</w:r>"), 87),
    "forms_differ": Trick(filled(f"<w:r>{choice('w14', '<w:t>987</w:t>', '<w:t>87</w:t>')}</w:r>"), None, False),
    "unknown_alone": Trick(filled(choice("x", r("987"), None)), None, False),
    "no_need_named": Trick(filled(choice("", r("987"), r("87"))), 87, False),
    "around_paragraphs": Trick(content(choice("x", p(r("987")), p(r("87"))), "<w:p/>"), 87),
    "around_paragraphs_differ": Trick(content(choice("w14", p(r("987")), p(r("87"))), "<w:p/>"), None, False),
    "around_the_cell": Trick(
        also(filled(r("987")),
             wrapped('<mc:AlternateContent><mc:Choice Requires="w14">',
                     f"</mc:Choice><mc:Fallback><w:tc>{p(r('87'))}</w:tc></mc:Fallback></mc:AlternateContent>")),
        None, False),
    "beside_a_figure": Trick(filled(r("62"), choice("w14", r("1"), r("1"))), 621, False),
    "text_box_of_the_fallback": Trick(
        filled(f"<w:r>{choice('wps', '<w:drawing/>', f'<w:pict><v:textbox><w:txbxContent>{p(r(chr(49)))}</w:txbxContent></v:textbox></w:pict>')}</w:r>"),
        None, False),
    "text_in_pieces": Trick(filled("<w:r><w:t>6<x:y/>26</w:t></w:r>"), None, False),
}  # fmt: skip

_EXACT_ROW = beside("trPr", '<w:trHeight w:val="300" w:hRule="exact"/>')
# Found by attacking what was mended for the others.
PLACES = {
    "style_of_table_without_height": Trick(
        also(styled(TABLE, "flat", '<w:pPr><w:spacing w:line="20" w:lineRule="exact"/></w:pPr>'),
             filled(r("987")), beside("tblPr", '<w:tblStyle w:val="flat"/>')), None, False),
    "default_off_the_page": Trick(
        also(filled(r("987")), lambda document, cell: document.styles.element.find(
            ".//w:pPrDefault/w:pPr", NAMESPACES).append(xml('<w:ind w:left="-9000"/>'))), None, False),
    "table_off_the_page": Trick(
        also(filled(r("987")), beside("tblPr", '<w:tblInd w:w="-20000" w:type="dxa"/>')), None, False),
    "table_floats_off_the_page": Trick(
        also(filled(r("987")), beside("tblPr", '<w:tblpPr w:tblpX="30000"/>')), None, False),
    "cell_to_be_taken_out": Trick(
        also(filled(r("987")), beside("tcPr", '<w:cellDel w:id="1" w:author="a"/>')), None, False),
    "margin_wider_than_its_cell": Trick(
        also(filled(r("987")), beside("tcPr", '<w:tcMar><w:left w:w="9000" w:type="dxa"/></w:tcMar>')),
        None, False),
    "off_the_right_side": Trick(filled(r("987"), properties='<w:ind w:right="-9000"/><w:jc w:val="right"/>'),
                                None, False),
    "a_twelfth_of_a_line": Trick(
        filled(r("987"), properties='<w:spacing w:line="20" w:lineRule="auto"/>'), None, False),
    "style_gives_no_height": Trick(
        also(styled(PARAGRAPH, "flat", '<w:pPr><w:spacing w:line="20" w:lineRule="exact"/></w:pPr>'),
             filled(r("987"), properties=_of_style("flat") + '<w:spacing w:after="0"/>')), None, False),
    "crossed_out": Trick(
        also(filled(r("987")), beside("tcPr", '<w:tcBorders><w:tl2br w:val="single"/></w:tcBorders>')),
        None, False),
    "cut_at_its_first_line": Trick(
        also(filled(r("987"), ), beside("tcPr", '<w:tcW w:w="120" w:type="dxa"/>'), _EXACT_ROW), 9, False),
    "second_line_cut": Trick(also(content(p(r("98")), p(r("7"))), _EXACT_ROW), 98, False),
    "frame_before_the_table": Trick(
        also(filled(r("987")), before_table(p(r("9"), properties='<w:framePr w:y="400"/>'))), None, False),
    "vml_before_the_table": Trick(
        also(filled(r("987")), before_table(
            p('<w:r><w:pict><v:rect style="position: absolute; z-index:2"/></w:pict></w:r>'))), None, False),
    "choice_before_the_table": Trick(
        also(filled(r("987")), before_table(
            p(f"<w:r>{choice('wps', anchored(WHITE_BOX), '<w:pict/>')}</w:r>"))), None, False),
    "float_in_another_cell": Trick(
        also(filled(r("987")), lambda document, cell: cell._tc.getnext() is not None
             or cell._tc.getprevious()[-1].append(xml(f"<w:r>{anchored(WHITE_BOX)}</w:r>"))), None, False),
    "nested_table": Trick(content(f"<w:tbl><w:tr><w:tc>{p(r('98'))}</w:tc><w:tc>{p(r('7'))}</w:tc></w:tr>"
                                  "</w:tbl>", "<w:p/>"), None, False),
    "joined_by_a_hidden_mark": Trick(
        content(p(r("98"), properties=_rpr(VANISH)), p(r("7"))), 987, False),
    "field_of_another_cell": Trick(
        also(filled('<w:r><w:fldChar w:fldCharType="separate"/></w:r>', r("987")),
             lambda document, cell: cell._tc.getprevious()[-1].append(
                 xml('<w:r><w:fldChar w:fldCharType="begin"/></w:r>'))), None, False),
    "deleted_text_in_the_open": Trick(filled("<w:r><w:delText>987</w:delText></w:r>"), None, False),
    "font_by_its_number": Trick(
        filled(r("987", '<w:rFonts w:ascii="WiNGdings"/>')), None, False),
    "needs_two_and_knows_one": Trick(filled(choice("w14 x", r("987"), r("87"))), 87),
    "two_properties": Trick(filled(f"<w:r><w:rPr/>{_rpr(VANISH)}<w:t>987</w:t></w:r>"), None, False),
    "colour_by_name": Trick(filled(r("987", '<w:color w:val="white"/>')), None, False),
    "white_in_a_smart_tag": Trick(filled(f"<w:smartTag>{r('9', WHITE_INK)}</w:smartTag>", r("87")), 87),
    "hidden_drawing": Trick(filled(f"<w:r>{_rpr(VANISH)}{anchored(BOX)}</w:r>"), None),
    "picture_beside": Trick(filled(r("62"), f"<w:r><w:drawing><wp:inline>{WHITE_BOX}</wp:inline></w:drawing></w:r>"),
                            None, False),
    "raised_by_its_paragraph": Trick(also(styled(PARAGRAPH, "high", _rpr(SUPER)),
                                          filled(r("1"), properties=_of_style("high"))), None, False),
    "no_size": Trick(filled(r("9", '<w:sz w:val="0"/>'), r("87")), 87),
    "struck_by_two_styles": Trick(
        also(styled(PARAGRAPH, "out", _rpr(STRUCK)), styled(CHARACTER, "off", _rpr(STRUCK)),
             filled(r("987", _in_style("off")), properties=_of_style("out"))), 987, False),
    "styles_in_a_ring": Trick(
        also(styled(CHARACTER, "one", ""), styled(CHARACTER, "two", _rpr(VANISH), "one"),
             lambda document, cell: setattr(document.styles["one"], "base_style", document.styles["two"]),
             filled(r("9", _in_style("one")), r("87"))), 87, False),
    "space_between": Trick(filled(r("98"), "<w:r><w:tab/></w:r>", r("7")), None, False),
    "hyphen_between": Trick(filled(r("98"), "<w:r><w:noBreakHyphen/></w:r>", r("7")), None, False),
}  # fmt: skip

KINDS = {
    "hidden": HIDDEN, "fields": FIELDS, "controls": CONTROLS, "drawn": DRAWN,
    "generated": GENERATED, "marks": MARKS, "choices": CHOICES, "places": PLACES,
}  # fmt: skip

_TEXT1 = (
    '<w:color w:val="000000" w:themeColor="text1"/><w14:textFill><w14:solidFill><w14:schemeClr'
    ' w14:val="tx1"/></w14:solidFill></w14:textFill>'
)
# Markup that says nothing of what is seen: a figure of 987 that nobody need doubt.
HARMLESS = {
    "plain": filled(r("987")),
    "parted_by_an_editor": filled('<w:r w:rsidR="00A1"><w:t>9</w:t></w:r>', '<w:r w:rsidR="00B2"><w:t>87</w:t></w:r>'),
    "languages": filled(r("9", '<w:lang w:val="en-US"/>'), r("87", '<w:lang w:eastAsia="zh-CN"/><w:noProof/>')),
    "fonts": filled(r("9", '<w:rFonts w:hint="eastAsia" w:ascii="宋体"/>'), r("87", '<w:rFonts w:hint="default"/>')),
    "spell_checked": filled('<w:proofErr w:type="spellStart"/>', r("98"), '<w:proofErr w:type="spellEnd"/>', r("7")),
    "bookmarked": filled('<w:bookmarkStart w:id="0" w:name="a"/>', r("98"), '<w:bookmarkEnd w:id="0"/>', r("7")),
    "commented": filled('<w:commentRangeStart w:id="0"/>', r("987"), '<w:commentRangeEnd w:id="0"/>',
                        '<w:r><w:commentReference w:id="0"/></w:r>'),
    "smart_tag": filled(f'<w:smartTag w:element="date">{r("98")}</w:smartTag>', r("7")),
    "bold": runs(("987", font(bold=True))),
    "half_bold": runs(("98", font(bold=True)), ("7", None)),
    "inserted": filled(r("98"), f'<w:ins w:id="1" w:author="a">{r("7")}</w:ins>'),
    "deleted_beside": filled('<w:del w:id="1" w:author="a"><w:r><w:delText>6</w:delText></w:r></w:del>', r("987")),
    "moved_here": filled(f'<w:moveTo w:id="1" w:author="a">{r("987")}</w:moveTo>'),
    "wholly_linked": filled(f'<w:hyperlink w:anchor="a">{r("98", RED)}{r("7", RED)}</w:hyperlink>'),
    "wholly_a_field": filled(fld(" =SUM(ABOVE) ", r("98") + r("7"))),
    "wholly_a_control": filled(sdt('<w:alias w:val="n"/><w:text/>', r("987"))),
    "control_around_the_cell": also(filled(r("987")), wrapped("<w:sdt><w:sdtPr/><w:sdtContent>", "</w:sdtContent></w:sdt>")),
    "wholly_red": filled(r("987", RED)),
    "black_in_many_words": filled(r("9", _TEXT1), r("8", '<w:color w:val="auto"/>'), r("7", '<w:color w:val="333333"/>')),
    "sizes_told_twice": also(default('<w:sz w:val="21"/>'), filled(r("9", '<w:sz w:val="21"/>'), r("87"))),
    "shaded_in_white": filled(r("9", '<w:shd w:val="clear" w:color="auto" w:fill="FFFFFF"/><w:color w:val="000000"/>'), r("87")),
    "white_on_a_dark_cell": also(filled(r("987", WHITE_INK)),
                                 beside("tcPr", '<w:shd w:val="clear" w:color="auto" w:fill="1F3864"/>')),
    "kerned_a_little": filled(r("9", '<w:spacing w:val="-4"/><w:kern w:val="0"/><w:w w:val="90"/>'), r("87")),
    "switched_off": filled(r("9", '<w:vanish w:val="0"/><w:strike w:val="false"/><w:rtl w:val="0"/>'), r("87"),
                           properties='<w:bidi w:val="0"/><w:numPr><w:numId w:val="0"/></w:numPr>'),
    "indented": filled(r("987"), properties='<w:ind w:firstLine="0" w:firstLineChars="0"/><w:jc w:val="center"/>'
                                            '<w:spacing w:line="240" w:lineRule="exact"/>'),
    "rows_of_a_fixed_height": also(filled(r("987")), beside("trPr", '<w:trHeight w:val="454" w:hRule="exact"/>')),
    "spaces_of_another_size": filled(r("987"), r(" ", SMALL)),
    "remark_in_the_markup": filled("<w:r><w:t>9<!-- remark -->87</w:t></w:r>"),
}  # fmt: skip


def cases() -> Iterator[Case]:
    """Every trick."""
    for kind, tricks in KINDS.items():
        for name, trick in tricks.items():
            yield made(f"word-{kind}-{name}", trick)


def harmless() -> Iterator[Case]:
    """Every harmless markup."""
    for name, change in HARMLESS.items():
        yield made(f"word-harmless-{name}", Trick(change, 987))
