"""Web pages, Word's among them: lxml.html, spans expanded as browsers do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeAlias

from lxml import etree

from pipeline import doubt
from pipeline.doubt import Kind
from pipeline.errors import UnreadableDocument
from pipeline.model import Document
from pipeline.readers.flow import Box, Content, blocks, compact, cover, joined, line
from pipeline.readers.web.declared import NOTHING, Effect
from pipeline.readers.web.grid import CELLS, Row, Unreadable, parts_of, placed
from pipeline.readers.web.inside import Inside
from pipeline.readers.web.shown import (
    BLOCKS,
    IGNORED,
    Around,
    Element,
    beside_line,
    draws_a_box,
    has_text,
    is_unseen,
    look,
    replaced,
    text_of,
    within,
)
from pipeline.readers.web.stylesheet import hide
from pipeline.text import PICTURE
from pipeline.text.decode import decode

_SAVE_AGAIN = "open it in a browser and save it from there"
_LARGEST = 50 * 2**20
_MOST_CELLS = 100_000  # a hundred times what the largest report prints
_NESTED_TABLES = 40
_IS_TOO_DEEP = etree.XPath(f"boolean(.//table[count(ancestor::table) > {_NESTED_TABLES}])")

_SPECIAL = IGNORED | CELLS | {"bdo", "details", "dialog", "ol", "sub", "sup", "table"}
_LINES = BLOCKS - {"table"}
_END = re.compile(r"</(?:[bB][oO][dD][yY]|[hH][tT][mM][lL])\b[^<>]*>")
_FIGURE = re.compile(r"[-+.,\d\s]{1,12}")  # what lies over a table to be taken for its figure
_CELL = re.compile(r"<t[dh]\b", re.I)
_PLAIN = Around()

Token: TypeAlias = str | Element | None


class Over(str):
    """What stands outside the tables, but may lie over one; it is no text."""

    __slots__ = ()


def read(path: Path, name: str) -> Document:
    """Paragraphs and grids of a page; raises UnreadableDocument."""
    size = path.stat().st_size
    if size > _LARGEST:
        reason = f"has {size // 2**20} MB, more than the {_LARGEST // 2**20} that a page can have"
        raise UnreadableDocument(name, reason, "save the page without its images")
    text = decode(path.read_bytes(), name)
    cells = sum(1 for _ in _CELL.finditer(text)) if len(text) > _MOST_CELLS * len("<td") else 0
    if cells > _MOST_CELLS:
        reason = f"has {cells:,} table cells, more than the {_MOST_CELLS:,} that a page can have"
        raise UnreadableDocument(name, reason, "save the report without what is not its own")
    root = _parse(text, name)
    hide(root)
    body = root.find("body")
    try:
        printed = _content(root if body is None else body)
        if any(isinstance(piece, Over) for piece in printed):
            _doubt(printed)
        content = blocks(printed)
    except Unreadable as error:
        raise UnreadableDocument(name, str(error), _SAVE_AGAIN) from error
    if not content:
        reason = "holds no text; the page may be filled in by a script"
        raise UnreadableDocument(name, reason, _SAVE_AGAIN)
    return Document(name, "html", content, heading=_heading(root))


def _lies_over(element: Element, told: Effect) -> bool:
    """Whether what is moved could be taken for a figure of a table, or could hide one."""
    written = text_of(element).strip()
    if written:
        return _FIGURE.fullmatch(written) is not None
    return told.paper is not None and not len(element)


def _doubt(content: Iterable[Content]) -> None:
    """Doubt every cell of the page."""
    for boxes in (piece for piece in content if isinstance(piece, list)):
        cover(boxes)
        for box in boxes:
            _doubt(box.content)


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


def _content(root: Element, inside: Inside | None = None) -> list[Content]:
    """Lines and tables inside `root`, in reading order; what a cell shows is noted in `inside`."""
    if not len(root):
        text = line(root.text or "")
        if inside is not None and text:
            inside.runs.append((inside.around, text))
        return [text] if text else []
    content: list[Content] = []
    printed: list[str] = []
    tokens: list[Token] = []
    around = _PLAIN if inside is None else inside.around
    if root.text:
        _say(root.text, tokens, around, inside, preserved=root.tag == "pre")
    _walk(root, tokens, around, inside, preserved=root.tag == "pre")
    tokens.append(None)
    for token in tokens:
        if isinstance(token, str):
            printed.append(token)
            if isinstance(token, Over):
                content.append(token)
            continue
        if printed and (text := line(joined(printed))):
            content.append(text)
        printed.clear()
        if token is not None:
            content.extend(_table(token))
    return content


def _walk(
    parent: Element, tokens: list[Token], around: Around, inside: Inside | None, *, preserved: bool
) -> None:
    """Text, tables unopened, and None where a line ends."""
    for child in parent:
        tag = child.tag
        if isinstance(tag, str):  # comments have none
            told = look(child)
            instead: str | Element | None = None
            below = around
            if tag in _SPECIAL or told.traits:
                instead = _instead(child, told, inside)
            if inside is not None and told is not NOTHING:
                below = within(around, told)
            if tag in _LINES:
                tokens.append(None)
            if instead is not None:
                tokens.append(instead)
                if inside is not None and isinstance(instead, str) and instead.strip():
                    inside.runs.append((below, instead))
            else:
                as_is = preserved or tag == "pre"
                if text := child.text:
                    _say(text, tokens, below, inside, preserved=as_is)
                if len(child):
                    _walk(child, tokens, below, inside, preserved=as_is)
                elif inside is not None and not text and told.apart:
                    inside.drawn = inside.drawn or draws_a_box(child, told)
            if tag in _LINES:
                tokens.append(None)
        if text := child.tail:
            _say(text, tokens, around, inside, preserved=preserved)


def _say(
    text: str, tokens: list[Token], around: Around, inside: Inside | None, *, preserved: bool
) -> None:
    """Add a text as it is shown: a line break in it is only one where white space is kept."""
    if inside is not None and not text.isspace():
        inside.runs.append((around, text))
    if not preserved:
        tokens.append(text)
        return
    for number, part in enumerate(text.split("\n")):
        if number:
            tokens.append(None)
        tokens.append(part)


def _instead(element: Element, told: Effect, inside: Inside | None) -> str | Element | None:
    """What is read in place of the inside of an element; None where that is read itself."""
    tag, traits = element.tag, told.traits
    if inside is None:
        if "far" in traits and _lies_over(element, told):
            return Over()
    else:
        inside.note(element, traits, ignored=tag in IGNORED)
    if "gone" in traits or is_unseen(element):
        return ""
    if tag == "table":
        return element
    if tag in CELLS and inside is not None:
        # Neighbours would be read as one cell, and their figures as one figure.
        raise Unreadable("leaves table cells open, one inside the other")
    if tag in IGNORED:
        return replaced(element, inside is not None)
    if (tag == "bdo" or "unclear" in traits) and has_text(element):
        return PICTURE  # its author saw something else
    return beside_line(element)


def _table(table: Element) -> Iterator[Content]:
    """What stands in the table outside its cells, as browsers do before it; then its cells."""
    parts = parts_of(table)
    for stray in parts.strays:
        if isinstance(stray, str):
            yield line(stray)
        else:
            yield from _table(stray) if stray.tag == "table" else _content(stray)
    boxes: list[Box] = []
    covered = False
    for cell, row, box in placed([*parts.heads, *parts.groups, *parts.feet]):
        box.content, box.doubts, far = _printed(cell, row)
        covered = covered or far
        boxes.append(box)
    compact(boxes)
    if covered:
        cover(boxes)
    if boxes:
        yield boxes


def _printed(cell: Element, row: Row) -> tuple[list[Content], tuple[Kind, ...], bool]:
    """What a cell shows, what is doubted of it, and whether a part may lie over other cells."""
    told = look(cell)
    if told is NOTHING and not len(cell):
        text = line(cell.text or "")
        plain = not row.odd and (not text or row.around.is_legible)
        return [text] if text else [], () if plain else (doubt.OVERLAID,), False
    inside = Inside(row.around if told is NOTHING else within(row.around, told))
    inside.note(cell, told.traits, ignored=False)
    content: list[Content] = []
    if not (told.traits and is_unseen(cell)):
        content = _content(cell, inside)
        if inside.is_drawn(content):
            content.append(PICTURE)
    elif has_text(cell) and "struck" not in told.traits:
        content = [PICTURE]  # nobody sees what, but that there is something
    return content, inside.doubts(hidden_with_its_row=row.odd), inside.far
