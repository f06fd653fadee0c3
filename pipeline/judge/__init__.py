"""Readings, identity and figures of prose → one report: facts flagged, findings.

Only here rivals are settled, and only here doubts become flags and findings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline import doubt
from pipeline.doubt import Doubt, Kind
from pipeline.identify import conflicts
from pipeline.judge.foreign import attribute
from pipeline.judge.plausible import implausible, with_inferred_units
from pipeline.judge.residue import residue
from pipeline.judge.rules import check, flags_of
from pipeline.judge.settle import settled
from pipeline.judge.year import year_doubts
from pipeline.model import Fact, Finding, Identity, NarrativeFigure, Report
from pipeline.narrative.checks import check_narrative, explain_received
from pipeline.outline import Outline
from pipeline.recognise import Match, Reading
from pipeline.recognise.values import Stated, stated

__all__ = ["doubts_about", "facts_of", "finding", "judge", "settled"]


def judge(
    outline: Outline,
    identity: Identity,
    readings: Sequence[Reading],
    figures: Sequence[NarrativeFigure],
    *,
    infer_units: bool = False,
) -> Report:
    """The report that a document's readings give.

    With `infer_units`, a missing unit of money is filled in where only one makes it plausible.
    """
    document = outline.document
    attribution = attribute(outline, identity)
    table = settled(document, readings, attribution.cells)
    matches = attribution.matches(table.matches)
    said = [stated(match) for match in matches]
    doubts = [*table.doubts, *doubts_about(matches, said)]
    facts, kinds = facts_of(matches, said)
    if infer_units:
        facts, kinds = with_inferred_units(facts, kinds)
    checked = check(facts, kinds, table.partial)
    unlikely = list(implausible(checked.facts, identity))
    kinds = dict(checked.kinds)
    for known in unlikely:
        kinds |= {key: (*kinds.get(key, ()), known.kind) for key in known.flagged}
    flagged = checked.facts
    if kinds:
        flags = [flags_of(fact, kinds) for fact in flagged]
        flagged = tuple(
            f._replace(flags=said) if said else f for f, said in zip(flagged, flags, strict=True)
        )
    own = attribution.figures(figures)
    doubts = [
        *document.doubts,
        *conflicts(identity),
        *year_doubts(outline, matches, identity),
        *doubts,
        *residue(document, table, flagged),
        *checked.doubts,
        *unlikely,
        *check_narrative(own),
        *_doubts_about_figures(own),
        *explain_received(own, flagged),
    ]
    findings = tuple(finding(known) for known in doubts)
    return Report(
        document.file,
        document.format,
        outline.title,
        identity,
        flagged,
        own,
        findings,
        table.forms,
    )


def facts_of(
    matches: Sequence[Match], said: Sequence[Stated]
) -> tuple[tuple[Fact, ...], dict[str, tuple[Kind, ...]]]:
    """The facts of matches, and what is doubted of each."""
    kinds = {
        match.key: (*(known.kind for known in match.doubts), *of_value)
        for match, (_, of_value) in zip(matches, said, strict=True)
        if match.doubts or of_value
    }
    return tuple(fact for fact, _ in said), kinds


def doubts_about(matches: Sequence[Match], said: Sequence[Stated]) -> list[Doubt]:
    """The doubts about matched cells, each with the cells that it is about.

    Those without words of their own are said once for each table.
    """
    cells: dict[tuple[Doubt, str], list[Match]] = {}
    for match, (_, of_value) in zip(matches, said, strict=True):
        for known in (*match.doubts, *map(Doubt, of_value)):
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
