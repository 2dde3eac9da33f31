"""A member's life at the office: what happened, who leads it, what counts from which day, membership, honours."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, request, url_for

from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.states import KIND_LABELS, Sector
from marketplace.foundation import clock
from marketplace.foundation.db import transaction
from marketplace.foundation.media import send_document
from marketplace.foundation.web import Form, allow, flash, person, redirect_to, render
from marketplace.foundation.words import _
from marketplace.registry import policies, queries, services
from marketplace.registry.forms.life_event import (
    CorrectionForm,
    EarlierMembershipForm,
    FiguresForm,
    LifeEventForm,
    MembershipForm,
    NewModelForm,
    SectorForm,
    StrikeForm,
)
from marketplace.registry.forms.officer import OfficerForm
from marketplace.registry.forms.recognition import ReasonForm, RecognitionForm
from marketplace.registry.models import AllianceMembership, LifeEvent, Officer, Recognition
from marketplace.registry.services.life_event import BY_RECORD

bp = Blueprint("office_lives", __name__, url_prefix="/office/members/<member:member>/life")


@bp.route("", methods=["GET"])
@allow(policies.keeps_members)
def show(member: Cooperative) -> Any:
    return render(
        "registry/life_event/show.html",
        member=member,
        kind=KIND_LABELS[member.kind],
        standing=queries.standing_on(member.id, clock.today()),
        spells=queries.spells_of(member.id),
        life=queries.life_of(member.id),
        came_from=queries.came_from(member.id),
        corrections=queries.corrections_of(member.id),
        officers=queries.officers_of(member.id),
        memberships=queries.memberships_of(member.id),
        sectors=queries.sectors_of(member.id),
        figures=queries.figures_of(member.id),
        judgements=queries.judgements_of(member.id),
        recognitions=queries.recognitions_of(member.id),
        helps=queries.helps_of(cooperative_id=member.id).rows,
        dues=queries.dues_of(member.id),
        by_record=BY_RECORD,
    )


# --- what happened ----------------------------------------------------------------------------------


@bp.route("/events/new", methods=["GET", "POST"])
@allow(policies.keeps_members)
def record(member: Cooperative) -> Any:
    form = LifeEventForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.record(cooperative=member, **form.values(), by=person())
            flash(_("Entered in its life."))
            return redirect_to("office_lives.show", member=member)
    return _form(member, form, _("Enter what happened"), _("Enter it"))


@bp.route("/events/<life_event:event>", methods=["GET", "POST"])
@allow(policies.keeps_members)
def correct(member: Cooperative, event: LifeEvent) -> Any:
    """A later row takes the place of the one that was wrong."""
    _belongs(event.cooperative_id, member)
    form = CorrectionForm(obj=event) if request.method == "POST" else CorrectionForm(data=_told(event))
    if form.submitted():
        with form.reporting(), transaction():
            values = {**form.values(), "reason": form.reason.data}
            services.correct(event=event, **values, by=person())
            flash(_("Corrected. What stood there before stays to be read."))
            return redirect_to("office_lives.show", member=member)
    return _form(
        member,
        form,
        _("Correct what was entered"),
        _("Correct it"),
        event=event,
        strike=StrikeForm(formdata=None),
    )


@bp.route("/events/<life_event:event>/striking", methods=["POST"])
@allow(policies.keeps_members)
def strike(member: Cooperative, event: LifeEvent) -> Any:
    """Nothing of the kind happened."""
    _belongs(event.cooperative_id, member)
    form = StrikeForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.strike(event=event, reason=form.reason.data, by=person())
            flash(_("Struck. What stood there stays to be read."))
            return redirect_to("office_lives.show", member=member)
    correction = CorrectionForm(formdata=None, data=_told(event))
    return _form(
        member,
        correction,
        _("Correct what was entered"),
        _("Correct it"),
        event=event,
        strike=form,
        status=422,
    )


@bp.route("/events/<life_event:event>/paper", methods=["GET"])
@allow(policies.keeps_members)
def paper(member: Cooperative, event: LifeEvent) -> Any:
    _belongs(event.cooperative_id, member)
    return send_document(event.document) if event.document is not None else abort(404)


def _told(event: LifeEvent) -> dict[str, Any]:
    source = "" if event.source == BY_RECORD else event.source
    successors = "\n".join(each.cooperative.tax_code or each.cooperative.name for each in event.successors)
    return {
        "kind": str(event.kind), "day": event.day, "successors": successors, "source": source, "note": event.note,
        "successor_name": event.successor_name,
    }  # fmt: skip


# --- what counts from a day on ----------------------------------------------------------------------


@bp.route("/sector", methods=["GET", "POST"])
@allow(policies.keeps_members)
def sector(member: Cooperative) -> Any:
    form = SectorForm(data={"sector": str(member.sector), "since": clock.today()})
    if form.submitted():
        with form.reporting(), transaction():
            services.change_sector(
                cooperative=member,
                sector=Sector(form.sector.data),
                since=form.since.data,
                source=form.source.data or "",
                by=person(),
            )
            flash(_("Kept. Earlier years keep the sector they had."))
            return redirect_to("office_lives.show", member=member)
    return _form(member, form, _("Another sector"), _("Keep it"))


@bp.route("/new-model", methods=["GET", "POST"])
@allow(policies.keeps_members)
def new_model(member: Cooperative) -> Any:
    form = NewModelForm(data={"is_new_model": "yes", "day": clock.today()})
    if form.submitted():
        with form.reporting(), transaction():
            services.judge_new_model(
                cooperative=member,
                is_new_model=form.is_new_model.data == "yes",
                day=form.day.data,
                judged_by=form.judged_by.data,
                reason=form.reason.data or "",
                by=person(),
            )
            flash(_("The judgement is kept."))
            return redirect_to("office_lives.show", member=member)
    return _form(member, form, _("Cooperative of the new model?"), _("Keep it"))


@bp.route("/figures", methods=["GET", "POST"])
@allow(policies.keeps_members)
def figures(member: Cooperative) -> Any:
    form = FiguresForm(data={"day": clock.today()})
    if form.submitted():
        with form.reporting(), transaction():
            services.note_figures(
                cooperative=member,
                day=form.day.data,
                source=form.source.data,
                by=person(),
                **form.figures(),
            )
            flash(_("The figures are kept."))
            return redirect_to("office_lives.show", member=member)
    return _form(member, form, _("Members, capital and workers of a day"), _("Keep them"))


# --- membership -------------------------------------------------------------------------------------


@bp.route("/memberships/new", methods=["GET", "POST"])
@allow(policies.keeps_members)
def earlier_membership(member: Cooperative) -> Any:
    form = EarlierMembershipForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.record_membership(cooperative=member, **form.values(), by=person())
            flash(_("The earlier membership is entered."))
            return redirect_to("office_lives.show", member=member)
    return _form(member, form, _("An earlier membership"), _("Enter it"))


@bp.route("/memberships/<alliance_membership:membership>", methods=["GET", "POST"])
@allow(policies.keeps_members)
def membership(member: Cooperative, membership: AllianceMembership) -> Any:
    _belongs(membership.cooperative_id, member)
    form = MembershipForm(obj=membership)
    if form.submitted():
        with form.reporting(), transaction():
            services.correct_membership(membership=membership, **form.values(), by=person())
            flash(_("The membership is put right."))
            return redirect_to("office_lives.show", member=member)
    return _form(member, form, _("Days and decisions of the membership"), _("Keep them"))


# --- officers ---------------------------------------------------------------------------------------


@bp.route("/officers/new", methods=["GET", "POST"])
@allow(policies.keeps_members)
def appoint(member: Cooperative) -> Any:
    form = OfficerForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.appoint(cooperative=member, **form.values(), by=person())
            flash(_("Entered among the officers."))
            return redirect_to("office_lives.show", member=member)
    return _form(member, form, _("Enter an officer"), _("Enter them"))


@bp.route("/officers/<officer:officer>", methods=["GET", "POST"])
@allow(policies.keeps_members)
def officer(member: Cooperative, officer: Officer) -> Any:
    """Put right what is known; the day on which they left is entered here too."""
    _belongs(officer.cooperative_id, member)
    form = OfficerForm(obj=officer)
    if form.submitted():
        with form.reporting(), transaction():
            services.correct_officer(officer=officer, **form.values(), by=person())
            flash(_("Kept."))
            return redirect_to("office_lives.show", member=member)
    return _form(member, form, officer.name, _("Keep them"))


# --- honours ----------------------------------------------------------------------------------------


@bp.route("/recognitions/new", methods=["GET", "POST"])
@allow(policies.keeps_members)
def recognise(member: Cooperative) -> Any:
    form = RecognitionForm(data={"sector": str(member.sector), "year": clock.today().year})
    if form.submitted():
        with form.reporting(), transaction():
            services.recognise(cooperative=member, **form.values(), by=person())
            flash(_("The honour is entered."))
            return redirect_to("office_lives.show", member=member)
    return _form(member, form, _("Enter an honour"), _("Enter it"))


@bp.route("/recognitions/<recognition:recognition>/withdrawal", methods=["GET", "POST"])
@allow(policies.keeps_members)
def withdraw_recognition(member: Cooperative, recognition: Recognition) -> Any:
    _belongs(recognition.cooperative_id, member)
    form = ReasonForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.withdraw_recognition(recognition=recognition, reason=form.reason.data, by=person())
            flash(_("Withdrawn. It counts no more."))
            return redirect_to("office_lives.show", member=member)
    return _form(member, form, _("Withdraw the entry"), _("Withdraw it"))


def _belongs(cooperative_id: int, member: Cooperative) -> None:
    if cooperative_id != member.id:
        abort(404)


def _form(member: Cooperative, form: Form, title: str, button: str, **more: Any) -> Any:
    return render(
        "registry/life_event/form.html",
        member=member,
        form=form,
        title=title,
        button=button,
        back_url=url_for("office_lives.show", member=member),
        **more,
    )
