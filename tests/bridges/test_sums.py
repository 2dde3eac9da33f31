"""Sums of deal paths: whatever is linked and taken away, each contract is counted once, figures are their rows."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text, update

from marketplace.bridges import fair_deal_becomes_contract as papers
from marketplace.bridges import queries, services
from marketplace.bridges.happening import of_lead, of_meeting
from marketplace.bridges.invariants import CHECKS
from marketplace.bridges.models import DealLink
from marketplace.bridges.queries.sums import StepRow
from marketplace.bridges.states import How, Step
from marketplace.fairs.states import DealKind
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.money import Money
from marketplace.fulfilment.models import Settlement
from marketplace.fulfilment.states import SettlementState
from marketplace.fulfilment.worth import accepted_worth
from marketplace.linkage import services as linkage_services
from marketplace.linkage.models import Contract
from marketplace.linkage.reckoning.breach import bounds
from tests.bridges.dealt import contact, meeting
from tests.buyers.company import HANH, Company
from tests.client import ReadingClient, another
from tests.fairs.showing import showing, signed
from tests.fulfilment.settled import confirmed, drawn, slip
from tests.fulfilment.world import good, kept
from tests.linkage.agreed import in_force
from tests.linkage.asked import opened
from tests.linkage.gathered import renewed
from tests.linkage.quoted import expecting, quoted
from tests.linkage.test_pool_choice import pool_and_quote
from tests.world import World

DRAWN = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 4)), max_size=12)


def test_random_links_never_count_twice(world: World, company: Company) -> None:
    """Two fairs, contacts, meetings and papers; requests and contracts; links made and removed as they come."""
    fairs = [showing(world), showing(world)]
    happened: list[Any] = [of_lead(contact(world, each.carrots)) for each in fairs]
    happened += [of_meeting(meeting(each.carrots, company)) for each in fairs]
    deals = [signed(world, each.carrots, DealKind.MEMORANDUM, 7_000_000) for each in fairs]
    contracts: list[Any] = [in_force(world, company) for _ in range(2)]
    targets = [opened(company) for _ in range(3)] + contracts

    def press(what: int, where: int) -> None:
        to = targets[where]
        with transaction():
            if what < 4:
                services.link(happened=happened[what], to=to, how=How.CONFIRMED, by=world.officer)
            elif what < 6:
                papers.confirm(deal=deals[what - 4], contract=contracts[where % 2], by=world.officer)
            else:
                standing = db.session.scalars(select(DealLink).where(DealLink.removed_at.is_(None))).first()
                if standing is not None:
                    services.remove_link(link=standing, reason="Nhầm", by=world.officer)

    @settings(max_examples=12)
    @given(DRAWN)
    def run(steps: list[tuple[int, int]]) -> None:
        for step in steps:
            try:
                press(*step)
            except Refusal:
                db.session.rollback()
        db.session.expire_all()
        assert {number: check() for number, (_sentence, check) in CHECKS.items()} == dict.fromkeys(CHECKS, 0)
        figures = queries.figures_of_fairs([each.fair for each in fairs])
        assert sum(each.sums.contracts for each in figures) <= 2
        for each in figures:
            rows: list[StepRow] = queries.rows_of(each.fair, Step.CONTRACTS)
            assert len(rows) == each.sums.contracts
            assert sum((row.value or Money(0) for row in rows), Money(0)) == each.sums.value
            assert sum((row.kg or Decimal(0) for row in rows), Decimal(0)) == each.sums.agreed
            assert len(queries.rows_of(each.fair, Step.REQUESTS)) == each.sums.requests

    run()


def test_a_request_carries_its_quotes_awards_and_contracts(world: World, company: Company) -> None:
    at, need = showing(world), opened(company)
    expecting(need, world.carrots, by=world.director)
    quote = quoted(need, world.dong_lac, world.carrots, world.director)
    sat = meeting(at.carrots, company)
    with transaction():
        services.link(happened=of_meeting(sat), to=need, how=How.SAID, by=company.hanh)
    sums = queries.figures_of_fairs([at.fair])[0].sums
    assert (sums.requests, sums.requested, sums.quotes, sums.contracts) == (1, Decimal(20_000), 1, 0)
    contract = in_force(world, company)
    contract.origin = quote.holder
    db.session.execute(
        text(
            "INSERT INTO need_awards (need_id, cooperative_id, kind, source, quantity, at) "
            "VALUES (:need, :seller, 'part', :source, 12000000, :at)"
        ),
        {
            "need": need.id,
            "seller": world.dong_lac.id,
            "source": quote.holder,
            "at": clock.now(),
        },
    )
    db.session.commit()
    sums = queries.figures_of_fairs([at.fair])[0].sums
    assert (sums.awarded, sums.contracts, sums.value) == (Decimal(12_000), 1, contract.value)
    path = queries.path_of_contract(contract)
    assert path is not None and path.need_id == need.id
    deal = signed(world, at.carrots, DealKind.CONTRACT, 1_000_000)
    with transaction():
        link = papers.confirm(deal=deal, contract=contract, by=world.director)
    assert link.path_id == path.id, "the contract of a request stands on the path of the request"
    assert queries.figures_of_fairs([at.fair])[0].sums.contracts == 1
    assert {number: check() for number, (_sentence, check) in CHECKS.items()} == dict.fromkeys(CHECKS, 0)


def test_a_contract_planted_on_two_paths_is_found(world: World, company: Company) -> None:
    at = showing(world)
    contract = in_force(world, company)
    deal = signed(world, at.carrots, DealKind.CONTRACT, 1_000_000)
    with transaction():
        link = papers.confirm(deal=deal, contract=contract, by=world.officer)
    link.to_id = 999
    db.session.commit()
    assert CHECKS["I3"][1]() == 1
    link.to_id = contract.id
    link.removed_at, link.removed_reason = clock.now(), "x"
    db.session.commit()
    assert CHECKS["I2"][1]() == 1, "a living path without a standing link"


def test_the_view_of_contracts_says_what_the_text_says(world: World, company: Company) -> None:
    contract = in_force(world, company)
    row = db.session.execute(text("SELECT * FROM v_contract WHERE id = :id"), {"id": contract.id}).one()
    lower, upper = bounds(contract.agreed, Decimal(5))
    assert (Decimal(str(row.qty_min)), Decimal(str(row.qty_max))) == (lower, upper)
    assert (row.state, row.rfq_id, row.value) == ("active", None, 124_000_000)
    fresh = db.session.get_one(Contract, contract.id)
    assert (fresh.least, fresh.most) == (lower, upper)


def test_a_deal_from_the_paper_to_the_money(world: World, company: Company) -> None:
    """Delivered, accepted and paid: firm slips at the price of their grade, sheets once they are paid."""
    at = showing(world)
    contract = kept(world, company)
    deal = signed(world, at.carrots, DealKind.CONTRACT, 1_000_000)
    with transaction():
        papers.confirm(deal=deal, contract=contract, by=world.officer)
    assert queries.figures_of_fairs([at.fair])[0].sums.accepted == 0
    slip(world, company, contract, good(1900), good(100, "2"))
    sums = queries.figures_of_fairs([at.fair])[0].sums
    worth = 1900 * 6_200 + 100 * 4_300
    assert {sums.called, sums.delivered, sums.accepted} == {Decimal(2000)}
    assert (sums.accepted_value, sums.paid_value) == (worth, 0)
    sheet = confirmed(drawn(contract, company.huy), world, company)
    assert queries.figures_of_fairs([at.fair])[0].sums.paid_value == 0, "confirmed is not paid"
    db.session.execute(update(Settlement).values(state=SettlementState.PAID, paid_at=clock.now()))
    db.session.commit()
    assert queries.figures_of_fairs([at.fair])[0].sums.paid_value == sheet.goods == worth
    for step in (Step.DELIVERED, Step.ACCEPTED, Step.PAID):
        assert [row.contract for row in queries.rows_of(at.fair, step)] == [contract.ref]
    assert accepted_worth([]) == {}


def test_an_answer_of_a_pool_is_a_quote_too(
    world: World, company: Company, drain: Any, client: ReadingClient
) -> None:
    """It is counted, its row says who leads it, and it opens for the buyer, the office and the lead."""
    at = showing(world)
    need, pool, _quote, _seller = pool_and_quote(world, company, drain)
    sat = meeting(at.carrots, company)
    with transaction():
        services.link(happened=of_meeting(sat), to=need, how=How.SAID, by=company.hanh)
    assert queries.figures_of_fairs([at.fair])[0].sums.quotes == 2
    rows = queries.rows_of(at.fair, Step.QUOTES)
    assert len(rows) == 2 and any("Nhóm" in row.detail for row in rows)
    path = queries.path_of_need(need)
    assert path is not None
    for email, page, row in (
        (HANH, f"/buyer/deals/{path.ref}", f"/buyer/pools/{pool.ref}"),
        (world.officer.email, f"/office/deals/{path.ref}", f"/office/pools/{pool.ref}"),
        (world.director.email, f"/desk/deals/{path.ref}", f"/desk/pools/led/{pool.ref}"),
    ):
        reader = another(client.application)
        reader.sign_in(email)
        assert row in reader.get(page).get_data(as_text=True), page
        assert reader.get(row).status_code == 200, row
    with transaction():
        linkage_services.dissolve_pool(pool=renewed(pool), reason="Thôi", by=world.officer)
    assert queries.figures_of_fairs([at.fair])[0].sums.quotes == 1
