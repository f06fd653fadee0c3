"""Patterns by name, each compiled when it is first asked for.

To compile all that the project knows takes longer than to read a report.
"""

from __future__ import annotations

import re
from collections.abc import Mapping


class Patterns:
    """The patterns of a mapping of names to their texts."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self._compiled: dict[str, re.Pattern[str]] = {}

    def __getitem__(self, name: str) -> re.Pattern[str]:
        if name not in self._compiled:
            self._compiled[name] = re.compile(self._texts[name])
        return self._compiled[name]
