"""Where a deal began: the first fair counts, days and parties fit, each side may object, nothing is counted twice."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from flask import Flask

from marketplace.bridges import fair_contact_becomes_request as contacts
from marketplace.bridges import fair_deal_becomes_contract as papers
from marketplace.bridges import queries, services
from marketplace.bridges.happening import of_fair_deal, of_lead, of_meeting
from marketplace.bridges.invariants import CHECKS
from marketplace.bridges.models import DealLink, DealPath
from marketplace.bridges.states import How, PathSide, Step
from marketplace.fairs import services as fairs
from marketplace.fairs.states import DealKind
from marketplace.foundation import clock
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.linkage.states import NeedState
from tests.bridges.dealt import contact, meeting, paper_linked, path_of, written_down
from tests.buyers.company import Company
from tests.fairs.showing import showing, signed
from tests.letters import letters_to
from tests.linkage.agreed import in_force
from tests.linkage.asked import carrots, opened
from tests.world import World


def broken() -> dict[str, int]:
    db.session.expire_all()
    return {number: found for number, (_sentence, check) in CHECKS.items() if (found := check())}


def test_a_contact_becomes_a_request_once(world: World, company: Company) -> None:
    lead = contact(world, showing(world).carrots)
    assert queries.buyers_like(lead) == [company.bigmart]
    assert contacts.goods_wanted(lead) == [carrots()]
    need = written_down(world, company, lead)
    assert (need.state, need.organisation_id, need.goods_id) == (
        NeedState.DRAFT,
        company.bigmart.id,
        carrots().id,
    )
    assert need.commodity_id == world.carrots.commodity_id and need.told_by == "Chị Hạnh"
    assert written_down(world, company, lead).id == need.id, "pressed twice it is one request"
    path = path_of(need)
    assert path.fair_id == lead.fair_id and [link.how for link in path.links] == [How.MADE]
    assert broken() == {}


def test_a_contact_is_asked_once_and_only_when_it_agreed(world: World, company: Company) -> None:
    stand = showing(world).carrots
    lead = contact(world, stand, email="lan@sieuthi.example")
    for _ in range(2):
        with transaction():
            contacts.invite(lead=lead, by=world.director)
    letters = letters_to("lan@sieuthi.example")
    assert len(letters) == 1
    found = contacts.lead_behind(contacts.path_for(lead).rsplit("/", 1)[1])
    assert found is not None and found.id == lead.id
    with transaction():
        fairs.forget_lead(lead=lead, by=world.director)
    assert contacts.lead_behind(contacts.path_for(lead).rsplit("/", 1)[1]) is None
    assert contacts.lead_behind("x" * 40) is None
    silent = contact(world, stand, name="", phone="", consent_text="")
    with pytest.raises(Refusal, match="đồng ý"), transaction():
        contacts.invite(lead=silent, by=world.director)


def test_the_first_fair_wins(world: World, company: Company) -> None:
    one, other = showing(world), showing(world)
    need = opened(company)
    first, second = meeting(one.carrots, company), meeting(other.carrots, company)
    with transaction():
        services.link(happened=of_meeting(first), to=need, how=How.SAID, by=company.hanh)
    with pytest.raises(Refusal, match=one.fair.name_vi), transaction():
        services.link(happened=of_meeting(second), to=need, how=How.SAID, by=company.hanh)
    assert broken() == {}


def test_what_was_linked_twice_is_one_link(world: World, company: Company) -> None:
    need, sat = opened(company), meeting(showing(world).carrots, company)
    with transaction():
        first = services.link(happened=of_meeting(sat), to=need, how=How.SAID, by=company.hanh)
        again = services.link(happened=of_meeting(sat), to=need, how=How.SAID, by=company.hanh)
    assert first is again and db.session.query(DealLink).count() == 1


def test_days_and_parties_must_fit(world: World, company: Company) -> None:
    at = showing(world)
    early = opened(company)
    early.drafted_at = clock.now() - dt.timedelta(days=3)
    db.session.commit()
    lead = contact(world, at.carrots)
    with pytest.raises(Refusal, match="trước"), transaction():
        services.link(happened=of_lead(lead), to=early, how=How.SAID, by=company.hanh)
    deal = signed(world, at.carrots, DealKind.CONTRACT, 10_000_000)
    contract = in_force(world, company)
    elsewhere = replace(of_fair_deal(deal), cooperative_id=world.kinh_mon.id)
    with pytest.raises(Refusal, match="HTX khác"), transaction():
        services.link(happened=elsewhere, to=contract, how=How.CONFIRMED, by=world.officer)


def test_a_paper_becomes_one_contract(world: World, company: Company) -> None:
    at = showing(world)
    deal, contract = paper_linked(world, company, at.carrots)
    second = in_force(world, company)
    with pytest.raises(Refusal, match="khác"), transaction():
        papers.confirm(deal=deal, contract=second, by=world.officer)
    figures = queries.figures_of_fairs([at.fair])[0]
    assert (figures.sums.contracts, figures.sums.agreed, figures.sums.value) == (
        1,
        Decimal(20_000),
        124_000_000,
    )
    assert (figures.declared.papers, figures.declared.linked) == (1, 1)
    assert [row.contract for row in queries.rows_of(at.fair, Step.CONTRACTS)] == [contract.ref]
    assert broken() == {}


def test_likely_contracts_come_first(world: World, company: Company) -> None:
    at = showing(world)
    in_force(world, company)
    deal = signed(world, at.carrots, DealKind.MEMORANDUM, 1, partner="Cty BigMart", product=world.carrots)
    found = papers.suggestions(deal)
    assert [(each.same_partner, each.same_goods, each.likely) for each in found] == [(True, True, True)]
    strange = signed(world, at.carrots, DealKind.MEMORANDUM, 1, partner="Công ty TNHH Hansalim")
    assert [each.worth for each in papers.suggestions(strange)] == [0]


def test_a_contract_signed_too_late_is_shown_and_not_counted(world: World, company: Company) -> None:
    at = showing(world)
    _deal, contract = paper_linked(world, company, at.carrots)
    path = path_of(contract=contract)
    path.counts_until = clock.today() - dt.timedelta(days=1)
    db.session.commit()
    assert queries.sums_by_path([path.id])[path.id].contracts == 0
    assert [each.id for each in queries.contracts_on(path)] == [contract.id]
    assert broken() == {}


def test_an_objection_is_answered_with_a_reason(world: World, company: Company) -> None:
    at = showing(world)
    _deal, contract = paper_linked(world, company, at.carrots)
    path = path_of(contract=contract)
    with pytest.raises(Refusal, match="vì sao"), transaction():
        services.object_to(path=path, side=PathSide.BUYER, words="  ", by=company.hanh)
    with transaction():
        said = services.object_to(path=path, side=PathSide.BUYER, words="Quen từ trước", by=company.hanh)
    with pytest.raises(Refusal), transaction():
        services.object_to(path=path, side=PathSide.BUYER, words="Lần nữa", by=company.hanh)
    assert queries.count_doubted() == 1 and letters_to("officer@demo.vn")
    with transaction():
        services.answer_objection(objection=said, upheld=True, words="Đúng vậy", by=world.officer)
    db.session.expire_all()
    ended = db.session.get_one(DealPath, path.id)
    assert ended.ended_reason == "Đúng vậy" and not ended.standing
    assert queries.figures_of_fairs([at.fair])[0].sums.contracts == 0
    assert queries.figures_of_fairs([at.fair])[0].declared.linked == 0
    with pytest.raises(Refusal), transaction():
        services.end_path(path=ended, reason="Lần nữa", by=world.officer)
    assert len(history_of("deal_path", path.id)) >= 4 and broken() == {}


def test_an_objection_that_is_wrong_leaves_the_deal_where_it_is(world: World, company: Company) -> None:
    _deal, contract = paper_linked(world, company, showing(world).carrots)
    path = path_of(contract=contract)
    with transaction():
        said = services.object_to(path=path, side=PathSide.SELLER, words="Không phải", by=world.director)
        services.answer_objection(objection=said, upheld=False, words="Có biên bản", by=world.officer)
    assert path_of(contract=contract).id == path.id


def test_a_paper_written_down_by_mistake_leaves_the_path(world: World, company: Company) -> None:
    deal, contract = paper_linked(world, company, showing(world).carrots)
    with transaction():
        fairs.drop_deal(deal=deal, by=world.director)
    db.session.expire_all()
    assert queries.path_of_contract(contract) is None and broken() == {}


def test_a_removed_link_may_be_made_elsewhere(world: World, company: Company) -> None:
    at = showing(world)
    deal, contract = paper_linked(world, company, at.carrots)
    link = path_of(contract=contract).standing[0]
    with transaction():
        services.remove_link(link=link, reason="Nhầm hợp đồng", by=world.officer)
    with pytest.raises(Refusal), transaction():
        services.remove_link(link=link, reason="Lần nữa", by=world.officer)
    second = in_force(world, company)
    with transaction():
        papers.confirm(deal=deal, contract=second, by=world.officer)
    assert path_of(contract=second).fair_id == at.fair.id and broken() == {}


def test_months_after_the_fair(app: Flask) -> None:
    assert services.counts_until(dt.date(2026, 12, 21)) == dt.date(2027, 12, 21)
    assert services.counts_until(dt.date(2028, 2, 29)) == dt.date(2029, 2, 28)
