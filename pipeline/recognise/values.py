"""Matches → facts: the number in its unit, and for money where the unit comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from pipeline.model import Fact, Status, UnitSource
from pipeline.recognise import Match
from pipeline.text import (
    YUAN,
    Value,
    has_sign,
    is_numeral,
    label,
    money_unit,
    money_units,
    parse_value,
    plain_unit,
    trimmed,
)

_SHARE = re.compile("[%％]|占比|比例|比重|增幅|增长率")

# S2-19-PROC-MEAN: what one procurement project plausibly costs, in yuan.
PLAUSIBLE_MEAN = (Decimal(100), Decimal(10_000_000))


def fact(match: Match) -> Fact:
    """The fact a matched cell states. Cells that could not be placed keep their row, unread."""
    text = trimmed(match.cell.text).replace("\n", "")
    base = Fact(
        match.form,
        match.table,
        match.concept,
        match.applicant,
        text,
        Status.UNREADABLE,
        period=match.period,
        where=match.cell.where,
        flags=match.flags,
    )
    if not match.readable:
        return base
    value = parse_value(match.cell.text)
    read = replace(base, status=value.status, value=value.value, flags=match.flags + value.flags)
    if is_numeral(match.printed_unit):
        read = replace(read, flags=(*read.flags, "read:row_length"))  # 3 | (blank): which is it
    if value.value is None:
        return read
    return _money(read, value, match) if match.kind == "money" else _count(read, value, match)


def _count(read: Fact, value: Value, match: Match) -> Fact:
    flags = read.flags
    if match.kind != "signed" and has_sign(read.text):
        flags = (*flags, "read:sign")
    printed = plain_unit(match.printed_unit)
    money = value.unit in YUAN or printed in YUAN
    money = money or bool(money_unit(match.words) or money_unit(match.cell.text))
    if money or _SHARE.search(match.words) or (label(match.printed_unit) and not printed):
        flags = (*flags, "read:unit")
    return replace(read, unit=printed or match.unit, flags=flags)


def _money(read: Fact, value: Value, match: Match) -> Fact:
    if value.unit and value.unit not in YUAN:
        read = replace(read, flags=(*read.flags, "read:unit"))
    if has_sign(read.text):
        read = replace(read, flags=(*read.flags, "read:sign"))
    amount = read.value or Decimal(0)
    stated = list(_stated_units(value, match))
    if not stated:
        if amount == 0:
            return replace(read, amount_yuan=Decimal(0))
        flags = (*read.flags, "source:unit_unknown")
        return replace(read, unit_source=UnitSource.UNKNOWN, flags=flags)
    unit, source = stated[0]
    conflict = amount != 0 and any(other != unit for other, _ in stated)
    flags = (*read.flags, "source:unit_conflict") if conflict else read.flags
    return replace(
        read, unit=unit, amount_yuan=amount * YUAN[unit], unit_source=source, flags=flags
    )


def _stated_units(value: Value, match: Match) -> Iterator[tuple[str, UnitSource]]:
    """Every unit of money that is printed for a cell, the nearest first."""
    near = (value.unit if value.unit in YUAN else "", money_unit(match.cell.text))
    far = (plain_unit(match.printed_unit), *money_units(match.words))
    yield from ((unit, UnitSource.CELL) for unit in near if unit)
    yield from ((unit, UnitSource.HEADER) for unit in far if unit in YUAN)
    if match.note:
        yield match.note, UnitSource.NOTE


def with_inferred_units(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """Fill a missing unit of procurement where only one unit gives a plausible mean per project.

    The rule is S2-19-PROC-MEAN: 100 to 10 000 000 yuan a project. Inferred units stay flagged.
    """
    projects = next((f.value for f in facts if f.concept == "procurement_projects"), None)
    return tuple(
        _inferred(fact, projects)
        if fact.concept == "procurement_amount" and fact.unit_source is UnitSource.UNKNOWN
        else fact
        for fact in facts
    )


def _inferred(fact: Fact, projects: Decimal | None) -> Fact:
    if not projects or fact.value is None:
        return fact
    low, high = PLAUSIBLE_MEAN
    means = {unit: fact.value * YUAN[unit] / projects for unit in ("元", "万元")}
    fitting = [unit for unit, mean in means.items() if low <= mean <= high]
    if len(fitting) != 1:
        return fact
    unit = fitting[0]
    return replace(
        fact,
        unit=unit,
        amount_yuan=fact.value * YUAN[unit],
        unit_source=UnitSource.INFERRED,
        flags=(*(f for f in fact.flags if f != "source:unit_unknown"), "source:unit_inferred"),
    )
