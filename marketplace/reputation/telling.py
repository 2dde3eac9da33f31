"""Figures in words: small numbers are said honestly, and nothing is a percentage of a few."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from marketplace import config
from marketplace.foundation import formats
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l, _n
from marketplace.orders.states import CANCEL_LABELS, FAULT_LABELS, REASON_LABELS
from marketplace.reputation.facts import LATE, LESS, Figure

LABELS = {
    "answered": _l("Answered in time"),
    "accepted": _l("Accepted as it was asked"),
    "kept": _l("Kept what was agreed"),
    "delivered": _l("Delivered in full, on the day"),
    "complaints": _l("Complaints about goods"),
    "refunds": _l("Money sent back"),
    "completed": _l("Agreed orders that were completed"),
    "paid": _l("Paid in time"),
    "backed_out": _l("Backed out after the cooperative said yes"),
    "complained": _l("Complained about goods"),
}
CAUSES = {
    **{str(reason): label for reason, label in CANCEL_LABELS.items()},
    **{str(reason): label for reason, label in REASON_LABELS.items()},
    **{str(fault): label for fault, label in FAULT_LABELS.items()},
    "refund": _l("money back"),
    "credit": _l("less to pay"),
    "replacement": _l("goods sent again"),
    "none": _l("declined, with the reason"),
    LESS: _l("less than was asked"),
    LATE: _l("later than the day agreed"),
}
SIGNS = {
    "answered": "chat",
    "accepted": "check",
    "kept": "shield",
    "delivered": "truck",
    "complaints": "warn",
    "refunds": "money",
}


@dataclass(frozen=True)
class Told:
    """A figure for a page: its name, what it says, what lies behind it."""

    key: str
    label: Any
    sign: str
    value: str
    words: str
    causes: list[str]


def told(figures: Sequence[Figure]) -> list[Told]:
    """Those that say something, in words."""
    return [
        Told(
            figure.key,
            LABELS[figure.key],
            SIGNS.get(figure.key, "doc"),
            _value(figure),
            _words(figure),
            [f"{CAUSES[cause]}: {count}" for cause, count in figure.causes.items()],
        )
        for figure in figures
        if figure.of
    ]


def count_of(figures: Sequence[Figure]) -> int:
    """How many orders the figures speak of."""
    return max((figure.of for figure in figures), default=0)


def so_far(count: int) -> str:
    """What stands above the figures."""
    if count < config.current().facts_least:
        return _n(
            "%(num)s order so far, within twelve months", "%(num)s orders so far, within twelve months", count
        )
    return _n("%(num)s order within twelve months", "%(num)s orders within twelve months", count)


def _value(figure: Figure) -> str:
    if figure.key == "refunds":
        return _n("%(num)s time", "%(num)s times", figure.done)
    if figure.of < config.current().facts_least:
        return _("%(done)s of %(of)s", done=figure.done, of=figure.of)
    return f"{round(100 * figure.done / figure.of)}%"


def _words(figure: Figure) -> str:
    parts = []
    if figure.key != "refunds" and figure.of >= config.current().facts_least:
        done, of = formats.number(figure.done, locale()), formats.number(figure.of, locale())
        parts.append(_("%(done)s of %(of)s", done=done, of=of))
    if figure.middle is not None:
        parts.append(_TIMES[figure.key](figure.middle))
    return ", ".join(parts)


def _hours(hours: int) -> str:
    if hours < 1:
        return _("usually answered within the hour")
    return _n("usually answered in %(num)s hour", "usually answered in %(num)s hours", hours)


def _days(days: int) -> str:
    if days < 1:
        return _("usually on the same day")
    return _n("usually after %(num)s day", "usually after %(num)s days", days)


_TIMES: dict[str, Callable[[int], str]] = {"complaints": _hours, "refunds": _days, "paid": _days}
