"""What is said of an identity that the print contradicts, or does not give."""

from __future__ import annotations

from pipeline import doubt
from pipeline.doubt import Doubt
from pipeline.model import Evidence, Identity

_PLACES = {
    "heading": "the page's own title (网页标题)",
    "other_title": "another title",
    "later_title": "a title further down, the first one naming none,",
    "unread_title": "the title, which is no name that can be read,",
    "same_title": "the same title",
    "period_sentence": "the sentence on the period (统计期限)",
    "preface": "the preface (引言)",
    "author": "the sentence on who wrote it",
    "actor": "the text, in the place of the issuer,",
    "body_mention": "the opening of the text",
    "signature": "the signature (落款)",
    "issuer_line": "the line on the issuer (发布机构)",
    "source_line": "the line on the source (来源)",
    "self_words": "the text",
    "contact": "the paragraph on contacts (联系方式)",
    "website": "the website it names",
    "region_table": "the table of regions (行政区划), which lists no such place,",
}


def conflicts(identity: Identity) -> tuple[Doubt, ...]:
    """Where the print names another year or another issuer than the identity has."""
    doubts: list[Doubt] = []
    told: set[tuple[str, str]] = set()
    for evidence in identity.evidence:
        said = (evidence.field, evidence.value)
        words = _contradiction(evidence, identity)
        if not words or said in told:
            continue
        told.add(said)
        kind = doubt.YEAR if evidence.field == "report_year" else doubt.ISSUER
        doubts.append(Doubt(kind, f"{words}: “{evidence.text}”", evidence.where))
    if not identity.organ and all(known.kind is not doubt.ISSUER for known in doubts):
        doubts += [
            _unnamed(evidence) for evidence in identity.evidence if evidence.field == "organ"
        ]
    return tuple(doubts)


def _unnamed(evidence: Evidence) -> Doubt:
    said = "no title, signature (落款) or line on the issuer (发布机构) names one"
    if evidence.text:
        said = f"“{evidence.text}” names none that can be told"
    return Doubt(doubt.ISSUER, f"no issuer is read: {said}", evidence.where)


def _contradiction(evidence: Evidence, identity: Identity) -> str:
    place = _PLACES.get(evidence.method, "")
    if evidence.field == "report_year" and evidence.value != str(identity.report_year or ""):
        taken = f"the report year is taken as {identity.report_year or 'unknown'}"
        if evidence.method == "date":
            return (
                f"{taken}, but a date of publication (落款日期) fits {evidence.value} at the latest"
            )
        return f"{taken}, but {place} says {evidence.value}" if place and evidence.value else ""
    known = ("",) if evidence.method == "later_title" else ("", identity.organ)
    if evidence.field == "organ" and place and evidence.value not in known:
        taken = (
            f"the issuer is taken as “{identity.organ}”" if identity.organ else "no issuer is read"
        )
        return f"{taken}, but {place} says “{evidence.value}”"
    return ""
