"""Web pages: what a cell holds beside one run of plain text, and that plain text is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import doubt
from pipeline.readers.web import read
from tests.hostile.cases import Case, outcome
from tests.hostile.web import controls


@pytest.mark.parametrize("case", list(controls()), ids=lambda case: case.file)
def test_harmless_markup_is_vouched_for(case: Case, tmp_path: Path):
    result = outcome(case, tmp_path)
    assert result.right == result.cells, result.doubted


def doubts(tmp_path: Path, markup: str, head: str = "", end: str = "") -> list[set[str]]:
    """The doubts of every cell in the second column of a table."""
    rows = f"<tr><td>规章</td><td>{markup}</td></tr><tr><td>文件</td><td>2</td></tr>"
    path = tmp_path / "page.html"
    page = f"<html><head>{head}</head><body><p>年报</p><table>{rows}</table>{end}</body></html>"
    path.write_text(page, encoding="utf-8")
    (grid,) = read(path, path.name).grids
    return [{kind.flag for kind in cell.doubts} for cell in grid.cells if cell.col]


PLAIN: set[str] = set()
PIECES, OVERLAID = {doubt.PIECES.flag}, {doubt.OVERLAID.flag}


@pytest.mark.parametrize(
    ("markup", "flags"),
    [
        ("626<a href='#n'>1</a>", PIECES),
        ("<span style='display:none'>9</span>87", PIECES),
        ("<input value=12>", PIECES),
        ("12<script>f()</script>", PIECES),
        ("<span style='clip-path:inset(0)'>5</span>", OVERLAID),
        ("<font color=white>5</font>", OVERLAID),
        ("<my-number>5</my-number>", OVERLAID),
        ("<span style='some-new-property:on'>5</span>", OVERLAID),
        ("<b>5</b>", PLAIN),
        ("<i style='some-new-property:on'></i>", PLAIN),
        ("<b>甲</b>乙", PLAIN),
    ],
)
def test_what_is_said_of_a_cell(tmp_path: Path, markup: str, flags: set[str]):
    assert doubts(tmp_path, markup) == [flags, PLAIN]


def test_only_what_a_rule_may_touch_is_doubted(tmp_path: Path):
    rule = "<style>td [data-hidden]:not(.shown){opacity:0}</style>"
    assert doubts(tmp_path, "<b data-hidden>5</b>", rule) == [OVERLAID, PLAIN]
    assert doubts(tmp_path, "<b>5</b>", rule) == [PLAIN, PLAIN]


def test_what_leaves_its_cell_may_lie_over_any_other(tmp_path: Path):
    assert doubts(tmp_path, "<b style='position:absolute'>5</b>") == [OVERLAID, OVERLAID]
    over = "<p style='position:absolute;top:0'>6</p>"
    assert doubts(tmp_path, "5", end=over) == [OVERLAID, OVERLAID]
    words = "<p style='position:absolute;top:0'>回到顶部</p>"
    assert doubts(tmp_path, "5", end=words) == [PLAIN, PLAIN]


def test_more_rules_than_anybody_writes_are_a_doubt_of_every_cell(tmp_path: Path):
    rules = ".a .b{opacity:0}" * 15_000
    assert doubts(tmp_path, "5", f"<style>{rules}</style>") == [OVERLAID, OVERLAID]


def test_a_head_that_stands_below_its_body_is_shown_above_it(tmp_path: Path):
    path = tmp_path / "page.html"
    body = "<tr><td>规章</td><td>1</td></tr><tr><td>文件</td><td>2</td></tr>"
    head = "<thead><tr><td>信息内容</td><td>件数</td></tr></thead>"
    path.write_text(f"<table><tbody>{body}</tbody>{head}</table>", encoding="utf-8")
    (grid,) = read(path, path.name).grids
    assert [cell.text for cell in grid.cells] == ["信息内容", "件数", "规章", "1", "文件", "2"]
