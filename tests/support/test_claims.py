"""A claim from its draft to the last payment: four eyes, frozen sums, every source within its budget."""

from __future__ import annotations

import pytest
from sqlalchemy import select, text

from marketplace.accounts.models import Person
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Conflict, Refusal
from marketplace.inbox.models import Notice
from marketplace.support import queries, services
from marketplace.support.invariants import CHECKS
from marketplace.support.models import SupportClaim
from marketplace.support.states import ClaimState, EvidenceKind, Head, SupportSource
from tests.support.promised import (
    FAIR,
    accountant,
    approved,
    budget,
    claimed,
    m,
    norm,
    paid,
    photo,
    promise,
    verified,
)
from tests.support.test_grants import whole
from tests.world import World


@pytest.fixture
def lien(world: World) -> Person:
    norm(world)
    budget(world, province=20, sponsors=10)
    return accountant(world)


def line(source: str = "province") -> tuple[int, int, int]:
    found = next(each for each in queries.budgets_of(FAIR, 7) if each.source == source)
    return int(found.held), int(found.approved), int(found.paid)


def told(kind: str) -> list[int]:
    return sorted(db.session.scalars(select(Notice.person_id).where(Notice.kind == kind)))


def test_from_the_draft_to_the_last_payment(world: World, lien: Person) -> None:
    grant = promise(world, booth=18)
    claim = claimed(world, grant, booth=12, transport=2)
    assert told("support.submitted") == sorted([world.officer.id, lien.id])
    approved(world, claim, lien)
    assert (claim.supported, claim.amount) == (m(7), m(7))
    assert grant.held == m(7)
    assert line() == (4_666_667, 4_666_667, 0)
    with transaction():
        services.pay(
            claim=claim,
            source=SupportSource.PROVINCE,
            amount=m(4),
            bank_reference="UNC 15",
            day=clock.today(),
            by=lien,
        )
    assert claim.to_pay == m(3) and told("support.paid") == [world.director.id]
    assert claim.payments[0].account.endswith("2300205123453")
    paid(claim, lien)
    assert claim.state is ClaimState.PAID and claim.paid == m(7)
    assert line() == (4_666_667, 4_666_667, 4_666_667)
    assert told("support.approved") == [world.director.id]
    assert len(told("support.paid")) == 3
    whole()


def test_what_is_missing_is_said_and_nothing_is_handed_in(world: World, lien: Person) -> None:
    grant = promise(world, booth=10)
    with transaction():
        claim = services.begin(grant=grant, by=world.director)
    assert len(queries.missing(claim)) == 2
    with pytest.raises(Refusal), transaction():
        services.submit(claim=claim, by=world.director)
    with transaction():
        services.fill_in(claim=claim, costs={Head.BOOTH: m(10)}, words="", by=world.director)
        services.add_paper(claim=claim, kind=EvidenceKind.INVOICE, file=photo(), by=world.director)
    assert queries.missing(claim) == []
    with transaction():
        db.session.execute(text("UPDATE bank_accounts SET state = 'replaced'"))
    assert len(queries.missing(claim)) == 1


def test_real_costs_above_the_plan_never_give_more_than_was_promised(world: World, lien: Person) -> None:
    claim = approved(world, claimed(world, promise(world, booth=10), booth=40), lien)
    assert claim.amount == m(5)
    assert claim.why[-1][0] == "promised"
    whole()


def test_only_what_is_proven_counts(world: World, lien: Person) -> None:
    claim = claimed(world, promise(world, booth=10), booth=10)
    with pytest.raises(Refusal) as refused, transaction():
        services.verify(claim=claim, accepted={Head.BOOTH: m(11)}, by=world.officer)
    assert refused.value.field == "accepted_booth"
    with transaction():
        services.verify(claim=claim, accepted={Head.BOOTH: m(6)}, by=world.officer)
    with transaction():
        services.approve(claim=claim, by=lien)
    assert claim.amount == m(3)
    whole()


def test_who_verified_does_not_approve(world: World, lien: Person) -> None:
    claim = verified(world, claimed(world, promise(world, booth=10), booth=10))
    with pytest.raises(Refusal), transaction():
        services.approve(claim=claim, by=world.officer)
    with pytest.raises(Conflict), transaction():
        db.session.execute(
            text(
                "UPDATE support_claims SET state = 'approved', amount = 1, approved_by_id = verified_by_id"
                " WHERE id = :id"
            ),
            {"id": claim.id},
        )
    assert claim.state is ClaimState.VERIFIED


def test_nobody_decides_about_the_cooperative_they_act_for(world: World, lien: Person) -> None:
    from marketplace.accounts import services as accounts
    from marketplace.accounts.states import Role

    claim = claimed(world, promise(world, booth=10), booth=10)
    with transaction():
        accounts.add_member(organisation=world.dong_lac.organisation, person=lien, role=Role.MEMBER)
    with pytest.raises(Refusal), transaction():
        services.verify(claim=claim, accepted={}, by=lien)


def test_sent_back_completed_and_looked_at_anew(world: World, lien: Person) -> None:
    claim = verified(world, claimed(world, promise(world, booth=10), booth=10))
    with pytest.raises(Refusal), transaction():
        services.fill_in(claim=claim, costs={}, words="", by=world.director)
    with transaction():
        services.ask_changes(claim=claim, words="Hóa đơn mờ", by=lien)
    assert claim.verified_by_id is None and claim.costs[0].accepted is None
    assert told("support.sent_back") == [world.director.id]
    with transaction():
        services.add_paper(claim=claim, kind=EvidenceKind.PAYMENT, file=photo(), by=world.director)
        services.submit(claim=claim, by=world.director)
    assert claim.state is ClaimState.SUBMITTED and claim.reply == ""


def test_an_advance_is_counted_off_the_settlement(world: World, lien: Person) -> None:
    grant = promise(world, booth=16)
    with pytest.raises(Refusal) as refused, transaction():
        services.ask_advance(grant=grant, amount=m(5), by=world.director)
    assert refused.value.field == "amount"
    with transaction():
        ahead = services.ask_advance(grant=grant, amount=m(4), by=world.director)
    settlement = verified(world, claimed(world, grant, booth=14))
    with pytest.raises(Refusal), transaction():
        services.approve(claim=settlement, by=lien)
    paid(approved(world, ahead, lien), lien, "TU")
    with transaction():
        services.approve(claim=settlement, by=lien)
    assert (settlement.supported, settlement.advanced, settlement.amount) == (m(7), m(4), m(3))
    paid(settlement, lien)
    assert grant.paid == m(7) == grant.held
    whole()


def test_what_came_ahead_and_was_too_much_goes_back(world: World, lien: Person) -> None:
    grant = promise(world, booth=16)
    with transaction():
        ahead = services.ask_advance(grant=grant, amount=m(4), by=world.director)
    paid(approved(world, ahead, lien), lien, "TU")
    settlement = approved(world, claimed(world, grant, booth=5), lien)
    assert (settlement.amount, settlement.give_back) == (0, m(1.5))
    assert settlement.state is ClaimState.PAID
    whole()
    with pytest.raises(Refusal), transaction():
        services.note_returned(
            claim=settlement,
            source=SupportSource.PROVINCE,
            amount=m(2),
            bank_reference="PT 1",
            day=clock.today(),
            by=lien,
        )
    with transaction():
        services.note_returned(
            claim=settlement,
            source=SupportSource.PROVINCE,
            amount=m(1.5),
            bank_reference="PT 1",
            day=clock.today(),
            by=lien,
        )
    assert grant.held == grant.paid == m(2.5)
    whole()


def test_no_source_pays_more_than_was_approved_from_it(world: World, lien: Person) -> None:
    claim = approved(world, claimed(world, promise(world, booth=18), booth=18), lien)
    for amount in (m(6.1), m(9)):
        with pytest.raises(Refusal) as refused, transaction():
            services.pay(
                claim=claim,
                source=SupportSource.PROVINCE,
                amount=amount,
                bank_reference="UNC 1",
                day=clock.today(),
                by=lien,
            )
        assert refused.value.field == "amount"
    _pay_one(claim, lien)
    with pytest.raises(Conflict):
        _pay_one(claim, lien)
    with pytest.raises(Conflict), transaction():
        db.session.execute(text("UPDATE support_budgets SET paid = approved + 1"))
    whole()


def _pay_one(claim: SupportClaim, by: Person) -> None:
    """A million of the province, always by the same order."""
    with transaction():
        services.pay(
            claim=claim,
            source=SupportSource.PROVINCE,
            amount=m(1),
            bank_reference="UNC 1",
            day=clock.today(),
            by=by,
        )


def test_declined_after_approval_frees_the_money_and_another_may_come(world: World, lien: Person) -> None:
    grant = promise(world, booth=18)
    claim = approved(world, claimed(world, grant, booth=18), lien)
    with pytest.raises(Refusal), transaction():
        services.decline(claim=claim, words=" ", by=lien)
    with transaction():
        services.decline(claim=claim, words="Hóa đơn giả", by=lien)
    assert line()[1] == 0
    whole()
    again = approved(world, claimed(world, grant, booth=10), lien)
    assert again.id != claim.id and again.amount == m(5)
    whole()


def test_a_withdrawn_promise_ends_its_claim_and_keeps_what_was_paid(world: World, lien: Person) -> None:
    grant = promise(world, booth=16)
    with transaction():
        ahead = services.ask_advance(grant=grant, amount=m(3), by=world.director)
    approved(world, ahead, lien)
    with pytest.raises(Refusal), transaction():
        services.withdraw(grant=grant, reason="Bỏ hội chợ", by=lien)
    paid(ahead, lien)
    claim = claimed(world, grant, booth=16)
    with transaction():
        services.withdraw(grant=grant, reason="Bỏ hội chợ", by=lien)
    assert claim.state is ClaimState.DECLINED and grant.held == m(3)
    whole()
    with pytest.raises(Refusal), transaction():
        services.begin(grant=grant, by=world.director)


@pytest.mark.parametrize(
    ("number", "statement"),
    [
        ("U1", "UPDATE support_grants SET total = total + 1"),
        ("U1", "UPDATE support_norm_heads SET rate = rate - 1000"),
        ("U2", "UPDATE support_claims SET paid = paid - 1"),
        ("U3", "UPDATE support_budgets SET held = held + 1 WHERE held < amount"),
        ("U4", "UPDATE support_norms SET cap_per_year = 1000"),
    ],
)
def test_what_is_broken_behind_everybodys_back_is_counted(
    world: World, lien: Person, number: str, statement: str
) -> None:
    paid(approved(world, claimed(world, promise(world, booth=12), booth=12), lien), lien)
    whole()
    with transaction():
        db.session.execute(text(statement))
    db.session.rollback()
    db.session.expire_all()
    assert CHECKS[number][1]() > 0


def test_one_settlement_and_its_draft_is_found_again(world: World, lien: Person) -> None:
    grant = promise(world, booth=10)
    with transaction():
        first = services.begin(grant=grant, by=world.director)
    with transaction():
        assert services.begin(grant=grant, by=world.director).id == first.id
    assert db.session.scalars(select(SupportClaim.id)).all() == [first.id]
