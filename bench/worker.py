"""One checkout's side of the comparison: told a task and a file a line, it tells the CPU seconds.

Runs in the environment of the checkout it measures, which may be an older one: it knows of it only
`read`, `interpret` and `extract`.
"""

from __future__ import annotations

import gc
import io
import re
import sys
import time
from pathlib import Path


def naive(path: Path) -> object:
    """What one would write first with the library that everybody names for the format."""
    if path.suffix == ".pdf":
        import pdfplumber

        with pdfplumber.open(path) as document:
            return [page.extract_tables() for page in document.pages]
    if path.suffix == ".docx":
        import docx

        tables = docx.Document(str(path)).tables
        return [[[cell.text for cell in row.cells] for row in table.rows] for table in tables]
    if path.suffix == ".html":
        import pandas as pd

        return pd.read_html(io.StringIO(path.read_text("utf-8")))
    return [re.split(r"\s{2,}|\t", line) for line in path.read_text("utf-8").splitlines()]


def seconds(task: str, path: Path) -> float:
    """CPU time of one task on one file; what is done before the task, and its rubbish, is not."""
    from pipeline.extract import extract, interpret
    from pipeline.readers import read

    given = read(path) if task == "interpret" else path
    work = {"naive": naive, "read": read, "interpret": interpret, "extract": extract}[task]
    gc.collect()
    start = time.process_time()
    work(given)
    return time.process_time() - start


def main() -> None:
    for line in sys.stdin:
        task, path = line.rstrip("\n").split("\t")
        print(seconds(task, Path(path)), flush=True)


if __name__ == "__main__":
    main()
