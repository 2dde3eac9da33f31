"""A computation as plain values, kept with what came out of it, and made anew from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.money import Money
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _
from marketplace.support import computing
from marketplace.support.computing import Cut, HeadTerms, Room, Support, Terms
from marketplace.support.models.norm import SupportNorm
from marketplace.support.states import EvidenceKind, Head, Per


def frozen(
    norm: SupportNorm, *, booths: Decimal, costs: Mapping[Head, Money] | None, room: Room
) -> dict[str, Any]:
    """All that the sum depends on, as it is now."""
    return {
        "act": norm.act_number,
        "name": norm.act_name,
        "example": norm.is_example,
        "heads": [
            {"head": str(each.head), "rate": str(each.rate), "cap": _whole(each.cap), "per": str(each.per)}
            for each in norm.heads
        ],
        "cap_per_time": _whole(norm.cap_per_time),
        "cap_per_year": _whole(norm.cap_per_year),
        "times_per_year": norm.times_per_year,
        "max_booths": None if norm.max_booths is None else str(norm.max_booths),
        "advance_rate": str(norm.advance_rate),
        "evidence": [str(each.kind) for each in norm.evidence],
        "booths": str(booths),
        "costs": None if costs is None else {str(head): int(cost) for head, cost in costs.items()},
        "room": {
            "year_used": int(room.year_used),
            "times_used": room.times_used,
            "budget_left": _whole(room.budget_left),
        },
    }


def terms_of(kept: Mapping[str, Any]) -> Terms:
    heads = tuple(
        HeadTerms(Head(each["head"]), Decimal(each["rate"]), _money(each["cap"]), Per(each["per"]))
        for each in kept["heads"]
    )
    most = kept["max_booths"]
    return Terms(
        heads,
        _money(kept["cap_per_time"]),
        _money(kept["cap_per_year"]),
        kept["times_per_year"],
        None if most is None else Decimal(most),
    )


def room_of(kept: Mapping[str, Any]) -> Room:
    room = kept["room"]
    return Room(Money(room["year_used"]), room["times_used"], _money(room["budget_left"]))


def promised_anew(kept: Mapping[str, Any]) -> Support:
    """What the promise comes to, computed once more from what was frozen."""
    costs = kept["costs"]
    return computing.support(
        terms_of(kept),
        booths=Decimal(kept["booths"]),
        costs=None if costs is None else {Head(head): Money(cost) for head, cost in costs.items()},
        room=room_of(kept),
    )


def settled(kept: Mapping[str, Any], costs: Mapping[Head, Money], promised: Money) -> Support:
    """What real costs give under the same norm and the same room, never more than was promised."""
    room = room_of(kept)
    return computing.support(
        terms_of(kept),
        booths=Decimal(kept["booths"]),
        costs=costs,
        room=Room(room.year_used, room.times_used, None, promised),
    )


def evidence_of(kept: Mapping[str, Any]) -> list[EvidenceKind]:
    return [EvidenceKind(each) for each in kept["evidence"]]


def plain(cuts: Iterable[Cut]) -> list[list[Any]]:
    return [[cut.code, int(cut.before), int(cut.after)] for cut in cuts]


def told(cut: Cut | list[Any]) -> str:
    """A cut as a sentence."""
    code, before, after = (cut.code, cut.before, cut.after) if isinstance(cut, Cut) else cut
    was, now = formats.vnd(Money(before), locale()), formats.vnd(Money(after), locale())
    sentences = {
        "booths": _("Only so many booths count: %(after)s instead of %(before)s.", before=was, after=now),
        "head": _("At the most %(after)s for this cost, not %(before)s.", before=was, after=now),
        "uncovered": _("The norm does not cover this cost of %(before)s.", before=was),
        "time": _("At the most %(after)s each time, not %(before)s.", before=was, after=now),
        "times": _("This year's number of times is used up."),
        "year": _("This year has %(after)s left, not %(before)s.", before=was, after=now),
        "budget": _("The budget has %(after)s left, not %(before)s.", before=was, after=now),
        "promised": _(
            "No more than the %(after)s that were promised, not %(before)s.", before=was, after=now
        ),
    }
    return sentences[str(code)]


def _whole(amount: Money | None) -> int | None:
    return None if amount is None else int(amount)


def _money(amount: int | None) -> Money | None:
    return None if amount is None else Money(amount)
