"""What the documents show is what happens."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli import main

ROOT = Path(__file__).parents[1]
COMMANDS = [
    (name, line.removeprefix("$ disclosure "))
    for name in ("README.md", "README.zh.md")
    for line in (ROOT / name).read_text("utf-8").splitlines()
    if line.startswith("$ disclosure ")
]


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A checkout's data folder with the sample, and the warehouse built from it."""
    root = tmp_path_factory.mktemp("project")
    shutil.copytree(ROOT / "data" / "raw", root / "data" / "raw")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        patch.delenv("DISCLOSURE_DATA", raising=False)
        assert CliRunner().invoke(main, ["ingest"]).exit_code == 0
    return root


@pytest.mark.parametrize(("name", "command"), COMMANDS, ids=[c for _, c in COMMANDS])
def test_every_command_of_the_readme_works(name, command, project, monkeypatch):
    monkeypatch.chdir(project)
    result = CliRunner().invoke(main, shlex.split(command), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    assert result.output.strip()


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


def test_the_paths_that_contributing_names_exist():
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    named = re.findall(r"`((?:pipeline|tests|notebooks)/[^`<*]*?)`", text)
    assert named
    missing = [path for path in named if not (ROOT / path).exists()]
    assert missing == []
