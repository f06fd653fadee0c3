"""A thousand documents, one of which never ends: how long the run takes. A long run, no test.

python -m tests.hanging [--documents 1000] [--seconds 60]
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
import time
from pathlib import Path

from pipeline.ingest import ingest, pool
from pipeline.keeper import Limits
from pipeline.paths import raw_dir
from tests import deadly

GOOD = Path(__file__).parent / "corpus/sparse_2019"


def main() -> None:
    """Says how long the reading takes with the one that hangs, in seconds and of its limit."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--seconds", type=int, default=60)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as data:
        os.environ["DISCLOSURE_DATA"] = data
        folder = raw_dir() / "示例"
        folder.mkdir(parents=True)
        for number in range(wanted.documents - 1):
            shutil.copy(GOOD / "source.html", folder / f"{number:05}.html")
        page = (GOOD / "source.html").read_text("utf-8")
        (folder / "00000a.html").write_text(page.replace("</body>", "纠缠</body>"), "utf-8")
        pool.read_one = deadly.read_one
        start = time.perf_counter()
        summary = ingest(raw_dir(), limits=Limits(seconds=wanted.seconds))
        taken = time.perf_counter() - start
    for failure in summary.failed:
        print(failure)
    share = taken / wanted.seconds
    print(f"{summary.reports} of {summary.files} read in {taken:.1f} s, {share:.0%} of the limit")


if __name__ == "__main__":
    main()
