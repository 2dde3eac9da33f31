"""The log of advice and legal help: noted, answered, followed; how much of it in a year."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import Blueprint, request

from marketplace.cooperatives import queries as cooperatives
from marketplace.foundation import clock
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import transaction
from marketplace.foundation.sheets import send_sheet
from marketplace.foundation.web import Form, allow, flash, person, private, redirect_to, render
from marketplace.foundation.words import _, _l
from marketplace.programmes import policies, queries, services
from marketplace.programmes.forms.advice import AskedForm, answered_form
from marketplace.programmes.models import Advice
from marketplace.programmes.queries.advice import MOST_EXPORTED
from marketplace.programmes.states.advice import ADVICE_LABELS, AdviceMatter
from marketplace.programmes.views.called import member_called
from marketplace.selection.forms.application import PressForm

bp = Blueprint("office_advice", __name__, url_prefix="/office/advice")
bp.after_request(private)
TABS = {"open": (_l("To answer or come back to"),), "all": (_l("All of a year"),)}


@bp.route("", methods=["GET"])
@allow(policies.gives_advice)
def list() -> Any:
    """?year=… and ?matter=… narrow it."""
    year, matter = _year(), _matter()
    tab = "all" if request.args.get("tab") == "all" or matter is not None else "open"
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    return render(
        "programmes/advice/list.html",
        page=queries.advice.listed(
            first, last, matter=matter, open=tab == "open", after=request.args.get("after")
        ),
        given=queries.advice.given(first, last),
        year=year,
        this_year=clock.today().year,
        matter=matter,
        tab=tab,
        tabs=TABS,
    )


@bp.route("/export.<any(xlsx, csv):kind>", methods=["GET"])
@allow(policies.gives_advice)
def export(kind: str) -> Any:
    """The log of a year, as a sheet."""
    year = _year()
    found = queries.advice.listed(dt.date(year, 1, 1), dt.date(year, 12, 31), size=MOST_EXPORTED).rows
    columns = [
        _("Asked on"), _("Who asks?"), _("Cooperative"), _("What about?"), _("The question"), _("What was answered"),
        _("Answered on"), _("Minutes it took"), _("Officer"),
    ]  # fmt: skip
    rows = [
        [
            each.asked_on, each.asked_by, each.cooperative.name if each.cooperative else "",
            str(ADVICE_LABELS[each.matter]), each.question, each.answer, each.answered_on, each.minutes,
            each.answered_by.name if each.answered_by else "",
        ]
        for each in found
    ]  # fmt: skip
    return send_sheet(_("Advice and legal help %(year)s", year=year), columns, rows, kind)


@bp.route("/new", methods=["GET", "POST"])
@allow(policies.gives_advice)
def new() -> Any:
    """?member=… comes from a member's page."""
    asked = cooperatives.for_office(request.args.get("member", ""), person())
    form = AskedForm(data={"member": asked.called, "phone": asked.phone} if asked is not None else {})
    if form.submitted():
        with form.reporting(), transaction():
            written = form.member.data or ""
            same = asked is not None and written == asked.called
            advice = services.advice.ask(
                asked_by=form.asked_by.data,
                phone=form.phone.data or "",
                cooperative=asked if same else member_called(written, "member") if written else None,
                matter=AdviceMatter(form.matter.data),
                question=form.question.data,
                asked_on=form.asked_on.data,
                by=person(),
            )
            flash(_("The question is noted."))
            return redirect_to("office_advice.show", advice=advice)
    return render("programmes/advice/new.html", form=form, asked=asked)


@bp.route("/<advice:advice>", methods=["GET"])
@allow(policies.gives_advice)
def show(advice: Advice) -> Any:
    return _page(advice)


@bp.route("/<advice:advice>/answer", methods=["POST"])
@allow(policies.gives_advice)
def answer(advice: Advice) -> Any:
    form = answered_form(advice)
    if form.submitted():
        with form.reporting(), transaction():
            services.advice.answer(
                advice=advice,
                words=form.words.data,
                minutes=form.minutes,
                day=form.day.data,
                follow_up_on=form.follow_up_on.data,
                by=person(),
            )
            flash(_("The answer is noted."))
            return redirect_to("office_advice.show", advice=advice)
    return _page(advice, answering=form)


@bp.route("/<advice:advice>/done", methods=["POST"])
@allow(policies.gives_advice)
def done(advice: Advice) -> Any:
    form = PressForm()
    with form.reporting(), transaction():
        services.advice.follow(advice=advice, by=person())
        flash(_("Done."))
        return redirect_to("office_advice.show", advice=advice)
    return _page(advice, pressed=form)


def _page(advice: Advice, *, answering: Form | None = None, pressed: Form | None = None) -> Any:
    return render(
        "programmes/advice/show.html",
        advice=advice,
        answering=answering or answered_form(advice, formdata=None),
        form=answering or pressed or PressForm(formdata=None),
        history=history_of("advice", advice.id),
    )


def _year() -> int:
    text = request.args.get("year", "")
    written = len(text) == 4 and text.isascii() and text.isdigit()
    return int(text) if written and 1990 <= int(text) <= 2200 else clock.today().year


def _matter() -> AdviceMatter | None:
    text = request.args.get("matter", "")
    return AdviceMatter(text) if text in {*map(str, AdviceMatter)} else None
