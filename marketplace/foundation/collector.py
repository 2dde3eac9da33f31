"""Python's collector of cycles, in a process that answers or works for a long time."""

from __future__ import annotations

import gc

BETWEEN = (20_000, 10, 10)
"""After how many new objects the young are looked at, and after how many of these looks the older ones. At Python's own
700 a page of a few hundred rows has everything walked over that was loaded since the start, once in three askings: the
same page took 140 ms or 220."""


def settle() -> None:
    """What stands now stays for good: the collector need not walk over it again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*BETWEEN)
