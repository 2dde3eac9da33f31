"""One date of a standing order becomes an order, a question or nothing: exactly once, whoever tries how often."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from marketplace.buyers.models import Depot
from marketplace.catalogue import queries as catalogue
from marketplace.catalogue.queries import Agreed
from marketplace.deliveries import services as deliveries
from marketplace.deliveries.regular import BY_AGREEMENT, Regular, regular_ways
from marketplace.deliveries.windows import last_call
from marketplace.foundation import clock, formats
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.money import Money
from marketplace.foundation.reference import random_ref
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l
from marketplace.orders import methods, queries, unloading
from marketplace.orders.events import StandingAboveLimit, StandingAsked, StandingOrdered, StandingSkipped
from marketplace.orders.models import Cart, Order, OrderGroup, StandingOrder, StandingRun, StandingTerms
from marketplace.orders.services import checkout
from marketplace.orders.services.cart import as_far_as_there_is, put
from marketplace.orders.services.standing import each_time, limit_of, wait_turn, write_terms
from marketplace.orders.standing import Date, Wanted, judge
from marketplace.orders.states import Method, RunState, SkipReason, run_lifecycle
from marketplace.places import queries as places
from marketplace.supply.services import NotEnough

ASKED_AT_MOST = dt.timedelta(hours=24)
Short = list[tuple[Wanted, Decimal]]


def deal_with(*, standing: StandingOrder, day: dt.date) -> StandingRun | None:
    """Make what a date brings; None when it was made already or is none of this standing order's dates.

    Raises Refusal when the order itself is refused (no credit, another way): `could_not` writes that down.
    """
    wait_turn(standing)
    terms = standing.terms_on(day)
    if standing.run_on(day) is not None or standing.ended_at is not None:
        return None
    if terms is None or not terms.falls_on(day):
        return None
    ways, agreed = regular_ways(standing.cooperative_id), queries.agreed_with(standing)
    date = judge(standing, day, terms, ways, agreed)
    if date.reason is not None:
        return _nothing(standing, day, date.reason, date.words)
    if _too_late(day, ways[terms.way], terms.depot):
        return _nothing(standing, day, SkipReason.LATE)
    likely = [_as_there_is(each, terms, agreed) for each in date.goods]
    dearer = [each for each in likely if each.dearer_than(terms.tolerance)]
    above = _passed(standing, standing.said_by(day), _sum_of(standing, date, likely, agreed))
    if dearer or above is not None:
        return _ask(standing, date, dearer, above, ways[terms.way])
    return _order(standing, date)


def could_not(*, standing: StandingOrder, day: dt.date, words: str) -> StandingRun | None:
    """The order of a date was refused: written down with the reason, so that both sides know."""
    wait_turn(standing)
    if standing.run_on(day) is not None:
        return None
    return _nothing(standing, day, SkipReason.REFUSED, words)


def agree_to_price(*, run: StandingRun, by: Any) -> StandingRun:
    """The buyer takes the new price, from this date on. Where it rose once more, they are asked once more.

    What is above the limit of whoever said it, or of whoever says yes, waits for somebody who may approve.
    """
    standing, before = _asked(run)
    seen = dict(run.prices)
    ways, agreed = regular_ways(standing.cooperative_id), queries.agreed_with(standing)
    date = judge(standing, run.day, before, ways, agreed)
    risen = [each for each in date.goods if int(each.price) > seen.get(each.product.id, int(each.price))]
    if risen:
        raise Refusal(_l("The price has risen again since we asked. Please look at it once more."))
    if date.reason is not None or _too_late(run.day, ways.get(before.way), before.depot):
        raise Refusal(_l("This date can no longer be ordered."))
    approved = _approves(run, date, agreed, by)
    terms = write_terms(standing=standing, like=before, from_day=run.day, approved=approved, by=by)
    return _order(standing, replace(date, terms=terms), run, approved=approved)


def decline_price(*, run: StandingRun, by: Any) -> None:
    """Nothing on this date; the next one is judged anew."""
    _asked(run)
    _end(run, SkipReason.DECLINED, by)


def lapse_run(*, run: StandingRun) -> None:
    """Nobody answered in time."""
    _asked(run)
    _end(run, SkipReason.UNANSWERED, None)


def _asked(run: StandingRun) -> tuple[StandingOrder, StandingTerms]:
    standing = run.standing
    wait_turn(standing)
    db.session.refresh(run, ["state"])
    if run.state is not RunState.ASKED:
        raise Refusal(_l("This date was dealt with already."))
    terms = standing.terms_on(run.day)
    assert terms is not None, "a date has terms"
    return standing, terms


def _end(run: StandingRun, reason: SkipReason, by: Any) -> None:
    run_lifecycle.advance(run, "skip")
    run.reason = reason
    db.session.flush()
    _tell_skipped(run, by)


def _nothing(standing: StandingOrder, day: dt.date, reason: SkipReason, words: str = "") -> StandingRun:
    run = _made(standing, day, RunState.SKIPPED, reason=reason, words=words[:500])
    _tell_skipped(run, None)
    return run


def _tell_skipped(run: StandingRun, by: Any) -> None:
    announce(
        StandingSkipped(
            standing_id=run.standing_id,
            day=run.day.isoformat(),
            run_id=run.id,
            reason=str(run.reason),
            actor_id=id_of(by),
        )
    )


def likely_sum(run: StandingRun) -> Money:
    """What an asked date would cost today, with delivery."""
    standing = run.standing
    terms = standing.terms_on(run.day)
    assert terms is not None, "a date has terms"
    agreed = queries.agreed_with(standing)
    date = judge(standing, run.day, terms, regular_ways(standing.cooperative_id), agreed)
    return _sum_of(standing, date, [_as_there_is(each, terms, agreed) for each in date.goods], agreed)


def _approves(run: StandingRun, date: Date, agreed: Agreed, by: Any) -> bool:
    """Whether this yes is an approval. Raises Refusal where it would have to be one and cannot."""
    standing = run.standing
    total = _sum_of(standing, date, date.goods, agreed)
    if all(_passed(standing, whose, total) is None for whose in (standing.said_by(run.day), by.id)):
        return False
    approvers = queries.may_approve(run)
    if by.id not in {person.id for person in approvers}:
        names = ", ".join(person.name for person in approvers)
        raise Refusal(_l("This is above the limit. Only %(names)s can say yes.", names=names))
    return True


def _sum_of(standing: StandingOrder, date: Date, goods: Sequence[Wanted], agreed: Agreed) -> Money:
    quantities = {each.product: each.quantity for each in goods}
    return each_time(standing.cooperative_id, date.terms, quantities, agreed)


def _passed(standing: StandingOrder, person_id: int, total: Money) -> Money | None:
    """The limit of this person that the sum is above."""
    limit = limit_of(standing.organisation_id, person_id)
    return limit if limit is not None and total > limit else None


def _ask(
    standing: StandingOrder, date: Date, dearer: Sequence[Wanted], above: Money | None, way: Regular
) -> StandingRun:
    ends = [clock.now() + ASKED_AT_MOST]
    if way.hours is not None:
        windows = unloading.windows_on(way, date.terms.depot, date.day)
        ends += [last_call(way.hours, window) for window in windows[:1]]
    run = _made(
        standing,
        date.day,
        RunState.ASKED,
        prices=[[each.product.id, int(each.price)] for each in dearer],
        above=above,
        answer_by=min(ends),
    )
    event = StandingAsked if above is None else StandingAboveLimit
    announce(event(standing_id=standing.id, day=run.day.isoformat(), run_id=run.id))
    return run


def _order(
    standing: StandingOrder, date: Date, run: StandingRun | None = None, *, approved: bool = False
) -> StandingRun:
    """A cart of its own goes through the same checkout as everybody's; its token makes it happen once."""
    token = f"standing-{standing.ref}-{date.day:%Y%m%d}"
    cart = Cart(token_hash=token, touched_at=clock.now())
    db.session.add(cart)
    db.session.flush()
    short = _fill(cart, date)
    if not cart.items:
        db.session.delete(cart)
        if run is None:
            return _nothing(standing, date.day, SkipReason.SOLD_OUT)
        _end(run, SkipReason.SOLD_OUT, None)
        return run
    order = _place(cart, standing, date, token, approved=approved).orders[0]
    db.session.delete(cart)
    run = _ordered(standing, date, run, order, short)
    announce(
        StandingOrdered(standing_id=standing.id, day=run.day.isoformat(), run_id=run.id, order_id=order.id)
    )
    return run


def _ordered(
    standing: StandingOrder, date: Date, run: StandingRun | None, order: Order, short: Short
) -> StandingRun:
    told = [
        [w.product.name_vi, w.product.name_en, w.product.sale_unit, str(w.quantity), str(got)]
        for w, got in short
    ]
    if run is None:
        return _made(standing, date.day, RunState.ORDERED, order=order, short=told)
    run_lifecycle.advance(run, "order")
    run.order, run.short = order, told
    db.session.flush()
    return run


def _fill(cart: Cart, date: Date) -> Short:
    """Set aside what there is; what there is too little of is taken as far as the buyer allowed."""
    short: Short = [(each, Decimal(0)) for each in date.wanted if each.left_out is not None]
    for each in sorted(date.goods, key=lambda wanted: wanted.product.id):
        got = _put(cart, each, takes_less=date.terms.takes_less)
        if got != each.quantity:
            short.append((each, got))
    return short


def _put(cart: Cart, wanted: Wanted, *, takes_less: bool) -> Decimal:
    product = wanted.product
    try:
        put(cart=cart, product=product, quantity=wanted.quantity)
        return wanted.quantity
    except NotEnough as refusal:
        fewer = as_far_as_there_is(product, wanted.quantity, refusal.available) if takes_less else Decimal(0)
    if fewer:
        put(cart=cart, product=product, quantity=fewer)
    return fewer


def _as_there_is(wanted: Wanted, terms: StandingTerms, agreed: Agreed) -> Wanted:
    """Less than asked may cost more a unit: the buyer is asked before, not told after."""
    product = wanted.product
    if not terms.takes_less or product.available is None:
        return wanted
    fewer = as_far_as_there_is(product, wanted.quantity, product.available)
    if not fewer:
        return wanted
    return replace(wanted, quantity=fewer, price=catalogue.price_for(product, fewer, agreed))


def _place(
    cart: Cart, standing: StandingOrder, date: Date, token: str, *, approved: bool = False
) -> OrderGroup:
    terms = date.terms
    buyer = checkout.Buyer(
        name=standing.buyer,
        phone=standing.buyer_phone,
        email=standing.buyer_email,
        locale=standing.locale,
        person_id=standing.person_id,
        organisation_id=standing.organisation_id,
    )
    agreed = queries.agreed_with(standing)
    choices = {standing.cooperative_id: _choice(cart, standing, date)}
    if terms.method is Method.CARD:
        total = checkout.total_of(cart, choices, agreed)
        methods.check_card(standing.cooperative.organisation_id, total)
    if not approved:
        _within_limit(standing, standing.said_by(date.day), checkout.total_of(cart, choices, agreed))
    return checkout.place(
        cart=cart,
        buyer=buyer,
        address=terms.goes_to,
        depot=terms.depot,
        choices=choices,
        note=_note(terms, date.day),
        form_token=token,
        quote=checkout.digest(cart, choices, agreed),
        terms_version=standing.terms_version,
        approved=approved or standing.said_by(date.day) != standing.person_id,
        by=standing.person,
    )


def _within_limit(standing: StandingOrder, person_id: int, total: Money) -> None:
    """Who began it need not be who said what it brings today: the limit of the latter counts."""
    if (limit := _passed(standing, person_id, total)) is not None:
        raise checkout.NeedsApproval(limit)


def _choice(cart: Cart, standing: StandingOrder, date: Date) -> checkout.Choice:
    terms, agreed = date.terms, queries.agreed_with(standing)
    unit = places.unit_of(terms.goes_to)
    ways = deliveries.options_for(
        cooperative_id=standing.cooperative_id,
        unit_id=unit.id if unit else None,
        kg=checkout.weight(cart.items),
        amount=checkout.goods_total(cart.items, agreed),
        depot=terms.depot,
    )
    option = next((each for each in ways.options if each.key == terms.way), None)
    if option is None:
        raise Refusal(
            _l("The way that was chosen does not fit this time. %(why)s", why=" ".join(ways.missing))
        )
    window = next((each for each in option.windows if each.day == date.day), None)
    if window is None and terms.way != BY_AGREEMENT:
        raise Refusal(_l("This day can no longer be ordered for."))
    return checkout.Choice(
        option=option.snapshot(window), fee=option.fee, method=terms.method, on_account=terms.on_account
    )


def _note(terms: StandingTerms, day: dt.date) -> str:
    """Where no window says the day, the note does."""
    if terms.way != BY_AGREEMENT:
        return terms.note
    return f"{formats.weekday_date(day, locale())}. {terms.note}".strip()


def _too_late(day: dt.date, way: Regular | None, depot: Depot | None) -> bool:
    if way is None or way.hours is None:
        return day <= clock.today()
    windows = unloading.windows_on(way, depot, day)
    return not any(clock.now() <= last_call(way.hours, window) for window in windows)


def _made(standing: StandingOrder, day: dt.date, state: RunState, **told: Any) -> StandingRun:
    run = StandingRun(ref=random_ref(), standing_id=standing.id, day=day, at=clock.now(), state=state, **told)
    db.session.add(run)
    db.session.flush()
    return run
