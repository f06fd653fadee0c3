"""Is this document one organ's annual report? Why not, and what to do, when it is none.

`genre.toml` lists the documents that say in their title what they are. What only the rest of a
document tells is here and in `several`: blank forms, lists and pairs of reports, stolen copies,
and pages that a server, a script or a wall has put in the place of the report.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.genre.several import listed, several
from pipeline.genre.shape import (
    FEW,
    QUOTED,
    STAND_INS,
    WORDS,
    Refusal,
    Shape,
    fits,
    genre_of,
    shape_of,
)
from pipeline.model import Identity
from pipeline.outline import Outline, folded
from pipeline.recognise import Reading
from pipeline.text import is_traditional

__all__ = ["Refusal", "refusal"]

_LONGEST_STAND_IN = 80  # characters of what a page says in place of a report
_LONGEST_LURE = 60  # longer lines are sentences, and a police report speaks of gambling


def refusal(outline: Outline, readings: Sequence[Reading], identity: Identity) -> Refusal | None:
    """Why a document yields no report; None when it is one."""
    shape = shape_of(outline, readings)
    return (
        _copy(outline, shape)
        or several(outline, readings)
        or listed(outline, shape)
        or _named(shape, identity)
        or _blank_form(shape, readings, identity, outline.title)
        or _cover_page(outline, shape)
        or _stand_in(outline, shape, readings)
        or _something_else(shape, readings, outline.title)
    )


def _copy(outline: Outline, shape: Shape) -> Refusal | None:
    """Pages of other sites that dress up as a report: lures between the lines, or glosses."""
    heading = [part.words for part in outline.heading]
    short = [line for line in shape.lines if "。" not in line and len(line) <= _LONGEST_LURE]
    lures = set(WORDS["lure"].findall(" ".join((*heading, *short)).lower()))
    titles = " ".join((*heading, *(shape.opening[at] for at in shape.titles)))
    glued = set(WORDS["lure_in_title"].findall(titles.lower()))
    glosses = sum(len(WORDS["gloss"].findall(line)) for line in shape.lines if "(" in line) >= FEW
    printed = "".join(line.text for line in outline.lines)
    if len(lures) < FEW and not glued and not ((lures or glosses) and is_traditional(printed)):
        return None
    glossed = "words with their pronunciation, in traditional script"
    signs = ", ".join(sorted(lures | glued)) or glossed
    return Refusal(
        f"a copied page of another site, not the organ's own: {signs}",
        "fetch the report from the organ's own site, under .gov.cn",
    )


def _named(shape: Shape, identity: Identity) -> Refusal | None:
    """A genre that a line above the first section names before any line names a report."""
    for at, line in enumerate(shape.opening):
        genre = genre_of(line)
        if genre is None or any(title <= at for title in shape.titles):
            continue
        also = re.compile(genre.get("also", ""))
        if "also" in genre and sum(bool(also.match(other)) for other in shape.lines) < FEW:
            continue
        # A line of a menu, or a link to another page.
        if fits("menu", line) and (shape.titles or shape.sections >= FEW):
            continue
        if shape.titles and not re.search("信息公开.*报|年报", line):
            continue
        # A page that begins with a genre's name and names no organ: its tables may be anyone's.
        signed = bool(at or identity.organ)
        saved = {
            "tables": shape.tables and signed,
            "body": shape.body,
            "titled": shape.body and bool(shape.titles),
        }
        if not saved.get(genre["unless"], False):
            return Refusal(f"{genre['reason']}: “{line[:QUOTED]}”", genre["remedy"])
    return None


def _blank_form(
    shape: Shape, readings: Sequence[Reading], identity: Identity, title: str
) -> Refusal | None:
    """A form to be filled in; a report whose tables are blank names its organ and speaks."""
    remedy = "put the report that was written on it in its place"
    printed = (folded(title), *(shape.opening[at] for at in shape.titles))
    names = [re.sub(r"^([*_]+)(.+)\1$", r"\2", line) for line in printed]
    if gap := next((line for line in names if fits("placeholder", line)), ""):
        return Refusal(
            f"a blank form: a placeholder stands for the organ: “{gap[:QUOTED]}”", remedy
        )
    form = shape.sections >= FEW or any(reading.matches for reading in readings)
    if shape.tables or shape.figures or not form:
        return None
    if identity.organ and sum(fits("placeholder", line) for line in shape.lines) < FEW:
        return None
    return Refusal("a blank form: it holds no figure and names no organ", remedy)


def _cover_page(outline: Outline, shape: Shape) -> Refusal | None:
    """A title and a file to download, and no word of the report."""
    told = shape.sections or shape.tables or any("。" in line for line in shape.lines)
    file = next((line.words for line in outline.lines if line.names_a_file), "")
    if told or shape.figures or not file:
        return None
    reason = f"only the page that the report is attached to: “{file[:QUOTED]}”"
    return Refusal(reason, "fetch the file that it leads to, and put that in its place")


def _stand_in(outline: Outline, shape: Shape, readings: Sequence[Reading]) -> Refusal | None:
    """A page that names a report, holds next to nothing of one, and says what it holds instead."""
    rows = readings[0].rows if readings else ()
    tabled = sum(row.has_figures for row in rows) >= FEW
    if tabled or shape.sections >= FEW or any(reading.matches for reading in readings):
        return None
    sentences = [line for line in shape.lines if "。" in line]
    prose = sum(len(line) > _LONGEST_STAND_IN for line in sentences)
    if prose >= FEW or any(fits("figure", line) for line in sentences):
        return None
    lines = (*(part.words for part in outline.heading), *shape.lines)
    short = [line.lower() for line in lines if len(line) <= _LONGEST_STAND_IN]
    for each in STAND_INS:
        if line := next(filter(each["line"].search, short), ""):
            return Refusal(f"{each['reason']}: “{line[:QUOTED]}”", each["remedy"])
    return None


def _something_else(shape: Shape, readings: Sequence[Reading], title: str) -> Refusal | None:
    known = title or shape.titles or shape.sections > FEW
    if known or any(reading.matches for reading in readings):
        return None
    why = "it has neither the title nor a table of one" if shape.lines else "it holds no text"
    reason = f"not an annual report on government-information disclosure: {why}"
    return Refusal(reason, "remove it from the collection, or fix its title")
