"""What stands among the text of a Word document and is none: controls, drawings, and content that
comes in several forms."""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum

from pipeline.readers.word.properties import VALUE, Element, is_on, tags

MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_VML = "{urn:schemas-microsoft-com:vml}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_PICTURES = "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic", f"{_VML}imagedata"
_MICROSOFT = "http://schemas.microsoft.com/office"
# What programs of today show where a document offers them a choice.
_SHOWN = frozenset(
    [f"{_MICROSOFT}/word/2010/wordprocessing{kind}" for kind in
     ("Shape", "Group", "Canvas", "Ink", "Drawing")]
    + [f"{_MICROSOFT}/word/{year}/wordml" for year in (2010, 2012, 2018)]
    + [f"{_MICROSOFT}/word/{which}" for which in
       ("2015/wordml/symex", "2016/wordml/cid", "2018/wordml/cex", "2020/wordml/sdtdatahash")]
    + [f"{_MICROSOFT}/drawing/{which}" for which in
       ("2007/8/2/chart", "2010/main", "2014/chartex", "2015/9/8/chartex", "2016/ink",
        "2016/5/10/chartex", "2017/model3d")]
)  # fmt: skip

TEXT, TEXT_BOX = tags("t txbxContent")
CHOICES, _CHOICE, FALLBACK = tags("AlternateContent Choice Fallback", _MC)
CONTROL, CONTROLLED, _CONTROL_PROPERTIES = tags("sdt sdtContent sdtPr")
# Properties, deleted text, the old place of moved text, pinyin; and the second copy of a drawing.
IGNORED = frozenset(
    tags(
        "del moveFrom rt pPr rPr tblPr tblGrid trPr tcPr sdtPr sdtEndPr sectPr rubyPr smartTagPr"
        " customXmlPr tblPrEx"
    )
) | {FALLBACK}
SILENT = frozenset(
    (
        *IGNORED,
        *tags(
            "proofErr bookmarkStart bookmarkEnd commentRangeStart commentRangeEnd commentReference"
            " annotationRef permStart permEnd lastRenderedPageBreak softHyphen fldData"
            " moveFromRangeStart moveFromRangeEnd moveToRangeStart moveToRangeEnd"
            " customXmlInsRangeStart customXmlInsRangeEnd customXmlDelRangeStart"
            " customXmlDelRangeEnd customXmlMoveFromRangeStart customXmlMoveFromRangeEnd"
            " customXmlMoveToRangeStart customXmlMoveToRangeEnd"
        ),
        *tags("rPr oMathParaPr sSupPr sSubPr sSubSupPr ctrlPr", MATH),
    )
)
# Their content stands there as if it stood alone.
CLEAR = frozenset(
    (*tags("ins moveTo smartTag customXml"), *tags("oMathPara e sSup sSub sSubSup", MATH))
)


class Control(IntEnum):
    """What a content control shows of its content; of two around each other the larger holds."""

    SHOWN = 0
    BOUND = 1  # a copy of what is kept elsewhere, which prevails
    UNTOLD = 2  # a prompt, or a box to tick


def chosen(element: Element) -> tuple[Element | None, bool]:
    """What a program shows of content that comes in several forms, and whether all forms say the
    same."""
    options = [
        option
        for option in element.iterchildren(_CHOICE)
        if {option.nsmap.get(name) for name in option.get("Requires", "").split() or "?"} <= _SHOWN
    ]
    fallback = element.find(FALLBACK)
    first = options[0] if options else fallback
    if first is None:
        return None, False
    words = words_of(first)
    others = [words_of(each) for each in element if each is not first]
    if not words and fallback is not None and words_of(fallback):
        return fallback, False
    return first, not any(other and other != words for other in others)


def control(element: Element) -> Control:
    """What a content control shows."""
    properties = element.find(_CONTROL_PROPERTIES)
    shown = Control.SHOWN
    for each in properties if properties is not None else ():
        kind = each.tag.rpartition("}")[2]
        if kind == "checkbox" or (kind == "showingPlcHdr" and is_on(each.get(VALUE))):
            return Control.UNTOLD
        if kind == "dataBinding":
            shown = Control.BOUND
    return shown


def has_picture(element: Element) -> bool:
    """Whether a picture is in a drawing."""
    return any(True for _ in element.iter(*_PICTURES))


def text_boxes(element: Element) -> Iterator[Element]:
    """The text boxes of a drawing, of each in the form that is shown."""
    for child in element:
        if child.tag == TEXT_BOX:
            yield child
        elif child.tag == CHOICES:
            best, _ = chosen(child)
            if best is not None:
                yield from text_boxes(best)
        else:
            yield from text_boxes(child)


def floats(drawing: Element) -> bool:
    """Whether something is placed before the text and not among it."""
    anchored = any(
        not is_on(each.get("behindDoc", "0")) and each.find(f"{_WP}wrapNone") is not None
        for each in drawing.iterchildren(f"{_WP}anchor")
    )
    return anchored or any(
        "position:absolute" in (each.get("style") or "").replace(" ", "")
        and "z-index:-" not in (each.get("style") or "").replace(" ", "")
        for each in drawing
    )


def words_of(element: Element) -> str:
    """All text that stands in an element."""
    return "".join([each.text or "" for each in element.iter(TEXT)])
