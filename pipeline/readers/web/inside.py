"""What a cell of a page holds beside one run of plain text.

A figure is vouched for where its cell holds nothing else. That leaves no list of tricks to keep.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipeline import doubt
from pipeline.doubt import Kind
from pipeline.readers.flow import Content, line
from pipeline.readers.web.shown import PICTURES, Around, Element, has_text, is_unseen

_CONTROLS = frozenset(("input", "textarea", "select"))
_STRUCK = frozenset(("s", "strike", "del"))
# Not read, and nothing of them is seen by nature; what else is not read may show its text.
_NEVER_SEEN_NAMES = "area base col colgroup datalist head link meta noscript style template title"
_NEVER_SEEN = frozenset(_NEVER_SEEN_NAMES.split())
_UNSEEN = frozenset(("gone", "invisible", "struck", "no size"))
_ODD = frozenset(("odd", "animated"))
_DIGIT = re.compile(r"\d")
_WORDS = re.compile(r"[\u3400-\u9fff].*[\u3400-\u9fff]|[a-zA-Z]{3}", re.DOTALL)


@dataclass(slots=True)
class Inside:
    """The runs of visible text in a cell, each with what is around it, and what else is there."""

    around: Around
    runs: list[tuple[Around, str]] = field(default_factory=list)
    hidden: bool = False  # text that is struck out, or that nobody sees
    entered: bool = False  # text that a control holds, or that a script may write
    odd: bool = False  # text whose look is not known
    drawn: bool = False  # something that shows without being text
    far: bool = False  # something that may lie over other cells

    def note(self, element: Element, traits: frozenset[str], *, ignored: bool) -> None:
        """Take down what an element is to the cell; `ignored` if its tag is not read as text."""
        tag = element.tag
        if traits and not _UNSEEN.isdisjoint(traits) and ("gone" in traits or is_unseen(element)):
            self.hidden = self.hidden or has_text(element)
            return
        if traits:
            text = has_text(element)
            self.odd |= text and ("foreign" in traits or not _ODD.isdisjoint(traits))
            self.drawn |= "drawn" in traits or ("foreign" in traits and not text)
            self.far |= "far" in traits and (text or len(element) > 0 or "drawn" in traits)
        if tag == "ol":
            self.drawn |= element.find("li") is not None and "list-style" not in element.get(
                "style", ""
            )
        elif tag == "details" or tag == "dialog":
            self.drawn |= element.get("open") is None and has_text(element)
        elif tag == "template":
            self.drawn |= element.get("shadowrootmode") is not None
        elif not ignored:
            pass
        elif tag in _CONTROLS:
            self.entered |= element.get("type", "").lower() != "hidden"
        elif tag == "script":
            self.entered = True
        elif tag in _STRUCK:
            self.hidden = self.hidden or has_text(element)
        elif tag not in _NEVER_SEEN and tag not in PICTURES:
            self.drawn |= has_text(element)

    def is_drawn(self, content: list[Content]) -> bool:
        """Whether something stands beside, or in place of, a figure that no text tells."""
        text = "\n".join([piece for piece in content if isinstance(piece, str)])
        if len(text) < len(content) or not (self.drawn or (self.entered and not content)):
            return False
        return not _WORDS.search(text)

    def doubts(self, *, hidden_with_its_row: bool) -> tuple[Kind, ...]:
        """Why the figure in the cell, if it is one, is not vouched for."""
        kinds: list[Kind] = []
        if self.hidden or self.entered or (len(self.runs) > 1 and self._differ()):
            kinds.append(doubt.PIECES)
        if hidden_with_its_row or (self.runs and (self.odd or self.far or self._fades())):
            kinds.append(doubt.OVERLAID)
        if self.drawn and self.runs:
            kinds.append(doubt.DRAWN)
        return tuple(kinds)

    def _differ(self) -> bool:
        first = self.runs[0][0]
        if not first.spaced and all(around is first or around == first for around, _ in self.runs):
            return False
        seen = [(around, text) for around, text in self.runs if line(text)]
        if len(seen) < 2 or not any(_DIGIT.search(text) for _, text in seen):
            return False
        return any(around.spaced or around != seen[0][0] for around, _ in seen)

    def _fades(self) -> bool:
        return not all(around.is_legible for around, text in self.runs)
