"""Passes: made, revoked, made anew; who registers to come; when exhibitors arrive."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marketplace import config
from marketplace.fairs import codes, notices
from marketplace.fairs.events import (
    ArrivalPlanned,
    PassesRevoked,
    PassMade,
    PassRevoked,
    VisitorRegistered,
)
from marketplace.fairs.models import (
    Arrival,
    Fair,
    FairMove,
    FairPass,
    Stand,
    VisitorRegistration,
    VisitorTelling,
)
from marketplace.fairs.presence import PassKind
from marketplace.fairs.queries import fair_pass as queries
from marketplace.fairs.states import FairState, StandState
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.reference import random_ref
from marketplace.foundation.words import _l

VISIT_TEXTS = {
    "2026-11": _l(
        "I agree that my name and phone or e-mail are kept for this fair, to let me in and to count visitors"
    )
}
"""Every text that was ever agreed to stays here under its version; the last one is asked today."""
REPLACED = _l("A new pass was made instead")
NOBODY = "…"
"""What stands on a pass whose holder's name is no longer kept."""
AT_ONCE = 100
"""So many visitors are told in one transaction."""
OPEN_TO_VISITORS = (FairState.ANNOUNCED, FairState.PUBLISHED)


def add_staff_pass(*, stand: Stand, holder: str, by: Any) -> FairPass:
    """A pass for one of an exhibitor's people. Raises Refusal beyond what the stand has room for."""
    db.session.refresh(stand, with_for_update={"of": Stand})
    if stand.state is not StandState.CONFIRMED:
        raise Refusal(_l("Please confirm the stand first."))
    most = queries.allowance(stand)
    if queries.count_passes(stand) >= most:
        raise Refusal(
            _l("A stand of this size gets %(most)s passes. Take one back to name somebody else.", most=most),
            field="holder",
        )
    return _make(stand.fair, PassKind.STAFF, holder, by, stand=stand)


def add_organiser_pass(*, fair: Fair, holder: str, by: Any) -> FairPass:
    return _make(fair, PassKind.ORGANISER, holder, by)


def revoke_pass(*, fair_pass: FairPass, reason: str, by: Any) -> None:
    """It opens no gate from now on; one that has no signal learns it with its next list, and what happens meanwhile
    is listed as a conflict."""
    db.session.refresh(fair_pass, with_for_update={"of": FairPass})
    if fair_pass.revoked_at is not None:
        raise Refusal(_l("This pass was revoked already."))
    if not reason.strip():
        raise Refusal(_l("Please say why."), field="reason")
    who, now = id_of(by), clock.now()
    fair_pass.revoked_at = fair_pass.changed_at = now
    fair_pass.revoked_by_id, fair_pass.revoked_reason = who, reason
    db.session.flush()
    announce(PassRevoked(**_told(fair_pass, by), words=reason))


def replace_pass(*, fair_pass: FairPass, by: Any) -> FairPass:
    """Lost: the old code ends, its holder gets another."""
    revoke_pass(fair_pass=fair_pass, reason=str(REPLACED), by=by)
    made = _make(
        fair_pass.fair,
        fair_pass.kind,
        fair_pass.holder,
        by,
        stand=fair_pass.stand,
        version=fair_pass.version + 1,
    )
    if fair_pass.registration is not None:
        fair_pass.registration.pass_id = made.id
        db.session.flush()
    return made


def takes_visitors(fair: Fair) -> bool:
    """Whether somebody may still register to come."""
    return fair.state in OPEN_TO_VISITORS and fair.last_day >= clock.today()


def register_visitor(
    *,
    fair: Fair,
    name: str,
    phone: str | None = None,
    email: str | None = None,
    trade_buyer: bool = False,
    organisation: str = "",
    looking_for: str = "",
    agreed: bool,
    locale: str = "vi",
    by: Any = None,
) -> FairPass:
    """A pass for somebody who wants to come, and a letter with it. Who registered before gets another pass: nobody is
    told by this form who else did."""
    if not takes_visitors(fair):
        raise Refusal(_l("This fair takes no visitors any more."))
    if not agreed:
        raise Refusal(_l("Please tick this: without it we may not keep your name."), field="agreed")
    if not phone and not email:
        raise Refusal(_l("Please give a phone number or an e-mail address."), field="phone")
    kind = PassKind.TRADE_BUYER if trade_buyer else PassKind.VISITOR
    made = _make(fair, kind, name, by)
    registration = VisitorRegistration(
        fair_id=fair.id,
        pass_id=made.id,
        person_id=id_of(by),
        name=name,
        phone=phone,
        email=email,
        organisation=organisation if trade_buyer else "",
        looking_for=looking_for if trade_buyer else "",
        locale=locale,
        text_version=list(VISIT_TEXTS)[-1],
        agreed_at=clock.now(),
    )
    db.session.add(registration)
    db.session.flush()
    announce(VisitorRegistered(**_told(made, by)))
    notices.visit_pass(made, registration)
    return made


def plan_arrival(
    *, stand: Stand, day: dt.date, time: dt.time, vehicle: str = "", phone: str | None = None, by: Any
) -> Arrival:
    """When the stand's people come to build it up."""
    db.session.refresh(stand, with_for_update={"of": Stand})
    if day > stand.fair.first_day:
        raise Refusal(_l("The fair has begun by then. Please choose an earlier day."), field="day")
    arrival = db.session.get(Arrival, stand.id) or Arrival(stand_id=stand.id)
    arrival.day, arrival.time, arrival.vehicle, arrival.phone = day, time, vehicle, phone or ""
    arrival.changed_at, arrival.by_id = clock.now(), by.id
    db.session.add(arrival)
    db.session.flush()
    announce(ArrivalPlanned(stand_id=stand.id, actor_id=id_of(by)))
    return arrival


def revoke_passes_of(*, stand: Stand, reason: str, by: Any = None) -> None:
    """The stand is given up: its people's passes end with it."""
    for fair_pass in queries.passes_of(stand):
        revoke_pass(fair_pass=fair_pass, reason=reason, by=by)


def revoke_passes_at(*, fair: Fair, reason: str, by: Any = None) -> int:
    """The fair does not take place: no pass opens anything any more. In one statement, for there may be thousands."""
    now = clock.now()
    count = queries.revoke_all(fair.id, now, id_of(by), reason[:300])
    if count:
        announce(PassesRevoked(fair_id=fair.id, count=count, words=reason[:300], actor_id=id_of(by)))
    return count


def follow_fair(*, fair: Fair, days: dt.timedelta) -> None:
    """The fair begins on another day: stands are built up as many days before it as was planned."""
    for arrival in queries.arrivals_at(fair.id):
        arrival.day += days
    db.session.flush()


def tell_visitors(*, fair: Fair, move: FairMove | None = None) -> None:
    """Registered visitors are to hear of a move, or that the fair is called off. Thousands of letters are for the
    worker, in portions, and none is lost when it is killed."""
    db.session.add(
        VisitorTelling(fair_id=fair.id, move_id=move.id if move is not None else None, asked_at=clock.now())
    )
    db.session.flush()


def tell_some_visitors(*, telling_id: int) -> bool:
    """The next portion; whether some are left. What a later move or the end of the fair overtook is done."""
    telling = db.session.get_one(VisitorTelling, telling_id)
    db.session.refresh(telling, with_for_update={"of": VisitorTelling})
    if telling.done_at is not None:
        return False
    portion = [] if queries.overtaken(telling) else queries.still_to_tell(telling, AT_ONCE)
    fair = db.session.get_one(Fair, telling.fair_id)
    move = db.session.get_one(FairMove, telling.move_id) if telling.move_id is not None else None
    for registration in portion:
        if move is not None:
            notices.moved_visit(registration, fair, move)
        else:
            notices.cancelled_visit(registration, fair)
        telling.up_to = registration.id
    if len(portion) < AT_ONCE:
        telling.done_at = clock.now()
    db.session.flush()
    return telling.done_at is None


def forget_visitors() -> None:
    """Some time after a fair nobody needs to know who its visitors were: their names, phones and e-mails go, and how
    many they were stays."""
    before = clock.today() - dt.timedelta(days=config.current().visitor_days)
    for registration in queries.named_visitors(before):
        registration.name = registration.organisation = registration.looking_for = ""
        registration.phone = registration.email = registration.person_id = None
        registration.fair_pass.holder = NOBODY
    db.session.flush()


# --- how it is done ---------------------------------------------------------------------------------


def _make(
    fair: Fair, kind: PassKind, holder: str, by: Any, *, stand: Stand | None = None, version: int = 1
) -> FairPass:
    db.session.refresh(fair, with_for_update={"of": Fair})
    ref, now = random_ref(), clock.now()
    made = FairPass(
        ref=ref,
        fair=fair,
        serial=queries.next_serial(fair),
        version=version,
        kind=kind,
        holder=holder,
        stand=stand,
        cooperative=stand.application.cooperative if stand is not None else None,
        code_hash=codes.hash_of(codes.make(ref, version)),
        made_at=now,
        by_id=id_of(by),
        changed_at=now,
    )
    db.session.add(made)
    db.session.flush()
    announce(PassMade(**_told(made, by)))
    return made


def _told(fair_pass: FairPass, by: Any) -> dict[str, Any]:
    return {
        "pass_id": fair_pass.id,
        "fair_id": fair_pass.fair_id,
        "serial": fair_pass.serial,
        "actor_id": id_of(by),
    }
