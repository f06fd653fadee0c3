"""Five real reports rebuilt from their published figures; every sentence is ours."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

from pipeline.sample.figures import Key
from pipeline.sample.printed import Printed, from_published

NOTICE = "（本文件按公布数据重建，非原件；表中数字为公布数字，文字另行编写。）"
SOURCE_NOTE = "reconstructed from published figures, not the original document"


@dataclass(frozen=True, slots=True)
class Original:
    """A real report: its organ as `published.csv` names it, and prose around its facts."""

    file: str
    organ: str
    code: str
    year: int
    titles: tuple[str, ...]
    table_two: str
    table_three: str
    oddities: tuple[str, ...]
    preface: str
    overview: tuple[str, ...]
    problems: str
    other: str


def originals() -> tuple[Original, ...]:
    """The reports of `published.toml`."""
    reports = tomllib.loads(_read("published.toml"))["report"]
    lists = ("titles", "oddities", "overview")
    return tuple(
        Original(**{**report, **{name: tuple(report[name]) for name in lists}})
        for report in reports
    )


def published_entries(original: Original, keys: Sequence[Key]) -> Printed:
    """The printed cells of a real report, blanks as blanks."""
    found = {
        (row["concept"], row["applicant"]): from_published(row["text"], row["value"], row["unit"])
        for row in csv.DictReader(_read("published.csv").splitlines())
        if row["organ"] == original.organ and row["year"] == str(original.year)
    }
    return {key: found[key] for key in keys}


def _read(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")
