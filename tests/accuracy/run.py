"""Make documents, extract them, add up the scores by oddity."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from pipeline.errors import DisclosureError
from pipeline.extract import extract
from tests.accuracy.flat import flat_layouts, untraced
from tests.accuracy.mix import MODERN, load_mix, random_draft
from tests.accuracy.render import render
from tests.accuracy.score import Score, score

_RIGHT = 0.998  # the least share of cells that come out right and unflagged
_RIGHT_FLAT = 0.99  # the same of flattened text on which every label and figure is printed

DIGITAL, FLATTENED = "digital", "flattened"  # what the layout has kept of the tables
HIDING, IN_SIGHT = "any hiding a value", "none hiding a value"


@dataclass(frozen=True, slots=True)
class Task:
    """The nth document of a seed; `only` names its one oddity, `mix` the forms it is drawn from,
    `layout` its layout, `keep` where failures go."""

    seed: str
    number: int
    only: str = ""
    keep: Path | None = None
    mix: str = ""
    layout: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one document came out; `refused` says why it was not read at all."""

    name: str
    form: str
    mix: str
    format: str
    layout: str
    oddities: tuple[str, ...]
    hides: bool
    score: Score
    refused: str = ""


@dataclass(slots=True)
class Tally:
    documents: int = 0
    cells: int = 0
    right: int = 0
    flagged: int = 0
    silent: int = 0
    phantom: int = 0
    failures: list[Outcome] = field(default_factory=list)


def run_one(task: Task) -> Outcome:
    """Make, extract and score one document. A refused document is loud: its cells are flagged."""
    wanted = "-".join(filter(None, (task.only, task.layout)))
    rng = Random(f"{task.seed}-{task.mix}-{wanted}-{task.number}")
    made = random_draft(rng, task.only, task.mix, task.layout)
    content = render(made)
    name = f"{wanted or 'mix'}-{task.number:04d}-{made.form.replace(' ', '_')}.{made.format}"
    refused = ""
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        try:
            result = score(made, extract(path, name))
        except DisclosureError as error:
            refused = str(error)
            result = Score(cells=len(made.values), flagged=len(made.values), doubted=[refused])
    hides = any(load_mix(made.mix)[odd].hides_value for odd in made.oddities)
    hides |= bool(untraced(made))
    kind = (made.form, made.mix, made.format, made.layout)
    outcome = Outcome(name, *kind, tuple(made.oddities), hides, result, refused)
    if task.keep and (result.silent or result.phantom or (result.doubted and not hides)):
        task.keep.mkdir(parents=True, exist_ok=True)
        (task.keep / name).write_bytes(content)
        (task.keep / f"{name}.cells").write_text(described(outcome), encoding="utf-8")
    return outcome


def described(outcome: Outcome) -> str:
    """A document's failures in words."""
    head = f"{outcome.name} {outcome.layout}: {', '.join(outcome.oddities) or 'no oddity'}"
    silent = [f"  SILENT {text}" for text in outcome.score.silent]
    silent += [f"  PHANTOM {text}" for text in outcome.score.phantom]
    return "\n".join([head, *silent, *(f"  doubted {t}" for t in outcome.score.doubted), ""])


def run(tasks: Iterable[Task], workers: int = 2) -> Iterator[Outcome]:
    """The outcomes of all tasks, in order."""
    with ProcessPoolExecutor(workers) as pool:
        yield from pool.map(run_one, tasks, chunksize=8)


def tallied(outcomes: Iterable[Outcome]) -> dict[str, Tally]:
    """Sums by oddity, form, format and layout, and over all; a document counts for each oddity."""
    table: dict[str, Tally] = {"all": Tally()}
    for outcome in outcomes:
        flat = FLATTENED if outcome.layout in flat_layouts() else DIGITAL
        kind = HIDING if outcome.hides else IN_SIGHT
        names = [odd_name(outcome.mix, odd) for odd in outcome.oddities or ("no oddity",)]
        sums = ["all", f"form {outcome.form}", f"format {outcome.format}", flat, f"{flat}, {kind}"]
        if flat == FLATTENED:
            sums.append(f"layout {outcome.layout}")
        for name in (*sums, *names):
            tally = table.setdefault(name, Tally())
            tally.documents += 1
            tally.cells += outcome.score.cells
            tally.right += outcome.score.right
            tally.flagged += outcome.score.flagged
            tally.silent += len(outcome.score.silent)
            tally.phantom += len(outcome.score.phantom)
            if outcome.score.silent or outcome.score.phantom or outcome.score.doubted:
                tally.failures.append(outcome)
    return table


def odd_name(mix: str, odd: str) -> str:
    """An oddity in a table of sums: those of the older forms are named with the form."""
    return odd if mix == MODERN else f"{mix} {odd}"


def broken_bounds(table: dict[str, Tally], is_mix: bool = True) -> list[str]:
    """The promises this run breaks, in words; the share of right cells is promised of the mix."""
    every, digital = table["all"], table.get(DIGITAL, Tally())
    plain = table.get(f"{DIGITAL}, {IN_SIGHT}", Tally())
    flat = table.get(f"{FLATTENED}, {IN_SIGHT}", Tally())
    broken = []
    if every.silent:
        broken.append(f"{every.silent} cells are wrong, lost or invented without a flag")
    if every.phantom:
        broken.append(f"{every.phantom} rows are of cells that the page does not hold")
    if is_mix and digital.right < _RIGHT * digital.cells:
        broken.append(f"{digital.right / digital.cells:.3%} of the cells are right, not 99.8 %")
    if plain.right < plain.cells:
        broken.append(f"{plain.cells - plain.right} cells in plain sight are not right")
    if flat.right < _RIGHT_FLAT * flat.cells:
        share = flat.right / flat.cells
        broken.append(
            f"{share:.2%} of the cells in plain sight of flattened text are right, not 99 %"
        )
    return broken
