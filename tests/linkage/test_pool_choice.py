"""A pool beside a quote: compared, chosen together, made into contracts."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import update

from marketplace.accounts.models import Person
from marketplace.cooperatives.models import Certificate
from marketplace.cooperatives.states import PaperKind
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.money import Money
from marketplace.foundation.sheets import read_table
from marketplace.linkage import queries, services
from marketplace.linkage.models import Need, Pool, Quote
from marketplace.linkage.states import NeedState, PoolState, QuoteState
from tests.buyers.company import HANH, Company
from tests.client import ReadingClient
from tests.linkage.asked import renewed as need_again
from tests.linkage.gathered import answered, formed, held, ready, renewed, said
from tests.linkage.quoted import again, quoted
from tests.statements import queries_sent
from tests.world import World


def pool_and_quote(
    world: World, company: Company, drain: Any, **told: Any
) -> tuple[Need, Pool, Quote, Person]:
    """Twenty tonnes: a pool of two brings twelve at 6,800, Nhân Huệ quotes twelve at 6,200 with carriage."""
    need, sellers = ready(world, company, 30_000, **told)
    lead, alone, other = sellers
    pool = formed(need, [lead, other], world.officer)
    for seller in (lead, other):
        said(pool, seller, 0, 9_000)
    held(pool, world.officer, drain)
    answered(pool, world.officer)
    quote = quoted(
        need_again(need),
        alone.cooperative,
        alone.carrots,
        alone.director,
        price=Money(6_000),
        carriage=Money(200),
    )
    with transaction():
        services.close_need(need=need_again(need), by=company.hanh)
    return need_again(need), renewed(pool), again(quote), alone.director


def chosen(world: World, company: Company, drain: Any) -> tuple[Need, Pool, Quote, Person]:
    need, pool, quote, seller = pool_and_quote(world, company, drain)
    with transaction():
        services.choose_quotes(
            need=need, shares={quote.id: Decimal(8000)}, pools={pool.id: Decimal(12000)}, by=company.hanh
        )
    return need_again(need), renewed(pool), again(quote), seller


def test_a_pool_stands_beside_a_quote_with_one_line_and_one_price(
    world: World, company: Company, drain: Any, client: ReadingClient
) -> None:
    need, pool, quote, _seller = pool_and_quote(world, company, drain)
    with queries_sent("SELECT") as sent:
        first, second = queries.comparison(need)
    assert len(sent) <= 8
    assert (first.key, second.key) == (str(quote.id), f"pool-{pool.id}")
    assert (first.landed, second.landed, second.quantity, second.members) == (6200, 6800, 12000, 2)
    assert not second.lacking and set(second.quantities) == {line.starts for line in need.lines}
    with transaction():  # one member's paper ends too early: the pool's does
        weakest = Certificate.cooperative_id == pool.members[1].cooperative_id
        db.session.execute(update(Certificate).where(weakest).values(expires_on=need.first_day))
    assert queries.comparison(need_again(need))[1].lacking == [PaperKind.VIETGAP]
    client.sign_in(HANH)
    page = client.get(f"/buyer/requests/{need.ref}/quotes").get_data(as_text=True)
    assert f"/buyer/pools/{pool.ref}" in page and "2 hợp tác xã" in page and "không phải" in page
    assert "2" in client.get(f"/buyer/requests/{need.ref}").get_data(as_text=True)
    sheet = read_table(client.get(f"/buyer/requests/{need.ref}/quotes.xlsx").data, "quotes.xlsx")
    assert len(sheet.rows) == 2


def test_twelve_tonnes_to_the_pool_and_eight_to_the_quote(
    world: World, company: Company, drain: Any, client: ReadingClient
) -> None:
    need, pool, quote, _seller = pool_and_quote(world, company, drain)
    client.sign_in(HANH)
    page = f"/buyer/requests/{need.ref}/choice"
    assert f"share-pool-{pool.id}" in client.get(page).get_data(as_text=True)
    shares = {f"share-{quote.id}": "8 tấn", f"share-pool-{pool.id}": "13 tấn"}
    refused = client.send(page, shares)
    assert refused.status_code == 422 and "12 tấn" in refused.get_data(as_text=True).replace("\xa0", " ")
    assert client.send(page, shares | {f"share-pool-{pool.id}": "12 tấn"}).status_code == 303
    need, pool, quote = need_again(need), renewed(pool), again(quote)
    assert (need.state, need.left) == (NeedState.AWARDED, 0)
    assert (pool.state, pool.won, quote.state) == (PoolState.WON, 12_000, QuoteState.AWARDED)
    assert all(line.left == 0 for line in need.lines)
    assert queries.pool_allocation.allocation_at_work(pool.id) is None


def test_a_pool_of_another_request_or_one_that_lost_is_not_chosen(
    world: World, company: Company, drain: Any
) -> None:
    need, pool, quote, _seller = pool_and_quote(world, company, drain)
    with pytest.raises(Refusal) as refused, transaction():
        services.choose_quotes(need=need, shares={}, pools={pool.id + 7: Decimal(1)}, by=company.hanh)
    assert refused.value.field == f"share-pool-{pool.id + 7}"
    db.session.rollback()
    with transaction():
        services.choose_quotes(
            need=need_again(need), shares={}, pools={pool.id: Decimal(6000)}, by=company.hanh
        )
    pool = renewed(pool)
    assert pool.state is PoolState.WON and again(quote).state is QuoteState.NOT_AWARDED
    assert queries.pool_allocation.allocation_at_work(pool.id) is not None
    with pytest.raises(Refusal), transaction():
        services.choose_quotes(
            need=need_again(need), shares={}, pools={pool.id: Decimal(1)}, by=company.hanh
        )
