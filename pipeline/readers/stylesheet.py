"""What the style rules inside a page hide, written where the page reader sees it."""

from __future__ import annotations

import re

from lxml import etree

from pipeline.readers.shown import BLOCKS, Element

_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
# Print and narrow screens are not what a reader sees; one level of rules stands inside.
_CONDITION = re.compile(r"@[^{};]*(?:;|\{(?:[^{}]*\{[^{}]*\})*[^{}]*\})")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_HIDING = re.compile(r"(?<![-\w])(display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
_SHOWING = re.compile(r"(?<![-\w])(?:display\s*:(?!\s*none)|visibility\s*:\s*visible)", re.I)
_NAME = re.compile(r"[.#][-\w]+")
_SCREENS = ("all", "screen")
_SIMPLE = re.compile(r"(?:[a-z][a-z\d]*)?(?:[.#][-\w]+)*", re.I)


def hide(root: Element) -> None:
    """Give elements that a rule of the page hides a style of their own that says so.

    Only rules for classes and ids are known, also inside other elements. A name that another rule
    shows again may be shown. Tables and paragraphs outside tables are left alone: a script may
    open them, and a table too many is noticed, a table lost is not.
    """
    hiding: list[tuple[str, str]] = []  # a selector, and what hides what it matches
    shown: set[str] = set()
    sheets = (s for s in root.iter("style") if (s.get("media") or "all").lower() in _SCREENS)
    for sheet in sheets:
        rules = _CONDITION.sub("", _COMMENT.sub("", sheet.text or ""))
        for selectors, declared in _RULE.findall(rules):
            if hidden := _HIDING.search(declared):
                named = (part.strip() for part in selectors.split(",") if _is_known(part))
                hiding += [(selector, hidden[1]) for selector in named]
            elif _SHOWING.search(declared):
                shown.update(_NAME.findall(selectors))
    for element in root.iter(etree.Element) if hiding else ():
        own = element.get("style") or ""
        names = _names(element)
        if names and not names & shown and not _SHOWING.search(own):
            for selector, declaration in hiding:
                if _matches(element, selector) and not _may_open(element):
                    element.set("style", f"{own};{declaration}")
                    break


def _is_known(selector: str) -> bool:
    parts = selector.split()
    return bool(parts and _NAME.search(parts[-1])) and all(map(_SIMPLE.fullmatch, parts))


def _names(element: Element) -> set[str]:
    names = {f".{name}" for name in (element.get("class") or "").split()}
    return names | {f"#{element.get('id')}"} if element.get("id") else names


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
    tag = re.split("[.#]", part, maxsplit=1)[0].lower()
    alike = tag in ("", element.tag)
    return alike and set(_NAME.findall(part)) <= _names(element)
