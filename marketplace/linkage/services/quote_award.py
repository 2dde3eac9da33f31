"""Quotes and pools are chosen: in full, in parts to several, the next in reserve; or none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from marketplace.foundation import clock, formats
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l
from marketplace.linkage import offering, pool_holding, queries, quote_holding
from marketplace.linkage.events import QuoteChosen, QuotePassedOver, QuoteReserved
from marketplace.linkage.models import Need, NeedAward, Pool, Quote
from marketplace.linkage.services import need_section
from marketplace.linkage.services.need_award import Part, Reserve, award
from marketplace.linkage.services.pool import note_pool_lost
from marketplace.linkage.services.quote import take_turn
from marketplace.linkage.states import STANDING, WAITING, PoolState, QuoteState, quote_lifecycle


def choose_quotes(
    *,
    need: Need,
    shares: Mapping[int, Decimal],
    pools: Mapping[int, Decimal] | None = None,
    reserves: Sequence[str] = (),
    rest_words: str = "",
    by: Any,
) -> list[NeedAward]:
    """Give each chosen quote its share (quote id → amount), each chosen pool its own (pool id → amount); the next wait
    in reserve in this order ("quote:12", "pool:7") with what they hold; the rest is not chosen.

    A share is spread over the lines as evenly as its offer allows. A pool that is neither goes on answering as long as
    something is left. Who waits in reserve already keeps that place. Raises Refusal, with the quote or pool as its
    field ("share-12", "share-pool-7"), for one that no longer stands or is no longer valid, for more than it offers,
    and when the lines cannot bear these shares together.
    """
    need_section.take_turn(need)
    quotes = {quote.id: quote for quote in queries.quotes_by_ids(need.id, [*shares, *_quote_ids(reserves)])}
    for quote in sorted(quotes.values(), key=lambda each: each.id):
        take_turn(quote)
    chosen = {id: amount for id, amount in shares.items() if amount}
    offers = [_of_quote(need, quotes.get(id), id, chosen[id]) for id in sorted(chosen)]
    offers += [_of_pool(need, id, amount) for id, amount in sorted((pools or {}).items()) if amount]
    spreads, taken = _spread(need, offers), {offer.source for offer in offers}
    ids = {line.starts: line.id for line in need.lines}
    made = award(
        need=need,
        parts=[
            Part(
                cooperative_id=offer.cooperative_id,
                source=offer.source,
                quantities={ids[starts]: amount for starts, amount in spread.items()},
            )
            for offer, spread in zip(offers, spreads, strict=True)
        ],
        reserves=_waiting(need, quotes, [each for each in reserves if each not in taken]),
        by=by,
    )
    for id, spread in zip(sorted(chosen), spreads, strict=False):
        note_chosen(quote=quotes[id], quantities=spread, by=by)
    ranks = {each.source: each.rank for each in made if each.rank is not None}
    for quote in quotes.values():
        if quote.holder in ranks:
            _reserve(quote, ranks[quote.holder], by)
    pass_over_rest(need=need, words=rest_words, by=by, waiting=bool(reserves))
    return made


def pass_over_rest(*, need: Need, words: str = "", by: Any = None, waiting: bool = False) -> None:
    """Whoever is still hoping is told: not chosen. Reserves hope on while `waiting`, quotes and pools alike."""
    if not waiting:
        for pool in queries.pool.pools_chosen_from(need.id, [PoolState.RESERVE]):
            note_pool_lost(pool=pool, by=by)
    hoping = STANDING if waiting else (*STANDING, QuoteState.RESERVE)
    for quote in queries.quotes_in(need.id, hoping):
        take_turn(quote)
        quote_lifecycle.advance(quote, "pass_over")
        quote.decided_at = clock.now()
        quote_holding.let_go(quote=quote, reason="not chosen", by=by)
        announce(
            QuotePassedOver(
                quote_id=quote.id,
                need_id=need.id,
                cooperative_id=quote.cooperative_id,
                words=words.strip()[:500],
                actor_id=id_of(by),
            )
        )


@dataclass(frozen=True)
class _Offer:
    """What may be chosen: from whom, by which answer, how much of each line, and how much of it the buyer wants."""

    cooperative_id: int
    source: str
    quantities: Mapping[dt.date, Decimal]
    share: Decimal


def _of_quote(need: Need, quote: Quote | None, id: int, amount: Decimal) -> _Offer:
    field = f"share-{id}"
    if quote is None or quote.state not in (*STANDING, QuoteState.RESERVE):
        raise Refusal(_l("This quote no longer stands."), field=field)
    if not quote.offer.valid:
        raise Refusal(_l("This quote is no longer valid: ask them for a new one."), field=field)
    return _fitting(need, _Offer(quote.cooperative_id, quote.holder, quote.offer.quantities, amount), field)


def _of_pool(need: Need, id: int, amount: Decimal) -> _Offer:
    """Whoever runs it waits: its shares stay as they are until the choice is made."""
    field = f"share-pool-{id}"
    pool = pool_that_waits(need, id, field)
    offered = queries.offered_by_pool(pool)
    return _fitting(need, _Offer(pool.lead_id, f"{pool_holding.HOLDER}:{pool.id}", offered, amount), field)


def pool_that_waits(need: Need, id: int, field: str | None = None) -> Pool:
    """As it stands now. Raises Refusal for one that can no longer be chosen."""
    pool = db.session.get(Pool, id, with_for_update={"of": Pool}, populate_existing=True)
    if pool is None or pool.need_id != need.id or pool.state not in WAITING:
        raise Refusal(_l("This pool no longer stands."), field=field)
    return pool


def _quote_ids(sources: Iterable[str]) -> list[int]:
    parts = [source.partition(":") for source in sources]
    return [int(number) for kind, _sign, number in parts if kind == quote_holding.HOLDER]


def _waiting(need: Need, quotes: Mapping[int, Quote], sources: Iterable[str]) -> list[Reserve]:
    """Who waits in reserve from now on, in this order; not those who do already."""
    found = []
    for source in sources:
        kind, _sign, number = source.partition(":")
        if kind == pool_holding.HOLDER:
            pool = pool_that_waits(need, int(number), f"reserve-pool-{number}")
            waits, cooperative_id = pool.state is PoolState.RESERVE, pool.lead_id
        elif (quote := quotes.get(int(number))) is not None:
            waits, cooperative_id = quote.state is QuoteState.RESERVE, quote.cooperative_id
        else:
            raise Refusal(_l("This quote no longer stands."), field=f"reserve-{number}")
        if not waits:
            found.append(Reserve(cooperative_id, source))
    return found


def _fitting(need: Need, offer: _Offer, field: str) -> _Offer:
    most = queries.fitting(need, offer.quantities)
    if offer.share < 0 or offer.share > most:
        told = formats.amount(most, need.unit, locale())
        raise Refusal(
            _l("They offer %(most)s of what is needed: write that or less.", most=told), field=field
        )
    return offer


def _spread(need: Need, offers: Sequence[_Offer]) -> list[dict[dt.date, Decimal]]:
    """How each of them delivers its share, line by line."""
    if not offers:
        raise Refusal(_l("Choose at least one quote, or say that none is suitable."))
    found = offering.spread(
        offering.wanted_of(need.lines),
        {at: offer.quantities for at, offer in enumerate(offers)},
        {at: offer.share for at, offer in enumerate(offers)},
    )
    if found is None:
        raise Refusal(
            _l(
                "These shares do not fit together: on some days they offer more than you need, on others less."
                " Give one of them less."
            )
        )
    return [found[at] for at in range(len(offers))]


def note_chosen(*, quote: Quote, quantities: Mapping[dt.date, Decimal], by: Any) -> None:
    """It has so much of each line: that stays set aside until its contract, the rest is free."""
    quote_lifecycle.advance(quote, "award")
    quote.decided_at = clock.now()
    quote_holding.keep_awarded(quote=quote, quantities=quantities, by=by)
    total = sum(quantities.values(), Decimal(0))
    announce(
        QuoteChosen(
            quote_id=quote.id,
            need_id=quote.need_id,
            cooperative_id=quote.cooperative_id,
            quantity=format(total.normalize(), "f"),
            unit=quote.need.unit,
            actor_id=id_of(by),
        )
    )


def _reserve(quote: Quote, rank: int, by: Any) -> None:
    quote_lifecycle.advance(quote, "reserve")
    quote.decided_at = clock.now()
    announce(
        QuoteReserved(
            quote_id=quote.id,
            need_id=quote.need_id,
            cooperative_id=quote.cooperative_id,
            rank=rank,
            actor_id=id_of(by),
        )
    )
