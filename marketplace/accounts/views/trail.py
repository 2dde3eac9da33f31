"""The trail of everything that happened, for administrators and inspectors."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from flask import Blueprint, Response, abort, request, send_file, url_for

from marketplace import config
from marketplace.accounts import policies, queries, services
from marketplace.accounts.forms import PressForm, TrailForm
from marketplace.accounts.models import TrailExport
from marketplace.accounts.states import EXPORT_LABELS, EXPORT_TONES, ExportState
from marketplace.accounts.tasks import write_trail_export
from marketplace.accounts.writing import columns, row
from marketplace.foundation import clock
from marketplace.foundation.audit import Sought, public_names, trail, trail_rows
from marketplace.foundation.audit.folding import last_fold
from marketplace.foundation.db import transaction
from marketplace.foundation.media import store
from marketplace.foundation.sheets import MOST_ROWS, send_sheet
from marketplace.foundation.web import Form, allow, flash, looks_again, person, redirect_to, render
from marketplace.foundation.web.headers import private
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _

bp = Blueprint("office_trail", __name__, url_prefix="/office/audit")
bp.after_request(private)
DAY = dt.timedelta(days=1)


@bp.route("", methods=["GET"])
@allow(policies.reads_trail)
def list() -> Any:
    return _page(TrailForm(request.args))


def _page(form: TrailForm, wanting: Form | None = None) -> Any:
    found = trail(_sought(form), request.args.get("after")) if form.validate() else None
    return render(
        "accounts/office/trail.html",
        form=form,
        wanting=wanting or PressForm(formdata=None),
        page=found,
        members=_members(found.rows) if found else {},
        names=public_names(each for line in found.rows for each in line.subjects) if found else {},
        chosen={key: value for key, value in request.args.items() if key != "after" and value},
        most=MOST_ROWS,
        exports=queries.trail_exports(),
        export_days=config.current().audit_export_days,
        export_labels=EXPORT_LABELS,
        export_tones=EXPORT_TONES,
        folded=last_fold(),
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
    names = public_names(each for line in lines for each in line.subjects)
    return send_sheet(_("Trail"), columns(), (row(line, members, names) for line in lines), kind)


@bp.route("/exports", methods=["POST"])
@allow(policies.reads_trail)
def want() -> Any:
    """All of what was looked for, written by the worker."""
    form, wanting = TrailForm(request.args), PressForm()
    if not form.validate():
        return redirect_to("office_trail.list", **request.args)
    with wanting.reporting(), transaction():
        wanted = services.want_trail_export(sought=_sought(form), locale=locale(), by=person())
        write_trail_export.later(wanted.id)
        return redirect_to("office_trail.export_page", export=wanted)
    return _page(form, wanting)


@bp.route("/exports/<trail_export:export>", methods=["GET"])
@allow(policies.reads_trail)
def export_page(export: TrailExport) -> Any:
    """While it is written the page looks again by itself, without a script."""
    sought = Sought.read(export.sought, export.last_id)
    answer: Response = render(
        "accounts/office/trail_export.html",
        export=export,
        since=clock.to_local(sought.since).date() if sought.since else None,
        until=clock.to_local(sought.until - DAY).date() if sought.until else None,
        labels=EXPORT_LABELS,
        tones=EXPORT_TONES,
    )
    if export.state is ExportState.WAITING:
        looks_again(answer, url_for("office_trail.export_page", export=export))
    return answer


@bp.route("/exports/<trail_export:export>/file", methods=["POST"])
@allow(policies.reads_trail)
def export_file(export: TrailExport) -> Any:
    """That somebody took it is written down first."""
    if export.state is not ExportState.READY:
        abort(404)
    try:
        content = store.private().get(export.name)
    except store.Missing:
        abort(404)
    day = clock.to_local(export.wanted_at)
    with transaction():
        services.note_export_taken(export=export, by=person())
    name = f"nhat-ky-{day:%Y%m%d-%H%M}.zip"
    return send_file(io.BytesIO(content), "application/zip", as_attachment=True, download_name=name)


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
