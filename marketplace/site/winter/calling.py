"""Calls of the coming week: in full, less, cut later, taken back; answered in full, less, refused, not at all."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import partial

from sqlalchemy import select

from marketplace.foundation.calendar import Week
from marketplace.foundation.db import db
from marketplace.foundation.money import Money
from marketplace.linkage import queries, services
from marketplace.linkage.models import CallOff, Contract
from marketplace.linkage.states.call_off import CALLABLE, CallOffState, Cause
from marketplace.linkage.states.contract import ContractState
from marketplace.site.winter.life import Grower, Season, rounded

GRAM = Decimal("0.001")
WORST = 25
"""Under so many hundredths of what is called a cooperative refuses altogether."""


def call(season: Season, week: Week) -> None:
    """Each buyer calls what it planned for `week`, all of a contract in one letter."""
    for contract_id, buyer_id in season.read(partial(_active, week)):
        season.do("call", partial(_call, season, contract_id, buyer_id, week))


def _active(week: Week) -> list[tuple[int, int]]:
    query = (
        select(Contract.id, Contract.buyer_id)
        .join(CallOff, CallOff.contract_id == Contract.id)
        .where(Contract.state == ContractState.ACTIVE, CallOff.week == str(week), CallOff.state.in_(CALLABLE))
        .distinct()
        .order_by(Contract.id)
    )
    return [(row.id, row.buyer_id) for row in db.session.execute(query)]


def _call(season: Season, contract_id: int, buyer_id: int, week: Week) -> None:
    wanted = {}
    for slot in queries.call_off.plan_of(contract_id, week, 1):
        if slot.state not in CALLABLE or season.happens("skips", "calls"):
            continue
        share = 1.0
        if season.happens("calls_less", "calls"):
            share = season.chance("calls").uniform(0.6, 0.95)
        wanted[slot.ref] = (slot.planned * Decimal(share)).quantize(Decimal(1)) or slot.planned
    if wanted:
        by = season.person(season.company(buyer_id).director)
        services.call_off.call(contract=queries.contract_by_id(contract_id), wanted=wanted, by=by)


# --- answers ------------------------------------------------------------------------------------------


def answer(season: Season) -> None:
    """Each cooperative looks at its fields, and some at the market."""
    for call_off_id in season.read(_called):
        if season.happens("no_answer", "answers"):
            season.done["left unanswered"] += 1
        else:
            season.do("answer", partial(_answer, season, call_off_id))


def _called() -> list[int]:
    query = select(CallOff.id).where(CallOff.state == CallOffState.CALLED)
    return [*db.session.scalars(query.order_by(CallOff.id))]


def _answer(season: Season, call_off_id: int) -> None:
    call_off = db.session.get_one(CallOff, call_off_id)
    grower = season.grower(call_off.contract.cooperative_id)
    by = season.person(grower.director)
    kg, cause = able(season, call_off, grower)
    if kg >= call_off.called:
        services.call_off.answer(call_off=call_off, quantity=call_off.called, by=by)
    else:
        services.call_off.answer(call_off=call_off, quantity=kg, cause=cause, words="", by=by)


def able(season: Season, call_off: CallOff, grower: Grower) -> tuple[Decimal, Cause]:
    """What it will say, and why: its fields first, then what the market pays."""
    slug = season.slug_of(call_off.product)
    there = _there(season, call_off, grower, slug)
    wanted = call_off.called
    if call_off.standing and call_off.called <= call_off.standing:
        return wanted, Cause.OTHER  # a cut: less work
    cause = _weather(season, grower, call_off.week)
    if wanted > there:
        kg = Decimal(max(rounded(float(there), 10), 0))
        return (kg if kg * 100 >= wanted * WORST else Decimal(0)), cause
    if _tempted(season, call_off, grower, slug) and season.happens("sells_aside", "answers"):
        kept = (wanted * Decimal(season.chance("answers").uniform(0.3, 0.8))).quantize(Decimal(10))
        season.aside[call_off.week] += int(wanted - kept)
        season.gone[grower.id, slug, call_off.week] += int(wanted - kept)
        return kept, Cause.HANDS
    return wanted, cause


def _there(season: Season, call_off: CallOff, grower: Grower, slug: str) -> Decimal:
    """Of its own fields, and those of the pool's members when it leads one."""
    growers = [grower]
    if call_off.contract.origin.startswith("pool:"):
        pool = queries.pool.pool_by_id(int(call_off.contract.origin.partition(":")[2]))
        members = pool.members if pool is not None else []
        growers = [season.grower(each.cooperative_id) for each in members if each.product_id is not None]
    accepted = _spoken(grower, call_off)
    return Decimal(sum(season.left(each, slug, call_off.week) for each in growers)) - accepted


def _spoken(grower: Grower, call_off: CallOff) -> Decimal:
    """What it has agreed to bring in this week already, and has not left yet."""
    query = (
        select(CallOff)
        .join(Contract)
        .where(
            Contract.cooperative_id == grower.id,
            CallOff.product_id == call_off.product_id,
            CallOff.week == call_off.week,
            CallOff.state == CallOffState.ACCEPTED,
            CallOff.id != call_off.id,
        )
    )
    return sum((each.accepted for each in db.session.scalars(query)), Decimal(0))


def _weather(season: Season, grower: Grower, week: str) -> Cause:
    if season.weather.get((grower.district, week)):
        return Cause.WEATHER
    return season.chance("causes").choice((Cause.NOT_RIPE, Cause.PESTS, Cause.QUALITY, Cause.TRANSPORT))


def _tempted(season: Season, call_off: CallOff, grower: Grower, slug: str) -> bool:
    agreed = queries.call_off.price_for(call_off.contract, call_off.starts)
    if not agreed:
        return False
    return _gap(agreed, season.price(slug, call_off.week)) > season.behaviour.sells_aside_from * (
        0.5 + grower.faithful
    )


def _gap(agreed: Money, market: int) -> float:
    """Per cent that the market pays more."""
    return (market - int(agreed)) * 100 / int(agreed)


# --- the middle of the week ---------------------------------------------------------------------------


def change(season: Season, week: Week) -> None:
    """Some calls of this week are cut, and answered at once; some are taken back before they are answered."""
    for call_off_id in season.read(partial(_accepted, week)):
        if season.happens("cuts", "changes") and season.do("cut", partial(_cut, season, call_off_id)):
            season.do("answer to a cut", partial(_answer, season, call_off_id))


def _accepted(week: Week) -> list[int]:
    query = select(CallOff.id).where(CallOff.state == CallOffState.ACCEPTED, CallOff.week == str(week))
    return [*db.session.scalars(query.order_by(CallOff.id))]


def _cut(season: Season, call_off_id: int) -> bool:
    call_off = db.session.get_one(CallOff, call_off_id)
    kg = (call_off.accepted * Decimal(season.chance("changes").uniform(0.6, 0.9))).quantize(Decimal(1))
    by = season.person(season.company(call_off.contract.buyer_id).director)
    services.call_off.change(call_off=call_off, quantity=max(kg, Decimal(1)), by=by)
    return True


def take_back(season: Season) -> None:
    for call_off_id in season.read(_called):
        if season.happens("takes_back", "changes"):
            season.do("call taken back", partial(_take_back, season, call_off_id))


def _take_back(season: Season, call_off_id: int) -> None:
    call_off = db.session.get_one(CallOff, call_off_id)
    by = season.person(season.company(call_off.contract.buyer_id).director)
    services.call_off.cancel(call_off=call_off, by=by)


def day_of(call_off: CallOff) -> dt.date:
    """When its goods leave: on its day, or in the middle of its week."""
    return call_off.day or call_off.starts + dt.timedelta(days=2)
