"""Whose figures a report gives, as far as the print says: the organ's own, or of many."""

from __future__ import annotations

import re

from pipeline.model import Evidence, Scope
from pipeline.outline import Outline, Prose
from pipeline.reference import OrganKind

_WHOLE = r"(?:全[省市县区州旗盟]|本?行政区域)"
_MEMBERS = r"各(?:级|地级|设区|乡镇|镇|街道|乡|县|区|市|旗|部门)"
_REGION_WIDE = re.compile(
    rf"(?:{_WHOLE}|{_MEMBERS})[^。\n]{{0,40}}汇总"
    rf"|汇总[^。\n]{{0,30}}(?:{_WHOLE}|{_MEMBERS})"
    rf"|综合(?!{'行政执法|执法|服务|治理'})[^。\n]{{0,30}}(?:{_WHOLE}|{_MEMBERS})[^。\n]{{0,60}}(?:编制|编写|撰写|而成)"
    rf"|(?:统计|数据|报告)(?:的?范围)?[^。\n]{{0,20}}(?:涵盖|覆盖|包括|包含)了?[^。\n]{{0,6}}(?:{_WHOLE}|{_MEMBERS})"
    rf"|(?:统计|数据)范围[^。\n]{{0,20}}{_WHOLE}"
    rf"|(?:数据|报告)[^。\n]{{0,30}}全[省市县区州旗]各级(?:行政|政府)机关"
    rf"|全[省市县区州旗]各级(?:行政|政府)机关[^。\n]{{0,30}}(?:报告|数据|统计)"
    r"|年度?报告?\(汇总\)"
)
_LEVEL_WIDE = re.compile(
    r"[省市县区州旗]本级[^。\n]{0,30}汇总|汇总[^。\n]{0,30}[省市县区州旗]本级"
    r"|(?:统计|数据)范围[^。\n]{0,20}[省市县区州旗]本级"
)
_WIDE = ((Scope.LEVEL_AGGREGATE, _LEVEL_WIDE), (Scope.REGION_AGGREGATE, _REGION_WIDE))


def wide_scope(prose: Prose) -> tuple[Scope, re.Match[str]] | None:
    """The scope of figures of many organs, and the words that say it."""
    for scope, pattern in _WIDE:
        if hit := pattern.search(prose.text):
            return scope, hit
    return None


def scope_of(outline: Outline, kind: OrganKind | None) -> tuple[Scope, Evidence]:
    """Whose figures these are, as far as the print says."""
    if kind not in (None, OrganKind.GOVERNMENT):
        return Scope.OWN_ORGAN, Evidence("scope", Scope.OWN_ORGAN, "organ_type", str(kind))
    if kind and (wide := wide_scope(outline.prose)):
        scope, hit = wide
        words = outline.prose.quoted(*hit.span())
        return scope, Evidence("scope", scope, "period_sentence", *words)
    return Scope.UNKNOWN, Evidence("scope", Scope.UNKNOWN, "not_found", "")
