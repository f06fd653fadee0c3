"""Prose → sentences that patterns can be laid over."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.text import simplified

_STOP = "。！？!?"
_HEADING = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.、])"
    r"[^，,。；;]{1,24}"
)
LISTED_UNIT = "条|件|篇|项|则|份|个"  # what the items of a list are counted in

_LIST_IN_BRACKETS = re.compile(r"\((?:其中|包括|分别)")
_LIST_WORDS = re.compile(r"其中|包括|分别")


@dataclass(frozen=True, slots=True)
class Passage:
    """What stands up to a full stop, comparable: no white space, no asides in brackets, half-width.

    `at[i]` is the offset in `source`, the paragraph, of character i of `text`.
    """

    text: str
    at: tuple[int, ...]
    source: str

    def printed(self, start: int, end: int) -> str:
        """The paragraph's own characters behind `text[start:end]`."""
        return self.source[self.at[start] : self.at[end - 1] + 1]

    def sentence(self, start: int, end: int) -> tuple[str, int, int]:
        """The printed sentence (to 。 or ；) around `text[start:end]`, and the offsets in it."""
        first, last = self.at[start], self.at[end - 1] + 1
        left = max(self.source.rfind(stop, 0, first) for stop in _STOP + "；;") + 1
        left = max(left, self.at[0])
        stops = [self.source.find(stop, last) for stop in _STOP + "；;"]
        right = min([at + 1 for at in stops if at >= 0] + [len(self.source)])
        whole = self.source[left:right]
        left += len(whole) - len(whole.lstrip())
        return whole.strip(), first - left, last - left


def passages(paragraph: str) -> Iterator[Passage]:
    """The sentences of a paragraph; a line that is a heading counts as one of its own."""
    start = 0
    for at, char in enumerate(paragraph):
        ends = char in _STOP or (
            char == "\n" and _HEADING.fullmatch(paragraph[start:at].strip()) is not None
        )
        if ends or at == len(paragraph) - 1:
            passage = _comparable(paragraph, start, at + 1)
            if passage.text:
                yield passage
            start = at + 1


def _folded(char: str) -> str:
    plain = unicodedata.normalize("NFKC", char)
    # ① would become 1 and stand beside a real figure.
    if len(plain) == 1 and unicodedata.category(char) != "No":
        return plain
    return char


def _comparable(source: str, start: int, end: int) -> Passage:
    kept = [
        (at, _folded(source[at]))
        for at in range(start, end)
        if not source[at].isspace() and unicodedata.category(source[at]) != "Cf"
    ]
    text = simplified("".join(char for _, char in kept))
    marks = _asides(text)
    kept = [
        (at, "," if marks.get(index) else char)
        for index, ((at, _), char) in enumerate(zip(kept, text, strict=True))
        if marks.get(index, True)
    ]
    return Passage("".join(char for _, char in kept), tuple(at for at, _ in kept), source)


def _asides(text: str) -> dict[int, bool]:
    """For the characters of asides in brackets: False to drop one, True to read it as a comma.

    An aside that opens a list (其中…) stays, between commas, unless it stands in a list already.
    """
    marks: dict[int, bool] = {}
    opened: list[int] = []
    for index, char in enumerate(text):
        if char == "(":
            opened.append(index)
        elif char == ")" and opened:
            start = opened.pop()
            if _LIST_IN_BRACKETS.match(text, start) and not _LIST_WORDS.search(text, 0, start):
                marks |= {start: True, index: True}
            elif not opened:
                marks |= dict.fromkeys(range(start, index + 1), False)
    return marks
