"""Which documents there are, and each of them from its plan to its bytes."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files

from pipeline.sample import prose, published
from pipeline.sample.build import tables_and_headings
from pipeline.sample.figures import Key, figures
from pipeline.sample.layout import Block, Page, Para
from pipeline.sample.places import COUNTY, REGION_COLUMNS, TOWNS, Town, region_rows
from pipeline.sample.printed import Printed, form_keys, print_figures
from pipeline.sample.wording import HEADINGS
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
    """One document: who, when, printed how; `oddities` are listed in the order of their effect."""

    file: str
    organ: str
    code: str
    year: int
    table_two: str
    table_three: str
    oddities: tuple[str, ...]
    source: Town | published.Original

    @property
    def keys(self) -> tuple[Key, ...]:
        """The cells it prints, in the order of its form."""
        return form_keys(self.table_two, self.table_three)


def documents() -> tuple[Planned, ...]:
    """Every document of the collection, the rebuilt ones first."""
    return (*_rebuilt(), *_invented())


def _rebuilt() -> Iterator[Planned]:
    for real in published.originals():
        forms = (real.table_two, real.table_three)
        yield Planned(real.file, real.organ, real.code, real.year, *forms, real.oddities, real)


def _invented() -> Iterator[Planned]:
    towns = {town.name: town for town in TOWNS}
    plan = files(__package__).joinpath("plan.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(plan.splitlines()):
        town, year = towns[row["town"]], int(row["year"])
        yield Planned(
            file=f"{COUNTY}{town.name}{year}.{row['suffix']}",
            organ=town.organ,
            code=town.code,
            year=year,
            table_two=row["table_two"],
            table_three=row["table_three"],
            oddities=tuple(filter(None, row["oddities"].split(";"))),
            source=town,
        )


def entries(planned: Planned) -> Printed:
    """The printed cells of a document."""
    if isinstance(planned.source, Town):
        known = figures(planned.source, planned.year)
        return print_figures(known, planned.keys, planned.oddities)
    return published.published_entries(planned.source, planned.keys)


def render(planned: Planned) -> bytes:
    """The document itself."""
    return written(page_of(planned), planned.file.rpartition(".")[2])


def written(page: Page, suffix: str) -> bytes:
    """A page as a document of the format with this suffix."""
    return _WRITERS[suffix](page)


def page_of(planned: Planned) -> Page:
    """A planned document before it has a format."""
    if isinstance(planned.source, Town):
        titles, before, after = _invented_prose(planned.source, planned)
    else:
        titles, before, after = _rebuilt_prose(planned.source)
    tables = tables_and_headings(
        entries(planned), planned.table_two, planned.table_three, planned.oddities
    )
    blocks: tuple[Block, ...] = (*_prose(titles, "title"), *before, *tables, *after)
    return Page("".join(titles), blocks, planned.oddities)


def _prose(texts: Iterable[str], style: str = "body") -> Iterator[Para]:
    return (Para(text, style) for text in texts)


Paras = tuple[Para, ...]


def _invented_prose(town: Town, planned: Planned) -> tuple[tuple[str, ...], Paras, Paras]:
    year, oddities = planned.year, planned.oddities
    known = figures(town, year)
    before = (
        Para(prose.preface(town, year, oddities)),
        Para(HEADINGS[0], "heading"),
        *_prose(prose.overview(town, year, known, oddities)),
    )
    after = (
        Para(HEADINGS[4], "heading"),
        Para(prose.problems(town, year)),
        Para(HEADINGS[5], "heading"),
        Para(prose.other_matters(year, known)),
        Para(prose.FICTION),
    )
    return prose.titles(town, year, oddities), before, after


def _rebuilt_prose(real: published.Original) -> tuple[tuple[str, ...], Paras, Paras]:
    before = (
        Para(published.NOTICE),
        Para(real.preface),
        Para(HEADINGS[0], "heading"),
        *_prose(real.overview),
    )
    after = (
        Para(HEADINGS[4], "heading"),
        Para(real.problems),
        Para(HEADINGS[5], "heading"),
        Para(real.other),
    )
    return real.titles, before, after


def sources_csv() -> bytes:
    """The list of the documents, with what each of them is."""
    rows: list[tuple[str, ...]] = [("file", "url", "organ", "report_year", "note")]
    for planned in documents():
        invented = isinstance(planned.source, Town)
        note = "fictional" if invented else published.SOURCE_NOTE
        rows.append((planned.file, "", planned.organ, str(planned.year), note))
    return _csv(rows)


def regions_csv() -> bytes:
    """The units of the fictional county."""
    return _csv([REGION_COLUMNS, *region_rows()])


def _csv(rows: Iterable[tuple[str, ...]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()
