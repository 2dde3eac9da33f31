"""Pages of what waits: a queue with marks, a decision to preview, one that was taken."""

from __future__ import annotations

from typing import Any

from flask import current_app

from marketplace.cooperatives import services as registry
from marketplace.cooperatives.states import Kind
from marketplace.foundation.db import transaction
from marketplace.foundation.morning import QUEUES
from marketplace.worklist import services
from tests.world import World


def waiting_shown(world: World) -> dict[str, Any]:
    """Two ask to join; one of them is admitted, the other somebody has taken on."""
    queue = QUEUES["applications"]
    with current_app.test_request_context("/office"), transaction():
        keys = [
            str(registry.enter(kind=Kind.COOPERATIVE, name=f"HTX Sớm Mai {number}").id) for number in (1, 2)
        ]
        given = {"queue": queue, "by": world.officer}
        services.take_on(**given, keys=keys[1:])
        run = services.decide(**given, decision=queue.decisions[0], keys=keys[:1], ref="sang-som")
        return {"queue": queue.key, "decision": queue.decisions[0].key, "run": run.ref}
