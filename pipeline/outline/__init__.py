"""The document as a reader sees it, made once: its lines, titles, sections, captions and periods.

Whoever asks whether something is a title, a heading or a period asks the outline, and nobody below
the readers walks the document again for its prose.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from pipeline.model import Cell, Document, Grid, Paragraph
from pipeline.outline.captions import Caption, named_years, sentence_on_a_table
from pipeline.outline.lines import Line, folded, line_of, lines_of
from pipeline.outline.preface import announced
from pipeline.outline.prose import Period, Prose, periods_of
from pipeline.outline.spoken import Spoken, spoken_years
from pipeline.outline.titles import Title, choose_title, parse_title, titles_in
from pipeline.reference import kind_of
from pipeline.text import counts_in_sizes, is_numeral, is_other_money, label, money_units

__all__ = [
    "Block",
    "Caption",
    "Line",
    "Outline",
    "Period",
    "Prose",
    "Spoken",
    "Title",
    "folded",
    "named_years",
    "outline_of",
    "parse_title",
    "title_in",
]

_MOST_TITLE_LINES = 200
_FIGURES_OF_A_TABLE = 5
_LONGEST_CAPTION = 40
_LONGEST_PREFACE = 600  # characters, where no section ends it
_SHORTEST_PREFACE = 40  # characters; what stands before the first section may be its date
_LONGEST_PART = 1_000  # characters of a declared heading
_PLACES = ("省", "市", "县", "区", "州", "旗")
# What a statement of a unit holds, and what it begins with where it is no caption.
_UNIT_WORDS = re.compile("[位元圆圓万萬千仟百佰亿億]|000|thousand|million", re.IGNORECASE)
_UNIT_NOTE = re.compile(
    r"[\W\d_]*(?:(?:[计計]\s*量|[货貨]\s*[币幣]|金\s*[额額]|[数數]\s*[量额額])?\s*[单單]\s*位"
    r"|附?\s*注|[说說]\s*明|[备備]\s*注|unit)"
    r"|.*(?:(?:本|以上|上|下|各|附)表[^。;；]{0,12}|金[额額]|[数數]量|[货貨][币幣]|[计計][量价價])[单單]位"
    "|.*为[单單]位",
    re.IGNORECASE | re.DOTALL,
)
_OF_A_COLUMN = re.compile(r"[额額]\s*[（(]")  # 本年收费金额（单位：万元）


@dataclass(frozen=True)
class Block:
    """A paragraph or a table of the document with what a reader sees of it at a glance."""

    printed: Paragraph | Grid
    words: str  # of a paragraph, folded
    lines: range  # the numbers of its lines in the outline
    section: int  # the number of the section that it opens, 0 if it opens none
    title: Title | None  # of a report, where it prints one

    @property
    def where(self) -> str:
        return self.printed.where

    @property
    def is_table(self) -> bool:
        return isinstance(self.printed, Grid)

    @property
    def text(self) -> str:
        """A paragraph's text as printed; of a table, nothing."""
        return "" if isinstance(self.printed, Grid) else self.printed.text

    @cached_property
    def label(self) -> str:
        """A paragraph's text as the label of a form would be compared."""
        return label(self.text)

    @cached_property
    def caption(self) -> Caption | None:
        """A paragraph that may stand over a table: a few words, no sentence, no heading."""
        short = not self.is_table and len(self.words) <= _LONGEST_CAPTION
        bare = short and "。" not in self.words and not self.section
        return Caption(self.words, self.where) if bare else None

    @cached_property
    def heading(self) -> Caption | None:
        """The words of a short heading of a section."""
        short = self.section and len(self.words) <= _LONGEST_CAPTION
        return Caption(self.words, self.where) if short else None

    @cached_property
    def sentence(self) -> Caption | None:
        """The last sentence of a paragraph, if it is about a table beside it."""
        words = sentence_on_a_table(self.words) if "。" in self.words else ""
        return Caption(words, self.where) if words else None

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The cells of a table; of a paragraph, none."""
        return self.printed.cells if isinstance(self.printed, Grid) else ()

    @property
    def holds_figures(self) -> bool:
        """Whether it is a table of figures, and no menu and no frame around the text."""
        figures = (cell for cell in self.cells if is_numeral(cell.text))
        return len(list(islice(figures, _FIGURES_OF_A_TABLE))) == _FIGURES_OF_A_TABLE

    @cached_property
    def rows(self) -> Mapping[int, tuple[Cell, ...]]:
        """The cells that cross each row of a table, left to right."""
        return self.printed.by_row() if isinstance(self.printed, Grid) else {}

    @cached_property
    def captions(self) -> Mapping[int, Caption]:
        """The words that stand alone in a row of a table, by its number."""
        captions = {}
        for row, cells in self.rows.items():
            printed = [cell for cell in cells if cell.text and not cell.text.isspace()]
            if len(printed) == 1 and not is_numeral(printed[0].text):
                captions[row] = Caption(folded(printed[0].text), printed[0].where)
        return captions

    @cached_property
    def corner(self) -> Caption | None:
        """The few words in the first cell of a table, over the labels of its rows."""
        first = next((cell for cell in self.cells if not cell.text.isspace()), None)
        words = folded(first.text) if first else ""
        short = 0 < len(words) <= _LONGEST_CAPTION and not is_numeral(words)
        return Caption(words, first.where) if first and short else None

    @cached_property
    def _alone(self) -> frozenset[str]:
        """The folded words that stand alone in a row of a table."""
        return frozenset(caption.words for caption in self.captions.values())

    @property
    def unit_notes(self) -> Iterator[str]:
        """The texts in which a unit for whole tables may be stated."""
        for text in (self.text, *(cell.text for cell in self.cells)):
            if _UNIT_WORDS.search(text) and (_UNIT_NOTE.match(text) or self._is_caption(text)):
                yield text

    def _is_caption(self, text: str) -> bool:
        """Whether a text stands over a table, or alone in one of its rows."""
        if self.is_table:
            above = folded(text) in self._alone
        else:
            above = len(self.words) <= _LONGEST_CAPTION and "。" not in self.words
        return above and not _OF_A_COLUMN.search(text)


def _states(note: str) -> bool:
    """Whether a note states a unit of money, or that counts are in thousands."""
    return bool(money_units(note)) or counts_in_sizes(note) or is_other_money(note)


def title_in(cell: Cell) -> Title | None:
    """The title of a report that a cell holds."""
    if "公" not in cell.text or not ("报" in cell.text or "報" in cell.text):
        return None
    return parse_title(line_of(cell.text, cell.where))


def outline_of(document: Document) -> Outline:
    """What a reader sees of a document. Everything is looked for when it is first asked for."""
    return Outline(document)


@dataclass(frozen=True)
class Outline:
    """A document's blocks and lines in reading order, and what they are."""

    document: Document

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        return lines_of(self.document.blocks)

    @cached_property
    def titles(self) -> Mapping[int, Title]:
        """Every title of a report, each by the number of its line; links of a list among them."""
        return titles_in(self.lines)

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        titles = {self.lines[at].block: title for at, title in self.titles.items()}
        blocks: list[Block] = []
        end = 0
        for at, block in enumerate(self.document.blocks):
            start = end
            while end < len(self.lines) and self.lines[end].block == at:
                end += 1
            lines = self.lines[start:end]
            words = "" if isinstance(block, Grid) else "".join(line.words for line in lines)
            section = lines[0].section if lines else 0
            blocks.append(Block(block, words, range(start, end), section, titles.get(at)))
        return tuple(blocks)

    @cached_property
    def prose(self) -> Prose:
        """All prose, long cells of tables included."""
        return Prose(tuple(line for line in self.lines if line.prose))

    @cached_property
    def periods(self) -> tuple[Period, ...]:
        return tuple(periods_of(self.prose))

    @cached_property
    def spoken(self) -> tuple[Spoken, ...]:
        """The years that its sentences speak of, one for each sentence."""
        titles = {self.lines[at] for at in self.titles}
        return tuple(spoken_years(self.prose, titles))

    @cached_property
    def opening(self) -> int:
        """How many lines stand above the first section and up to the first table of figures."""
        tables = (at for at, block in enumerate(self.blocks) if block.holds_figures)
        last = next(tables, len(self.blocks))
        for at, line in enumerate(self.lines):
            if line.heads(1) or line.block > last or at == _MOST_TITLE_LINES:
                return at
        return len(self.lines)

    @cached_property
    def page_titles(self) -> Mapping[int, Title]:
        """The titles of the page itself: no links of a list."""
        return {at: title for at, title in self.titles.items() if not title.entry}

    @cached_property
    def later_titles(self) -> tuple[Title, ...]:
        """The titles below the first section or the first table of figures."""
        return tuple(title for at, title in self.page_titles.items() if at >= self.opening)

    @cached_property
    def own_titles(self) -> tuple[Title, ...]:
        """The titles above the first section and table; those further down if none stands there."""
        above = [title for at, title in self.page_titles.items() if at < self.opening]
        return tuple(above) or self.later_titles

    @cached_property
    def heading(self) -> tuple[Line, ...]:
        """The parts of the heading that the file declares: `title - column - site`."""
        parts = re.split(r"\s[-–—]\s|[_|>»｜]|[-–—]{1,2}(?!\d)", self.document.heading)
        lines = (line_of(part, "heading") for part in parts if len(part) <= _LONGEST_PART)
        return tuple(line for line in lines if line.words)

    @cached_property
    def heading_titles(self) -> tuple[Title, ...]:
        """The titles of reports among the parts of the declared heading."""
        return tuple(title for title in map(parse_title, self.heading) if title)

    @cached_property
    def own_title(self) -> Title | None:
        """The printed title of the report itself."""
        if len(self.own_titles) < 2:
            return next(iter(self.own_titles), None)
        years = self.periods[0].plausible_years if self.periods else ()
        return choose_title(self.own_titles, self.heading_titles, years)

    @cached_property
    def below_title(self) -> int:
        """The number of the prose's first line below the title."""
        return self.prose.below(folded(self.own_title.text)) if self.own_title else 0

    @cached_property
    def announced(self) -> tuple[Title, ...]:
        """The reports that the preface names, between the title and the first section.

        A page without a preface may announce its report at the head of the first section.
        """
        prose = self.prose
        start = prose.starts[self.below_title]
        first = next((n for n, line in enumerate(prose.lines) if line.heads(1)), None)
        limit = min(start + _LONGEST_PREFACE, len(prose.text))
        end = limit if first is None else prose.starts[first]
        short = first is not None and end - start < _SHORTEST_PREFACE
        return tuple(announced(prose, start, end, limit if short else end))

    @property
    def title(self) -> str:
        """The report's printed title without spaces, else the one declared, else empty."""
        title = self.own_title or next(iter(self.heading_titles), None)
        return title.text if title else ""

    @cached_property
    def years(self) -> frozenset[int]:
        """The years that titles name, that periods begin in, or that the prose speaks of most.

        Beside such years that of the preface; alone it may be of a link in a list.
        """
        titles = self.page_titles.values()
        named = {year for title in titles for year in (title.year, *title.years) if year}
        named |= {p.years[0] for p in self.periods if p.first == (1, 1)}
        named |= {title.year for title in self.announced if title.year and named}
        times = Counter(spoken.year for spoken in self.spoken)
        most = [year for year, count in times.items() if count == max(times.values())]
        if len(most) == 1 and (not named or times[most[0]] > 1):
            named |= {*most}
        return frozenset(named)

    @cached_property
    def organs(self) -> tuple[str, ...]:
        """The organs and places that the titles of the page name."""
        names = (title.name for title in self.page_titles.values())
        return tuple(name for name in names if kind_of(name) or name.endswith(_PLACES))

    @cached_property
    def unit_notes(self) -> tuple[str, ...]:
        """The captions and notes that state a unit for tables: 单位：千元, 注：单位为万件."""
        return tuple(note for block in self.blocks for note in block.unit_notes if _states(note))

    @cached_property
    def between_tables(self) -> Mapping[int, tuple[Block, ...]]:
        """For each table, by its ordinal from 1, the paragraphs between it and the one before."""
        tables = [at for at, block in enumerate(self.blocks) if block.is_table]
        after = [0, *(at + 1 for at in tables)]
        return {n: self.blocks[after[n - 1] : at] for n, at in enumerate(tables, 1)}
