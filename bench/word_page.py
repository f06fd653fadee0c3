"""A clean page as Word saves it: a style for everything, spans within spans, empty `o:p`."""

from __future__ import annotations

import re

_FONT = (
    "font-family:宋体;mso-ascii-font-family:Calibri;mso-hansi-font-family:Calibri;"
    "mso-bidi-font-family:宋体;color:black;mso-font-kerning:0pt"
)
_TABLE = (
    "border-collapse:collapse;mso-table-layout-alt:fixed;mso-padding-alt:0cm 5.4pt 0cm 5.4pt;"
    "mso-border-insideh:.5pt solid windowtext;mso-border-insidev:.5pt solid windowtext"
)
_CELL = (
    "width:56.0pt;border:solid windowtext 1.0pt;border-left:none;mso-border-left-alt:solid "
    "windowtext .5pt;mso-border-alt:solid windowtext .5pt;padding:0cm 5.4pt 0cm 5.4pt;height:20.0pt"
)
_PARAGRAPH = "text-align:center;line-height:150%;mso-pagination:widow-orphan;layout-grid-mode:char"
_HEAD = """<html xmlns:v="urn:schemas-microsoft-com:vml"
xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40">
<head>
<meta http-equiv=Content-Type content="text/html; charset=utf-8">
<meta name=ProgId content=Word.Document>
<meta name=Generator content="Microsoft Word 15">
<title>{title}</title>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Print</w:View><w:Zoom>100</w:Zoom>
<w:PunctuationKerning/><w:Compatibility><w:SpaceForUL/></w:Compatibility>
</w:WordDocument></xml><![endif]-->
<style>
<!--
{styles}
-->
</style>
</head>
"""
_STYLE = """{name}
	{{mso-style-unhide:no;mso-style-qformat:yes;mso-style-parent:"";margin:0cm;margin-bottom:.0001pt;
	text-align:justify;text-justify:inter-ideograph;mso-pagination:none;font-size:10.5pt;
	mso-bidi-font-size:12.0pt;font-family:"Times New Roman",serif;mso-fareast-font-family:宋体;}}"""
_NAMES = (
    "p.MsoNormal, li.MsoNormal, div.MsoNormal",
    "p.MsoHeader, li.MsoHeader, div.MsoHeader",
    "p.MsoFooter, li.MsoFooter, div.MsoFooter",
    "p.MsoPlainText, li.MsoPlainText, div.MsoPlainText",
    "span.msoIns",
    ".MsoChpDefault",
    "div.Section1",
    "table.MsoNormalTable",
)
# A tag, or a run of Chinese or of other characters.
_RUN = re.compile(r"<[^>]*>|[\x00-;=-\x7f]+|[^\x00-\x7f]+")


def as_saved_by_word(page: str) -> str:
    """The page with its words, tables and spans, dressed by Word."""
    title, body = re.findall(r"<title>(.*?)</title>.*?(<body.*)", page, re.DOTALL)[0]
    body = re.sub(r"<table[^>]*>", f'<table class=MsoNormalTable border=1 style="{_TABLE}">', body)
    body = re.sub(r"<td([^>]*)>", rf'<td width=75\1 style="{_CELL}">', body)
    body = re.sub(r"<p>(.*?)</p>", _paragraph, body, flags=re.DOTALL)
    styles = "\n".join(_STYLE.format(name=name) for name in _NAMES)
    return _HEAD.format(title=title, styles=styles) + body


def _paragraph(printed: re.Match[str]) -> str:
    """Every run in a span of its own and in one around that."""
    runs = (run if run[0] == "<" else _run(run) for run in _RUN.findall(printed[1]))
    end = f'<span lang=EN-US style="font-size:10.5pt;{_FONT}"><o:p></o:p></span>'
    return f'<p class=MsoNormal align=center style="{_PARAGRAPH}">{"".join(runs)}{end}</p>'


def _run(text: str) -> str:
    language = "lang=EN-US " if text.isascii() else ""
    inner = f'<span {language}style="mso-spacerun:yes;font-size:10.5pt">{text}</span>'
    return f'<span {language}style="font-size:10.5pt;{_FONT}">{inner}</span>'
