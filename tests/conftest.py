"""What many tests need and no test changes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline.ingest import ingest
from pipeline.paths import raw_dir

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def sample_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the sample collection and its warehouse. A test that changes it copies it."""
    data = tmp_path_factory.mktemp("sample") / "data"
    shutil.copytree(ROOT / "data/raw/sample", data / "raw/sample")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DISCLOSURE_DATA", str(data))
        ingest(raw_dir())
    return data
