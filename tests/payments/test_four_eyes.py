"""Money of the alliance goes back when two officers agree; a cooperative gives back its own."""

from __future__ import annotations

from marketplace.accounts import services as people
from marketplace.foundation.db import db, transaction
from marketplace.payments import queries as payments
from marketplace.registry import services as registry
from marketplace.registry.queries.due import PURPOSE
from tests.accounts.four_eyes import agreed, second_officer, waiting
from tests.client import ReadingClient
from tests.registry.test_dues import asked, due_of
from tests.world import World

__all__ = ["asked"]


def test_money_of_the_alliance_goes_back_by_two(asked: World, client: ReadingClient) -> None:
    due = due_of(asked.kinh_mon)
    with transaction():
        registry.take_in_cash(due=due, by=asked.officer)
    charge = payments.charge_for(PURPOSE, due.id)
    assert charge is not None and people.alliance(name="").id == charge.payee_organisation_id
    second = second_officer(client.application)
    client.sign_in("officer@demo.vn")
    page = f"/desk/money/{charge.ref}"
    assert client.send(f"{page}/refund", {"amount": "9000000", "note": "Nhầm"}).status_code == 422
    with transaction():
        registry_before = charge.received
    assert client.send(f"{page}/refund", {"amount": "100000", "note": "Nộp thừa"}).status_code == 303
    db.session.expire_all()
    assert charge.received == registry_before
    assert client.send(f"{page}/refund", {"amount": "100000", "note": "Nộp thừa"}).status_code == 422
    assert "100.000" in waiting("refund").told
    agreed(client, second, "refund")
    db.session.expire_all()
    assert charge.received == registry_before - 100_000
