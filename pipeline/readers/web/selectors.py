"""Which elements a CSS selector names: those for tags, classes, ids and attributes are told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pipeline.readers.web.shown import Element

# States that a page at rest does not have.
_PASSING = frozenset(("active", "focus", "focus-visible", "focus-within", "hover", "target"))
_ELSEWHERE = frozenset(("placeholder", "selection", "backdrop", "cue", "file-selector-button"))
_GENERATING = frozenset(("after", "before", "marker"))
_FIRST = frozenset(("first-letter", "first-line"))
_NAMELESS: frozenset[str] = frozenset()


@dataclass(slots=True)
class Compound:
    """What one element must be: its tag, if any, names with dots and hashes, and attributes."""

    tag: str = ""
    names: set[str] = field(default_factory=set)
    attributes: set[str] = field(default_factory=set)

    def fits(self, element: Element, names: frozenset[str]) -> bool:
        """Whether an element with these names is such a one."""
        return (
            self.names <= names
            and self.tag in ("", element.tag)
            and all(element.get(name) is not None for name in self.attributes)
        )


@dataclass(slots=True)
class Selector:
    """The elements that a selector names, outermost first; `exact` if that is all it asks.

    It may be about what is generated beside the last of them, or about their first letter.
    """

    compounds: list[Compound] = field(default_factory=lambda: [Compound()])
    exact: bool = True
    generated: bool = False
    first: bool = False


def names_of(element: Element) -> frozenset[str]:
    """The classes and the id of an element, as selectors write them."""
    classes, own = element.get("class"), element.get("id")
    if not classes and not own:
        return _NAMELESS
    names = [f".{name}" for name in (classes or "").split()]
    return frozenset([*names, f"#{own}"] if own else names)


def matches(
    element: Element, named: dict[Element, frozenset[str]], compounds: list[Compound]
) -> bool:
    """Whether an element is the last of these, inside the others; `named` are all elements."""
    *outer, last = compounds
    if not last.fits(element, named[element]):
        return False
    for above in element.iterancestors() if outer else ():
        if outer[-1].fits(above, named[above]):
            outer.pop()
            if not outer:
                break
    return not outer


def selectors_of(prelude: list[Any]) -> Iterator[Selector]:
    """The selectors of a rule, but those that touch nothing on a page at rest."""
    tokens: list[Any] = []
    for token in [*prelude, ","]:
        if token != ",":
            tokens.append(token)
            continue
        told = _selector(tokens)
        tokens = []
        if told is not None:
            yield told


def _selector(tokens: list[Any]) -> Selector | None:
    told = Selector()
    compounds = told.compounds
    parted = before = ""
    for token in tokens:
        if token.type == "whitespace":
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
        if before == ":" and token.type in ("ident", "function"):
            name = token.lower_value if token.type == "ident" else token.lower_name
            if name in _PASSING or name in _ELSEWHERE or name.startswith("-"):
                return None
            _ask_state(told, name)
        else:
            _ask(told, token, before)
        before = token.value if token.type == "literal" else ""
    return told


def _ask_state(told: Selector, name: str) -> None:
    """Add what stands behind a colon."""
    told.generated |= name in _GENERATING
    told.first |= name in _FIRST
    told.exact &= name in ("root", "link")
    if name == "root":
        told.compounds[-1].tag = "html"


def _ask(told: Selector, token: Any, before: str) -> None:
    """Add a name, or an attribute; of what else is asked nothing is known."""
    inner, kind = told.compounds[-1], token.type
    if kind == "ident" and before == ".":
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
