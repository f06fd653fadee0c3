"""A small collection to be ingested by a process of its own, and what its warehouse says."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "data/raw/sample"
SUFFIXES = (".html", ".docx", ".txt")  # PDF is read more slowly, and stored no otherwise
DOCUMENTS, ADDED = 12, 3
# Segments small enough that a dozen documents fill several, and that these are merged.
COMMAND = """
import pipeline.ingest
from pipeline.cli import main
from pipeline.warehouse import parts
pipeline.ingest.SEGMENT, parts.MANY = 4, 2
if __name__ == "__main__":
    main()
"""

Content = dict[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Trial:
    """A data folder; `warehouse` is below it, or a file system of its own mounted there."""

    data: Path

    @property
    def warehouse(self) -> Path:
        return self.data / "warehouse"

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """`disclosure` with this folder, leading a process group of its own."""
        environment = {**os.environ, "DISCLOSURE_DATA": str(self.data), "PYTHONPATH": str(ROOT)}
        return subprocess.Popen(
            [sys.executable, "-c", COMMAND, *arguments],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def ingest(self) -> tuple[int, str, str]:
        """Exit status, output and errors of an ingest that nobody disturbs."""
        with self.start("ingest") as process:
            out, said = process.communicate()
        return process.returncode, out, said

    def content(self) -> Content | None:
        """What the current build says, if there is one; see `content`."""
        pointer = self.warehouse / "current"
        if not pointer.exists():
            return None
        return content(self.warehouse / pointer.read_text("utf-8").split()[0])


def content(build: Path) -> Content:
    """Of each table of a build its rows and a hash that does not depend on their order.

    When a document was last changed is left out.
    """
    with duckdb.connect(str(build), read_only=True) as connection:
        tables = connection.execute("select table_name from duckdb_tables() order by all")
        found = {}
        for (table,) in tables.fetchall():
            columns = "* exclude (mtime_ns)" if table == "raw_files" else "*"
            row = connection.execute(
                f"select count(*), coalesce(sum(hash(row)::hugeint), 0) "
                f"from (select {columns} from {table}) as row"
            ).fetchone()
            assert row
            found[table] = (row[0], row[1])
    return found


def lay(data: Path, documents: int = DOCUMENTS) -> Trial:
    """A data folder with so many documents of the sample, and no warehouse."""
    folder = data / "raw/sample"
    folder.mkdir(parents=True)
    shutil.copy2(SAMPLE / "regions.csv", folder)
    for path in _documents()[:documents]:
        shutil.copy2(path, folder)
    return Trial(data)


def change(trial: Trial, documents: int = DOCUMENTS) -> None:
    """Some documents come, one goes, and one states another figure."""
    folder = trial.data / "raw/sample"
    (folder / _documents()[0].name).unlink()
    page = min(folder.glob("*.html"))
    page.write_text(re.sub(r">\d+<", ">77<", page.read_text("utf-8"), count=1), "utf-8")
    for path in _documents()[documents : documents + ADDED]:
        shutil.copy2(path, folder)


def copied(trial: Trial, data: Path) -> Trial:
    """The same documents and warehouse in another folder."""
    shutil.copytree(trial.data, data)
    return Trial(data)


def complaint(status: int, said: str, allowed: Iterable[int] = (0,)) -> str:
    """What is wrong with how an ingest ended, if anything: at most a line an error, no traceback."""
    if status not in allowed:
        return f"exit status {status}: {said.strip()[-300:]}"
    if "Traceback" in said:
        return f"a traceback: {said.strip()[-300:]}"
    if status and (len(said.splitlines()) != 1 or not said.startswith("disclosure: ")):
        return f"not one line: {said.strip()[-300:]}"
    return ""


def _documents() -> list[Path]:
    return [path for path in sorted(SAMPLE.iterdir()) if path.suffix in SUFFIXES]
