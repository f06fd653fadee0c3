"""Matches → facts: the number in its unit, and for money where the unit comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from pipeline import doubt
from pipeline.doubt import Kind
from pipeline.model import Fact, Status, UnitSource, ZeroBasis
from pipeline.recognise.match import Match
from pipeline.text import (
    LARGEST,
    YUAN,
    Value,
    change_and_total,
    counts_in_sizes,
    has_sign,
    is_numeral,
    is_other_money,
    label,
    money_unit,
    money_units,
    parse_value,
    plain_unit,
    squeezed,
    trimmed,
)

_THREE_DECIMALS = re.compile(r"\.[0-9]{3}(?![0-9])")  # 12.000 may be twelve thousand
_SHARE = re.compile("[%％]|占比|比例|比重|增幅|增长率")

Stated = tuple[Fact, tuple[Kind, ...]]  # a fact without its flags, and what is doubted of it


def stated(match: Match) -> Stated:
    """The fact a matched cell states. Cells that could not be placed keep their row, unread."""
    text = _on_one_line(match.text)
    if not match.readable:
        return _fact(match, text, Status.UNREADABLE), ()
    value = parse_value(match.text)
    # 3 | (blank): which of the two is the figure and which the unit.
    doubts = (*match.cell.doubts, *value.doubts) if match.cell.doubts else value.doubts
    if match.row.unit and is_numeral(match.row.unit):
        doubts = (*doubts, doubt.ROW_LENGTH)
    kind = match.kind
    if change := change_and_total(text):
        if kind != "signed":
            return _fact(match, text, Status.TEXT), (*doubts, doubt.NOT_A_NUMBER)
        if _ends_in(match, *change):
            doubts = tuple(known for known in doubts if known is not doubt.NOTE)
    if value.value is None:
        return _fact(match, text, value.status), doubts
    if kind == "money":
        fact, doubts = _money(match, text, value, doubts)
    else:
        fact, doubts = _count(match, text, value, doubts, kind == "signed")
    if abs(value.value) >= LARGEST or abs(fact.amount_yuan or Decimal(0)) >= LARGEST:
        return _fact(match, text, Status.UNREADABLE), (*doubts, doubt.TOO_LARGE)
    return fact, doubts


def _ends_in(match: Match, change: Decimal, whole: Decimal) -> bool:
    """Whether the figure before the cell and its change make what the cell says there is now."""
    cells = match.row.printed.cells
    at = cells.index(match.cell) if match.cell in cells else 0
    before = parse_value(cells[at - 1].text).value if at else None
    return before is not None and before + change == whole


@lru_cache(maxsize=10_000)
def _on_one_line(text: str) -> str:
    return trimmed(text).replace("\n", "")


def _fact(
    match: Match,
    text: str,
    status: Status,
    value: Decimal | None = None,
    unit: str = "",
    amount: Decimal | None = None,
    source: UnitSource | None = None,
) -> Fact:
    table, concept, applicant, period = match.slot
    where = match.cell.where
    basis = ZeroBasis.PRINTED if status is Status.ZERO else None
    given = (text, status, value, unit, amount, source, basis, period, where)
    return Fact(match.form, table, concept, applicant, *given)


def _count(match: Match, text: str, value: Value, doubts: tuple[Kind, ...], signed: bool) -> Stated:
    if not signed and has_sign(text):
        doubts = (*doubts, doubt.SIGN)
    if _THREE_DECIMALS.search(squeezed(text)):
        doubts = (*doubts, doubt.SPLIT_DIGITS)
    beside = match.row.unit
    printed = plain_unit(beside) if beside else ""
    money = value.unit in YUAN or printed in YUAN or bool(money_units(match.text))
    sized = any(map(counts_in_sizes, match.row.notes))
    odd = sized or (beside and label(beside) and not printed)
    if money or odd or _names_no_count(match.words):
        doubts = (*doubts, doubt.UNIT)
    return _fact(match, text, value.status, value.value, printed or match.unit), doubts


@lru_cache(maxsize=10_000)
def _names_no_count(words: str) -> bool:
    """Whether the words of a row and its column name an amount of money, thousands or a share."""
    return bool(money_units(words) or _SHARE.search(words)) or counts_in_sizes(words)


def _money(match: Match, text: str, value: Value, doubts: tuple[Kind, ...]) -> Stated:
    if (value.unit and value.unit not in YUAN) or _names_other_money(match):
        doubts = (*doubts, doubt.UNIT)
    if has_sign(text):
        doubts = (*doubts, doubt.SIGN)
    amount = value.value or Decimal(0)
    units = list(_stated_units(value, match))
    if not units:
        if amount == 0:
            return _fact(match, text, value.status, value.value, "", Decimal(0)), doubts
        unknown = UnitSource.UNKNOWN
        fact = _fact(match, text, value.status, value.value, "", None, unknown)
        return fact, (*doubts, doubt.UNIT_UNKNOWN)
    unit, source = units[0]
    if amount != 0 and any(other != unit for other, _ in units):
        doubts = (*doubts, doubt.UNIT_CONFLICT)
    yuan = amount * YUAN[unit]
    return _fact(match, text, value.status, value.value, unit, yuan, source), doubts


def _stated_units(value: Value, match: Match) -> Iterator[tuple[str, UnitSource]]:
    """Every unit of money that is printed for a cell, the nearest first."""
    near = (value.unit if value.unit in YUAN else "", money_unit(match.text))
    far = (plain_unit(match.row.unit), *money_units(match.words))
    yield from ((unit, UnitSource.CELL) for unit in near if unit)
    yield from ((unit, UnitSource.HEADER) for unit in far if unit in YUAN)
    for note in match.row.notes:
        yield from ((unit, UnitSource.NOTE) for unit in money_units(note))


def _names_other_money(match: Match) -> bool:
    """Whether a unit that is no yuan stands in the cell, above or beside it."""
    printed = (match.text, match.row.unit, match.words, *match.row.notes)
    return any(map(is_other_money, printed))
