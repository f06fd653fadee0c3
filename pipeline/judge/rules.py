"""The forms' own rules over one report → findings, derived totals, flags on what explains a break.

S3-ALLZERO has no rule of its own: with nothing received and nothing carried in, S3-BAL and the
column sum leave every outcome 0.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from pipeline.forms import Bound, Form, form
from pipeline.judge.sums import (
    EMPTY,
    PRINTED,
    Equation,
    Facts,
    Slot,
    derived_totals,
    equations,
    opened,
    proved,
    with_zero_basis,
)
from pipeline.model import Fact, Finding, Severity, Status, Verdict, ZeroBasis


@dataclass(frozen=True, slots=True)
class Checked:
    """Facts in printed order with flags and zero bases, derived facts after them, and findings."""

    facts: tuple[Fact, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """An equation with its verdict; `gap` is left − right over what is known."""

    equation: Equation
    verdict: Verdict
    gap: Decimal


def check(facts: Sequence[Fact], partial: Collection[str] = ()) -> Checked:
    """Derive blank totals, judge every sum, flag the cells that explain the breaks.

    Totals over the rows of a `partial` table are flagged: it prints rows that are in no form.
    """
    findings = list(_cell_rules(facts))
    flagged: dict[str, dict[str, None]] = {}
    for finding in findings:
        for key in finding.cells if finding.severity is Severity.ERROR else ():
            flagged.setdefault(key, {})["source:" + finding.check] = None
    done: list[Fact] = []
    derived: list[Fact] = []
    for (form_id, _, _), mine in _summable(facts).items():
        judged = judge(mine, form(form_id))
        findings += [_finding(j, mine) for j in judged if j.verdict in _REPORTED]
        for slot, checks in _blame(judged, mine).items():
            flagged.setdefault(mine[slot].key, {}).update(dict.fromkeys(checks))
        for fact, following in pairwise(mine.values()):
            if _may_have_run_on(fact, following):
                flagged.setdefault(following.key, {}).update(flagged.get(fact.key, {}))
        flags = {slot: tuple(flagged.get(fact.key, ())) for slot, fact in mine.items()}
        mine = {slot: _flagged(fact, flags[slot]) for slot, fact in mine.items()}
        mine = _settled_by_sums(mine, judged)
        printed, made = _completed(mine, form(form_id), judged)
        totals = {rule.total for rule in form(form_id).sums if rule.axis == "concept"}
        open_ = {f.key: ("read:unmatched",) for f in made if f.concept in totals}
        done += printed
        derived += [_flagged(f, open_.get(f.key, ()) if f.table in partial else ()) for f in made]
    order = {fact.key: i for i, fact in enumerate(facts)}
    done.sort(key=lambda fact: order[fact.key])
    return Checked((*done, *derived), tuple(findings))


def judge(facts: Facts, of: Form) -> tuple[Judged, ...]:
    """The verdict of every equation of the form over these cells."""
    every = tuple(equations(facts, of))
    made = derived_totals(facts, of)
    return tuple(
        _verdict(equation, facts, made)
        for equation in every
        if not (len(equation.left) == 1 and facts[equation.left[0]].status in EMPTY)
    )


_REPORTED = (Verdict.FAIL, Verdict.ASSUMED_ZERO)


def _summable(facts: Sequence[Fact]) -> dict[tuple[str, str, str], dict[Slot, Fact]]:
    """The cells of each form, table and period: nothing is ever added up across these."""
    found: dict[tuple[str, str, str], dict[Slot, Fact]] = {}
    forms = dict.fromkeys(fact.form for fact in facts)
    for fact in sorted(facts, key=lambda fact: list(forms).index(fact.form)):
        cells = found.setdefault((fact.form, fact.table, fact.period), {})
        cells[fact.concept, fact.applicant] = fact
    return found


def _verdict(equation: Equation, facts: Facts, made: Facts) -> Judged:
    """Three-valued: blanks may stand for any count from 0 up, unreadable cells for anything."""
    known = dict.fromkeys(("left", "right"), Decimal(0))
    open_sides: set[str] = set()
    printed, opaque = 0, False
    for side, slots in (("left", equation.left), ("right", equation.right)):
        for slot in slots:
            fact = facts[slot]
            total = made.get(slot)
            if fact.status in PRINTED and fact.value is not None:
                known[side] += fact.value
                printed += 1
            elif total is not None and total.value is not None:
                known[side] += total.value
                open_sides.add(side)
            else:
                open_sides.add(side)
                opaque = opaque or fact.status not in EMPTY
    gap = known["left"] - known["right"]
    short = "right" if gap > 0 else "left"
    if gap == 0 and printed == len(equation.slots):
        verdict = Verdict.PASS
    elif gap == 0 and printed and not opaque:
        verdict = Verdict.ASSUMED_ZERO
    elif gap == 0 or short in open_sides:
        verdict = Verdict.NOT_ASSESSABLE
    else:
        verdict = Verdict.FAIL
    return Judged(equation, verdict, gap)


def _finding(judged: Judged, facts: Facts) -> Finding:
    equation = judged.equation
    cells = tuple(facts[slot].key for slot in equation.slots)
    sides = f"{_spelled(equation.left, facts)} = {_spelled(equation.right, facts)}"
    if judged.verdict is Verdict.FAIL:
        message = f"{sides} does not hold: the sides differ by {abs(judged.gap)}"
        return Finding(equation.check, judged.verdict, Severity.ERROR, message, cells)
    message = f"{sides} holds with every blank as 0"
    return Finding(equation.check, judged.verdict, Severity.INFO, message, cells)


def _may_have_run_on(fact: Fact, following: Fact) -> bool:
    """Whether a number may hold the digits of a blank beside it: 30 and a blank for 3 and 0."""
    return following.status is Status.BLANK and fact.value is not None and fact.value >= _TWO_DIGITS


_FEW = 3
_TWO_DIGITS = 10


def _spelled(slots: Sequence[Slot], facts: Facts) -> str:
    """One side in words: each cell with its printed text, or a long sum by its filled cells."""
    terms = [f"{facts[slot].key} {facts[slot].text or 'blank'}" for slot in slots]
    if len(slots) <= _FEW:
        return " + ".join(terms)
    filled = [term for slot, term in zip(slots, terms, strict=True) if facts[slot].value]
    return f"Σ of {len(slots)} cells ({', '.join(filled) or 'none above 0'})"


def _flagged(fact: Fact, flags: Sequence[str]) -> Fact:
    return replace(fact, flags=tuple(dict.fromkeys([*fact.flags, *flags]))) if flags else fact


def _settled_by_sums(facts: Facts, judged: Sequence[Judged]) -> dict[Slot, Fact]:
    """Digits on two lines are one number where a sum that holds needs them to be."""
    held = [j.equation for j in judged if j.verdict in (Verdict.PASS, Verdict.ASSUMED_ZERO)]
    proved_slots = {slot for equation in held for slot in equation.slots}
    return {
        slot: replace(fact, flags=()) if slot in proved_slots and fact.flags == SPLIT else fact
        for slot, fact in facts.items()
    }


SPLIT = ("read:split_digits",)


# What explains a break

_MANY = 3


def _blame(judged: Sequence[Judged], facts: Facts) -> dict[Slot, list[str]]:
    """The cells that could each alone explain a connected set of broken sums, or all of them.

    A cell explains the breaks when one change to it mends them all. Among such cells those that
    stand in the fewest sums that do hold are kept.
    """
    whole = {_printed_only(j, facts): j.equation for j in judged if j.verdict is Verdict.FAIL}
    broken = list(whole)
    holds = [j.equation for j in judged if j.verdict in (Verdict.PASS, Verdict.ASSUMED_ZERO)]
    doubts = [f"read:{name}" for name in _systematic(broken)]
    blamed = dict.fromkeys(facts, doubts) if doubts else {}
    for group in _connected(broken):
        cells = dict.fromkeys(slot for j in group for slot in j.equation.slots)
        able = [slot for slot in cells if _mends(slot, group, facts)]
        if able:
            held = {slot: sum(slot in eq.slots for eq in holds) for slot in able}
            able = [slot for slot in able if held[slot] == min(held.values())]
        for slot in able or [slot for j in group for slot in whole[j].slots]:
            checks = [f"source:{j.equation.check}" for j in group if slot in whole[j].slots]
            blamed[slot] = list(dict.fromkeys([*blamed.get(slot, []), *checks]))
    return blamed


def _systematic(broken: Sequence[Judged]) -> list[str]:
    """Checks that so many rows or columns break alike that the whole table is in doubt.

    A publisher's slip breaks one row sum; a header over the wrong columns breaks them all, save
    the rows whose figures happen to hide it.
    """
    names = [judged.equation.check for judged in broken]
    return [name for name in dict.fromkeys(names) if names.count(name) >= _MANY]


def _printed_only(judged: Judged, facts: Facts) -> Judged:
    equation = judged.equation
    left = tuple(slot for slot in equation.left if facts[slot].status in PRINTED)
    right = tuple(slot for slot in equation.right if facts[slot].status in PRINTED)
    return replace(judged, equation=replace(equation, left=left, right=right))


def _connected(broken: Sequence[Judged]) -> list[list[Judged]]:
    groups: list[list[Judged]] = []
    for judged in broken:
        touching = [g for g in groups if any(_share(judged, other) for other in g)]
        groups = [g for g in groups if g not in touching]
        groups.append([judged, *(other for g in touching for other in g)])
    return groups


def _share(one: Judged, other: Judged) -> bool:
    return bool(set(one.equation.slots) & set(other.equation.slots))


def _mends(slot: Slot, group: Sequence[Judged], facts: Facts) -> bool:
    changes = set()
    for judged in group:
        if slot in judged.equation.left:
            changes.add(-judged.gap)
        elif slot in judged.equation.right:
            changes.add(judged.gap)
        else:
            return False
    value = facts[slot].value
    return len(changes) == 1 and value is not None and value + changes.pop() >= 0


# What is not printed


def _completed(facts: Facts, of: Form, judged: Sequence[Judged]) -> tuple[list[Fact], list[Fact]]:
    """Printed facts with their zero basis, and the derived ones."""
    broken = {j.equation for j in judged if j.verdict is Verdict.FAIL}
    every = [eq for eq in equations(facts, of) if eq not in broken]
    usable = [*every, *(opened(eq, every, facts) for eq in every)]
    zeros = proved(usable, facts)
    held = [j.equation for j in judged if j.verdict is Verdict.ASSUMED_ZERO]
    assumed = {slot for eq in held for slot in (*eq.slots, *opened(eq, every, facts).slots)}
    printed = [with_zero_basis(fact, zeros, assumed) for fact in facts.values()]
    made = derived_totals(facts, of)
    made.update(_proved_subtotals(facts, of, zeros, made))
    return printed, list(made.values())


def _proved_subtotals(
    facts: Facts, of: Form, zeros: dict[Slot, Decimal], made: Facts
) -> dict[Slot, Fact]:
    """Subtotals the form never prints, whose parts are all blank and all proved to be 0."""
    found: dict[Slot, Fact] = {}
    applicants = dict.fromkeys(applicant for _, applicant in facts if applicant)
    for rule in of.sums:
        if rule.axis != "concept":
            continue
        for applicant in applicants:
            slot = (rule.total, applicant)
            parts = [(part, applicant) for part in rule.parts]
            if slot in facts or slot in made or not all(zeros.get(part) == 0 for part in parts):
                continue
            sample = facts[parts[0]]
            found[slot] = Fact(
                sample.form,
                sample.table,
                *slot,
                "",
                Status.DERIVED,
                Decimal(0),
                sample.unit or "件",
                zero_basis=ZeroBasis.IMPLIED,
                period=sample.period,
                where="sum of blanks that the sums prove to be 0",
                flags=tuple(dict.fromkeys(flag for p in parts for flag in facts[p].flags)),
            )
    return found


# Single cells


def _cell_rules(facts: Sequence[Fact]) -> list[Finding]:
    findings: list[Finding] = []
    by_slot = {(f.concept, f.applicant): f for f in facts}
    for form_id in dict.fromkeys(fact.form for fact in facts):
        of = form(form_id)
        mine = [fact for fact in facts if fact.form == form_id]
        findings += [_no_count(name, fact) for name, fact in _not_counts(mine, of)]
        for name, groups in of.at_least_zero.items():
            for terms in groups:
                values = [by_slot[t, ""].value for t in terms if (t, "") in by_slot]
                known = [value for value in values if value is not None]
                if len(known) == len(terms) and sum(known) < 0:
                    message = f"{' + '.join(terms)} is {sum(known)}, below 0"
                    findings.append(Finding(name, Verdict.FAIL, Severity.ERROR, message, terms))
    for (form_id, _, _), cells in _summable(facts).items():
        findings += filter(None, (_above(bound, cells) for bound in form(form_id).bounds))
    return findings


def _above(bound: Bound, facts: Facts) -> Finding | None:
    """What says that a figure is above what it is a part of, where all of them are printed."""
    cells = [facts.get((concept, "")) for concept in (bound.lower, *bound.upper)]
    known = [cell for cell in cells if cell and cell.value is not None]
    values = [cell.value for cell in known if cell.value is not None]
    if len(known) < len(cells) or values[0] <= sum(values[1:]):
        return None
    terms = [f"{cell.key} {cell.text}" for cell in known]
    message = f"{terms[0]} is above {' + '.join(terms[1:])}"
    keys = tuple(cell.key for cell in known)
    return Finding(bound.check, Verdict.FAIL, Severity(bound.severity), message, keys)


def _not_counts(facts: Sequence[Fact], of: Form) -> Iterator[tuple[str, Fact]]:
    """Facts that should be integers from 0 up and are not, each with the check that says so."""
    for name, tables in of.counts.items():
        for fact in facts:
            if fact.table not in tables or fact.value is None or of.kind(fact.concept) != "count":
                continue
            if fact.value < 0 or fact.value != fact.value.to_integral_value():
                yield name, fact


def _no_count(name: str, fact: Fact) -> Finding:
    message = f"{fact.key} prints {fact.text}, which is no count from 0 up"
    return Finding(name, Verdict.FAIL, Severity.ERROR, message, (fact.key,), fact.where)
