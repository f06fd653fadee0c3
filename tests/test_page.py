"""The page: figures first, offline, in both languages, and nothing hidden."""

from __future__ import annotations

import base64
import hashlib
import json
from functools import cache

import pandas as pd
import pytest
from lxml import html

from pipeline import page as pages
from pipeline.charts.style import Language
from tests.mart_frames import BUILD, coverage, files, flagged, outcomes, procurement

MARTS = {
    "report_coverage": coverage(
        {"flagged": 10},
        {"organ": "示例县乙镇人民政府", "state": "no_tables", "facts": 0},
        {"organ": "示例县丙镇人民政府", "state": "missing", "facts": None, "flagged": None},
    ),
    "application_outcomes": outcomes({"granted": 12, "denied": 8}),
    "procurement_totals": procurement({}).iloc[:0],
}
EMPTY = {name: frame.iloc[:0] for name, frame in MARTS.items()}
FILES = files(
    {},
    {"file": "literal/b.html"},
    {
        "file": "literal/通知.html",
        "outcome": "refused",
        "reason": "this is a notice",
        "remedy": "take it out of the collection",
    },
    {"file": "literal/sources.csv", "outcome": "ignored"},
)


@cache
def tree(language: Language = "zh") -> html.HtmlElement:
    """The ordinary page; nobody changes it."""
    return html.document_fromstring(pages.render(MARTS, FILES, flagged({}), language))


def tree_with(flags: pd.DataFrame) -> html.HtmlElement:
    """A page that lists these figures, without any chart."""
    return html.document_fromstring(pages.render(EMPTY, FILES, flags))


def numbers(page: html.HtmlElement, language: str) -> dict[str, str]:
    pairs = page.xpath(f"//main[@lang='{language}']/dl/div")
    return {pair[0].text: pair[1].text_content() for pair in pairs}


def test_the_summary_counts_what_was_read_and_what_was_not() -> None:
    assert numbers(tree(), "en") == {
        "Files": "3",
        "Files refused": "1",
        "Reports": "2",
        "Organs": "2",
        "Counties": "1",
        "Report years": "2022–2022",
        "Cells read": "200",
        "Cells flagged": "10",
    }


def test_coverage_is_the_first_table() -> None:
    table = tree().xpath("//main[@lang='en']//table")[0]
    head = [cell.text for cell in table.xpath(".//th")]
    row = [cell.text for cell in table.xpath(".//td")]
    assert dict(zip(head, row, strict=True)) == {
        "Report year": "2022",
        "Organs": "3",
        "Report": "1",
        "Report without tables": "1",
        "Missing": "1",
        "With a report": "66.7%",
        "Cells": "200",
        "Flagged": "10",
        "Share flagged": "5.0%",
    }


def test_a_refused_file_says_why_and_what_to_do() -> None:
    rows = tree().xpath("//main[@lang='zh']//table")[-1].xpath(".//td/text()")
    assert rows == ["literal/通知.html", "this is a notice", "take it out of the collection"]


def test_a_flagged_figure_leads_to_its_cell() -> None:
    cells = tree().xpath("//main[@lang='en']//table")[1].xpath(".//td")
    assert [cell.text_content() for cell in cells] == [
        "示例县甲镇人民政府",
        "2022",
        "received in the year · total",
        "1O",
        "read:number",
        "literal/a.html",
        "table 2 row 3 col 4",
    ]


def test_a_long_list_says_that_it_is_cut() -> None:
    page = tree_with(flagged(*[{}] * (pages.LISTED + 1)))
    text = page.xpath("//main[@lang='en']")[0].text_content()
    assert f"{pages.LISTED + 1} in all, the first {pages.LISTED} are listed." in text


def test_a_chart_that_cannot_be_drawn_says_why_in_its_place() -> None:
    refusals = tree().xpath("//main[@lang='en']//p[@class='refusal']/text()")
    assert len(refusals) == 1
    assert "procurement_totals has no rows" in refusals[0]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_both_languages_are_there_and_one_is_open(language: Language) -> None:
    page = tree(language)
    shown = [main.get("lang") for main in page.xpath("//main[not(@hidden)]")]
    assert shown == [language]
    assert len(page.xpath("//main")) == 2
    assert page.xpath("//button[@aria-pressed='true']/@data-show") == [language]
    assert page.get("lang")[:2] == language
    assert page.findtext(".//title").startswith("政府" if language == "zh" else "Annual")


def test_every_chart_has_its_place_and_the_build() -> None:
    page = tree()
    scripts = page.xpath("//script[@type='application/json']")
    assert len(scripts) == 6  # three that can be drawn, in two languages
    for script in scripts:
        assert len(page.xpath(f"//div[@id='{script.get('data-target')}']")) == 1
        assert BUILD in json.loads(script.text)["title"]["subtitle"][-1]
    assert BUILD in page.xpath("//main[@lang='zh']/footer")[0].text_content()


def test_nothing_is_loaded_and_only_our_scripts_may_run() -> None:
    page = tree_with(flagged({"text": "<script>alert(1)</script>", "organ": "<img src=http://x>"}))
    assert not page.xpath("//@src | //@href | //link | //iframe | //img")
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    scripts = page.xpath("//script[not(@type)]")
    assert len(scripts) == 3
    for script in scripts:
        digest = hashlib.sha256(script.text.encode()).digest()
        assert f"'sha256-{base64.b64encode(digest).decode()}'" in policy
    assert policy.startswith("default-src 'none';")


def test_the_page_is_the_same_every_time() -> None:
    again = html.document_fromstring(pages.render(MARTS, FILES, flagged({})))
    assert html.tostring(again) == html.tostring(tree())


def test_an_empty_collection_is_said_not_drawn() -> None:
    page = html.document_fromstring(pages.render(EMPTY, FILES.iloc[:0], flagged()))
    assert numbers(page, "en")["Reports"] == "0"
    assert len(page.xpath("//main[@lang='zh']//p[@class='refusal']")) == 4
