"""The last sheet of a contract that is over: what becomes of its deposit, what the seller owes when no other comes."""

from __future__ import annotations

import dataclasses
import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from marketplace import config
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.money import Money
from marketplace.fulfilment import services
from marketplace.fulfilment.ending import by_record
from marketplace.fulfilment.models import Settlement
from marketplace.fulfilment.queries import settlement as queries
from marketplace.fulfilment.states import SETTLEMENT_BACK, SettlementState
from marketplace.fulfilment.tasks.settlement import draw_sheets
from marketplace.fulfilment.tasks.shortfall import write_records
from marketplace.inbox.models import Notice
from marketplace.linkage import queries as linkage
from marketplace.linkage import services as verbs
from marketplace.linkage.models import Contract
from marketplace.linkage.reckoning.deposit import Refuser
from marketplace.linkage.reckoning.settlement import LineKind
from marketplace.linkage.states.contract import ContractSide, ContractState
from marketplace.linkage.tasks.contract import close_contracts
from marketplace.payments import queries as money
from marketplace.payments import services as payments
from marketplace.payments.models import Charge
from tests.buyers.company import HUY, Company
from tests.client import ReadingClient
from tests.fulfilment.seasons import FOUR_WEEKS, after, refused_call, season
from tests.fulfilment.settled import confirmed, drawn, pay, slip
from tests.fulfilment.test_settlement import sound
from tests.fulfilment.test_settlement_pages import DIRECTOR, seated
from tests.fulfilment.world import KG, fresh, good
from tests.world import World

DEPOSIT = Money(100_000_000)


def with_deposit(world: World, company: Company, **changed: Any) -> Contract:
    """200 tonnes in four weeks; the deposit has come."""
    contract = season(world, company, FOUR_WEEKS, advance={"deposit": DEPOSIT}, **changed)
    charge = queries.deposit_of(contract.id)
    assert charge is not None
    pay(charge, world.director)
    return contract


def ended(contract: Contract, days: int = 4) -> Settlement | None:
    """Its time is over, and its record is written: the sheet that came by itself."""
    with after(contract, days):
        close_contracts()
        write_records()
    fresh()
    query = select(Settlement).where(Settlement.contract_id == contract.id, Settlement.closing)
    return db.session.scalars(query.order_by(Settlement.id.desc())).first()


def both_confirm(sheet: Settlement, world: World, company: Company, contract: Contract) -> Settlement:
    with after(contract, 5):
        return confirmed(sheet, world, company)


def deposit_of(contract: Contract) -> Charge:
    fresh()
    charge = queries.deposit_of(contract.id)
    assert charge is not None
    return charge


def kinds(person_id: int) -> set[str]:
    return set(db.session.scalars(select(Notice.kind).where(Notice.person_id == person_id)))


def test_nobody_called_so_the_deposit_goes_back_where_nobody_refused(world: World, company: Company) -> None:
    """Both kept little: the buyer called one week of four, all of it came. What is left goes back, and is due back only
    when both have confirmed."""
    contract = with_deposit(world, company, breach={"penalty": KG(0)})
    slip(world, company, contract, good(10_000))
    first = confirmed(drawn(contract, company.huy), world, company)
    assert (first.total, first.deposit_left) == (0, DEPOSIT - 62_000_000)
    sheet = ended(contract)
    assert sheet is not None and sheet.state is SettlementState.DRAFT
    end = sheet.deposit_end
    assert end is not None
    assert (end.refuser, end.kept, end.returned, end.added) == (Refuser.NOBODY, 0, DEPOSIT - 62_000_000, 0)
    assert {"settlement.closing"} <= kinds(world.director.id) & kinds(company.huy.id)
    assert deposit_of(contract).surplus == 0, "nothing happens by itself"
    sound()
    sheet = both_confirm(queries.settlement_by_id(sheet.id), world, company, contract)
    charge = deposit_of(contract)
    assert charge.surplus == end.returned and charge.amount == DEPOSIT - end.returned
    assert "settlement.deposit_to_return" in kinds(world.director.id)
    assert "settlement.deposit_comes_back" in kinds(company.huy.id)
    assert "settlement.deposit_to_return" not in kinds(company.huy.id)
    sound()
    with transaction():
        charge = db.session.get_one(Charge, charge.id)
        payments.pay_back(charge=charge, amount=charge.surplus, note="Trả cọc", by=world.director)
    assert deposit_of(contract).received == DEPOSIT - end.returned
    sound()
    with after(contract, 30):
        draw_sheets()
    again = ended(contract, 30)
    assert again is not None and again.id == sheet.id, "once"


def test_who_kept_nothing_pays_as_much_besides(world: World, company: Company, client: ReadingClient) -> None:
    """Every week was called, nothing came: the seller gives the deposit back, and as much again, with its penalty."""
    contract = with_deposit(world, company)
    for slot in range(4):
        refused_call(world, company, contract, slot)
    sheet = ended(contract)
    assert sheet is not None and sheet.deposit_end is not None
    end = sheet.deposit_end
    assert (end.refuser, end.returned, end.added) == (Refuser.RECEIVER, DEPOSIT, DEPOSIT)
    penalty = -int(sheet.of(LineKind.PENALTY))
    assert penalty > 0 and sheet.of(LineKind.DEPOSIT_ADDED) == -DEPOSIT
    assert (sheet.total, sheet.owed_back) == (0, penalty + DEPOSIT)
    assert "Điều 328" not in end.words["vi"] and "từ chối" in end.words["vi"]
    sound()
    both_confirm(sheet, world, company, contract)
    back = money.charge_for(SETTLEMENT_BACK, sheet.id)
    assert back is not None
    assert (back.amount, back.payee_organisation_id, back.payer_organisation_id) == (
        penalty + DEPOSIT,
        company.bigmart.id,
        world.dong_lac.organisation_id,
    )
    assert deposit_of(contract).surplus == DEPOSIT
    sound()
    to, own = f"/contracts/{contract.ref}/settlements/{sheet.ref}", f"/desk/money/{back.ref}"
    assert own in seated(client, HUY).get(to).get_data(as_text=True)
    assert seated(client, HUY).get(own).status_code == 200, "the buyer writes down what came"
    assert own not in seated(client, DIRECTOR).get(to).get_data(as_text=True)
    pay(back, company.huy)
    back = money.charge_for(SETTLEMENT_BACK, sheet.id)
    assert back is not None and back.to_pay == 0
    sound()


def test_one_side_says_otherwise(world: World, company: Company) -> None:
    """The buyer never called: by the record it refused. It says that nobody did; both confirm what stands then."""
    contract = with_deposit(world, company, breach={"penalty": KG(0)})
    sheet = ended(contract)
    assert sheet is not None and sheet.deposit_end is not None
    assert (sheet.deposit_end.refuser, sheet.deposit_end.kept) == (Refuser.PAYER, DEPOSIT)
    with after(contract, 5), transaction():
        other = services.settlement.disagree(
            settlement=queries.settlement_by_id(sheet.id),
            words="Hai bên đã thỏa thuận nghỉ vụ này",
            refuser=Refuser.NOBODY,
            by=company.huy,
        )
    fresh()
    sound()
    other = queries.settlement_by_id(other.id)
    assert other.deposit_end is not None
    assert (other.deposit_end.refuser, other.deposit_end.returned) == (Refuser.NOBODY, DEPOSIT)
    assert other.deposit_end.said_by == "buyer" and "Theo lời một bên" in other.deposit_end.words["vi"]
    with after(contract, 5), transaction():
        third = services.settlement.disagree(
            settlement=queries.settlement_by_id(other.id), words="Xem lại", by=world.director
        )
    assert third.deposit_end is not None and third.deposit_end.said_by == "buyer", "it stays said"
    fresh()
    with after(contract, 5), transaction():
        fourth = services.settlement.disagree(
            settlement=queries.settlement_by_id(third.id),
            words="Bên mua không gọi hàng",
            refuser=Refuser.PAYER,
            by=world.director,
        )
    both_confirm(queries.settlement_by_id(fourth.id), world, company, contract)
    charge = deposit_of(contract)
    assert (charge.amount, charge.surplus) == (DEPOSIT, 0)
    assert {"settlement.deposit_kept"} <= kinds(world.director.id) & kinds(company.huy.id)
    sound()


def test_how_little_counts_as_refusing_is_a_setting(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """By law whoever refuses; the record knows kilograms: nothing at all, unless the setting says more."""

    def refuser(seller: tuple[int, int], buyer: tuple[int, int], **changed: Any) -> Refuser:
        """(kept, missing) of each, of 190,000 kg that were due."""
        about: Any = SimpleNamespace(**{"state": ContractState.EXPIRED, **changed})
        record: Any = [
            SimpleNamespace(side=side, kept=KG(kept), missing=KG(missing), lower=KG(190_000))
            for side, (kept, missing) in ((ContractSide.SELLER, seller), (ContractSide.BUYER, buyer))
        ]
        return by_record(about, record)

    kept = (200_000, 0)
    assert refuser((0, 190_000), kept) is Refuser.RECEIVER
    assert refuser(kept, (0, 190_000)) is Refuser.PAYER
    assert refuser((0, 190_000), (0, 190_000)) is Refuser.NOBODY
    assert refuser((19_000, 171_000), kept) is Refuser.NOBODY
    assert refuser((0, 190_000), kept, state=ContractState.FULFILLED) is Refuser.NOBODY
    assert refuser((0, 0), kept) is Refuser.NOBODY, "what is excused is not missing"
    more = dataclasses.replace(config.current(), deposit_refusal_percent=10)
    monkeypatch.setattr(config, "current", lambda: more)
    assert refuser((19_000, 171_000), kept) is Refuser.RECEIVER
    assert refuser((19_001, 170_999), kept) is Refuser.NOBODY


def test_what_is_owed_at_the_end_is_taken_off_earlier_sheets(world: World, company: Company) -> None:
    """No sheet comes after the last: less is owed for one that waits to be paid, and what was paid comes back."""
    contract = season(world, company, FOUR_WEEKS, breach={"penalty": KG(8)})
    slip(world, company, contract, good(40_000))
    for slot in (1, 2, 3):
        refused_call(world, company, contract, slot)
    first = confirmed(drawn(contract, company.huy), world, company)
    charge = queries.charge_of(first)
    assert charge is not None and charge.amount == 248_000_000
    sheet = ended(contract)
    assert sheet is not None and sheet.deposit_end is None
    owed = sheet.owed_back
    assert owed == -sheet.of(LineKind.PENALTY) > 0
    sheet = both_confirm(sheet, world, company, contract)
    fresh()
    sheet = queries.settlement_by_id(sheet.id)
    assert [(each.against_id, each.amount) for each in sheet.credits] == [(first.id, owed)]
    charge = queries.charge_of(first)
    assert charge is not None and charge.amount == 248_000_000 - owed
    assert queries.settlement_by_id(first.id).total == 248_000_000, "the sheet itself stays"
    assert queries.back_of(sheet) is None
    sound()


def test_a_contract_that_was_terminated(world: World, company: Company, client: ReadingClient) -> None:
    """Ended early: both read the proposal, the law behind it, and by when it would come back."""
    contract = with_deposit(world, company)
    with transaction():
        found = linkage.contract_by_id(contract.id)
        verbs.terminate(contract=found, reason="Hai bên thỏa thuận chấm dứt", by=world.director)
    db.session.rollback()
    with clock.standing_at(clock.now() + dt.timedelta(days=6)):
        write_records()
    fresh()
    sheet = db.session.scalars(select(Settlement).where(Settlement.contract_id == contract.id)).one()
    assert sheet.closing and sheet.deposit_end is not None
    assert (sheet.deposit_end.refuser, sheet.deposit_end.returned) == (Refuser.NOBODY, DEPOSIT)
    for who in (DIRECTOR, HUY):
        reader = seated(client, who)
        page = reader.get(f"/contracts/{contract.ref}/settlements/{sheet.ref}").get_data(as_text=True)
        assert "Điều 328" in page and "100.000.000" in page and "Hạn trả lại" in page
        paper = reader.get(f"/contracts/settlements/{sheet.ref}/paper").get_data(as_text=True)
        assert "Điều 328" in paper and "100.000.000" in paper
    buyer = seated(client, HUY)
    to = f"/contracts/settlements/{sheet.ref}/disagreement"
    assert buyer.send(to, {"no-words": "Sai", "no-refuser": "someone"}).status_code == 422
    assert buyer.send(to, {"no-words": "Bên bán bỏ", "no-refuser": "receiver"}).status_code == 303
    fresh()
    newest = db.session.scalars(select(Settlement).order_by(Settlement.id.desc())).first()
    assert newest is not None and newest.deposit_end is not None
    assert (newest.deposit_end.refuser, newest.owed_back) == (Refuser.RECEIVER, DEPOSIT)
    sound()


def with_inputs(world: World, company: Company) -> Contract:
    """Seed worth thirty million was given ahead; at most thirty per cent of goods go towards it each time."""
    contract = season(world, company, FOUR_WEEKS, breach={"penalty": KG(0)}, advance={"inputs_share": KG(30)})
    with transaction():
        given = services.ahead.give_inputs(
            contract=linkage.contract_by_id(contract.id),
            item="Hạt giống",
            quantity=KG(60),
            unit="kg",
            value=Money(30_000_000),
            given_on=clock.today(),
            once="a",
            by=company.huy,
        )
        services.ahead.confirm_inputs(advance=given, by=world.director)
    return contract


def test_inputs_that_no_goods_came_for_are_asked_back(world: World, company: Company) -> None:
    """No later sheet counts them off: what was paid comes back, as far as the buyer does not let it go."""
    contract = with_inputs(world, company)
    slip(world, company, contract, good(10_000))
    first = confirmed(drawn(contract, company.huy), world, company)
    assert (first.total, first.inputs_left) == (62_000_000 - 18_600_000, 11_400_000)
    sheet = ended(contract)
    assert sheet is not None and sheet.closing
    assert (sheet.total, sheet.owed_back, sheet.inputs_left) == (0, 11_400_000, 0)
    sound()
    with pytest.raises(Refusal) as refused, after(contract, 5), transaction():
        services.settlement.disagree(
            settlement=queries.settlement_by_id(sheet.id),
            words="Lũ",
            let_go=Money(11_400_001),
            by=company.huy,
        )
    assert refused.value.field == "let_go"
    fresh()
    with after(contract, 5), transaction():
        other = services.settlement.disagree(
            settlement=queries.settlement_by_id(sheet.id),
            words="Lũ làm hỏng ruộng",
            let_go=Money(5_000_000),
            by=company.huy,
        )
    fresh()
    with after(contract, 5), transaction():
        third = services.settlement.disagree(
            settlement=queries.settlement_by_id(other.id), words="Xem lại", by=world.director
        )
    third = both_confirm(queries.settlement_by_id(third.id), world, company, contract)
    assert (third.owed_back, third.of(LineKind.INPUTS_LET_GO)) == (6_400_000, 5_000_000), "it stays let go"
    assert [(each.against_id, each.amount) for each in third.credits] == [(first.id, 6_400_000)]
    book = queries.book_of(contract.id)
    assert book is not None and book.inputs_left == 0
    sound()
    with after(contract, 30):
        draw_sheets()
    again = ended(contract, 30)
    assert again is not None and again.id == third.id, "once"


def test_nothing_is_let_go_by_a_page_that_does_not_ask(
    world: World, company: Company, client: ReadingClient
) -> None:
    """Typed too much it is told beside its field; left empty all of it is asked back."""
    contract = with_inputs(world, company)
    sheet = ended(contract)
    assert sheet is not None and sheet.owed_back == 30_000_000
    buyer = seated(client, HUY)
    page = f"/contracts/{contract.ref}/settlements/{sheet.ref}"
    assert 'name="no-let_go"' in buyer.get(page).get_data(as_text=True)
    to = f"/contracts/settlements/{sheet.ref}/disagreement"
    assert buyer.send(to, {"no-words": "Lũ", "no-let_go": "40.000.000"}).status_code == 422
    assert buyer.send(to, {"no-words": "Lũ", "no-let_go": "30.000.000"}).status_code == 303
    fresh()
    newest = db.session.scalars(select(Settlement).order_by(Settlement.id.desc())).first()
    assert newest is not None and (newest.owed_back, newest.inputs_left) == (0, 0)
    to = f"/contracts/settlements/{newest.ref}/disagreement"
    assert buyer.send(to, {"no-words": "Nghĩ lại", "no-let_go": ""}).status_code == 303
    fresh()
    newest = db.session.scalars(select(Settlement).order_by(Settlement.id.desc())).first()
    assert newest is not None and newest.owed_back == 30_000_000
    sound()
