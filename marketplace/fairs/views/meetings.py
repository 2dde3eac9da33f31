"""Meetings for those who meet: the same pages for an exhibitor at the desk and for a buyer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Blueprint, Response, abort, request, url_for

from marketplace import config
from marketplace.buyers import queries as buyers
from marketplace.cooperatives import queries as cooperatives
from marketplace.fairs import meeting_calendar, policies, queries, services
from marketplace.fairs.forms.meeting import PressForm, ReasonForm, ResultForm, WishesForm, wishes_form
from marketplace.fairs.meeting_board import own_wishes
from marketplace.fairs.meeting_states import MeetingRoundState
from marketplace.fairs.models import Fair, Meeting, MeetingGuest, MeetingRound
from marketplace.foundation.db import transaction
from marketplace.foundation.web import Form, allow, flash, person, redirect_to
from marketplace.foundation.web import render as page
from marketplace.foundation.words import _

V = TypeVar("V", bound=Callable[..., Any])
desk = Blueprint("desk_meetings", f"{__name__}.desk", url_prefix="/desk/fairs/<fair:fair>/meetings")
buyer = Blueprint("buyer_meetings", f"{__name__}.buyer", url_prefix="/buyer/fairs/<fair:fair>/meetings")
start = Blueprint("buyer_fairs", f"{__name__}.start", url_prefix="/buyer/fairs")


def both(rule: str, **options: Any) -> Callable[[V], V]:
    """The same address on both sides."""

    def register(view: V) -> V:
        desk.route(rule, **options)(view)
        buyer.route(rule, **options)(view)
        return view

    return register


@start.route("", methods=["GET"])
@allow(policies.buys_at_fairs)
def fairs() -> Any:
    """Fairs at which this buyer can meet exhibitors."""
    shown = queries.fairs_with_meetings()
    return page(
        "fairs/meeting/fairs.html",
        fairs=[(fair, queries.shown_meeting_rounds(fair.id)) for fair in shown],
        company=buyers.company_of(person()),
    )


@both("", methods=["GET"])
@allow(policies.may_meet)
def list(fair: Fair) -> Any:
    rounds = queries.shown_meeting_rounds(fair.id)
    return _render("fairs/meeting/list.html", fair=fair, rounds=[(each, _guest(each)) for each in rounds])


@both("/<meeting_round:round>", methods=["GET", "POST"])
@allow(policies.may_meet)
def show(fair: Fair, round: MeetingRound) -> Any:
    """Choose whom to meet; once it is published, one's own timetable."""
    _of(fair, round)
    guest = _guest(round)
    if guest is None or not guest.takes_part:
        return _outside(fair, round, PressForm(formdata=None))
    form = wishes_form(guest, _others(guest))
    if form.submitted():
        with form.reporting(), transaction():
            services.wish_to_meet(
                guest=guest,
                wished=form.wished(),
                away=form.cannot(),
                interests=form.interests.data or "",
                by=person(),
            )
            flash(_("Kept. You can change it until the time for wishes is over."))
            return redirect_to(_here("show"), fair=fair, round=round)
    return _inside(fair, guest, form)


@both("/<meeting_round:round>/joining", methods=["POST"])
@allow(policies.may_meet)
def join(fair: Fair, round: MeetingRound) -> Any:
    _of(fair, round)
    form = PressForm()
    with form.reporting(), transaction():
        services.join_meetings(round=round, **_me(round), by=person())
        flash(_("You take part. Now choose whom you would like to meet."))
        return redirect_to(_here("show"), fair=fair, round=round)
    return _outside(fair, round, form)


@both("/<meeting_round:round>/leaving", methods=["POST"])
@allow(policies.may_meet)
def leave(fair: Fair, round: MeetingRound) -> Any:
    guest = _taking_part(fair, round)
    form = PressForm()
    with form.reporting(), transaction():
        services.leave_meetings(guest=guest, by=person())
        flash(_("You do not take part. If you had meetings, the others have been told."))
        return redirect_to(_here("list"), fair=fair)
    return _inside(fair, guest, form)


@both("/<meeting_round:round>/calendar.ics", methods=["GET"])
@allow(policies.may_meet)
def calendar(fair: Fair, round: MeetingRound) -> Any:
    guest = _taking_part(fair, round)
    address = f"{config.current().base_url}{url_for(_here('show'), fair=fair, round=round)}"
    told = queries.told_meetings(guest.id, cancelled=True)
    answer = Response(meeting_calendar.calendar(guest, told, address), mimetype="text/calendar")
    answer.headers["Content-Disposition"] = f'attachment; filename="{fair.slug}.ics"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


@both("/<meeting_round:round>/<own_meeting:meeting>", methods=["GET", "POST"])
@allow(policies.meets)
def meeting(fair: Fair, round: MeetingRound, meeting: Meeting) -> Any:
    """What came of it."""
    _taking_part(fair, round, meeting)
    form = ResultForm(meeting)
    if form.submitted():
        with form.reporting(), transaction():
            services.note_result(
                meeting=meeting, result=form.chosen, words=form.result_words.data or "", by=person()
            )
            flash(_("Written down. Thank you."))
            return redirect_to(_here("show"), fair=fair, round=round)
    return _meeting_page(fair, meeting, form)


@both("/<meeting_round:round>/<own_meeting:meeting>/cancellation", methods=["POST"])
@allow(policies.meets)
def cancel(fair: Fair, round: MeetingRound, meeting: Meeting) -> Any:
    _taking_part(fair, round, meeting)
    form = ReasonForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.cancel_meeting(meeting=meeting, reason=form.reason.data, by=person())
            flash(_("Called off. The other side has been told."))
            return redirect_to(_here("show"), fair=fair, round=round)
    return _meeting_page(fair, meeting, form)


# --- who looks --------------------------------------------------------------------------------------


def _me(round: MeetingRound) -> dict[str, Any]:
    """Whoever this person acts for on this side: a confirmed stand, or a buying organisation."""
    if _buys():
        return {"organisation": buyers.company_of(person()) or abort(404)}
    seller = cooperatives.desk_cooperative(person())
    stand = queries.confirmed_stand_of(round.fair_id, seller.id) if seller is not None else None
    return {"stand": stand or abort(404)}


def _guest(round: MeetingRound) -> MeetingGuest | None:
    me = _me(round)
    if "stand" in me:
        return queries.meeting_guest_of_stand(round.id, me["stand"].id)
    return queries.meeting_guest_of_buyer(round.id, me["organisation"].id)


def _taking_part(fair: Fair, round: MeetingRound, meeting: Meeting | None = None) -> MeetingGuest:
    _of(fair, round)
    guest = _guest(round)
    if guest is None or (meeting is not None and guest.id not in {meeting.buyer_id, meeting.exhibitor_id}):
        abort(404)
    return guest


def _of(fair: Fair, round: MeetingRound) -> None:
    if round.fair_id != fair.id:
        abort(404)


def _buys() -> bool:
    return request.blueprint == buyer.name


def _here(endpoint: str) -> str:
    return f"{request.blueprint}.{endpoint}"


# --- how it is shown --------------------------------------------------------------------------------


def _others(guest: MeetingGuest) -> Any:
    found = queries.meeting_guests(guest.round_id)
    return [each for each in found if each.takes_part and each.buys is not guest.buys]


def _outside(fair: Fair, round: MeetingRound, form: Form) -> Any:
    _me(round)
    return _render("fairs/meeting/outside.html", fair=fair, round=round, form=form)


def _inside(fair: Fair, guest: MeetingGuest, form: Form) -> Any:
    published = guest.round.state is MeetingRoundState.PUBLISHED
    return _render(
        "fairs/meeting/show.html",
        fair=fair,
        round=guest.round,
        guest=guest,
        form=form,
        wishing=form if isinstance(form, WishesForm) else wishes_form(guest, _others(guest), formdata=None),
        meetings=queries.told_meetings(guest.id, cancelled=True) if published else [],
        asked=own_wishes(guest) if published else [],
    )


def _meeting_page(fair: Fair, meeting: Meeting, form: Form) -> Any:
    return _render(
        "fairs/meeting/meeting.html",
        fair=fair,
        round=meeting.round,
        meeting=meeting,
        form=form,
        noting=form if isinstance(form, ResultForm) else ResultForm(meeting, formdata=None),
        cancelling=form if isinstance(form, ReasonForm) else ReasonForm(formdata=None),
    )


def _render(template: str, **context: Any) -> Any:
    """In the frame of the side that looks; `there` builds addresses of the same side."""

    def there(endpoint: str, **values: Any) -> str:
        return url_for(_here(endpoint), **values)

    frame = "layout/account.html" if _buys() else "fairs/frame/desk.html"
    return page(template, frame=frame, there=there, buys=_buys(), **context)
