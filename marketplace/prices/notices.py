"""What we write to those who follow a price."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.money import Money
from marketplace.foundation.words import _l, picked_later
from marketplace.inbox.letters import letter, topic
from marketplace.inbox.services import tell
from marketplace.prices.models import PriceAlert, PriceDoubt
from marketplace.prices.states import LEVEL_LABELS, VERDICT_LABELS, Turn, Verdict


def _sample() -> dict[str, Any]:
    return {
        "goods": "Cà rốt",
        "level": "Tại ruộng",
        "price": "7.400 ₫",
        "line": "7.000 ₫",
        "day": "22/11/2026",
        "verdict": str(VERDICT_LABELS[Verdict.CORRECTED]),
        "words": "Chợ ghi nhầm giá của loại 2.",
    }


topic(
    "prices",
    _l("Prices I follow"),
    _l("When a price on the board crosses the line you drew."),
    order=55,
)
letter(
    "prices.rose",
    subject=_l("%(goods)s: %(price)s"),
    sentence=_l("%(level)s the price rose to %(price)s on %(day)s. You asked to hear from %(line)s on."),
    sample=_sample,
)
letter(
    "prices.fell",
    subject=_l("%(goods)s: %(price)s"),
    sentence=_l("%(level)s the price fell to %(price)s on %(day)s. You asked to hear from %(line)s down."),
    sample=_sample,
)
letter(
    "prices.doubt",
    subject=_l("We looked at the price you doubted: %(goods)s, %(price)s"),
    sentence=_l("%(verdict)s. The answer: %(words)s"),
    sample=_sample,
)


def crossed(alert: PriceAlert, *, price: Money, day: dt.date, observation_id: int) -> None:
    """Once for each time the price crosses the line: the row that took it there names the crossing."""
    tell(
        kind="prices.rose" if alert.turn is Turn.ABOVE else "prices.fell",
        person_id=alert.person_id,
        url=f"/prices/{alert.goods.slug}",
        key=f"prices.alert:{alert.id}:{observation_id}",
        goods=picked_later(alert.goods.name_vi, alert.goods.name_en),
        level=LEVEL_LABELS[alert.level],
        price=formats.vnd(price),
        line=formats.vnd(alert.threshold),
        day=formats.date(day),
    )


def doubt_decided(doubt: PriceDoubt) -> None:
    """To whoever doubted, with the officer's words."""
    row, verdict = doubt.observation, doubt.verdict
    assert verdict is not None, "it was decided a moment ago"
    tell(
        kind="prices.doubt",
        person_id=doubt.by_id,
        url=f"/prices/{row.goods.slug}",
        key=f"prices.doubt:{doubt.id}",
        goods=picked_later(row.goods.name_vi, row.goods.name_en),
        price=formats.vnd(row.price),
        verdict=VERDICT_LABELS[verdict],
        words=doubt.answer,
    )
