"""Which lines are titles of reports, the names and years they give, and which is the own one."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from pipeline.outline.lines import FILE, Line, folded, line_of
from pipeline.reference import ONE_OR_UNKNOWN, RURAL, kind_of, may_be_one
from pipeline.text import plausible_year
from pipeline.text.sections import LINE_NUMBER
from pipeline.text.years import TO

# （一） or 1. before a title; what stands behind 一、 is the heading of a section.
_LINE_NUMBER = re.compile(rf"^(?!.{{1,3}}、){LINE_NUMBER}")
_CAPTION = re.compile(r"^(?:标题|名称|信息名称|文件名称|题目|附件\d{0,2})[:：]?(?=.)")
_WRAPPED = re.compile(r"^[【“\"'*〖<]+(.+?)[】”\"'*〗>]+$")
# The date or the file name of an entry in a list of reports.
_ENTRY = re.compile(rf"20\d\d([-./])\d{{1,2}}\1\d{{1,2}}$|{FILE.pattern}")
# A year with a month, or on or after a number of a document, tells when the report was published.
_DATE = re.compile(
    rf"20\d\d年\d{{1,2}}月(?:\d{{1,2}}[日号])?+(?!{TO})"
    r"|20\d\d([-./])\d{1,2}\1\d{1,2}日?(?=.)|(?<=[(\[〔])20\d\d[-./]\d{1,2}(?=[)\]〕])"
    r"|[^\W\d_]{0,8}[(\[〔]20\d\d[)\]〕]第?\d{1,4}号"
    r"|[(\[〔][^()]{0,6}20\d\d年?[^()]{0,6}(?:发布|公布|公开|印发|编制|修订|更新|版)[^()]{0,6}[)\]〕]"
)
_MONTHS = rf"(?:年?\d{{1,2}}月?(?:\d{{1,2}}日)?{TO}(?:20\d\d年)?\d{{1,2}}月(?:\d{{1,2}}日)?份?)"
_SHORT_YEAR = re.compile(r"(?<![\d第])(0[89]|[12]\d|3[0-5])(?=年(?!来|以来|\d{1,2}月))")
_SEVERAL_YEARS = re.compile(rf"20\d\d年?度?{TO}20\d\d年?度?(?!\d)")

_YEAR = rf"(?:20)?20\d\d(?!\d)(?:{_MONTHS}|年年度|年度|年)?"
_CORE = rf"(?:政府|政务)?信息公开(?P<tail>(?:[工作年度总结报告情况的]|{_YEAR}){{2,24}})"
CORE_OR_AFFAIRS = _CORE.replace("信息公开", "(?:信息公开|政务公开|信息与政务公开)", 1)
_AFTER = rf"(?P<after>(?:[(\[〔][^()]{{0,24}}[)\]〕])+|{_YEAR})?(?:公示|公告)?"
# A page prints ? for a character of a name that its font does not have.
_TITLE = re.compile(rf"^《?(?P<head>[^。;,!、:《》]{{0,60}}?){CORE_OR_AFFAIRS}{_AFTER}》?$")
_DOING = (
    "(?:报送|上报|呈报|公布|发布|印发|转发|编制|公开|做好|开展|推进|贯彻|落实|执行"
    "|重新|更正|勘误|修改|补充|替换|撤销|废止)"
)
_BEFORE_NAME = re.compile(rf"^(?:关于|现将|新?条例|{_DOING})+")
_BEHIND_NAME = re.compile(rf"(?<=.)(?:关于.*|{_DOING}+)$")
# 教育局（体育局): the second name of one organ.
_SECOND_NAME = re.compile(
    r"(?<=[局委办厅会心院所处室])[(\[〔](?!办公[室厅]|本级|机关)[^()\[\]〔〕]{2,}[局委办厅会心院所处室][)\]〕]"
)
_ASIDE = re.compile(r"^(?P<name>[^()\[\]〔〕]+)[(\[〔](?P<aside>[^()\[\]〔〕]+)[)\]〕]")
_WHOLE_UNIT = re.compile(r"(?<=[县市区镇乡省])全[县市区镇乡省](?:各级)?$")
_FRAGMENT = re.compile(rf"^(?:[政府务信息公开工作年度报告情况的]|{_YEAR})+$")
_YEAR_LINE = re.compile(rf"^{_YEAR}$")
_NAME_LINE = re.compile(
    rf"^(?:{_YEAR})?[^\W\d_]{{2,40}}(?:政府|办公室|办公厅|局|委员会|管委会|街道|办事处|镇|乡|苏木|厅|省|县|区|市|旗|州|盟|中心|海关)"
    rf"(?:{_YEAR})?(?:关于)?$|{_YEAR_LINE.pattern}"
)
_WHOLE_YEAR = (
    rf"20\d\d年1月?(?:1日)?{TO}(?:20\d\d年)?12月(?:31日)?份?|截[至止]到?20\d\d年(?:底|12月31日)"
)
_YEAR_BELOW = re.compile(
    rf"^[(\[〔](?:20\d\d年?度?|{_WHOLE_YEAR})[)\]〕]$|^(?:20\d\d年度|{_WHOLE_YEAR})$"
)
_LONGEST_FRAGMENT = 40
_LONGEST_TITLE = 400  # with all that may stand around it
# What may have to be taken off a fragment: a caption, quotes, a date.
_DRESSED = re.compile(rf"{_CAPTION.pattern}|[\d【“\"'*〖<]")


@dataclass(frozen=True, slots=True)
class Title:
    """A printed title: the words, and the name and the year they give (empty, None if they don't).

    `name` is folded and as printed; it may be a 我镇. `years` are all others that it
    gives, plausible or not. An `entry` is a link of a list, no title of the page it stands on.
    """

    text: str
    name: str
    year: int | None
    where: str
    years: tuple[int, ...]
    entry: bool


def titles_in(lines: Sequence[Line]) -> dict[int, Title]:
    """The titles among the lines, each by the number of the line that it ends in.

    A line is completed by the one to three lines above and the one below.
    """
    titles: dict[int, Title] = {}
    for at, line in enumerate(lines):
        title = parse_title(line)
        broken = title is None
        if broken and not _is_fragment(line):
            continue
        for reach in (1, 2, 3) if broken else (1, 2):
            above = lines[max(0, at - reach) : at]
            if len(above) < reach or (title and title.name and title.year):
                break
            # Several years below each other are a menu.
            pair = lines[max(0, at - reach - 1) : at - reach + 1]
            if len(pair) == 1 or not all(_YEAR_LINE.match(part.words) for part in pair):
                title = _completed(title, above, line, broken)
        below = lines[at + 1].words if at + 1 < len(lines) else ""
        if title and title.year is None and _YEAR_BELOW.match(below):
            title = replace(title, year=plausible_year(_years_in(below)[0]))
        if title:
            titles[at] = title
    return titles


def _is_fragment(line: Line) -> bool:
    """Whether a line holds nothing but words that a title ends in: 工作年度报告, (2021年)."""
    if len(line.words) > _LONGEST_FRAGMENT:
        return False
    words = _comparable(line.words) if _DRESSED.search(line.words) else line.words
    return _FRAGMENT.match(words) is not None


def _completed(
    title: Title | None, above: Sequence[Line], line: Line, broken: bool
) -> Title | None:
    """The title that a line is together with those above it, where these are parts of one."""
    text = "".join(part.text for part in (*above, line))
    joined = parse_title(line_of(text, line.where))
    if joined is None:
        return title
    if title is None:
        whole = any(parse_title(part) or part.ends_a_sentence for part in above)
        return None if whole else joined
    adds = (joined.name and not title.name) or (joined.year and not title.year)
    parts = [part.words for part in above if not (broken and _FRAGMENT.match(part.words))]
    return joined if adds and all(_NAME_LINE.match(words) for words in parts) else title


def choose_title(
    titles: Sequence[Title], headings: Sequence[Title], period: Collection[int]
) -> Title | None:
    """The title of the report itself among those printed.

    Of several names the one that the declared heading gives; then the most complete title; then
    the year that the heading or the stated period backs; then the first.
    """
    names = [heading.name for heading in headings if heading.name]
    exact = {folded(heading.text) for heading in headings if heading.name}
    rivals = [
        title
        for title in titles
        if title.name and any(may_be_one(title.name, name) in ONE_OR_UNKNOWN for name in names)
    ]
    rivals = [title for title in rivals if folded(title.text) in exact] or rivals or list(titles)
    told = [(bool(title.name), title.year is not None) for title in rivals]
    rivals = [title for title, parts in zip(rivals, told, strict=True) if parts == max(told)]
    declared = {heading.year for heading in headings if heading.year}
    for backed in (set(period) | declared, declared):
        rivals = [title for title in rivals if title.year in backed] or rivals
    return next(iter(rivals), None)


def parse_title(line: Line) -> Title | None:
    """Read one line as a report's title; None if it is not one."""
    if "公开" not in line.words or "报" not in line.words or line.is_furniture:
        return None
    if len(line.words) > _LONGEST_TITLE:
        return None
    words = _ENTRY.sub("", line.words)
    title = _TITLE.match(_comparable(words))
    if title is None or "报" not in title["tail"]:
        return None
    return title_of(title, line.text, line.where, words != line.words)


def _comparable(words: str) -> str:
    """A folded title without number, caption, quotes and dates; a year of two digits in full."""
    line = _WRAPPED.sub(r"\1", _CAPTION.sub("", _LINE_NUMBER.sub("", words)))
    line = _DATE.sub("", line)
    return line if re.search(r"20\d\d", line) else _SHORT_YEAR.sub(r"20\1", line)


def title_of(words: re.Match[str], text: str, where: str, entry: bool = False) -> Title:
    """The title whose `head` and `tail`, and perhaps words `after` it, a pattern has told apart."""
    groups = words.groupdict()
    head = groups["head"] or ""
    # A clause that ends in 的 only describes the organ or the report: 关于贯彻条例的海盐县.
    clause, _, rest = head.rpartition("的")
    if clause and len(re.sub(rf"{_YEAR}|[\W\d_]", "", rest)) > 1:
        head = rest
    before, behind = _years_in(head + "|" + groups["tail"]), _years_in(groups.get("after") or "")
    good = [year for year in before or behind if plausible_year(year)]
    year = plausible_year(good[-1]) if good else None
    others = tuple(dict.fromkeys(int(y) for y in (*before, *behind) if int(y) != year))
    name = _SECOND_NAME.sub("", re.sub(_YEAR, "", _SEVERAL_YEARS.sub("", head)))
    # A site, a column or an advertisement stands before the last dash.
    name = next(filter(None, reversed(re.split("[-–—_|]+", name))), "")
    if aside := _ASIDE.match(name):  # two towns side by side are left as they are
        kinds = [kind_of(aside["name"]), kind_of(aside["aside"])]
        second = all(kinds) and not all(kind in RURAL for kind in kinds)
        if second or aside["aside"].startswith("原"):
            name = aside["name"] + name[aside.end() :]
    name = re.sub(r"[()\[\]〔〕\s·•*#]|的$|^\d+|^年度?|年度?$", "", name)
    name = _BEHIND_NAME.sub("", _BEFORE_NAME.sub("", name))
    name = _WHOLE_UNIT.sub("", re.sub("的$|年度?$", "", name))
    name = name + "政府" if name.endswith("人民") else name
    return Title(text, name, year, where, others, entry)


def _years_in(text: str) -> list[str]:
    """The years of a text; two years joined to a span are none."""
    return re.findall(r"(?:20)?(20\d\d)(?!\d)", _SEVERAL_YEARS.sub("", text))
