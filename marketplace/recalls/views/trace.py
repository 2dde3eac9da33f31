"""Where a lot went, and where it came from: one page on both sides; and the alliance's list of all lots."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request, url_for

from marketplace.foundation.audit import history_of
from marketplace.foundation.db import transaction
from marketplace.foundation.sheets import send_sheet
from marketplace.foundation.web import allow, flash, person, redirect_to, render
from marketplace.foundation.words import _, _l
from marketplace.growing import queries as growing
from marketplace.growing.models import Lot
from marketplace.recalls import policies, queries, services
from marketplace.recalls.forms import RecallForm

bp = Blueprint("traces", __name__, url_prefix="/desk/lots")
office = Blueprint("office_lots", f"{__name__}.office", url_prefix="/office/lots")
DESK, OFFICE = "layout/desk.html", "layout/office.html"
TABS = {
    "all": _l("All"),
    "recalled": _l("Recalled"),
    "failed": _l("A test failed"),
    "caution": _l("Against a warning"),
}


# --- the cooperative ----------------------------------------------------------------------------------


@bp.route("/<own_lot:lot>/trace", methods=["GET"])
@allow(policies.sees_lot)
def desk(lot: Lot) -> Any:
    return _page(lot, DESK, url_for("own_lots.show", lot=lot), "traces.recall")


@bp.route("/<own_lot:lot>/recall", methods=["GET", "POST"])
@allow(policies.can_open)
def recall(lot: Lot) -> Any:
    form = RecallForm()
    if form.submitted():
        with form.reporting(), transaction():
            opened = services.open_recall(
                lot=lot, reason=form.reason.data, advice=form.advice.data or "", by=person()
            )
            flash(_opened(len(opened.holdings)))
            return redirect_to("desk_recalls.show", recall=opened)
    return _opening(lot, form, DESK, url_for("traces.desk", lot=lot))


# --- the alliance -------------------------------------------------------------------------------------


@office.route("", methods=["GET"])
@allow(policies.watches_lots)
def list() -> Any:
    words, tab = _asked()
    page = growing.lots(words, tab, after=request.args.get("after"))
    told = {name: str(label) for name, label in TABS.items()}
    return render("recalls/lots.html", page=page, q=words, tab=tab, tabs_told=told)


def _asked() -> tuple[str, str]:
    tab = request.args.get("tab", "all")
    return request.args.get("q", "").strip()[:40], tab if tab in TABS else "all"


@office.route("/export.<any(xlsx, csv):kind>", methods=["GET"])
@allow(policies.watches_lots)
def export(kind: str) -> Any:
    columns = [
        _("Lot"), _("Goods"), _("Cooperative"), _("Harvested"), _("Grade"), _("Kilograms"), _("Still there"),
        _("Tests passed"), _("Tests that failed"), _("Warnings"), _("Recalled"),
    ]  # fmt: skip
    rows = [
        [
            row.code, row.name, row.cooperative, row.harvested_on, row.grade, row.kg, row.free, row.tests, row.failed,
            row.cautions, _("yes") if row.recalled else "",
        ]
        for row in growing.for_export(*_asked())
    ]  # fmt: skip
    return send_sheet(_("Lots"), columns, rows, kind)


@office.route("/<lot:lot>", methods=["GET"])
@allow(policies.watches_lots)
def show(lot: Lot) -> Any:
    return _page(lot, OFFICE, url_for("office_lots.list"), "office_lots.open")


@office.route("/<lot:lot>/recall", methods=["GET", "POST"], endpoint="open")
@allow(policies.opens_for_alliance)
def open_for(lot: Lot) -> Any:
    """The alliance calls back what a cooperative sold."""
    form = RecallForm()
    if form.submitted():
        with form.reporting(), transaction():
            opened = services.open_recall(
                lot=lot,
                reason=form.reason.data,
                advice=form.advice.data or "",
                by_alliance=True,
                by=person(),
            )
            flash(_opened(len(opened.holdings)))
            return redirect_to("office_recalls.show", recall=opened)
    return _opening(lot, form, OFFICE, url_for("office_lots.show", lot=lot))


# --- both ---------------------------------------------------------------------------------------------


def _page(lot: Lot, frame: str, back: str, opening: str) -> Any:
    recalls = queries.recalls_of_lot(lot.id)
    side = "office_recalls.show" if frame == OFFICE else "desk_recalls.show"
    return render(
        "recalls/trace.html",
        frame=frame,
        lot=lot,
        back_to=back,
        opening=url_for(opening, lot=lot),
        found=queries.found(lot.id),
        sprays=growing.diary_summary(lot),
        recalls=[(each, url_for(side, recall=each)) for each in recalls],
        history=history_of("lot", lot.id),
    )


def _opening(lot: Lot, form: RecallForm, frame: str, back: str) -> Any:
    found = queries.found(lot.id)
    return render("recalls/open.html", frame=frame, lot=lot, form=form, back_to=back, found=found)


def _opened(buyers: int) -> str:
    if not buyers:
        return _("The lot is stopped. Nobody has received any of it.")
    return _("The lot is stopped, and everybody who holds some of it is told.")
