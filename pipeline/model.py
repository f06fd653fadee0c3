"""The nouns: what a file says (Document, Grid, Cell) and what a report states (Fact, Finding)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from pipeline.doubt import Doubt, Kind, Severity, Verdict


class Layout(StrEnum):
    """How much of a table's geometry the file has kept."""

    RULED = "ruled"  # rows, columns and spans are known
    ROWS = "rows"  # cells are grouped into rows; spans are lost, so `col` is an ordinal
    STREAM = "stream"  # cells in reading order only; every cell stands in a row of its own


class Status(StrEnum):
    """What stands in a cell."""

    NUMBER = "number"
    ZERO = "zero"
    BLANK = "blank"
    DASH = "dash"
    TEXT = "text"
    UNREADABLE = "unreadable"
    DERIVED = "derived"
    REPAIRED = "repaired"


class ZeroBasis(StrEnum):
    """What a blank, a dash or a 0 rests on."""

    PRINTED = "printed"
    IMPLIED = "implied"  # the sums leave no room for anything else
    ASSUMED = "assumed"  # the sums hold if it is 0, and would hold with nothing else known
    UNKNOWN = "unknown"


class Scope(StrEnum):
    """Whose figures a report gives."""

    OWN_ORGAN = "own_organ"
    LEVEL_AGGREGATE = "level_aggregate"
    REGION_AGGREGATE = "region_aggregate"
    UNKNOWN = "unknown"


class UnitSource(StrEnum):
    """Where the unit of an amount of money was found."""

    CELL = "cell"
    HEADER = "header"
    NOTE = "note"
    INFERRED = "inferred"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """One printed cell; `where` leads back to it on the page. Two blanks are two cells.

    `doubts` are what its reader saw beside plain text; a cell without any is one run of it.
    """

    text: str
    row: int
    col: int
    rowspan: int = 1
    colspan: int = 1
    where: str = ""
    doubts: tuple[Kind, ...] = ()


_COL = attrgetter("col")


@dataclass(frozen=True, slots=True)
class Grid:
    """One printed table. Every printed cell stands once in `cells`, in reading order."""

    cells: tuple[Cell, ...]
    layout: Layout = Layout.RULED
    where: str = ""

    def by_row(self) -> dict[int, tuple[Cell, ...]]:
        """For each row the cells that cross it, left to right, a merged cell once a row."""
        crossing: dict[int, list[Cell]] = {}
        for cell in self.cells:
            for row in range(cell.row, cell.row + cell.rowspan):
                crossing.setdefault(row, []).append(cell)
        return {row: tuple(sorted(crossing[row], key=_COL)) for row in sorted(crossing)}

    def rows(self) -> Iterable[tuple[Cell, ...]]:
        """The cells of each row, from the top."""
        return self.by_row().values()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A run of prose as printed, white space trimmed."""

    text: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """A broken rule or an unreadable place. `cells` are keys of facts."""

    check: str
    verdict: Verdict
    severity: Severity
    message: str
    cells: tuple[str, ...] = ()
    where: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read: paragraphs and grids in reading order, nothing interpreted.

    `heading` is the title the file itself declares outside its text (HTML `<title>`), if any.
    `doubts` are about places the reader could not read.
    """

    file: str
    format: str
    blocks: tuple[Paragraph | Grid, ...]
    heading: str = ""
    doubts: tuple[Doubt, ...] = ()

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Paragraph))

    @property
    def grids(self) -> tuple[Grid, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Grid))


@lru_cache(maxsize=10_000)
def cell_key(concept: str, applicant: str, period: str) -> str:
    """`concept`, `concept/applicant` or `concept@period`."""
    key = f"{concept}/{applicant}" if applicant else concept
    return f"{key}@{period}" if period else key


class Fact(NamedTuple):  # for there are hundreds of them a report
    """One cell of a form as the report fills it: concept × applicant (× period) = value in unit."""

    form: str
    table: str
    concept: str
    applicant: str
    text: str
    status: Status
    value: Decimal | None = None
    unit: str = ""
    amount_yuan: Decimal | None = None
    unit_source: UnitSource | None = None
    zero_basis: ZeroBasis | None = None
    period: str = ""
    where: str = ""
    flags: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """How findings name this cell."""
        return cell_key(self.concept, self.applicant, self.period)


@dataclass(frozen=True, slots=True)
class NarrativeFigure:
    """A figure stated in prose. `start` and `end` are offsets of the numeral in `sentence`.

    `qualifier` is exact, at_least or approx; `scope` is whose figure the sentence says it is, the
    organ's own or that of the whole area, `year` the year that it names before the figure, if it
    does; `category` is the name of a list item without 公开 and 类, and empty for a total.
    """

    concept: str
    category: str
    value: Decimal
    unit: str
    qualifier: str
    sentence: str
    start: int
    end: int
    where: str = ""
    doubts: tuple[Kind, ...] = ()
    scope: Scope = Scope.UNKNOWN
    year: int | None = None

    @property
    def flags(self) -> tuple[str, ...]:
        """What is doubted of it, as findings and tables name it."""
        return tuple(kind.flag for kind in self.doubts)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why an identity field has its value: the rule that found it and the words it found."""

    field: str
    value: str
    method: str
    text: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who reports, where, on which year, for whom; each with its evidence.

    `organ` is the full canonical name; `region_code` has 6 or 9 digits or is empty;
    `organ_type` is one of `reference/organ_types.csv`.
    """

    organ: str
    organ_type: str
    region_code: str
    report_year: int | None
    scope: Scope
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """One organ's annual report for one year and scope, as one file gives it."""

    file: str
    format: str
    title: str
    identity: Identity
    facts: tuple[Fact, ...]
    narrative: tuple[NarrativeFigure, ...] = ()
    findings: tuple[Finding, ...] = ()
    forms: tuple[str, ...] = field(default=())
