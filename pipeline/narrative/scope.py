"""Whether a figure is the reporting organ's own."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.model import NarrativeFigure, Scope
from pipeline.narrative.checks import CATEGORY, RECEIVED, TOTAL, is_misread, scope_of
from pipeline.narrative.hits import Hit, clause_before
from pipeline.narrative.prose import Passage
from pipeline.narrative.wordings import CHANNELS, rules
from pipeline.outline import Outline
from pipeline.reference import OrganKind, kind_of

# Whose own figures are not those of the whole county.
_LOCAL = frozenset(OrganKind) - {
    OrganKind.GOVERNMENT,
    OrganKind.GOVERNMENT_OFFICE,
    OrganKind.DEVELOPMENT_ZONE,
}
# What a sentence that opens with 其中 counts a part of.
_PARTED = frozenset(
    {"nar_press_conferences", "nar_policy_interpretations", "nar_hot_issue_responses"}
)
_LONGEST_LIST = 200  # characters before a figure in which its list may have begun


def scope_doubt(hit: Hit, passage: Passage, outline: Outline) -> bool:
    """Whether the words before a figure give it to someone else: villages, the county, a town."""
    words = rules().words
    if words["instance"].match(passage.text) or words["corrected"].match(passage.text, hit.stop):
        return True
    if hit.concept in _PARTED and words["part_of_another"].match(passage.text):
        return True
    if hit.concept in _PARTED:
        # Behind 公开信息100条,其中文件15条 stands an item, 解读10条.
        begin = max(0, hit.first - _LONGEST_LIST)
        if words["listed"].search(passage.text, begin, hit.first):
            return True
    clause = clause_before(passage.text, hit.start)
    villages = words["opens_below"].match(passage.text) and scope_of(clause) is Scope.UNKNOWN
    if villages or words["below"].search(clause):
        return True
    if hit.concept == TOTAL and words["part"].match(passage.text, hit.stop):
        return True
    organs = outline.organs
    local = bool(organs) and all(kind_of(organ) in _LOCAL for organ in organs)
    provincial = any("省" in organ for organ in organs)
    # 省局网站公开22篇 is disclosed, and counted, above.
    above = hit.concept == CHANNELS["website"] and words["province_site"].search(clause)
    if local and above and not provincial:
        return True
    if local and words["above"].search(clause):
        return True
    if local and scope_of(passage.text, hit.start) is Scope.REGION_AGGREGATE:
        return True
    other = words["other_organ"].search(clause_before(passage.text, hit.first))
    if not other and scope_of(passage.text, hit.start) is Scope.UNKNOWN:
        other = words["opens"].match(passage.text)
    return bool(organs and other and not any(_names(other["name"], organ) for organ in organs))


def _names(short: str, organ: str) -> bool:
    """Whether a short name is of the organ: 人社局 of the 人力资源和社会保障局."""
    rest = iter(organ)
    return all(char in rest for char in short)


def unsettled(figures: Sequence[NarrativeFigure]) -> set[int]:
    """The indexes of figures that give one measure several values and are not the organ's own.

    Those are all of a measure's, unless one sentence tells which of them is the organ's. Totals
    and requests are left to the checks, categories to their list.
    """
    groups: dict[tuple[str, str, bool], list[int]] = {}
    for index, figure in enumerate(figures):
        if figure.concept not in (TOTAL, RECEIVED, CATEGORY) and not is_misread(figure):
            area = figure.scope is Scope.REGION_AGGREGATE
            groups.setdefault((figure.concept, figure.category, area), []).append(index)
    doubtful: set[int] = set()
    for group in groups.values():
        stated = [figures[index] for index in group]
        if len({figure.value for figure in stated}) == 1:
            continue
        others = [i for i in group if figures[i].scope is not Scope.OWN_ORGAN]
        parts = [i for i in group if "其中" in figures[i].sentence[: figures[i].start]]
        if len({figure.sentence for figure in stated}) == 1:
            if len(others) == len(group) - 1:
                group = others
            elif len(parts) == len(group) - 1:
                group = parts
        doubtful.update(group)
    return doubtful
