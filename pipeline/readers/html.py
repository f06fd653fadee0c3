"""Web pages, Word's among them: lxml.html, spans expanded as browsers do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeAlias

from lxml import etree

from pipeline.errors import UnreadableDocument
from pipeline.model import Document
from pipeline.readers.flow import Box, Content, blocks, compact, joined, line
from pipeline.readers.shown import (
    BLOCKS,
    Element,
    beside_line,
    has_text,
    is_unseen,
    replaced,
    text_of,
    traits,
)
from pipeline.readers.stylesheet import hide
from pipeline.text import PICTURE
from pipeline.text.decode import decode

_SAVE_AGAIN = "open it in a browser and save it from there"
_OPEN_CELL = "ancestor::*[self::td or self::th or self::table][1][not(self::table)]"
_HAS_OPEN_CELL = etree.XPath(f"boolean(.//td[ancestor::td][{_OPEN_CELL}])")
_LARGEST = 50 * 2**20
_NESTED_TABLES = 40
_IS_TOO_DEEP = etree.XPath(f"boolean(.//table[count(ancestor::table) > {_NESTED_TABLES}])")
_COLUMNS = 1000  # HTML's own limit on colspan
_ROWS = 65534  # and on rowspan

_IGNORED_TAGS = (
    "area audio base button canvas col colgroup datalist del embed head iframe img input link"
    " map math meta nav noframes noscript object option rp rt s script select strike style svg"
    " template textarea title video xml"
)
_IGNORED = frozenset(_IGNORED_TAGS.split())
_SPECIAL = _IGNORED | {"bdo", "sub", "sup", "table"}
_LINES = BLOCKS - {"table"}
_CELLS = frozenset(("td", "th"))
_NUMBER = re.compile(r"\s*\+?(\d{1,9})")
_END = re.compile(r"</(?:[bB][oO][dD][yY]|[hH][tT][mM][lL])\b[^<>]*>")

# The rows of one row group, each a list of its cells; spans end where their group ends.
Group: TypeAlias = list[list[Element]]


def read(path: Path, name: str) -> Document:
    """Paragraphs and grids of a page; raises UnreadableDocument."""
    size = path.stat().st_size
    if size > _LARGEST:
        reason = f"has {size // 2**20} MB, more than a report's page can have"
        raise UnreadableDocument(name, reason, "save the page without its images")
    root = _parse(decode(path.read_bytes(), name), name)
    hide(root)
    body = root.find("body")
    content = blocks(_content(root if body is None else body))
    if not content:
        reason = "holds no text; the page may be filled in by a script"
        raise UnreadableDocument(name, reason, _SAVE_AGAIN)
    return Document(name, "html", content, heading=_heading(root))


def _parse(text: str, name: str) -> Element:
    # lxml takes no str that declares an encoding, and would believe a wrong <meta>. Its plain
    # elements cost a third less than those of lxml.html, from the same parser.
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=False)
    # Browsers show what follows the end of the body as if it stood inside; lxml drops it.
    page = _END.sub("", text).encode("utf-8", "replace")
    failure: Exception | None = None
    try:
        root = etree.fromstring(page, parser)
    except etree.XMLSyntaxError as error:
        root, failure = None, error
    if root is None:
        raise UnreadableDocument(name, "holds no page", "download it again") from failure
    cut = any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log)
    if cut or _IS_TOO_DEEP(root):
        reason = "nests its elements deeper than a page can be read"
        raise UnreadableDocument(name, reason, _SAVE_AGAIN)
    # Neighbours would be read as one cell, and their figures as one figure.
    if _HAS_OPEN_CELL(root):
        reason = "leaves table cells open, one inside the other"
        raise UnreadableDocument(name, reason, _SAVE_AGAIN)
    return root


def _heading(root: Element) -> str:
    title = root.find(".//title")
    if title is not None and (text := line(text_of(title))):
        return text
    for meta in root.iter("meta"):
        told = (meta.get("name") or "").lower() == "articletitle"
        if told and (text := line(meta.get("content") or "")):
            return text
    first = root.find(".//h1")
    return "" if first is None else line(text_of(first))


def _content(root: Element) -> list[Content]:
    """Lines and tables inside `root`, in reading order."""
    if not len(root):
        text = line(root.text or "")
        return [text] if text else []
    content: list[Content] = []
    printed: list[str] = []
    for token in (*_tokens(root), None):
        if isinstance(token, str):
            printed.append(token)
            continue
        if printed and (text := line(joined(printed))):
            content.append(text)
        printed.clear()
        if token is not None:
            content.extend(_table(token))
    return content


def _tokens(root: Element) -> Iterator[str | Element | None]:
    """Text, tables unopened, and None where a line ends."""
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    next(walk)
    if root.text:
        yield root.text
    in_cell = root.tag in _CELLS
    preserved = 0
    for event, element in walk:
        tag = element.tag
        text = element.tail
        if event == "start":
            text = element.text
            instead = None
            if tag in _SPECIAL or traits(element):
                instead = _instead(element, in_cell)
            if instead is not None:
                walk.skip_subtree()
                text = None
                yield instead
            preserved += tag == "pre"
        elif event == "end":
            if element is root:
                return
            preserved -= tag == "pre"
        if tag in _LINES:
            yield None
        if not text:
            continue
        if preserved:
            for number, part in enumerate(text.split("\n")):
                if number:
                    yield None
                yield part
        else:
            yield text


def _instead(element: Element, in_cell: bool) -> str | Element | None:
    """What is read in place of the inside of an element; None where that is read itself."""
    tag, told = element.tag, traits(element)
    if "gone" in told or is_unseen(element):
        return ""
    if tag == "table":
        return element
    if tag in _IGNORED:
        return replaced(element, in_cell)
    if (tag == "bdo" or "unclear" in told) and has_text(element):
        return PICTURE  # its author saw something else
    return beside_line(element)


def _table(table: Element) -> Iterator[Content]:
    """What stands in the table outside its cells, as browsers do before it; then its cells."""
    groups: list[Group] = [[]]
    feet: list[Group] = []
    strays: list[Element | str] = []
    _gather(table, groups, feet, strays)
    for stray in strays:
        if isinstance(stray, str):
            yield line(stray)
        else:
            yield from _table(stray) if stray.tag == "table" else _content(stray)
    boxes = _placed([*groups, *feet])
    if boxes:
        yield boxes


def _gather(
    part: Element, groups: list[Group], feet: list[Group], strays: list[Element | str]
) -> None:
    """Sort the parts of a table; parsers leave wrappers that browsers move out of the way."""
    if part.text and line(part.text):
        strays.append(part.text)
    for child in part:
        tag = child.tag
        read = isinstance(tag, str) and tag not in _IGNORED and "gone" not in traits(child)
        if not read or (tag not in _CELLS and is_unseen(child)):
            pass
        elif tag in _CELLS:
            if not groups[-1]:
                groups[-1].append([])
            groups[-1][-1].append(child)
        elif tag == "tr":
            groups[-1].append([])
            _gather(child, groups, feet, strays)
        elif tag in ("tbody", "thead"):
            groups.append([])
            _gather(child, groups, feet, strays)
            groups.append([])
        elif tag == "tfoot":
            foot: list[Group] = [[]]
            _gather(child, foot, feet, strays)
            feet.extend(foot)
        elif tag not in ("table", "caption") and child.find(".//td") is not None:
            _gather(child, groups, feet, strays)
        else:
            strays.append(child)
        if child.tail and line(child.tail):
            strays.append(child.tail)


def _placed(groups: Iterable[Group]) -> list[Box]:
    """Every cell at its place, by the algorithm of the HTML standard."""
    boxes: list[Box] = []
    top = 0
    for group in groups:
        taken: list[int] = []  # for each column the first row below the cells in it
        for row, cells in enumerate(group):
            col = 0
            for cell in cells:
                while col < len(taken) and taken[col] > row:
                    col += 1
                right = col + (_span(cell, "colspan", _COLUMNS) or 1)
                bottom = min(row + (_span(cell, "rowspan", _ROWS) or _ROWS), len(group))
                taken.extend([0] * (right - len(taken)))
                taken[col:right] = [max(other, bottom) for other in taken[col:right]]
                content: list[Content] = []
                if is_unseen(cell):  # then only that there is some content
                    untold = has_text(cell) and "struck" not in traits(cell)
                else:
                    content = _content(cell)
                    untold = not content and cell.find(".//script") is not None
                content = [PICTURE] if untold else content
                boxes.append(Box(top + row, col, bottom - row, right - col, content))
                col = right
        top += len(group)
    compact(boxes)
    return boxes


def _span(cell: Element, attribute: str, largest: int) -> int:
    """The attribute as browsers read it: 1 when it is no number."""
    value = cell.get(attribute)
    number = _NUMBER.match(value) if value else None
    return min(int(number[1]), largest) if number else 1
