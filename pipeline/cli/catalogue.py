"""Every kind of doubt there is, wherever it is declared, and the names it goes by."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches

from pipeline.doubt import KINDS, Kind
from pipeline.forms import load_forms
from pipeline.warehouse import cross_checks

_NEAREST = 3  # names that an error offers
_ALIKE = 0.4  # of the characters; a name with less in common is no help


@dataclass(frozen=True, slots=True)
class Known:
    """A kind of doubt; of one that is a rule broken the words say what should hold.

    `forms` are those whose rule it is.
    """

    kind: Kind
    is_rule: bool = False
    forms: tuple[str, ...] = ()

    @property
    def en(self) -> str:
        """The sentence in English."""
        words = self.kind.en
        return (
            f"This rule is broken: {words}." if self.is_rule else f"{words[:1].upper()}{words[1:]}."
        )

    @property
    def zh(self) -> str:
        """The sentence in Chinese."""
        return f"不符合以下规则：{self.kind.zh}。" if self.is_rule else f"{self.kind.zh}。"

    @property
    def names(self) -> tuple[str, ...]:
        """What it can be asked for by: the flag, the finding, and the flag without its side."""
        kind = self.kind
        return (*((kind.flag,) if kind.flags else ()), kind.finding, kind.name)


def declared() -> tuple[Known, ...]:
    """The kinds of `kinds.csv`."""
    return tuple(Known(kind) for kind in KINDS.values())


def inside_reports() -> tuple[Known, ...]:
    """The checks of the forms, each once, with the forms that use it."""
    checks = {check: kind for form in load_forms() for check, kind in form.checks.items()}
    return tuple(
        Known(kind, True, tuple(form.id for form in load_forms() if check in form.used_checks))
        for check, kind in checks.items()
    )


def misread() -> tuple[Known, ...]:
    """The sums of the forms as kinds of doubt about the reading: a table that breaks them all."""
    sums = {check for form in load_forms() for check in form.sum_checks}
    checks = (known for known in inside_reports() if known.kind.name in sums)
    return tuple(Known(known.kind.as_misread(), forms=known.forms) for known in checks)


def between_reports() -> tuple[Known, ...]:
    """The checks between reports."""
    return tuple(Known(kind, True) for kind in cross_checks())


def every() -> tuple[Known, ...]:
    """Every kind of doubt, in the order in which they are printed."""
    return (*declared(), *inside_reports(), *misread(), *between_reports())


def named(name: str) -> tuple[Known, ...]:
    """The kinds that go by a name; a finding may stand for several."""
    return tuple(known for known in every() if name in known.names)


def nearest(name: str) -> tuple[str, ...]:
    """The names that are most like one that no kind goes by."""
    names = {text.casefold(): text for known in every() for text in reversed(known.names)}
    return tuple(
        names[text] for text in get_close_matches(name.casefold(), names, _NEAREST, _ALIKE)
    )
