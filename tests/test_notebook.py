"""The notebook runs from top to bottom on a warehouse of the sample."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_runs_from_top_to_bottom(
    path: Path, sample_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISCLOSURE_DATA", str(sample_data))
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(  # a cell of some seconds may take minutes on a machine with other work
        notebook,
        timeout=900,
        startup_timeout=300,
        resources={"metadata": {"path": str(path.parent)}},
    ).execute()
    shown = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    charts = [output for output in shown if "jupyter" in str(output.get("data", {}).keys())]
    assert len(charts) >= 3


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_is_kept_without_outputs_and_without_functions(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert all(cell.outputs == [] and cell.execution_count is None for cell in code)
    assert not [line for cell in code for line in cell.source.splitlines() if "def " in line]
    assert notebook.cells[0].source.count("?") == 1
