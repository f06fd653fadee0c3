"""python -m tests.mutations --documents 20000 [--seed S] [--only N] [--keep DIR]

Prints a table by format and mutation, then each document that crashed, hung, raised or was read
wrong without a flag; `--keep` writes those to a folder, `--only` takes the Nth document alone.
"""

from __future__ import annotations

import argparse
import secrets
import sys
from collections import Counter
from pathlib import Path

from tests.mutations.run import BAD, damaged, run

_VERDICTS = ("read", "refused", *BAD)


def main() -> int:
    """Exit status 1 when a document is bad."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutations")
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--seed", default=secrets.token_hex(4))
    parser.add_argument("--only", type=int)
    parser.add_argument("--keep", type=Path, metavar="DIR")
    asked = parser.parse_args()
    print(f"seed {asked.seed}", flush=True)
    numbers = range(asked.documents) if asked.only is None else [asked.only]
    table: dict[tuple[str, str], Counter[str]] = {}
    bad = 0
    for outcome in run(asked.seed, numbers):
        key = (outcome.file.rpartition(".")[2], outcome.mutation)
        table.setdefault(key, Counter())[outcome.verdict] += 1
        if outcome.is_bad:
            bad += 1
            print(f"{outcome.verdict} {outcome.file}: {outcome.said}", flush=True)
            if asked.keep:
                asked.keep.mkdir(parents=True, exist_ok=True)
                content = damaged(asked.seed, outcome.number)[3].content
                (asked.keep / f"{asked.seed}-{outcome.file}").write_bytes(content)
    print(f"{'format':8}{'mutation':24}" + "".join(f"{name:>9}" for name in _VERDICTS))
    for (format_, mutation), counts in sorted(table.items()):
        print(f"{format_:8}{mutation:24}" + "".join(f"{counts[name]:>9}" for name in _VERDICTS))
    print(f"{bad} bad of {len(numbers)}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
