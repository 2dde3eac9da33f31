"""Signs over the stands: the office prints all, an exhibitor their own."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, request, url_for

from marketplace.cooperatives import queries as cooperatives
from marketplace.fairs import catalogue, policies, queries
from marketplace.fairs.models import Fair, Stand
from marketplace.fairs.papers.sign import SIZES, TEMPLATE, signs_of
from marketplace.foundation.papers.views import send_for
from marketplace.foundation.web import allow, person, render
from marketplace.foundation.words import _

office = Blueprint("office_signs", f"{__name__}.office", url_prefix="/office/fairs/<any_fair:fair>/signs")
desk = Blueprint("desk_sign", f"{__name__}.desk", url_prefix="/desk/fairs/<fair:fair>/sign")


@office.route("", methods=["GET"])
@allow(policies.runs_fairs)
def all(fair: Fair) -> Any:
    """All of them, ready for the printer of the browser."""
    return _page(fair, None)


@office.route("/pdf", methods=["POST"])
@allow(policies.runs_fairs)
def all_pdf(fair: Fair) -> Any:
    return send_for(
        kind="fairs.signs",
        values={"fair": fair.slug, "size": _size(request.form.get("size"))},
        title=_("Signs of %(fair)s", fair=fair.name),
        back=url_for("office_signs.all", fair=fair),
    )


@desk.route("", methods=["GET"])
@allow(policies.exhibits)
def own(fair: Fair) -> Any:
    return _page(fair, _own_stand(fair))


@desk.route("/pdf", methods=["POST"])
@allow(policies.exhibits)
def own_pdf(fair: Fair) -> Any:
    stand = _own_stand(fair)
    return send_for(
        kind="fairs.signs",
        values={"fair": fair.slug, "size": _size(request.form.get("size")), "stand": stand.ref},
        title=_("Sign of your stand"),
        back=url_for("desk_sign.own", fair=fair),
    )


def _page(fair: Fair, stand: Stand | None) -> Any:
    return render(
        TEMPLATE,
        fair=fair,
        exhibitors=signs_of(fair, stand.id if stand is not None else None),
        size=_size(request.args.get("size")),
        sizes=SIZES,
        told=catalogue,
        here="desk_sign.own" if stand is not None else "office_signs.all",
    )


def _size(asked: str | None) -> str:
    return asked if asked in SIZES else "a4"


def _own_stand(fair: Fair) -> Stand:
    seller = cooperatives.desk_cooperative(person())
    stand = queries.confirmed_stand_of(fair.id, seller.id) if seller is not None else None
    return stand or abort(404)
