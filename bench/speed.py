"""What claims about speed rest on: ratios of CPU time, the candidates taken in turn in one run.

    python bench/speed.py [--rounds 15] [--against CHECKOUT]

Every format is read by the naive call for it and by our reader, and extracted; `--against` names
an older checkout with its own `.venv`, which does the same in a process of its own, in turn with
ours. The tables are printed and written to `bench/RESULTS.md`.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from word_page import as_saved_by_word

ROOT = Path(__file__).parents[1]
RESULTS = Path(__file__).with_name("RESULTS.md")
CASES = ("sparse_2019", "thousands_2021")  # the national forms of 2019 and of 2021
NAIVE = {
    "ruled PDF": "pdfplumber `extract_tables()` on every page",
    "docx": "python-docx `row.cells` over every table",
    "clean HTML": "`pandas.read_html`",
    "Word HTML": "`pandas.read_html`",
    "text": "lines split at tabs and wide spaces",
}
# How many times faster than the naive call a whole extraction is to be.
AIMS = {"ruled PDF": 5, "docx": 3, "clean HTML": 0.8, "Word HTML": 0.8}
AIM_OF_INTERPRETATION, AIM_OF_START = 0.25, 0.5  # as shares of what an older checkout takes
# Byte code is kept, as it is where people work.
ENVIRONMENT = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}

Times = dict[tuple[str, str, str], list[float]]  # seconds by side, format and task


def documents(folder: Path) -> dict[str, list[Path]]:
    """The files of each format: the same reports in all of them."""
    files: dict[str, list[Path]] = {kind: [] for kind in NAIVE}
    for case in CASES:
        source = ROOT / "tests" / "corpus" / case / "source"
        page = folder / f"{case}.html"
        page.write_text(as_saved_by_word(source.with_suffix(".html").read_text("utf-8")), "utf-8")
        files["ruled PDF"].append(source.with_suffix(".pdf"))
        files["docx"].append(source.with_suffix(".docx"))
        files["clean HTML"].append(source.with_suffix(".html"))
        files["Word HTML"].append(page)
        files["text"].append(source.with_suffix(".txt"))
    return files


class Side:
    """A checkout that is measured in processes of its own."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._worker = subprocess.Popen(
            [root / ".venv/bin/python", Path(__file__).with_name("worker.py")],
            cwd=root,
            env=ENVIRONMENT | {"PYTHONPATH": str(root)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def seconds(self, task: str, path: Path) -> float:
        """CPU time of a task on a file, in a process that goes on."""
        assert self._worker.stdin
        assert self._worker.stdout
        self._worker.stdin.write(f"{task}\t{path}\n")
        self._worker.stdin.flush()
        return float(self._worker.stdout.readline())

    def start(self, path: Path) -> float:
        """CPU time of `disclosure extract` on a file, from an empty process to its end."""
        command = [self.root / ".venv/bin/disclosure", "extract", path, "--csv"]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, cwd=self.root, env=ENVIRONMENT, check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime

    def close(self) -> None:
        self._worker.communicate()


@contextmanager
def sides(against: Path | None) -> Iterator[dict[str, Side]]:
    """Ours, and the older checkout if one is named."""
    with ExitStack() as stack:
        roots = {"ours": ROOT} | ({"older": against.resolve()} if against else {})
        both = {name: Side(root) for name, root in roots.items()}
        for side in both.values():
            stack.callback(side.close)
        yield both


def measured(rounds: int, against: Path | None) -> Times:
    """Seconds of every task, one entry a round; a round before the first warms up."""
    times: Times = {}
    with TemporaryDirectory() as folder, sides(against) as both:
        files = documents(Path(folder))
        for number in range(rounds + 1):
            for kind, paths in files.items():
                for task in ("naive", "read", "interpret", "extract"):
                    for name, side in both.items():
                        if task != "naive" or name == "ours":
                            spent = sum(side.seconds(task, path) for path in paths)
                            times.setdefault((name, kind, task), []).append(spent / len(paths))
            for name, side in both.items():
                spent = side.start(files["text"][0])
                times.setdefault((name, "text", "start"), []).append(spent)
            print(f"\rround {number} of {rounds}", end="", file=sys.stderr)
    print(file=sys.stderr)
    return {key: spent[1:] for key, spent in times.items()}


def report(times: Times, older: str) -> str:
    """The tables, ratios first; `older` names what an older checkout was measured at, if any."""
    took = {key: median(spent) for key, spent in times.items()}
    rounds = len(times["ours", "text", "start"])
    lines = [
        "# Speed",
        "",
        f"Made by `make bench`: medians of CPU time over {rounds} rounds in which the candidates "
        "take turns. The ratios carry over to other machines, the times do not.",
        "",
        "How many times faster than the naive call, which reads the tables and explains nothing:",
        "",
        "| format | naive call | our reading | our whole extraction | aim |",
        "|---|---|---|---|---|",
    ]
    for kind, call in NAIVE.items():
        naive = took["ours", kind, "naive"]
        reading, whole = (naive / took["ours", kind, task] for task in ("read", "extract"))
        aim = f"≥ {AIMS[kind]}" if kind in AIMS else ""
        lines.append(f"| {kind} | {call} | {reading:.1f} | {whole:.1f} | {aim} |")
    if older:
        lines += ["", f"What a task takes, as a share of what it took in {older}:", ""]
        lines += ["| format | reading | interpretation | whole extraction |", "|---|---|---|---|"]
        for kind in NAIVE:
            shares = (
                took["ours", kind, task] / took["older", kind, task]
                for task in ("read", "interpret", "extract")
            )
            lines.append(f"| {kind} | {' | '.join(f'{share:.2f}' for share in shares)} |")
        share = took["ours", "text", "start"] / took["older", "text", "start"]
        lines += [
            "",
            f"The aim of interpretation is ≤ {AIM_OF_INTERPRETATION}. `disclosure extract` on a "
            f"text file, from an empty process to its end: {share:.2f} (aim: ≤ {AIM_OF_START}).",
        ]
    lines += ["", "Milliseconds of CPU a document, on the machine of this run:", ""]
    lines += ["| format | naive | reading | interpretation | whole |", "|---|---|---|---|---|"]
    for kind in NAIVE:
        spent = (took["ours", kind, task] for task in ("naive", "read", "interpret", "extract"))
        lines.append(f"| {kind} | {' | '.join(f'{1000 * one:.1f}' for one in spent)} |")
    start = 1000 * took["ours", "text", "start"]
    lines += ["", f"`disclosure extract` on a text file, with its start: {start:.0f}."]
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python bench/speed.py")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--against", type=Path, metavar="CHECKOUT")
    asked = parser.parse_args()
    older = ""
    if asked.against:
        git = ["git", "-C", asked.against, "rev-parse", "--short", "HEAD"]
        older = subprocess.run(git, check=True, capture_output=True, text=True).stdout.strip()
    told = report(measured(asked.rounds, asked.against), older)
    RESULTS.write_text(told, "utf-8")
    print(told)


if __name__ == "__main__":
    main()
