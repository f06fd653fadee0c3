"""Grids + forms → Matches: printed rows and columns tied to the rows and columns of a form.

Every form reads the document on its own; for each table the form that explains it best is kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.forms import Form, load_forms
from pipeline.model import Cell, Document, Finding, Severity, Verdict
from pipeline.recognise.binding import read_with
from pipeline.recognise.lines import Line, known_lines, runs_on
from pipeline.recognise.match import NO_COLUMN, Match, Reading
from pipeline.text import is_numeral, label, parse_value

__all__ = ["Match", "Recognition", "recognise"]


@dataclass(frozen=True, slots=True)
class Recognition:
    """The matches of a document in reading order, the forms used, and what remained unmatched.

    `partial` are the tables that print rows with figures that are in no form: their sums are not
    those of the rows that are known.
    """

    matches: tuple[Match, ...]
    forms: tuple[str, ...]
    findings: tuple[Finding, ...]
    unmatched: tuple[Line, ...] = ()
    partial: frozenset[str] = frozenset()


def recognise(
    document: Document,
    forms: Sequence[Form] | None = None,
    foreign: Collection[Cell] = frozenset(),
) -> Recognition:
    """Tie every table of a document to the form that explains it best.

    `foreign` are cells, without their text, that may be of another year or organ: they are no
    rivals of others.
    """
    every = forms or load_forms()
    known = known_lines(document)
    readings = [
        read_with(form, document, [other for other in every if other is not form], known)
        for form in every
    ]
    chosen, findings = _choose(readings)
    matches: list[Match] = []
    for reading in readings:
        matches += [match for match in reading.matches if chosen.get(match.table) == reading.form]
    matches, contested = _settle_claims(matches)
    kept = {(match.form, match.table) for match in matches}
    for reading in readings:
        findings += [doubt for table, doubt in reading.doubts if (reading.form, table) in kept]
    order = {cell: i for i, cell in enumerate(_cells_in_order(document))}
    matches.sort(key=lambda match: order.get(match.cell, len(order)))
    grids = {cell: n for n, grid in enumerate(document.grids, start=1) for cell in grid.cells}
    matches, rivals = _settle_rivals(matches, foreign, grids)
    matches, shared = _settle_shared(matches)
    used = tuple(sorted({match.form for match in matches}))
    unmatched = _unmatched(readings, every, used)
    findings += contested + rivals + shared + [_unmatched_finding(line) for line in unmatched]
    loose = {line.table for line in unmatched}
    partial = frozenset(match.table for match in matches if grids.get(match.cell) in loose)
    return Recognition(tuple(matches), used, tuple(findings), unmatched, partial)


def _choose(readings: Sequence[Reading]) -> tuple[dict[str, str], list[Finding]]:
    """For each table the form that fills most of its cells and leaves fewest of them empty.

    A table of which nothing is read goes to the form that the tables beside it are on.
    """
    chosen: dict[str, str] = {}
    tied: dict[str, list[Reading]] = {}
    unread: dict[str, dict[str, tuple[float, ...]]] = {}
    sheets = {match.table: match.sheet for reading in readings for match in reading.matches}
    for table in sorted(sheets):
        scores = {
            r.form: _score(r, table) for r in readings if any(m.table == table for m in r.matches)
        }
        best = max(scores.values())
        winners = [r for r in readings if scores.get(r.form) == best]
        if not best[0]:
            unread[table] = scores
        elif len(winners) == 1:
            chosen[table] = winners[0].form
        else:
            tied[table] = winners
    findings = []
    for table, winners in tied.items():
        if len({_assignment(r, table) for r in winners}) > 1:
            names = " and ".join(r.form for r in winners)
            message = (
                f"table {table} fits {names} equally well and they give its cells other meanings"
            )
            findings.append(Finding("M-TEMPLATE", Verdict.FAIL, Severity.ERROR, message))
            continue
        votes = [form for form in chosen.values() if form in {r.form for r in winners}]
        chosen[table] = max((r.form for r in winners), key=lambda form: (votes.count(form), form))
    for table, scores in unread.items():
        beside = [form for other, form in chosen.items() if sheets[other] == sheets[table]]
        chosen[table] = max(scores, key=lambda form: (beside.count(form), scores[form], form))
    return chosen, findings


def _score(reading: Reading, table: str) -> tuple[float, ...]:
    """Cells read, cells under a header, cells found at all, and the fewer left out the better.

    Where nothing is read, the form of whose columns the header names the greater share is first.
    """
    mine = [match for match in reading.matches if match.table == table]
    readable = {match.slot for match in mine if match.readable}
    found = {match.slot for match in mine if "read:row_label" not in match.flags}
    headless = {match.slot for match in mine if "read:header" in match.flags}
    nameless = 0 if readable else sum(match.column.col == NO_COLUMN for match in mine)
    named = 1 - nameless / len(mine)
    whole = len(found - headless)
    return len(readable), named, whole, len(found), len(found) - reading.slots[table]


def _assignment(reading: Reading, table: str) -> frozenset[tuple[str, str, str, Cell]]:
    return frozenset((*m.slot, m.cell) for m in reading.matches if m.table == table)


def _cells_in_order(document: Document) -> list[Cell]:
    return [cell for grid in document.grids for cell in grid.cells]


def _settle_rivals(
    matches: list[Match], foreign: Collection[Cell], grids: Mapping[Cell, int]
) -> tuple[list[Match], list[Finding]]:
    """A cell printed twice is kept once; where the two differ neither is believed.

    One that stands under words of another year or organ, in a copy of the form that nobody has
    filled in, or in another table whose header is not understood, counts only where no other does.
    """
    filled = {grids.get(match.cell) for match in matches if is_numeral(match.cell.text)}
    by_slot: dict[tuple[str, str, str], list[Match]] = {}
    for match in matches:
        by_slot.setdefault(match.slot, []).append(match)
    kept: list[Match] = []
    findings: list[Finding] = []
    for several in by_slot.values():
        own = [m for m in several if not foreign or replace(m.cell, text="") not in foreign]
        same = own or several
        same = [m for m in same if grids.get(m.cell) in filled or not m.readable] or same
        read = {grids.get(m.cell) for m in same if m.readable}
        same = [m for m in same if m.readable or not read or grids.get(m.cell) in read]
        first = same[0]
        if _differ([match.cell.text for match in same]):
            texts = " and ".join(f"`{m.cell.text}` at {m.cell.where}" for m in same)
            message = f"printed twice: {texts}"
            findings.append(
                Finding("read_rivals", Verdict.FAIL, Severity.ERROR, message, (first.key,))
            )
            first = replace(first, readable=False, flags=(*first.flags, "read:rivals"))
        kept.append(first)
    return kept, findings


def _differ(texts: Sequence[str]) -> bool:
    """Whether cells say different numbers, units or words; a unit differs from none in nothing."""
    values = [parse_value(text) for text in texts]
    said = {
        label(text) if value.value is None else value.value
        for text, value in zip(texts, values, strict=True)
    }
    return len(said) > 1 or len({value.unit for value in values if value.unit}) > 1


def _settle_claims(matches: list[Match]) -> tuple[list[Match], list[Finding]]:
    """Where unlike tables of two forms share a column's header, the one that explains more has it.

    Forms of different years share words of rows; a printed column belongs to one of them.
    """
    weights: dict[Cell, Counter[str]] = {}
    for match in matches:
        weights.setdefault(match.column, Counter())[match.sheet] += match.readable
    winners: dict[Cell, str] = {}
    findings: list[Finding] = []
    for column, weight in weights.items():
        (best, most), *others = weight.most_common()
        rivals = [sheet for sheet, count in others if count == most]
        winners[column] = "" if rivals else best
        if rivals:
            names = " and ".join(sorted([best, *rivals]))
            message = (
                f"column `{column.text}` fits {names} equally well, and they mean other things"
            )
            findings.append(Finding("M-TEMPLATE", Verdict.FAIL, Severity.ERROR, message))
    return [match for match in matches if winners[match.column] == match.sheet], findings


def _settle_shared(matches: list[Match]) -> tuple[list[Match], list[Finding]]:
    """A printed number that stands for several cells at once (merged over rows) is none of them."""
    by_cell: dict[Cell, list[Match]] = {}
    for match in matches:
        if match.readable and is_numeral(match.cell.text):
            by_cell.setdefault(match.cell, []).append(match)
    findings: list[Finding] = []
    shared: set[tuple[str, str, str]] = set()
    for cell, several in by_cell.items():
        if len(several) > 1:
            keys = tuple(match.key for match in several)
            message = f"one printed `{cell.text}` stands for {', '.join(keys)}"
            findings.append(
                Finding("read_merged", Verdict.FAIL, Severity.ERROR, message, keys, cell.where)
            )
            shared |= {match.slot for match in several}
    flagged = [
        replace(match, readable=False, flags=(*match.flags, "read:merged"))
        if match.slot in shared
        else match
        for match in matches
    ]
    return flagged, findings


def _unmatched(
    readings: Sequence[Reading], forms: Sequence[Form], used: tuple[str, ...]
) -> tuple[Line, ...]:
    """Rows with numbers, in grids that hold form tables, that no chosen form explained.

    A label merged over several rows does not explain them: their numbers count.
    """
    explained = {
        cell for r in readings if r.form in used for line in r.explained for cell in line.cells
    }
    sheets = [sheet for form in forms if form.id in used for sheet in form.sheets]
    names = tuple(text for sheet in sheets for row in sheet.rows for text in row.labels)
    lines = readings[0].lines if readings else ()
    return tuple(line for line in lines if _has_lost_figure(line, explained, names))


def _has_lost_figure(line: Line, explained: Collection[Cell], names: tuple[str, ...]) -> bool:
    """Whether a row has figures of which none is explained, or one behind its label."""
    if line.has_numeral:
        return not any(cell in explained for cell in line.cells if is_numeral(cell.text))
    cells = [cell for cell in line.cells if cell not in explained]
    return any(runs_on(label(cell.text), names) for cell in cells)


def _unmatched_finding(line: Line) -> Finding:
    message = f"row `{line.printed}` is in no form"
    return Finding(
        "read_unmatched", Verdict.NOT_ASSESSABLE, Severity.WARNING, message, (), line.where
    )
