"""Dues are forgiven, a norm counts and two records become one only when a second officer agrees."""

from __future__ import annotations

import datetime as dt

from marketplace.accounts.approvable import KINDS
from marketplace.foundation import clock
from marketplace.registry import queries
from marketplace.registry.states.due import DueState
from tests.accounts.four_eyes import agreed, second_officer, waiting
from tests.client import ReadingClient
from tests.registry.test_dues import asked, due_of
from tests.registry.test_duplicates import entered_twice
from tests.world import World

__all__ = ["asked"]


def test_dues_are_forgiven_by_two(asked: World, client: ReadingClient) -> None:
    second = second_officer(client.application)
    client.sign_in("officer@demo.vn")
    page = f"/office/dues/{due_of(asked.kinh_mon).ref}"
    assert client.send(f"{page}/forgiving", {"reason": "Bão"}).status_code == 303
    assert due_of(asked.kinh_mon).state is DueState.ASKED
    assert client.send(f"{page}/forgiving", {"reason": "Bão nữa"}).status_code == 422
    one = waiting("dues-forgiving")
    assert KINDS[one.kind].page(one) == page and "900.000" in one.told
    agreed(client, second, "dues-forgiving")
    due = due_of(asked.kinh_mon)
    assert due.state is DueState.FORGIVEN and due.forgiven_reason == "Bão"
    assert due.forgiven_by_id != asked.officer.id


def test_what_was_paid_meanwhile_is_not_forgiven(asked: World, client: ReadingClient) -> None:
    second = second_officer(client.application)
    client.sign_in("officer@demo.vn")
    page = f"/office/dues/{due_of(asked.kinh_mon).ref}"
    client.send(f"{page}/forgiving", {"reason": "Bão"})
    one = waiting("dues-forgiving")
    assert client.send(f"{page}/payment").status_code == 303
    assert second.send(f"/office/approvals/{one.ref}/agreement").status_code in (409, 422)
    assert due_of(asked.kinh_mon).state is DueState.PAID


def test_a_norm_counts_when_two_agree(world: World, client: ReadingClient) -> None:
    second = second_officer(client.application)
    client.sign_in("officer@demo.vn")
    day = dt.date(clock.today().year, 1, 1)
    told = {"kind": "cooperative", "amount": "700000", "valid_from": f"{day:%d/%m/%Y}", "decision": "12/QĐ"}
    assert client.send("/office/dues/norms", told).status_code == 303
    assert queries.due_norms() == []
    assert client.send("/office/dues/norms", told).status_code == 422
    agreed(client, second, "dues-norm")
    (norm,) = queries.due_norms()
    assert (norm.amount, norm.valid_from, norm.decision) == (700_000, day, "12/QĐ")


def test_two_records_become_one_when_two_agree(world: World, client: ReadingClient) -> None:
    double = entered_twice(world)
    second = second_officer(client.application)
    client.sign_in("officer@demo.vn")
    page = f"/office/duplicates/{double.slug}/into/{world.dong_lac.slug}"
    assert client.send(page, {"reason": "nhập hai lần"}).status_code == 303
    assert queries.merge_of(double) is None
    one = waiting("merging")
    assert KINDS[one.kind].page(one) == page and second.get(page).status_code == 200
    agreed(client, second, "merging")
    merge = queries.merge_of(double)
    assert merge is not None and merge.reason == "nhập hai lần"
