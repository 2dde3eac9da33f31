"""What a load is called where the ledger of goods says who holds a claim, and how its delivery is agreed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

from marketplace.buyers import queries as buyers
from marketplace.catalogue import queries as catalogue
from marketplace.deliveries import receipts
from marketplace.deliveries.services import Contact, Goods
from marketplace.deliveries.states import Mode
from marketplace.foundation import clock
from marketplace.foundation.words import _l
from marketplace.fulfilment import queries
from marketplace.linkage import calling
from marketplace.linkage import queries as linkage
from marketplace.linkage.models import CallOff
from marketplace.linkage.terms import Content
from marketplace.orders import wanted
from marketplace.supply.holders import Holder, holder
from marketplace.supply.models import Claim

SOURCE = "call_off"
receipts.kept_elsewhere(SOURCE)


@holder("load")
def named(load_ids: Collection[int]) -> Mapping[int, Holder]:
    return {
        load.id: Holder(
            name=_l(
                "Load for %(buyer)s, contract %(number)s",
                buyer=load.call_off.contract.buyer.name,
                number=load.call_off.contract.number or "–",
            ),
            desk_path=f"/desk/calls/{load.call_off.ref}/loads",
            office_path=f"/contracts/{load.call_off.contract.ref}",
            organisations=(load.call_off.contract.buyer_id,),
            told_path=f"/buyer/calls/{load.call_off.ref}",
        )
        for load in queries.load.loads_by_ids(load_ids)
    }


def left_for(call_off: CallOff, cooperative_id: int) -> Decimal:
    """How many kg this cooperative may still make ready for a call: a member of a pool its own part."""
    return left_of([call_off], cooperative_id)[call_off.id]


def left_of(call_offs: Collection[CallOff], cooperative_id: int) -> dict[int, Decimal]:
    """The same of several, by their ids: one statement."""
    pooled = [each for each in call_offs if calling.of_pool(each)]
    held = calling.held_by(pooled, cooperative_id) if pooled else {}
    return {
        each.id: min(each.to_load, held[each.id])
        if each.id in held
        else each.to_load
        if cooperative_id == each.contract.cooperative_id
        else Decimal(0)
        for each in call_offs
    }


def usual_day(call_off: CallOff) -> dt.date:
    """The slot's day, or today; never one that is over."""
    return max(call_off.day or clock.today(), clock.today())


def way_of(content: Content, day: dt.date) -> dict[str, Any]:
    """How the goods come to the buyer, as the contract says, as a delivery keeps it."""
    told = content["delivery"]
    opens, closes = told["from_time"], told["until_time"]
    window = None
    if opens is not None and closes is not None and opens < closes:
        window = {"day": day.isoformat(), "opens": f"{opens:%H:%M}", "closes": f"{closes:%H:%M}"}
    return {
        "key": SOURCE,
        "mode": str(Mode.OWN),
        "name_vi": told["place"],
        "name_en": told["place"],
        "place": told["place"],
        "note": "",
        "window": window,
        "lead_days": (day - clock.today()).days,
    }


def contact_of(call_off: CallOff, claims: Collection[Claim], way: Mapping[str, Any], link: str) -> Contact:
    """The buyer's company, and the papers that it wants with these goods."""
    buyer = call_off.contract.buyer
    products = [*{claim.stock.product_id: claim.stock.product for claim in claims}.values()]
    papers = wanted.asked(products, buyers.wants_of(buyer.id), way)
    return Contact(name=buyer.name, phone="", organisation_id=buyer.id, link=link, papers=papers or ())


def goods_of(claim: Claim, content: Content) -> Goods:
    """One line of a delivery: what this claim holds."""
    product = claim.stock.product
    lines = content["goods"]["lines"]
    grade = lines[0]["grade_words"] if lines else ""
    return Goods(
        product_id=product.id,
        claim_id=claim.id,
        name_vi=product.name_vi,
        name_en=product.name_en,
        grade=(grade or "")[:120],
        packing=(content["goods"]["packing"] or "")[:255],
        unit=product.sale_unit,
        kg_per_unit=catalogue.kg_per_unit(product),
        asked=claim.quantity,
        accepted=claim.quantity,
    )


def content_of(call_off: CallOff) -> Content:
    content = linkage.content_in_force(call_off.contract)
    assert content is not None, "a contract with deliveries to call is signed"
    return content
