"""Rival readings → one match for each cell of a form.

A printed cell is in one slot of one form, and a slot has one printed cell. Where readings or copies
of a table compete, the better one is kept by the rules here; where none is better, nothing is
chosen and the doubt names both.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Mapping, Sequence
from dataclasses import dataclass

from pipeline import doubt
from pipeline.doubt import Doubt
from pipeline.forms import Slot
from pipeline.model import Cell, Document
from pipeline.recognise import Match, PrintedRow, Reading, doubted, lonely_blanks, runs_on
from pipeline.text import is_numeral, label, parse_value


@dataclass(frozen=True, slots=True)
class Settled:
    """The matches of a document in reading order, each slot once, and what is doubted beside them.

    `unmatched` are rows with figures that are in no form; `partial` the tables that print such
    rows: their sums are not those of the rows that are known.
    """

    matches: tuple[Match, ...]
    doubts: tuple[Doubt, ...]
    forms: tuple[str, ...]
    unmatched: tuple[PrintedRow, ...]
    partial: frozenset[str]


def settled(
    document: Document, readings: Sequence[Reading], foreign: Container[object] = frozenset()
) -> Settled:
    """One match for each slot. `foreign` are cells that may be of another year or organ."""
    grids = {cell: at for at, grid in enumerate(document.grids, start=1) for cell in grid.cells}
    order = {cell: at for at, cell in enumerate(grids)}
    # A cell that was parted from a label stands where both are printed.
    parted = {m.cell for r in readings for m in r.matches if m.cell not in order}
    if parted:
        places = {cell.where: cell for cell in grids}
        printed = {cell: places[cell.where] for cell in parted if cell.where in places}
        order |= {cell: order[at] for cell, at in printed.items()}
        grids |= {cell: grids[at] for cell, at in printed.items()}
    forms, doubts = _form_of_each_table(readings)
    matches = [m for r in readings for m in r.matches if forms.get(m.table) == r.form.id]
    matches, contested = _one_sheet_a_column(matches)
    kept = {(match.form, match.table) for match in matches}
    doubts += [d for r in readings for table, d in r.doubts if (r.form.id, table) in kept]
    matches.sort(key=lambda match: order.get(match.cell, len(order)))
    matches = _one_slot_a_cell(_one_cell_a_slot(matches, foreign, grids))
    if lonely := lonely_blanks(matches):
        matches = doubted(matches, Doubt(doubt.LONE_BLANK), lambda m: m.row.id in lonely)
    used = tuple(sorted({match.form for match in matches}))
    unmatched = _unmatched(readings, used)
    loose = {row.table for row in unmatched}
    partial = frozenset(match.table for match in matches if grids.get(match.cell) in loose)
    said = ((f"row `{row.printed}` is in no form", row.where) for row in unmatched)
    doubts += [*contested, *(Doubt(doubt.UNMATCHED, *words) for words in said)]
    return Settled(tuple(matches), tuple(doubts), used, unmatched, partial)


# The form of a table


def _form_of_each_table(readings: Sequence[Reading]) -> tuple[dict[str, str], list[Doubt]]:
    """For each table the form that fills most of its cells and leaves fewest of them empty.

    Of forms that give every cell the same meaning one that other tables are on is taken. A table
    of which nothing is read goes to the form that the tables beside it are on.
    """
    chosen: dict[str, str] = {}
    tied: dict[str, list[str]] = {}
    unread: dict[str, dict[str, tuple[float, ...]]] = {}
    of_table: dict[str, dict[str, list[Match]]] = {}
    for reading in readings:
        for match in reading.matches:
            of_table.setdefault(match.table, {}).setdefault(reading.form.id, []).append(match)
    doubts = []
    for table in sorted(of_table):
        scores = {form: _score(matches) for form, matches in of_table[table].items()}
        best = max(scores.values())
        winners = [form for form, score in scores.items() if score == best]
        if not best[0]:
            unread[table] = scores
        elif len(winners) == 1:
            chosen[table] = winners[0]
        elif len({frozenset((m.slot, m.cell) for m in of_table[table][f]) for f in winners}) > 1:
            names = " and ".join(winners)
            words = (
                f"table {table} fits {names} equally well and they give its cells other meanings"
            )
            doubts.append(Doubt(doubt.TEMPLATE, words))
        else:
            tied[table] = winners
    for table, winners in tied.items():
        votes = [form for form in chosen.values() if form in winners]
        chosen[table] = max(winners, key=lambda form: (votes.count(form), form))
    sheet_of = {t: list(forms.values())[-1][-1].row.sheet.id for t, forms in of_table.items()}
    for table, scores in unread.items():
        beside = [form for other, form in chosen.items() if sheet_of[other] == sheet_of[table]]
        found = {f: _labelled(of_table[table][f]) for f in scores}
        chosen[table] = max(
            scores, key=lambda f: (beside.count(f), scores[f][:-1], found[f], scores[f][-1], f)
        )
    return chosen, doubts


def _score(matches: Sequence[Match]) -> tuple[float, ...]:
    """Cells read, cells under a header, cells found at all, and the fewer left out the better.

    Where nothing is read, the form of whose columns the header names the greater share is first.
    """
    readable: set[Slot] = set()
    named: set[Slot] = set()
    headless: set[Slot] = set()
    nameless = 0
    for match in matches:
        kinds = [known.kind for known in match.doubts]
        if match.readable:
            readable.add(match.slot)
        if doubt.ROW_LABEL not in kinds:
            named.add(match.slot)
        if doubt.HEADER in kinds:
            headless.add(match.slot)
        nameless += match.column is None
    size = matches[0].row.sheet.sizes[matches[0].table]
    share = 1 - (0 if readable else nameless) / len(matches)
    return len(readable), share, len(named - headless), len(named), len(named) - size


def _labelled(matches: Sequence[Match]) -> int:
    """How many cells are of rows whose label is printed in the row that was found for them."""
    rows = [(match.row.heading, match.row.printed.labels) for match in matches]
    return sum(not heading.labels.isdisjoint(labels) for heading, labels in rows if heading)


# The sheet of a column


def _one_sheet_a_column(matches: list[Match]) -> tuple[list[Match], list[Doubt]]:
    """Where unlike tables of two forms share a column's header, the one that explains more has it.

    Forms of different years share words of rows; a printed column belongs to one of them.
    """
    weights: dict[Cell, dict[str, int]] = {}
    for match in matches:
        weight = weights.setdefault(_column(match), {})
        sheet = match.row.sheet.id
        weight[sheet] = weight.get(sheet, 0) + match.readable
    winners: dict[Cell, str] = {}
    doubts: list[Doubt] = []
    for column, weight in weights.items():
        best, *others = sorted(weight, key=lambda sheet: -weight[sheet])
        rivals = [sheet for sheet in others if weight[sheet] == weight[best]]
        winners[column] = "" if rivals else best
        if rivals:
            names = " and ".join(sorted([best, *rivals]))
            words = f"column `{column.text}` fits {names} equally well, and they mean other things"
            doubts.append(Doubt(doubt.TEMPLATE, words))
    return [m for m in matches if winners[_column(m)] == m.row.sheet.id], doubts


def _column(match: Match) -> Cell:
    """The header cell; of a row under none its first cell stands for it."""
    return match.column or match.row.printed.cells[0]


# The cell of a slot


def _one_cell_a_slot(
    matches: Sequence[Match], foreign: Container[object], grids: Mapping[Cell, int]
) -> list[Match]:
    """A cell printed twice is kept once; where the two differ neither is believed.

    One that stands under words of another year or organ, in a copy of the form that nobody has
    filled in, or in another table whose header is not understood, counts only where no other does.
    """
    by_place: dict[Slot, list[Match]] = {}
    for match in matches:
        by_place.setdefault(match.slot, []).append(match)
    if len(by_place) == len(matches):
        return list(matches)
    filled = {grids.get(match.cell) for match in matches if is_numeral(match.text)}
    kept: list[Match] = []
    for rivals in by_place.values():
        own = [m for m in rivals if m.cell not in foreign] or rivals
        own = [m for m in own if grids.get(m.cell) in filled or not m.readable] or own
        read = {grids.get(match.cell) for match in own if match.readable}
        own = [m for m in own if m.readable or not read or grids.get(m.cell) in read]
        first = own[0]
        if _differ([match.text for match in own]):
            texts = " and ".join(f"`{match.text}` at {match.cell.where}" for match in own)
            twice = Doubt(doubt.RIVALS, f"printed twice: {texts}")
            first = first._replace(readable=False, doubts=(*first.doubts, twice))
        kept.append(first)
    return kept


def _differ(texts: Sequence[str]) -> bool:
    """Whether cells say different numbers, units or words; a unit differs from none in nothing."""
    if len(set(texts)) == 1:
        return False
    values = [parse_value(text) for text in texts]
    said = {
        label(text) if value.value is None else value.value
        for text, value in zip(texts, values, strict=True)
    }
    return len(said) > 1 or len({value.unit for value in values if value.unit}) > 1


def _one_slot_a_cell(matches: Sequence[Match]) -> list[Match]:
    """A printed number that stands for several slots at once (merged over rows) is none of them."""
    by_cell: dict[Cell, list[Match]] = {}
    for match in matches:
        if match.readable and is_numeral(match.text):
            by_cell.setdefault(match.cell, []).append(match)
    merged: dict[int, Doubt] = {}
    for cell, rivals in by_cell.items():
        if len(rivals) > 1:
            keys = ", ".join(match.key for match in rivals)
            shared = Doubt(doubt.MERGED, f"one printed `{cell.text}` stands for {keys}", cell.where)
            merged |= dict.fromkeys(map(id, rivals), shared)
    return [
        match._replace(readable=False, doubts=(*match.doubts, merged[id(match)]))
        if id(match) in merged
        else match
        for match in matches
    ]


# Rows of no form


def _unmatched(readings: Sequence[Reading], used: Collection[str]) -> tuple[PrintedRow, ...]:
    """Rows with numbers, in grids that hold form tables, that no chosen form explained.

    A label merged over several rows does not explain them: their numbers count.
    """
    chosen = [reading for reading in readings if reading.form.id in used]
    explained = {cell for r in chosen for row in r.explained for cell in row.cells}
    labels = tuple(t for r in chosen for sheet in r.form.sheets for t in sheet.row_headings)
    rows = readings[0].rows if readings else ()
    return tuple(row for row in rows if _has_lost_figure(row, explained, labels))


def _has_lost_figure(row: PrintedRow, explained: Collection[Cell], labels: tuple[str, ...]) -> bool:
    """Whether a row has figures of which none is explained, or one behind its label."""
    if row.has_numeral:
        return not any(cell in explained for cell in row.cells if is_numeral(cell.text))
    cells = [cell for cell in row.cells if cell not in explained]
    return any(runs_on(label(cell.text), labels) for cell in cells)
