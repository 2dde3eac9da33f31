"""Whose order it is: its buyer's page opens for its buyer, whoever else that is."""

from __future__ import annotations

import pytest

from tests.client import ReadingClient
from tests.orders.buying import order_for
from tests.world import World


def test_a_director_opens_what_was_bought_from_the_own_cooperative(
    world: World, client: ReadingClient
) -> None:
    order = order_for((world.carrots, 5), person_id=world.director.id).orders[0]
    client.sign_in("donglac@demo.vn")
    for path in (
        f"/orders/{order.ref}",
        f"/orders/{order.ref}/withdrawal",
        f"/orders/placed/{order.group.ref}",
    ):
        assert client.get(path).status_code == 200, path
    assert client.send(f"/orders/{order.ref}/withdrawal", {"words": "Đặt nhầm"}).status_code == 303


@pytest.mark.parametrize("buyer", ["guest", "household"])
def test_the_seller_is_not_the_buyer_of_what_others_ordered(
    world: World, client: ReadingClient, buyer: str
) -> None:
    """A link to it in a message makes nobody of the selling cooperative its buyer."""
    person = {"guest": {}, "household": {"person_id": world.household.id}}[buyer]
    order = order_for((world.carrots, 5), **person).orders[0]
    client.sign_in("donglac@demo.vn")
    assert client.get(f"/orders/{order.ref}").status_code in {403, 404}
    assert client.send(f"/orders/{order.ref}/withdrawal", {"words": ""}).status_code in {403, 404}


def test_accepting_is_pressed_again_when_no_answer_came_back(world: World, client: ReadingClient) -> None:
    order = order_for((world.carrots, 5)).orders[0]
    client.sign_in("donglac@demo.vn")
    page = f"/desk/orders/{order.number}"
    for _press in range(2):
        assert client.send(f"{page}/acceptance").headers["Location"].endswith(page)
    assert "đã được nhận rồi" in client.get(page).get_data(as_text=True)
    assert [answer.kind for answer in order.answers] == ["acceptance"]
