"""The zeros that words report, by their verb and object or under the heading that names both."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.narrative.claims import is_about, may_be
from pipeline.narrative.hits import Hit, clause_before, overlaps, reported_zero
from pipeline.narrative.period import speaks_of_another_time
from pipeline.narrative.prose import Passage
from pipeline.narrative.told import Told
from pipeline.narrative.wordings import compiled, rules
from pipeline.outline import Outline

_LONGEST_BARE_ZERO = 60  # characters of a sentence whose subject is in its heading


def may_report_a_zero(passage: Passage, told: Told) -> bool:
    """Whether a sentence names what may be none, or is short enough to leave it to its heading."""
    none_of = rules().words["none_of"]
    if none_of.search(passage.text):
        return True
    return len(passage.text) <= _LONGEST_BARE_ZERO and none_of.search(told.headings) is not None


def reported_zeros(
    passage: Passage, told: Told, outline: Outline, taken: Sequence[Hit]
) -> list[Hit]:
    """The zeros that words report, of quantities for which the sentence gives no number there."""
    text, above = passage.text, told.headings
    zeros: list[Hit] = []
    for wording in rules().zeros:
        for pattern in wording.patterns if may_be(wording, passage, above) else ():
            for match in compiled(pattern).finditer(text):
                clause = clause_before(text, match.start()) + match.group()
                if wording.reject and compiled(wording.reject).search(clause):
                    continue
                if speaks_of_another_time(passage, match.start("none"), outline):
                    continue
                certain = is_about(wording.certain, passage.source, above)
                zeros += [
                    hit
                    for concept in wording.concepts
                    for hit in [reported_zero(concept, match, certain=certain)]
                    if not any(hit.concept == other.concept for other in zeros)
                    if not any(
                        hit.concept == other.concept and overlaps(hit, [other]) for other in taken
                    )
                ]
    return zeros or _zeros_under_a_heading(passage, told, taken)


def _zeros_under_a_heading(passage: Passage, told: Told, taken: Sequence[Hit]) -> list[Hit]:
    """What a sentence that says no more than 未发生 reports of its heading's subject."""
    words, heading = rules().words, told.heading or told.chapter
    said = None if taken else words["zero"].search(passage.text)
    if not said or not words["neutral"].fullmatch(passage.text[: said.start()].replace(",", "")):
        return []
    concepts = ["nar_review_cases", "nar_litigation_cases"]
    if not words["disputes"].search(heading):
        concepts = ["nar_req_received"] if words["requests"].search(heading) else []
    return [reported_zero(concept, said, certain=True) for concept in concepts]
