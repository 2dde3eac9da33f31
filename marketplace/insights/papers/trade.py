"""The figures of trade: what their page and their paper show."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marketplace.foundation.papers import Sheet, paper
from marketplace.foundation.web.pages import text_of
from marketplace.foundation.words import _
from marketplace.insights import queries, trade_pictures
from marketplace.insights.queries import Parts, TradeAsked, Traded
from marketplace.insights.states import CHANNEL_LABELS, CHANNEL_SHORT, PLACE_LABELS, Channel, PlaceKind

KIND = "insights.trade"
TEMPLATE = "insights/trade/print.html"


def words() -> dict[str, Any]:
    return {
        "pictures": trade_pictures,
        "channels": CHANNEL_LABELS,
        "channel_short": CHANNEL_SHORT,
        "place_kinds": PLACE_LABELS,
    }


def commodities(rows: list[tuple[Channel, int | None, Traded, Traded]]) -> Parts:
    names = queries.commodity_names({row[1] for row in rows})
    return queries.parts(
        ((commodity, now, before) for _channel, commodity, now, before in rows),
        lambda key: names[key] if key is not None else _("Not told apart at the stand"),
    )


def shown(asked: TradeAsked, kind: PlaceKind) -> dict[str, Any]:
    """Everything of a span, in a number of statements that does not grow."""
    rows = queries.by_channel_and_commodity(asked)
    sellers = queries.by_member(asked)
    ways = queries.parts(
        ((channel, now, before) for channel, _c, now, before in rows), lambda key: str(CHANNEL_LABELS[key])
    )
    return {
        "asked": asked,
        "now": sum((row[2] for row in rows), Traded()),
        "before": sum((row[3] for row in rows), Traded()),
        "by_month": queries.by_month(asked),
        "ways": ways,
        "goods": commodities(rows),
        "sellers": sellers,
        "selling": sellers.selling,
        "selling_before": sellers.selling_before,
        "seats": queries.by_place(sellers, kind),
        "kind": kind,
        "concentration": queries.concentration(sellers.values),
        "waiting": queries.days_waiting(),
        **words(),
    }


@paper(KIND)
def figures(first: str, last: str, kind: str, **only: Any) -> Sheet | None:
    channel = only.get("channel")
    asked = TradeAsked(
        dt.date.fromisoformat(first),
        dt.date.fromisoformat(last),
        Channel(channel) if channel else None,
        only.get("commodity_id"),
        only.get("cooperative_id"),
        only.get("unit_id"),
    )
    return Sheet(text_of(TEMPLATE, pressed=True, **shown(asked, PlaceKind(kind))))
