"""Quotes for whoever reads every page: one that stands, one to be decided, one that was chosen and has no contract."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.linkage import queries, services
from marketplace.linkage.models import Need, NeedAward, Quote, ReserveAsk
from marketplace.selection.states import Entered
from tests.buyers.company import Company
from tests.linkage.asked import opened, renewed
from tests.linkage.quoted import again, expecting, quoted
from tests.world import World

PARTS = {"desk_quotes", "buyer_quotes", "office_quotes"}


@dataclass(frozen=True)
class QuotePages:
    """`told` was written down by the office, so that it keeps the request too."""

    unanswered: Need
    standing: Quote
    told: Quote
    chosen: Quote
    award: NeedAward
    ask: ReserveAsk

    def values(self, endpoint: str) -> dict[str, Any]:
        """What the address of this page names."""
        page = endpoint.partition(".")[0]
        if page not in PARTS:
            return {"award": self.award}
        if endpoint in {"desk_quotes.new", "office_quotes.new"}:
            return {"need": self.unanswered}
        if endpoint == "desk_quotes.give_back":
            return {"award": self.award}
        if endpoint == "office_quotes.give_back":
            return {"need": self.chosen.need, "number": self.award.id}
        if endpoint == "desk_quotes.asked":
            return {"ask": self.ask}
        if endpoint.endswith((".take_back", ".reserves")):
            return {"need": self.chosen.need, "number": self.award.id}
        decided = page == "office_quotes" or endpoint == "buyer_quotes.choose"
        quote = self.told if decided else self.standing
        return {"quote": quote, "need": quote.need}

    def again(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """(endpoint, values) of pages to be read once more, of what was chosen."""
        yield "desk_quotes.show", {"quote": self.chosen}
        yield "buyer_quotes.show", {"quote": self.chosen}
        yield "buyer_requests.show", {"need": self.chosen.need}
        seller = self.chosen.cooperative.slug
        yield "office_quotes.new", {"need": self.unanswered, "cooperative": seller}


def quote_pages(world: World, company: Company) -> QuotePages:
    standing, told, chosen = (_quote(world, company) for _each in range(3))
    with transaction():
        for quote in (told, chosen):
            services.close_need(need=renewed(quote.need), by=company.hanh)
        for need in (told.need, chosen.need):
            need.entered, need.told_by = Entered.PHONE, "Chị Hạnh"
        services.choose_quotes(need=renewed(chosen.need), shares={chosen.id: Decimal(800)}, by=company.hanh)
    award = queries.award_of_source(chosen.need_id, chosen.holder)
    assert award is not None
    with transaction():
        ask = ReserveAsk(
            award_id=award.id,
            quantity=Decimal(200),
            answer_by=clock.now() + dt.timedelta(days=1),
            asked_at=clock.now(),
        )
        db.session.add(ask)
    unanswered = opened(company)
    db.session.expire_all()
    return QuotePages(unanswered, again(standing), again(told), again(chosen), award, ask)


def _quote(world: World, company: Company) -> Quote:
    need = opened(company, days=2)
    expecting(need, world.carrots, by=world.director)
    return quoted(need, world.dong_lac, world.carrots, world.director, portion=Decimal(400))
