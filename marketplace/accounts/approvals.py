"""What two administrators agree to."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marketplace.accounts import services
from marketplace.accounts.approvable import approvable
from marketplace.accounts.models import Approval, DeskPost, Person
from marketplace.accounts.states import Desk
from marketplace.foundation.db import db
from marketplace.foundation.words import _l


def _person_page(approval: Approval) -> str:
    found = db.session.get(Person, approval.data["person"])
    return f"/office/people/{found.ref}" if found else "/office/people"


@approvable("desks", label=_l("Give a desk"), desks=[Desk.ADMINISTRATOR], page=_person_page, alone=True)
def give(approval: Approval, by: Any) -> None:
    last_day = approval.data["last_day"]
    services.give_desk(
        person=db.session.get_one(Person, approval.data["person"]),
        desk=Desk(approval.data["desk"]),
        reason=approval.reason,
        last_day=dt.date.fromisoformat(last_day) if last_day else None,
        by=by,
    )


@approvable("desk-end", label=_l("End a desk"), desks=[Desk.ADMINISTRATOR], page=_person_page, alone=True)
def end(approval: Approval, by: Any) -> None:
    services.end_desk(post=db.session.get_one(DeskPost, approval.data["post"]), reason=approval.reason, by=by)


@approvable(
    "second-step",
    label=_l("Take away a lost second step"),
    desks=[Desk.ADMINISTRATOR],
    page=_person_page,
    alone=True,
)
def reset(approval: Approval, by: Any) -> None:
    person = db.session.get_one(Person, approval.data["person"])
    services.reset_factors(person=person, reason=approval.reason, by=by)


@approvable("closing", label=_l("Close an account"), desks=[Desk.ADMINISTRATOR], page=_person_page)
def close(approval: Approval, by: Any) -> None:
    services.deactivate(person=db.session.get_one(Person, approval.data["person"]), by=by)
