"""A deposit: set on the desk, seen at checkout, paid first, counted with the goods, kept or given back."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from marketplace.deliveries import services as handing
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.money import Money
from marketplace.inbox.models import Notice
from marketplace.orders import services, written
from marketplace.orders.models import Order
from marketplace.orders.services import checkout
from marketplace.orders.states import CancelReason, Method, OrderState, RefusalReason, Side
from marketplace.payments import deposits, gateways, parties, statements, vietqr
from marketplace.payments import services as payments
from marketplace.payments.models import Charge
from marketplace.payments.queries import bank_lines
from marketplace.payments.statements import Period
from marketplace.payments.states import ChargeState, DepositState, LineReason, RefundState, RowResult
from tests.client import ReadingClient
from tests.orders.agreed import charge_of, delivery_of, holds, pack, send_off, wish
from tests.orders.buying import choices, new_cart, send
from tests.orders.test_checkout_ways import written as on_page
from tests.payments import bank
from tests.payments.test_statement import EVER
from tests.world import World


def asks(world: World, *, percent: int = 30, from_sum: int = 500_000, kept: bool = True) -> None:
    with transaction():
        payments.set_deposit_terms(
            payee_organisation_id=world.dong_lac.organisation_id,
            from_sum=Money(from_sum),
            percent=percent,
            kept=kept,
            by=world.director,
        )


def ordered(world: World, kilos: int = 50, method: Method = Method.TRANSFER, **changed: Any) -> Order:
    """50 kg of carrots at 12.000 ₫ and 60.000 ₫ for the truck, as Đồng Lạc asks for them today."""
    with transaction():
        cart = new_cart()
        services.put(cart=cart, product=world.carrots, quantity=Decimal(kilos))
        chosen = choices(cart, method)
        cooperative, items = checkout.by_cooperative(cart)[0]
        plain = chosen[cooperative.id]
        chosen[cooperative.id] = checkout.Choice(
            option=plain.option,
            fee=plain.fee,
            method=method,
            asked=checkout.asked_ahead(cooperative, items, plain.fee),
            **changed,
        )
        return send(cart, chosen=chosen, person_id=world.household.id).orders[0]


def agreed(world: World, **more: Any) -> Order:
    order = ordered(world, **more)
    with transaction():
        services.accept(order=order, by=world.director)
    return order


def deposit_of(order: Order) -> deposits.Deposit:
    db.session.expire_all()
    found = deposits.deposit_of(charge_of(order))
    assert found is not None
    return found


def pay(charge: Charge, world: World, amount: int | None = None) -> None:
    with transaction():
        payments.confirm(charge=charge, amount=Money(amount or int(charge.to_pay)), by=world.director)


def arrive(order: Order, world: World) -> None:
    pack(order, world)
    send_off(order, world)
    with transaction():
        handing.receive(delivery=delivery_of(order), by=world.household)
    db.session.expire_all()


def cancel(order: Order, side: Side, by: object) -> None:
    reason = CancelReason.NOT_NEEDED if side is Side.BUYER else CancelReason.WEATHER
    with transaction():
        services.cancel(order=order, side=side, reason=reason, by=by)
    db.session.expire_all()


def due_back(charge: Charge) -> int:
    db.session.refresh(charge, ["refunds"])
    return sum(int(refund.amount) for refund in charge.refunds if refund.state is RefundState.DUE)


def letters(kind: str) -> set[int | None]:
    return set(db.session.scalars(db.select(Notice.person_id).where(Notice.kind == kind)))


# --- what is asked ------------------------------------------------------------------------------------


def test_a_part_is_asked_first_and_nobody_is_asked_for_it_twice(world: World) -> None:
    asks(world)
    order = agreed(world)
    deposit, charge = deposit_of(order), charge_of(order)
    assert (order.total, order.deposit) == (Money(660_000), Money(198_000))
    assert deposit.state is DepositState.ASKED
    assert (deposit.charge.to_pay, charge.to_pay, charge.open_amount) == (198_000, 462_000, 660_000)
    for each, asked in ((deposit.charge, 198_000), (charge, 462_000)):
        told = vietqr.parse(gateways.GATEWAYS[each.method].begin(each).payload)
        assert (told.amount, told.text) == (asked, each.transfer_ref)
    assert deposit.charge.transfer_ref.startswith("DC") and charge.transfer_ref.startswith("DH")
    assert letters("orders.deposit_asked") == {world.household.id}
    assert not letters("orders.buyer_accepted")
    holds()


@pytest.mark.parametrize(
    ("case", "method", "more"),
    [
        ("small", Method.TRANSFER, {"kilos": 20}),
        ("card", Method.CARD, {}),
        ("account", Method.TRANSFER, {"on_account": True}),
    ],
)
def test_small_orders_cards_and_purchases_on_account_ask_nothing_ahead(
    world: World, case: str, method: Method, more: dict[str, object]
) -> None:
    if case == "account":
        first = agreed(world, kilos=2)
        with transaction():
            account = parties.sellers_account(world.dong_lac.organisation, world.household.ref)
            assert account is not None
            payments.grant_credit(
                account=account, most=Money(5_000_000), days=9, reason="quen", by=world.director
            )
        assert first.deposit == 0
    asks(world)
    order = agreed(world, method=method, **more)
    assert (order.deposit, order.deposit_percent) == (0, None)
    assert deposits.deposit_of(charge_of(order)) is None
    holds()


def test_of_a_smaller_acceptance_the_same_share_is_asked(world: World) -> None:
    asks(world)
    order = ordered(world)
    with transaction():
        services.counter(
            order=order, quantities={order.lines[0].id: Decimal(40)}, words="", by=world.director
        )
        services.confirm_counter(order=order, by=world.household)
    assert (order.total, order.deposit) == (Money(540_000), Money(162_000))
    assert deposit_of(order).charge.amount == 162_000
    holds()


def test_terms_of_then_hold_whatever_the_cooperative_decides_later(world: World) -> None:
    asks(world)
    order = ordered(world)
    asks(world, percent=50, kept=False)
    with transaction():
        payments.end_deposit_terms(payee_organisation_id=world.dong_lac.organisation_id, by=world.director)
        services.accept(order=order, by=world.director)
    assert (order.deposit, order.deposit_kept) == (Money(198_000), True)
    assert deposits.asked_of(world.dong_lac.organisation_id, Money(9_000_000)) is None
    holds()


@pytest.mark.parametrize(
    ("total", "percent", "asked"),
    [(660_000, 30, 198_000), (1_234_567, 7, 86_000), (5_000, 10, 1_000), (4_000, 10, 0)],
)
def test_a_deposit_is_whole_thousands(total: int, percent: int, asked: int) -> None:
    assert deposits.share(Money(total), percent) == asked


# --- what becomes of it -------------------------------------------------------------------------------


def test_it_lies_ready_until_the_goods_arrive_and_then_counts(world: World) -> None:
    asks(world)
    order = agreed(world)
    pay(deposit_of(order).charge, world)
    assert deposit_of(order).state is DepositState.LYING
    assert letters("orders.deposit_came") == {world.household.id, world.director.id}
    pay(charge_of(order), world)
    assert charge_of(order).state is ChargeState.EXPECTED and charge_of(order).to_pay == 0
    holds()
    arrive(order, world)
    assert deposit_of(order).state is DepositState.COUNTED
    assert charge_of(order).state is ChargeState.SETTLED and order.state is OrderState.COMPLETED
    assert letters("orders.deposit_counted") == {world.household.id}
    holds()


def test_the_order_goes_on_without_it_and_all_is_asked_when_the_goods_arrive(world: World) -> None:
    asks(world)
    order = agreed(world)
    arrive(order, world)
    assert deposit_of(order).state is DepositState.WAIVED
    assert (charge_of(order).to_pay, order.state) == (660_000, OrderState.ACCEPTED)
    pay(charge_of(order), world)
    db.session.expire_all()
    assert order.state is OrderState.COMPLETED
    holds()


def test_half_a_deposit_counts_as_half(world: World) -> None:
    asks(world)
    order = agreed(world)
    pay(deposit_of(order).charge, world, 100_000)
    arrive(order, world)
    assert (deposit_of(order).charge.amount, charge_of(order).to_pay) == (100_000, 560_000)
    holds()


def test_more_than_is_owed_in_the_end_goes_back(world: World) -> None:
    """The price comes down so far that the deposit is more than the order."""
    asks(world, percent=50)
    order = agreed(world)
    pay(deposit_of(order).charge, world)
    with transaction():
        change = services.propose(
            order=order, side=Side.SELLER, proposal=wish(order, price=1_000), words="", by=world.director
        )
        services.accept_change(change=change, by=world.household)
    deposit = deposit_of(order)
    assert (order.total, charge_of(order).to_pay, deposit.came) == (110_000, 0, 110_000)
    assert due_back(deposit.charge) == 220_000
    holds()


def test_nothing_is_owed_for_goods_that_never_came_and_all_of_it_goes_back(world: World) -> None:
    asks(world)
    order = agreed(world)
    pay(deposit_of(order).charge, world)
    send_off(order, world)
    with transaction():
        payments.adjust(charge=charge_of(order), amount=Money(0), reason="mất hàng", by=world.director)
    assert deposit_of(order).state is DepositState.RETURNED
    assert due_back(deposit_of(order).charge) == 198_000
    holds()


def test_all_of_it_paid_at_once_gives_the_deposit_back(world: World) -> None:
    asks(world)
    order = agreed(world)
    pay(deposit_of(order).charge, world)
    pay(charge_of(order), world, 660_000)
    assert deposit_of(order).state is DepositState.RETURNED
    assert (due_back(deposit_of(order).charge), charge_of(order).state) == (198_000, ChargeState.SETTLED)
    holds()


@pytest.mark.parametrize(
    ("side", "kept", "paid", "state", "back"),
    [
        (Side.BUYER, True, True, DepositState.KEPT, 0),
        (Side.BUYER, False, True, DepositState.RETURNED, 198_000),
        (Side.SELLER, True, True, DepositState.RETURNED, 198_000),
        (Side.BUYER, True, False, DepositState.WAIVED, 0),
    ],
)
def test_who_cancels_decides_what_becomes_of_it(
    world: World, side: Side, kept: bool, paid: bool, state: DepositState, back: int
) -> None:
    asks(world, kept=kept)
    order = agreed(world)
    if paid:
        pay(deposit_of(order).charge, world)
    cancel(order, side, world.household if side is Side.BUYER else world.director)
    deposit = deposit_of(order)
    assert (deposit.state, due_back(deposit.charge)) == (state, back)
    assert charge_of(order).state is ChargeState.CANCELLED
    holds()


def test_a_deposit_that_stays_is_a_sale_and_can_still_be_given_back(world: World) -> None:
    asks(world)
    order = agreed(world)
    pay(deposit_of(order).charge, world)
    cancel(order, Side.BUYER, world.household)
    assert letters("orders.deposit_kept") == {world.household.id, world.director.id}
    assert letters("orders.cancelled_kept") == {world.director.id}
    with transaction():
        payments.pay_back(charge=deposit_of(order).charge, amount=Money(98_000), by=world.director)
    assert deposit_of(order).charge.received == 100_000
    holds()


def test_what_counts_already_goes_back_from_the_order(world: World) -> None:
    asks(world)
    order = agreed(world)
    pay(deposit_of(order).charge, world)
    arrive(order, world)
    with pytest.raises(Refusal), transaction():
        payments.pay_back(charge=deposit_of(order).charge, amount=Money(1_000), by=world.director)
    db.session.rollback()
    with transaction():
        payments.pay_back(charge=charge_of(order), amount=Money(8_000), by=world.director)
    assert charge_of(order).received == 190_000
    holds()


@pytest.mark.parametrize("how", ["refuse", "withdraw"])
def test_an_order_that_was_never_agreed_asks_nothing(world: World, how: str) -> None:
    asks(world)
    order = ordered(world)
    with transaction():
        if how == "refuse":
            services.refuse(order=order, reason=RefusalReason.SOLD_OUT, words="", by=world.director)
        else:
            services.withdraw(order=order, by=world.household)
    assert db.session.query(Charge).count() == 0
    holds()


# --- what is read -------------------------------------------------------------------------------------


def test_the_statement_owes_the_sum_once_and_tells_each_step(world: World) -> None:
    asks(world)
    order = agreed(world)
    account = parties.sellers_account(world.dong_lac.organisation, world.household.ref)
    assert account is not None
    assert (_closing(account), statements.ageing(account).open) == (660_000, 660_000)
    pay(deposit_of(order).charge, world)
    assert (_closing(account), statements.ageing(account).open) == (462_000, 462_000)
    arrive(order, world)
    told = statements.statement(account, EVER, size=100)
    assert [(str(row.what), int(row.more), int(row.less)) for row in told.page.rows] == [
        ("Phải trả", 660_000, 0),
        ("Đặt cọc, một phần của số tiền", 0, 0),
        ("Đã nhận tiền đặt cọc", 0, 198_000),
        ("Tiền đặt cọc được tính từ nay", 0, 0),
    ]
    assert [int(row.aside) for row in told.page.rows] == [0, 198_000, 0, 198_000]
    assert _closing(account) == statements.ageing(account).open == 462_000
    page = statements.buyers_of(world.dong_lac.organisation, "all", size=5)
    assert [int(row.balance) for row in page.rows] == [462_000]


def _closing(account: parties.Account, period: Period = EVER) -> int:
    db.session.expire_all()
    return int(statements.statement(account, period, size=100).closing)


def test_the_confirmation_tells_it_and_the_history_names_it(world: World, client: ReadingClient) -> None:
    asks(world)
    order = agreed(world)
    document = written.confirmation(order)
    assert document is not None and document.told["deposit"]["amount"] == 198_000
    client.sign_in("household@demo.vn")
    assert "Đặt cọc 30 %" in client.get(f"/documents/{document.ref}").get_data(as_text=True)
    pay(deposit_of(order).charge, world)
    lines = [line.sentence for line in history_of("order", order.id)]
    assert any("(tiền đặt cọc)" in line for line in lines)


def test_the_buyer_pays_it_first_and_the_seller_sees_that_it_is_missing(
    world: World, client: ReadingClient
) -> None:
    asks(world)
    order = agreed(world)
    client.sign_in("household@demo.vn")
    page = client.get(f"/orders/{order.ref}").get_data(as_text=True)
    assert deposit_of(order).charge.transfer_ref in page and "462.000" in page
    assert charge_of(order).transfer_ref not in page
    client.send("/sign-out")
    client.sign_in("donglac@demo.vn")
    for url in (f"/desk/orders/{order.number}", f"/desk/deliveries/{delivery_of(order).ref}"):
        assert "Tiền đặt cọc 198.000" in client.get(url).get_data(as_text=True)
    assert "Đặt cọc cho" in client.get("/desk/money").get_data(as_text=True)
    pay(deposit_of(order).charge, world)
    client.send("/sign-out")
    client.sign_in("household@demo.vn")
    page = client.get(f"/orders/{order.ref}").get_data(as_text=True)
    assert charge_of(order).transfer_ref in page and "Đã nhận được" in page


def test_the_bank_counts_the_deposit_and_the_rest_each_by_its_own_reference(world: World) -> None:
    asks(world)
    order = agreed(world)
    deposit, charge = deposit_of(order).charge, charge_of(order)
    run = bank.send(
        world,
        [
            bank.row(f"LAN DAT COC {deposit.transfer_ref}", 198_000, "FT1"),
            bank.row(f"LAN TRA NOT {charge.transfer_ref}", 462_000, "FT2"),
        ],
    )
    assert bank.outcome(run) == [RowResult.COUNTED, RowResult.COUNTED]
    assert (deposit_of(order).state, charge_of(order).to_pay) == (DepositState.LYING, 0)
    holds()


def test_one_transfer_of_the_whole_sum_is_proposed_for_both(world: World) -> None:
    asks(world)
    order = agreed(world)
    bank.send(world, [bank.row(f"LAN {deposit_of(order).charge.transfer_ref}", 660_000, "FT1")])
    line = bank.only_line()
    assert line.reason is LineReason.SEVERAL
    proposed = {one.charge.purpose: int(one.amount) for one in bank_lines.suggestions(line)}
    assert proposed == {"deposit": 198_000, "order": 462_000}


def test_checkout_tells_it_before_the_order_is_sent_and_again_when_it_changed(
    world: World, client: ReadingClient
) -> None:
    asks(world)
    client.post("/cart/items", data={"product": "ca-rot-dong-lac", "quantity": "60"})
    page = client.get("/checkout").get_data(as_text=True)
    assert "Đặt cọc 30 %" in page and "hợp tác xã giữ tiền cọc" in page
    asks(world, percent=40)
    again = client.post("/checkout", data=on_page(page, world))
    assert again.status_code == 422 and "Đặt cọc 40 %" in again.get_data(as_text=True)
    sent = client.post("/checkout", data=on_page(again.get_data(as_text=True), world, method="transfer"))
    assert sent.status_code == 303
    order = db.session.scalars(db.select(Order)).one()
    assert (order.deposit_percent, order.deposit_kept) == (40, True)


def test_whoever_cancels_reads_what_becomes_of_it_first(world: World, client: ReadingClient) -> None:
    asks(world)
    order = agreed(world)
    pay(deposit_of(order).charge, world)
    client.sign_in("household@demo.vn")
    page = client.get(f"/orders/{order.ref}/cancellation").get_data(as_text=True)
    assert "Tiền đặt cọc 198.000 ₫ thuộc về hợp tác xã" in page.replace("\xa0", " ")
    client.send("/sign-out")
    client.sign_in("donglac@demo.vn")
    page = client.get(f"/desk/orders/{order.number}/cancellation").get_data(as_text=True)
    assert "được trả lại" in page


def test_the_director_says_when_it_is_asked(world: World, client: ReadingClient) -> None:
    client.sign_in("donglac@demo.vn")
    good = {"from_sum": "5tr", "percent": "30", "rule": "kept"}
    for wrong in ({"percent": "51"}, {"percent": "0"}, {"from_sum": ""}, {"rule": "perhaps"}):
        answer = client.send("/desk/money/deposit", {**good, **wrong})
        assert answer.status_code == 422
    assert deposits.terms_of(world.dong_lac.organisation_id) is None
    client.send("/desk/money/deposit", good)
    asked = deposits.asked_of(world.dong_lac.organisation_id, Money(5_000_000))
    assert asked == deposits.Asked(30, True, Money(1_500_000))
    client.send("/desk/money/deposit/end")
    db.session.expire_all()
    assert deposits.asked_of(world.dong_lac.organisation_id, Money(5_000_000)) is None
    client.send("/sign-out")
    client.sign_in("household@demo.vn")
    assert client.get("/desk/money/deposit").status_code in {302, 303, 403, 404}
