"""What a document prints that may tell who reports, and on which year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from pipeline.identify.authors import actors, authors
from pipeline.outline import Outline, Prose, Title, folded
from pipeline.outline.titles import announced
from pipeline.reference import kind_of

_LONGEST_SIGNATURE = 40
_LONGEST_PREFACE = 600  # where no section ends it
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
    """What an outline holds of names, each looked for once."""

    outline: Outline

    @property
    def title(self) -> Title | None:
        return self.outline.own_title

    @property
    def prose(self) -> Prose:
        return self.outline.prose

    @cached_property
    def below_title(self) -> int:
        """The number of the prose's first line below the title."""
        title = self.title
        return self.prose.below(folded(title.text)) if title else 0

    @cached_property
    def other_titles(self) -> tuple[Title, ...]:
        """The titles that speak against the chosen one.

        Those above a title that the heading gives with name and year are a menu beside the text.
        """
        title, titles = self.title, self.outline.own_titles
        if title is None:
            return ()
        declared = any(h.name and h.year == title.year for h in self.outline.heading_titles)
        start = titles.index(title) + 1 if title.name and declared and title.year else 0
        return tuple(other for other in titles[start:] if other is not title)

    @cached_property
    def later_titles(self) -> tuple[Title, ...]:
        """The titles further down that name an organ, where the report's own names none."""
        title = self.title
        if title is None or title.name:
            return ()
        return tuple(
            later
            for later in self.outline.later_titles
            if later.name and later.year in (None, title.year)
        )

    @cached_property
    def announced(self) -> tuple[Title, ...]:
        """The reports that the preface names, between the title and the first section."""
        prose = self.prose
        first = next((n for n, line in enumerate(prose.lines) if line.heads(1)), None)
        end = min(_LONGEST_PREFACE, len(prose.text)) if first is None else prose.starts[first]
        return tuple(announced(prose, prose.starts[self.below_title], end))

    @cached_property
    def contacts(self) -> tuple[tuple[str, str, str], ...]:
        """The sentences on the period, on whom to contact and on who wrote: method, text, where."""
        text = self.prose.text
        found = [
            ("period_sentence", self.prose.around(*period.days), period.days[0])
            for period in self.outline.periods[:1]
        ]
        for hit in _CONTACT.finditer(text):
            found.append(("contact", self.prose.around(*hit.span()), hit.start()))
        for hit in _WRITTEN_BY.finditer(text):
            found.append(("preface", hit.group(), hit.start()))
        return tuple((method, around, self.prose.where(at)) for method, around, at in found)

    @cached_property
    def signatures(self) -> tuple[tuple[str, str, str], ...]:
        """Names that stand alone under the title or at the end: method, name, where."""
        parts = [(line.words, line.where) for line in self.prose.lines]
        at = self.below_title
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
        title = self.title
        if title and title.name:
            yield title.name, "title", title.text, title.where
        for heading in self.outline.heading_titles:
            if heading.name:
                yield heading.name, "heading", heading.text, heading.where
        yield from ((line, method, line, where) for method, line, where in self.signatures)
        yield from ((name, "author", text, where) for name, text, where in self.authors)
        for method, line, where in self.issuer_lines:
            # A source that ends in 政府 or 网 is the site, and not who wrote this page.
            if method != "source_line" or not _SITE.search(line):
                yield line, method, line, where
        for part in self.outline.heading:
            if not _SITE.search(part.words):
                yield part.words, "heading", part.words, part.where
