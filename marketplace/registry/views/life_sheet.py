"""Events of many lives from a sheet, at the office."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, request

from marketplace.foundation.columns import keep, kept
from marketplace.foundation.db import transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.sheets import MOST_BYTES, read_table, send_sheet
from marketplace.foundation.web import allow, flash, person, redirect_to, render
from marketplace.foundation.words import _, _l, _n
from marketplace.registry import life_sheet, policies
from marketplace.registry.forms.annual_report import SheetForm
from marketplace.registry.states.life_event import LIFE_LABELS, LifeKind

bp = Blueprint("office_life_sheet", __name__, url_prefix="/office/life-events")


@bp.route("", methods=["GET", "POST"])
@allow(policies.keeps_members)
def sheet() -> Any:
    """A sheet is looked at first; then every line that is in order is written."""
    form = SheetForm()
    lines: Sequence[life_sheet.Line] = []
    if form.submitted():
        with form.reporting():
            table = _table(form)
            lines = life_sheet.look(table, by=person())
            form.kept.data = keep(table)
            if request.form.get("write"):
                with transaction():
                    written = sum(line.is_ready for line in life_sheet.write(table, by=person()))
                    if not written:
                        raise Refusal(_l("No line of this sheet can be written."), field="file")
                    flash(_n("%(num)s event entered.", "%(num)s events entered.", written))
                    return redirect_to("office_registry.list")
    return render(
        "registry/life_event/sheet.html",
        form=form,
        lines=lines,
        columns=life_sheet.columns(),
        kinds=LIFE_LABELS.values(),
    )


@bp.route("/sheet.xlsx", methods=["GET"])
@allow(policies.keeps_members)
def sample() -> Any:
    """A sheet to fill in, with two rows as an example."""
    events = (
        (LifeKind.SUSPENDED, "01/03/2024", "QĐ 12/2024"),
        (LifeKind.RESUMED, "01/09/2024", "QĐ 40/2024"),
    )
    rows = [
        ["0800123456", _("Example cooperative"), str(LIFE_LABELS[kind]), day, "", "", source, ""]
        for kind, day, source in events
    ]
    return send_sheet(_("Events of cooperatives"), life_sheet.columns(), rows)


def _table(form: SheetForm) -> Any:
    """The file that was just chosen, else the one that was looked at."""
    if form.file.data:
        return read_table(
            form.file.data.read(MOST_BYTES + 1), form.file.data.filename, header_like=life_sheet.header_like
        )
    if not form.kept.data:
        raise Refusal(_l("Please choose the file first."), field="file")
    return kept(form.kept.data)
