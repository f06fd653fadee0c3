"""python -m tests.accuracy --documents 2000 [--each 20] [--seed N] [--oddity NAME] [--keep DIR]

The documents are drawn from the committed mix, where oddities that hide a value are as rare as in
real collections. `--each` adds as many of every oddity alone, the hiding ones too: of those no
share of right cells is promised, only that nothing goes wrong without a flag.
"""

from __future__ import annotations

import argparse
import secrets
import sys
from collections.abc import Collection
from pathlib import Path

from tests.accuracy.mix import load_mix
from tests.accuracy.run import Tally, Task, broken_bounds, run, tallied


def main() -> int:
    """Print a table by oddity and the seed; exit status 1 when a bound is broken."""
    mix = load_mix()
    parser = argparse.ArgumentParser(prog="python -m tests.accuracy")
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument("--each", type=int, default=0)
    parser.add_argument("--seed", default=secrets.token_hex(4))
    parser.add_argument("--oddity", default="", choices=["", *mix], metavar="NAME")
    parser.add_argument("--keep", type=Path, metavar="DIR")
    asked = parser.parse_args()
    print(f"seed {asked.seed}", flush=True)
    tasks = [Task(asked.seed, n, asked.oddity, asked.keep) for n in range(asked.documents)]
    broken = _printed(tallied(run(tasks)), mix, True)
    if asked.each:
        print(f"\neach oddity alone, {asked.each} documents")
        each = (name for name in mix for _ in range(asked.each))
        alone = [Task(asked.seed, n, name, asked.keep) for n, name in enumerate(each)]
        broken += _printed(tallied(run(alone)), mix, False)
    print("\n".join(broken) or "every bound holds")
    return 1 if broken else 0


def _printed(table: dict[str, Tally], mix: Collection[str], is_mix: bool) -> list[str]:
    """The table as text, and what it breaks."""
    print(f"{'oddity':26}{'documents':>10}{'cells':>9}{'right':>9}{'flagged':>9}{'silent':>8}")
    for name in sorted(table, key=lambda name: (name in mix, name)):
        print(_line(name, table[name]))
    return broken_bounds(table, is_mix)


def _line(name: str, tally: Tally) -> str:
    counts = (tally.documents, tally.cells, tally.right, tally.flagged, tally.silent)
    widths = (10, 9, 9, 9, 8)
    return f"{name:26}" + "".join(f"{n:>{w}}" for n, w in zip(counts, widths, strict=True))


if __name__ == "__main__":
    sys.exit(main())
