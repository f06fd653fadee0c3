"""What the few words above a table, or alone in one of its rows, name: years and organs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from pipeline.text import label

_YEAR = re.compile(r"(?<!\d)20\d\d(?=年)(?!年\d{1,2}月)")
_BESIDE = re.compile(
    r"^(?:其中[:,]?|附[件表]?\d{0,2}:|\([一二三四五六七八九十\d]{1,2}\))+|(?:如下)?[:]$"
)
_ABOUT_FIGURES = re.compile("第二十条|公开|申请|复议|诉讼|情况|统计|数据|条例")
_LAST_YEAR = re.compile(r"^(?:上一?|去)年(?!.*(?:[,;\d]|以来|相比|比较|对比|结转|转结|项目|本年))")
_PLACE = re.compile(r"[^\W\d_]{2,12}?(?:镇|乡|街道)(?:人民政府|办事处|政府)?")
_LONE_NAME = re.compile(
    r"[^\W\d_]{2,16}(?:镇|乡|街道|街道办事处|政府|局|委员会|办公室|办公厅|管委会|中心)"
)


def named_years(words: str) -> tuple[int, ...]:
    """The years that folded words name; a year with its month is a date."""
    return tuple(map(int, _YEAR.findall(words))) if "年" in words else ()


@dataclass(frozen=True)
class Caption:
    """A caption's folded words, and where they are printed."""

    words: str
    where: str

    @cached_property
    def label(self) -> str:
        """The words as the label of a form would be compared."""
        return label(self.words)

    @cached_property
    def bare(self) -> str:
        """The words without their number, 其中, colon and the brackets around them."""
        return re.sub(r"^\(([^()]*)\)$", r"\1", _BESIDE.sub("", self.words))

    @property
    def printed(self) -> tuple[str, str]:
        return self.words, self.where

    @property
    def is_annex(self) -> bool:
        return re.match(r"附[件表:]", self.words) is not None

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The years that stand over figures; those of other things, like of a prize, do not."""
        years = named_years(self.bare)
        return years if self.is_about_figures or not _YEAR.sub("", self.bare).strip("年度") else ()

    @property
    def is_about_figures(self) -> bool:
        return _ABOUT_FIGURES.search(self.bare) is not None

    @property
    def is_of_last_year(self) -> bool:
        """Whether it says 上年 or 去年, and names no year."""
        return _LAST_YEAR.match(self.bare) is not None and not named_years(self.bare)

    @cached_property
    def organs(self) -> tuple[str, ...]:
        """The organs that it names, standing alone or over figures."""
        if _LONE_NAME.fullmatch(self.bare):
            return (self.bare,)
        return tuple(_PLACE.findall(self.bare)) if self.is_about_figures else ()
