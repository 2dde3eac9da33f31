"""The office: who lacks what towards whom, and which papers end soon."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from flask import Blueprint, request

from marketplace.dossiers import boards, policies, queries
from marketplace.dossiers.boards import Line
from marketplace.dossiers.dealings import Parties
from marketplace.foundation import clock
from marketplace.foundation.sheets import send_sheet
from marketplace.foundation.web import allow, render
from marketplace.foundation.words import _, _l

bp = Blueprint("office_dossiers", __name__, url_prefix="/office/dossiers")
TABS = {"lacks": _l("A paper is missing"), "soon": _l("Ends within 60 days"), "all": _l("All")}
CHOSEN: dict[str, Callable[[Line], bool]] = {
    "lacks": lambda line: line.lacks,
    "soon": lambda line: line.ends_soon,
    "all": lambda line: True,
}


@bp.route("", methods=["GET"])
@allow(policies.watches_dossiers)
def list() -> Any:
    told, today = boards.lines(Parties()), clock.today()
    tab = request.args.get("tab", "lacks")
    tab = tab if tab in TABS else "lacks"
    chosen = [line for line in told if CHOSEN[tab](line)]
    shown, after = boards.cut(chosen, request.args.get("after"))
    ending = queries.ending_between(today, today + dt.timedelta(days=boards.SOON_DAYS))
    return render(
        "dossiers/office/list.html",
        tabs_told={key: str(words) for key, words in TABS.items()},
        tab=tab,
        counts={key: sum(1 for line in told if fits(line)) for key, fits in CHOSEN.items()},
        lines=shown,
        next=after,
        ending=ending,
        today=today,
    )


@bp.route("/export.<any(xlsx, csv):kind>", methods=["GET"])
@allow(policies.watches_dossiers)
def export(kind: str) -> Any:
    columns = [_("Cooperative"), _("Product"), _("Buyer"), _("Goods go on"), _("Lacks"), _("First end")]
    rows = (
        (
            line.product.cooperative.label,
            line.product.name,
            line.buyer.name,
            line.next_day,
            "; ".join(f"{row.name}: {row.sentence}" for row in line.dossier.gaps),
            line.dossier.until,
        )
        for line in boards.lines(Parties())
    )
    return send_sheet(_("Dossiers"), columns, rows, kind)
