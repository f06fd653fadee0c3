"""Which documents there are, and each of them from its plan to its bytes."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.sample.build import tables_and_headings
from pipeline.sample.figures import figures
from pipeline.sample.layout import Page, Para
from pipeline.sample.places import COUNTY, TOWNS, Town, region_rows
from pipeline.sample.printed import Printed, form_keys, print_figures, published_entry
from pipeline.sample.prose import Prose, invented
from pipeline.sample.wording import HEADINGS, data
from pipeline.sample.write_docx import write_docx
from pipeline.sample.write_html import write_html
from pipeline.sample.write_pdf import write_pdf
from pipeline.sample.write_text import write_text

_WRITERS: dict[str, Callable[[Page], bytes]] = {
    "html": write_html,
    "docx": write_docx,
    "pdf": write_pdf,
    "txt": write_text,
    "md": write_text,
}


@dataclass(frozen=True, slots=True)
class Planned:
    """One document: who, when, printed how; `oddities` are listed in the order of their effect.

    `source` is the town that it is invented for, or the prose around published figures.
    """

    file: str
    organ: str
    code: str
    year: int
    table_two: str
    table_three: str
    oddities: tuple[str, ...]
    source: Town | Prose


def documents() -> tuple[Planned, ...]:
    """Every document of the collection, the rebuilt ones first."""
    planned: list[Planned] = []
    published = data("published.toml")
    for real in published["report"]:
        preface, other = (published["notice"], real["preface"]), (real["other"],)
        prose = Prose(real["titles"], preface, real["overview"], (real["problems"],), other)
        who = (real["file"], real["organ"], real["code"], real["year"])
        forms = (real["table_two"], real["table_three"])
        planned.append(Planned(*who, *forms, tuple(real["oddities"]), prose))
    towns = {town.name: town for town in TOWNS}
    for row in data("plan.csv"):
        town, year = towns[row["town"]], int(row["year"])
        file = f"{COUNTY}{town.name}{year}.{row['suffix']}"
        forms = (row["table_two"], row["table_three"])
        oddities = tuple(filter(None, row["oddities"].split(";")))
        planned.append(Planned(file, town.organ, town.code, year, *forms, oddities, town))
    return tuple(planned)


def entries(planned: Planned) -> Printed:
    """The printed cells of a document, in the order of its form; blanks as blanks."""
    keys = form_keys(planned.table_two, planned.table_three)
    if isinstance(planned.source, Town):
        return print_figures(figures(planned.source, planned.year), keys, planned.oddities)
    published: Printed = {
        (row["concept"], row["applicant"]): published_entry(row["text"], row["value"], row["unit"])
        for row in data("published.csv")
        if row["organ"] == planned.organ and row["year"] == str(planned.year)
    }
    return {key: published[key] for key in keys}


def render(planned: Planned) -> bytes:
    """The document itself."""
    return written(page_of(planned), planned.file.rpartition(".")[2])


def written(page: Page, suffix: str) -> bytes:
    """A page as a document of the format with this suffix."""
    return _WRITERS[suffix](page)


def page_of(planned: Planned) -> Page:
    """A planned document before it has a format."""
    prose = planned.source
    if isinstance(prose, Town):
        known = figures(prose, planned.year)
        prose = invented(prose, planned.year, known, planned.oddities)
    forms = (planned.table_two, planned.table_three)
    blocks = (
        *_paragraphs(prose.titles, "title"),
        *_paragraphs(prose.preface),
        Para(HEADINGS[0], "heading"),
        *_paragraphs(prose.overview),
        *tables_and_headings(entries(planned), *forms, planned.oddities),
        Para(HEADINGS[4], "heading"),
        *_paragraphs(prose.problems),
        Para(HEADINGS[5], "heading"),
        *_paragraphs(prose.other),
    )
    return Page("".join(prose.titles), blocks, planned.oddities)


def _paragraphs(texts: Sequence[str], style: str = "body") -> Iterator[Para]:
    return (Para(text, style) for text in texts)


def files() -> Iterator[tuple[str, bytes]]:
    """The documents by name, the list of what each is, and the units of the fictional county."""
    sources = [("file", "url", "organ", "report_year", "note")]
    for planned in documents():
        yield planned.file, render(planned)
        note = "fictional" if isinstance(planned.source, Town) else data("published.toml")["note"]
        sources.append((planned.file, "", planned.organ, str(planned.year), note))
    for name, rows in (("sources", sources), ("regions", region_rows())):
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(rows)
        yield f"{name}.csv", text.getvalue().encode()
