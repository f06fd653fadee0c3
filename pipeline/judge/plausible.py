"""What no sum can tell: figures that this issuer or this unit makes unlikely.

They keep their value. The forms say which rows only some organs can have, and between what bounds
a mean lies.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pipeline import doubt
from pipeline.doubt import Doubt
from pipeline.forms import Form, Mean, form
from pipeline.model import Fact, Identity, UnitSource
from pipeline.recognise.values import Stated
from pipeline.reference import GOVERNMENTS
from pipeline.text import YUAN

_INFERRED = {doubt.UNIT_UNKNOWN: doubt.UNIT_INFERRED}


def implausible(facts: Sequence[Fact], identity: Identity) -> Iterator[Doubt]:
    """A doubt for figures that this organ can hardly have."""
    by_concept = {fact.concept: fact for fact in facts if not fact.applicant}
    for form_id in dict.fromkeys(fact.form for fact in facts):
        of = form(form_id)
        yield from _reserved(of, by_concept, identity)
        yield from filter(None, (_mean_doubt(of, mean, by_concept) for mean in of.means))


def _reserved(of: Form, facts: Mapping[str, Fact], identity: Identity) -> Iterator[Doubt]:
    """Rows that only an organ of some rank can fill."""
    code = identity.region_code
    ranked = len(code) == 6 and code.endswith("00") and identity.organ_type in GOVERNMENTS
    if ranked or not code or not identity.organ:
        return  # also where it is not known who reports, or at what rank
    for reserved in of.reserved:
        columns = {column for sheet in of.sheets for row in sheet.rows for column in row.cells}
        names = [f"{reserved.row}_{column}" for column in columns]
        claimed = [
            fact
            for fact in facts.values()
            if fact.form == of.id and fact.concept in names and fact.value
        ]
        if claimed:
            keys = tuple(fact.key for fact in claimed)
            shown = ", ".join(f"{fact.key} {fact.text}" for fact in claimed)
            words = f"{identity.organ} cannot make rules (规章), yet the table prints {shown}"
            yield Doubt(of.checks[reserved.check], words, claimed[0].where, keys, keys)


def _mean_doubt(of: Form, mean: Mean, facts: Mapping[str, Fact]) -> Doubt | None:
    fact, per = facts.get(mean.amount), facts.get(mean.per)
    if not (fact and per and fact.form == of.id and fact.amount_yuan and per.value):
        return None
    share = fact.amount_yuan / per.value
    if per.value < 0 or mean.least <= share <= mean.most:
        return None
    words = (
        f"{per.text} procurement projects for {fact.text} are {share:,.0f} yuan each: "
        "the unit of the amount is doubtful"
    )
    keys = (per.key, fact.key)
    return Doubt(of.checks[mean.check], words, fact.where, keys, (fact.key,))


def with_inferred_units(said: Sequence[Stated]) -> list[Stated]:
    """Fill a missing unit of money where only one unit makes the mean plausible, and say so."""
    by_concept = {fact.concept: fact for fact, _ in said if not fact.applicant}
    filled: dict[str, Fact] = {}
    for form_id in dict.fromkeys(fact.form for fact, _ in said):
        for mean in form(form_id).means:
            fact, per = by_concept.get(mean.amount), by_concept.get(mean.per)
            if not (fact and per and per.value and fact.unit_source is UnitSource.UNKNOWN):
                continue
            amounts = {unit: (fact.value or 0) * YUAN[unit] for unit in ("元", "万元")}
            likely = [
                u for u, yuan in amounts.items() if mean.least <= yuan / per.value <= mean.most
            ]
            if len(likely) == 1:
                (unit,), source = likely, UnitSource.INFERRED
                amount = amounts[unit]
                filled[fact.key] = fact._replace(unit=unit, amount_yuan=amount, unit_source=source)
    return [
        (filled[fact.key], tuple(_INFERRED.get(kind, kind) for kind in kinds))
        if fact.key in filled
        else (fact, kinds)
        for fact, kinds in said
    ]
