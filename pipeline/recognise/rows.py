"""Body rows and the rows of a form they are: by their words, by what they stand under, by likeness.

Units and codes that are printed beside the figures of a row are taken out of it first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from pipeline.forms import Heading, Sheet
from pipeline.model import Cell, Layout
from pipeline.recognise.headers import Leaf
from pipeline.recognise.lines import Line, row_headings
from pipeline.text import is_note, is_numeral, is_value_like, label, plain_unit

_ALIKE, _SOME = 0.6, 0.3
_LONG = 6  # characters; in shorter labels one makes another word
_TELLING = frozenset("上本下去前次不未无非其半全")  # characters that turn a label into another
JOINED = "read:joined"  # a figure stands in the label: 规章000


@dataclass(frozen=True, slots=True)
class Row:
    """A row as printed, the same without its asides, and the unit that stood among them.

    Where the row has kept no geometry, its code is still among the cells: `code` says whether it
    comes `after` the label, as the first of the values, or `before` it, as the last of those above.
    """

    printed: Line
    line: Line
    unit: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """A row with its heading, or with the headings that it could have equally well."""

    row: Row
    heading: Heading | None
    flags: tuple[str, ...] = ()
    by_likeness: bool = False
    rivals: tuple[Heading, ...] = ()


def bare(
    sheet: Sheet, columns: Sequence[Leaf], header: Line, body: Sequence[Line]
) -> tuple[Line, list[Row]]:
    """The header and the rows without the columns that hold units and codes."""
    asides = [leaf for leaf in columns if leaf.heading and leaf.heading.aside]
    cells = {leaf.cell for leaf in asides}
    kept = replace(header, cells=tuple(cell for cell in header.cells if cell not in cells))
    if not any(column.aside for column in sheet.columns):
        return kept, [Row(line, line) for line in body]
    return kept, [_without_asides(line, asides, header, sheet) for line in body]


def _without_asides(line: Line, asides: Sequence[Leaf], header: Line, sheet: Sheet) -> Row:
    """By place where header and row share a geometry; elsewhere units are known by their words."""
    places = line.table == header.table and (
        line.layout is Layout.RULED
        or (line.layout is Layout.ROWS and len(line.cells) == len(header.cells))
    )
    out: dict[Cell, str] = {}
    for leaf in asides if places else ():
        end = leaf.cell.col + leaf.cell.colspan
        for cell in line.cells:
            if leaf.cell.col <= cell.col and cell.col + cell.colspan <= end:
                out[cell] = leaf.heading.aside if leaf.heading else ""
    if not places:
        out = {cell: "unit" for cell in line.cells[1:] if plain_unit(cell.text)}
    rest = tuple(cell for cell in line.cells if cell not in out)
    unit = next((cell.text for cell, kind in out.items() if kind == "unit" and cell.text), "")
    code = "" if places else _code_column(asides, header, sheet)
    return Row(line, replace(line, cells=rest or line.cells), unit, code)


def _code_column(asides: Sequence[Leaf], header: Line, sheet: Sheet) -> str:
    codes = [leaf.cell for leaf in asides if leaf.heading and leaf.heading.aside == "code"]
    if not codes:
        return ""
    at = min(header.cells.index(cell) for cell in codes)
    beside = header.cells[at + 1 : at + 2]
    before = at == 0 or any(label(cell.text) in sheet.skipped for cell in beside)
    return "before" if before else "after"


def placed_rows(sheet: Sheet, rows: Sequence[Row], columns: Sequence[Leaf]) -> list[Placed]:
    """The rows that are rows of the sheet under these columns.

    A damaged label takes the one free place it resembles. Words that several rows of the form
    share are those of the row whose group, or whose neighbour, is the nearest above.
    """
    order = {row.id: i for i, row in enumerate(sheet.rows)}
    found: list[tuple[Row, tuple[Heading, ...]]] = []
    above: list[Heading] = []
    for row in _with_whole_labels(rows, sheet):
        headings = _single_out(_headings_of(row.line, sheet, len(columns)), above)
        found.append((row, headings))
        above += headings if len(headings) == 1 else ()
    placed: list[Placed] = []
    for i, (row, headings) in enumerate(found):
        likened = [order[one.heading.id] for one in placed if one.heading and one.by_likeness]
        if len(headings) > 1:
            placed.append(Placed(row, None, rivals=headings))
            continue
        heading = headings[0] if headings else None
        flags: tuple[str, ...] = ()
        if heading is None and not sheet.exact:
            before = [order[h.id] for _, one in found[:i] for h in one] + likened
            after = [order[h.id] for _, one in found[i + 1 :] for h in one]
            heading, flags = _nearest(row.line, _free(sheet, columns, before, after))
        if heading is not None and not heading.group:
            flags = (*flags, *(["read:row_label"] if _has_words_before(row.line, sheet) else []))
            placed.append(Placed(row, heading, flags, not headings))
    return placed


def _has_words_before(line: Line, sheet: Sheet) -> bool:
    """Whether words of no form stand before the label of a row: another year's row, or organ's."""
    own = own_label(line)
    before = line.cells[: line.cells.index(own)] if own else ()
    known = row_headings(sheet).keys() | sheet.skipped | sheet.beside
    words = (label(cell.text) for cell in before if not is_value_like(cell.text))
    # A page break leaves parts of the label of a group: 三）不予公开.
    words = (text.lstrip("一二三四五六七八九十") for text in words)
    return any(
        text and not any(one.startswith(text) or one.endswith(text) for one in known)
        for text in words
    )


def _with_whole_labels(rows: Sequence[Row], sheet: Sheet) -> list[Row]:
    """Two rows between which a label was cut, one of them without figures, are one again."""
    whole: list[Row] = []
    for row in rows:
        text = _cut_between(whole[-1], row, sheet) if whole else ""
        if text:
            filled = row if has_figures(row.line) else whole[-1]
            whole[-1] = _relabelled(filled, text)
        else:
            whole.append(row)
    return whole


def _cut_between(above: Row, below: Row, sheet: Sheet) -> str:
    """The label of the form that two halves make, or an empty string.

    The lower half may be a label by itself, if it is another wording of the same row.
    """
    known = row_headings(sheet)
    head, rest = own_label(above.line), own_label(below.line)
    if not head or not rest or (has_figures(above.line) and has_figures(below.line)):
        return ""
    text = head.text + rest.text
    same = known.get(label(text)) in (known.get(label(rest.text)), None)
    apart = label(head.text) not in known and (label(rest.text) not in known or same)
    return text if apart and label(text) in known else ""


def has_figures(line: Line) -> bool:
    """Whether figures come after the label of a row; a number before it counts the rows."""
    own = own_label(line)
    after = line.cells[line.cells.index(own) :] if own else line.cells
    return any(is_numeral(cell.text) for cell in after)


def own_label(line: Line) -> Cell | None:
    """The last words before the figures of a row."""
    own = None
    for cell in line.cells:
        if is_value_like(cell.text):
            if own and cell.text.strip():
                break
        elif label(cell.text):
            own = cell
    return own


def _relabelled(row: Row, text: str) -> Row:
    own = own_label(row.line)
    cells = tuple(replace(cell, text=text) if cell is own else cell for cell in row.line.cells)
    return replace(row, line=replace(row.line, cells=cells))


def _single_out(headings: tuple[Heading, ...], above: Sequence[Heading]) -> tuple[Heading, ...]:
    for nearest in reversed(above if len(headings) > 1 else ()):
        related = [h for h in headings if h.under and h.under in (nearest.id, nearest.under)]
        if len(related) == 1:
            return (related[0],)
    return headings


def _headings_of(line: Line, sheet: Sheet, width: int) -> tuple[Heading, ...]:
    """What the last known row label before the values can stand for.

    Words that no form knows between a known label and the values make a sub-row of a row, which
    is in no form; after the label of a group they are a row with a damaged label.
    """
    known = row_headings(sheet)
    found: tuple[Heading, ...] = ()
    for i, cell in enumerate(line.cells):
        text = label(cell.text)
        if text in known:
            above, found = found, known[text]
            found = _single_out(found, above)
        elif text and is_value_like(cell.text):
            if i == 0 and len(line.cells) > 1 and label(line.cells[1].text) in known:
                continue  # a serial number
            break
        elif text and found and not is_note(cell.text) and len(line.cells) - i - 1 >= width:
            found = ()
    return found if not found or not found[0].group else _only_child_missing(line, found)


def _only_child_missing(line: Line, groups: tuple[Heading, ...]) -> tuple[Heading, ...]:
    texts = [cell.text for cell in line.cells if label(cell.text)]
    at = next(i for i, text in enumerate(texts) if label(text) in groups[0].labels)
    after = texts[at + 1 :]
    return () if after and not is_value_like(after[0]) else groups


def _free(
    sheet: Sheet, columns: Sequence[Leaf], before: list[int], after: list[int]
) -> list[Heading]:
    """The rows that may stand between these rows, under these columns."""
    ids = {leaf.heading.id for leaf in columns if leaf.heading}
    low, high = max(before, default=-1), min(after, default=len(sheet.rows))
    between = sheet.rows[low + 1 : high]
    return [r for r in between if not r.group and not r.optional and set(r.cells) <= ids]


def _nearest(line: Line, free: Sequence[Heading]) -> tuple[Heading | None, tuple[str, ...]]:
    """The row whose place in the form's order is free and whose label is most alike."""
    words = [label(cell.text) for cell in line.cells if not is_value_like(cell.text)]
    if not words:
        return None, ()
    scored = sorted(
        (
            (max(_likeness(words[-1], text) for text in row.labels), -i, row)
            for i, row in enumerate(free)
        ),
        reverse=True,
        key=lambda item: item[:2],
    )
    if not scored or scored[0][0] < _ALIKE:
        return None, ()
    if any(character.isdigit() for character in words[-1]):
        return scored[0][2], (JOINED,)
    settled = len(scored) == 1 or scored[0][0] - scored[1][0] > 0.2
    damaged = any(_is_damaged(words[-1], text) for text in scored[0][2].labels)
    return scored[0][2], () if settled and damaged and len(free) == 1 else ("read:label",)


def _is_damaged(words: str, text: str) -> bool:
    """Whether words are a long label with some characters lost, or one another.

    Added characters make another row of them (非行政规范性文件), and so do some that are lost or
    changed (上年 for 本年, 明确 for 不明确).
    """
    if len(text) < _LONG:
        return False
    if len(words) == len(text):
        pairs = [(a, b) for a, b in zip(words, text, strict=True) if a != b]
        return len(pairs) == 1 and _TELLING.isdisjoint(pairs[0])
    rest = iter(text)
    lost = Counter(text) - Counter(words)
    return all(character in rest for character in words) and _TELLING.isdisjoint(lost)


def heading_of(line: Line, sheet: Sheet) -> Heading | None:
    """The one row of the form that a line's labels name, or None."""
    headings = _headings_of(line, sheet, 1)
    return headings[0] if len(headings) == 1 and not headings[0].group else None


def line_words(line: Line) -> str:
    """What a line says beside figures, comparably written."""
    return "".join(label(cell.text) for cell in line.cells if not is_value_like(cell.text))


def unknown_words(line: Line, sheet: Sheet) -> str:
    """What a line says beside figures and the labels of groups."""
    groups = {text for row in sheet.rows if row.group for text in row.labels}
    words = (label(cell.text) for cell in line.cells if not is_value_like(cell.text))
    return "".join(text for text in words if text not in groups)


def may_be(line: Line, row: Heading, sheet: Sheet) -> bool:
    """Whether a row of no form could be this one, damaged: it has no label, or some of it."""
    words = unknown_words(line, sheet)
    return not words or any(text in words or _likeness(words, text) >= _SOME for text in row.labels)


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
