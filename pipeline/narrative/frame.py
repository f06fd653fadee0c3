"""What the report's title and data period say of every figure: the year, and whose it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.model import Paragraph
from pipeline.narrative.prose import passages

_PERIOD_LINE = re.compile(r"(20\d\d)年1月1日[起]?[至到\-—~－]")
_TITLE_LINE = re.compile(r"《?(?P<title>[^。;,:《》]{2,60}(?:报告|年报))》?。?")
_YEAR = re.compile(r"(?:20)?(20\d\d)(?!年\d{1,2}月)年?度?")
_SUBJECT_MATTER = re.compile(r"(?:政府|政务)?信息公开|政务公开")
_OTHER_PAGE = re.compile(r"上一[篇条页]|下一[篇条页]|首页|>")
_TITLE_LENGTH = 60
_LOCAL = re.compile(
    r"(?:镇|乡|街道|办事处|局|委员会|[发工]委|中心|大队|支队|站|所|学校|医院)(?:人民政府)?(?:关于)?$"
)
_ORGAN = re.compile(rf"{_LOCAL.pattern}|(?:[省市县区州旗]|政府|办公[厅室]|管委会)(?:关于)?$")


@dataclass(frozen=True, slots=True)
class Frame:
    """`years` as title and period give them; `organs` as the titles name them, empty if none does.

    `local` tells a town or a department, whose own figures are not those of the whole county.
    """

    years: frozenset[str]
    organs: str
    local: bool


def frame_of(paragraphs: Sequence[Paragraph]) -> Frame:
    """The years and organs that titles and data period name."""
    years: set[str] = set()
    organs: list[str] = []
    above = ""
    for paragraph in paragraphs:
        for passage in passages(paragraph.text):
            years.update(_PERIOD_LINE.findall(passage.text))
            title = _TITLE_LINE.fullmatch(passage.text)
            other_page = len(paragraph.text) > _TITLE_LENGTH or _OTHER_PAGE.search(passage.text)
            if title and not other_page:
                years.update(_YEAR.findall(title["title"]))
                name = _YEAR.sub("", _SUBJECT_MATTER.split(title["title"])[0])
                organs += filter(_ORGAN.search, [name or _name_in(above)])
        above = paragraph.text
    local = bool(organs) and all(_LOCAL.search(organ) for organ in organs)
    return Frame(frozenset(years), "|".join(organs), local)


def _name_in(line: str) -> str:
    """The town or department that a line above a title names; a site's name is none."""
    name = "".join(line.split())
    return name if re.fullmatch(r"[一-鿿]{2,30}", name) and _LOCAL.search(name) else ""
