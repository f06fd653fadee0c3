"""The forms' own sums laid over one report's cells: equations, derived totals, proved zeros."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from pipeline.forms import Form, Sum
from pipeline.model import Fact, Status, ZeroBasis

Slot = tuple[str, str]
Facts = Mapping[Slot, Fact]

EMPTY = (Status.BLANK, Status.DASH)
PRINTED = (Status.NUMBER, Status.ZERO, Status.REPAIRED)


@dataclass(frozen=True, slots=True)
class Equation:
    """Σ left = Σ right over printed cells; group subtotals are replaced by their parts."""

    check: str
    left: tuple[Slot, ...]
    right: tuple[Slot, ...]

    @property
    def slots(self) -> tuple[Slot, ...]:
        return self.left + self.right


def equations(facts: Facts, form: Form) -> Iterator[Equation]:
    """Every sum and balance of the form that this report's cells take part in."""
    concepts = dict.fromkeys(concept for concept, _ in facts)
    applicants = dict.fromkeys(applicant for _, applicant in facts)
    for rule in form.sums:
        if rule.axis == "applicant":
            slots = [((c, rule.total), _parts(facts, form, c, rule, True)) for c in concepts]
        else:
            slots = [((rule.total, a), _parts(facts, form, a, rule, False)) for a in applicants]
        for total, parts in slots:
            if total in facts and parts:
                yield Equation(rule.check, (total,), parts)
    for balance in form.balances:
        for applicant in applicants:
            left = [(concept, applicant) for concept in balance.left]
            right = [(concept, applicant) for concept in balance.right]
            if all(slot in facts for slot in left + right):
                yield Equation(balance.check, tuple(left), tuple(right))


def _parts(facts: Facts, form: Form, fixed: str, rule: Sum, along_row: bool) -> tuple[Slot, ...]:
    """The printed cells a total is made of; subtotals the form never prints are opened."""
    by_total = {(r.axis, r.total): r for r in form.sums}
    found: list[Slot] = []
    for part in rule.parts:
        slot = (fixed, part) if along_row else (part, fixed)
        inner = by_total.get((rule.axis, part))
        if slot in facts or inner is None:
            found += [slot] if slot in facts else []
        else:
            found += _parts(facts, form, fixed, inner, along_row)
    return tuple(found)


def derived_totals(facts: Facts, form: Form) -> dict[Slot, Fact]:
    """Blank totals, group subtotals and 法人合计, wherever a part of them is printed.

    Rows come first, then columns, then the rows of totals, so that a total left blank in both
    directions is derived from printed cells as far as there are any.
    """
    made: dict[Slot, Fact] = {}
    totals = {rule.total for rule in form.sums if rule.axis == "concept"}
    along = [rule for rule in form.sums if rule.axis == "applicant"]
    down = [rule for rule in form.sums if rule.axis == "concept"]
    rows = dict.fromkeys(c for c, a in facts if a)
    applicants = dict.fromkeys(a for _, a in facts)
    steps: list[tuple[Slot, list[Slot]]] = []
    steps += [_step(c, rule, True) for c in rows if c not in totals for rule in along]
    steps += [_step(a, rule, False) for rule in down for a in (*applicants, "legal_total")]
    groups = [rule.total for rule in down]
    steps += [_step(c, rule, True) for c in groups for rule in along]
    refused: set[Slot] = set()
    for total, parts in steps:
        if refused.intersection(parts) or _is_unreadable(parts, facts):
            refused.add(total)
            continue
        fact = _derive(total, parts, facts, made)
        if fact is not None:
            made[total] = fact
    return made


def _step(fixed: str, rule: Sum, along_row: bool) -> tuple[Slot, list[Slot]]:
    slots = [(fixed, name) if along_row else (name, fixed) for name in (rule.total, *rule.parts)]
    return slots[0], slots[1:]


def _is_unreadable(parts: Sequence[Slot], facts: Facts) -> bool:
    """Whether a part is printed and says no number: then nobody knows the sum."""
    printed = [facts[slot] for slot in parts if slot in facts]
    return any(fact.value is None and fact.status not in EMPTY for fact in printed)


def _derive(total: Slot, parts: Sequence[Slot], facts: Facts, made: Facts) -> Fact | None:
    printed = facts.get(total)
    if total in made or (printed is not None and printed.status not in EMPTY):
        return None
    operands = [made.get(slot) or facts.get(slot) for slot in parts]
    known = [fact for fact in operands if fact is not None and fact.value is not None]
    if not known:
        return None
    value = sum((fact.value for fact in known if fact.value is not None), Decimal(0))
    flags = tuple(dict.fromkeys(flag for fact in operands if fact for flag in fact.flags))
    whole = len(known) == len(operands) and all(f.zero_basis != ZeroBasis.ASSUMED for f in known)
    sample = known[0]
    return Fact(
        sample.form,
        sample.table,
        total[0],
        total[1],
        "",
        Status.DERIVED,
        value,
        sample.unit,
        zero_basis=None if value else ZeroBasis.IMPLIED if whole else ZeroBasis.ASSUMED,
        period=sample.period,
        where="sum of " + ", ".join(fact.key for fact in known),
        flags=flags,
    )


def proved(equations: Iterable[Equation], facts: Facts) -> dict[Slot, Decimal]:
    """What the sums leave as the only possible value of cells that are not printed.

    All figures are counts from 0 up. Where the printed cells of both sides are equal, every blank
    on the one side that has blanks is 0; where one blank is left, it is the difference. Equations
    that contradict themselves are to be left out by the caller.
    """
    known = {
        slot: fact.value
        for slot, fact in facts.items()
        if fact.status in PRINTED and fact.value is not None and fact.value >= 0
    }
    opaque = {
        slot for slot, fact in facts.items() if fact.value is None and fact.status not in EMPTY
    }
    found: dict[Slot, Decimal] = {}
    waiting = [eq for eq in equations if not any(slot in opaque for slot in eq.slots)]
    progress = True
    while progress:
        progress = False
        for equation in waiting:
            settled = _settle(equation, known)
            known.update(settled)
            found.update(settled)
            progress = progress or bool(settled)
    return found


def _settle(equation: Equation, known: Mapping[Slot, Decimal]) -> dict[Slot, Decimal]:
    for one, other in ((equation.left, equation.right), (equation.right, equation.left)):
        missing = [slot for slot in one if slot not in known]
        if not missing or any(slot not in known for slot in other):
            continue
        rest = sum((known[s] for s in other), Decimal(0)) - sum(
            (known[s] for s in one if s in known), Decimal(0)
        )
        if rest == 0 or (rest > 0 and len(missing) == 1):
            return dict.fromkeys(missing, rest)
    return {}


def opened(equation: Equation, every: Sequence[Equation], facts: Facts) -> Equation:
    """The equation with each blank total replaced by the parts that another equation gives it."""
    sums = {eq.left[0]: eq for eq in every if len(eq.left) == 1 and eq is not equation}

    def side(slots: tuple[Slot, ...]) -> tuple[Slot, ...]:
        done: list[Slot] = []
        for slot in slots:
            inner = sums.get(slot)
            if inner is not None and facts[slot].status in EMPTY:
                done += inner.right
            else:
                done.append(slot)
        return tuple(done)

    return replace(equation, left=side(equation.left), right=side(equation.right))


def with_zero_basis(fact: Fact, zeros: Mapping[Slot, Decimal], assumed: set[Slot]) -> Fact:
    """The fact with what its 0 or its blank rests on."""
    slot = (fact.concept, fact.applicant)
    if fact.status is Status.ZERO:
        return replace(fact, zero_basis=ZeroBasis.PRINTED)
    if fact.status not in EMPTY:
        return fact
    if zeros.get(slot) == 0:
        return replace(fact, zero_basis=ZeroBasis.IMPLIED)
    basis = ZeroBasis.ASSUMED if slot in assumed else ZeroBasis.UNKNOWN
    return replace(fact, zero_basis=basis)
