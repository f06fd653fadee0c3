"""What the style rules inside a page hide, draw or tell apart, written where its reader sees it.

Most sheets hold nothing but fonts and margins: they are looked through and left. Of the others only
rules for tags, classes and ids are known for certain; what any other may touch is a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from lxml import etree

from pipeline.readers.web.declared import (
    LINES,
    Declarations,
    declarations,
    declared,
    draws,
    fades,
    tells_apart,
)
from pipeline.readers.web.properties import COLOURS, HIDING, traits
from pipeline.readers.web.shown import BLOCKS, BOXES, PARTS_OF_TABLES, Element

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)
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
_NESTED = 8  # conditions and rules inside one another; nobody writes more
_LONGEST = 200_000  # characters of rules that are parsed; of others it is not known what they do
_COMPARED = 64  # rules that may touch one element; past them it is a doubt without a look
# States that a page at rest does not have.
_PASSING = frozenset(("active", "focus", "focus-visible", "focus-within", "hover", "target"))
_GENERATING = frozenset(("after", "before", "marker"))
_FIRST = frozenset(("first-letter", "first-line"))
_CONDITIONS = frozenset(("media", "supports", "layer", "container", "scope", "document"))
_SHOWING = frozenset(("display", "visibility"))
# What matters on parts of a page that a script may open: it does not open these.
_KEPT = HIDING - {"height", "max-height", "opacity", "visibility"} | COLOURS | {"position"}
_ELSEWHERE = frozenset(("placeholder", "selection", "backdrop", "cue", "file-selector-button"))
_ODD, _DRAWN, _FONT = "-odd:1", "-drawn:1", "-font:1"


@dataclass(slots=True)
class Compound:
    """What one element must be: its tag, if any, names with dots and hashes, and attributes."""

    tag: str = ""
    names: set[str] = field(default_factory=set)
    attributes: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Selector:
    """The elements that a selector names, outermost first; `exact` if that is all it asks.

    It may be about what is generated beside the last of them, or about their first letter.
    """

    compounds: list[Compound] = field(default_factory=lambda: [Compound()])
    exact: bool = True
    generated: bool = False
    first: bool = False


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


def hide(root: Element) -> None:
    """Give elements that a rule of the page hides, or may change, a style that says so.

    A name that another rule shows again may be shown. Tables and paragraphs outside tables are
    left alone: a script may open them, and a table too many is noticed, a table lost is not.
    """
    sheets = [
        (_COMMENT.sub(" ", style.text), _holds("media", style.get("media") or ""))
        for style in root.iter("style")
        if style.text and (style.get("type") or "text/css").strip().lower() == "text/css"
    ]
    if not any(_may_matter(text) for text, _ in sheets):
        return
    if sum(len(text) for text, _ in sheets) > _LONGEST:
        for table in root.iter("table"):
            table.set("style", f"{table.get('style') or ''};{_ODD}")
        return
    import tinycss2  # few pages need it

    sheet = Sheet()
    parsed = [
        (tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True), holds)
        for text, holds in sheets
        if holds is not False
    ]
    for rules, _ in parsed:
        _gather_fonts(rules, sheet)
    for rules, holds in parsed:
        _gather(rules, sheet, certain=holds is True, depth=0)
    if sheet.rules or sheet.fonts:
        _apply(root, sheet)


def _holds(rule: str, asked: str) -> bool | None:
    """Whether a condition holds on the screen of a desk; None where that is not known here."""
    asked = asked.strip().lower()
    if rule != "media":
        return None
    if "print" in asked or _NARROW.search(asked):
        return False
    return True if asked in _SCREENS else None


def _may_matter(sheet: str) -> bool:
    """Whether a sheet declares anything but fonts, margins and what is told apart anyway."""
    if "\\" in sheet:
        return True
    selector, told_apart, of_table = "", True, False
    for part, end in _PART.findall(sheet):
        if end == "{":
            selector = part
            told_apart = "@" in selector or all(
                _TOLD_APART.fullmatch(last)
                for one in selector.split(",")
                for last in one.split()[-1:]
            )
            of_table = _TABLE_PART.search(selector) is not None
        elif ":" in part and any(
            traits(name, value, of_table=of_table)
            or fades(((name, value),))
            or (not told_apart and tells_apart(name, value))
            or ("!" in part and name in _SHOWING)
            for name, value in declarations(part)
        ):
            return True
    return False


def _gather_fonts(rules: Iterable[Any], sheet: Sheet) -> None:
    """Fonts that the page brings along: they may draw any figure for another."""
    for rule in rules:
        if rule.type == "at-rule" and rule.lower_at_keyword == "font-face" and rule.content:
            told = dict(_declared(rule.content)[0])
            if "url(" in told.get("src", ""):
                sheet.fonts.add(told.get("font-family", "").strip("\"' "))
    sheet.fonts.discard("")
    if len(sheet.fonts) > _COMPARED:
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
    pairs, stronger, nested = _declared(rule.content)
    shows = any(
        (name == "display" and value != "none") or (name, value) == ("visibility", "visible")
        for name, value in pairs
    )
    for tokens in _listed(rule.prelude):
        selector = _selector(tokens)
        if selector is None:
            continue
        compounds = selector.compounds
        if outer and compounds[-1] == Compound():  # only says more of the element around it
            compounds = outer
        if shows:
            sheet.shown.update(compounds[-1].names)
        given = _given(pairs, stronger, compounds[-1], sheet)
        if selector.generated:
            if draws(pairs):
                sheet.rules.append(Rule(compounds, _DRAWN))
        elif given and certain and selector.exact and not selector.first and not outer:
            sheet.rules.append(Rule(compounds, given, certain=True))
        elif given:
            sheet.rules.append(Rule(compounds, _ODD))
        elif compounds[-1].tag not in BLOCKS and any(tells_apart(*pair) for pair in pairs):
            exact = selector.exact and not outer
            boxed = any(
                (name in BOXES or name.startswith(LINES)) and tells_apart(name, value)
                for name, value in pairs
            )
            given = f"{'-box' if boxed else '-rule'}:{len(sheet.rules)}"
            sheet.rules.append(Rule(compounds, given, exact=exact))
        for inner in nested if depth < _NESTED else ():
            _take(inner, sheet, certain=False, depth=depth + 1, outer=compounds)


def _given(pairs: Declarations, stronger: set[str], touched: Compound, sheet: Sheet) -> str:
    """The style that a rule gives, without what is harmless and shows nothing again."""
    of_table = not touched.tag or touched.tag in PARTS_OF_TABLES
    given = [
        f"{name}:{value}"
        for name, value in pairs
        if name in stronger
        or traits(name, value, of_table=False)
        or (of_table and traits(name, value, of_table=True))
    ]
    if fades(pairs):
        given += [f"{name}:{value}" for name, value in pairs if name in COLOURS]
    fonts = (value for name, value in pairs if name in ("font", "font-family"))
    if any(font in value for value in fonts for font in sheet.fonts):
        given.append(_FONT)
    return ";".join(given)


def _declared(content: list[Any]) -> tuple[Declarations, set[str], list[Any]]:
    """The declarations of a block, those by which it may show again what an element's own style
    hides, and the rules nested in it."""
    import tinycss2

    found = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
    stronger = {each.lower_name for each in found if each.type == "declaration" and each.important}
    return (
        declared(found),
        stronger & _SHOWING,
        [each for each in found if each.type == "qualified-rule"],
    )


def _listed(prelude: list[Any]) -> Iterator[list[Any]]:
    """The selectors of a rule, which commas part."""
    selector: list[Any] = []
    for token in prelude:
        if token == ",":
            yield selector
            selector = []
        else:
            selector.append(token)
    yield selector


def _selector(tokens: list[Any]) -> Selector | None:
    """None if it touches nothing on a page at rest."""
    told = Selector()
    compounds = told.compounds
    parted = before = ""
    for token in tokens:
        kind = token.type
        if kind == "whitespace":
            parted = parted or " "
            continue
        if token in (">", "+", "~"):
            told.exact = False
            parted = token.value
            continue
        if parted and compounds[-1] != Compound():
            if parted in "+~":  # nothing is known of what stands before an element
                compounds.pop()
            compounds.append(Compound())
        parted = ""
        inner = compounds[-1]
        if kind in ("ident", "function") and before == ":":
            name = token.lower_value if kind == "ident" else token.lower_name
            if name in _PASSING or name.startswith("-") or name in _ELSEWHERE:
                return None
            told.generated |= name in _GENERATING
            told.first |= name in _FIRST
            inner.tag = "html" if name == "root" else inner.tag
            told.exact &= name in ("root", "link")
        elif kind == "ident" and before == ".":
            inner.names.add(f".{token.value}")
        elif kind == "ident":
            inner.tag = token.lower_value
        elif kind == "hash":
            inner.names.add(f"#{token.value}")
        else:
            told.exact &= kind == "literal" and token.value in (".", ":", "*")
            if kind == "[] block":
                named = [each.lower_value for each in token.content if each.type == "ident"]
                inner.attributes.update(named[:1])
        before = token.value if kind == "literal" else ""
    return told


def _apply(root: Element, sheet: Sheet) -> None:
    by_key: dict[str, list[Rule]] = {}
    for rule in sheet.rules:
        last = rule.compounds[-1]
        key = min(last.names) if last.names else last.tag or "*"
        by_key.setdefault(key, []).append(rule)
    serial = count()
    named = {element: _names(element) for element in root.iter(etree.Element)}
    for element, names in named.items():
        keys = [key for key in (*sorted(names), str(element.tag), "*") if key in by_key]
        rules = [rule for key in keys for rule in by_key[key][:_COMPARED]]
        given = [rule for rule in rules[:_COMPARED] if _matches(element, named, rule)]
        styles = _styles(element, names, given, sheet, serial)
        if len(rules) > _COMPARED or any(len(by_key[key]) > _COMPARED for key in keys):
            styles += [_ODD] if _is_in_table(element) else []
        own = element.get("style")
        if own and sheet.fonts and "font" in (lower := own.lower()):
            styles += [_FONT] if any(font in lower for font in sheet.fonts) else []
        if styles:
            element.set("style", ";".join([own or "", *styles]))


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
            given = _ODD if rule.certain else rule.given
            styles.append(given if rule.exact else f"{given}.{next(serial)}")
        elif rule.certain:
            styles += [part for part in rule.given.split(";") if part.partition(":")[0] in _KEPT]
    return styles


def _is_in_table(element: Element) -> bool:
    return (
        element.tag in PARTS_OF_TABLES or next(element.iterancestors("td", "th"), None) is not None
    )


_NAMELESS: frozenset[str] = frozenset()


def _names(element: Element) -> frozenset[str]:
    classes, own = element.get("class"), element.get("id")
    if not classes and not own:
        return _NAMELESS
    names = [f".{name}" for name in (classes or "").split()]
    return frozenset([*names, f"#{own}"] if own else names)


def _may_open(element: Element) -> bool:
    """Whether the element is a part of the page that a script may show."""
    if element.tag == "tr" or next(element.iterancestors("td", "th", "tr"), None) is not None:
        return element.find(".//table") is not None
    return any(inner.tag in BLOCKS for inner in element.iter(etree.Element))


def _matches(element: Element, named: dict[Element, frozenset[str]], rule: Rule) -> bool:
    *outer, last = rule.compounds
    if not _fits(element, named[element], last):
        return False
    if outer:
        for above in element.iterancestors():
            if _fits(above, named[above], outer[-1]):
                outer.pop()
                if not outer:
                    break
    return not outer


def _fits(element: Element, names: frozenset[str], compound: Compound) -> bool:
    return (
        compound.names <= names
        and compound.tag in ("", element.tag)
        and all(element.get(name) is not None for name in compound.attributes)
    )
