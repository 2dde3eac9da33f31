"""What the code on a box opens."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import Blueprint

from marketplace.cooperatives.states import PAPER_LABELS, PaperKind
from marketplace.foundation import formats
from marketplace.foundation.web import cached, public, render
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _
from marketplace.growing import queries
from marketplace.growing.models import Lot
from marketplace.growing.states import LabResult
from marketplace.places import queries as places

bp = Blueprint("lots", __name__)


@bp.route("/lots/<lot:lot>", methods=["GET"])
@public
@cached()
def show(lot: Lot) -> Any:
    product = lot.product
    sprays = queries.diary_summary(lot)
    return render(
        "growing/lot/public.html",
        lot=lot,
        product=product,
        papers=_papers(lot),
        steps=_steps(lot),
        place=places.label(product.cooperative.address),
        sprays=sprays,
        days_before=(lot.harvested_on - sprays[0].day).days if sprays else None,
        tests=[test for test in lot.tests if test.result is not LabResult.WAITING],
    )


def _papers(lot: Lot) -> Any:
    """What was valid when it was packed, as (name, number, valid until)."""
    return [
        (
            PAPER_LABELS[PaperKind(paper["kind"])],
            paper["number"],
            formats.date(dt.date.fromisoformat(paper["expires_on"]), locale()) if paper["expires_on"] else "",
        )
        for paper in lot.certificates
    ]


def _steps(lot: Lot) -> Any:
    """The lot's way as (sign, drawing, title, words): who and where, harvest, packing, sale."""
    product, shown = lot.product, locale()
    told = [formats.weight(lot.kg, shown)] if lot.kg else []
    steps = [
        ("people", "", _("Grown by %(who)s", who=_growers(lot) or product.cooperative.title), _field(lot)),
        (
            "",
            product.commodity.drawing,
            _("Harvested %(day)s", day=formats.date(lot.harvested_on, shown)),
            ", ".join([product.commodity.name, *(told if lot.plots else [])]),
        ),
    ]
    if lot.packed_on is not None:
        packed = _("Packed %(day)s", day=formats.date(lot.packed_on, shown))
        words = ", ".join(part for part in (product.packing, *([] if lot.plots else told)) if part)
        steps.append(("box", "", packed, words))
    return [*steps, ("", "basket", _("Sold by"), product.cooperative.title)]


def _growers(lot: Lot) -> str:
    """The group, and the households that agreed to be named."""
    households = [each.plot.household for each in lot.plots if each.plot.household_shown]
    return ", ".join(dict.fromkeys(filter(None, [lot.grower or lot.household_group, *households])))


def _field(lot: Lot) -> str:
    """Of a plot its commune and growing-area code only; what was printed while packing, as it was written."""
    product = lot.product
    if lot.plots:
        communes = dict.fromkeys(places.path_of(each.plot.unit) for each in lot.plots)
        codes = dict.fromkeys(
            _("growing area %(code)s", code=each.plot.growing_area_code)
            for each in lot.plots
            if each.plot.growing_area_code
        )
        return "; ".join([*communes, *codes])
    where = places.said(product.origin_vi) or places.short_label(product.cooperative.address)
    return f"{lot.plot}, {where}" if lot.plot else where
