"""The demonstration province: enough of everything, true to its own rules, loaded once."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from phonenumbers import is_valid_number, parse
from sqlalchemy import func, select
from stdnum.vn import mst

from marketplace.accounts.models import Person
from marketplace.accounts.services import check_credentials
from marketplace.catalogue import queries as catalogue
from marketplace.catalogue.models import Commodity, Product
from marketplace.catalogue.states import ProductState
from marketplace.cooperatives.models import BankAccount, Certificate, Cooperative
from marketplace.cooperatives.states import Kind, MemberState, PaperState
from marketplace.deliveries.models import Delivery
from marketplace.deliveries.states import DeliveryState
from marketplace.fairs import queries as fairs
from marketplace.fairs.models import Fair
from marketplace.fairs.queries.gate import open_gates
from marketplace.fairs.states import Phase
from marketplace.foundation import clock, jobs
from marketplace.foundation.db import db, transaction
from marketplace.foundation.mail.models import Letter
from marketplace.foundation.media import Photo, PhotoState
from marketplace.fulfilment import loading
from marketplace.fulfilment import queries as fulfilment
from marketplace.fulfilment.models import Acceptance, Settlement, SlotRecord
from marketplace.fulfilment.states import AcceptanceState, SettlementState
from marketplace.helping import queries as helping
from marketplace.helping.models import AllianceComplaint, Delegation
from marketplace.helping.states import ComplaintState, DelegationState
from marketplace.insights import queries as insights
from marketplace.insights.invariants import breaks
from marketplace.insights.reporting import Span
from marketplace.insights.states import ReportKind
from marketplace.linkage.models import CallOff, Contract
from marketplace.linkage.states.call_off import CallOffState
from marketplace.orders.models import Order
from marketplace.orders.states import OrderState
from marketplace.payments.models import Charge
from marketplace.payments.states import ChargeState
from marketplace.programmes import queries as programmes
from marketplace.programmes.models import Loan
from marketplace.programmes.states import CourseState
from marketplace.programmes.states.loan import LoanState
from marketplace.registry import queries as registry
from marketplace.registry.services import merge_duplicate
from marketplace.selection import queries as selection
from marketplace.selection.states import ApplicationState, Decision, Entered, Purpose
from marketplace.site.demo.loading import load
from marketplace.site.demo.people import KEY_TO_THE_DEMONSTRATION
from marketplace.supply import queries as supply
from tests.client import ReadingClient

pytestmark = pytest.mark.long


def test_a_province_full_of_produce(app: Flask, client: ReadingClient) -> None:
    """One loading, since it takes seconds: each part below looks at another side of it."""
    with transaction():
        load(tell=lambda line: None, provinces={"30", "31"}, pictures=2)

    there_is_enough_of_everything()
    every_state_can_be_seen()
    a_contract_is_kept()
    the_alliance_reports()
    a_pool_brings_its_parts()
    the_books_are_exact_and_no_letter_leaves()
    every_number_is_invented()
    everybody_signs_in()
    carrots_and_onions_are_there_on_any_day()
    a_fair_at_every_stage()
    members_are_helped()
    db.session.rollback()
    assert "Cà rốt Đồng Lạc" in client.get("/products/ca-rot-dong-lac").text
    pictures_are_developed_like_any_photo(app)
    a_database_in_use_is_left_alone(app)
    records_become_one_and_every_book_stays_exact()


def there_is_enough_of_everything() -> None:
    admitted = select(func.count()).where(Cooperative.state == MemberState.ADMITTED)
    published = select(func.count()).where(Product.state == ProductState.PUBLISHED)
    offered = select(Product.commodity_id).where(Product.state == ProductState.PUBLISHED)
    assert db.session.scalar(admitted) >= 60
    assert db.session.scalar(published) >= 150
    assert db.session.scalar(select(func.count()).select_from(Commodity)) == 47
    assert db.session.scalar(select(func.count()).where(Commodity.id.not_in(offered))) == 0


def a_fair_at_every_stage() -> None:
    told = {listed.phase: listed.fair for listed in [*fairs.upcoming(), *fairs.past().rows]}
    assert told.keys() == {Phase.REPORTED, Phase.RUNNING, Phase.OPEN, Phase.ALLOCATING, Phase.ANNOUNCED}
    assert [each.fair.id for each in fairs.alarmed()] == [told[Phase.OPEN].id]
    last_years_fair_is_closed(told[Phase.REPORTED])
    one_is_on(told[Phase.RUNNING])
    one_calls(told[Phase.OPEN])
    one_is_under_review(told[Phase.ALLOCATING])


def last_years_fair_is_closed(fair: Fair) -> None:
    assert len(fairs.reports_of(fair.id)) == 1
    assert fairs.result_counts(fair.id) == {"locked": 8, "owing": 0}
    assert sum(each.paid for each in fairs.budget_by_source(fair)) and len(fairs.origins(fair.id)) > 4
    standing = next(each for each in fairs.leaderboard(clock.today()) if each.fair.id == fair.id)
    assert standing.sales > standing.verified_sales > 0 and standing.verified_contracts_value > 0


def members_are_helped() -> None:
    """Loans at every step, questions answered and not, calls to come back to, complaints."""
    assert states_of(Loan.state) >= {
        LoanState.ASKED,
        LoanState.RECOMMENDED,
        LoanState.REPAYING,
        LoanState.CLOSED,
    }
    assert states_of(AllianceComplaint.state) >= {
        ComplaintState.RECEIVED,
        ComplaintState.ANSWERED,
        ComplaintState.CLOSED,
    }
    assert states_of(Delegation.state) == {DelegationState.STANDING}
    assert len(helping.to_follow().rows) == 2 and len(programmes.advice.waiting(9, None).rows) == 2
    (over,) = [each.course for each in programmes.for_office(state=CourseState.CLOSED).rows]
    said = programmes.evaluation.said_of(over.id)
    assert {each.count for each in said.values()} == {5} and len(programmes.cost.of_course(over.id)) == 4


def one_is_on(fair: Fair) -> None:
    stands = {stand.application.cooperative.short_name: stand for stand in fairs.confirmed_stands(fair.id)}
    assert len(stands) == 18 and len(fairs.booths_of(fair.id)) == 60
    carrots = stands["HTX Đồng Lạc"]
    asked = fairs.asked_for(carrots.application_id)
    assert "Cà rốt Đồng Lạc" in {each.product.name_vi for each in asked.products}
    assert fairs.booth_day(carrots.id, fair.first_day) is not None
    assert len(open_gates(clock.today())) == 2 and fairs.visits(fair.id)
    assert [round.takes_wishes for round in fairs.meeting_rounds(fair.id)] == [True]


def one_calls(fair: Fair) -> None:
    call = selection.call_of(Purpose.FAIR, fair.id)
    assert (
        call is not None and selection.is_open(call) and len(call.reviewers) == 2 and len(call.criteria) == 4
    )
    came = selection.applications_of(call.id).rows
    states = {each.cooperative.short_name: (each.state, each.entered) for each in came}
    assert states["HTX Đồng Lạc"] == (ApplicationState.DRAFT, Entered.ONLINE)
    assert Entered.PHONE in {entered for _state, entered in states.values()} and len(came) == 6
    assert len(fair.budget) == 3 and fairs.halls_of(fair.id), "plan and budget came along from last year"


def one_is_under_review(fair: Fair) -> None:
    call = selection.call_of(Purpose.FAIR, fair.id)
    assert call is not None and call.seed is not None
    merits = selection.merit(call.id)
    assert len(merits) == 8 and {merit.reviews for merit in merits.values()} == {2}
    assert max(merit.spread for merit in merits.values()) > 25
    prepared = {each.pending for each in selection.applications_of(call.id).rows}
    assert prepared == {*Decision} and not fairs.confirmed_stands(fair.id)
    assert fairs.chosen_run(fair.id) is not None


def every_state_can_be_seen() -> None:
    assert states_of(Cooperative.kind) == set(Kind)
    assert states_of(Cooperative.state) == set(MemberState)
    assert states_of(Certificate.state) == set(PaperState)
    assert states_of(Product.state) == set(ProductState)
    assert states_of(Order.state) == set(OrderState)
    assert states_of(Charge.state) == set(ChargeState)
    assert states_of(Delivery.state) == set(DeliveryState)


def the_alliance_reports() -> None:
    """Last month's has its number, this quarter's waits."""
    told = [(each.kind, each.state) for each in insights.period_reports(None, None).rows]
    assert sorted(told) == [("month", "issued"), ("quarter", "draft")]
    issued = insights.standing_report(ReportKind.MONTH, Span.of(ReportKind.MONTH, clock.today()).before.first)
    assert issued is not None and issued.symbol == "01/BC-LMHTX"
    assert insights.values_of(issued)["trade"].value


def a_contract_is_kept() -> None:
    """Two weeks settled, one rained off, this week in three loads, two weeks to come."""
    contract = db.session.scalars(select(Contract).where(Contract.title == "Cà rốt vụ đông")).one()
    calls = select(CallOff).where(CallOff.contract_id == contract.id).order_by(CallOff.slot)
    assert [call.state for call in db.session.scalars(calls)][:7] == [
        CallOffState.ACCEPTED,
        CallOffState.ACCEPTED,
        CallOffState.REFUSED,
        CallOffState.ACCEPTED,
        CallOffState.ACCEPTED,
        CallOffState.CALLED,
        CallOffState.PLANNED,
    ]
    slips = select(Acceptance.state).where(Acceptance.contract_id == contract.id).order_by(Acceptance.id)
    assert [*db.session.scalars(slips)] == [
        AcceptanceState.AGREED,
        AcceptanceState.AGREED,
        AcceptanceState.DISPUTED,
        AcceptanceState.SIGNED,
    ]
    sheets = [*db.session.scalars(select(Settlement).order_by(Settlement.id))]
    assert [sheet.state for sheet in sheets] == [SettlementState.PAID, SettlementState.CONFIRMED]
    assert sheets[1].due_on is not None and sheets[1].due_on > clock.today()
    on_its_way = fulfilment.load.arriving(contract.buyer_id, clock.today())
    assert {"34C-128.66", "34C-077.12"} <= {row.vehicle for row in on_its_way if row.slip is None}
    missing = select(SlotRecord.cause, SlotRecord.missing).where(SlotRecord.missing > 0)
    assert [tuple(row) for row in db.session.execute(missing)] == [("weather", Decimal(1_900))]


def a_pool_brings_its_parts() -> None:
    for name in ("HTX Đồng Lạc", "HTX Tân Minh Đức"):
        member = db.session.scalars(select(Cooperative).where(Cooperative.short_name == name)).one()
        (call,) = fulfilment.load.parts_of_member(member.id).rows
        assert 0 < loading.left_for(call, member.id) < call.accepted


def states_of(column: Any) -> set[Any]:
    return set(db.session.scalars(select(column).distinct()))


def the_books_are_exact_and_no_letter_leaves() -> None:
    assert {number: count for number, _sentence, count in breaks(thorough=True) if count} == {}
    assert db.session.scalar(select(func.count()).select_from(Letter)) == 0


def records_become_one_and_every_book_stays_exact() -> None:
    """A double that knows nothing, and two that traded: nothing of them is lost, all that must be true still is."""
    officer = db.session.scalars(select(Person).where(Person.email == "officer@demo.vn")).one()
    elder, double = (registry.pairs()[0].one, registry.pairs()[0].other)
    merge(loser=double, survivor=elder, by=officer)
    sold = (
        select(Order.cooperative_id, func.count())
        .group_by(Order.cooperative_id)
        .order_by(func.count().desc())
    )
    first, second = (row[0] for row in db.session.execute(sold.limit(2)).all())
    merge(
        loser=db.session.get_one(Cooperative, second),
        survivor=db.session.get_one(Cooperative, first),
        by=officer,
    )
    assert {number: count for number, _sentence, count in breaks(thorough=True) if count} == {}


def merge(*, loser: Cooperative, survivor: Cooperative, by: Person) -> None:
    with transaction():
        merge_duplicate(loser=loser, survivor=survivor, reason="hai hồ sơ của một hợp tác xã", by=by)


def every_number_is_invented() -> None:
    codes = [code for code in db.session.scalars(select(Cooperative.tax_code)) if code]
    assert len(set(codes)) == len(codes) > 60
    assert [code for code in codes if not code.startswith("99") or not mst.is_valid(code)] == []
    phones = db.session.scalars(select(Cooperative.phone)).all()
    assert [phone for phone in phones if not is_valid_number(parse(phone))] == []
    accounts = db.session.execute(select(BankAccount.bin, BankAccount.number)).all()
    assert len(set(accounts)) == len(accounts) > 60


def everybody_signs_in() -> None:
    for name in ("officer", "donglac", "ducchinh", "tanminhduc", "bigmart", "household", "gate"):
        person = check_credentials(identifier=f"{name}@demo.vn", password=KEY_TO_THE_DEMONSTRATION)
        assert person is not None, name


def carrots_and_onions_are_there_on_any_day() -> None:
    carrots = catalogue.product_by_slug("ca-rot-dong-lac")
    onions = catalogue.product_by_slug("hanh-cu-kinh-mon")
    assert carrots is not None and carrots.cooperative.name == "HTX Dịch vụ nông nghiệp Đồng Lạc"
    assert onions is not None and "Kinh Môn" in onions.name_vi
    assert supply.available(carrots.id) >= Decimal(50)
    assert supply.available(onions.id) >= Decimal(20)


def pictures_are_developed_like_any_photo(app: Flask) -> None:
    jobs.drain(app)
    db.session.rollback()
    photos = db.session.scalars(select(Photo)).all()
    assert [(photo.state, photo.width, photo.height) for photo in photos] == [
        (PhotoState.READY, 1200, 900)
    ] * 8, "two of goods, one of what was refused, one of a dispute, three of news, one of a season"
    db.session.rollback()


def a_database_in_use_is_left_alone(app: Flask) -> None:
    runner = app.test_cli_runner()
    quiet = runner.invoke(args=["demo", "load", "--if-empty"])
    refused = runner.invoke(args=["demo", "load"])
    assert (quiet.exit_code, quiet.output) == (0, "")
    assert refused.exit_code == 1 and "empty" in refused.output
