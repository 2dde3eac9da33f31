"""The diary of the fields: one line in twenty seconds."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify, request, url_for

from marketplace.foundation.db import transaction
from marketplace.foundation.web import (
    Form,
    allow,
    flash,
    offline,
    person,
    private,
    public,
    redirect_to,
    render,
)
from marketplace.foundation.web.pages import wants_json
from marketplace.foundation.words import _
from marketplace.growing import cautions, policies, queries, services
from marketplace.growing.forms.diary import EntryForm, StrikeForm, correction_form
from marketplace.growing.models import DiaryEntry
from marketplace.growing.views.plot import desk

bp = Blueprint("diary", __name__, url_prefix="/desk")
bp.after_request(private)


@bp.route("/diary.js", methods=["GET"])
@public
def worker() -> Response:
    """Stands here so that it may answer for the diary when there is no signal."""
    return offline.worker("js/growing/worker.js")


@bp.route("/diary.webmanifest", methods=["GET"])
@allow(policies.grows)
def manifest() -> Response:
    """What makes the diary an app of its own on the phone."""
    return offline.manifest(name=_("Field diary"), short_name=_("Field diary"), start=url_for("diary.list"))


@bp.route("/diary", methods=["GET", "POST"])
@allow(policies.grows)
def list() -> Any:
    """A new line above, what was written below; ?plot= narrows to one field.

    With the script of the page a line waits on the phone until there is a signal, and arrives once; ?kept=1 is the
    page that stays there, without people.
    """
    own = desk()
    plots = queries.plots_to_choose(own.id)
    here = next((plot for plot in plots if plot.ref == request.args.get("plot")), None)
    kept = "kept" in request.args
    form = EntryForm(plots, queries.last_entry(own.id), here, nobody=kept)
    if form.submitted():
        with form.reporting(), transaction():
            entry = services.write(plot=form.chosen, done=form.done(), sent=form.client.data, by=person())
            if wants_json():
                told = [str(cautions.told(each)) for each in services.warnings(entry)[:4]]
                return jsonify(kept=form.client.data, told=told)
            _tell(entry)
            return redirect_to("diary.list", plot=here.ref if here else None)
    if form.refused and wants_json():
        return offline.refusal(form)
    page = queries.diary_of(own.id, here.id if here else None, after=request.args.get("after"))
    return render(
        "growing/diary/list.html",
        form=form,
        page=page,
        plots=plots,
        kept=kept,
        here=here,
        hints=queries.words_before(own.id),
        superseded=queries.superseded([entry.id for entry in page.rows]),
    )


@bp.route("/diary/<own_entry:entry>", methods=["GET", "POST"])
@allow(policies.writes)
def correct(entry: DiaryEntry) -> Any:
    """Another line counts instead; the wrong one stays to be read."""
    form = correction_form(entry)
    if form.submitted():
        with form.reporting(), transaction():
            _tell(services.correct(entry=entry, done=form.done(), by=person()))
            return redirect_to("diary.list")
    return _page(entry, form=form)


@bp.route("/diary/<own_entry:entry>/striking", methods=["POST"])
@allow(policies.writes)
def strike(entry: DiaryEntry) -> Any:
    form = StrikeForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.strike(entry=entry, note=form.note.data, by=person())
            flash(_("This line no longer counts. It stays to be read, with your reason."))
            return redirect_to("diary.list")
    return _page(entry, striking=form)


def _page(entry: DiaryEntry, **forms: Form) -> Any:
    fresh = {"form": correction_form(entry, formdata=None), "striking": StrikeForm(formdata=None)}
    return render("growing/diary/correct.html", entry=entry, **{**fresh, **forms})


def _tell(entry: DiaryEntry) -> None:
    """It is kept, whatever the rules say of it: a diary tells what was done."""
    flash(_("Written down."))
    for each in services.warnings(entry)[:4]:
        flash(cautions.told(each), "bad" if each.until is None else "wait")
