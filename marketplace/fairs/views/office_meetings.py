"""The office arranges meetings: rounds, who takes part, the timetable, and what is printed of it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, request, url_for

from marketplace.fairs import policies, queries, services
from marketplace.fairs.forms.meeting import (
    GuestForm,
    MeetingRoundForm,
    MoveForm,
    PressForm,
    PutForm,
    ReasonForm,
    ResultForm,
    wishes_form,
)
from marketplace.fairs.meeting_board import board
from marketplace.fairs.meeting_states import MEETING_LABELS, RESULT_LABELS
from marketplace.fairs.models import Fair, Meeting, MeetingGuest, MeetingRound
from marketplace.fairs.papers.meeting import DAY, SORTS, TEMPLATE
from marketplace.fairs.tasks import compute_meetings
from marketplace.foundation import formats
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import transaction
from marketplace.foundation.papers.views import send_for
from marketplace.foundation.sheets import send_sheet
from marketplace.foundation.web import Form, allow, flash, looks_again, person, redirect_to, render
from marketplace.foundation.words import _, _n

bp = Blueprint("office_meetings", __name__, url_prefix="/office/fairs/<any_fair:fair>/meetings")


@bp.route("", methods=["GET"])
@allow(policies.runs_fairs)
def list(fair: Fair) -> Any:
    return render("fairs/meeting/office/list.html", fair=fair, rounds=queries.meeting_rounds(fair.id))


@bp.route("/new", methods=["GET", "POST"])
@allow(policies.runs_fairs)
def new(fair: Fair) -> Any:
    form = MeetingRoundForm(fair)
    if form.submitted():
        with form.reporting(), transaction():
            round = services.plan_meetings(fair=fair, **form.values(), by=person())
            flash(_("Planned. Open it when exhibitors and buyers may choose."))
            return redirect_to("office_meetings.show", fair=fair, round=round)
    return render("fairs/meeting/office/edit.html", fair=fair, round=None, form=form)


@bp.route("/<any_meeting_round:round>", methods=["GET"])
@allow(policies.runs_fairs)
def show(fair: Fair, round: MeetingRound) -> Any:
    return _page(fair, round)


@bp.route("/<any_meeting_round:round>/change", methods=["GET", "POST"])
@allow(policies.runs_fairs)
def change(fair: Fair, round: MeetingRound) -> Any:
    _of(fair, round)
    form = MeetingRoundForm(fair, round)
    if form.submitted():
        with form.reporting(), transaction():
            services.change_meetings(round=round, **form.values(), by=person())
            flash(_("Changed."))
            return redirect_to("office_meetings.show", fair=fair, round=round)
    return render("fairs/meeting/office/edit.html", fair=fair, round=round, form=form)


@bp.route("/<any_meeting_round:round>/opening", methods=["POST"])
@allow(policies.runs_fairs)
def open_(fair: Fair, round: MeetingRound) -> Any:
    _of(fair, round)
    form = PressForm()
    with form.reporting(), transaction():
        services.open_meetings(round=round, by=person())
        flash(_("Open. Exhibitors with a confirmed stand and all buyers have been told."))
        return redirect_to("office_meetings.show", fair=fair, round=round)
    return _page(fair, round, form)


@bp.route("/<any_meeting_round:round>/reopening", methods=["POST"])
@allow(policies.runs_fairs)
def reopen(fair: Fair, round: MeetingRound) -> Any:
    _of(fair, round)
    form = PressForm()
    with form.reporting(), transaction():
        services.reopen_meetings(round=round, by=person())
        flash(_("Wishes are taken again. The timetable is gone: nobody had seen it."))
        return redirect_to("office_meetings.show", fair=fair, round=round)
    return _page(fair, round, form)


@bp.route("/<any_meeting_round:round>/computation", methods=["POST"])
@allow(policies.runs_fairs)
def compute(fair: Fair, round: MeetingRound) -> Any:
    _of(fair, round)
    form = PressForm()
    with form.reporting(), transaction():
        services.ask_for_timetable(round=round, by=person())
        compute_meetings.later(round.id)
        return redirect_to("office_meetings.show", fair=fair, round=round)
    return _page(fair, round, form)


@bp.route("/<any_meeting_round:round>/publication", methods=["POST"])
@allow(policies.runs_fairs)
def publish(fair: Fair, round: MeetingRound) -> Any:
    _of(fair, round)
    form = PressForm()
    with form.reporting(), transaction():
        count = services.publish_timetable(round=round, by=person())
        flash(_n("Published: %(num)s meeting was told.", "Published: %(num)s meetings were told.", count))
        return redirect_to("office_meetings.show", fair=fair, round=round)
    return _page(fair, round, form)


@bp.route("/<any_meeting_round:round>/cancellation", methods=["POST"])
@allow(policies.runs_fairs)
def cancel(fair: Fair, round: MeetingRound) -> Any:
    _of(fair, round)
    form = ReasonForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.cancel_meetings(round=round, reason=form.reason.data, by=person())
            flash(_("Cancelled. Everybody who took part has been told."))
            return redirect_to("office_meetings.show", fair=fair, round=round)
    return _page(fair, round, form)


# --- who takes part ---------------------------------------------------------------------------------


@bp.route("/<any_meeting_round:round>/buyers", methods=["POST"])
@allow(policies.runs_fairs)
def add_buyer(fair: Fair, round: MeetingRound) -> Any:
    _of(fair, round)
    form = GuestForm(queries.buyers_to_invite(round.id))
    if form.submitted():
        with form.reporting(), transaction():
            guest = services.join_meetings(round=round, organisation=form.chosen, by=person())
            flash(_("%(name)s takes part. Now say whom they would like to meet.", name=guest.name))
            return redirect_to("office_meetings.guest", fair=fair, round=round, guest=guest)
    return _page(fair, round, form)


@bp.route("/<any_meeting_round:round>/guests/<any_meeting_guest:guest>", methods=["GET", "POST"])
@allow(policies.runs_fairs)
def guest(fair: Fair, round: MeetingRound, guest: MeetingGuest) -> Any:
    """Wishes told by phone."""
    _of(fair, round, guest)
    others = [each for each in queries.meeting_guests(round.id) if each.takes_part]
    form = wishes_form(guest, [each for each in others if each.buys is not guest.buys])
    if form.submitted():
        with form.reporting(), transaction():
            services.wish_to_meet(
                guest=guest,
                wished=form.wished(),
                away=form.cannot(),
                interests=form.interests.data or "",
                by=person(),
                late=True,
            )
            flash(_("Kept."))
            return redirect_to("office_meetings.show", fair=fair, round=round, _anchor="guests")
    return render("fairs/meeting/office/guest.html", fair=fair, round=round, guest=guest, form=form)


@bp.route("/<any_meeting_round:round>/guests/<any_meeting_guest:guest>/leaving", methods=["POST"])
@allow(policies.runs_fairs)
def leave(fair: Fair, round: MeetingRound, guest: MeetingGuest) -> Any:
    _of(fair, round, guest)
    form = PressForm()
    with form.reporting(), transaction():
        services.leave_meetings(guest=guest, by=person())
        flash(_("%(name)s no longer takes part.", name=guest.name))
        return redirect_to("office_meetings.show", fair=fair, round=round, _anchor="guests")
    return _page(fair, round, form)


# --- one meeting ------------------------------------------------------------------------------------


@bp.route("/<any_meeting_round:round>/meetings", methods=["POST"])
@allow(policies.runs_fairs)
def put(fair: Fair, round: MeetingRound) -> Any:
    _of(fair, round)
    form = PutForm(round, queries.meeting_guests(round.id))
    if form.submitted():
        with form.reporting(), transaction():
            services.put_meeting(
                round=round, **form.pair(), starts=form.at, table_no=form.table_no.data, by=person()
            )
            flash(_("Put in. It is told when you publish."))
            return redirect_to("office_meetings.show", fair=fair, round=round, _anchor="table")
    return _page(fair, round, form)


@bp.route("/<any_meeting_round:round>/meetings/<any_meeting:meeting>", methods=["GET", "POST"])
@allow(policies.runs_fairs)
def meeting(fair: Fair, round: MeetingRound, meeting: Meeting) -> Any:
    """Look at one, and move it."""
    _of(fair, round, meeting)
    form = MoveForm(meeting)
    if form.submitted():
        with form.reporting(), transaction():
            services.move_meeting(
                meeting=meeting,
                starts=form.at,
                table_no=form.table_no.data,
                reason=form.reason.data,
                by=person(),
            )
            flash(_("Moved. Both have been told.") if meeting.told_at else _("Moved."))
            return redirect_to("office_meetings.meeting", fair=fair, round=round, meeting=meeting)
    return _meeting_page(fair, meeting, form)


@bp.route("/<any_meeting_round:round>/meetings/<any_meeting:meeting>/cancellation", methods=["POST"])
@allow(policies.runs_fairs)
def cancel_one(fair: Fair, round: MeetingRound, meeting: Meeting) -> Any:
    _of(fair, round, meeting)
    form = ReasonForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.cancel_meeting(meeting=meeting, reason=form.reason.data, by=person())
            flash(_("Called off. Compute again to use the free table."))
            return redirect_to("office_meetings.show", fair=fair, round=round, _anchor="table")
    return _meeting_page(fair, meeting, form)


@bp.route("/<any_meeting_round:round>/meetings/<any_meeting:meeting>/result", methods=["POST"])
@allow(policies.runs_fairs)
def result(fair: Fair, round: MeetingRound, meeting: Meeting) -> Any:
    _of(fair, round, meeting)
    form = ResultForm(meeting)
    if form.submitted():
        with form.reporting(), transaction():
            services.note_result(
                meeting=meeting, result=form.chosen, words=form.result_words.data or "", by=person()
            )
            flash(_("Written down."))
            return redirect_to("office_meetings.meeting", fair=fair, round=round, meeting=meeting)
    return _meeting_page(fair, meeting, form)


# --- on paper, and as a sheet -----------------------------------------------------------------------


@bp.route("/<any_meeting_round:round>/print", methods=["GET"])
@allow(policies.runs_fairs)
def printed(fair: Fair, round: MeetingRound) -> Any:
    _of(fair, round)
    asked = request.args.get("sort", DAY)
    sort = asked if asked in SORTS else DAY
    return render(TEMPLATE, fair=fair, board=board(round), sort=sort, sorts=SORTS)


@bp.route("/<any_meeting_round:round>/pdf", methods=["POST"])
@allow(policies.runs_fairs)
def pdf(fair: Fair, round: MeetingRound) -> Any:
    _of(fair, round)
    asked = request.form.get("sort", DAY)
    sort = asked if asked in SORTS else DAY
    return send_for(
        kind="fairs.meetings",
        values={"round": round.ref, "sort": sort},
        title=_("Meetings of %(day)s: %(sort)s", day=formats.date(round.day), sort=SORTS[sort]),
        back=url_for("office_meetings.show", fair=fair, round=round),
    )


@bp.route("/<any_meeting_round:round>/sheet", methods=["GET"])
@allow(policies.runs_fairs)
def sheet(fair: Fair, round: MeetingRound) -> Any:
    _of(fair, round)
    titles = [
        _("Hour"),
        _("Table no."),
        _("Buyer"),
        _("Exhibitor"),
        _("State"),
        _("What came of it"),
        _("Words"),
    ]
    rows = [
        [
            formats.clock_time(each.starts),
            each.table_no,
            each.buyer.name,
            each.exhibitor.name,
            str(MEETING_LABELS[each.state]),
            str(RESULT_LABELS[each.result]) if each.result else "",
            each.result_words or each.reason,
        ]
        for each in queries.meetings_of(round.id, cancelled=True)
    ]
    return send_sheet(_("Meetings"), titles, rows)


# --- how it is shown --------------------------------------------------------------------------------


def _page(fair: Fair, round: MeetingRound, form: Form | None = None) -> Any:
    _of(fair, round)
    told = board(round)
    answer = render(
        "fairs/meeting/office/show.html",
        fair=fair,
        round=round,
        board=told,
        form=form or PressForm(formdata=None),
        joining=form
        if isinstance(form, GuestForm)
        else GuestForm(queries.buyers_to_invite(round.id), formdata=None),
        putting=form if isinstance(form, PutForm) else PutForm(round, told.guests, formdata=None),
        cancelling=form if isinstance(form, ReasonForm) else ReasonForm(formdata=None),
        sorts=SORTS,
        history=history_of("meeting_round", round.id),
    )
    if round.asked_at is not None:
        looks_again(answer, url_for("office_meetings.show", fair=fair, round=round))
    return answer


def _meeting_page(fair: Fair, meeting: Meeting, form: Form) -> Any:
    return render(
        "fairs/meeting/office/meeting.html",
        fair=fair,
        round=meeting.round,
        meeting=meeting,
        form=form,
        moving=form if isinstance(form, MoveForm) else MoveForm(meeting, formdata=None),
        cancelling=form if isinstance(form, ReasonForm) else ReasonForm(formdata=None),
        noting=form if isinstance(form, ResultForm) else ResultForm(meeting, formdata=None),
    )


def _of(fair: Fair, round: MeetingRound, part: MeetingGuest | Meeting | None = None) -> None:
    """What the address names belongs together, or it does not exist."""
    if round.fair_id != fair.id or (part is not None and part.round_id != round.id):
        abort(404)
