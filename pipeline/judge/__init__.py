"""Readings, identity and figures of prose → one report: facts flagged, findings.

Only here rivals are settled, and only here doubts become flags and findings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline import doubt
from pipeline.doubt import Doubt, Kind
from pipeline.identify import conflicts
from pipeline.judge.foreign import foreign_places, marked, marked_figures
from pipeline.judge.plausible import implausible, with_inferred_units
from pipeline.judge.residue import residue
from pipeline.judge.rules import Kinds, check, flags_of
from pipeline.judge.settle import settled
from pipeline.judge.year import of_their_year, year_doubts
from pipeline.model import Fact, Finding, Identity, NarrativeFigure, Report
from pipeline.narrative import Narration
from pipeline.narrative.checks import check_narrative, explain_received
from pipeline.outline import Outline
from pipeline.recognise import Match, Reading
from pipeline.recognise.values import Stated, stated

__all__ = ["doubts_about", "finding", "flagged", "judge", "kinds_of", "settled"]


def judge(
    outline: Outline,
    identity: Identity,
    readings: Sequence[Reading],
    narration: Narration,
    *,
    infer_units: bool = False,
) -> Report:
    """The report that a document's readings give.

    With `infer_units`, a missing unit of money is filled in where only one makes it plausible.
    """
    places = foreign_places(outline, identity)
    table = settled(outline.document, readings, places)
    matches = tuple(marked(match, places, identity) for match in table.matches)
    said = [stated(match) for match in matches]
    if infer_units:
        said = with_inferred_units(said)
    checked = check([fact for fact, _ in said], kinds_of(matches, said), table.partial)
    unlikely = list(implausible(checked.facts, identity))
    kinds = dict(checked.kinds)
    for known in unlikely:
        kinds |= {key: (*kinds.get(key, ()), known.kind) for key in known.flagged}
    facts = flagged(checked.facts, kinds)
    own = of_their_year(marked_figures(narration.figures, places), identity)
    doubts = [
        *outline.document.doubts,
        *conflicts(identity),
        *year_doubts(outline, matches, identity),
        *table.doubts,
        *doubts_about(matches, said, kinds),
        *residue(outline, table, readings, facts, identity),
        *checked.doubts,
        *unlikely,
        *check_narrative(own),
        *_doubts_about_figures(own),
        *narration.doubts,
        *explain_received(own, facts),
    ]
    return Report(
        outline.document.file,
        outline.document.format,
        outline.title,
        identity,
        facts,
        own,
        tuple(finding(known) for known in doubts),
        table.forms,
    )


def kinds_of(matches: Sequence[Match], said: Sequence[Stated]) -> Kinds:
    """What is doubted of the facts of matches, by their keys."""
    return {
        match.key: (*(known.kind for known in match.doubts), *of_value)
        for match, (_, of_value) in zip(matches, said, strict=True)
        if match.doubts or of_value
    }


def flagged(facts: Sequence[Fact], kinds: Kinds) -> tuple[Fact, ...]:
    """The facts with the flags of what is doubted of them."""
    if not kinds:
        return tuple(facts)
    flags = (flags_of(fact, kinds) for fact in facts)
    return tuple(f._replace(flags=s) if s else f for f, s in zip(facts, flags, strict=True))


def doubts_about(matches: Sequence[Match], said: Sequence[Stated], kinds: Kinds) -> list[Doubt]:
    """The doubts about matched cells, each with the cells that it is about.

    Those without words of their own are said once for each table; those that a sum has settled,
    and are no longer among the `kinds`, not at all.
    """
    cells: dict[tuple[Doubt, str], list[Match]] = {}
    for match, (_, of_value) in zip(matches, said, strict=True):
        for known in (*match.doubts, *map(Doubt, of_value)):
            if known.kind in kinds.get(match.key, ()):
                cells.setdefault((known, "" if known.words else match.table), []).append(match)
    doubts = []
    for (known, _), concerned in cells.items():
        keys = tuple(dict.fromkeys(match.key for match in concerned))
        where = known.where or concerned[0].cell.where
        doubts.append(replace(known, where=where, cells=keys, flagged=keys))
    return doubts


def _doubts_about_figures(figures: Sequence[NarrativeFigure]) -> list[Doubt]:
    """What is doubted of figures in prose, once for each kind; rival statements are told apart."""
    concerned: dict[Kind, list[NarrativeFigure]] = {}
    for figure in figures:
        for kind in figure.doubts:
            if kind is not doubt.INTERNAL:
                concerned.setdefault(kind, []).append(figure)
    return [
        Doubt(kind, "", few[0].where, tuple(dict.fromkeys(figure.concept for figure in few)))
        for kind, few in concerned.items()
    ]


def finding(known: Doubt) -> Finding:
    """The row that says it to people."""
    kind = known.kind
    return Finding(
        kind.finding,
        known.verdict or kind.verdict,
        known.severity or kind.severity,
        known.words or kind.en,
        known.cells,
        known.where,
    )
