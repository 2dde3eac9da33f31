"""What calls are for. The area that keeps the subject says here what selection has to know of it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from marketplace.selection.models import Application, Call
from marketplace.selection.states import Purpose


def _nothing(_application: Application) -> None:
    return None


@dataclass(frozen=True, kw_only=True)
class Kind:
    """`name` in the reader's language, `names` those of many in one statement; paths without language; `template` shows
    what `fill` read of an application.

    `complete` raises a Refusal when something is missing before an application can be handed in. `preview` is
    everything that a release would bring, as plain values: when it changes, what was previewed no longer holds.
    `entry` is what the inbox calls an application that an officer wrote down.
    """

    name: Callable[[int], str]
    names: Callable[[Collection[int]], Mapping[int, str]]
    last_day: Callable[[int], dt.date]
    office_path: Callable[[int], str]
    desk_path: Callable[[Application], str]
    complete: Callable[[Application], None] = _nothing
    preview: Callable[[Call], Any] = lambda _call: None
    template: str = ""
    fill: Callable[[Application], dict[str, Any]] = lambda _application: {}
    entry: str = ""


KINDS: dict[Purpose, Kind] = {}


def purpose(word: Purpose, kind: Kind) -> None:
    KINDS[word] = kind


def kind_of(call: Call) -> Kind:
    return KINDS[call.purpose]


def call_names(calls: Iterable[Call]) -> dict[int, str]:
    """Call → what it is for, in one statement for each purpose."""
    asked: dict[Purpose, dict[int, int]] = defaultdict(dict)
    for call in calls:
        asked[call.purpose][call.subject_id] = call.id
    return {
        ids[subject]: name
        for word, ids in asked.items()
        for subject, name in KINDS[word].names([*ids]).items()
    }
