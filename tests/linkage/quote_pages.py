"""Quotes at each stage, for the test that opens every page."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from marketplace.foundation.db import transaction
from marketplace.foundation.money import Money
from marketplace.linkage import queries, schedule, services
from marketplace.linkage.models import Need, Quote
from marketplace.selection.states import Entered
from tests.buyers.company import Company
from tests.linkage.asked import EACH, carrots, deadline, first_day, opened, renewed
from tests.linkage.quoted import again, expecting, numbers, quoted
from tests.world import World

PAGES = {"desk_quotes", "buyer_quotes", "office_quotes"}


@dataclass(frozen=True)
class Quotes:
    fresh: Need
    sent: Quote
    asked: Quote
    told: Quote

    def values(self, endpoint: str) -> dict[str, Any]:
        """What the address of this page names."""
        page = endpoint.partition(".")[0]
        if page not in PAGES:
            return {}
        if page == "office_quotes":
            return {"quote": self.told, "need": self.told.need}
        if endpoint == "desk_quotes.new":
            return {"need": self.fresh}
        if endpoint in {"desk_quotes.edit", "desk_quotes.withdraw"}:
            return {"quote": self.sent}
        return {"quote": self.asked, "need": self.asked.need}

    def again(self) -> list[tuple[str, dict[str, Any]]]:
        """The same pages once more, of quotes at other stages."""
        return [
            ("desk_quotes.show", {"quote": self.sent}),
            ("buyer_quotes.show", {"quote": self.sent}),
            ("buyer_quotes.list", {"need": self.fresh}),
        ]


def quote_pages(world: World, company: Company) -> Quotes:
    fresh, open_, asked = opened(company), opened(company), opened(company)
    expecting(open_, world.carrots, quantity=200_000, by=world.director)
    told = _told(world, company)
    for need in (open_, asked, told):
        quoted(need, world.dong_lac, world.carrots, world.director)
    sent, given, phoned = (_quote(need, world) for need in (open_, asked, told))
    with transaction():
        for need in (asked, told):
            services.close_need(need=need, by=company.hanh)
        less = numbers(asked, world.carrots, price=Money(5900), portion=Decimal(1000))
        services.counter_quote(quote=given, numbers=less, by=company.hanh)
    return Quotes(renewed(fresh), again(sent), again(given), again(phoned))


def _told(world: World, company: Company) -> Need:
    """As a buyer tells it on the telephone: one day, at its depot."""
    by = world.officer
    with transaction():
        need = services.draft_need(
            organisation=company.bigmart, goods=carrots(), entered=Entered.PHONE, told_by="Chị Hạnh", by=by
        )
        services.set_amounts(need=need, portions=schedule.daily(first_day(), first_day(), EACH), by=by)
        services.set_delivery(need=need, depot=company.store, arrives_from=None, arrives_until=None, by=by)
        services.set_deadlines(need=need, quotes_until=deadline(), questions_until=None, by=by)
        services.open_need(need=need, by=by)
    return renewed(need)


def _quote(need: Need, world: World) -> Quote:
    found = queries.quote_of(need.id, world.dong_lac.id)
    assert found is not None
    return found
