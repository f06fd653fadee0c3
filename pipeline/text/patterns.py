"""Patterns by name, each compiled when it is first asked for.

To compile all that the project knows takes longer than to read a report.
"""

from __future__ import annotations

import re
from collections.abc import Mapping


class Patterns(dict[str, re.Pattern[str]]):
    """The patterns of a mapping of names to their texts."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        super().__init__()
        self._texts = texts

    def __missing__(self, name: str) -> re.Pattern[str]:
        self[name] = pattern = re.compile(self._texts[name])
        return pattern
