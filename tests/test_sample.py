"""The sample collection: reproducible, consistent with itself, and no real place in it."""

from __future__ import annotations

import ast
import csv
import gzip
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from importlib.resources import files
from pathlib import Path

import docx
import pdfplumber
import pytest
from lxml import html

from pipeline import sample
from pipeline.model import Status
from pipeline.sample import TruthCell, truth, write
from pipeline.sample.collection import documents, render
from pipeline.sample.wording import ODDITIES

COMMITTED = Path(__file__).parents[1] / "data" / "raw" / "sample"
APPLICANTS = (
    "natural_person",
    "legal_commercial",
    "legal_research",
    "legal_public_interest",
    "legal_law_service",
    "legal_other",
)
CONTRADICTS_ITSELF = "示例县汀兰街道2024.pdf"  # its printed total is two more than its parts
MISPRINTS_RULES = "示例县枫桥渡镇2024.docx"

Cells = dict[tuple[str, str], TruthCell]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    write(folder)
    return folder


@pytest.fixture(scope="module")
def by_file() -> dict[str, Cells]:
    found: dict[str, Cells] = defaultdict(dict)
    for cell in truth():
        found[cell.file][cell.concept, cell.applicant] = cell
    return found


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def _values(cells: Cells, *keys: tuple[str, str]) -> list[Decimal] | None:
    """The values of these cells, or None where one of them prints none."""
    values = [cells[key].value for key in keys]
    return None if None in values else [value for value in values if value is not None]


def _fictional(by_file: dict[str, Cells]) -> dict[tuple[str, int], Cells]:
    """The reports of the county by organ and year."""
    return {
        (first.organ, first.report_year): cells
        for cells in by_file.values()
        if (first := next(iter(cells.values()))).region_code.startswith("99")
    }


def test_the_same_bytes_every_time(written: Path, tmp_path: Path) -> None:
    write(tmp_path)
    assert _contents(tmp_path) == _contents(written)


def test_the_committed_collection_is_what_the_generator_writes(written: Path) -> None:
    assert _contents(COMMITTED) == _contents(written)


def test_small_enough_to_ship(written: Path) -> None:
    assert sum(path.stat().st_size for path in written.iterdir()) < 10_000_000


def test_remove_takes_away_its_own_unchanged_files_only(tmp_path: Path) -> None:
    paths = [shutil.copy(path, tmp_path) for path in sorted(COMMITTED.iterdir())]
    stranger, edited = tmp_path / "another report.html", Path(paths[0])
    stranger.write_text("mine", encoding="utf-8")
    edited.write_text("my notes", encoding="utf-8")
    assert sample.remove(tmp_path) == len(paths) - 1
    assert set(tmp_path.iterdir()) == {stranger, edited}
    assert sample.remove(tmp_path / "nowhere") == 0


def test_every_document_is_listed_with_its_organ_and_year(
    written: Path, by_file: dict[str, Cells]
) -> None:
    with (written / "sources.csv").open(encoding="utf-8", newline="") as stream:
        listed = {row["file"]: (row["organ"], row["report_year"]) for row in csv.DictReader(stream)}
    assert set(listed) == {path.name for path in written.iterdir() if path.suffix != ".csv"}
    for file, cells in by_file.items():
        assert {(cell.organ, str(cell.report_year)) for cell in cells.values()} == {listed[file]}


def test_twelve_townships_six_years_with_holes_and_one_report_twice(
    by_file: dict[str, Cells],
) -> None:
    files_of = Counter(
        (cells["req_received_new", "total"].organ, cells["req_received_new", "total"].report_year)
        for cells in by_file.values()
    )
    fictional = _fictional(by_file)
    assert len({organ for organ, _ in fictional}) == 12
    assert 67 <= len(fictional) <= 69
    assert [key for key, count in files_of.items() if count > 1] == [
        ("示例省示例市示例县澜溪街道办事处", 2024)
    ]
    assert len(by_file) == len(fictional) + 1 + 5


def test_no_real_place_is_used(written: Path) -> None:
    with (written / "regions.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    reference = files("pipeline").joinpath("reference", "regions.csv.gz")
    with reference.open("rb") as packed, gzip.open(packed, "rt", encoding="utf-8") as stream:
        national = stream.read()
    assert len(rows) == 12
    for row in rows:
        assert row["code9"].startswith("99")
        assert row["code9"][:6] == row["county6"]
        for name in (row["name"], row["county_name"], row["city_name"], row["province_name"]):
            assert name not in national
    assert "\n99" not in national


def test_reconstructions_say_what_they_are(written: Path) -> None:
    for name in ("通元镇2019.txt", "上海市人民政府办公厅2019.html"):
        assert "按公布数据重建，非原件" in (written / name).read_text(encoding="utf-8")
    for name in ("淮安市洪泽区人民政府2024.pdf", "宿迁市人民政府2024.pdf"):
        with pdfplumber.open(written / name) as pdf:
            assert "按公布数据重建，非原件" in pdf.pages[0].extract_text()
    paragraphs = docx.Document(str(written / "宿迁市人民政府2023.docx")).paragraphs
    assert any("按公布数据重建，非原件" in paragraph.text for paragraph in paragraphs)


def test_reconstructions_keep_published_figures_and_blanks(by_file: dict[str, Cells]) -> None:
    tongyuan = by_file["通元镇2019.txt"]
    assert tongyuan["procurement_amount", ""].text == "387.951万元"
    assert tongyuan["req_carried_in", "total"].value == 1
    assert tongyuan["req_processed_total", "total"].status is Status.BLANK
    shanghai = by_file["上海市人民政府办公厅2019.html"]
    assert shanghai["rules_disclosed_total", ""].value == 524
    assert shanghai["procurement_amount", ""].unit == "元"
    assert by_file["淮安市洪泽区人民政府2024.pdf"]["req_outcome_other", "total"].text == "0"
    assert by_file["宿迁市人民政府2024.pdf"]["req_other_misc", "total"].value == 354


def test_what_comes_in_is_dealt_with_or_carried_on(by_file: dict[str, Cells]) -> None:
    checked = 0
    for file, cells in by_file.items():
        for who in (*APPLICANTS, "total"):
            terms = ("received_new", "carried_in", "processed_total", "carried_out")
            values = _values(cells, *((f"req_{term}", who) for term in terms))
            if values and (file, who) != (CONTRADICTS_ITSELF, "total"):
                new, carried_in, processed, carried_out = values
                assert new + carried_in == processed + carried_out, (file, who)
                checked += 1
    assert checked > 300


def test_outcomes_and_applicants_add_up(by_file: dict[str, Cells]) -> None:
    checked = 0
    for file, cells in by_file.items():
        rows = {concept for concept, who in cells if who}
        outcomes = rows - {
            "req_received_new",
            "req_carried_in",
            "req_processed_total",
            "req_carried_out",
        }
        for who in (*APPLICANTS, "total"):
            parts = _values(cells, *((row, who) for row in outcomes))
            total = cells["req_processed_total", who].value
            if parts and total is not None and (file, who) != (CONTRADICTS_ITSELF, "total"):
                assert sum(parts) == total, (file, who)
                checked += 1
        for row in rows - {"req_processed_total"}:
            parts = _values(cells, *((row, who) for who in APPLICANTS))
            total = cells[row, "total"].value
            if parts and total is not None:
                assert sum(parts) == total, (file, row)
                checked += 1
    assert checked > 1000


def test_disputes_add_up(by_file: dict[str, Cells]) -> None:
    for file, cells in by_file.items():
        for path in ("review", "lit_direct", "lit_after_review"):
            ends = (f"{path}_{end}" for end in ("upheld", "corrected", "other", "pending"))
            parts = _values(cells, *((end, "") for end in ends))
            if parts:
                assert sum(parts) == cells[f"{path}_total", ""].value, file


def test_one_document_contradicts_itself(by_file: dict[str, Cells]) -> None:
    cells = by_file[CONTRADICTS_ITSELF]
    parts = _values(cells, *(("req_processed_total", who) for who in APPLICANTS))
    assert parts is not None
    assert cells["req_processed_total", "total"].value == sum(parts) + 2


def test_years_follow_from_one_another(by_file: dict[str, Cells]) -> None:
    fictional = _fictional(by_file)
    checked: Counter[str] = Counter()
    for (organ, year), now in fictional.items():
        before = fictional.get((organ, year - 1))
        if before is None or now["req_carried_in", "total"].file == CONTRADICTS_ITSELF:
            continue
        for name, expected, found in _carried_over(before, now):
            assert expected == found, (organ, year, name)
            checked[name] += 1
    assert checked["requests"] > 40
    assert checked["documents"] > 20
    assert checked["items"] > 30


def _carried_over(before: Cells, now: Cells) -> Iterator[tuple[str, Decimal, Decimal]]:
    carried = _values(before, ("req_carried_out", "total"))
    expected = _values(now, ("req_carried_in", "total"))
    if carried and expected:
        yield "requests", carried[0], expected[0]
    stock = ("normative_docs_in_force", "")
    if stock in before and stock in now:
        parts = _values(now, stock, ("normative_docs_issued", ""), ("normative_docs_repealed", ""))
        assert parts is not None
        old = _values(before, stock)
        assert old is not None
        yield "documents", old[0] + parts[1] - parts[2], parts[0]
    for row in ("licensing", "other_services", "penalty", "coercion", "admin_fee"):
        prev, change = (f"{row}_items_prev_year", ""), (f"{row}_items_change", "")
        if prev in before and prev in now and now[prev].report_year == 2020:
            old, new = _values(before, prev, change), _values(now, prev)
            if old and new:
                yield "items", old[0] + old[1], new[0]


def test_townships_make_no_rules_but_for_one_misprint(by_file: dict[str, Cells]) -> None:
    rules = {
        cell.file: cell.value
        for cells in by_file.values()
        for cell in cells.values()
        if cell.region_code.startswith("99") and cell.concept.startswith("rules_") and cell.value
    }
    assert rules == {MISPRINTS_RULES: 2}


def test_some_amounts_have_no_unit_anywhere(by_file: dict[str, Cells]) -> None:
    amounts = [cells["procurement_amount", ""] for cells in by_file.values() if _buys(cells)]
    assert {"元", "万元", ""} <= {cell.unit for cell in amounts}
    assert 3 <= sum(1 for cell in amounts if cell.value and not cell.unit) <= 6


def _buys(cells: Cells) -> bool:
    return ("procurement_amount", "") in cells


def _table_texts(path: Path) -> Counter[str]:
    """Every cell of a document's tables, by an ordinary library for its format."""
    if path.suffix == ".pdf":
        with pdfplumber.open(path) as pdf:
            tables = [table for page in pdf.pages for table in page.extract_tables()]
        return Counter(
            cell for table in tables for row in table for cell in row if cell is not None
        )
    if path.suffix == ".docx":
        xml = docx.Document(str(path)).element
        cells = xml.xpath("//w:tc[not(.//w:tbl)]")
        return Counter("".join(cell.xpath(".//w:t/text()")) for cell in cells)
    if path.suffix == ".html":
        encoding = "utf-8" if b'charset="utf-8"' in path.read_bytes() else "gb18030"
        page = html.fromstring(path.read_text(encoding=encoding))
        innermost = (cell for cell in page.iter("td") if cell.find(".//td") is None)
        return Counter("".join(map(str, cell.itertext())).strip() for cell in innermost)
    text = path.read_bytes()
    lines = text.decode("utf-8" if "竹影乡2024" not in path.name else "gb18030")
    return Counter(
        cell.strip() for line in lines.splitlines() for cell in line.replace("|", "\t").split("\t")
    )


SOME_PDFS = ("宿迁市人民政府2024.pdf", "示例县枫桥渡镇2022.pdf", "示例县澜溪街道2023.pdf")
FILES = [planned.file for planned in documents()]


@pytest.mark.parametrize(
    "name", [name for name in FILES if not name.endswith(".pdf")] + list(SOME_PDFS)
)
def test_documents_hold_what_the_truth_says(
    name: str, written: Path, by_file: dict[str, Cells]
) -> None:
    expected = Counter(cell.text for cell in by_file[name].values() if cell.text)
    found = _table_texts(written / name)
    assert {text: found[text] for text in expected} == expected


def test_every_oddity_of_the_plan_shows(written: Path) -> None:
    for planned in documents():
        whole = (written / planned.file).read_bytes()
        for oddity in planned.oddities:
            rest = tuple(other for other in planned.oddities if other != oddity)
            assert oddity in ODDITIES
            shows = render(replace(planned, oddities=rest)) != whole
            assert shows, f"{planned.file} would be the same without {oddity}"


def test_every_described_oddity_is_used() -> None:
    assert set(ODDITIES) == {oddity for planned in documents() for oddity in planned.oddities}


def test_nothing_is_shared_with_the_code_that_reads() -> None:
    own = Path(sample.__file__).parent
    for module in own.glob("*.py"):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            for name in names:
                if name.startswith("pipeline"):
                    assert name.startswith("pipeline.sample") or name == "pipeline.model", module
