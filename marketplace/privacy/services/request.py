"""What people ask about their data: received, confirmed, done or not, each within the law's days."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any

from marketplace import config
from marketplace.accounts import holdings
from marketplace.accounts.holdings import Identity
from marketplace.accounts.models import Person
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.db.session import public_pages_changed
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.opening import working_days_after
from marketplace.foundation.reference import random_ref
from marketplace.foundation.words import _l
from marketplace.orders.models import OrderGroup
from marketplace.privacy.events import (
    DataErased,
    DataRequestConfirmed,
    DataRequestDone,
    DataRequested,
    DataRequestRefused,
    DataRequestTakesLonger,
    DataRequestWithdrawn,
)
from marketplace.privacy.models import DataRequest
from marketplace.privacy.states import Came, Right, request_lifecycle

LETTERS = "ACDEFGHJKLMNPQRTUVWXY34679"  # none that are mistaken for each other


def ask(
    *,
    kind: Right,
    came: Came,
    person: Person | None = None,
    checkout: OrderGroup | None = None,
    name: str = "",
    phone: str = "",
    email: str = "",
    words: str = "",
    by: Any = None,
) -> DataRequest:
    """Somebody asks; from now the law's clock runs. A deletion first hears what has to be finished."""
    request = _received(kind, came, person, checkout, by)
    request.name = (person and person.name) or (checkout and checkout.buyer_name) or name
    request.phone = (person and person.phone) or (checkout and checkout.buyer_phone) or phone
    request.email = (person and person.email) or (checkout and checkout.buyer_email) or email
    request.locale = (person and person.locale) or (checkout and checkout.locale) or "vi"
    request.words = words.strip()[:1000]
    if kind is Right.ERASE and person is not None and came is Came.ACCOUNT:
        _refuse_while_unfinished(request)
        request.erase_on = clock.today() + dt.timedelta(days=config.current().erase_grace_days)
    db.session.add(request)
    db.session.flush()
    announce(DataRequested(right=kind, **_about(request, by)))
    if request.erase_on is not None:  # asked of the machine, answered by the machine
        confirm(request=request, by=None)
    return request


def confirm(*, request: DataRequest, by: Any) -> None:
    """We have it, and say until when it is done."""
    request_lifecycle.advance(request, "confirm")
    request.confirmed_at = clock.now()
    announce(DataRequestConfirmed(**_about(request, by)))


def take_longer(*, request: DataRequest, why: str, by: Any) -> None:
    """Once, with a reason that the person reads."""
    if request.longer_since is not None:
        raise Refusal(_l("It was made longer already: the law allows that once."))
    if not request.is_open:
        raise Refusal(_l("This request is closed."))
    request.longer_since, request.longer_why = clock.now(), why.strip()[:500]
    request.due_on += dt.timedelta(days=config.current().data_longer_days)
    announce(DataRequestTakesLonger(**_about(request, by)))


def finish(*, request: DataRequest, answer: str = "", by: Any) -> None:
    """Done. To finish a deletion is to delete, unless nobody knows whose rows are meant."""
    if request.kind is Right.ERASE and request.known:
        _refuse_while_unfinished(request)
    _close(request, "finish", answer, by)
    announce(DataRequestDone(**_about(request, by)))
    if request.kind is Right.ERASE and request.known:
        _erase(request, by)


def refuse(*, request: DataRequest, answer: str, by: Any) -> None:
    """Not possible, with the ground in the law."""
    if not answer.strip():
        raise Refusal(_l("Please write why, and on which ground."), field="answer")
    _close(request, "refuse", answer, by)
    announce(DataRequestRefused(**_about(request, by)))


def withdraw(*, request: DataRequest, by: Any) -> None:
    """The person changed their mind."""
    _close(request, "withdraw", "", by)
    announce(DataRequestWithdrawn(**_about(request, by)))


def erase_when_due(*, request: DataRequest) -> bool:
    """The time to come back is over. What was begun meanwhile is finished first: then the next round deletes."""
    if not request.is_open or request.erase_on is None or request.erase_on > clock.today():
        return False
    if holdings.obstacles(identity_of(request)):
        return False
    finish(request=request, by=None)
    return True


def identity_of(request: DataRequest) -> Identity:
    mark = "".join(secrets.choice(LETTERS) for _place in range(6))
    return Identity(f"Người cũ {mark}", person_id=request.person_id, checkout_id=request.checkout_id)


def _erase(request: DataRequest, by: Any) -> None:
    holdings.erase(identity_of(request), by=by)
    public_pages_changed()
    announce(DataErased(**_about(request, by)))


def _refuse_while_unfinished(request: DataRequest) -> None:
    found = holdings.obstacles(identity_of(request))
    if found:
        raise Refusal("\n".join(str(sentence) for sentence in found))


def _received(
    kind: Right, came: Came, person: Person | None, checkout: OrderGroup | None, by: Any
) -> DataRequest:
    settings = config.current()
    today = clock.today()
    return DataRequest(
        ref=random_ref(),
        kind=kind,
        came=came,
        person_id=person.id if person is not None else None,
        checkout_id=checkout.id if checkout is not None else None,
        received_at=clock.now(),
        confirm_by=working_days_after(today, settings.data_confirm_days),
        due_on=today + dt.timedelta(days=getattr(settings, f"data_{kind}_days")),
        entered_by_id=by.id if came is Came.PHONE else None,
    )


def _close(request: DataRequest, step: str, answer: str, by: Any) -> None:
    request_lifecycle.advance(request, step)
    request.closed_at = clock.now()
    request.answer = answer.strip()[:1000]
    request.handled_by_id = id_of(by)
    db.session.flush()


def _about(request: DataRequest, by: Any) -> dict[str, Any]:
    return {
        "request_id": request.id,
        "person_id": request.person_id,
        "actor_id": id_of(by),
    }
