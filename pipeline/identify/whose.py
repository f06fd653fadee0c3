"""Which of the printed names is the issuer's, and what agrees with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.identify.issuer import Issuer, Read, of_government, self_reference
from pipeline.identify.methods import TITLED, needs_another, weak, writes_for_others
from pipeline.identify.printed import Print
from pipeline.identify.scope import wide_scope
from pipeline.model import Evidence
from pipeline.outline import folded
from pipeline.reference import (
    ONE_OR_UNKNOWN,
    OrganKind,
    Region,
    Sameness,
    kind_of,
    may_be_one,
    place_in,
    without_desk,
)

# An office that reports on itself, and a text that is about the whole county.
_ITSELF = re.compile("(?<![自基根资日])[我本](?:办公[室厅]|[厅室]|办(?!理|法|公[室厅]|事|结|好))")
_SELF = re.compile("(?<![自基根资日])[我本](街道|镇|乡(?!本土)|苏木|局|委|管委会)")
_OWN_BODY = re.compile("(?<![自基根资日])[我本](?:局|中心|委|办(?!理|法|事|结|好))")
_OF_ALL = re.compile("(?<![自基根资日])我(?:[省州旗盟]|[市县区](?!政府办|委办))")


def named_issuer(printed: Print, read: Read) -> tuple[Evidence, Issuer | None]:
    """The printed name of the issuer and its reading; the name is kept when it cannot be read.

    A name of many organs (区住建局) waits for a place that names one of them, and that of an organ
    whose place no table knows for one that is known.
    """
    own: Evidence | None = None
    vague: tuple[Evidence, Issuer] | None = None
    faint: tuple[Evidence, Issuer] | None = None
    unknown: tuple[Evidence, Issuer] | None = None
    for named in printed.names():
        words = folded(named.value)
        issuer = read(words)
        if issuer is None:
            if own is None and self_reference(words):
                own = replace(named, text=named.value)
        elif issuer.relative:
            if named.method in weak():
                faint = faint or (named, issuer)
            else:
                vague = vague or (named, issuer)
        elif vague:
            if issuer.placed and _is_one_of(issuer, vague[1]):
                return named, issuer
        elif issuer.placed or named.method in TITLED:
            return named, issuer
        elif named.method not in weak() and place_in(issuer.printed):
            unknown = unknown or (named, issuer)
    title = printed.outline.own_title
    nobody = own or Evidence("organ", "", "not_found", title.text if title else "")
    if own and faint and self_reference(folded(own.value)) is not faint[1].kind:
        faint = None
    return vague or unknown or faint or (nobody, None)


def _is_one_of(issuer: Issuer, vague: Issuer) -> bool:
    """Whether an organ is of those that a name of many may mean: 海盐县卫健局 of 县卫健局."""
    of_level = place_in(issuer.printed).endswith(vague.before)
    return of_level and may_be_one(vague.short, issuer.printed) is Sameness.YES


def for_whom(
    printed: Print, issuer: Issuer, unit: Region, named: Evidence
) -> tuple[Issuer, Evidence | None]:
    """Whose report it is that an office wrote: its own, or its government's; and what is open.

    The office of a county puts together the report of the county and another on itself.
    """
    prose = printed.outline.prose
    if named.method == "contact" and writes_for_others(issuer.short):
        return _of_its_unit(issuer, unit, named, prose.text)
    if issuer.kind is not OrganKind.GOVERNMENT_OFFICE or named.method in TITLED:
        return issuer, None
    government = of_government(issuer)
    if wide_scope(prose):
        return government, None
    if _ITSELF.search(prose.text):
        return issuer, None
    of_all = _OF_ALL.search(prose.text)
    other = issuer if of_all else government
    words = prose.quoted(*of_all.span()) if of_all else (named.text, named.where)
    taken = government if of_all else issuer
    return taken, Evidence("organ", other.name(unit), "for_whom", *words)


def _of_its_unit(
    issuer: Issuer, unit: Region, named: Evidence, text: str
) -> tuple[Issuer, Evidence | None]:
    """The government, where the desk that answers questions speaks of 我县 and never of itself."""
    if not _OF_ALL.search(text) or _OWN_BODY.search(text):
        return issuer, None
    words = "行政公署" if unit.name.endswith(("地区", "盟")) else "人民政府"
    short = Issuer((unit,), words, OrganKind.GOVERNMENT, unit.name, anchored=True)
    desk = issuer.name(unit)
    return short, Evidence("organ", desk, "for_whom", named.text, named.where)


def _itself(printed: Print, named: Evidence, name: str) -> Iterator[Evidence]:
    """What the text calls its organ, where an organ of this kind says so of itself: 我镇."""
    own = _SELF.search(printed.outline.prose.text)
    alike = own is not None and own[1] in name and kind_of(own[1]) is kind_of(name)
    if own and alike and not writes_for_others(name):
        words = printed.outline.prose.quoted(*own.span())
        yield Evidence("organ", name, "self_words", *words)


def agreeing(printed: Print, named: Evidence, name: str) -> Iterator[Evidence]:
    """The other places that name the same organ, where the first one says little by itself."""
    if not (name and needs_another(named.method, name)):
        return
    yield from _itself(printed, named, name)
    for other in (*printed.names(), *printed.path):
        words = without_desk(folded(other.value))
        if other.method == named.method:
            continue
        # A title that says 区住建局 agrees with any that it may mean.
        enough = (Sameness.YES,) if other.method in weak() else ONE_OR_UNKNOWN
        if may_be_one(words, name) in enough:
            yield replace(other, value=name)
