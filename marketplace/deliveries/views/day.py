"""What is packed for one day: by product, or by place."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import Blueprint, abort, request, url_for

from marketplace.cooperatives import queries as cooperatives
from marketplace.cooperatives.models import Cooperative
from marketplace.deliveries import days, papers, policies
from marketplace.deliveries.forms.day import DayForm
from marketplace.foundation import formats
from marketplace.foundation.papers.views import send_for
from marketplace.foundation.web import allow, person, render
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _

bp = Blueprint("packing_day", __name__, url_prefix="/desk/packing")
WAYS = ("product", "place")


@bp.route("", methods=["GET"])
@allow(policies.has_deliveries)
def show() -> Any:
    seller, form = _seller(), DayForm(request.args)
    day = form.chosen()
    return render(
        "deliveries/day/show.html",
        told=days.packing_day(seller.id, day),
        by=_by(),
        form=form,
        before=day - dt.timedelta(days=1),
        after=day + dt.timedelta(days=1),
    )


@bp.route("/print", methods=["GET"])
@allow(policies.has_deliveries)
def printed() -> Any:
    seller, day = _seller(), DayForm(request.args).chosen()
    back = url_for("packing_day.show", day=day.isoformat(), by=_by())
    return render(papers.DAY, told=days.packing_day(seller.id, day), seller=seller, by=_by(), back=back)


@bp.route("/pdf", methods=["POST"])
@allow(policies.has_deliveries)
def pdf() -> Any:
    seller, day = _seller(), DayForm(request.args).chosen()
    return send_for(
        kind="deliveries.day",
        values={"organisation": seller.organisation_id, "day": day.isoformat(), "by": _by()},
        title=_("Packing list %(day)s", day=formats.date(day, locale())),
        back=url_for("packing_day.show", day=day.isoformat(), by=_by()),
    )


def _by() -> str:
    asked = request.args.get("by", "")
    return asked if asked in WAYS else WAYS[0]


def _seller() -> Cooperative:
    cooperative = cooperatives.desk_cooperative(person())
    if cooperative is None:
        abort(404)
    return cooperative
