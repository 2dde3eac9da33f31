"""What a call-off holds in the ledger of goods, and what it changes in money.

The contract's claim of the week gives its part; what the claim does not hold is promised as far as the week is free.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

from marketplace.catalogue import queries as catalogue
from marketplace.foundation import formats
from marketplace.foundation.calendar import Week
from marketplace.foundation.money import Money, line_total
from marketplace.foundation.sharing import share_by_weight
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l, _n, later, picked_later
from marketplace.linkage import ladder, promising, queries
from marketplace.linkage.models import CallOff, Contract
from marketplace.linkage.states.call_off import CALL_OFF_LABELS, CAUSE_LABELS, NO_HARVEST, Cause
from marketplace.linkage.states.contract import ContractSide
from marketplace.supply import queries as ledger
from marketplace.supply import services as supply
from marketplace.supply.holders import Holder, holder
from marketplace.supply.models import Claim
from marketplace.supply.states import ClaimKind

GRAMS = 1000
LONGEST_NOTE = 300


@holder("call_off")
def named(call_off_ids: Collection[int]) -> Mapping[int, Holder]:
    """What the ledger calls each, and who is told when something is taken from it."""
    return {
        each.id: Holder(
            name=_l(
                "Call of %(buyer)s for %(when)s, contract %(number)s",
                buyer=each.contract.buyer.name,
                when=later(slot_words, each.slot),
                number=each.contract.number or "–",
            ),
            desk_path=f"/desk/calls/{each.ref}",
            office_path=f"/contracts/{each.contract.ref}",
            organisations=(each.contract.buyer_id,),
            told_path=f"/buyer/calls/{each.ref}",
        )
        for each in queries.call_off.call_offs_by_ids(call_off_ids)
    }


@ladder.rung("called")
def called(contract_ids: Collection[int]) -> Mapping[int, Decimal]:
    return queries.call_off.taken_by(contract_ids)


CALL_PAGES = {
    ContractSide.SELLER: "desk_calls.answer",
    ContractSide.BUYER: "buyer_calls.show",
    ContractSide.OFFICE: "office_calls.answer",
}


@ladder.rows("called")
def calls(contract: Contract, side: ContractSide) -> Sequence[ladder.Row]:
    return [
        ladder.Row(
            slot_told(each),
            each.taken,
            str(CALL_OFF_LABELS[each.state]),
            CALL_PAGES[side],
            {"call_off": each.ref},
        )
        for each in queries.call_off.taken_of(contract.id)
    ]


def take(call_off: CallOff, kg: Decimal, *, by: Any) -> None:
    """Hold so much for it beside what is loaded already: out of the contract's claim first."""
    if of_pool(call_off):
        _take_of_members(call_off, kg - call_off.loaded, by)
        return
    missing = _in_unit(call_off, kg) - _sum(_own(call_off))
    for claim in _of(call_off, call_off.contract.holder):
        if missing <= 0:
            return
        part = min(missing, claim.quantity)
        supply.split(claim=claim, quantity=part, holder=call_off.holder, by=by)
        missing -= part
    if missing > 0:
        _promise(call_off, missing, by)


def _promise(call_off: CallOff, quantity: Decimal, by: Any) -> None:
    """As much as is free of the week; the rest waits for its forecast, as the contract does."""
    told = {
        "product_id": call_off.product_id,
        "week": call_off.week,
        "holder": call_off.holder,
        "kind": ClaimKind.CONTRACT,
        "contract_day": call_off.contract.signed_on,
        "by": by,
    }
    try:
        supply.promise(quantity=quantity, **told)
    except supply.NotFree as short:
        if short.available > 0:
            supply.promise(quantity=min(short.available, quantity), **told)


def settle(call_off: CallOff, kg: Decimal, *, by: Any) -> None:
    """Keep so much of what it holds, beside what is loaded already: the rest is free for others."""
    if of_pool(call_off):
        _settle_with_members(call_off, kg - call_off.loaded, by)
        return
    claims = _own(call_off)
    surplus = _sum(claims) - _in_unit(call_off, kg)
    for claim in reversed(claims):
        if surplus <= 0:
            return
        part = min(surplus, claim.quantity)
        if part == claim.quantity:
            supply.release(claim=claim, reason="not called any more", by=by)
        else:
            supply.change_hold(claim=claim, quantity=claim.quantity - part)
        surplus -= part


def fall_short(call_off: CallOff, kg: Decimal, cause: str, words: str, *, by: Any) -> None:
    """Only `kg` of what it holds comes, because the week brings less: its forecast is lower by the rest.

    Where that leaves less than is promised, the contract's right to it stands, and the week falls short until somebody
    asks others, tells the buyers or moves it. Where the week has room, nothing is missing and the rest is free.
    """
    if cause not in NO_HARVEST or of_pool(call_off):
        return
    missing = _sum(_own(call_off)) - _in_unit(call_off, kg)
    told = f"{slot_told(call_off)}, {call_off.contract.buyer.name}: {CAUSE_LABELS[Cause(cause)]}. {words}".strip()
    for claim in reversed(_own(call_off)):
        if missing <= 0:
            return
        part = min(missing, claim.quantity)
        stock = claim.stock
        supply.expect_less(stock=stock, quantity=part, note=told[:LONGEST_NOTE], by=by)
        if stock.short:
            supply.split(claim=claim, quantity=part, holder=call_off.contract.holder, by=by)
        missing -= part


def shortfall_of(call_off: CallOff) -> Any:
    """What of its week is still to be put right, if anything."""
    claims = [*_of(call_off, call_off.holder), *_of(call_off, call_off.contract.holder)]
    found = (ledger.live_shortfall(each) for each in sorted({claim.stock_id for claim in claims}))
    return next((each for each in found if each is not None), None)


def give_back(call_off: CallOff, *, by: Any) -> None:
    """The call is void: what it held is the contract's again."""
    for claim in _own(call_off):
        supply.split(claim=claim, quantity=claim.quantity, holder=call_off.contract.holder, by=by)


# --- a pool's members ---------------------------------------------------------------------------------


def of_pool(call_off: CallOff) -> bool:
    """Its goods come from the members of a pool, each out of what it holds of the week."""
    return call_off.contract.of_pool


def _take_of_members(call_off: CallOff, kg: Decimal, by: Any) -> None:
    """What the members hold of the week gives its part, in proportion; what they do not hold nobody promises."""
    missing = kg - sum((kg_of(claim) for claim in _own(call_off)), Decimal(0))
    claims = _of(call_off, call_off.contract.holder)
    for claim, quantity in _shared(missing, claims):
        supply.split(claim=claim, quantity=quantity, holder=call_off.holder, by=by)


def _settle_with_members(call_off: CallOff, kg: Decimal, by: Any) -> None:
    claims = _own(call_off)
    surplus = sum((kg_of(claim) for claim in claims), Decimal(0)) - kg
    for claim, quantity in _shared(surplus, claims):
        if quantity == claim.quantity:
            supply.release(claim=claim, reason="not called any more", by=by)
        else:
            supply.change_hold(claim=claim, quantity=claim.quantity - quantity)


def _shared(kg: Decimal, claims: Collection[Claim]) -> list[tuple[Claim, Decimal]]:
    """So many kg out of these claims, each in proportion to what it holds (the largest remainder; in whole kilograms
    where all of them are whole, for nobody loads 257.143 kg): claim and quantity in its sale unit, in the order of
    their products."""
    grams = {claim: int(kg_of(claim) * GRAMS) for claim in claims}
    total = min(int(kg * GRAMS), sum(grams.values()))
    if total <= 0:
        return []
    step = 1 if any(each % GRAMS for each in (total, *grams.values())) else GRAMS
    held = {claim: each // step for claim, each in grams.items()}
    shares = share_by_weight(total // step, held, caps=held)
    told = [
        (claim, promising.in_sale_unit(claim.stock.product_id, Decimal(share.amount * step) / GRAMS))
        for claim, share in shares.items()
    ]
    some = [(claim, min(quantity, claim.quantity)) for claim, quantity in told if quantity]
    return sorted(some, key=lambda each: (each[0].stock.product_id, each[0].id))


def kg_of(claim: Claim) -> Decimal:
    """What a claim weighs; nothing where nobody knows."""
    return claim.quantity * (catalogue.kg_per_unit(claim.stock.product) or Decimal(0))


# --- what it holds ------------------------------------------------------------------------------------


def held_of(call_off: CallOff, cooperative_id: int) -> list[Claim]:
    """What it holds of one cooperative's goods: of the seller's, or of a member's of the pool."""
    return [claim for claim in _own(call_off) if claim.stock.product.cooperative_id == cooperative_id]


def held_by(call_offs: Collection[CallOff], cooperative_id: int) -> dict[int, Decimal]:
    """Call-off id → kg that it holds of one cooperative's goods and that are not loaded yet: one statement."""
    told, known = {each.id: Decimal(0) for each in call_offs}, {each.holder: each for each in call_offs}
    for claim in queries.call_off.claims_of_cooperative(known, cooperative_id):
        call_off = known[claim.holder]
        if claim.stock.week == call_off.week:
            told[call_off.id] += kg_of(claim)
    return told


def _in_unit(call_off: CallOff, kg: Decimal) -> Decimal:
    """So many kg without what is loaded, in the product's sale unit."""
    return promising.in_sale_unit(call_off.product_id, max(kg - call_off.loaded, Decimal(0))) or Decimal(0)


def _own(call_off: CallOff) -> list[Claim]:
    return _of(call_off, call_off.holder)


def _of(call_off: CallOff, holder_name: str) -> list[Claim]:
    product_id = None if of_pool(call_off) else call_off.product_id
    return [*queries.call_off.claims_of(holder_name, product_id, call_off.week)]


def _sum(claims: Collection[Claim]) -> Decimal:
    return sum((claim.quantity for claim in claims), Decimal(0))


# --- how it is told -----------------------------------------------------------------------------------


def slot_words(slot: str) -> str:
    """ "2027-W09" or "2027-03-12" as people say it."""
    if "W" in slot:
        week = Week.parse(slot)
        return _("Week %(week)s, from %(day)s", week=week.week, day=formats.date(week.start, locale()))
    return formats.weekday_date(dt.date.fromisoformat(slot), locale())


def slot_told(call_off: CallOff) -> str:
    return slot_words(call_off.slot)


def sum_told(slots: Sequence[tuple[str, Decimal]], goods: Any) -> str:
    """ "2 tấn Cà rốt, Thứ Hai 15/03/2027", or how many deliveries and how much in all, of (slot, kg) each."""
    kg = formats.weight(sum((amount for _slot, amount in slots), Decimal(0)), locale())
    if len(slots) == 1:
        return f"{kg} {goods}, {slot_words(slots[0][0])}"
    return _n("%(num)s delivery, %(kg)s in all", "%(num)s deliveries, %(kg)s in all", len(slots), kg=kg)


def handover_told(contract: Contract) -> str:
    """Between which hours and where the contract wants the goods, as far as it says so."""
    content = queries.content_in_force(contract)
    told = content["delivery"] if content is not None else {}
    hours = (told.get("from_time"), told.get("until_time"))
    at = "–".join(formats.clock_time(each) for each in hours if each is not None)
    return ", ".join(part for part in (at, told.get("place") or "") if part)


def goods_told(call_off: CallOff) -> Any:
    return picked_later(call_off.goods.name_vi, call_off.goods.name_en)


def amount_told(call_off: CallOff) -> str:
    """ "2.000 kg → 1.500 kg" while a change is asked, else what is called."""
    new = formats.weight(call_off.called, locale())
    if not call_off.standing:
        return new
    return f"{formats.weight(call_off.standing, locale())} → {new}"


def effect(call_off: CallOff, price: Money | None) -> Money | None:
    """What the value becomes more (or less, below nothing) than without this call; None without a price."""
    if price is None:
        return None
    return line_total(price, call_off.called) - line_total(price, call_off.before)


def effect_told(difference: Money | None) -> str:
    if not difference:
        return ""
    sign = "+" if difference > 0 else "−"
    return f"{sign}{formats.vnd(abs(difference), locale())}"
