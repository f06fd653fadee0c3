"""How much faster a PDF is read than by pdfplumber's `extract_tables()` on every page.

    python bench/pdf_reading.py [FILE]

Medians of CPU time, the two taken in turn; only the ratio means anything on another machine.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pdfplumber

from pipeline.readers import read

SAMPLE = Path(__file__).parents[1] / "tests/corpus/thousands_2021/source.pdf"
ROUNDS = 9


def _plumbed(path: Path) -> None:
    with pdfplumber.open(path) as document:
        for page in document.pages:
            page.extract_tables()


def _seconds(work: Callable[[Path], object], path: Path) -> float:
    start = time.process_time()
    work(path)
    return time.process_time() - start


def main(path: Path) -> None:
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(_seconds(read, path))
        theirs.append(_seconds(_plumbed, path))
    own, other = statistics.median(ours[1:]), statistics.median(theirs[1:])
    print(f"ours {own * 1000:.0f} ms, pdfplumber {other * 1000:.0f} ms, ratio {other / own:.1f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLE)
