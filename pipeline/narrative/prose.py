"""Prose → sentences that patterns can be laid over."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.text import simplified, years_in_digits
from pipeline.text.sections import LINE_NUMBER, SECTION

_STOP = "。！？!?"
_BREAK = re.compile(rf"[{_STOP}\n]\s*")
_HEADING = re.compile(rf"(?:{LINE_NUMBER})[^，,。；;]{{0,23}}[^，,。；;\s]\s*")
# A heading stands on a line of its own, or before its first sentence: （二）依申请公开。
_HEADING_ALONE = re.compile(
    rf"\s*(?:(?:{LINE_NUMBER})[^，,；;。]{{1,40}}[。:：]?|[^，,；;。:：]{{2,20}}(?:情况|方面)[。:：]?)\s*"
)
_CHAPTER = re.compile(rf"\s*(?:{SECTION}|第[一二三四五六七八九十]{{1,3}}[章节部])")
_SENTENCE_END = re.compile(rf"[{_STOP}；;]")
LISTED_UNIT = "条|件|篇|项|则|份|个"  # what the items of a list are counted in

_LIST_IN_BRACKETS = re.compile(r"\((?:其中|包括|分别)")
_TIME_IN_BRACKETS = re.compile(
    r"\((?:20\d\d年?度?(?:[上下]半年|第?[一二三四]季度)?|去年|上一?年度?|[上下]半年)\)"
)
_LIST_WORDS = re.compile(r"其中|包括|分别")
# A name in quotes may hold any word: “云岫发布”, 《关于发布…的通知》. What is only stressed stays.
_NAMED = re.compile(
    '[“‘「『"](?!(?:主动公开|依申请公开|政府信息|政务公开|政府信息公开|申请公开)[”’」』"])'
    '([^“”‘’「」『』"。]{1,30})[”’」』"]'
)
_OPENING_QUOTE = re.compile('[“‘「『"]')
_MASK = "＊"
_LONGEST_HEADING = 45  # characters


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """What stands up to a full stop, comparable: no white space, no asides in brackets, half-width.

    `at[i]` is the offset in `source`, the paragraph, of character i of `text`; `asides` are what
    stood in brackets, each with its place in `text`.
    Names in quotes are masked.
    """

    text: str
    at: Sequence[int]
    source: str
    asides: tuple[tuple[int, str], ...] = ()
    is_heading: bool = False
    opens_a_chapter: bool = False

    def printed(self, start: int, end: int) -> str:
        """The paragraph's own characters behind `text[start:end]`."""
        return self.source[self.at[start] : self.at[end - 1] + 1]

    def sentence(self, start: int, end: int) -> tuple[str, int, int]:
        """The printed sentence (to 。 or ；) around `text[start:end]`, and the offsets in it."""
        first, last = self.at[start], self.at[end - 1] + 1
        left = max(self.source.rfind(stop, self.at[0], first) for stop in _STOP + "；;") + 1
        left = max(left, self.at[0])
        stop = _SENTENCE_END.search(self.source, last)
        whole = self.source[left : stop.end() if stop else None]
        left += len(whole) - len(whole.lstrip())
        return whole.strip(), first - left, last - left


def passages(paragraph: str) -> Iterator[Passage]:
    """The sentences of a paragraph; a line that is a heading counts as one of its own."""
    start = 0
    for stop in _BREAK.finditer(paragraph):
        if stop[0].isspace() and not _HEADING.fullmatch(paragraph, start, stop.start()):
            continue
        yield from _comparable(paragraph, start, stop.end())
        start = stop.end()
    yield from _comparable(paragraph, start, len(paragraph))


class _Folds(dict[int, str]):
    """What stands for each character in a passage, found out once; white space goes."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        kind = unicodedata.category(char)
        kept = unicodedata.normalize("NFKC", char)
        if char.isspace() or kind == "Cf":
            kept = ""
        elif len(kept) > 1 or kind == "No":  # ① would become 1 and stand beside a real figure
            kept = char
        self[code] = kept
        return kept


_FOLDS = _Folds()


def folded(source: str, start: int, end: int) -> tuple[str, Sequence[int]]:
    """A stretch without white space, half-width, and the offset of each of its characters."""
    text = source[start:end].translate(_FOLDS)
    at: Sequence[int] = range(start, end)
    if len(text) < end - start:
        at = [place for place in at if _FOLDS[ord(source[place])]]
    return text, at


def _comparable(source: str, start: int, end: int) -> Iterator[Passage]:
    """The passage between two offsets, if anything is printed there."""
    text, at = folded(source, start, end)
    text = years_in_digits(simplified(text))
    if text.endswith("."):
        text = f"{text[:-1]}。"
    asides: tuple[tuple[int, str], ...] = ()
    if "(" in text and (marks := _asides(text)):
        asides = tuple(_dropped(text, marks))
        at = [place for index, place in enumerate(at) if marks.get(index, True)]
        kept = ("," if marks.get(index) else char for index, char in enumerate(text))
        text = "".join(char for index, char in enumerate(kept) if marks.get(index, True))
    if text:
        if _OPENING_QUOTE.search(text):
            text = _NAMED.sub(lambda name: f"{name[0][0]}{_MASK * len(name[1])}{name[0][-1]}", text)
        short = len(text) <= _LONGEST_HEADING
        heading = short and _HEADING_ALONE.fullmatch(source, start, end) is not None
        chapter = heading and _CHAPTER.match(source, start, end) is not None
        yield Passage(text, at, source, asides, heading, chapter)


def _asides(text: str) -> dict[int, bool]:
    """For the characters of asides in brackets: False to drop one, True to read it as a comma.

    An aside that opens a list (其中…) stays, between commas, unless it stands in a list already; so
    does a time that opens a clause: （2023年）公开信息12条.
    """
    marks: dict[int, bool] = {}
    opened: list[int] = []
    listed = _LIST_WORDS.search(text)
    for index, char in enumerate(text):
        if char == "(":
            opened.append(index)
        elif char == ")" and opened:
            start = opened.pop()
            if _LIST_IN_BRACKETS.match(text, start) and listed and start < listed.end():
                marks |= {start: True, index: True}
            elif not opened and _opens_with_time(text, start, index):
                marks |= {start: False, index: True}
            elif not opened:
                marks |= dict.fromkeys(range(start, index + 1), False)
    return marks


def _opens_with_time(text: str, start: int, end: int) -> bool:
    opens = start == 0 or text[start - 1] in ",;:、)"
    return opens and _TIME_IN_BRACKETS.fullmatch(text, start, end + 1) is not None


def _dropped(text: str, marks: dict[int, bool]) -> Iterator[tuple[int, str]]:
    """Each aside that is dropped, without its brackets, and the place where it stood."""
    kept = 0
    words = ""
    for index, char in enumerate(text):
        if marks.get(index, True):
            if len(words) > 2:
                yield kept, words[1:-1]
            words = ""
            kept += 1
        else:
            words += char
    if len(words) > 2:
        yield kept, words[1:-1]
