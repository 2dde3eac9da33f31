"""A contract's claims in the ledger of goods: each week of its schedule promises volume of its product.

Contracts are signed before anybody knows the harvest: what a week does not hold yet is promised as soon as a forecast
says so (reactions). Never more than was agreed, never more than is free. What an award holds already passes to its
contract kilogram by kilogram, so that nothing is free or promised twice in between.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from decimal import ROUND_DOWN, Decimal
from typing import Any

from marketplace.catalogue import queries as catalogue
from marketplace.catalogue.models import Product
from marketplace.foundation import clock
from marketplace.foundation.calendar import week_of
from marketplace.foundation.db import db
from marketplace.foundation.quantity import STEP
from marketplace.foundation.words import _l
from marketplace.linkage import agreement, queries
from marketplace.linkage.models.contract import Contract
from marketplace.linkage.states.contract import LIVE
from marketplace.linkage.terms import Content
from marketplace.supply import queries as ledger
from marketplace.supply import services as supply
from marketplace.supply.holders import Holder, holder
from marketplace.supply.models import Claim
from marketplace.supply.states import ClaimKind, ClaimState

Key = tuple[int, str]


def promise_schedule(contract: Contract, content: Content, *, by: Any) -> None:
    """Claims as the text in force wants them: what an annex took out is free again, what it added is promised."""
    take_over(contract, by=by)
    if (
        contract.of_pool
    ):  # each member brings what the pool's computation says; what is missing is shared anew there
        return
    wanted, held = _still_wanted(contract, content), _held(contract)
    for key, claims in held.items():
        _lessen(claims, _sum(claims) - wanted.get(key, Decimal(0)), by)
    held = _held(contract)
    for key in sorted(wanted):
        _promise(contract, key, wanted[key] - _sum(held.get(key, [])), by)


def promise_week(contract: Contract, product_id: int, week: str, *, by: Any = None) -> None:
    """One week once more: its forecast was changed."""
    content = queries.content_in_force(contract)
    wanted = _still_wanted(contract, content).get((product_id, week)) if content is not None else None
    if wanted is not None and not contract.of_pool:
        _promise(contract, (product_id, week), wanted - _sum(_held(contract).get((product_id, week), [])), by)


def take_over(contract: Contract, *, by: Any) -> None:
    """What the award of this contract still holds becomes the contract's: the same kilograms, never free between."""
    if not contract.of_award:
        return
    for claim in ledger.claims_of(contract.origin):
        if claim.state is ClaimState.HELD:
            supply.convert(claim=claim, kind=ClaimKind.CONTRACT, holder=contract.holder, by=by)
            claim.contract_day = contract.signed_on


def _lessen(claims: Sequence[Claim], over: Decimal, by: Any) -> None:
    """So much is free again, of the newest claims first."""
    for claim in reversed(claims):
        if over <= 0:
            return
        freed = min(over, claim.quantity)
        if freed == claim.quantity:
            supply.release(claim=claim, reason="contract changed", by=by)
        else:
            supply.change_hold(claim=claim, quantity=claim.quantity - freed)
        over -= freed


def release(contract: Contract, *, by: Any) -> None:
    """The contract has ended: whatever it still held is free."""
    for claims in _held(contract).values():
        for claim in claims:
            supply.release(claim=claim, reason="contract ended", by=by)


def wanted_weeks(content: Content) -> dict[Key, Decimal]:
    """(product id, week) → quantity in the product's sale unit, of this week and those to come."""
    products, this_week = queries.products_of(content), str(week_of(clock.today()))
    told: dict[Key, Decimal] = {}
    for (goods, week), kg in agreement.by_week(agreement.schedule(content)).items():
        quantity = in_sale_unit(products[goods], kg) if week >= this_week else None
        if quantity:
            told[products[goods], week] = told.get((products[goods], week), Decimal(0)) + quantity
    return told


def _still_wanted(contract: Contract, content: Content) -> dict[Key, Decimal]:
    """Without what was called off: a call-off holds its own part, and what was refused is not promised anew."""
    spoken = queries.call_off.spoken_for(contract.id)
    return {
        key: max(quantity - (in_sale_unit(key[0], spoken.get(key, Decimal(0))) or Decimal(0)), Decimal(0))
        for key, quantity in wanted_weeks(content).items()
    }


def set_aside(contract: Contract) -> dict[Key, Decimal]:
    """(product id, week) → what the ledger holds for this contract now."""
    return {key: _sum(claims) for key, claims in _held(contract).items()}


@holder("contract")
def named(contract_ids: Collection[int]) -> Mapping[int, Holder]:
    """What the ledger calls a contract, and who has to be told when something is taken from it."""
    return {
        contract.id: Holder(
            name=_l(
                "Contract %(number)s with %(buyer)s", number=contract.number or "–", buyer=contract.buyer.name
            ),
            desk_path=f"/contracts/{contract.ref}",
            office_path=f"/contracts/{contract.ref}",
            organisations=(contract.buyer_id,),
            told_path=f"/contracts/{contract.ref}",
        )
        for contract in queries.contracts_by_ids(contract_ids)
    }


def _promise(contract: Contract, key: Key, quantity: Decimal, by: Any) -> None:
    """As much as is free of this week; nothing is no trouble."""
    if quantity <= 0 or contract.state not in LIVE:
        return
    product_id, week = key
    told = {
        "product_id": product_id,
        "week": week,
        "holder": contract.holder,
        "kind": ClaimKind.CONTRACT,
        "contract_day": contract.signed_on,
        "by": by,
    }
    try:
        supply.promise(quantity=quantity, **told)
    except supply.NotFree as short:
        if short.available > 0:
            supply.promise(quantity=min(short.available, quantity), **told)


def _held(contract: Contract) -> dict[Key, list[Claim]]:
    held: dict[Key, list[Claim]] = {}
    for claim in queries.claims_held(contract):
        held.setdefault((claim.stock.product_id, claim.stock.week), []).append(claim)
    return held


def _sum(claims: Collection[Claim]) -> Decimal:
    return sum((claim.quantity for claim in claims), Decimal(0))


def in_sale_unit(product_id: int, kg: Decimal) -> Decimal | None:
    product = db.session.get(Product, product_id)
    weighs = catalogue.kg_per_unit(product) if product is not None else None
    return (kg / weighs).quantize(STEP, ROUND_DOWN) if weighs else None
