"""The forms' own sums laid over one table's cells: equations, derived totals, proved zeros."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from pipeline.forms import Form, Sum
from pipeline.model import Fact, Status, ZeroBasis

Pair = tuple[str, str]  # concept, applicant: a cell of one table and period
Facts = Mapping[Pair, Fact]

EMPTY = (Status.BLANK, Status.DASH)
PRINTED = (Status.NUMBER, Status.ZERO, Status.REPAIRED)


@dataclass(frozen=True, slots=True)
class Equation:
    """Σ left = Σ right over printed cells; group subtotals are replaced by their parts."""

    check: str
    left: tuple[Pair, ...]
    right: tuple[Pair, ...]

    @property
    def slots(self) -> tuple[Pair, ...]:
        return self.left + self.right


@dataclass(frozen=True, slots=True)
class Derived:
    """A figure that follows from others, which are printed or derived themselves."""

    fact: Fact
    parts: tuple[Pair, ...]


@lru_cache(maxsize=256)
def equations(form: Form, slots: tuple[Pair, ...]) -> tuple[Equation, ...]:
    """Every sum and balance of the form that a table with these cells takes part in."""
    present = frozenset(slots)
    concepts = dict.fromkeys(concept for concept, _ in slots)
    applicants = dict.fromkeys(applicant for _, applicant in slots)
    made: list[Equation] = []
    for rule in form.sums:
        along_row = rule.axis == "applicant"
        for fixed in concepts if along_row else applicants:
            total, _ = _step(fixed, rule, along_row)
            parts = _printed_parts(present, form, fixed, rule, along_row)
            if total in present and parts:
                made.append(Equation(rule.check, (total,), parts))
    for balance in form.balances:
        for applicant in applicants:
            left = tuple((concept, applicant) for concept in balance.left)
            right = tuple((concept, applicant) for concept in balance.right)
            if present.issuperset(left + right):
                made.append(Equation(balance.check, left, right))
    return tuple(made)


def _printed_parts(
    present: frozenset[Pair], form: Form, fixed: str, rule: Sum, along_row: bool
) -> tuple[Pair, ...]:
    """The printed cells a total is made of; subtotals the form never prints are opened."""

    def slot(name: str) -> Pair:
        return (fixed, name) if along_row else (name, fixed)

    return tuple(map(slot, form.opened(rule, lambda name: slot(name) in present)))


def _step(fixed: str, rule: Sum, along_row: bool) -> tuple[Pair, tuple[Pair, ...]]:
    """A total of a row or a column and its parts."""
    names = (rule.total, *rule.parts)
    total, *parts = ((fixed, name) if along_row else (name, fixed) for name in names)
    return total, tuple(parts)


@lru_cache(maxsize=256)
def _steps(form: Form, slots: tuple[Pair, ...]) -> tuple[tuple[Pair, tuple[Pair, ...]], ...]:
    """The totals that can be derived, in order: rows, columns, then the rows of totals.

    So a total left blank in both directions is derived from printed cells as far as there are any.
    One of which no part is there or can be derived is left out, and so is one of rows that a page
    which breaks off does not reach.
    """
    along = [rule for rule in form.sums if rule.axis == "applicant"]
    down = [rule for rule in form.sums if rule.axis == "concept"]
    totals = {rule.total for rule in down}
    rows = dict.fromkeys(concept for concept, applicant in slots if applicant)
    columns = (*dict.fromkeys(applicant for _, applicant in slots), *form.unprinted_applicants)
    steps = [
        _step(concept, rule, True) for concept in rows if concept not in totals for rule in along
    ]
    printed = {concept for concept, _ in slots}
    reached = [rule for rule in down if _is_reached(rule, form, printed)]
    steps += [_step(applicant, rule, False) for rule in reached for applicant in columns]
    steps += [_step(other.total, rule, True) for other in down for rule in along]
    there = set(slots)
    possible: list[tuple[Pair, tuple[Pair, ...]]] = []
    for total, parts in steps:
        if not there.isdisjoint(parts):
            there.add(total)
            possible.append((total, parts))
    return tuple(possible)


def _is_reached(rule: Sum, form: Form, rows: Iterable[str]) -> bool:
    """Whether a table goes on as far as the last row that a total adds up."""
    places = {concept: at for at, concept in enumerate(form.kind_of)}
    end = max((places[row] for row in rows if row in places), default=-1)
    totals = {other.total for other in form.sums}
    added = form.opened(rule, lambda row: row in places and row not in totals)
    return end >= max((places[row] for row in added), default=-1)


def derived_totals(form: Form, facts: Facts) -> dict[Pair, Derived]:
    """Blank totals, group subtotals and 法人合计, wherever a part of them is printed.

    A part that is printed and says no number leaves its total unknown.
    """
    made: dict[Pair, Derived] = {}
    refused: set[Pair] = {
        slot for slot, fact in facts.items() if fact.value is None and fact.status not in EMPTY
    }
    for total, parts in _steps(form, tuple(facts)):
        if total in made:
            continue
        if not refused.isdisjoint(parts):
            refused.add(total)
            continue
        printed = facts.get(total)
        if printed is None or printed.status in EMPTY:
            derived = _derived(total, parts, facts, made)
            if derived:
                made[total] = derived
    return made


def _derived(
    total: Pair, parts: Sequence[Pair], facts: Facts, made: Mapping[Pair, Derived]
) -> Derived | None:
    operands: list[tuple[Pair, Fact]] = []
    absent = 0
    for slot in parts:
        fact = made[slot].fact if slot in made else facts.get(slot)
        if fact is None:
            absent += 1
        else:
            operands.append((slot, fact))
    known = [fact for _, fact in operands if fact.value is not None]
    if not known:
        return None
    value = sum((fact.value for fact in known if fact.value is not None), Decimal(0))
    whole = len(known) == len(parts) and all(f.zero_basis != ZeroBasis.ASSUMED for f in known)
    basis = None if value else ZeroBasis.IMPLIED if whole else ZeroBasis.ASSUMED
    where = "sum of " + ", ".join(fact.key for fact in known)
    return Derived(_fact(total, known[0], value, basis, where), tuple(slot for slot, _ in operands))


def derived_zero(total: Pair, parts: Sequence[Pair], facts: Facts) -> Derived:
    """A subtotal the form never prints, whose parts are all blank and all proved to be 0."""
    where = "sum of blanks that the sums prove to be 0"
    fact = _fact(total, facts[parts[0]], Decimal(0), ZeroBasis.IMPLIED, where, "件")
    return Derived(fact, tuple(parts))


def _fact(
    slot: Pair, like: Fact, value: Decimal, basis: ZeroBasis | None, where: str, unit: str = ""
) -> Fact:
    """A derived fact in the table, period and unit of another."""
    return Fact(
        like.form,
        like.table,
        *slot,
        text="",
        status=Status.DERIVED,
        value=value,
        unit=like.unit or unit,
        zero_basis=basis,
        period=like.period,
        where=where,
    )


def proved(every: Iterable[Equation], facts: Facts) -> dict[Pair, Decimal]:
    """What the sums leave as the only possible value of cells that are not printed.

    All figures are counts from 0 up. Where the printed cells of both sides are equal, every blank
    on the one side that has blanks is 0; where one blank is left, it is the difference. Equations
    that contradict themselves are to be left out by the caller.
    """
    known: dict[Pair, Decimal] = {}
    opaque: set[Pair] = set()
    for slot, fact in facts.items():
        if fact.status in PRINTED and fact.value is not None and fact.value >= 0:
            known[slot] = fact.value
        elif fact.value is None and fact.status not in EMPTY:
            opaque.add(slot)
    values: dict[Pair, Decimal] = {}
    waiting = [eq for eq in every if opaque.isdisjoint(eq.slots)]
    progress = True
    while progress:
        progress = False
        left: list[Equation] = []
        for equation in waiting:
            settled = _settle(equation, known)
            if settled is None:
                left.append(equation)
            elif settled:
                known.update(settled)
                values.update(settled)
                progress = True
        waiting = left
    return values


def _settle(equation: Equation, known: Mapping[Pair, Decimal]) -> dict[Pair, Decimal] | None:
    """What an equation leaves for its blanks; None while it leaves anything open."""
    missing = [slot for slot in equation.left if slot not in known]
    missing_right = [slot for slot in equation.right if slot not in known]
    if not missing and not missing_right:
        return {}
    if missing and missing_right:
        return None
    one, other = equation.left, equation.right
    if missing_right:
        missing, one, other = missing_right, other, one
    rest = sum((known[s] for s in other), Decimal(0)) - sum(
        (known[s] for s in one if s in known), Decimal(0)
    )
    if rest == 0 or (rest > 0 and len(missing) == 1):
        return dict.fromkeys(missing, rest)
    return None


def opened(equation: Equation, totals: Mapping[Pair, Sequence[Equation]], facts: Facts) -> Equation:
    """The equation with each blank total replaced by the parts that another equation gives it.

    `totals` are the equations that each total is the left side of.
    """

    def side(slots: tuple[Pair, ...]) -> tuple[Pair, ...]:
        parts: list[Pair] = []
        for slot in slots:
            others = [eq for eq in totals.get(slot, ()) if eq is not equation]
            blank = others and facts[slot].status in EMPTY
            parts += others[-1].right if blank else (slot,)
        return tuple(parts)

    if not any(slot in totals and facts[slot].status in EMPTY for slot in equation.slots):
        return equation
    return Equation(equation.check, side(equation.left), side(equation.right))
