"""python -m tests.accuracy --documents 2000 [--each 20] [--seed N] [--mix MIX] [--oddity NAME]
[--layout LAYOUT] [--keep DIR]

The documents are drawn from the committed forms and mixes, where oddities that hide a value are as
rare as in real collections. `--each` adds as many of every oddity alone, the hiding ones too: of
those no share of right cells is promised, only that nothing goes wrong without a flag. It adds as
many of every layout of flattened text, without an oddity. An oddity of weight 0 and a layout out of
the mix wait for the reader to learn them: `--oddity` and `--layout` alone draw them; `--oddity
none` draws no oddity.
"""

from __future__ import annotations

import argparse
import secrets
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.accuracy.flat import flat_layouts
from tests.accuracy.mix import MIXES, PLAIN, load_mix
from tests.accuracy.render import FORMATS
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
    parser.add_argument("--layout", default="", choices=_layouts(), metavar="LAYOUT")
    asked = parser.parse_args()
    print(f"seed {asked.seed}", flush=True)
    tasks = [
        Task(asked.seed, n, asked.oddity, asked.keep, asked.mix, asked.layout)
        for n in range(asked.documents)
    ]
    is_mix = not (asked.oddity or asked.mix or asked.layout)
    broken = _printed(tallied(run(tasks)), is_mix)
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
        alone += [
            Task(asked.seed, n, PLAIN, asked.keep, asked.mix, flat.name)
            for flat in flat_layouts().values()
            for n in range(asked.each)
            if flat.in_mix
        ]
        broken += _printed(tallied(run(alone)), False)
    print("\n".join(broken) or "every bound holds")
    return 1 if broken else 0


def _names() -> list[str]:
    return ["", PLAIN, *dict.fromkeys(name for mix in MIXES for name in load_mix(mix))]


def _layouts() -> list[str]:
    return ["", *(layout for layouts in FORMATS.values() for layout in layouts)]


def _printed(table: dict[str, Tally], is_mix: bool) -> list[str]:
    """The table as text, and what it breaks."""
    odds = {odd_name(mix, odd) for mix in MIXES for odd in load_mix(mix)}
    heads = ("documents", "cells", "right", "flagged", "silent", "phantom")
    print(_line("oddity", heads))
    for name in sorted(table, key=lambda name: (name in odds, name)):
        tally = table[name]
        counts = (tally.documents, tally.cells, tally.right, tally.flagged)
        print(_line(name, (*counts, tally.silent, tally.phantom)))
    return broken_bounds(table, is_mix)


def _line(name: str, columns: Sequence[object]) -> str:
    return f"{name:34}" + "".join(f"{text:>10}" for text in columns)


if __name__ == "__main__":
    sys.exit(main())
