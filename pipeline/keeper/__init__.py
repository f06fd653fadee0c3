"""Documents are read in processes of their own, each within limits of time and memory.

Whatever a document does to the process that reads it, it fails alone and by name, and the others
are read: one that takes too long or too much memory is ended with its process, one that ends its
process is tried once more, in case the process was ended for something else.

`concurrent.futures` has no deadline. pebble has, but does not say which process reads what, so that
nobody can watch its memory, and starts threads, with which no process may be copied.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """`seconds` from the start of the reading; `memory` in GiB, with the process itself.

    An ordinary report takes a tenth of a second and some 0.2 GiB.
    """

    seconds: float = 60
    memory: float = 4

    @property
    def memory_bytes(self) -> int:
        """The limit of memory in bytes."""
        return int(self.memory * 2**30)
