"""A reserve steps up for what came back: at once while its quote holds, else it is asked and says yes or no."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from marketplace.foundation import clock, formats
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l
from marketplace.linkage import awarded, queries, quote_holding, reserves
from marketplace.linkage.events import (
    NeedReserveAgreed,
    NeedReserveAsked,
    NeedReserveDeclined,
    NeedReserveDropped,
    NeedReserveEvent,
    NeedReserveSilent,
)
from marketplace.linkage.models import Need, NeedAward, Quote, ReserveAsk
from marketplace.linkage.services import need_section
from marketplace.linkage.services.need_award import Part, award
from marketplace.linkage.services.quote import numbers_of, take_turn, write_version
from marketplace.linkage.services.quote_award import note_chosen, pool_that_waits
from marketplace.linkage.states import AskState, QuoteSide, QuoteState, reserve_ask_lifecycle

ANSWER_WITHIN = dt.timedelta(hours=48)
HOLDS_FOR = dt.timedelta(days=7)
"""A quote that is confirmed holds so long again; what is awarded stays set aside until its contract."""


def step_up(*, need: Need, place: NeedAward, by: Any) -> bool:
    """Give a reserve as much of what is left as it can bring. True when it has it now; False when its quote is no
    longer valid, so that it is asked first.

    Raises Refusal when it no longer waits, or can bring nothing of what is left.
    """
    need_section.take_turn(need)
    db.session.refresh(need, ["lines"])
    found = reserves.of_place(need, place)
    if found is None:
        raise Refusal(_l("They no longer wait in reserve."))
    if not found.could:
        raise Refusal(_l("They can bring nothing of what is left."))
    if found.valid:
        _award(need, place, found.quantities, by)
        return True
    _ask(need, place, found.could, by)
    return False


def agree(*, ask: ReserveAsk, by: Any) -> None:
    """The reserve says yes: its quote holds again, and what it was asked for is awarded to it in the same moment.

    Raises Refusal when the time is over, or so much is no longer left or free.
    """
    need, quote = _open(ask)
    take_turn(quote)
    if quote.state is not QuoteState.RESERVE:
        raise Refusal(_l("This quote no longer waits in reserve."))
    numbers = replace(numbers_of(quote.offer), valid_until=clock.now() + HOLDS_FOR)
    write_version(quote=quote, side=QuoteSide.SELLER, numbers=numbers, by=by)
    found = reserves.of_place(need, ask.award)
    quantities = reserves.spread(need, found, ask.quantity) if found is not None else None
    if found is None or quantities is None:
        most = formats.amount(found.could if found is not None else Decimal(0), need.unit, locale())
        raise Refusal(
            _l(
                "Only %(most)s of it are still left and free. Please talk to the buyer by telephone.",
                most=most,
            )
        )
    _answered(ask, "agree", by)
    announce(_about(NeedReserveAgreed, ask, by))
    _award(need, ask.award, quantities, by)


def decline(*, ask: ReserveAsk, reason: str, by: Any) -> None:
    """The reserve cannot. It goes on waiting for another time."""
    if not reason.strip():
        raise Refusal(_l("Please say why: the buyer reads it."), field="reason")
    _open(ask)
    ask.words = reason.strip()[:400]
    _answered(ask, "decline", by)
    announce(_about(NeedReserveDeclined, ask, by, words=ask.words))


def let_lapse(*, ask_id: int) -> None:
    """Nobody answered in time. Does nothing a second time."""
    ask = queries.ask_by_id(ask_id)
    if ask is None:
        return
    need_section.take_turn(ask.award.need)
    db.session.refresh(ask)
    if ask.state is AskState.ASKED and not ask.waits:
        reserve_ask_lifecycle.advance(ask, "lapse")
        db.session.flush()
        announce(_about(NeedReserveSilent, ask, None))


def drop_asks(*, need: Need, over: bool = False) -> None:
    """Whoever is asked for more than is left, or got its part another way, need not answer any more; nobody where the
    request is over."""
    for ask in queries.waiting_asks(need.id):
        answer = awarded.answer_of(ask.award.source)
        waits = isinstance(answer, Quote) and answer.state is QuoteState.RESERVE
        if over or not waits or ask.quantity > need.left:
            reserve_ask_lifecycle.advance(ask, "drop")
            db.session.flush()
            announce(_about(NeedReserveDropped, ask, None))


def _ask(need: Need, place: NeedAward, quantity: Decimal, by: Any) -> ReserveAsk:
    ask = ReserveAsk(
        award=place,
        quantity=quantity,
        answer_by=clock.now() + ANSWER_WITHIN,
        asked_by_id=id_of(by),
        asked_at=clock.now(),
    )
    db.session.add(ask)
    db.session.flush()
    announce(_about(NeedReserveAsked, ask, by))
    return ask


def _open(ask: ReserveAsk) -> tuple[Need, Quote]:
    """The request and the quote as they stand now, while an answer is awaited."""
    need = ask.award.need
    need_section.take_turn(need)
    db.session.refresh(need, ["lines"])
    db.session.refresh(ask)
    if ask.state is not AskState.ASKED:
        raise Refusal(_l("This is answered already, or the buyer has given it to somebody else."))
    if not ask.waits:
        raise Refusal(_l("The time to answer is over. Please call the buyer."))
    quote = awarded.answer_of(ask.award.source)
    assert isinstance(quote, Quote)
    return need, quote


def _answered(ask: ReserveAsk, move: str, by: Any) -> None:
    who = id_of(by)  # what is read now is not read between the state and its time
    reserve_ask_lifecycle.advance(ask, move)
    ask.answered_by_id, ask.answered_at = who, clock.now()
    db.session.flush()


def _award(need: Need, place: NeedAward, quantities: Mapping[dt.date, Decimal], by: Any) -> None:
    """Its volume first: nothing is awarded that is not set aside."""
    answer = awarded.answer_of(place.source)
    if isinstance(answer, Quote):
        take_turn(answer)
        quote_holding.secure(quote=answer, quantities=quantities, by=by)
    else:
        pool_that_waits(need, answer.id)
    ids = {line.starts: line.id for line in need.lines}
    part = Part(place.cooperative_id, place.source, {ids[day]: amount for day, amount in quantities.items()})
    if isinstance(answer, Quote):
        note_chosen(quote=answer, quantities=quantities, by=by)
    award(need=need, parts=[part], by=by)


def _about(kind: type[NeedReserveEvent], ask: ReserveAsk, by: Any, **told: Any) -> NeedReserveEvent:
    need = ask.award.need
    return kind(
        need_id=need.id,
        organisation_id=need.organisation_id,
        ask_id=ask.id,
        cooperative_id=ask.award.cooperative_id,
        name=ask.award.cooperative.called,
        quantity=format(ask.quantity.normalize(), "f"),
        unit=need.unit,
        actor_id=id_of(by),
        **told,
    )
