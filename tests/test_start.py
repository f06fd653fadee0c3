"""What a command loads before it answers: no library that its document does not ask for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

CORPUS = Path(__file__).parent / "corpus"
LOADED = "import sys; print(*{name.partition('.')[0] for name in sys.modules}, file=sys.stderr)"
# What may be loaded beside Python's own: the command line, and the library of each format.
EXPECTED = {
    "no_unit_2019/source.txt": set(),
    "statistics_2016/source.md": set(),
    "sparse_2019/source.html": {"lxml"},
    "sparse_2019/source.docx": {"lxml"},
    "sparse_2019/source.pdf": {"pypdfium2", "pypdfium2_raw", "pypdfium2_cfg"},
}
OTHER_ROOMS = ("charts", "cli.console", "ingest", "page", "sample", "warehouse")


def loaded(code: str) -> set[str]:
    """The packages that are loaded when some code has run, Python's own left out."""
    command = [sys.executable, "-c", f"{code}\n{LOADED}"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stderr.split()
    own = {*sys.stdlib_module_names, "cython_runtime", "sitecustomize", "usercustomize"}
    return {name for name in told if name not in own and not name.startswith("_")}


def test_the_command_line_itself() -> None:
    assert loaded("import pipeline.cli") == {"click", "pipeline"}


@pytest.mark.parametrize("source", EXPECTED)
def test_what_reads_a_document(source: str) -> None:
    asked = (
        f"from pathlib import Path\nasked = reading.Asked('source', Path({str(CORPUS / source)!r}))"
    )
    rooms = "\nimport sys\n" + "\n".join(
        f"assert 'pipeline.{room}' not in sys.modules" for room in OTHER_ROOMS
    )
    code = f"from pipeline.cli import reading\n{asked}\nassert reading.rows(asked)"
    assert loaded(code + rooms) == {"click", "pipeline"} | EXPECTED[source]


def test_what_waits_for_it_loads_nothing_that_reads() -> None:
    source = str(CORPUS / "sparse_2019/source.html")
    run = f"main(['extract', {source!r}, '--csv'], standalone_mode=False)"
    code = f"from pipeline.cli import main\ntry:\n    {run}\nexcept SystemExit as end:\n    assert end.code == 0"
    rooms = "\nimport sys\nassert 'pipeline.extract' not in sys.modules"
    assert loaded(code + rooms) == {"click", "pipeline"}
