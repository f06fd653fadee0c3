"""What a document prints that may tell who reports, and on which year."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from pipeline.identify import methods, page
from pipeline.model import Evidence
from pipeline.outline import Outline, Title
from pipeline.reference import kind_of

_LONGEST_SIGNATURE = 40
_SIGNED_LINES = 4
_SIGNED_ON = re.compile(r"20\d\d年\d{1,2}月\d{1,2}日$")
_SITE = re.compile(r"(?:[省市县区旗州盟](?:人民)?政府|^(?:人民)?政府|网站?|平台|信息公开)$")
_WRITTEN_BY = re.compile(r"由[^,，。\n]{2,40}?(?:编制|编写|撰写)")
_CONTACT = re.compile(
    r"联系电话|电话[:：(]|联系地址|地址[:：]|邮编|邮政编码|联系人|疑问|异议|请与|请联系|请向"
    r"|直接与[^,。\n]{2,40}联系"
)
_CONTACTED = re.compile(
    r"(?:(?:(?:请|可|应|欢迎|直接)[直接及时]*|^|(?<=[,，;；。]))(?:与|向|同|联系|致电)[:：]?"
    r"|(?:联系|咨询|受理|承办)(?:单位|部门|机构)[:：])(?P<name>[^\W\d_]{2,40}?)"
    r"(?=联系|咨询|反映|索取|反馈|提出|查询|[,，(（。;；]|$)"
)
_AT_THE_OFFICE = re.compile(
    r"地址[:：](?P<name>[^\W\d_]{4,40}?(?:人民政府|办事处|管委会|管理委员会|局|政府))(?:[^\W\d_]{0,8}办公室)?"
)

# Who is said to have written the report, or acts in it.
_BEGINS = r"(?:^|(?<=[\n。;；,，:：])|(?<=[由经])|(?<=要求)|(?<=规定)|(?<=精神))"
_KIND = (
    "(?:(?:人民)?政府(?:办公[室厅])?|办事处|街道办?|镇|乡|[县市区旗州]"
    "|局|合作(?:联|社联合)社|委员会|管委会|办公室|厅|中心|苏木|海关|[发园新]区|卫生健康委|发展改革委|医院|支队|大队)"
)
# 全镇, 我局, 市政府 name nobody; nor do words that a sentence begins with.
_NOBODY = (
    "[我各该此]|本(?!溪)|全(?:[镇乡省市县区]|街道)|[省市县区州旗](?:人民|政府|委|级|直|属)"
    "|城镇|中心镇|(?:主|新|老)?城区|开发区|高新区|街道"
)
_NO_NAME = "代表|指导|督促|要求|组织|通过|依托|结合|根据|是"
_NAME = rf"(?P<name>(?!{_NOBODY})(?:(?!{_NO_NAME})[^\W\d_由]){{1,28}}?{_KIND})"
_SHORT = r"(?:\((?:以下)?(?:简称|统称)[^()\n]{0,40}\))?"  # (以下简称市教育局)
_WRITES = "(?:汇总|组织|负责|牵头|认真|具体)*(?:编制|编写|编报|撰写)"
_HOW = "(?:综合|汇总|会同|梳理|根据|依据|按照|依照|遵照|结合|严格|参照)"
_REPORT = r"(?:了|完成|形成|而成)*(?:[。\n]|$|(?<=而成)[,，]|[^。\n]{0,20}?(?:报告|年报))"
_AUTHOR = re.compile(
    rf"{_BEGINS}{_NAME}(?:党政办(?:公室)?|办公室)?{_SHORT}"
    rf"(?:{_HOW}[^。\n]{{0,60}}?{_WRITES}{_REPORT}|{_WRITES}(?:{_REPORT}|[,，])"
    r"|(?:现?将)[^。\n,，]{0,40}(?:报告|公布)(?:如下|于后)"
    r"|(?:现|特|依法)*(?:向社会)?(?:公布|公开|发布)(?!的)[^。\n的]{0,30}(?:年度?报告|年报))"
)
_ACTS = (
    "(?:认真|严格|坚持|坚决|深入|积极|全面|切实|高度|紧紧|始终|持续|扎实|不断|继续|深化|共|累计|主动公开|公开"
    "|牢固|贯彻|落实|按照|根据|以习近平|党委|深刻|大力|着力|进一步|有序|稳步|充分|聚焦|围绕|强化|加强|及时|健全|完善|建立|成立了"
    "|在[^。;\n]{2,40}?(?:领导|指导|关心|支持|帮助|部署)下[,，])"
)
_ACTOR = re.compile(
    rf"(?:^|(?<=[\n。]))(?:在?20\d\d年(?:度|以来|来)?[,，]?)?{_NAME}"
    rf"{_SHORT}(?:20\d\d年(?:度|以来|来)?[,，]?)?(?={_ACTS})"
)
_LATER_ACTOR = re.compile(rf"(?<=[,，]){_NAME}(?={_ACTS})")


@dataclass(frozen=True)
class Print:
    """What an outline holds of names, each looked for once.

    A name is evidence on the organ, its value the name itself.
    """

    outline: Outline

    @cached_property
    def other_titles(self) -> tuple[Title, ...]:
        """The titles that speak against the chosen one.

        Those above a title that the heading gives with name and year are a menu beside the text.
        """
        title, titles = self.outline.own_title, self.outline.own_titles
        if title is None:
            return ()
        declared = any(h.name and h.year == title.year for h in self.outline.heading_titles)
        start = titles.index(title) + 1 if title.name and declared and title.year else 0
        return tuple(other for other in titles[start:] if other is not title)

    @cached_property
    def contacts(self) -> tuple[Evidence, ...]:
        """The sentences on the period, on whom to contact and on who wrote: they tell the place."""
        prose = self.outline.prose
        spans = [("period_sentence", *period.days) for period in self.outline.periods[:1]]
        spans += [("contact", *hit.span()) for hit in _CONTACT.finditer(prose.text)]
        sentences = [(method, *prose.quoted(start, end)) for method, start, end in spans]
        for hit in _WRITTEN_BY.finditer(prose.text):
            sentences.append(("preface", hit.group(), prose.where(hit.start())))
        return tuple(Evidence("region_code", "", *sentence) for sentence in sentences)

    @cached_property
    def signatures(self) -> tuple[Evidence, ...]:
        """Names that stand alone under the title or at the end."""
        parts = [(line.words, line.where) for line in self.outline.prose.lines]
        at = self.outline.below_title
        below = parts[at : at + 2] if at else []
        end = parts[max(len(parts) - _SIGNED_LINES, at) :]
        lines = [(_SIGNED_ON.sub("", line), where) for line, where in (*below, *reversed(end))]
        return tuple(
            Evidence("organ", line, "signature", line, where)
            for line, where in dict.fromkeys(lines)
            if len(line) < _LONGEST_SIGNATURE and not re.search(r"[\d,。:]", line) and kind_of(line)
        )

    @cached_property
    def issuer_lines(self) -> tuple[Evidence, ...]:
        """Names after 发布机构 (`issuer_line`), then those after 来源 (`source_line`)."""
        found = dict.fromkeys(page.metadata(self.outline.lines))
        return tuple(sorted(found, key=lambda line: line.method))

    @cached_property
    def contacted(self) -> tuple[Evidence, ...]:
        """Those whom a reader with a question is to turn to."""
        found = []
        for line in self.contacts:
            if line.method != "contact":
                continue
            hits = (*_CONTACTED.finditer(line.text), *_AT_THE_OFFICE.finditer(line.text))
            for hit in hits:
                found.append(Evidence("organ", hit["name"], "contact", line.text, line.where))
        return tuple(dict.fromkeys(found))

    @cached_property
    def authors(self) -> tuple[Evidence, ...]:
        """Those said to have written the report."""
        prose = self.outline.prose
        return tuple(
            Evidence("organ", hit["name"], "author", hit[0].strip(), prose.where(hit.start("name")))
            for hit in _AUTHOR.finditer(prose.text)
            if not re.search("指南|目录|预算|规划|方案", hit[0])
        )

    @cached_property
    def _actors(self) -> tuple[tuple[int, Evidence], ...]:
        prose = self.outline.prose
        return tuple(
            (
                hit.start("name"),
                Evidence(
                    "organ", hit["name"], "actor", *prose.quoted(hit.start("name"), hit.end())
                ),
            )
            for hit in _ACTOR.finditer(prose.text)
        )

    @property
    def actors(self) -> tuple[Evidence, ...]:
        """Those who open a sentence and act in it: 2023年，某镇认真贯彻…."""
        return tuple(actor for _, actor in self._actors)

    def names(self) -> Iterator[Evidence]:
        """The names that may be the issuer's, the one to believe first."""
        for method in methods.in_order():
            yield from self._named[method]()

    @property
    def _named(self) -> Mapping[str, Callable[[], Iterable[Evidence]]]:
        """What each method of `methods.csv` that may name the issuer finds."""
        outline = self.outline
        return {
            "title": lambda: _of_titles("title", filter(None, [outline.own_title])),
            "heading": lambda: _of_titles("heading", outline.heading_titles),
            "preface": lambda: _of_titles("preface", outline.announced),
            "author": lambda: self.authors,
            "issuer_line": lambda: self._lines("issuer_line"),
            "breadcrumb": lambda: self._of_path,
            "contact": lambda: self.contacted,
            "actor": lambda: self._opening_actors,
            "signature": lambda: self.signatures,
            "source_line": lambda: self._lines("source_line"),
            "column": lambda: self._columns,
        }

    def _lines(self, method: str) -> Iterator[Evidence]:
        for line in self.issuer_lines:
            # A source that ends in 政府 or 网 is the site, and not who wrote this page.
            if line.method == method and not (method == "source_line" and _SITE.search(line.value)):
                yield line

    @cached_property
    def index_number(self) -> Evidence | None:
        """The first six digits of the page's index number, which may be its county's code."""
        return page.index_number(self.outline.lines)

    @cached_property
    def path(self) -> tuple[Evidence, ...]:
        """The steps of the path to the page, the last one first."""
        return tuple(page.steps(self.outline.lines))

    @property
    def _of_path(self) -> Iterator[Evidence]:
        return (step for step in self.path if not _SITE.search(step.value))

    @property
    def _columns(self) -> Iterator[Evidence]:
        for part in self.outline.heading:
            if not _SITE.search(part.words):
                yield Evidence("organ", part.words, "column", part.words, part.where)

    @property
    def _opening_actors(self) -> Iterator[Evidence]:
        """Those who act before the second section.

        In the first sentence, below the title and below the first heading, behind a comma too.
        """
        prose = self.outline.prose
        numbers = {1: self.outline.below_title, 2: len(prose.lines)}
        for number, line in reversed(list(enumerate(prose.lines))):
            if line.section in numbers and line.heads(line.section):
                numbers[line.section] = number
        end = prose.starts[numbers[2]]
        yield from (actor for at, actor in self._actors if at < end)
        for first in sorted({self.outline.below_title, numbers[1]}):
            start = prose.starts[first]
            sentence = prose.text.find("。", start, end)
            for hit in _LATER_ACTOR.finditer(prose.text, start, max(sentence, start)):
                words = prose.quoted(hit.start("name"), hit.end())
                yield Evidence("organ", hit["name"], "actor", *words)


def _of_titles(method: str, titles: Iterable[Title]) -> Iterator[Evidence]:
    for title in titles:
        if title.name:
            yield Evidence("organ", title.name, method, title.text, title.where)
