"""A sum is paid on the company's page: once, the right one, and only the company's word counts."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from marketplace.cards import calls, errands, queries, services, tasks
from marketplace.cards.models import CardSession
from marketplace.cards.states import SessionState
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.money import Money
from marketplace.payments import services as payments
from marketplace.payments.models import Charge
from marketplace.payments.states import ChargeState, Posting
from tests.cards.conftest import Send, due_now, fresh, opened, page_of, press
from tests.client import ReadingClient
from tests.payments.conftest import owed
from tests.payments.test_money import holds, kinds
from tests.stripe_like import StripeLike
from tests.stripe_like.books import DECLINED
from tests.world import World


def test_a_direct_charge_on_the_cooperative_s_own_account(
    client: ReadingClient, company: StripeLike, charge: Charge, account: str, send: Send
) -> None:
    name = opened(client, charge)
    session = company.books.things[name]
    assert company.books.owner[name] == account
    assert (session["amount_total"], session["currency"]) == (900_000, "vnd")
    assert company.books.pay(name) == "paid"
    assert fresh(charge).state is ChargeState.EXPECTED  # nobody has told us yet

    assert set(company.news.deliver(send)) == {200}
    assert (fresh(charge).state, charge.received) == (ChargeState.SETTLED, Money(900_000))
    assert [e.debit for e in charge.postings if e.kind == Posting.CONFIRMED] == [
        f"card:{charge.payee_organisation_id}"
    ]
    holds()


def test_the_fee_is_a_row_of_the_ledger(
    client: ReadingClient, company: StripeLike, charge: Charge, send: Send
) -> None:
    company.books.pay(opened(client, charge))
    company.news.deliver(send)
    company.books.booked = False
    tasks.look_after_pages()
    assert Posting.FEE not in kinds(fresh(charge))  # the company has not booked it yet

    company.books.booked = True
    for _ in range(2):
        due_now()
        tasks.look_after_pages()
    fees = [(e.amount, e.debit, e.credit) for e in fresh(charge).postings if e.kind == Posting.FEE]
    payee = charge.payee_organisation_id
    assert fees == [(Money(900_000 * 34 // 1000 + 7_500), f"fees:{payee}", f"card:{payee}")]
    holds()


def test_pressing_again_leads_to_the_same_page(
    client: ReadingClient, company: StripeLike, charge: Charge
) -> None:
    assert opened(client, charge) == opened(client, charge)
    assert len(company.books.of("checkout.session")) == 1


def test_the_return_is_not_believed_and_looks_again_by_itself(
    client: ReadingClient, company: StripeLike, charge: Charge, send: Send
) -> None:
    name = opened(client, charge)
    back = client.get(f"/pay/{charge.ref}/card?back=1")
    assert back.headers["Refresh"] == "5" and "công ty thẻ" in back.get_data(as_text=True)
    assert fresh(charge).state is ChargeState.EXPECTED

    company.books.pay(name)
    company.news.deliver(send)
    after = client.get(f"/pay/{charge.ref}/card?back=1")
    assert "Refresh" not in after.headers and "900.000" in after.get_data(as_text=True)


def test_a_declined_card_pays_nothing(
    client: ReadingClient, company: StripeLike, charge: Charge, send: Send
) -> None:
    assert company.books.pay(opened(client, charge), DECLINED) == "declined"
    company.news.deliver(send)
    assert fresh(charge).received == 0


@pytest.mark.parametrize("amount", [1, 14_999, 100_000_000, 250_000_000])
def test_too_small_or_large_is_said_before_leaving(
    client: ReadingClient, company: StripeLike, world: World, account: str, amount: int
) -> None:
    answer = press(client, owed(world, method="card", subject_id=9, amount=amount))
    assert answer.status_code == 422 and "Thẻ chỉ trả" in answer.get_data(as_text=True)
    assert company.asked("/v1/checkout/sessions") == 0


@pytest.mark.parametrize("amount", [15_000, 99_999_999])
def test_the_smallest_and_the_largest_are_taken(
    client: ReadingClient, company: StripeLike, world: World, account: str, amount: int
) -> None:
    charge = owed(world, method="card", subject_id=9, amount=amount)
    assert company.books.things[opened(client, charge)]["amount_total"] == amount


def test_without_an_account_that_takes_cards_none_are_offered(
    client: ReadingClient, world: World, company: StripeLike
) -> None:
    assert not queries.takes_cards(world.dong_lac.organisation_id)
    assert press(client, owed(world, method="card")).status_code == 422
    assert company.calls == []


def test_another_sum_closes_the_page_and_opens_another(
    client: ReadingClient, company: StripeLike, charge: Charge, world: World
) -> None:
    first = opened(client, charge)
    with transaction():
        payments.adjust(charge=charge, amount=Money(800_000), reason="weighed", by=world.director)
    second = opened(client, charge)
    assert company.books.things[first]["status"] == "expired"
    assert company.books.things[second]["amount_total"] == 800_000


def test_an_order_that_is_called_off_closes_its_page(
    client: ReadingClient, company: StripeLike, charge: Charge, world: World
) -> None:
    name = opened(client, charge)
    with transaction():
        payments.cancel(charge=charge, by=world.director)
    tasks.look_after_pages()
    assert company.books.things[name]["status"] == "expired"
    assert page_of(charge).state is SessionState.EXPIRED


def test_paid_in_the_moment_it_is_called_off_is_written_down_and_goes_back(
    client: ReadingClient, company: StripeLike, charge: Charge, world: World
) -> None:
    name = opened(client, charge)
    company.books.pay(name)
    with transaction():
        payments.cancel(charge=charge, by=world.director)
    tasks.look_after_pages()  # closing it is refused: it says that it was paid
    tasks.send_refunds()
    assert fresh(charge).received == 0 and kinds(charge)[-2:] == [Posting.CONFIRMED, Posting.REFUNDED]
    holds()


# --- crashes, silence -------------------------------------------------------------------------------------------------


def test_killed_between_the_call_and_its_storing(company: StripeLike, charge: Charge, send: Send) -> None:
    session = _asked(charge)
    made = calls.make_session(session)  # and here the process dies
    assert page_of(charge).state is SessionState.ASKED
    due_now()
    tasks.look_after_pages()
    assert (page_of(charge).state, page_of(charge).stripe_id) == (SessionState.OPEN, made["id"])
    assert len(company.books.of("checkout.session")) == 1


def test_killed_between_and_already_paid(company: StripeLike, charge: Charge, send: Send) -> None:
    company.books.pay(calls.make_session(_asked(charge))["id"])
    assert set(company.news.deliver(send)) == {200}
    assert fresh(charge).state is ChargeState.SETTLED
    holds()


def test_killed_before_the_call(company: StripeLike, charge: Charge) -> None:
    _asked(charge)
    due_now()
    tasks.look_after_pages()
    assert page_of(charge).state is SessionState.OPEN


@pytest.mark.parametrize("kind", ["500", "cut"])
def test_no_answer_is_said_and_asking_again_makes_no_second_page(
    client: ReadingClient, company: StripeLike, charge: Charge, kind: str
) -> None:
    company.will(kind, "/v1/checkout/sessions")
    answer = press(client, charge)
    assert answer.status_code == 422 and "không trả lời" in answer.get_data(as_text=True)
    opened(client, charge)
    assert len(company.books.of("checkout.session")) == 1
    assert len({key for _m, path, _a, key in company.calls if path == "/v1/checkout/sessions"}) == 1


def test_a_refusal_of_the_company_is_a_sentence(
    client: ReadingClient, company: StripeLike, charge: Charge, account: str
) -> None:
    company.books.get(account, "")["charges_enabled"] = False  # its news has not reached us
    answer = press(client, charge)
    assert answer.status_code == 422 and "không mở" in answer.get_data(as_text=True)
    assert page_of(charge).state is SessionState.FAILED


def test_paid_and_no_news_ever_comes(client: ReadingClient, company: StripeLike, charge: Charge) -> None:
    company.books.pay(opened(client, charge))
    company.news.waiting.clear()
    tasks.look_after_pages()
    assert fresh(charge).state is ChargeState.EXPECTED  # too early to ask
    due_now()
    tasks.look_after_pages()
    assert fresh(charge).state is ChargeState.SETTLED
    holds()


def test_a_page_that_ran_out_can_be_opened_anew(
    client: ReadingClient, company: StripeLike, charge: Charge, account: str, send: Send
) -> None:
    first = opened(client, charge)
    company.books.expire(first, account)
    company.news.deliver(send)
    assert page_of(charge).state is SessionState.EXPIRED
    assert opened(client, charge) != first


def test_nobody_waits_for_the_company_inside_a_transaction(charge: Charge) -> None:
    session = _asked(charge)
    with pytest.raises(AssertionError), transaction():
        calls.make_session(session)


def test_one_live_page_for_a_charge(charge: Charge) -> None:
    session = _asked(charge)
    with pytest.raises(Refusal), transaction():
        db.session.add(
            CardSession(
                ref="other", charge=charge, account=session.account, amount=Money(1), language="vi", back="",
                asked_at=session.asked_at, expires_at=session.expires_at,
            )
        )  # fmt: skip


def test_a_stranger_s_payment_by_transfer_has_no_card_page(client: ReadingClient, world: World) -> None:
    assert client.get(f"/pay/{owed(world).ref}/card").status_code == 404


def _asked(charge: Charge) -> CardSession:
    """As far as a process came that was killed before it called."""
    with transaction():
        return services.begin(charge=charge, back="")


def test_an_open_page_is_asked_about_less_and_less_often(
    client: ReadingClient, company: StripeLike, charge: Charge
) -> None:
    opened(client, charge)
    for _ in range(3):
        errands.run_session(page_of(charge).id)
    looks = db.session.scalars(select(CardSession.look_at)).all()
    assert all(at is not None and at > page_of(charge).asked_at for at in looks)
