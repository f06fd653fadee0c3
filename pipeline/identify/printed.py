"""What a document prints that may tell who reports, and on which year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from pipeline.identify.authors import actors, authors
from pipeline.identify.prose import (
    Prose,
    dates,
    opening_years,
    period_years,
    prose_of,
)
from pipeline.identify.search import (
    choose_title,
    find_titles,
    heading_parts,
    heading_titles,
    later_titles,
)
from pipeline.identify.titles import Title, announced, title_end
from pipeline.model import Document, Evidence
from pipeline.reference import kind_of

_LONGEST_SIGNATURE = 40
_SIGNED_LINES = 4
_SIGNED_ON = re.compile(r"20\d\d年\d{1,2}月\d{1,2}日$")
_CAPTION = (
    "发布机构|发布单位|发布机关|公开主体|公开单位|发文机关|发文单位|责任部门"
    "|编制单位|编制机关|编报单位|填报单位|填报机关|报告单位|报送单位|信息来源|文章来源|稿源|来源"
)
_NEXT_CAPTION = rf"(?:{_CAPTION})[:：]|(?:发布|公开|成文|生成|发文)(?:时间|日期)|浏览|字[体号]|作者"
_ISSUER_LINE = re.compile(
    rf"(?P<caption>{_CAPTION})[:：](?P<name>[^\W\d_]{{3,40}}?)(?={_NEXT_CAPTION}|[\W\d_]|$)"
)
_SOURCES = ("来源", "稿源")
_SITE = re.compile(r"(?:政府|网站?|平台|信息公开)$")
_WRITTEN_BY = re.compile(r"由[^,，。\n]{2,40}?(?:编制|编写|撰写)")
_CONTACT = re.compile(r"联系电话|电话[:：(]|联系地址|地址[:：]|邮编|邮政编码|联系人|疑问")

# A printed name: the name itself, where it was found (method), the words around it, the place.
Named = tuple[str, str, str, str]


@dataclass(frozen=True)
class Print:
    """A document with its titles, prose and names, each looked for once."""

    document: Document

    @cached_property
    def prose(self) -> Prose:
        return prose_of(self.document)

    @cached_property
    def titles(self) -> tuple[Title, ...]:
        return find_titles(self.document)

    @cached_property
    def headings(self) -> tuple[Title, ...]:
        return heading_titles(self.document)

    @cached_property
    def periods(self) -> tuple[tuple[tuple[int, ...], int, int], ...]:
        return tuple(period_years(self.prose))

    @cached_property
    def title(self) -> Title | None:
        if len(self.titles) < 2:
            return next(iter(self.titles), None)
        period = [year for years, _, _ in self.periods[:1] for year in years]
        return choose_title(self.titles, self.headings, period)

    @cached_property
    def other_titles(self) -> tuple[Title, ...]:
        """The titles that speak against the chosen one.

        Those above a title that the heading gives with name and year are a menu beside the text.
        """
        title = self.title
        if title is None:
            return ()
        settled = title.name and any(h.name and h.year == title.year for h in self.headings)
        start = self.titles.index(title) + 1 if settled and title.year else 0
        return tuple(other for other in self.titles[start:] if other is not title)

    @cached_property
    def later_titles(self) -> tuple[Title, ...]:
        """The titles further down that name an organ, where the report's own names none."""
        if self.title is None or self.title.name:
            return ()
        later = later_titles(self.document)
        return tuple(t for t in later if t.name and t.year in (None, self.title.year))

    @cached_property
    def announced(self) -> tuple[Title, ...]:
        return tuple(announced(self.prose, self.title.text if self.title else ""))

    @cached_property
    def openings(self) -> tuple[tuple[int, int], ...]:
        below = title_end(self.prose, self.title.text if self.title else "")
        return tuple(opening_years(self.prose, below))

    @cached_property
    def dates(self) -> tuple[tuple[int, int, int], ...]:
        return tuple(dates(self.prose))

    @cached_property
    def contacts(self) -> tuple[tuple[str, str, str], ...]:
        """The sentences on the period, on whom to contact and on who wrote: method, text, where."""
        text = self.prose.text
        found = [
            ("period_sentence", self.prose.around(start, end), start)
            for _, start, end in self.periods[:1]
        ]
        for hit in _CONTACT.finditer(text):
            found.append(("contact", self.prose.around(*hit.span()), hit.start()))
        for hit in _WRITTEN_BY.finditer(text):
            found.append(("preface", hit.group(), hit.start()))
        return tuple((method, around, self.prose.where(at)) for method, around, at in found)

    @cached_property
    def signatures(self) -> tuple[tuple[str, str, str], ...]:
        """Names that stand alone under the title or at the end: method, name, where."""
        parts = [(part.rstrip("\n"), where) for part, where in self.prose.parts]
        at = title_end(self.prose, self.title.text if self.title else "")
        below = parts[at : at + 2] if at else []
        end = parts[max(len(parts) - _SIGNED_LINES, at) :]
        lines = [(_SIGNED_ON.sub("", line), where) for line, where in (*below, *reversed(end))]
        return tuple(
            ("signature", line, where)
            for line, where in dict.fromkeys(lines)
            if len(line) < _LONGEST_SIGNATURE and not re.search(r"[\d,。:]", line) and kind_of(line)
        )

    @cached_property
    def issuer_lines(self) -> tuple[tuple[str, str, str], ...]:
        """Names after 发布机构 or 来源: method (`issuer_line`, `source_line`), name, where."""
        found = [
            (
                "source_line" if hit["caption"].endswith(_SOURCES) else "issuer_line",
                hit["name"],
                self.prose.where(hit.start()),
            )
            for hit in _ISSUER_LINE.finditer(self.prose.text)
        ]
        return tuple(sorted(found, key=lambda line: line[0]))

    @cached_property
    def authors(self) -> tuple[tuple[str, str, str], ...]:
        """Those said to have written the report: name, the words, where."""
        return tuple(authors(self.prose))

    @cached_property
    def actors(self) -> tuple[tuple[str, str, str], ...]:
        """Those who act in the sentences that they open: name, the words, where."""
        return tuple(actors(self.prose))

    def names(self) -> Iterator[Named]:
        """The names that may be the issuer's, the one to believe first."""
        if self.title and self.title.name:
            yield self.title.name, "title", self.title.text, self.title.where
        for heading in self.headings:
            if heading.name:
                yield heading.name, "heading", heading.text, heading.where
        yield from ((line, method, line, where) for method, line, where in self.signatures)
        yield from ((name, "author", text, where) for name, text, where in self.authors)
        for method, line, where in self.issuer_lines:
            # A source that ends in 政府 or 网 is the site, and not who wrote this page.
            if method != "source_line" or not _SITE.search(line):
                yield line, method, line, where
        for part in heading_parts(self.document):
            if not _SITE.search(part):
                yield part, "heading", part, "heading"


def year_evidence(value: int | None, method: str, text: str, where: str = "") -> Evidence:
    return Evidence("report_year", str(value or ""), method, text, where)


def years(printed: Print) -> Iterator[Evidence]:
    """All years that the print gives for the report, the one to believe first."""
    stated = list(_stated_years(printed))
    openings = [_opening_evidence(printed, *opening) for opening in printed.openings]
    if not stated and len({opening.value for opening in openings}) == 1:
        stated = openings[:1]
    elif stated and all(opening.value != stated[0].value for opening in openings):
        stated += openings[:1]
    title = printed.title
    if stated:
        yield from stated
        yield from _too_early(printed, int(stated[0].value))
    else:
        yield year_evidence(None, "not_found", title.text if title else "")
    if title is None:
        return
    for year in title.years:
        yield year_evidence(year, "same_title", title.text, title.where)


def _opening_evidence(printed: Print, year: int, at: int) -> Evidence:
    text = printed.prose.around(at, at + 4)
    return year_evidence(year, "body_mention", text, printed.prose.where(at))


def _too_early(printed: Print, report_year: int) -> Iterator[Evidence]:
    """The last date of publication, if it is before the end of the year reported on."""
    year, month, at = max(printed.dates, default=(report_year, 12, 0))
    if (year, month) < (report_year, 12):
        text = printed.prose.around(at + 1, at + 8)
        yield year_evidence(year - 1, "date", text, printed.prose.where(at + 1))


def _stated_years(printed: Print) -> Iterator[Evidence]:
    title = printed.title
    if title and title.year:
        yield year_evidence(title.year, "title", title.text, title.where)
    for heading in printed.headings:
        if heading.year:
            yield year_evidence(heading.year, "heading", heading.text, heading.where)
    for found, start, end in printed.periods[:1]:
        where, text = printed.prose.where(start), printed.prose.text[start:end]
        if len(found) == 1:
            yield year_evidence(found[0], "period_sentence", text, where)
        elif found and title and title.year:
            odd = next(year for year in found if year != title.year)
            yield year_evidence(odd, "period_sentence", text, where)
    for other in printed.announced:
        if other.year:
            yield year_evidence(other.year, "preface", other.text, other.where)
    for other in printed.other_titles:
        if title and title.year and other.year not in (None, title.year):
            yield year_evidence(other.year, "other_title", other.text, other.where)
