"""A thousand documents, one of which never ends: how long the run takes. A long run, no test.

python -m tests.hanging [--documents 1000] [--seconds 60]
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time

from pipeline.ingest import ingest, pool
from pipeline.keeper import Limits
from pipeline.paths import raw_dir
from tests import deadly
from tests.test_ingest import put


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
            put(folder / f"{number:05}.html", year=2022)
        put(folder / "00000a.html", said="纠缠")
        pool.read_one = deadly.read_one
        times = [time.perf_counter()]
        summary = ingest(
            raw_dir(),
            limits=Limits(seconds=wanted.seconds),
            progress=lambda done, total: times.append(time.perf_counter()),
        )
        times.append(time.perf_counter())
        read, built = times[-2] - times[0], times[-1] - times[0]
    for failure in summary.failed:
        print(failure)
    print(
        f"{summary.reports} of {summary.files} read in {read:.1f} s, {read / wanted.seconds:.0%} of "
        f"the limit; stored and built after {built:.1f} s"
    )


if __name__ == "__main__":
    main()
