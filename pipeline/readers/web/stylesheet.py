"""What the style sheets inside a page give its elements, written where its reader sees it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count

from lxml import etree

from pipeline.readers.web.properties import COLOURS, HIDING
from pipeline.readers.web.rules import FONT, ODD, Rule, Sheet, may_matter, sheet_of
from pipeline.readers.web.selectors import matches, names_of
from pipeline.readers.web.shown import BLOCKS, PARTS_OF_TABLES, Element

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)
_LONGEST = 200_000  # characters of rules that are parsed; of others it is not known what they do
_COMPARED = 64  # rules that may touch one element; past them it is a doubt without a look
# What matters on parts of a page that a script may open: it does not open these.
_KEPT = HIDING - {"height", "max-height", "opacity", "visibility"} | COLOURS | {"position"}


def hide(root: Element) -> None:
    """Give elements that a rule of the page hides, or may change, a style that says so.

    A name that another rule shows again may be shown. Tables and paragraphs outside tables are
    left alone: a script may open them, and a table too many is noticed, a table lost is not.
    """
    texts = [
        (_COMMENT.sub(" ", style.text), style.get("media") or "")
        for style in root.iter("style")
        if style.text and (style.get("type") or "text/css").strip().lower() == "text/css"
    ]
    if not any(may_matter(text) for text, _ in texts):
        return
    if sum(len(text) for text, _ in texts) > _LONGEST:
        for table in root.iter("table"):
            _add(table, [ODD])
        return
    sheet = sheet_of(texts)
    if sheet.rules or sheet.fonts:
        _apply(root, sheet)


def _apply(root: Element, sheet: Sheet) -> None:
    by_key: dict[str, list[Rule]] = {}
    for rule in sheet.rules:
        last = rule.compounds[-1]
        key = min(last.names) if last.names else last.tag or "*"
        by_key.setdefault(key, []).append(rule)
    serial = count()
    named = {element: names_of(element) for element in root.iter(etree.Element)}
    for element, names in named.items():
        keys = [key for key in (*sorted(names), str(element.tag), "*") if key in by_key]
        rules = [rule for key in keys for rule in by_key[key][: _COMPARED + 1]]
        touching = [each for each in rules[:_COMPARED] if matches(element, named, each.compounds)]
        styles = _styles(element, names, touching, sheet, serial)
        if len(rules) > _COMPARED and _is_in_table(element):
            styles.append(ODD)
        own = (element.get("style") or "").lower() if sheet.fonts else ""
        if "font" in own and any(font in own for font in sheet.fonts):
            styles.append(FONT)
        _add(element, styles)


def _add(element: Element, styles: list[str]) -> None:
    if styles:
        element.set("style", ";".join([element.get("style") or "", *styles]))


def _styles(
    element: Element, names: frozenset[str], rules: list[Rule], sheet: Sheet, serial: Iterator[int]
) -> list[str]:
    """What the rules that touch an element give it."""
    if not rules:
        return []
    in_table = _is_in_table(element)
    styles: list[str] = []
    for rule in rules:
        stands = rule.certain and not names & sheet.shown
        if stands and (element.tag in ("html", "body") or not _may_open(element)):
            styles.append(rule.given)
        elif in_table:
            given = ODD if rule.certain else rule.given
            styles.append(given if rule.exact else f"{given}.{next(serial)}")
        elif rule.certain:
            styles += [part for part in rule.given.split(";") if part.partition(":")[0] in _KEPT]
    return styles


def _is_in_table(element: Element) -> bool:
    return (
        element.tag in PARTS_OF_TABLES or next(element.iterancestors("td", "th"), None) is not None
    )


def _may_open(element: Element) -> bool:
    """Whether the element is a part of the page that a script may show."""
    if element.tag == "tr" or next(element.iterancestors("td", "th", "tr"), None) is not None:
        return element.find(".//table") is not None
    return any(inner.tag in BLOCKS for inner in element.iter(etree.Element))
