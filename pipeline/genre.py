"""Is this document one organ's annual report? Why not, and what to do, when it is none.

`genre.toml` lists the documents that say in their title what they are. What only the rest of a
document tells is here: blank forms, two reports in one file, lists of reports, stolen copies.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.model import Document, Grid, Identity
from pipeline.recognise import Recognition
from pipeline.text import is_value_like, squeezed

_OPENING_LINES = 300
_FIRST_CELLS = 8
_LONG = 40
_LONGEST_TITLE = 60
_FEW = 3

_DATA = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
_WORDS = {name: re.compile(pattern) for name, pattern in _DATA["words"].items()}
_GENRES = [{**genre, "title": re.compile(genre["title"])} for genre in _DATA["genre"]]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a document yields no report, and what to do about it."""

    reason: str
    remedy: str


@dataclass(frozen=True, slots=True)
class _Shape:
    """What a document has of a report; `titles` are the places of such lines in `opening`."""

    lines: tuple[str, ...]
    opening: tuple[str, ...]
    titles: tuple[int, ...]
    sections: int
    figures: bool
    tables: bool

    @property
    def body(self) -> bool:
        return self.tables or (self.sections >= _FEW and self.figures)


def judge(
    document: Document, recognition: Recognition, identity: Identity, title: str
) -> Refusal | None:
    """Why a document yields no report; None when it is one."""
    shape = _shape(document, recognition)
    return (
        _copy(document, shape)
        or _two_reports(document, recognition, shape)
        or _named(shape)
        or _blank_form(shape, recognition, identity, title)
        or _list(document, shape)
        or _something_else(shape, recognition, title)
    )


def _shape(document: Document, recognition: Recognition) -> _Shape:
    lines = tuple(_lines(document))
    first = next((at for at, line in enumerate(lines) if _is("section", line)), len(lines))
    above = (_declared(document), *lines[: min(first, _OPENING_LINES)])
    opening = tuple(line for line in above if _is_headline(line))
    outline = {found[1] for line in lines if (found := _WORDS["outline"].match(line))}
    return _Shape(
        lines,
        opening,
        tuple(at for at, _ in enumerate(opening) if _title_at(opening, at)),
        len(outline),
        any(_is("figure", line) for line in lines),
        any(m.cell.text and is_value_like(m.cell.text) for m in recognition.matches),
    )


def _declared(document: Document) -> str:
    """The title that a page declares, without the names of the column and the site."""
    return squeezed(re.split(r"[_|>»]|\s[-–—]\s|[-–—]{1,2}(?!\d)", document.heading)[0])


def _lines(document: Document) -> Iterator[str]:
    """The lines of all paragraphs, and of the first or of the long cells, squeezed."""
    for block in document.blocks:
        if isinstance(block, Grid):
            printed = [
                c.text for n, c in enumerate(block.cells) if n < _FIRST_CELLS or len(c.text) > _LONG
            ]
        else:
            printed = [block.text]
        for text in printed:
            yield from filter(None, map(squeezed, text.splitlines()))


def _named(shape: _Shape) -> Refusal | None:
    """A genre that a line above the first section names before any line names a report."""
    for at, line in enumerate(shape.opening):
        genre = _genre(line)
        if genre is None or not _counts(genre, line, at, shape):
            continue
        if {"tables": shape.tables, "body": shape.body}.get(genre["unless"], False):
            continue
        return Refusal(f"{genre['reason']}: “{line[:_LONG]}”", genre["remedy"])
    return None


def _counts(genre: dict[str, Any], line: str, at: int, shape: _Shape) -> bool:
    """Whether the line is this document's title, and not one of a menu or a link to another."""
    also = re.compile(genre.get("also", ""))
    if sum(bool(also.match(one)) for one in shape.lines) < _FEW and "also" in genre:
        return False
    if _is("menu", line) and (shape.titles or shape.sections >= _FEW):
        return False
    if shape.titles and not re.search("信息公开.*报|年报", line):
        return False
    return all(title > at for title in shape.titles)


def _two_reports(document: Document, recognition: Recognition, shape: _Shape) -> Refusal | None:
    """Whole reports one after the other, or the tables of two side by side."""
    held = list(dict.fromkeys(_one_after_the_other(shape)))
    if not any(_differ(held[0], other) for other in held[1:]):
        held = _side_by_side(document, recognition)
    if not held:
        return None
    names = list(dict.fromkeys(" ".join(filter(None, key)) for key in held))
    count = "two" if len(names) == 2 else str(len(names))
    shown = " and ".join(names[:_FEW]) + (" …" if len(names) > _FEW else "")
    return Refusal(f"{count} reports in one file: {shown}", "save each as a file of its own")


def _one_after_the_other(shape: _Shape) -> Iterator[tuple[str, str]]:
    """Organ and year of each title with first section and text below it."""
    title, begun = None, False
    for at, line in enumerate(shape.lines):
        if key := _title_at(shape.lines, at):
            title, begun = key, False
        elif _is("section", line):
            begun = True
        elif title and begun and (_is("figure", line) or "。" in line):
            yield title
            title = None


def _side_by_side(document: Document, recognition: Recognition) -> list[tuple[str, str]]:
    for grid in document.grids:
        inside = set(grid.cells)
        if any(m.readable and m.cell not in inside for m in recognition.matches):
            continue
        if sum(_is("form", squeezed(cell.text)) for cell in grid.cells) < _FEW:
            continue
        for row in grid.rows():
            texts = [squeezed(cell.text) for cell in row]
            years = [("", hit[1]) for text in texts if (hit := _WORDS["year_cell"].match(text))]
            titles = [key for text in texts if (key := _title(text))]
            for held in (titles, years):
                if any(_differ(held[0], other) for other in held[1:]):
                    return held
    return []


def _blank_form(
    shape: _Shape, recognition: Recognition, identity: Identity, title: str
) -> Refusal | None:
    """A form to be filled in; a report whose tables are blank names its organ and speaks."""
    remedy = "put the report that was written on it in its place"
    printed = (squeezed(title), *(shape.opening[at] for at in shape.titles))
    names = [re.sub(r"^([*_]+)(.+)\1$", r"\2", line) for line in printed]
    if gap := next((line for line in names if _is("placeholder", line)), ""):
        return Refusal(f"a blank form: a placeholder stands for the organ: “{gap[:_LONG]}”", remedy)
    if shape.tables or shape.figures or not (recognition.matches or shape.sections >= _FEW):
        return None
    gaps = sum(_is("placeholder", line) for line in shape.lines)
    if identity.organ and gaps < _FEW:
        return None
    return Refusal("a blank form: it holds no figure and names no organ", remedy)


def _list(document: Document, shape: _Shape) -> Refusal | None:
    """Titles of several reports, and no sentence that gives a figure."""
    cells = [squeezed(cell.text) for grid in document.grids for cell in grid.cells]
    told = any("。" in line and _is("figure", line) for line in shape.lines)
    listed = {key for line in (*shape.lines, *cells) if (key := _title(line))}
    declared = _title(_declared(document))
    if len(listed) < 2 or told or shape.tables or shape.sections or (declared and declared[1]):
        return None
    reason = f"a list of {len(listed)} reports, which holds none of them"
    return Refusal(reason, "fetch the reports that it leads to")


def _copy(document: Document, shape: _Shape) -> Refusal | None:
    """Pages of other sites that dress up as a report: lures between the lines, or glosses."""
    text = "".join(shape.lines)
    short = [line for line in shape.lines if "。" not in line and len(line) <= _LONGEST_TITLE]
    lures = set(_WORDS["lure"].findall(" ".join((document.heading, *short)).lower()))
    script = len(_WORDS["traditional"].findall(text)) > len(_WORDS["simplified"].findall(text))
    glosses = len(_WORDS["gloss"].findall(text)) >= _FEW
    if len(lures) >= _FEW or (script and (lures or glosses)):
        signs = ", ".join(sorted(lures)) or "words with their pronunciation, in traditional script"
        return Refusal(
            f"a copied page of another site, not the organ's own: {signs}",
            "fetch the report from the organ's own site, under .gov.cn",
        )
    return None


def _something_else(shape: _Shape, recognition: Recognition, title: str) -> Refusal | None:
    remedy = "remove it from the collection, or fix its title"
    other = "not an annual report on government-information disclosure"
    if recognition.matches or shape.sections > _FEW or title or shape.titles:
        return None
    why = "it has neither the title nor a table of one" if shape.lines else "it holds no text"
    return Refusal(f"{other}: {why}", remedy)


def _title_at(lines: Sequence[str], at: int) -> tuple[str, str] | None:
    """The title that a line is, alone or with the name or the year in the line above it."""
    if (key := _title(lines[at])) or not at or not _is("menu", lines[at]):
        return key
    return _title(lines[at - 1] + lines[at]) if _is("above_title", lines[at - 1]) else None


def _title(line: str) -> tuple[str, str] | None:
    """The organ and the year that a report's title names; None if it is none or names neither."""
    found = _WORDS["title"].match(line)
    if not found or not _is_headline(line) or _genre(line):
        return None
    year = re.search(r"20\d\d(?!\d)", line)
    name = re.sub(r"^关于|20\d\d年?度?|[\W\d_]|(?:人民)?政府$|办事处$", "", found[1])
    return (name, year[0] if year else "") if name or year else None


def _differ(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether two titles are of different reports, as far as they say."""
    short, long = sorted((one[0], other[0]), key=len)
    return bool(one[1] and other[1] and one[1] != other[1]) or bool(short and short not in long)


def _is_headline(line: str) -> bool:
    return 0 < len(line) <= _LONGEST_TITLE and not (_is("sentence", line) or _is("link", line))


def _genre(line: str) -> dict[str, Any] | None:
    return next((genre for genre in _GENRES if genre["title"].search(line)), None)


def _is(word: str, line: str) -> bool:
    return bool(_WORDS[word].search(line))
