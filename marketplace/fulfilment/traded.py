"""What a settled sheet tells the price board: goods whose kilograms and price both sides confirmed."""

from __future__ import annotations

import re
from typing import Any

from marketplace import config
from marketplace.foundation.db import db
from marketplace.fulfilment.models import Acceptance, Settlement
from marketplace.linkage.reckoning.settlement import LineKind
from marketplace.prices import services as prices
from marketplace.prices.states import Level

SIGN = re.compile(r"[0-9A-E]")


def tell(*, settlement: Settlement, by: Any) -> None:
    """Each line of goods as a wholesale deal of the day it was delivered; the board tells only means of many.

    Where something was taken off by agreement, the price is not what such goods cost: that sheet is left out.
    """
    if any(line.kind is LineKind.DEDUCTION and not line.fact for line in settlement.lines):
        return
    for line in settlement.lines:
        if line.kind is not LineKind.GOODS:
            continue
        assert line.quantity is not None and line.price is not None and line.day is not None
        slip = db.session.get_one(Acceptance, line.acceptance_id)
        goods = slip.call_off.product.commodity.goods
        if (
            goods is None
            or goods.unit != "kg"
            or line.quantity < config.current().price_deal_kg
            or not line.price
        ):
            continue
        sign = line.grade.upper()
        prices.note_settled(
            about=f"slip:{slip.id}:{line.grade}",
            goods_id=goods.id,
            day=line.day,
            grade=sign if SIGN.fullmatch(sign) else "",
            level=Level.WHOLESALE,
            price_per_kg=line.price,
            quantity=line.quantity,
            cooperative_id=slip.cooperative_id,
            buyer_id=settlement.contract.buyer_id,
            by=by,
        )
