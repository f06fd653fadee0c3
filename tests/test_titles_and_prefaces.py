"""Over real places of every kind: organ, region and year are right, or there is a doubt.

`titles_and_prefaces.csv` holds invented titles, prefaces and rows of metadata, ⏎ between their
lines, with what a person reads in them; places and codes are those of the published editions and
of the history of counties. `told` is no where a person could not tell everything from the page;
what `awaits` something is left out until it is there.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path

import pytest

from pipeline.identify import conflicts, identify
from pipeline.model import Document, Identity, Paragraph
from pipeline.outline import outline_of
from pipeline.reference import is_central, load_regions

HERE = Path(__file__).parent
AWAITED: frozenset[str] = frozenset({"history"})  # of `awaits`: what is not there yet
LEAST_ROWS = 300
LEAST_SHARE = 0.9  # of what a person could tell, right and undoubted
LINE = "⏎"


def _read(page: str, heading: str = "") -> Identity:
    lines = page.split(LINE)
    blocks = tuple(Paragraph(line, f"line {n}") for n, line in enumerate(lines, 1))
    return identify(outline_of(Document("a.txt", "txt", blocks, heading)), load_regions())


def _rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def _read_rows() -> tuple[tuple[dict[str, str], Identity], ...]:
    rows = _rows("titles_and_prefaces.csv")
    return tuple(
        (row, _read(row["page"], row["heading"])) for row in rows if row["awaits"] not in AWAITED
    )


def _is_right(row: dict[str, str], identity: Identity) -> bool:
    year = str(identity.report_year or "")
    read = (identity.organ, identity.region_code, year)
    return read == (row["organ"], row["region_code"], row["report_year"])


def test_none_is_wrong_and_undoubted() -> None:
    wrong = [
        (row["page"], identity.organ, identity.region_code, identity.report_year)
        for row, identity in _read_rows()
        if not _is_right(row, identity) and not conflicts(identity)
    ]
    assert wrong == []


def test_what_nobody_could_tell_is_doubted_and_nothing_else_is_made_of_it() -> None:
    odd = [
        (row["page"], identity.organ, identity.region_code)
        for row, identity in _read_rows()
        if row["told"] == "no"
        and not (conflicts(identity) and identity.organ in ("", row["organ"]))
    ]
    assert odd == []


def test_most_of_what_a_person_can_tell_is_right_and_undoubted() -> None:
    told = [(row, identity) for row, identity in _read_rows() if row["told"] == "yes"]
    kinds, good = Counter(row["kind"] for row, _ in told), Counter[str]()
    for row, identity in told:
        good[row["kind"]] += _is_right(row, identity) and not conflicts(identity)
    assert len(told) >= LEAST_ROWS
    assert good.total() / len(told) >= LEAST_SHARE, {
        kind: f"{good[kind]} of {kinds[kind]}" for kind in kinds if good[kind] < kinds[kind]
    }


def _changed(page: str) -> Iterator[str]:
    """The page with one line lost, with its places lost, with an advertisement in their stead."""
    lines = page.split(LINE)
    yield page
    if len(lines) > 1:
        yield from (LINE.join((*lines[:n], *lines[n + 1 :])) for n in range(len(lines)))
    yield re.sub(r"[^\W\d_]{2,8}?[省市县区旗州盟]", "", page)
    yield re.sub(r"[^\W\d_]{2,4}?[市县区旗]", "澳门365娱乐官网", page)


def test_what_stays_empty_or_open_is_always_said() -> None:
    """And no name is made of letters, digits, words of a site or a part said twice."""
    pages = ((page, row["heading"]) for row, _ in _read_rows() for page in _changed(row["page"]))
    silent = []
    for page, heading in chain(pages, [("", ""), ("年度报告", "")]):
        identity = _read(page, heading)
        said = {known.kind.check for known in conflicts(identity)}
        organ, nowhere = identity.organ, not identity.region_code
        lacking = {
            *(["M-ISSUER"] if not organ else []),
            *(["M-PLACE"] if organ and nowhere and not is_central(organ) else []),
            *(["M-YEAR"] if identity.report_year is None else []),
        }
        if not lacking <= said or re.search(r"[A-Za-z0-9]|官网|^全国|^机构|(.{3,})\1", organ):
            silent.append((page, organ, lacking - said))
    assert silent == []


@pytest.mark.parametrize("row", _rows("autonomous_units.csv"), ids=lambda row: row["full"])
def test_an_autonomous_unit_is_known_by_its_short_names(row: dict[str, str]) -> None:
    full = _read(f"{row['full']}人民政府2021年政府信息公开工作年度报告")
    assert full.region_code
    assert full.organ.endswith(f"{row['full']}人民政府")
    for short in row["short"].split(";"):
        identity = _read(f"{short}人民政府2021年政府信息公开工作年度报告")
        assert (identity.organ, identity.region_code) == (full.organ, full.region_code)
        assert conflicts(identity) == ()
        bureau = _read(f"{short}教育局2021年政府信息公开工作年度报告")
        assert bureau.organ == f"{full.organ.removesuffix('人民政府')}教育局"


def test_every_autonomous_unit_of_the_table_is_among_them() -> None:
    regions = load_regions()
    names = {*regions.counties, *regions.cities}
    known = {name for name in names if re.search("自治[县州旗]$", name)}
    assert {row["full"] for row in _rows("autonomous_units.csv")} == known
