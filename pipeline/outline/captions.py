"""What the few words above a table, or alone in one of its rows, name: years and organs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from pipeline.text import label
from pipeline.text.years import TO

_LONGEST_SENTENCE = 60  # characters of a sentence that is about nothing but a table
_YEAR = re.compile(r"20\d\d(?=年)(?!年\d{1,2}月)")  # also where 表4 2023年 has lost its space
_YEAR_ALONE = re.compile(r"(?:(?<=年度:)|^)20\d\d$")
_MARKED_DATE = re.compile(r"(20\d\d)[./-](\d{1,2})(?:[./-](\d{1,2}))?(?!\d)")
_MONTHS = re.compile(
    r"(?:(20\d\d)年)?(?<!\d)(\d{1,2})月?(?:\d{1,2}日)?起?"
    rf"{TO}(?:(20\d\d)年)?(\d{{1,2}})月(?:\d{{1,2}}日)?"
)
_UNTIL = re.compile(r"截[至止]到?(20\d\d)年(\d{1,2})月|^(20\d\d)年(\d{1,2})月(?:\d{1,2}日)?止$")
_CUMULATIVE = re.compile(r"累计(?:数据?|情况)?$|累计\)$")
_SEVERAL_YEARS = re.compile(
    rf"20\d\d年?度?{TO}20\d\d年|历年|往年|前年|同期|近?[两二三四五六七八九十几\d]{{1,2}}年来"
    rf"|近[两二三四五几\d]年|任期|施行以来|实施以来|[建成]立?[镇乡市区县局]以来|{_CUMULATIVE.pattern}"
)
_PART_OF_A_YEAR = re.compile(
    "[上下]半年|半年度|[一二三四1-4]季度|[上本]季度|[上本]月|^(?:\\d{1,2}|[一二三四五六七八九十]{1,2})月份?"
    "|截[至止]到?目前"
)
_COMPARED = re.compile("[对相同]比|比较|较|增减|变化|趋势|走势")
# What may stand around a year over figures: 统计期间:, 单位:件, 【】.
_AROUND_TIME = re.compile(
    r"统计|填报|期间|时段|时间|期限|年度?|月份?|\d{1,2}[月日]|截[至止]|[至到底末止]|数据?"
    r"|单位:[^\W\d_]{1,3}|表\d*|[上下]半|第?[一二三四1-4]季度|[\W\d_]"
)
_BESIDE = re.compile(
    r"^(?:其中[:,]?|(?:备?注|说明):|[一二三四五六七八九十]{1,3}、|附[件表]?\d{0,2}:|\([一二三四五六七八九十\d]{1,2}\))+|(?:如下)?[:]$"
)
_ABOUT_FIGURES = re.compile("第二十条|公开|申请|复议|诉讼|情况|统计|数据|条例")
_LAST_YEAR = re.compile(r"^(?:上一?|去)年(?!.*(?:[,;\d]|以来|相比|比较|对比|结转|转结|项目|本年))")
# A clause that is about the table beside it, and one about the table above.
_OF_TABLE = re.compile("下表|如下|以下|表中|本表|上表|以上|表所示|见表")
_NOTE_BELOW = re.compile(r"^\(?(?:备?注|说明|以上|上表|本表|表中|上述)")
_OF_ABOVE = re.compile("以上|上表|上述")
_OF_THESE = re.compile(
    "^(?:(?:以上|以下|本表|上表|下表|表中|上述|表内)[所列]{0,2})?(?:数据|情况)?[均都]?[为是系]?"
)
_AFTER_DOCUMENTS = re.compile("根据|按照|依照|依据|印发|发布|修订|《")
_FILLED_IN_BY = re.compile(
    r"^(?:(?:填报|报送|填表|统计|上报|编报|报表|编制)?(?:单位|机关|部门)(?:名称)?|填报人?)"
    r"(?:\((?:盖章|公章|章)\))?:"
)
_FIGURES_OF = re.compile("的?(?:数据|情况|统计表?|汇总|合计|数)+$")
_NO_COUNT = re.compile(
    r"样表|填表示例|^示例$|(?<!工作)计划(?:数|表|情况)?$|目标任务|预计数?$|仅供参考"
    r"|(?:不含|不包括)[^\W\d_]{2}|除外"
)
_WITH_OTHERS = re.compile(
    "(?<!不)(?:含|包括|包含)[^,;]{0,4}(?:下属|所属|下级|各[镇乡街部单])|^(?:下属|所属)单位"
    "|^(?:[省市县区州旗]直|各)[^,;、]{0,6}(?:汇总|合计)"
)
_WHOLE_UNIT = re.compile(r"(全(?:[省市县区州旗镇乡]|街道))(?:各[^\W\d_]{1,6}|[^\W\d_]{0,4}系统)?")
_WHOLE_PLACE = re.compile(r"[^\W\d_]{2,12}[省市县区州旗]")
_PLACE = re.compile(r"[^\W\d_]{2,12}?(?:镇|乡|街道)(?:人民政府|办事处|政府)?")
_BODY = re.compile(
    r"^[^\W\d_]{2,12}?(?:局|委员会|管委会)(?=20\d\d年|数据|情况|主动公开|政府信息|政务|行政|收到|申请)"
)
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

    @property
    def is_about_figures(self) -> bool:
        return _ABOUT_FIGURES.search(self.bare) is not None

    @property
    def is_note_below(self) -> bool:
        """Whether it may speak of the table that it stands under."""
        return _NOTE_BELOW.match(self.words) is not None

    @property
    def is_of_above(self) -> bool:
        """Whether it speaks of nothing but what stands above it."""
        return _OF_ABOVE.search(self.words) is not None

    @property
    def narrows(self) -> bool:
        """Whether it says that the figures are no counts, or not of everything: 样表, 计划数."""
        return _NO_COUNT.search(self.bare) is not None

    @property
    def has_others(self) -> bool:
        """Whether it says that other organs are counted too: 含下属单位."""
        return _WITH_OTHERS.search(self.bare) is not None

    def other_time(self, year: int) -> str:
        """What it names in place of the whole of this one year, if it stands over figures."""
        words = _MARKED_DATE.sub(_in_words, self.bare)
        around = _PART_OF_A_YEAR.sub("", _SEVERAL_YEARS.sub("", words))
        if _AROUND_TIME.sub("", around) and not self.is_about_figures:
            return ""
        for first_year, first, last_year, last in _MONTHS.findall(words):
            years = {int(named) for named in (first_year, last_year) if named} or {year}
            if years != {year} or (int(first), int(last)) != (1, 12):
                return words
        until = [tuple(filter(None, found)) for found in _UNTIL.findall(words)]
        if any((int(named), int(month)) != (year, 12) for named, month in until):
            return words
        if until or _MONTHS.search(words):
            return ""
        years = {*named_years(words), *map(int, _YEAR_ALONE.findall(words))}
        if years and year not in years:
            return " ".join(map(str, sorted(years)))
        if _COMPARED.search(words):
            return ""
        found = _PART_OF_A_YEAR.search(words) or _SEVERAL_YEARS.search(words)
        of_the_year = found and years and _CUMULATIVE.fullmatch(found.group())
        return found.group() if found and not of_the_year else ""

    @property
    def is_of_last_year(self) -> bool:
        """Whether it says 上年 or 去年, and names no year."""
        told = _LAST_YEAR.match(_OF_THESE.sub("", self.bare))
        return told is not None and not named_years(self.bare)

    @cached_property
    def organs(self) -> tuple[str, ...]:
        """The organs that it names, standing alone or over figures."""
        name = _FIGURES_OF.sub("", _FILLED_IN_BY.sub("", self.bare))
        if _LONE_NAME.fullmatch(name) or (name != self.bare and _WHOLE_PLACE.fullmatch(name)):
            return (name,)
        if whole := _WHOLE_UNIT.fullmatch(name):
            return (whole[1],)
        if not self.is_about_figures:
            return ()
        body = _BODY.match(self.bare)
        return (body.group(),) if body else tuple(_PLACE.findall(self.bare))


def sentence_on_a_table(words: str) -> str:
    """The last of the folded sentences, without its full stop, if it is about a table: 如下表."""
    last = words.rstrip("。").rpartition("。")[2]
    told = len(last) <= _LONGEST_SENTENCE and (_OF_TABLE.search(last) or _NOTE_BELOW.match(last))
    return last if told and not (_COMPARED.search(last) or _AFTER_DOCUMENTS.search(last)) else ""


def _in_words(date: re.Match[str]) -> str:
    return f"{date[1]}年{date[2]}月" + (f"{date[3]}日" if date[3] else "")
