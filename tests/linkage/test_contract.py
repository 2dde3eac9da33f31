"""A contract from its draft to its end: who writes, who signs, what is frozen, what an annex changes."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from marketplace.foundation import clock
from marketplace.foundation.audit import history_of
from marketplace.foundation.calendar import week_of
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.money import Money
from marketplace.inbox.models import Notice
from marketplace.linkage import agreement, ladder, policies, promising, queries, services
from marketplace.linkage.eligibility import eligibility
from marketplace.linkage.invariants import CHECKS
from marketplace.linkage.models import ContractSignature
from marketplace.linkage.states.contract import ContractState, LegalKey, VersionState
from marketplace.supply import services as supply
from tests.buyers.company import Company
from tests.linkage.agreed import code_of, drafted, in_force, monday, offered, sign
from tests.support.promised import photo
from tests.world import World


@pytest.fixture
def company(world: World) -> Company:
    return Company.built()


def whole() -> None:
    assert {number: check() for number, (_words, check) in CHECKS.items()} == dict.fromkeys(CHECKS, 0)


def notices(kind: str) -> list[int]:
    return sorted(db.session.scalars(select(Notice.person_id).where(Notice.kind == f"contract.{kind}")))


def test_from_the_draft_to_both_signatures(world: World, company: Company) -> None:
    contract = drafted(world, company)
    version = contract.versions[0]
    assert queries.contract_by_ref(contract.ref, company.huy) is None
    assert queries.contract_by_ref(contract.ref, world.officer) is None
    with transaction():
        services.offer(version=version, by=world.director)
    assert contract.number == f"01/{clock.today().year}/HĐLK-ĐL"
    assert notices("offered") == sorted([company.huy.id, company.hanh.id])
    assert queries.contract_by_ref(contract.ref, company.huy) is contract
    assert queries.contract_by_ref(contract.ref, world.rival) is None
    assert policies.signs_version(company.huy, version)
    assert not policies.signs_version(company.hanh, version) and not policies.signs_version(
        world.officer, version
    )

    sign(version, company.huy)
    assert version.state is VersionState.SIGNED_BY_BUYER
    assert not policies.reopens_version(world.director, version)
    sign(version, world.director)

    assert (contract.state, version.state) == (ContractState.ACTIVE, VersionState.IN_FORCE)
    assert (contract.agreed, contract.value) == (Decimal(20_000), Money(124_000_000))
    signatures = db.session.scalars(select(ContractSignature)).all()
    assert version.offered is not None
    assert {each.sha256 for each in signatures} == {version.offered.sha256}
    assert {each.name for each in signatures} == {"Lê Quang Huy", "Nguyễn Văn Hùng"}
    assert policies.witnesses_version(world.officer, version)
    with transaction():
        services.witness(version=version, by=world.officer)
    assert not policies.witnesses_version(world.officer, version)
    told = " ".join(line.sentence for line in history_of("contract", contract.id))
    assert code_of(company.huy) not in told.replace(" ", "")
    steps = ladder.of_contract(contract)
    assert steps.steps == {
        "agreed": 20_000, "called": 0, "delivered": 0, "accepted": 0, "paid": 0,
    }  # fmt: skip
    assert (steps.lower, steps.upper) == (19_000, 21_000)
    whole()


def test_what_is_signed_cannot_be_written_by_anybody(world: World, company: Company) -> None:
    contract = in_force(world, company)
    version = contract.versions[0]
    with pytest.raises(Refusal), transaction():
        services.fill_in(version=version, section="payment", told={"days": 90}, by=world.director)
    for statement in (
        "UPDATE contract_revisions SET content = '{}'",
        "UPDATE contract_revisions SET sha256 = sha256",
        "DELETE FROM contract_revisions",
        "UPDATE contract_signatures SET name = 'Ai đó'",
        "DELETE FROM contract_signatures",
    ):
        with pytest.raises(DatabaseError, match="append-only"):
            db.session.execute(text(statement))
        db.session.rollback()


def test_a_code_is_for_one_person_one_text_one_time(world: World, company: Company) -> None:
    contract = offered(world, company)
    version = contract.versions[0]
    revision = version.offered
    assert revision is not None
    with transaction():
        services.send_code(version=version, by=company.huy)
    code = code_of(company.huy)
    words = {"version": version, "name": "Lê Quang Huy"}

    def refused(**told: object) -> str | None:
        with pytest.raises(Refusal) as refusal, transaction():
            services.sign(**{**words, "code": code, "seen": revision.sha256, "by": company.huy, **told})
        return refusal.value.field

    assert refused(code="000000" if code != "000000" else "000001") == "code"
    assert refused(by=world.director) == "code"
    assert refused(seen="0" * 64) is None
    assert refused(by=world.officer) is None
    with clock.standing_at(clock.now() + dt.timedelta(minutes=16)):
        assert refused() == "code"
    with transaction():
        services.sign(**words, code=code, seen=revision.sha256, by=company.huy)
    assert refused() is not None or version.signatures
    whole()


def test_taken_back_and_changed_before_anybody_signed(world: World, company: Company) -> None:
    contract = offered(world, company)
    version = contract.versions[0]
    with transaction():
        services.reopen(version=version, by=company.huy)
    assert not policies.writes_version(world.director, version)
    content = queries.content_shown(version, company.huy)
    with transaction():
        services.fill_in(
            version=version, section="payment", told={**content["payment"], "days": 30}, by=company.huy
        )
    assert queries.content_shown(version, world.director)["payment"]["days"] == 15
    with transaction():
        services.offer(version=version, by=company.huy)
    before, after = (revision.told for revision in version.revisions)
    changed = agreement.differences(before, after)
    assert [(each.section.key, each.before, each.after) for each in changed] == [("payment", 15, 30)]
    whole()


def test_an_annex_changes_what_holds(world: World, company: Company) -> None:
    contract = in_force(world, company)
    with transaction():
        annex = services.begin_annex(contract=contract, reason="Lùi hai tuần", by=company.huy)
    with pytest.raises(Refusal), transaction():
        services.begin_annex(contract=contract, reason="Nữa", by=world.director)
    with pytest.raises(Refusal), transaction():
        services.offer(version=annex, by=company.huy)
    content = queries.content_shown(annex, company.huy)
    spans = [{**content["quantity"]["spans"][0], "last": monday(13) + dt.timedelta(days=6)}]
    with transaction():
        services.fill_in(
            version=annex, section="quantity", told={**content["quantity"], "spans": spans}, by=company.huy
        )
        services.offer(version=annex, by=company.huy)
    assert contract.agreed == 20_000
    sign(annex, world.director)
    sign(annex, company.huy)
    assert (annex.number, contract.agreed) == (1, 24_000)
    assert queries.version_in_force(contract) is annex
    assert len(queries.revisions_of(contract)) == 2
    whole()


def test_on_paper_both_sign_once_the_other_side_confirms(world: World, company: Company) -> None:
    contract = offered(world, company)
    version = contract.versions[0]
    told = {"seller_name": "Nguyễn Văn Hùng", "buyer_name": "Lê Quang Huy", "signed_on": clock.today()}
    with transaction():
        scan = services.bring_scan(version=version, file=photo(), by=world.director, **told)
    assert not policies.answers_scan(world.director, scan) and policies.answers_scan(company.huy, scan)
    assert not policies.signs_version(company.huy, version)
    with transaction():
        services.refuse_scan(scan=scan, reason="Thiếu trang 3", by=company.huy)
    with transaction():
        scan = services.bring_scan(version=version, file=photo(), by=world.director, **told)
    with transaction():
        services.confirm_scan(scan=scan, by=company.huy)
    assert contract.state is ContractState.ACTIVE
    assert {(str(each.side), str(each.way)) for each in version.signatures} == {
        ("seller", "paper"), ("buyer", "paper"),
    }  # fmt: skip
    whole()


def test_the_law_caps_the_penalty_and_the_cap_is_dated(world: World, company: Company) -> None:
    contract = drafted(world, company)
    version = contract.versions[0]
    kept = queries.content_shown(version, world.director)["breach"]
    assert kept["penalty"] == 8
    with pytest.raises(Refusal) as refused, transaction():
        services.fill_in(
            version=version, section="breach", told={**kept, "penalty": Decimal(9)}, by=world.director
        )
    assert refused.value.field == "penalty"
    with transaction():
        services.add_figure(
            key=LegalKey.PENALTY_CAP,
            value=Decimal(10),
            valid_from=clock.today(),
            act="Luật sửa đổi",
            by=world.officer,
        )
        services.fill_in(
            version=version, section="breach", told={**kept, "penalty": Decimal(9)}, by=world.director
        )
    assert queries.figures_on(clock.today() - dt.timedelta(days=1))[LegalKey.PENALTY_CAP] == 8


def test_what_is_missing_for_support_is_named(world: World, company: Company) -> None:
    contract = drafted(world, company)
    content = queries.content_shown(contract.versions[0], world.director)
    figures = queries.figures_on(clock.today())
    assert len(eligibility(content, figures).missing) == 3
    content["head"] |= {"until_day": clock.today() + dt.timedelta(days=3 * 366), "project": "QĐ 12/QĐ-UBND"}
    content["goods"]["food_safety"] = True
    assert eligibility(content, figures).may_qualify
    content["head"]["cycle_months"] = 12
    assert not eligibility(content, figures).may_qualify


def test_held_resumed_terminated_or_ended_by_its_date(world: World, company: Company) -> None:
    contract = in_force(world, company)
    with transaction():
        services.hold(contract=contract, reason="Bão số 3", by=world.director)
    assert notices("held") == sorted([company.huy.id, company.hanh.id])
    with transaction():
        services.resume(contract=contract, by=company.huy)
        services.close(contract=contract, by=None)
    assert contract.state is ContractState.ACTIVE
    with pytest.raises(Refusal), transaction():
        services.terminate(contract=contract, reason=" ", by=company.huy)
    second = in_force(world, company)
    assert second.number == f"02/{clock.today().year}/HĐLK-ĐL"
    with transaction():
        services.terminate(contract=second, reason="Bên mua ngừng thu mua", by=company.huy)
    assert second.state is ContractState.TERMINATED
    with clock.standing_at(clock.now() + dt.timedelta(days=300)), transaction():
        assert queries.past_their_date(clock.today()) == [contract.id]
        services.close(contract=contract, by=None)
        services.close(contract=contract, by=None)
    assert contract.state is ContractState.EXPIRED
    whole()


def test_a_member_signs_by_a_paper_of_the_director(world: World, company: Company) -> None:
    contract = offered(world, company)
    with transaction():
        services.name_signatory(
            organisation=company.bigmart, person=company.hanh, paper="Giấy ủy quyền 05/UQ", by=company.huy
        )
    assert policies.signs_version(company.hanh, contract.versions[0])
    with transaction():
        services.end_signatory(signatory=queries.signatories_of(company.bigmart.id)[0], by=company.huy)
    assert not policies.signs_version(company.hanh, contract.versions[0])
    with pytest.raises(Refusal), transaction():
        services.name_signatory(organisation=company.bigmart, person=world.rival, paper="x", by=company.huy)


def test_a_price_keeps_what_went_in_and_waits_for_both(world: World, company: Company) -> None:
    linked = {
        "kind": "floor_share",
        "share": Decimal(50),
        "reference": "Chợ đầu mối Gia Lộc",
        "weekly_review": True,
        "grades": [{"grade": "1", "price": Money(5_000), "ceiling": None, "of_market": Decimal(100)}],
    }
    contract = in_force(world, company, price=linked)
    day = monday(3)
    with pytest.raises(Refusal) as refused, transaction():
        services.compute_price(contract=contract, grade="1", day=day, by=world.director)
    assert refused.value.field == "market"
    with transaction():
        price = services.compute_price(
            contract=contract,
            grade="1",
            day=day,
            market=Money(7_000),
            source="Chợ Gia Lộc",
            by=world.director,
        )
    assert price.price == 6_000 and price.inputs["market"] == 7_000 and "50" in price.words["vi"]
    assert queries.price_on(contract.id, "1", day) is None
    with transaction():
        services.agree_price(price=price, by=world.director)
        services.agree_price(price=price, by=company.huy)
    assert queries.price_on(contract.id, "1", day + dt.timedelta(days=3)) is price
    assert queries.price_on(contract.id, "1", day - dt.timedelta(days=1)) is None
    whole()


def test_each_week_is_promised_as_far_as_it_is_expected(world: World, company: Company) -> None:
    weeks = [str(week_of(monday(ahead))) for ahead in range(2, 12)]
    with transaction():
        supply.forecast_weeks(
            product=world.carrots,
            weeks=[
                supply.Expected(week=weeks[0], low=Decimal(1000), likely=Decimal(1500), high=Decimal(2000))
            ],
            by=world.director,
        )
    contract = in_force(world, company)
    held = promising.set_aside(contract)
    assert held == {(world.carrots.id, weeks[0]): 1500}
    with transaction():
        supply.forecast_weeks(
            product=world.carrots,
            weeks=[
                supply.Expected(week=week, low=Decimal(1000), likely=Decimal(3000), high=Decimal(4000))
                for week in weeks[:2]
            ],
            by=world.director,
        )
    assert promising.set_aside(contract) == {(world.carrots.id, week): 2000 for week in weeks[:2]}
    with transaction():
        services.terminate(contract=contract, reason="Ngừng mua", by=company.huy)
    assert not promising.set_aside(contract)
