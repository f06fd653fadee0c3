"""Reading a PDF takes ten times as long for ten times as much, and what no report has is refused."""

from __future__ import annotations

import io
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from pipeline.errors import UnreadableDocument
from pipeline.readers import read
from tests.growth import assert_grows_as_its_input
from tests.hostile.pdf_paper import CHINESE, Objects

WIDTH, HEIGHT = 595, 842


def _canvas(stream, width=WIDTH, height=HEIGHT) -> Canvas:
    made = Canvas(stream, pagesize=(width, height), invariant=1)
    made.setFont(CHINESE, 8)
    return made


def _read(path: Path):
    return read(path)


def _grid(
    made: Canvas,
    rows: int,
    columns: int,
    top: float,
    left: float = 50,
    high: float = 14,
    wide: float = 20,
):
    for row in range(rows + 1):
        made.line(left, top - high * row, left + wide * columns, top - high * row)
    for column in range(columns + 1):
        made.line(left + wide * column, top, left + wide * column, top - high * rows)


def lines_that_enclose_nothing(path: Path, pages: int) -> Path:
    made = _canvas(str(path))
    for page in range(pages):
        made.setFont(CHINESE, 8)
        for row in range(8):
            made.line(50, 700 - 30 * row, 500, 700 - 30 * row)
        made.drawString(60, 400, f"第{page}段")
        made.showPage()
    made.save()
    return path


def one_grid(path: Path, cells: int) -> Path:
    columns = 20
    rows = cells // columns
    made = _canvas(str(path), 600, 14 * rows + 100)
    _grid(made, rows, columns, 14 * rows + 50)
    for row in range(rows):
        for column in range(columns):
            made.drawString(53 + 20 * column, 14 * rows + 40 - 14 * row, "7")
    made.save()
    return path


def boxes_apart(path: Path, count: int) -> Path:
    across = 10
    made = _canvas(str(path), 600, 30 * (count // across) + 100)
    for number in range(count):
        _grid(made, 1, 2, 50 + 30 * (number // across + 1), 20 + 56 * (number % across))
    made.drawString(50, 20, "正文")
    made.save()
    return path


def shaded_cells(path: Path, cells: int) -> Path:
    columns = 20
    rows = cells // columns
    made = _canvas(str(path), 600, 14 * rows + 100)
    for row in range(rows):
        for column in range(columns):
            made.setFillGray(0.9)
            made.rect(50 + 20 * column, 14 * rows + 36 - 14 * row, 20, 14, stroke=0, fill=1)
            made.setFillGray(0)
            made.drawString(53 + 20 * column, 14 * rows + 40 - 14 * row, "7")
    _grid(made, rows, columns, 14 * rows + 50)
    made.save()
    return path


def white_text_on_dark_boxes(path: Path, count: int) -> Path:
    made = _canvas(str(path), 600, 12 * (count // 20) + 100)
    for number in range(count):
        x, y = 50 + 20 * (number % 20), 50 + 12 * (number // 20)
        made.setFillGray(0.2)
        made.rect(x, y, 18, 10, stroke=0, fill=1)
        made.setFillGray(1)
        made.drawString(x + 2, y + 2, "7")
    made.setFillGray(0)
    made.drawString(20, 20, "正文" * 20)
    made.save()
    return path


def one_table_over_pages(path: Path, pages: int) -> Path:
    made = _canvas(str(path))
    for _ in range(pages):
        made.setFont(CHINESE, 8)
        _grid(made, 30, 8, 800, high=24, wide=60)
        for row in range(30):
            for column in range(8):
                made.drawString(
                    53 + 60 * column, 800 - 16 - 24 * row, "7" if column else "行政许可"
                )
        made.showPage()
    made.save()
    return path


@pytest.mark.parametrize(
    ("make", "size"),
    [
        (lines_that_enclose_nothing, 12),
        (one_grid, 400),
        (boxes_apart, 60),
        (shaded_cells, 400),
        (white_text_on_dark_boxes, 300),
        (one_table_over_pages, 3),
    ],
    ids=lambda value: getattr(value, "__name__", str(value)),
)
def test_reading_grows_as_the_file(make, size, tmp_path):
    assert_grows_as_its_input(lambda size: make(tmp_path / f"{size}.pdf", size), _read, size)


def _refusal(path: Path) -> str:
    with pytest.raises(UnreadableDocument) as refused:
        read(path)
    return str(refused.value)


def test_more_pages_than_a_report_has_are_refused_by_number_and_limit(tmp_path):
    made = _canvas(str(tmp_path / "a.pdf"))
    for _ in range(2_001):
        made.showPage()
    made.save()
    assert "2,001 pages (at most 2,000 are read)" in _refusal(tmp_path / "a.pdf")


def test_a_grid_of_more_cells_than_a_table_has_is_refused(tmp_path):
    made = _canvas(str(tmp_path / "a.pdf"), 4_000, 4_000)
    _grid(made, 800, 800, 3_950, high=4, wide=4)
    made.drawString(20, 20, "7")
    made.save()
    assert "page 1 has 640,000 cells in a table (at most 20,000 are read)" in _refusal(
        tmp_path / "a.pdf"
    )


def _forms_in_forms(path: Path, fan: int, deep: int) -> None:
    stream = io.BytesIO()
    made = Canvas(stream, pagesize=(WIDTH, HEIGHT), pageCompression=0)
    made.drawString(50, 50, "1")
    made.addLiteral("/X Do")
    made.save()
    objects = Objects(stream.getvalue())
    inner = objects.stream(
        "0 0 5 5 re f", "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << >>"
    )
    for _ in range(deep):
        held = f"/Resources << /XObject << /X {inner} 0 R >> >>"
        inner = objects.stream(
            "/X Do " * fan, f"/Type /XObject /Subtype /Form /BBox [0 0 9 9] {held}"
        )
    for number, body in list(objects.items()):
        if b"/MediaBox" in body:
            objects[number] = body.replace(
                b"/Resources <<", f"/Resources << /XObject << /X {inner} 0 R >>".encode()
            )
    path.write_bytes(objects.written())


def test_forms_that_unfold_without_end_are_refused_before_they_do(tmp_path):
    _forms_in_forms(tmp_path / "a.pdf", 10, 8)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert (tmp_path / "a.pdf").stat().st_size < 5_000
    assert "a page of" in _refusal(tmp_path / "a.pdf")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000  # kilobytes


THREADS = """
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from pipeline.readers import read
paths = [Path(path) for path in sys.argv[1:]]
with ThreadPoolExecutor(4) as pool:
    many = list(pool.map(read, paths * 4))
assert [str(document) for document in many] == [str(read(path)) for path in paths] * 4
print(len(many))
"""


def test_four_threads_read_as_one_does():
    """In a process of its own: where pdfium is not left alone, it ends the process."""
    sources = sorted((Path(__file__).parent / "corpus").glob("*/source.pdf"))[:4]
    command = [sys.executable, "-c", THREADS, *map(str, sources)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, str(4 * len(sources))), done.stderr
