"""The trail of everything that happened, for administrators and inspectors."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import Blueprint, request

from marketplace.accounts import policies, queries, services
from marketplace.accounts.forms import TrailForm
from marketplace.foundation import clock
from marketplace.foundation.audit import Sought, trail, trail_rows
from marketplace.foundation.db import transaction
from marketplace.foundation.sheets import MOST_ROWS, send_sheet
from marketplace.foundation.web import allow, flash, person, redirect_to, render
from marketplace.foundation.words import _

bp = Blueprint("office_trail", __name__, url_prefix="/office/audit")
DAY = dt.timedelta(days=1)


@bp.route("", methods=["GET"])
@allow(policies.reads_trail)
def list() -> Any:
    form = TrailForm(request.args)
    found = trail(_sought(form), request.args.get("after")) if form.validate() else None
    return render(
        "accounts/office/trail.html",
        form=form,
        page=found,
        members=_members(found.rows) if found else {},
        chosen={key: value for key, value in request.args.items() if key != "after" and value},
        most=MOST_ROWS,
    )


@bp.route("/export", methods=["POST"])
@allow(policies.reads_trail)
def export() -> Any:
    """What was looked for, as a file; that somebody took it is written down first."""
    form = TrailForm(request.args)
    if not form.validate():
        return redirect_to("office_trail.list", **request.args)
    lines = trail_rows(_sought(form), MOST_ROWS)
    if not lines:
        flash(_("Nothing fits, so there is nothing to take away."), "wait")
        return redirect_to("office_trail.list", **request.args)
    kind = "csv" if request.form.get("as") == "csv" else "xlsx"
    with transaction():
        services.note_trail_taken(rows=len(lines), file=kind, by=person())
    members = _members(lines)
    columns = [
        _("Line"),
        _("Time"),
        _("Who"),
        _("On behalf of"),
        _("What happened"),
        _("Kind of event"),
        _("Subject"),
    ]
    rows = (
        (
            line.id,
            line.at,
            line.actor or _("By itself"),
            members.get(line.on_behalf_of_id or 0, ""),
            line.sentence,
            line.kind,
            ", ".join(f"{subject}:{subject_id}" for subject, subject_id in line.subjects),
        )
        for line in lines
    )
    return send_sheet(_("Trail"), columns, rows, kind)


def _sought(form: TrailForm) -> Sought:
    who, member = form.who.data, form.member.data
    return Sought(
        actors=[one.id for one in queries.find_people(who, None).rows] if who else None,
        behalf=queries.find_organisations(member) if member else None,
        subject=form.about,
        kind=form.kind.data or "",
        since=clock.start_of_day(form.since.data) if form.since.data else None,
        until=clock.start_of_day(form.until.data + DAY) if form.until.data else None,
    )


def _members(lines: Any) -> dict[int, str]:
    ids = {line.on_behalf_of_id for line in lines if line.on_behalf_of_id}
    return queries.names_of_organisations([*ids]) if ids else {}
