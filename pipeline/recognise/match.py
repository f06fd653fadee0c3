"""What the recogniser makes: printed cells tied to cells of a form, and one form's reading."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.doubt import Doubt
from pipeline.forms import Form, Heading, Sheet, Slot
from pipeline.model import Cell, cell_key
from pipeline.recognise.printed import PrintedRow


@dataclass(frozen=True, slots=True, eq=False)
class BoundRow:
    """A printed row that is a row of a form, and what it says for all of its cells.

    `heading` is None in a sheet whose rows have no labels. `unit` is the unit printed in the row,
    `notes` the texts beside the table that state units, `label` the row's words, `doubts` what is
    doubted of all of its cells, `above` the words of the header that name no one column.
    """

    form: Form
    sheet: Sheet
    heading: Heading | None
    printed: PrintedRow
    unit: str
    notes: tuple[str, ...]
    label: str
    doubts: tuple[Doubt, ...]
    above: str = ""

    @property
    def id(self) -> str:
        return self.heading.id if self.heading else self.sheet.id


class Match(NamedTuple):  # for there are hundreds of them a report, in several readings
    """One printed cell tied to one cell of a form.

    `text` is what it prints; of a row that could not be read (`readable` is False) the whole row.
    `column` is the header cell above it, None where there is none.
    """

    row: BoundRow
    slot: Slot
    heading: Heading
    column: Cell | None
    cell: Cell
    text: str
    readable: bool
    doubts: tuple[Doubt, ...] = ()

    @property
    def form(self) -> str:
        return self.row.form.id

    @property
    def table(self) -> str:
        return self.slot[0]

    @property
    def concept(self) -> str:
        return self.slot[1]

    @property
    def applicant(self) -> str:
        return self.slot[2]

    @property
    def key(self) -> str:
        """How findings name the cell; the same as the key of its fact."""
        return cell_key(*self.slot[1:])

    @property
    def words(self) -> str:
        """Those that name it: the label of its row and the heading of its column, as printed."""
        return f"{self.row.label} {self.column.text if self.column else ''}"

    @property
    def unit(self) -> str:
        """The unit that the form has for it."""
        row, sheet = self.row.heading, self.row.sheet
        return row.unit if row and row.unit else sheet.units.get(self.heading.id, sheet.unit)

    @property
    def kind(self) -> str:
        """count, signed or money."""
        row, sheet = self.row.heading, self.row.sheet
        return row.kind if row and row.unit else sheet.kinds.get(self.heading.id, "count")


def doubted(matches: Sequence[Match], known: Doubt, where: Callable[[Match], bool]) -> list[Match]:
    """The matches, with the doubt on those that it concerns."""
    return [
        match._replace(doubts=(*match.doubts, known)) if where(match) else match
        for match in matches
    ]


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """A run of rows under one header of one sheet."""

    sheet: Sheet
    header: list[PrintedRow]
    body: list[PrintedRow] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Reading:
    """One form's reading of a document: what it tied, and what it doubts of each table.

    `explained` are the rows that it took for something of the form.
    """

    form: Form
    rows: tuple[PrintedRow, ...]
    matches: tuple[Match, ...]
    doubts: tuple[tuple[str, Doubt], ...]
    explained: frozenset[PrintedRow]
