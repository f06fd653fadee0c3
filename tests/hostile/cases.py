"""A trick: the bytes of a report, and what a person sees in the cells that it touches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from random import Random

from pipeline.errors import InputError
from pipeline.extract import extract
from tests.accuracy.page import Cell, Draft, draft
from tests.accuracy.score import Score, score

# One module a family, each with `cases() -> Iterator[Case]`.
FAMILIES: tuple[str, ...] = ("captions", "notes", "pdf", "tables", "web", "word")
LAYOUTS = {"html": "ruled", "docx": "ruled", "pdf": "whole", "txt": "tab_led"}


@dataclass(frozen=True, slots=True)
class Case:
    """A document with its cells: `made.values` are what a person sees, None for a blank.

    The cells a trick touches are `hidden`: right, or flagged. Those of which nobody could say
    what the page means are `suspect` too, and must be flagged.
    """

    name: str
    made: Draft
    content: bytes

    @property
    def file(self) -> str:
        return f"{self.name}.{self.made.format}"


def report(
    format_: str, *, title: str = "示例县云岫镇2022年政府信息公开工作年度报告", form: str = "t2021"
) -> Draft:
    """A plain report of some 200 cells, the same each time; `form` is t2021 or t2019."""
    made = draft(Random(f"hostile {form}"), format_, LAYOUTS[format_], (form, form), "bureau")
    made.title, made.form = title, form
    return made


def figure(made: Draft, concept: str, applicant: str = "") -> Cell:
    """The cell that prints a figure."""
    return next(cell for cell in made.cells() if cell.key == (concept, applicant))


def seen(made: Draft, cell: Cell, value: int | str | None, *, certain: bool = True) -> None:
    """A person sees this number in the cell, None for nothing at all.

    Where it is not `certain` what the page means, a figure must be flagged whatever it is.
    """
    assert cell.key is not None
    made.values[cell.key] = None if value is None else Decimal(value)
    made.hidden.add(cell.key)
    if not certain:
        made.suspect.add(cell.key)


def cases() -> Iterator[Case]:
    """Every trick of every family."""
    for family in FAMILIES:
        yield from import_module(f"tests.hostile.{family}").cases()


def outcome(case: Case, folder: Path) -> Score:
    """What an extraction makes of the case; a refusal is loud, and every cell then flagged."""
    path = folder / case.file
    path.write_bytes(case.content)
    try:
        return score(case.made, extract(path, case.file))
    except InputError as error:
        return Score(len(case.made.values), 0, len(case.made.values), [], [str(error)])
