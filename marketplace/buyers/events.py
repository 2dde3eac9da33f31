"""Facts about buying organisations."""

from __future__ import annotations

from itertools import zip_longest
from typing import Any

from marketplace.cooperatives.states import PAPER_LABELS, PaperKind
from marketplace.foundation import formats
from marketplace.foundation.events import Event
from marketplace.foundation.money import Money
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l


class DepotEvent(Event):
    """A fact about one depot; `name` is what it was called then."""

    depot_id: int
    organisation_id: int
    name: str
    sentence = _l("Depot")
    about = {"depot": "depot_id", "organisation": "organisation_id"}


class DepotAdded(DepotEvent):
    sentence = _l("Depot %(name)s was added")


class DepotChanged(DepotEvent):
    sentence = _l("Depot %(name)s was changed")


class DepotClosed(DepotEvent):
    sentence = _l("Depot %(name)s was closed")


class PapersRequired(Event):
    """The list as it is now; `ages` beside `kinds` says how many days old a paper may be, None: any age."""

    organisation_id: int
    kinds: tuple[str, ...]
    ages: tuple[int | None, ...] = ()
    sentence = _l("Papers wanted with every delivery: %(papers)s")
    about = {"organisation": "organisation_id"}

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        names = [str(PAPER_LABELS[PaperKind(kind)]) for kind in data["kinds"]]
        ages = (_(" (%(days)s days at the most)", days=age) if age else "" for age in data.get("ages") or ())
        told = [f"{name}{age}" for name, age in zip_longest(names, ages, fillvalue="")]
        return {**data, "papers": ", ".join(dict.fromkeys(told)) or _("none")}


class LimitSet(Event):
    """`amount` None: no limit any more; `name` is empty for the one that holds for all members."""

    organisation_id: int
    person_id: int | None = None
    name: str = ""
    amount: Money | None = None
    sentence = _l("Limit without approval for %(who)s: %(sum)s")
    about = {"organisation": "organisation_id"}

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        amount = data["amount"]
        return {
            **data,
            "who": data["name"] or _("all members"),
            "sum": _("none") if amount is None else formats.vnd(amount, locale()),
        }
