"""The rules of a page's style sheets that hide, draw or tell apart what its reader sees.

Most sheets hold nothing but fonts and margins: they are looked through and left. Of the others only
rules for tags, classes and ids are known for certain; what any other may touch is a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from pipeline.readers.web.declared import (
    LINES,
    Declarations,
    declarations,
    declared,
    draws,
    fades,
    tells_apart,
)
from pipeline.readers.web.properties import COLOURS, traits
from pipeline.readers.web.selectors import Compound, Selector, selectors_of
from pipeline.readers.web.shown import BLOCKS, BOXES, PARTS_OF_TABLES

# What is left in the style of an element; `properties.csv` says what it does.
ODD, FONT, _DRAWN = "-odd:1", "-font:1", "-drawn:1"

_PART = re.compile(r"([^{};]*)([{};]|\Z)")
_TABLE_PART = re.compile(r"\bt(?:able|body|head|foot|[rdh])\b|\*", re.I)
# What a selector may end in if what it touches is told apart already: a class, a link, or a block,
# which stands on lines of its own.
_TOLD_APART = re.compile(
    r"[a-z\d]*(?:[.#][-\w]+)+|a(?::(?:link|visited|hover|active))?|body|div|h[1-6]|html|li|[ou]l|p"
    r"|t(?:able|body|head|foot|[rdh])",
    re.I,
)
_NARROW = re.compile(r"max-(?:device-)?width\s*:\s*[1-8]?\d{1,2}\s*px")
_SCREENS = frozenset(("all", "screen", ""))
_CONDITIONS = frozenset(("media", "supports", "layer", "container", "scope", "document"))
_SHOWING = frozenset(("display", "visibility"))
_NESTED = 8  # conditions and rules inside one another; nobody writes more
_MOST_FONTS = 64  # of a page's own; past them any font may be one


@dataclass(slots=True)
class Rule:
    """What it takes to be touched, and the style that is then given, if nothing is stronger.

    Unless it is `certain` what is touched, the style says only that there is something. A rule
    that tells text apart may touch one element and not the next unless its selector is `exact`.
    """

    compounds: list[Compound]
    given: str
    certain: bool = False
    exact: bool = True


@dataclass(slots=True)
class Sheet:
    """The rules of a page that matter, the names that one of them shows again, its own fonts."""

    rules: list[Rule] = field(default_factory=list)
    shown: set[str] = field(default_factory=set)
    fonts: set[str] = field(default_factory=set)


def may_matter(text: str) -> bool:
    """Whether a sheet declares anything but fonts, margins and what is told apart anyway."""
    if "\\" in text:
        return True
    selector, told_apart, of_table = "", True, False
    for part, end in _PART.findall(text):
        if end == "{":
            selector = part
            told_apart = "@" in selector or all(
                _TOLD_APART.fullmatch(last)
                for one in selector.split(",")
                for last in one.split()[-1:]
            )
            of_table = _TABLE_PART.search(selector) is not None
        elif ":" in part and any(
            traits(name, value, of_table)
            or fades(((name, value),))
            or (not told_apart and tells_apart(name, value))
            or ("!" in part and name in _SHOWING)
            for name, value in declarations(part)
        ):
            return True
    return False


def sheet_of(texts: Iterable[tuple[str, str]]) -> Sheet:
    """What matters in sheets that are each for some media."""
    import tinycss2  # few pages need it

    sheet = Sheet()
    parsed = [
        (tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True), holds)
        for text, media in texts
        if (holds := _holds("media", media)) is not False
    ]
    for rules, _ in parsed:
        _gather_fonts(rules, sheet)
    for rules, holds in parsed:
        _gather(rules, sheet, certain=holds is True, depth=0)
    return sheet


def _holds(rule: str, asked: str) -> bool | None:
    """Whether a condition holds on the screen of a desk; None where that is not known here."""
    asked = asked.strip().lower()
    if rule != "media":
        return None
    if "print" in asked or _NARROW.search(asked):
        return False
    return True if asked in _SCREENS else None


def _gather_fonts(rules: Iterable[Any], sheet: Sheet) -> None:
    """Fonts that the page brings along: they may draw any figure for another."""
    for rule in rules:
        if rule.type == "at-rule" and rule.lower_at_keyword == "font-face" and rule.content:
            told = dict(_block(rule.content)[0])
            if "url(" in told.get("src", ""):
                sheet.fonts.add(told.get("font-family", "").strip("\"' "))
    sheet.fonts.discard("")
    if len(sheet.fonts) > _MOST_FONTS:
        sheet.fonts = {""}  # part of every name


def _gather(rules: Iterable[Any], sheet: Sheet, *, certain: bool, depth: int) -> None:
    """Take the rules that matter, those inside conditions too."""
    import tinycss2

    for rule in rules:
        if rule.type == "qualified-rule":
            _take(rule, sheet, certain=certain, depth=depth, outer=[])
        elif rule.type == "at-rule" and rule.content and rule.lower_at_keyword in _CONDITIONS:
            holds = _holds(rule.lower_at_keyword, tinycss2.serialize(rule.prelude))
            if holds is not False and depth < _NESTED:
                inner = tinycss2.parse_rule_list(
                    rule.content, skip_comments=True, skip_whitespace=True
                )
                _gather(inner, sheet, certain=certain and holds is True, depth=depth + 1)


def _take(rule: Any, sheet: Sheet, *, certain: bool, depth: int, outer: list[Compound]) -> None:
    """Take a rule, and those nested in it, of which `outer` is the element around theirs."""
    pairs, stronger, nested = _block(rule.content)
    shows = any(
        (name == "display" and value != "none") or (name, value) == ("visibility", "visible")
        for name, value in pairs
    )
    for selector in selectors_of(rule.prelude):
        if outer:
            selector.exact = False
            if selector.compounds[-1] == Compound():  # only says more of the element around it
                selector.compounds = outer
        touched = selector.compounds[-1]
        if shows:
            sheet.shown.update(touched.names)
        given = _given(pairs, stronger, touched, sheet)
        sheet.rules += _rules(selector, pairs, given, certain, number=len(sheet.rules))
        for inner in nested if depth < _NESTED else ():
            _take(inner, sheet, certain=False, depth=depth + 1, outer=selector.compounds)


def _rules(
    selector: Selector, pairs: Declarations, given: str, certain: bool, number: int
) -> list[Rule]:
    """The rule that a block makes for a selector; none where it does not matter."""
    compounds = selector.compounds
    if selector.generated:
        return [Rule(compounds, _DRAWN)] if draws(pairs) else []
    if given and certain and selector.exact and not selector.first:
        return [Rule(compounds, given, certain=True)]
    if given:
        return [Rule(compounds, ODD)]
    telling = [name for name, value in pairs if tells_apart(name, value)]
    if not telling or compounds[-1].tag in BLOCKS:
        return []
    boxed = any(name in BOXES or name.startswith(LINES) for name in telling)
    return [Rule(compounds, f"{'-box' if boxed else '-rule'}:{number}", exact=selector.exact)]


def _given(pairs: Declarations, stronger: set[str], touched: Compound, sheet: Sheet) -> str:
    """The style that a rule gives, without what is harmless and shows nothing again."""
    of_table = not touched.tag or touched.tag in PARTS_OF_TABLES
    given = [
        f"{name}:{value}"
        for name, value in pairs
        if name in stronger
        or traits(name, value, False)
        or (of_table and traits(name, value, True))
    ]
    if fades(pairs):
        given += [f"{name}:{value}" for name, value in pairs if name in COLOURS]
    fonts = (value for name, value in pairs if name in ("font", "font-family"))
    if any(font in value for value in fonts for font in sheet.fonts):
        given.append(FONT)
    return ";".join(given)


def _block(content: list[Any]) -> tuple[Declarations, set[str], list[Any]]:
    """The declarations of a block, the names of those by which it may show again what an element's
    own style hides, and the rules nested in it."""
    import tinycss2

    found = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
    important = {each.lower_name for each in found if each.type == "declaration" and each.important}
    nested = [each for each in found if each.type == "qualified-rule"]
    return declared(found), important & _SHOWING, nested
