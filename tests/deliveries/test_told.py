"""What a cooperative tells on the telephone about a sale: it left, the buyer took it; the officer writes it down."""

from __future__ import annotations

import pytest

from marketplace.deliveries import entering, policies, services
from marketplace.deliveries.models import Delivery
from marketplace.deliveries.states import DeliveryState, ReceivedHow
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.inbox import queries as inbox
from tests.client import ReadingClient
from tests.world import World


def test_left_then_taken_each_by_one_telling(world: World, delivery: Delivery, client: ReadingClient) -> None:
    assert policies.enters_leaving(world.officer, delivery)
    assert not policies.enters_leaving(world.director, delivery)
    client.sign_in("officer@demo.vn")
    here, (line,) = f"/office/deliveries/{delivery.ref}", delivery.lines
    assert client.send(f"{here}/hand-over", {"told_by": "Bà Mai"}).status_code == 403, "it has not left"
    assert (
        client.send(f"{here}/leaving", {"told_by": "Bà Mai", f"quantity_{line.id}": "40"}).status_code == 303
    )
    assert client.get(here).status_code == 200
    assert client.send(f"{here}/hand-over", {"told_by": "", f"quantity_{line.id}": "40"}).status_code == 422
    assert (
        client.send(f"{here}/hand-over", {"told_by": "Bà Mai", f"quantity_{line.id}": "38"}).status_code
        == 303
    )
    db.session.refresh(delivery)
    assert (delivery.state, delivery.received_how) == (DeliveryState.RECEIVED, ReceivedHow.SELLER)
    entry = inbox.newest_about(entering.DELIVERY, delivery.id)
    assert entry is not None and "38\xa0kg" in entry.what_vi and entry.told_by == "Bà Mai"


def test_two_officers_one_telling(world: World, delivery: Delivery) -> None:
    told = {"quantities": {}, "weights": {}, "told_by": "Bà Mai", "by": world.officer}
    with transaction():
        services.tell_leaving(delivery=delivery, **told)
    with pytest.raises(Refusal), transaction():
        services.tell_leaving(delivery=delivery, **told)
