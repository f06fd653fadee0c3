"""The printed title of a report, and the years and names that its first words announce."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from pipeline.model import Document, Grid
from pipeline.text import squeezed

FIRST_YEAR, LAST_YEAR = 2008, 2035

_MOST_TITLE_LINES = 200
_FIRST_CELLS = 8
_LONG_CELL = 40
_SHORT_LINE = 15
_DIGITS = str.maketrans("〇○零Oo一二三四五六七八九", "00000123456789")
_WRITTEN_YEAR = re.compile(r"二[〇○零Oo0][〇○零Oo0一二三][〇○零Oo0一二三四五六七八九](?=年)")
_TRADITIONAL = str.maketrans("開報務鎮鄉縣區號況辦廳", "开报务镇乡县区号况办厅")
_JUNK = re.compile(r"\[bookmark:[^\]]*\]|_GoBack")
_CAPTION = re.compile(r"^(?:标题|名称|信息名称|文件名称|题目|附件\d{0,2})[:：]?(?=.)|^关于")
_NOT_A_TITLE = re.compile(r"上一篇|下一篇|当前位置|您的位置|所在位置|首页|相关链接|>|»")
_SECTION = re.compile(r"^[一1][、.．].{2,24}$")

_YEAR = r"(?:20)?20\d\d(?!\d)(?:年度|年)?"
_CORE = rf"(?:政府|政务)?信息公开(?P<tail>(?:[工作年度报告情况的]|{_YEAR}){{2,24}})"
_CORE_OR_AFFAIRS = _CORE.replace("信息公开", "(?:信息公开|政务公开|信息与政务公开)", 1)
_AFTER = r"(?P<after>[(\[〔][^()]{0,24}[)\]〕]|20\d\d年?度?)?(?:公示|公告)?"
_TITLE = re.compile(rf"^《?(?P<head>[^。;,!?、:《》]{{0,60}}?){_CORE_OR_AFFAIRS}{_AFTER}》?$")
_ANNOUNCED = re.compile(
    rf"(?P<head>[^。;,!?、:《》()\n]{{0,40}}?){_CORE}".replace("{2,24}", "{3,24}+")
    + r"(?!格式|有关|编[制写]|通知|模板|报送|发布)"
)
_VERB = re.compile(r"^.*(?:公布|编制|发布|形成|撰写|制定|制作|[了将现])")
_FRAGMENT = re.compile(rf"^(?:[政府务信息公开工作年度报告情况的]|{_YEAR})+$")
_NAME_LINE = re.compile(
    rf"^(?:{_YEAR})?[^\W\d_]{{2,40}}(?:政府|办公室|办公厅|局|委员会|管委会|街道|办事处|镇|乡|厅|县|区|市)"
    rf"(?:{_YEAR})?(?:关于)?$|^{_YEAR}$"
)
_PERIOD = re.compile(
    r"(20\d\d)年?(?:0?1月?0?1日?|\d{1,2}月\d{1,2}日)(?:零时|起|开始|以来)?[至到—\-~～－–―一]{1,2}"
    r"(?:当年|同年|本年|(20\d\d))?年?12月?3[01]"
)
_SENTENCE_END = re.compile(r"[。;；!！?？:：]$")


@dataclass(frozen=True, slots=True)
class Title:
    """A printed title: the words, and the name and the year they give (empty, None if they don't).

    `name` is folded and as printed; it may be a 我镇.
    """

    text: str
    name: str
    year: int | None
    where: str = ""


@dataclass(frozen=True)
class Prose:
    """A document's paragraphs as one folded text; lines of one sentence are joined again."""

    parts: tuple[tuple[str, str], ...]

    @cached_property
    def text(self) -> str:
        return "".join(part for part, _ in self.parts)

    @cached_property
    def _starts(self) -> list[int]:
        starts = [0]
        for part, _ in self.parts:
            starts.append(starts[-1] + len(part))
        return starts

    def where(self, offset: int) -> str:
        """The place of the paragraph that holds this offset of the text."""
        return self.parts[min(bisect_right(self._starts, offset), len(self.parts)) - 1][1]

    def around(self, start: int, end: int) -> str:
        """The sentence around a span, or the part of it nearest to the span."""
        left = max(self.text.rfind(mark, 0, start) for mark in "。\n") + 1
        stops = [at for mark in "。\n" if (at := self.text.find(mark, end)) >= 0]
        right = min(stops, default=len(self.text))
        return self.text[max(left, start - 60) : min(right, end + 60)]


def folded(text: str) -> str:
    """NFKC without spaces, with years in digits and the words of a title in simplified script."""
    plain = _JUNK.sub("", squeezed(text)).translate(_TRADITIONAL)
    return _WRITTEN_YEAR.sub(lambda found: found.group().translate(_DIGITS), plain)


def plausible_year(text: str | None) -> int | None:
    """The year, if a report on it can exist."""
    year = int(text) if text else 0
    return year if FIRST_YEAR <= year <= LAST_YEAR else None


def parse_title(text: str, where: str = "") -> Title | None:
    """Read one line as a report's title; None if it is not one."""
    line = _CAPTION.sub("", folded(text))
    found = _TITLE.match(line)
    if not found or "报" not in found["tail"] or _NOT_A_TITLE.search(line):
        return None
    return _title(found, _JUNK.sub("", "".join(text.split())), where)


def find_titles(document: Document) -> tuple[Title, ...]:
    """Every title printed before the first section, the most complete first."""
    lines = list(_lines(document))
    sections = (at for at, (text, _) in enumerate(lines) if _SECTION.match(folded(text)))
    opening = min(next(sections, len(lines)), _MOST_TITLE_LINES)
    found = _titles(lines[:opening]) or _titles(lines[opening:])
    return tuple(sorted(found, key=lambda title: -bool(title.name) - (title.year is not None)))


def find_title(document: Document) -> str:
    """The printed title without spaces, else the one the file declares, else an empty string."""
    titles = find_titles(document) or heading_titles(document)[:1]
    return titles[0].text if titles else ""


def heading_titles(document: Document) -> tuple[Title, ...]:
    """The titles among the parts of the declared heading (`title - column - site`)."""
    titles = (parse_title(part, "heading") for part in heading_parts(document))
    return tuple(title for title in titles if title)


def heading_parts(document: Document) -> tuple[str, ...]:
    """The declared heading's parts, spaces removed."""
    parts = re.split(r"\s[-–—]\s|[_|>»｜]|[-–—]{1,2}(?!\d)", document.heading)
    return tuple(part for part in map(folded, parts) if part)


def prose_of(document: Document) -> Prose:
    """All prose, long table cells included: some reports stand in one cell."""
    parts = []
    for printed, where in _lines(document, _LONG_CELL):
        if text := folded(printed):
            ends = bool(_SENTENCE_END.search(text)) or len(text) < _SHORT_LINE
            parts.append((f"{text}\n" if ends else text, where))
    return Prose(tuple(parts))


def preface_length(prose: Prose) -> int:
    """How much of the text stands before the first section; 600 characters if there is none."""
    at = 0
    for part, _ in prose.parts:
        if _SECTION.match(part.rstrip("\n")):
            return at
        at += len(part)
    return min(600, at)


def title_end(prose: Prose, title: str) -> int:
    """The number of the first paragraph below the title; 0 if the title is not in the prose."""
    last = folded(title)
    ends = (n for n, (part, _) in enumerate(prose.parts, 1) if last.endswith(part.rstrip("\n")))
    return next((n for n in ends if "报" in prose.parts[n - 1][0]), 0) if last else 0


def announced(prose: Prose, title: str) -> Iterator[Title]:
    """The reports that the preface names below the title."""
    start = 0
    for part, _ in prose.parts[: title_end(prose, title)]:
        start += len(part)
    for found in _ANNOUNCED.finditer(prose.text, start, max(start, preface_length(prose))):
        if "报" in found["tail"]:
            one = _title(found, found.group(), prose.where(found.start("tail")))
            yield replace(one, name=_VERB.sub("", one.name))


def period_years(prose: Prose) -> Iterator[tuple[tuple[int, ...], int, int]]:
    """For each stated statistical period its plausible years and its span in the text."""
    for found in _PERIOD.finditer(prose.text):
        years = {plausible_year(text) for text in found.groups()} - {None}
        yield tuple(sorted(year for year in years if year)), found.start(), found.end()


def _title(found: re.Match[str], text: str, where: str) -> Title:
    after = found.groupdict().get("after") or ""
    years = re.findall(r"(?:20)?(20\d\d)(?!\d)", found["head"] + found["tail"])
    years = years or re.findall(r"(?<!\d)20\d\d(?!\d)", after)
    name = re.sub(_YEAR, "", found["head"])
    name = re.sub(r"[()\[\]〔〕\s·•*#-]|^关于|的$|^\d+", "", name)
    name = name + "政府" if name.endswith("人民") else name
    return Title(text, name, plausible_year(years[-1] if years else None), where)


def _titles(lines: Sequence[tuple[str, str]]) -> list[Title]:
    """The titles among the lines, completed by the one or two lines above them."""
    found: list[Title] = []
    for at, (text, where) in enumerate(lines):
        title = parse_title(text, where)
        if title is None and not _FRAGMENT.match(folded(text)):
            continue
        for reach in (1, 2):
            above = [line for line, _ in lines[max(0, at - reach) : at]]
            if len(above) < reach or (title and title.name and title.year):
                break
            title = _completed(title, above, text, where)
        if title:
            found.append(title)
    return found


def _completed(title: Title | None, above: Sequence[str], text: str, where: str) -> Title | None:
    joined = parse_title("".join((*above, text)), where)
    if joined is None:
        return title
    if title is None:
        fragment = all(
            parse_title(line) is None and not _SENTENCE_END.search(line) for line in above
        )
        return joined if fragment else None
    adds = (joined.name and not title.name) or (joined.year and not title.year)
    return joined if adds and all(_NAME_LINE.match(folded(line)) for line in above) else title


def _lines(document: Document, shortest_cell: int = 0) -> Iterator[tuple[str, str]]:
    """The lines of all paragraphs, and of the first or of the long cells, without spaces."""
    for block in document.blocks:
        if not isinstance(block, Grid):
            yield from _split(block.text, block.where)
            continue
        cells = block.cells if shortest_cell else block.cells[:_FIRST_CELLS]
        for cell in cells:
            if len(cell.text) >= shortest_cell:
                yield from _split(cell.text, cell.where or block.where)


def _split(text: str, where: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        if words := _JUNK.sub("", "".join(line.split())):
            yield words, where
