"""Pages of any size are read in a time that grows as they do, or refused."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from pipeline.errors import UnreadableDocument
from pipeline.readers import read
from tests.growth import assert_grows_as_its_input

_CELL = "<td>12</td>"


def _cells(size: int) -> str:
    row = f"<tr>{_CELL * 8}</tr>"
    return f"<table>{row * (size // 8)}</table>"


def _styled_cells(size: int) -> str:
    row = "".join(
        f"<td class='c{i % 90} d' id='i{i}'><span class=x>1</span>2</td>" for i in range(size)
    )
    return f"<table><tr>{row}</tr></table>"


def _one_open_table(size: int) -> str:
    return "<table>" + "<tr><td>1<td>2" * (size // 2)


PAGES: dict[str, tuple[Callable[[int], str], int]] = {
    "cells": (_cells, 4_000),
    "cells_left_open": (_one_open_table, 4_000),
    "tables": (lambda size: "<table><tr><td>1<td>2<tr><td>3<td>4</table>" * size, 1_000),
    "tables_in_tables": (
        lambda size: ("<table><tr><td>1<td>" * 30 + "2" + "</table>" * 30) * size,
        15,
    ),
    "comments": (lambda size: "<!-- x -->" * size + "<p>年度报告", 3_000),
    "an_open_comment": (lambda size: "<p>年报<!--" + "<!-- x " * size, 20_000),
    "comments_in_cells": (lambda size: f"<table><tr><td>{'<!-- -->1' * size}<td>2</table>", 5_000),
    "pieces_in_a_cell": (
        lambda size: f"<table><tr><td>{'<b>1</b><i style=color:red>2</i>' * size}<td>2</table>",
        2_000,
    ),
    "styles_all_unlike": (
        lambda size: (
            "<table><tr>"
            + "".join(f"<td style='width:{i}px;color:#{i:06x}'><b>1</b>2" for i in range(size))
            + "</table>"
        ),
        1_000,
    ),
    "one_long_style": (
        lambda size: f"<table><tr><td style='{'color:red;' * size}'>1<td>2</table>",
        10_000,
    ),
    "a_long_style_of_brackets": (
        lambda size: f"<table><tr><td style='{'a:url((;' * size}'>1<td>2</table>",
        2_000,
    ),
    "sheet_without_braces": (lambda size: f"<style>{'p ' * size}</style><p>年报", 100_000),
    "sheet_of_ats": (lambda size: f"<style>{'@' * size}</style><p>年报", 50_000),
    "sheet_of_comments": (lambda size: f"<style>{'/*' * size}</style><p>年报", 100_000),
    "sheet_of_colons": (lambda size: f"<style>{'a:b ' * size}{{x:y}}</style><p>年报", 10_000),
    "sheet_of_open_braces": (lambda size: f"<style>{'p{x:y;' * size}</style><p>年报", 5_000),
    "sheet_of_conditions": (
        lambda size: f"<style>{'@media x{' * size}p{{x:y}}</style><p>年报",
        2_000,
    ),
    "sheet_of_fonts": (
        lambda size: (
            "<style>"
            + "".join(f"@font-face{{font-family:f{i};src:url(x)}}" for i in range(size))
            + "</style><table><tr>"
            + "".join(f"<td style='font-family:g{i}'>1" for i in range(size))
            + "</table>"
        ),
        200,
    ),
    "rules_and_cells": (
        lambda size: (
            "<style>"
            + "".join(f"td.c{i} span:not(.d){{opacity:0}}" for i in range(size))
            + f"</style>{_styled_cells(4 * size)}"
        ),
        200,
    ),
    "rules_of_one_class": (
        lambda size: (
            "<style>" + ".x .x{color:red;display:none} " * size + "</style>" + _styled_cells(size)
        ),
        300,
    ),
    "selectors_in_a_list": (
        lambda size: (
            f"<style>{','.join(f'.e{i}' for i in range(size))}{{display:none}}</style>"
            + _styled_cells(size)
        ),
        1_000,
    ),
    "wide_spans": (
        lambda size: "<table>" + "<tr><td colspan=1000>1<td colspan=900>2" * size,
        1_500,
    ),
    "lists_in_a_cell": (lambda size: f"<table><tr><td>{'<ol><li>1' * 60}<td>1</table>" * size, 40),
    "hidden_parts": (
        lambda size: f"<table><tr><td>{'<p style=display:none>' * 99}1<td>1</table>" * size,
        40,
    ),
    "white_within_white": (
        lambda size: f"<table><tr><td>{'<font color=white>' * 99}1<td>1</table>" * size,
        40,
    ),
}


@pytest.mark.parametrize("name", PAGES)
def test_reading_grows_as_the_page(name: str, tmp_path: Path):
    make, size = PAGES[name]

    def file(length: int) -> Path:
        path = tmp_path / f"{length}.html"
        path.write_text(f"<!DOCTYPE html><html><body>{make(length)}", encoding="utf-8")
        return path

    assert_grows_as_its_input(file, _attempt, size)


def _attempt(path: Path) -> None:
    with suppress(UnreadableDocument):
        read(path, path.name)


def test_what_stands_before_the_first_tag_does_not_hold_up_the_reading(tmp_path: Path):
    for element in ("<link rel=x>", "<script></script>", "<ul><li>"):
        path = tmp_path / "a.html"
        path.write_text("<!-- c -->" * 380 + f"{element}<p>2022年年度报告</p>", encoding="utf-8")
        assert read(path).paragraphs[-1].text == "2022年年度报告"


def test_a_page_of_more_cells_than_any_report_is_refused(tmp_path: Path):
    path = tmp_path / "a.html"
    path.write_text(f"<p>年报{_cells(100_008)}", encoding="utf-8")
    with pytest.raises(UnreadableDocument, match=r"has 100,008 table cells, more than the 100,000"):
        read(path)


def test_cells_merged_over_more_rows_than_any_table_has_are_refused(tmp_path: Path):
    path = tmp_path / "a.html"
    path.write_text("<table>" + "<tr><td rowspan=60000>1<td>2" * 4_000, encoding="utf-8")
    with pytest.raises(UnreadableDocument, match="merges more cells than a table can have"):
        read(path)
