"""python -m tests.accuracy --documents 2000 [--each 20] [--seed N] [--mix MIX] [--oddity NAME]
[--keep DIR]

The documents are drawn from the committed forms and mixes, where oddities that hide a value are as
rare as in real collections. `--each` adds as many of every oddity alone, the hiding ones too: of
those no share of right cells is promised, only that nothing goes wrong without a flag. An oddity
of weight 0 waits for the reader to learn it: `--oddity` alone draws it.
"""

from __future__ import annotations

import argparse
import secrets
import sys
from pathlib import Path

from tests.accuracy.mix import MIXES, load_mix
from tests.accuracy.run import Tally, Task, broken_bounds, odd_name, run, tallied


def main() -> int:
    """Print a table by oddity and the seed; exit status 1 when a bound is broken."""
    parser = argparse.ArgumentParser(prog="python -m tests.accuracy")
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument("--each", type=int, default=0)
    parser.add_argument("--seed", default=secrets.token_hex(4))
    parser.add_argument("--oddity", default="", choices=_names(), metavar="NAME")
    parser.add_argument("--mix", default="", choices=["", *MIXES], metavar="MIX")
    parser.add_argument("--keep", type=Path, metavar="DIR")
    asked = parser.parse_args()
    print(f"seed {asked.seed}", flush=True)
    tasks = [
        Task(asked.seed, n, asked.oddity, asked.keep, asked.mix) for n in range(asked.documents)
    ]
    broken = _printed(tallied(run(tasks)), not (asked.oddity or asked.mix))
    if asked.each:
        print(f"\neach oddity alone, {asked.each} documents")
        each = (
            (mix, name)
            for mix in ([asked.mix] if asked.mix else MIXES)
            for name, odd in load_mix(mix).items()
            if odd.weight
            for _ in range(asked.each)
        )
        alone = [Task(asked.seed, n, name, asked.keep, mix) for n, (mix, name) in enumerate(each)]
        broken += _printed(tallied(run(alone)), False)
    print("\n".join(broken) or "every bound holds")
    return 1 if broken else 0


def _names() -> list[str]:
    return ["", *dict.fromkeys(name for mix in MIXES for name in load_mix(mix))]


def _printed(table: dict[str, Tally], is_mix: bool) -> list[str]:
    """The table as text, and what it breaks."""
    odds = {odd_name(mix, odd) for mix in MIXES for odd in load_mix(mix)}
    print(f"{'oddity':30}{'documents':>10}{'cells':>9}{'right':>9}{'flagged':>9}{'silent':>8}")
    for name in sorted(table, key=lambda name: (name in odds, name)):
        print(_line(name, table[name]))
    return broken_bounds(table, is_mix)


def _line(name: str, tally: Tally) -> str:
    counts = (tally.documents, tally.cells, tally.right, tally.flagged, tally.silent)
    widths = (10, 9, 9, 9, 8)
    return f"{name:30}" + "".join(f"{n:>{w}}" for n, w in zip(counts, widths, strict=True))


if __name__ == "__main__":
    sys.exit(main())
