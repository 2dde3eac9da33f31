"""A shop whose clock can be put forward while it is open: weeks of a fair go by in one journey.

A folder with a `sitecustomize` goes before everything else that Python finds: every process of the shop reads there
how far ahead it is. Browsers are told by a script of their own.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from marketplace.config import ROOT
from marketplace.foundation import clock

PUT_FORWARD = """
import datetime, os, pathlib
from marketplace.foundation import clock

here, real = pathlib.Path(os.environ["AHEAD"]), clock.now
clock.now = lambda: clock._standing.get() or real() + datetime.timedelta(seconds=float(here.read_text()))
"""
BROWSER = """(by) => { const Real = Date; globalThis.Date = class extends Real {
    constructor(...told) { if (told.length) super(...told); else super(Real.now() + by); }
    static now() { return Real.now() + by; } }; }"""


class Ahead:
    """How far the shop is ahead of the clock on the wall."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.file = folder, folder / "ahead.txt"
        self.first = dt.datetime.now(clock.LOCAL)
        folder.mkdir()
        (folder / "sitecustomize.py").write_text(PUT_FORWARD)
        self.by = dt.timedelta()
        self._write()

    @property
    def environ(self) -> dict[str, str]:
        paths = [str(self.folder), str(ROOT), os.environ.get("PYTHONPATH", "")]
        return {"AHEAD": str(self.file), "PYTHONPATH": os.pathsep.join(filter(None, paths))}

    def day(self, days: int) -> dt.date:
        """`days` from the day on which the journey began."""
        return self.first.date() + dt.timedelta(days=days)

    def go_to(self, days: int, hour: int) -> None:
        """It is this hour of that day, for everybody."""
        there = dt.datetime.combine(self.day(days), dt.time(hour), clock.LOCAL)
        self.by = there - dt.datetime.now(clock.LOCAL)
        self._write()

    def later(self, minutes: int) -> None:
        """So many minutes go by at once."""
        self.by += dt.timedelta(minutes=minutes)
        self._write()

    @contextmanager
    def here(self) -> Iterator[None]:
        """What this process does inside happens at the shop's hour."""
        with clock.standing_at(dt.datetime.now(clock.LOCAL) + self.by):
            yield

    def tell(self, context: Any) -> None:
        """Pages that this browser opens from now on read the shop's clock."""
        context.add_init_script(f"({BROWSER})({int(self.by.total_seconds() * 1000)})")

    def _write(self) -> None:
        fresh = self.file.with_suffix(".new")
        fresh.write_text(str(self.by.total_seconds()))
        fresh.replace(self.file)
