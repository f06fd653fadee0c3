"""What all tests need."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session", autouse=True)
def goes_on_after_a_verb() -> Iterator[None]:
    """A verb leaves its process as it is, for the end to come; here others follow it."""
    yield
    gc.unfreeze()
