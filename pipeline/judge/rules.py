"""The forms' own rules over one report → doubts, derived totals, what a blank or a 0 rests on.

S3-ALLZERO has no rule of its own: with nothing received and nothing carried in, S3-BAL and the
column sum leave every outcome 0.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from pipeline import doubt
from pipeline.doubt import Doubt, Kind, Severity, Verdict
from pipeline.forms import AtMost, Form, form
from pipeline.judge.sums import (
    EMPTY,
    PRINTED,
    Derived,
    Equation,
    Facts,
    Pair,
    derived_totals,
    derived_zero,
    equations,
    opened,
    proved,
)
from pipeline.model import Fact, Status, ZeroBasis

_FEW = 3  # terms of a sum that are spelled out
_MANY = 3  # rows or columns that break alike: not the publisher's slip, but our reading
_TWO_DIGITS = 10
_HELD = (Verdict.PASS, Verdict.ASSUMED_ZERO)

_Table = tuple[str, str, str]  # form, table, period
Kinds = Mapping[str, tuple[Kind, ...]]  # what is doubted of a fact, by its key


@dataclass(frozen=True, slots=True)
class Checked:
    """The printed facts in order with what their zeros rest on, derived ones, and all doubts.

    `kinds` are the doubts about each fact with those that the rules add, and without those that a
    sum has settled.
    """

    facts: tuple[Fact, ...]
    doubts: tuple[Doubt, ...]
    kinds: Kinds


@dataclass(frozen=True, slots=True)
class Judged:
    """An equation with its verdict; `gap` is left − right over what is known."""

    equation: Equation
    verdict: Verdict
    gap: Decimal


def check(facts: Sequence[Fact], kinds: Kinds, partial: Collection[str] = ()) -> Checked:
    """Derive blank totals, judge every sum, doubt the cells that explain the breaks.

    Totals over the rows of a `partial` table are doubted: it prints rows that are in no form.
    """
    tables = _summable(facts)
    doubts = list(_cell_rules(facts, tables))
    bases: dict[int, ZeroBasis] = {}
    known: Kinds = _with(kinds, doubts)
    derived: list[Fact] = []
    for (form_id, name, _), cells in tables.items():
        of = form(form_id)
        made = derived_totals(of, cells)
        judged = judge(cells, of, made)
        broken = _broken(judged, cells, of)
        doubts += [*broken, *_assumed(judged, cells, of)]
        known = _with(known, broken)
        if known != kinds:
            known = _with_run_on(known, kinds, cells)
        known = _settled(known, judged, cells)
        zeros, subtotals = _completed(cells, of, judged, made)
        bases |= {id(cells[slot]): basis for slot, basis in zeros.items()}
        made |= subtotals
        unmatched = {rule.total for rule in of.sums if rule.axis == "concept"}
        known = _with_inherited(known, cells, made, unmatched if name in partial else ())
        derived += [total.fact for total in made.values()]
    printed = (f._replace(zero_basis=bases[id(f)]) if id(f) in bases else f for f in facts)
    return Checked((*printed, *derived), tuple(doubts), known)


def flags_of(fact: Fact, kinds: Kinds) -> tuple[str, ...]:
    """The flags of a fact, derived or printed."""
    return tuple(dict.fromkeys(kind.flag for kind in kinds.get(_key(fact), ())))


def _key(fact: Fact) -> str:
    """The key under which the doubts of a fact stand; a derived one has the key of its blank."""
    return f"{fact.key} derived" if fact.status is Status.DERIVED else fact.key


def _with(kinds: Kinds, doubts: Sequence[Doubt]) -> dict[str, tuple[Kind, ...]]:
    """The doubts of each fact with new ones."""
    known = dict(kinds)
    for said in doubts:
        for key in said.flagged:
            known[key] = _united(known.get(key, ()), [said.kind])
    return known


def _united(kinds: tuple[Kind, ...], more: Sequence[Kind]) -> tuple[Kind, ...]:
    return tuple(dict.fromkeys([*kinds, *more]))


def _with_run_on(known: Kinds, before: Kinds, cells: Facts) -> dict[str, tuple[Kind, ...]]:
    """What the rules doubt of a number may be true of the blank beside it: 30 for 3 and 0."""
    more = dict(known)
    for fact, following in pairwise(cells.values()):
        if following.status is Status.BLANK and fact.value and fact.value >= _TWO_DIGITS:
            new = [kind for kind in more.get(fact.key, ()) if kind not in before.get(fact.key, ())]
            if new:
                more[following.key] = _united(more.get(following.key, ()), new)
    return more


def _settled(known: Kinds, judged: Sequence[Judged], cells: Facts) -> Kinds:
    """Digits on two lines are one number where a sum that holds needs them to be."""
    split = {key for key, kinds in known.items() if kinds == (doubt.SPLIT_DIGITS,)}
    if split:
        slots = {slot for j in judged if j.verdict in _HELD for slot in j.equation.slots}
        split &= {cells[slot].key for slot in slots}
    return {key: kinds for key, kinds in known.items() if key not in split} if split else known


def _with_inherited(
    known: Kinds, cells: Facts, made: Mapping[Pair, Derived], unmatched: Collection[str]
) -> Kinds:
    """A derived figure is as doubtful as what it is derived from, and as what is left out of it."""
    if not known and not unmatched:
        return known
    more = dict(known)
    for (concept, _), total in made.items():
        parts = [made[slot].fact if slot in made else cells[slot] for slot in total.parts]
        inherited = [kind for part in parts for kind in more.get(_key(part), ())]
        left_out = [doubt.UNMATCHED] if concept in unmatched else []
        if inherited or left_out:
            more[_key(total.fact)] = _united((), [*inherited, *left_out])
    return more


def _summable(facts: Sequence[Fact]) -> dict[_Table, dict[Pair, Fact]]:
    """The cells of each form, table and period: nothing is ever added up across these."""
    tables: dict[_Table, dict[Pair, Fact]] = {}
    for fact in facts:
        cells = tables.setdefault((fact.form, fact.table, fact.period), {})
        cells[fact.concept, fact.applicant] = fact
    return tables


# Verdicts


def judge(facts: Facts, of: Form, made: Mapping[Pair, Derived]) -> tuple[Judged, ...]:
    """The verdict of every equation of the form over these cells."""
    return tuple(
        _verdict(equation, facts, made)
        for equation in equations(of, tuple(facts))
        if not (len(equation.left) == 1 and facts[equation.left[0]].status in EMPTY)
    )


def _verdict(equation: Equation, facts: Facts, made: Mapping[Pair, Derived]) -> Judged:
    """Three-valued: blanks may stand for any count from 0 up, unreadable cells for anything."""
    known = {"left": Decimal(0), "right": Decimal(0)}
    open_sides: set[str] = set()
    printed, opaque = 0, False
    for side, slots in (("left", equation.left), ("right", equation.right)):
        for slot in slots:
            fact = facts[slot]
            if fact.status in PRINTED and fact.value is not None:
                known[side] += fact.value
                printed += 1
            elif slot in made and made[slot].fact.value is not None:
                known[side] += made[slot].fact.value or 0
                open_sides.add(side)
            else:
                open_sides.add(side)
                opaque = opaque or fact.status not in EMPTY
    gap = known["left"] - known["right"]
    short = "right" if gap > 0 else "left"
    if gap == 0 and printed == len(equation.left) + len(equation.right):
        verdict = Verdict.PASS
    elif gap == 0 and printed and not opaque:
        verdict = Verdict.ASSUMED_ZERO
    elif gap == 0 or short in open_sides:
        verdict = Verdict.NOT_ASSESSABLE
    else:
        verdict = Verdict.FAIL
    return Judged(equation, verdict, gap)


def _assumed(judged: Sequence[Judged], facts: Facts, of: Form) -> list[Doubt]:
    """Sums that hold only with blanks as 0: nothing is wrong, and nothing is proved."""
    return [
        Doubt(
            of.checks[j.equation.check],
            f"{_both_sides(j.equation, facts)} holds with every blank as 0",
            cells=tuple(facts[slot].key for slot in j.equation.slots),
            verdict=j.verdict,
            severity=Severity.INFO,
        )
        for j in judged
        if j.verdict is Verdict.ASSUMED_ZERO
    ]


def _both_sides(equation: Equation, facts: Facts) -> str:
    return f"{_spelled(equation.left, facts)} = {_spelled(equation.right, facts)}"


def _spelled(slots: Sequence[Pair], facts: Facts) -> str:
    """One side in words: each cell with its printed text, or a long sum by its filled cells."""
    few = len(slots) <= _FEW
    shown = [facts[slot] for slot in slots if few or facts[slot].value]
    terms = [f"{fact.key} {fact.text or 'blank'}" for fact in shown]
    if few:
        return " + ".join(terms)
    return f"Σ of {len(slots)} cells ({', '.join(terms) or 'none above 0'})"


# What explains a break


def _broken(judged: Sequence[Judged], facts: Facts, of: Form) -> list[Doubt]:
    """A doubt for each broken sum, on the cells that could alone explain a connected set of them.

    A cell explains the breaks when one change to it mends them all. Among such cells those that
    stand in the fewest sums that do hold are kept; where there is none, all of them. Sums that so
    many rows or columns break alike put the whole table in doubt: a publisher's slip breaks one,
    a header over the wrong columns breaks them all.
    """
    fails = [j for j in judged if j.verdict is Verdict.FAIL]
    if not fails:
        return []
    holds = [set(j.equation.slots) for j in judged if j.verdict in _HELD]
    blamed: dict[int, list[Pair]] = {}
    for group in _connected(fails, facts):
        whole = [slot for j in group for slot in j.equation.slots]
        cells = dict.fromkeys(slot for slot in whole if facts[slot].status in PRINTED)
        able = [slot for slot in cells if _mends(slot, group, facts)]
        if able:
            held = {slot: sum(slot in slots for slots in holds) for slot in able}
            able = [slot for slot in able if held[slot] == min(held.values())]
        for judged_ in group:
            mine = set(judged_.equation.slots)
            blamed[id(judged_)] = [slot for slot in dict.fromkeys(able or whole) if slot in mine]
    names = [j.equation.check for j in fails]
    every = tuple(fact.key for fact in facts.values())
    doubts = [
        Doubt(
            of.checks[name].as_misread(),
            f"{names.count(name)} rows or columns break this rule alike: the table may be misread",
            cells=every,
            flagged=every,
        )
        for name in dict.fromkeys(names)
        if names.count(name) >= _MANY
    ]
    for j in fails:
        differ = f"does not hold: the sides differ by {abs(j.gap)}"
        doubts.append(
            Doubt(
                of.checks[j.equation.check],
                f"{_both_sides(j.equation, facts)} {differ}",
                cells=tuple(facts[slot].key for slot in j.equation.slots),
                flagged=tuple(facts[slot].key for slot in blamed[id(j)]),
            )
        )
    return doubts


def _connected(fails: Sequence[Judged], facts: Facts) -> list[list[Judged]]:
    """The broken sums in groups that share printed cells."""
    groups: list[tuple[set[Pair], list[Judged]]] = []
    for judged in fails:
        slots = {slot for slot in judged.equation.slots if facts[slot].status in PRINTED}
        members = [judged]
        apart = []
        for other_slots, others in groups:
            if slots.isdisjoint(other_slots):
                apart.append((other_slots, others))
            else:
                slots |= other_slots
                members += others
        groups = [*apart, (slots, members)]
    return [members for _, members in groups]


def _mends(slot: Pair, group: Sequence[Judged], facts: Facts) -> bool:
    """Whether one change to a cell mends every broken sum of a group."""
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


def _completed(
    facts: Facts, of: Form, judged: Sequence[Judged], made: Mapping[Pair, Derived]
) -> tuple[dict[Pair, ZeroBasis], dict[Pair, Derived]]:
    """What each blank rests on, and the subtotals that are proved to be 0."""
    blanks = [slot for slot, fact in facts.items() if fact.status in EMPTY]
    if not blanks:
        return {}, {}
    bases: dict[Pair, ZeroBasis] = {}
    broken = {id(j.equation) for j in judged if j.verdict is Verdict.FAIL}
    every = [eq for eq in equations(of, tuple(facts)) if id(eq) not in broken]
    totals: dict[Pair, list[Equation]] = {}
    for equation in every:
        if len(equation.left) == 1:
            totals.setdefault(equation.left[0], []).append(equation)
    whole = {id(eq): opened(eq, totals, facts) for eq in every}
    zeros = proved([*every, *(w for eq in every if (w := whole[id(eq)]) is not eq)], facts)
    held = [j.equation for j in judged if j.verdict is Verdict.ASSUMED_ZERO]
    assumed = {slot for eq in held for slot in (*eq.slots, *whole[id(eq)].slots)}
    for slot in blanks:
        unproved = ZeroBasis.ASSUMED if slot in assumed else ZeroBasis.UNKNOWN
        bases[slot] = ZeroBasis.IMPLIED if zeros.get(slot) == 0 else unproved
    return bases, _proved_subtotals(facts, of, zeros, made)


def _proved_subtotals(
    facts: Facts, of: Form, zeros: Mapping[Pair, Decimal], made: Mapping[Pair, Derived]
) -> dict[Pair, Derived]:
    """Subtotals the form never prints, whose parts are all blank and all proved to be 0."""
    subtotals: dict[Pair, Derived] = {}
    applicants = dict.fromkeys(applicant for _, applicant in facts if applicant)
    for rule in of.sums if zeros else ():
        for applicant in applicants if rule.axis == "concept" else ():
            slot = (rule.total, applicant)
            parts = [(part, applicant) for part in rule.parts]
            if slot not in facts and slot not in made and all(zeros.get(p) == 0 for p in parts):
                subtotals[slot] = derived_zero(slot, parts, facts)
    return subtotals


# Single cells


def _cell_rules(facts: Sequence[Fact], tables: Mapping[_Table, Facts]) -> Iterator[Doubt]:
    by_slot = {(f.concept, f.applicant): f for f in facts}
    for form_id in dict.fromkeys(fact.form for fact in facts):
        of = form(form_id)
        yield from _not_counts([fact for fact in facts if fact.form == form_id], of)
        for name, groups in of.at_least_zero.items():
            for terms in groups:
                values = [by_slot[t, ""].value for t in terms if (t, "") in by_slot]
                known = [value for value in values if value is not None]
                if len(known) == len(terms) and sum(known) < 0:
                    words = f"{' + '.join(terms)} is {sum(known)}, below 0"
                    yield _about(of.checks[name], words, terms)
    for (form_id, _, _), cells in tables.items():
        of = form(form_id)
        yield from filter(None, (_above(bound, cells, of) for bound in of.bounds))


def _about(kind: Kind, words: str, cells: Sequence[str], where: str = "") -> Doubt:
    return Doubt(kind, words, where, tuple(cells), tuple(cells) if kind.flags else ())


def _above(bound: AtMost, facts: Facts, of: Form) -> Doubt | None:
    """What says that a figure is above what it is a part of, where all of them are printed."""
    cells = [facts.get((concept, "")) for concept in (bound.lower, *bound.upper)]
    known = [cell for cell in cells if cell and cell.value is not None]
    values = [cell.value for cell in known if cell.value is not None]
    if len(known) < len(cells) or values[0] <= sum(values[1:]):
        return None
    terms = [f"{cell.key} {cell.text}" for cell in known]
    words = f"{terms[0]} is above {' + '.join(terms[1:])}"
    return _about(of.checks[bound.check], words, [cell.key for cell in known])


def _not_counts(facts: Sequence[Fact], of: Form) -> Iterator[Doubt]:
    """Facts that should be integers from 0 up and are not."""
    for name, tables in of.counts.items():
        for fact in facts:
            if fact.table not in tables or fact.value is None:
                continue
            if fact.value >= 0 and fact.value == fact.value.to_integral_value():
                continue
            if of.kind_of.get(fact.concept, "count") == "count":
                words = f"{fact.key} prints {fact.text}, which is no count from 0 up"
                yield _about(of.checks[name], words, [fact.key], fact.where)
