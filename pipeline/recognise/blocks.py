"""Where the blocks of a form begin and end: a header, and the rows that belong to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.forms import Form, Sheet
from pipeline.model import Cell, Document, Grid, Layout
from pipeline.recognise.headers import is_caption, is_header, is_tree
from pipeline.recognise.lines import Line, row_headings, runs_on
from pipeline.recognise.match import Block, Reading
from pipeline.text import is_value_like, label

_LONGEST_ROW = 80  # characters
_GOES_ON = re.compile(r"续表|接上表|接上页|\d*")


def blocks_of(form: Form, reading: Reading, foreign: Sequence[Sheet]) -> list[Block]:
    """The blocks of a form; a header of no form, or of the `foreign` sheets, ends one."""
    blocks: list[Block] = []
    current: Block | None = None
    under_way = False
    last = 0
    for line in reading.lines:
        new, last = line.table != last, line.table
        sheet = next((s for s in form.sheets if is_header(line, s, False)), None)
        deeper = under_way and current is not None and is_tree(current.sheet)
        if deeper and current and is_header(line, current.sheet, True):
            current.header.append(line)
        elif sheet:
            current = Block(sheet, [line])
            blocks.append(current)
            under_way = True
        elif any(is_header(line, s, False) for s in foreign):
            current = None
            under_way = False
        elif current and is_caption(line, current.sheet):
            reading.explained.add(line)
            under_way = False
        elif current and _is_header_of_no_form(line, current.sheet, new):
            current = None
            under_way = False
        elif current:
            current.body.append(line)
            under_way = False
        elif any(is_caption(line, s) for s in form.sheets):
            reading.explained.add(line)
    return blocks


def _is_header_of_no_form(line: Line, sheet: Sheet, new: bool) -> bool:
    """Whether a row heads columns of the publisher's own: 单位 | 行政许可 | ...

    A row of the form has its label and then blanks; in a header words stand in most cells. Inside a
    table it begins with the word of the corner (信息内容), or has words in all of three cells.
    """
    words = [label(cell.text) for cell in line.cells if not is_value_like(cell.text)]
    words = [text for text in words if text]
    if line.has_numeral or len(words) < 2 or len(words) * 2 <= len(line.cells):
        return False
    known = row_headings(sheet)
    if all(text in known for text in words):
        return False
    full = len(words) == len(line.cells) > 2 and line.layout is not Layout.STREAM
    starts = words[0] in sheet.skipped
    return (
        starts
        or (new and line.layout is not Layout.STREAM)
        or (full and known.keys().isdisjoint(words))
    )


def rows_in_prose(
    document: Document, blocks: Sequence[Block]
) -> Iterator[tuple[Block, list[str], Line]]:
    """Rows that stand outside the table: 规章000, without walls, or a label without any cell."""
    for block in blocks:
        known = tuple(row_headings(block.sheet))
        alone = () if block.sheet.exact else known  # older reports use these words as headings
        for paragraph in document.paragraphs:
            words = label(paragraph.text) if len(paragraph.text) <= _LONGEST_ROW else ""
            if words in alone or runs_on(words, known):
                cell = Cell(paragraph.text, 0, 0, where=paragraph.where)
                yield block, [], Line((cell,), Layout.ROWS, 0)


def tables_apart(document: Document, form: Form) -> frozenset[int]:
    """The ordinals of tables that words of no form part from the table before."""
    captions = {text for sheet in form.sheets for text in sheet.skipped}
    found: set[int] = set()
    table = 0
    parted = False
    for block in document.blocks:
        if isinstance(block, Grid):
            table += 1
            if parted and block.layout is Layout.RULED:
                found.add(table)
            parted = False
        else:
            words = label(block.text)
            parted = parted or not (words in captions or _GOES_ON.fullmatch(words))
    return frozenset(found)
