"""What rivals do to things that wait, each by the numbers they are told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from marketplace.accounts.models import Person
from marketplace.cooperatives import queries as cooperatives
from marketplace.cooperatives import services as registry
from marketplace.foundation.db import Page, db
from marketplace.foundation.morning import QUEUES, Queue, Waiting
from marketplace.worklist import services


def _queue(key: str) -> Queue:
    """As it is, but its lines lead nowhere: rivals stand on no page."""
    return replace(QUEUES[key], rows=_papers if key == "certificates" else _applications)


def _papers(_user: Any, size: int, after: str | None) -> Page[Waiting]:
    page = cooperatives.waiting_certificates(size, after)
    return page.map(lambda each: Waiting(str(each.id), each.number, each.cooperative.name, ""))


def _applications(_user: Any, size: int, after: str | None) -> Page[Waiting]:
    page = cooperatives.applications(size, after)
    return page.map(lambda row: Waiting(str(row.id), "", row.name, ""))


def take(person: int, queue: str, key: str) -> None:
    services.take_on(queue=_queue(queue), keys=[key], by=db.session.get_one(Person, person))


def decide(person: int, queue: str, decision: str, keys: Sequence[str], ref: str) -> str:
    """How many were done."""
    found = _queue(queue)
    chosen = found.decision(decision)
    assert chosen is not None
    by = db.session.get_one(Person, person)
    run = services.decide(queue=found, decision=chosen, keys=keys, ref=ref, by=by)
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
