"""What rivals do to things that wait, each by the numbers they are told."""

from __future__ import annotations

from collections.abc import Sequence

from flask import current_app

from marketplace.accounts.models import Person
from marketplace.cooperatives import queries as cooperatives
from marketplace.cooperatives import services as registry
from marketplace.foundation.db import db
from marketplace.foundation.morning import QUEUES
from marketplace.worklist import services


def take(person: int, queue: str, key: str) -> None:
    with current_app.test_request_context("/office"):
        services.take_on(queue=QUEUES[queue], keys=[key], by=db.session.get_one(Person, person))


def decide(person: int, queue: str, decision: str, keys: Sequence[str], ref: str) -> str:
    """How many were done and how many left."""
    with current_app.test_request_context("/office"):
        found = QUEUES[queue].decision(decision)
        assert found is not None
        by = db.session.get_one(Person, person)
        run = services.decide(queue=QUEUES[queue], decision=found, keys=keys, ref=ref, by=by)
        return f"done {sum(not line.refused for line in run.lines)}"


def admit(person: int, cooperative: int) -> None:
    found = cooperatives.by_id(cooperative)
    assert found is not None
    registry.advance(cooperative=found, step="admit", reason="", by=db.session.get_one(Person, person))


def reject(person: int, certificate: int) -> None:
    found = cooperatives.certificate(certificate)
    assert found is not None
    registry.reject_certificate(
        certificate=found, reason="Giấy của đơn vị khác", by=db.session.get_one(Person, person)
    )
