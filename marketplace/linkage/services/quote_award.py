"""Quotes are chosen: in full, in parts to several, the next in reserve; or none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from marketplace.foundation import clock, formats
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l
from marketplace.linkage import offering, queries, quote_holding
from marketplace.linkage.events import QuoteChosen, QuotePassedOver, QuoteReserved
from marketplace.linkage.models import Need, NeedAward, Quote
from marketplace.linkage.services import need_section
from marketplace.linkage.services.need_award import Part, Reserve, award
from marketplace.linkage.services.quote import take_turn
from marketplace.linkage.states import STANDING, QuoteState, quote_lifecycle


def choose_quotes(
    *,
    need: Need,
    shares: Mapping[int, Decimal],
    reserves: Sequence[int] = (),
    rest_words: str = "",
    by: Any,
) -> list[NeedAward]:
    """Give each chosen quote its share (quote id → amount), the rest in reserve in this order, or not chosen.

    A share is spread over the lines as evenly as its offer allows. Raises Refusal, with the quote's id as its field
    ("share-12"), for a quote that no longer stands or is no longer valid, for more than it offers, and when the lines
    cannot bear these shares together.
    """
    need_section.take_turn(need)
    quotes = {quote.id: quote for quote in queries.quotes_by_ids(need.id, [*shares, *reserves])}
    for quote in sorted(quotes.values(), key=lambda each: each.id):
        take_turn(quote)
    chosen = {id: amount for id, amount in shares.items() if amount}
    spreads = _spread(need, quotes, chosen)
    ids = {line.starts: line.id for line in need.lines}
    made = award(
        need=need,
        parts=[
            Part(
                cooperative_id=quotes[id].cooperative_id,
                source=quotes[id].holder,
                quantities={ids[starts]: amount for starts, amount in spreads[id].items()},
            )
            for id in sorted(chosen)
        ],
        reserves=[
            Reserve(quotes[id].cooperative_id, quotes[id].holder) for id in reserves if id not in chosen
        ],
        by=by,
    )
    for id in sorted(chosen):
        _choose(quotes[id], spreads[id], by)
    for rank, id in enumerate((each for each in reserves if each not in chosen), start=1):
        _reserve(quotes[id], rank, by)
    pass_over_rest(need=need, words=rest_words, by=by, waiting=bool(reserves))
    return made


def pass_over_rest(*, need: Need, words: str = "", by: Any = None, waiting: bool = False) -> None:
    """Whoever is still hoping is told: not chosen. Reserves hope on while `waiting`."""
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


def _spread(
    need: Need, quotes: Mapping[int, Quote], shares: Mapping[int, Decimal]
) -> dict[int, dict[dt.date, Decimal]]:
    if not shares:
        raise Refusal(_l("Choose at least one quote, or say that none is suitable."))
    for id, amount in shares.items():
        _fits(need, quotes.get(id), id, amount)
    lines = offering.wanted_of(need.lines)
    found = offering.spread(lines, {id: quotes[id].offer.quantities for id in shares}, shares)
    if found is None:
        raise Refusal(
            _l(
                "These shares do not fit together: on some days they offer more than you need, on others less."
                " Give one of them less."
            )
        )
    return found


def _fits(need: Need, quote: Quote | None, id: int, amount: Decimal) -> None:
    field = f"share-{id}"
    if quote is None or quote.state not in (*STANDING, QuoteState.RESERVE):
        raise Refusal(_l("This quote no longer stands."), field=field)
    if not quote.offer.valid:
        raise Refusal(_l("This quote is no longer valid: ask them for a new one."), field=field)
    left = {line.starts: line.left for line in need.lines}
    most = sum(
        (min(left.get(day, Decimal(0)), each) for day, each in quote.offer.quantities.items()), Decimal(0)
    )
    if amount < 0 or amount > most:
        told = formats.amount(most, need.unit, locale())
        raise Refusal(
            _l("They offer %(most)s of what is needed: write that or less.", most=told), field=field
        )


def _choose(quote: Quote, quantities: dict[dt.date, Decimal], by: Any) -> None:
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
