"""pdfium's functions and constants by their names; what pdfium owns is a plain address for them.

pypdfium2 wraps every object in a Python pointer of its own type. Thousands of objects and
characters are asked for on a page, and that takes longer than their answers.
"""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as raw


def __getattr__(name: str) -> Any:
    """What pdfium has under a name, made when it is first asked for."""
    known = getattr(raw, name)
    if hasattr(known, "argtypes"):
        kinds = [_plain(kind) for kind in (known.restype, *known.argtypes)]
        known = ctypes.CFUNCTYPE(*kinds)(address(known))
    globals()[name] = known
    return known


def address(handle: object) -> int:
    """Where what a pointer of pypdfium2 points to lies."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0  # type: ignore[arg-type]


def _plain(kind: Any) -> Any:
    """A pointer to what only pdfium looks into is an address; other kinds stay as they are."""
    inside = getattr(kind, "_type_", None)
    opaque = isinstance(inside, type) and issubclass(inside, ctypes.Structure)
    return ctypes.c_void_p if opaque and not hasattr(inside, "_fields_") else kind
