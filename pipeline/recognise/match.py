"""What the recogniser makes: matches, and one form's reading of a document on the way to them."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.forms import Sheet
from pipeline.model import Cell, Finding, Layout, Severity, Verdict, cell_key
from pipeline.recognise.lines import Line

NO_COLUMN = -1  # the place of the heading that a header lacks


@dataclass(frozen=True, slots=True)
class Match:
    """One printed cell tied to one cell of a form, with what its column, row and notes say.

    `words` are those that name it: the label of its row and the heading of its column, as printed.
    """

    form: str
    table: str
    concept: str
    applicant: str
    cell: Cell
    unit: str
    kind: str
    note: str
    readable: bool
    flags: tuple[str, ...]
    period: str
    printed_unit: str
    sheet: str
    column: Cell
    row: str
    layout: Layout
    words: str

    @property
    def slot(self) -> tuple[str, str, str]:
        return self.concept, self.applicant, self.period

    @property
    def key(self) -> str:
        """How findings name the cell; the same as the key of its fact."""
        return cell_key(*self.slot)


@dataclass(slots=True)
class Block:
    """A run of rows under one header of one sheet."""

    sheet: Sheet
    header: list[Line]
    body: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class Reading:
    form: str
    slots: dict[str, int]
    matches: list[Match] = field(default_factory=list)
    doubts: list[tuple[str, Finding]] = field(default_factory=list)
    explained: set[Line] = field(default_factory=set)
    lines: tuple[Line, ...] = ()
    loose: list[tuple[Block, list[str], Line]] = field(default_factory=list)


def finding_at(check: str, severity: Severity, message: str, line: Line) -> Finding:
    return Finding(check, Verdict.FAIL, severity, message, (), line.where)
