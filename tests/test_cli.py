"""The verbs as their users see them. Bad input has a file of its own."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli import main

CORPUS = Path(__file__).parent / "corpus"
COLUMNS = (
    "file,organ,region_code,report_year,scope,form,table,concept,applicant,period,text,status,value,"
    "unit,amount_yuan,unit_source,where,flags"
)


def run(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def rows(output):
    return list(csv.DictReader(io.StringIO(output)))


def cell(output, concept, applicant=""):
    return next(r for r in rows(output) if (r["concept"], r["applicant"]) == (concept, applicant))


def test_extract_prints_the_columns_of_the_contract():
    result = run("extract", CORPUS / "sparse_2019/source.html", "--csv")
    assert result.exit_code == 0
    assert result.output.splitlines()[0] == COLUMNS
    printed = [r for r in rows(result.output) if r["status"] != "derived"]
    assert len(printed) == 198
    assert {r["file"] for r in printed} == {str(CORPUS / "sparse_2019/source.html")}
    assert all(r["value"] == "" for r in printed if r["status"] == "blank")


def test_bom_is_for_excel():
    source = CORPUS / "sparse_2019/source.html"
    plain, marked = run("extract", source, "--csv"), run("extract", source, "--csv", "--bom")
    assert marked.output == "\ufeff" + plain.output


def test_a_missing_unit_is_unknown_until_it_is_inferred():
    source = CORPUS / "no_unit_2019/source.txt"
    known = cell(run("extract", source, "--csv").output, "procurement_amount")
    assert (known["unit"], known["amount_yuan"], known["unit_source"]) == ("", "", "unknown")
    assert known["flags"] == "source:unit_unknown"
    inferred = cell(run("extract", source, "--csv", "--infer-units").output, "procurement_amount")
    assert (inferred["unit"], inferred["unit_source"]) == ("万元", "inferred")
    assert float(inferred["amount_yuan"]) == pytest.approx(float(known["value"]) * 10_000)
    assert inferred["flags"] == "source:unit_inferred"


def test_narrative_figures_are_printed_apart():
    result = run("extract", CORPUS / "sparse_2019/source.docx", "--csv", "--narrative")
    concepts = {r["concept"] for r in rows(result.output)}
    assert {"nar_disclosed_total", "nar_disclosed_category", "nar_req_received"} <= concepts
    for row in rows(result.output):
        assert row["sentence"][int(row["start"]) : int(row["end"])]


def test_check_fails_only_on_errors():
    assert run("check", CORPUS / "sparse_2019/source.pdf").exit_code == 0
    broken = run("check", CORPUS / "wrong_total_2024/source.pdf")
    assert broken.exit_code == 1
    assert "S3-ROWSUM" in broken.output
    assert "the sides differ by 2" in broken.output


def test_errors_of_several_reports_are_counted_together():
    wrong = CORPUS / "wrong_total_2024/source.txt"
    last = run("check", wrong, CORPUS / "wrong_total_2024/source.html").output.splitlines()[-1]
    (alone,) = re.findall(r"source.txt: (\d+) errors", run("check", wrong).output)
    assert last == f"{2 * int(alone)} errors in 2 reports"


def test_help_names_every_chart():
    from pipeline.charts import CHARTS

    told = run("chart", "--help").output
    assert [name for name in CHARTS if name not in told] == []


def test_csv_of_a_query_may_be_for_excel(sample_data, monkeypatch):
    monkeypatch.setenv("DISCLOSURE_DATA", str(sample_data))
    sql = "select distinct county_name from reports where county_name = '示例县'"
    assert run("query", sql, "--csv").output == "county_name\n示例县\n"
    assert run("query", sql, "--csv", "--bom").output == "\ufeffcounty_name\n示例县\n"


def test_show_explains_what_was_not_matched(tmp_path):
    source = tmp_path / "report.md"
    source.write_text(
        "示例县甲镇2020年政府信息公开工作年度报告\n\n"
        "| 信息内容 | 上一年项目数量 | 本年增/减 | 处理决定数量 |\n"
        "| 行政许可 | 5 | 0 | 9 |\n| 行政检查 | 4 | 0 | 7 |\n",
        encoding="utf-8",
    )
    result = run("show", source)
    assert result.exit_code == 0
    assert "not matched (1 rows with numbers)" in result.output
    assert "行政检查 | 4 | 0 | 7" in result.output


def test_show_names_the_signs_of_a_report_and_of_none():
    corpus = Path(__file__).parent / "corpus"
    shown = run("show", corpus / "odd_reports/preface_for_a_title.txt")
    assert shown.exit_code == 0
    assert "a preface that names the report" in shown.output
    refused = run("show", corpus / "not_reports/guide_without_title.txt")
    assert refused.exit_code == 1
    assert "headings of a report" in refused.output
    assert "编制本指南" in refused.output


def test_sample_is_written_and_taken_away(tmp_path, monkeypatch):
    monkeypatch.setenv("DISCLOSURE_DATA", str(tmp_path))
    assert run("sample").exit_code == 0
    folder = tmp_path / "raw" / "sample"
    mine = folder / "我的年报.txt"
    mine.write_text("…", encoding="utf-8")
    assert len(list(folder.iterdir())) > 70
    assert run("sample", "--remove").exit_code == 0
    assert [path.name for path in folder.iterdir()] == [mine.name]


def test_the_verbs_for_one_document_load_what_it_needs_and_no_more():
    script = (
        "import sys\n"
        "from click.testing import CliRunner\n"
        "from pipeline.cli import main\n"
        "for verb in (['--help'], ['extract', '--csv'], ['show'], ['check']):\n"
        "    file = sys.argv[1:] if verb != ['--help'] else []\n"
        "    assert CliRunner().invoke(main, [*verb, *file]).exit_code == 0\n"
        "heavy = ('altair', 'duckdb', 'jinja2', 'pandas', 'pyarrow')\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    source = str(CORPUS / "sparse_2019/source.txt")
    done = subprocess.run(
        [sys.executable, "-c", script, source], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
