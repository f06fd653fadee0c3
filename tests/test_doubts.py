"""Every kind of doubt is declared once, is used, and every flag has the finding that explains it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline import doubt
from pipeline.cli import catalogue, main
from pipeline.doubt import KINDS, Kind, Side, Use
from pipeline.extract import extract
from pipeline.forms import load_forms
from pipeline.model import Report

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "tests" / "corpus"
SOURCES = sorted(CORPUS.glob("*/source.*"))


def _kinds() -> dict[str, list[Kind]]:
    """Every kind by its flag: those of `kinds.csv`, of the forms, and the forms' when misread."""
    checks = [kind for form in load_forms() for kind in form.checks.values()]
    by_flag: dict[str, list[Kind]] = {}
    for kind in (*KINDS.values(), *checks, *(check.as_misread() for check in checks)):
        by_flag.setdefault(kind.flag, []).append(kind)
    return by_flag


@pytest.mark.parametrize("source", SOURCES, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_every_flag_is_a_known_kind_with_a_finding_that_explains_it(source: Path) -> None:
    (report,) = extract(source, source.name, CORPUS / "regions.csv")
    kinds = _kinds()
    for flag, keys in _flagged(report).items():
        names = {kind.finding for kind in kinds[flag]}
        findings = [finding for finding in report.findings if finding.check in names]
        assert findings, f"{flag} on {keys[0]} is explained by no finding"
    asked = {name for known in catalogue.every() for name in known.names}
    assert {*_flagged(report), *(finding.check for finding in report.findings)} <= asked


def _flagged(report: Report) -> dict[str, list[str]]:
    """The flags of a report, each with the keys of its facts or the concepts of its figures."""
    flagged: dict[str, list[str]] = {}
    for fact in report.facts:
        for flag in fact.flags:
            flagged.setdefault(flag, []).append(fact.key)
    for figure in report.narrative:
        for flag in figure.flags:
            flagged.setdefault(flag, []).append(figure.concept)
    return flagged


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_is_one_that_the_code_can_raise(name: str) -> None:
    constants = [c for c, kind in vars(doubt).items() if kind is KINDS[name]]
    assert len(constants) == 1
    pattern = re.compile(rf"\bdoubt\.{constants[0]}\b")
    sources = (path.read_text("utf-8") for path in (ROOT / "pipeline").rglob("*.py"))
    assert any(pattern.search(source) for source in sources)


@pytest.mark.parametrize("form", load_forms(), ids=lambda form: form.id)
def test_the_checks_of_a_form_are_declared_and_used(form) -> None:
    used = form.used_checks
    # A form on the base of another replaces some of its sums.
    assert used <= set(form.checks)
    assert set(form.checks) - used <= {"S3-COLSUM", "S2-19-ITEMSNEG"}


def test_every_kind_says_what_it_means_in_both_languages() -> None:
    kinds = [kind for of_flag in _kinds().values() for kind in of_flag]
    for kind in kinds:
        assert re.search("[\u4e00-\u9fff]", kind.zh), kind.name
        assert re.match("[A-Za-z（]", kind.en), kind.name


# What `disclosure doubts` says of them


def told(*arguments: str) -> str:
    result = CliRunner().invoke(main, ["doubts", *arguments])
    assert result.exit_code == 0, result.output
    return result.output


def test_a_flag_is_told_by_its_name_in_findings_and_without_its_side() -> None:
    said = told("read:row_length")
    assert told("row_length") == told("read_row_length") == said
    for words in ("read_row_length", "error", "栏目数不符", Side.READ.zh, Use.LOOK_FIRST.zh):
        assert words in said


def test_one_finding_can_stand_for_several_flags() -> None:
    said = told("M-TABLE")
    assert "source:other_year" in said
    assert "source:other_organ" in said


def test_a_check_of_a_form_says_its_rule_and_its_forms() -> None:
    said = told("S3-COLSUM21")
    assert re.search(r"forms +t2021\n", said)
    assert "This rule is broken: the outcomes of a column add up to （七）总计." in said


def test_a_sum_that_breaks_everywhere_is_a_doubt_about_our_reading() -> None:
    said = told("read:S3-ROWSUM")
    assert "read_S3-ROWSUM" in said
    assert "warning" in said
    assert "source:" not in said
    assert "source:S3-ROWSUM" in told("S3-ROWSUM")


def test_a_check_between_reports_flags_nothing() -> None:
    said = told("S2-STOCK")
    assert "none: no cell is flagged for it" in said
    assert "现行有效件数" in said


def test_without_a_name_every_kind_is_listed() -> None:
    said = told()
    for name in ("read_page", "read:row_length", "source:S3-BAL", "read:S3-BAL", "S3-CARRY"):
        assert re.search(rf"^{name} ", said, re.M), name
    for use in Use:
        assert use.zh in said


@pytest.mark.parametrize(
    ("name", "near"), [("read:rowlength", "read:row_length"), ("s3-bal", "S3-BAL")]
)
def test_an_unknown_name_is_wrong_usage_and_names_the_nearest(name: str, near: str) -> None:
    result = CliRunner().invoke(main, ["doubts", name])
    assert result.exit_code == 2
    assert re.search(rf"no kind of doubt {name}; the nearest are .*{near}", result.output)


def test_the_answer_needs_no_warehouse_and_no_library_of_tables() -> None:
    code = (
        "import sys; from pipeline.cli import main; main(['doubts'], standalone_mode=False); "
        "sys.exit(bool({'pandas', 'duckdb', 'pyarrow', 'lxml'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0


@pytest.mark.parametrize("known", catalogue.every(), ids=lambda known: known.kind.flag)
def test_whether_a_figure_may_be_used_is_asked_only_where_one_is_flagged(known) -> None:
    assert known.kind.flags == (known.kind.use is not Use.NO_CELL)
