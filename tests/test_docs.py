"""What the documents show is what happens."""

from __future__ import annotations

import inspect
import re
import shlex
import shutil
import subprocess
from importlib import import_module
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.charts import CHARTS
from pipeline.cli import catalogue, main
from pipeline.cli.dictionary import TARGET, dictionary

ROOT = Path(__file__).parents[1]
COMMANDS = [
    (name, line.removeprefix("$ disclosure "))
    for name in ("README.md", "README.zh.md")
    for line in (ROOT / name).read_text("utf-8").splitlines()
    if line.startswith("$ disclosure ")
]

ACTIVATION = ". .venv/bin/activate"
# What each verb is used for in the README, in what it prints.
PRINTED = {
    "ingest": r"reports +74\n",
    "chart": r"^charts/[\w.-]+$",
    "extract": r"^file,organ,region_code,report_year,scope,[\s\S]*海盐县通元镇人民政府,330424106,2019",
    "show": r"grid 1 [\s\S]*evidence[\s\S]*not matched",
    "check": r"通元镇2019.txt: 0 errors",
    "doubts": r"read_row_length[\s\S]*Not before you have looked[\s\S]*先核对再用",
    "query": r"report_year|application_outcomes",
}


@pytest.fixture(scope="module")
def project(sample_data, tmp_path_factory):
    """A folder like the checkout, with the sample and its warehouse in `data`."""
    root = tmp_path_factory.mktemp("project")
    shutil.copytree(sample_data, root / "data")
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("DISCLOSURE_DATA", raising=False)
        yield root


@pytest.mark.parametrize(("name", "command"), COMMANDS, ids=[c for _, c in COMMANDS])
def test_every_command_of_the_readme_works(name, command, project, monkeypatch):
    monkeypatch.chdir(project)
    result = CliRunner().invoke(main, shlex.split(command), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    said = result.output.strip()
    assert re.search(PRINTED[command.split()[0]], said), said
    if command.startswith("chart"):
        assert Path(said).is_file()


def test_what_puts_the_command_on_the_path_is_said_before_it_is_used():
    told = subprocess.run(
        ["make", "--no-print-directory", "--dry-run", "--always-make", "run"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.splitlines()[-1]  # fmt: skip
    assert ACTIVATION in told
    for name in ("README.md", "README.zh.md"):
        typed = [
            line for line in (ROOT / name).read_text("utf-8").splitlines() if line.startswith("$ ")
        ]
        assert typed[0] == f"$ {ACTIVATION}", name


@pytest.mark.skipif(not (ROOT / ".venv").is_dir(), reason="`make run` has not been used here")
def test_the_command_is_found_as_the_readme_says():
    shell = f"PATH=/usr/bin:/bin; {ACTIVATION}; disclosure --version"
    done = subprocess.run(["sh", "-c", shell], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("disclosure, version")


def test_the_python_of_the_readme_works(project, monkeypatch):
    monkeypatch.chdir(project)
    (code,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.S)
    names: dict[str, object] = {}
    exec(code, names)
    rates = names["rates"]
    assert set(rates.columns) >= {"rate", "low", "high", "n"}


def test_every_verb_is_in_the_readme():
    text = (ROOT / "README.md").read_text("utf-8")
    for verb in main.commands:
        assert f"disclosure {verb}" in text, verb


def test_every_chart_is_in_both_readmes():
    for name in ("README.md", "README.zh.md"):
        text = (ROOT / name).read_text("utf-8")
        assert [chart for chart in CHARTS if f"`{chart}`" not in text] == [], name


def test_the_paths_that_contributing_names_exist():
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    named = re.findall(r"`((?:pipeline|tests|notebooks)/[^`<*]*?)`", text)
    assert named
    missing = [path for path in named if not (ROOT / path).exists()]
    assert missing == []


def test_the_functions_of_the_walk_are_there():
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    walk = text[text.index("## A walk") : text.index("## Where does it go?")]
    called = re.findall(r"`((?:\w+\.)+\w+)\(([^)`]*)\)`", walk)
    assert len(called) > 15
    for path, arguments in called:
        module, _, name = path.rpartition(".")
        function = getattr(import_module(f"pipeline.{module}"), name)
        taken = list(inspect.signature(function).parameters)
        given = [argument.strip() for argument in arguments.split(",") if argument]
        assert given == taken[: len(given)], path


def test_the_flags_that_documents_name_are_kinds_of_doubt():
    for name in ("README.md", "README.zh.md", "CONTRIBUTING.md"):
        text = (ROOT / name).read_text("utf-8")
        for flag in re.findall(r"`((?:read|source):[\w-]+)", text):
            assert catalogue.named(flag), f"{name}: {flag}"


def test_the_dictionary_says_what_the_code_declares():
    assert TARGET.read_text("utf-8") == dictionary(), "it is stale: run `make docs`"


def test_the_tables_of_the_dictionary_are_tables():
    blocks = re.findall(r"(?:^\|.*\n)+", TARGET.read_text("utf-8"), re.M)
    assert len(blocks) > 10
    for block in blocks:
        widths = {len(re.findall(r"(?<!\\)\|", line)) for line in block.splitlines()}
        assert len(widths) == 1, block[:200]
        assert re.match(r"\|.*\|\n\|( --- \|)+\n\| ", block), block[:200]


def test_every_link_of_the_documents_leads_somewhere():
    for path in (ROOT / "README.md", ROOT / "README.zh.md", ROOT / "CONTRIBUTING.md", TARGET):
        text = path.read_text("utf-8")
        headings = {
            re.sub(r"[^\w\- ]", "", line.lstrip("# ")).lower().replace(" ", "-")
            for line in text.splitlines()
            if line.startswith("#")
        }
        for link in re.findall(r"\]\(([^)\s]+)\)", text):
            file, _, heading = link.partition("#")
            assert (path.parent / file).exists() if file else heading in headings, link
