"""A report as a PDF in which any cell can be drawn by hand, and its objects changed afterwards."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import accumulate

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from pipeline.sample.layout import Box, Table, place
from tests.accuracy.page import Cell, Draft
from tests.accuracy.render import _ordered

CHINESE, EMBEDDED, SIZE = "STSong-Light", "Vera", 8.5
WIDTH, HEIGHT, LEFT, TOP, FOOT = 595.0, 842.0, 62.0, 770.0, 72.0
LINE, ROW, LEADING = WIDTH - 2 * LEFT, 18.0, 11.0

pdfmetrics.registerFont(UnicodeCIDFont(CHINESE))
pdfmetrics.registerFont(TTFont(EMBEDDED, "Vera.ttf"))


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell on its page, in points from the foot of the page, and where its text would begin."""

    paper: Canvas
    text: str
    x0: float
    low: float
    x1: float
    high: float

    @property
    def width(self) -> float:
        return pdfmetrics.stringWidth(self.text, CHINESE, SIZE)

    @property
    def x(self) -> float:
        return (self.x0 + self.x1 - self.width) / 2

    @property
    def y(self) -> float:
        return (self.low + self.high) / 2 - 0.35 * SIZE

    def print(
        self,
        text: str | None = None,
        right: float = 0,
        up: float = 0,
        size: float = SIZE,
        font: str = CHINESE,
    ) -> None:
        """Print the cell's text, or another one, so far right of its place and above it."""
        self.paper.setFont(font, size)
        self.paper.drawString(self.x + right, self.y + up, self.text if text is None else text)

    def box(self, x0: float, low: float, x1: float, high: float, **how: int) -> None:
        """A rectangle, from the place where the text begins."""
        self.paper.rect(
            self.x + x0, self.y + low, x1 - x0, high - low, **{"stroke": 0, "fill": 1, **how}
        )

    def line(self, x0: float, low: float, x1: float, high: float) -> None:
        self.paper.line(self.x + x0, self.y + low, self.x + x1, self.y + high)


Draw = Callable[[Spot], None]
Sheet = Callable[[Canvas], None]


def printed(
    made: Draft,
    drawn: Mapping[Cell, Draw] | None = None,
    *,
    ground: Draw | None = None,
    first: Sheet | None = None,
    last: Sheet | None = None,
    after: Mapping[Cell, Draw] | None = None,
    font: str = CHINESE,
) -> bytes:
    """The report as a PDF. `drawn` cells are drawn by hand in place of their text; `ground` is
    drawn in every cell before it, `after` when the table is done, `first` and `last` on each page."""
    stream = io.BytesIO()
    paper = Canvas(stream, pagesize=(WIDTH, HEIGHT), invariant=1, pageCompression=0)
    paper.setTitle(made.title)
    y = TOP

    def turn() -> float:
        if last:
            last(paper)
        paper.showPage()
        if first:
            first(paper)
        return TOP

    if first:
        first(paper)
    for piece in _ordered(made):
        if isinstance(piece, str):
            for at in range(0, len(piece), 38):
                y = turn() if y - 22 < FOOT else y
                y -= 22
                paper.setFont(CHINESE, 12)
                paper.drawString(LEFT, y, piece[at : at + 38])
            continue
        cells = [cell for row in piece.rows for cell in row]
        rows = tuple(tuple(Box(c.text, c.colspan, c.rowspan) for c in row) for row in piece.rows)
        placed = list(place(Table(rows, piece.widths)))
        count = max(p.col + p.box.colspan for p in placed)
        shares = [*piece.widths, *[1] * (count - len(piece.widths))]
        xs = [LEFT + LINE * sum(shares[:i]) / sum(shares) for i in range(count + 1)]
        heights = [ROW] * len(rows)
        lines = {}
        for spot, cell in zip(placed, cells, strict=True):
            room = xs[spot.col + spot.box.colspan] - xs[spot.col] - 4
            each = max(int(room / SIZE), 1)
            text = cell.text
            wide = pdfmetrics.stringWidth(text, CHINESE, SIZE) > room
            lines[cell] = (
                [text[i : i + each] for i in range(0, len(text), each)] if wide else [text]
            )
            end = spot.row + spot.box.rowspan
            need = len(lines[cell]) * LEADING + 6 - sum(heights[spot.row : end])
            heights[end - 1] += max(need, 0)
        y = turn() if y - sum(heights) < FOOT else y - 6
        ys = [y, *(y - down for down in accumulate(heights))]
        spots = {
            cell: Spot(
                paper,
                cell.text,
                xs[p.col],
                ys[p.row + p.box.rowspan],
                xs[p.col + p.box.colspan],
                ys[p.row],
            )
            for p, cell in zip(placed, cells, strict=True)
        }
        for cell, spot in spots.items():
            if ground:
                ground(spot)
            paper.setLineWidth(0.5)
            paper.rect(spot.x0, spot.low, spot.x1 - spot.x0, spot.high - spot.low)
            if drawn and cell in drawn:
                paper.saveState()
                drawn[cell](spot)
                paper.restoreState()
                continue
            face = font if cell.text.replace(".", "").isdecimal() else CHINESE
            paper.setFont(face, SIZE)
            middle = (spot.low + spot.high) / 2 + len(lines[cell]) * LEADING / 2 - SIZE
            for nth, text in enumerate(lines[cell]):
                paper.drawCentredString((spot.x0 + spot.x1) / 2, middle - nth * LEADING, text)
        for cell, draw in (after or {}).items():
            if cell in spots:
                paper.saveState()
                draw(spots[cell])
                paper.restoreState()
        y = ys[-1] - 8
    if last:
        last(paper)
    paper.save()
    return stream.getvalue()


_OBJECT = re.compile(rb"(?ms)^(\d+) 0 obj\r?\n(.*?)\r?\nendobj")


class Objects(dict[int, bytes]):
    """The numbered objects of a file, to be changed and written again."""

    def __init__(self, content: bytes) -> None:
        super().__init__((int(found[1]), found[2]) for found in _OBJECT.finditer(content))

    def add(self, body: str | bytes) -> int:
        """A new object's number."""
        number = max(self) + 1
        self[number] = body.encode("latin-1") if isinstance(body, str) else body
        return number

    def stream(self, body: str, entries: str = "") -> int:
        return self.add(f"<< /Length {len(body)} {entries} >>\nstream\n{body}\nendstream")

    def replace(self, old: str, new: str) -> None:
        """In every object that has it; at least one has."""
        found = [number for number, body in self.items() if old.encode() in body]
        assert found, old
        for number in found:
            body = self[number].replace(old.encode(), new.encode())
            inside = re.search(rb"(?s)stream\r?\n(.*)\r?\nendstream", body)
            if inside:
                body = re.sub(rb"/Length \d+", b"/Length %d" % len(inside[1]), body, count=1)
            self[number] = body

    def written(self) -> bytes:
        parts = {n: b"%d 0 obj\n%s\nendobj\n" % (n, body) for n, body in sorted(self.items())}
        content, starts = b"%PDF-1.7\n", {}
        for number, part in parts.items():
            starts[number] = len(content)
            content += part
        root = next(n for n, body in self.items() if b"/Type /Catalog" in body)
        at, size = len(content), max(self) + 1
        table = b"".join(
            b"%010d 00000 n \n" % starts[n] if n in starts else b"0000000000 00000 f \n"
            for n in range(1, size)
        )
        return (
            content
            + b"xref\n0 %d\n0000000000 65535 f \n" % size
            + table
            + b"trailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, root, at)
        )
