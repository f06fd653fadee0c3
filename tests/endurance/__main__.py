"""python -m tests.endurance [kills] [disk] [damage] [--kills 200] [--sizes 40] [--seed N]

Without a name all three. Prints what is broken, and exits with 1 where something is. Processes that
outlive a killed ingest are counted; that is broken too.
"""

from __future__ import annotations

import argparse
import secrets
import subprocess
import sys

from tests.endurance.damage import damages
from tests.endurance.disk import NAMESPACE, why_not
from tests.endurance.kills import kills
from tests.endurance.trial import DOCUMENTS

SAID = 10  # kills between two lines that say how far it is
PARTS = ("kills", "disk", "damage")


def main() -> int:
    """Run what was asked for; exit status 1 when something is broken."""
    parser = argparse.ArgumentParser(prog="python -m tests.endurance")
    parser.add_argument("parts", nargs="*", choices=[[], *PARTS], metavar="PART")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--sizes", type=int, default=40)
    parser.add_argument("--seed", default=secrets.token_hex(4))
    asked = parser.parse_args()
    parts = asked.parts or PARTS
    broken = 0
    if "kills" in parts:
        broken += _kills(asked.kills, asked.seed)
    if "disk" in parts:
        broken += _disk(asked.sizes)
    if "damage" in parts:
        broken += _damage()
    print("something is broken" if broken else "nothing is broken")
    return 1 if broken else 0


def _kills(number: int, seed: str) -> int:
    print(f"seed {seed}", flush=True)
    late = broken = stayed = 0
    for n, kill in enumerate(kills(number, seed, DOCUMENTS), start=1):
        late += not kill.hit
        stayed += kill.stayed
        broken += bool(kill.broken)
        if kill.broken:
            print(f"BROKEN: {kill.name}: {kill.broken}", flush=True)
        if n % SAID == 0:
            print(f"{n - late} kills so far, {late} came late, {stayed} stayed", flush=True)
    print(f"{number} kills ({late} more came late): {broken} broken, {stayed} processes stayed")
    return broken + stayed


def _disk(number: int) -> int:
    reason = why_not()
    if reason:
        print(f"disk: skipped, {reason}")
        return 0
    run = [sys.executable, "-m", "tests.endurance.disk", str(number), str(DOCUMENTS)]
    return subprocess.run([*NAMESPACE, *run]).returncode


def _damage() -> int:
    number = broken = 0
    for damage in damages(DOCUMENTS):
        number += 1
        broken += bool(damage.broken)
        if damage.broken:
            print(f"BROKEN: {damage.name}: {damage.broken}", flush=True)
    print(f"{number} damages: {broken} broken")
    return broken


if __name__ == "__main__":
    sys.exit(main())
