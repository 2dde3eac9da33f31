"""The diary of the fields: one line in twenty seconds."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request

from marketplace.foundation.db import transaction
from marketplace.foundation.web import Form, allow, flash, person, redirect_to, render
from marketplace.foundation.words import _
from marketplace.growing import cautions, policies, queries, services
from marketplace.growing.forms.diary import EntryForm, StrikeForm, correction_form
from marketplace.growing.models import DiaryEntry
from marketplace.growing.views.plot import desk

bp = Blueprint("diary", __name__, url_prefix="/desk/diary")


@bp.route("", methods=["GET", "POST"])
@allow(policies.grows)
def list() -> Any:
    """A new line above, what was written below; ?plot= narrows to one field."""
    own = desk()
    plots = queries.plots_to_choose(own.id)
    here = next((plot for plot in plots if plot.ref == request.args.get("plot")), None)
    form = EntryForm(plots, queries.last_entry(own.id), here)
    if form.submitted():
        with form.reporting(), transaction():
            entry = services.write(plot=form.chosen, done=form.done(), by=person())
            _tell(entry)
            return redirect_to("diary.list", plot=here.ref if here else None)
    page = queries.diary_of(own.id, here.id if here else None, after=request.args.get("after"))
    return render(
        "growing/diary/list.html",
        form=form,
        page=page,
        plots=plots,
        here=here,
        hints=queries.words_before(own.id),
        superseded=queries.superseded([entry.id for entry in page.rows]),
    )


@bp.route("/<own_entry:entry>", methods=["GET", "POST"])
@allow(policies.writes)
def correct(entry: DiaryEntry) -> Any:
    """Another line counts instead; the wrong one stays to be read."""
    form = correction_form(entry)
    if form.submitted():
        with form.reporting(), transaction():
            _tell(services.correct(entry=entry, done=form.done(), by=person()))
            return redirect_to("diary.list")
    return _page(entry, form=form)


@bp.route("/<own_entry:entry>/striking", methods=["POST"])
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
