"""What the style rules inside a page hide, written where the page reader sees it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

from lxml import etree

from pipeline.readers.shown import BLOCKS

Element: TypeAlias = etree._Element
# A selector and the declaration that hides what it matches.
Rule: TypeAlias = tuple[str, str]

_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
# Print and narrow screens are not what a reader sees; one level of rules stands inside.
_CONDITION = re.compile(r"@[^{};]*(?:;|\{(?:[^{}]*\{[^{}]*\})*[^{}]*\})")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_HIDING = re.compile(r"(?<![-\w])(display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
_SHOWING = re.compile(r"(?<![-\w])(?:display\s*:(?!\s*none)|visibility\s*:\s*visible)", re.I)
_NAME = re.compile(r"[.#][-\w]+")
_SIMPLE = re.compile(r"(?:[a-z][a-z\d]*)?(?:[.#][-\w]+)*", re.I)


def hide(root: Element) -> None:
    """Give elements that a rule of the page hides a style of their own that says so.

    Only rules for classes and ids are known, also inside other elements. A name that another rule
    shows again may be shown. Tables and paragraphs outside tables are left alone: a script may
    open them, and a table too many is noticed, a table lost is not.
    """
    hiding: list[Rule] = []
    shown: set[str] = set()
    for selectors, declared in _rules(root):
        if found := _HIDING.search(declared):
            hiding += [(selector.strip(), found[1]) for selector in selectors.split(",")]
        elif _SHOWING.search(declared):
            shown.update(_NAME.findall(selectors))
    named = [rule for rule in hiding if _is_known(rule[0])]
    if not named:
        return
    for element in root.iter(etree.Element):
        if (names := _names(element)) and not names & shown:
            _style(element, named)


def _rules(root: Element) -> Iterator[tuple[str, str]]:
    for sheet in root.iter("style"):
        if (sheet.get("media") or "all").lower() in ("all", "screen"):
            yield from _RULE.findall(_CONDITION.sub("", _COMMENT.sub("", sheet.text or "")))


def _is_known(selector: str) -> bool:
    parts = selector.split()
    return bool(parts and _NAME.search(parts[-1])) and all(map(_SIMPLE.fullmatch, parts))


def _names(element: Element) -> set[str]:
    names = {f".{name}" for name in (element.get("class") or "").split()}
    return names | {f"#{element.get('id')}"} if element.get("id") else names


def _style(element: Element, rules: list[Rule]) -> None:
    own = element.get("style") or ""
    for selector, declaration in rules:
        said = _SHOWING.search(own) is not None
        if not said and _matches(element, selector) and not _may_open(element):
            element.set("style", f"{own};{declaration}")
            return


def _may_open(element: Element) -> bool:
    """Whether the element is a part of the page that a script may show."""
    if next(element.iterancestors("td", "th", "tr"), None) is not None or element.tag == "tr":
        return element.find(".//table") is not None
    return any(inner.tag in BLOCKS for inner in element.iter(etree.Element))


def _matches(element: Element, selector: str) -> bool:
    *outer, last = selector.split()
    if not _fits(element, last):
        return False
    for above in element.iterancestors():
        if outer and _fits(above, outer[-1]):
            outer.pop()
    return not outer


def _fits(element: Element, part: str) -> bool:
    tag = re.match(r"[a-z\d]*", part, re.I)
    same = not tag or not tag[0] or tag[0].lower() == element.tag
    return same and set(_NAME.findall(part)) <= _names(element)
