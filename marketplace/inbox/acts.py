"""The registry of acts: what a link in a letter may do without signing in. Areas register theirs in `acts.py`.

A link gives no right: each time it is tapped, the same predicates that guard the page are asked again, for the person
it was sent to (or for nobody, when a guest).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from marketplace.foundation.web.forms import Form


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What the page of a link shows: what it is about, a few lines, how it stands now, the way on."""

    title: str
    rows: list[tuple[str, str]]
    stands: str
    url: str


class PressForm(Form):
    """A single press of a button."""


@dataclass(frozen=True, kw_only=True)
class Act:
    """One act on one kind of thing.

    `sees(user, subject)` guards the facts, `may(user, subject)` the act itself; `do(subject, form, by, once)` calls the
    service and returns the sentence of what was done; `once` names this link, for services that write a thing once.
    """

    name: str
    button: Any
    load: Callable[[int], Any]
    sees: Callable[[Any, Any], bool]
    may: Callable[[Any, Any], bool]
    facts: Callable[[Any], Facts]
    do: Callable[[Any, Any, Any, str], Any]
    until: Callable[[Any], dt.datetime]
    form: Callable[[Any], Form] = field(default=lambda _subject: PressForm())
    kind: str = "primary"
    last_word: Any = ""

    @property
    def press(self) -> Any:
        """What stands on the button of the page, where it says more than the one in the letter."""
        return self.last_word or self.button


ACTS: dict[str, Act] = {}


def act(**told: Any) -> Act:
    """Register an act by its name, "<area>.<verb>"."""
    registered = Act(**told)
    if registered.name in ACTS:
        raise ValueError(f"the act {registered.name} is registered twice")
    ACTS[registered.name] = registered
    return registered
