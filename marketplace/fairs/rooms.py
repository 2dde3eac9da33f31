"""The pages about one fair, by the time of its life: links for the office, an exhibitor and everybody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from marketplace.cooperatives import queries as cooperatives
from marketplace.fairs import queries
from marketplace.fairs.models import Fair
from marketplace.fairs.services.fair_pass import takes_visitors
from marketplace.fairs.states import FairState, StandState
from marketplace.foundation import clock
from marketplace.foundation.web import person
from marketplace.foundation.words import _l
from marketplace.support.states import SupportPurpose


@dataclass(frozen=True)
class Room:
    """`takes` is what the endpoint calls the fair; `asked` are further parts of its address."""

    label: Any
    endpoint: str
    icon: str
    takes: str = "fair"

    def url(self, fair: Fair) -> str:
        told: dict[str, Any] = {self.takes: fair.slug}
        return url_for(self.endpoint, **told)

    @property
    def is_here(self) -> bool:
        """Whether the page that is shown belongs to it."""
        return (request.blueprint or "") == self.endpoint.partition(".")[0]


@dataclass(frozen=True)
class Shown:
    """A room of one fair as a link."""

    label: Any
    url: str
    icon: str
    is_here: bool


PREPARING = (
    Room(_l("Plan"), "office_plan.overview", "pin"),
    Room(_l("Call for applications"), "office_fair_call.show", "chat"),
    Room(_l("Told by phone"), "office_fair_applications.list", "phone"),
)
CHOOSING = (
    Room(_l("Places"), "office_allocation.list", "scale"),
    Room(_l("Letters of decision"), "office_fair_release.show", "doc"),
    Room(_l("Stands"), "office_stands.stands", "fair"),
)
BEFORE = (
    Room(_l("Stand signs"), "office_signs.all", "print"),
    Room(_l("Meetings"), "office_meetings.list", "people"),
    Room(_l("Passes"), "fair_passes.list", "user"),
    Room(_l("Gates"), "office_gates.overview", "qr"),
)
AFTER = (
    Room(_l("Results"), "office_results.queue", "chart"),
    Room(_l("Report"), "fair_report.show", "doc"),
)
APPLYING = (Room(_l("Our application"), "desk_fairs.show", "doc"), Room(_l("Plan"), "desk_plan.state", "pin"))
WHY = Room(_l("Why this stand"), "fair_why.own", "scale")
OWN_STAND = Room(_l("Our stand"), "stand.show", "fair")
STANDING = (
    Room(_l("Getting ready"), "fair_checklist.show", "check"),
    Room(_l("Stand sign"), "desk_sign.own", "print"),
    Room(_l("Meetings"), "desk_meetings.list", "people"),
)
EXHIBITING = (
    Room(_l("Day sheet"), "day_sheet.today", "edit", "stand"),
    Room(_l("Results"), "fair_result.declare", "chart", "stand"),
)
PUBLIC_PLAN = Room(_l("Find a stand"), "plan.find", "pin")
CATALOGUE = Room(_l("Exhibitors and goods"), "fair_catalogue.show", "book")
VISIT = Room(_l("Free ticket"), "fair_visits.register", "qr")
LOTTERY = Room(_l("The draw, to be recomputed"), "fair_lottery.lottery", "list")


def office_rooms(fair: Fair) -> list[tuple[Any, list[Shown]]]:
    """Heading and pages, by the time of a fair's life."""
    return [
        (_l("Prepare"), _all(PREPARING, fair)),
        (_l("Decide who comes"), [*_queue(fair), *_all(CHOOSING, fair)]),
        (_l("Before the day"), _all(BEFORE, fair)),
        (_l("On the days and after"), [*_all(AFTER, fair), _support(fair)]),
    ]


def desk_rooms(fair: Fair) -> list[Shown]:
    """What an exhibitor has of a fair, what is needed now first: on its days the day sheet, before them the stand."""
    seller = cooperatives.desk_cooperative(person())
    if seller is None:
        return []
    stand = queries.stand_of(fair.id, seller.id)
    rooms: list[Room] = []
    if stand is not None and stand.state is StandState.CONFIRMED:
        if clock.today() >= fair.first_day:
            rooms.extend(EXHIBITING)
        rooms.extend(STANDING)
    if stand is not None:
        rooms.insert(len(EXHIBITING) if EXHIBITING[0] in rooms else 0, OWN_STAND)
    if queries.own_seat(fair.id, seller) is not None:
        rooms.append(WHY)
    rooms.extend(APPLYING)
    return _all(rooms, fair)


def public_rooms(fair: Fair) -> list[Shown]:
    """What everybody may see of a fair; of one that was called off, nothing."""
    if fair.state is FairState.CANCELLED or fair.cancelled_reason:
        return []
    rooms = []
    if queries.halls_of(fair.id):
        rooms.append(PUBLIC_PLAN)
    if queries.names_are_public(fair):
        rooms.append(CATALOGUE)
    if takes_visitors(fair):
        rooms.append(VISIT)
    call = queries.call_of(fair.id)
    if call is not None and call.seed:
        rooms.append(LOTTERY)
    return _all(rooms, fair)


def apply_url(fair: Fair) -> str:
    """Where a cooperative applies."""
    return APPLYING[0].url(fair)


# --- how it is done ---------------------------------------------------------------------------------


def _all(rooms: Iterable[Room], fair: Fair) -> list[Shown]:
    return [Shown(room.label, room.url(fair), room.icon, room.is_here) for room in rooms]


def _queue(fair: Fair) -> list[Shown]:
    """Applications are read where those for every purpose are read."""
    call = queries.call_of(fair.id)
    if call is None:
        return []
    url = url_for("selection_queue.queue", call=call)
    return [Shown(_l("Applications"), url, "list", (request.blueprint or "").startswith("selection_"))]


def _support(fair: Fair) -> Shown:
    url = url_for("support_budgets.show", purpose=SupportPurpose.FAIR.value, subject_id=fair.id)
    return Shown(_l("Support"), url, "money", request.blueprint == "support_budgets")
