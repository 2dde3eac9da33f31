"""The day sheet on the exhibitor's phone: sales, contacts, memoranda and contracts of one day.

Each form is plain; with the script of the page what is sent waits on the phone until there is a signal, and the page
itself opens without one. Whatever is sent twice is one thing, so that an answer that was lost does no harm.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import Blueprint, Response, abort, jsonify, request, url_for

from marketplace.cooperatives import policies as registry
from marketplace.cooperatives import queries as cooperatives
from marketplace.fairs import policies, queries, services
from marketplace.fairs.countries import country
from marketplace.fairs.forms.day_sheet import DealForm, LeadForm, day_form
from marketplace.fairs.models import FairDeal, FairLead, Stand
from marketplace.fairs.states import (
    DEAL_KIND_LABELS,
    DEAL_LABELS,
    RESULT_LABELS,
    RESULT_TONES,
    deal_lifecycle,
)
from marketplace.foundation import clock
from marketplace.foundation.db import transaction
from marketplace.foundation.media import send_document
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
from marketplace.inbox.acts import PressForm

bp = Blueprint("day_sheet", __name__, url_prefix="/desk/fairs")
bp.after_request(private)


@bp.route("/results", methods=["GET"])
@allow(registry.has_desk)
def list() -> Any:
    """Every fair where this cooperative stood, with its day sheets and its results."""
    cooperative = cooperatives.desk_cooperative(person()) or abort(404)
    stands = queries.stands_at(cooperative.id)
    return render(
        "fairs/day_sheet/list.html",
        stands=stands,
        results=queries.results_by_stand([stand.id for stand in stands]),
        labels=RESULT_LABELS,
        tones=RESULT_TONES,
        day_of=_day_to_open,
    )


@bp.route("/day.js", methods=["GET"])
@public
def worker() -> Response:
    """Stands here so that it may answer for the pages of days when there is no signal."""
    return offline.worker("js/fairs/worker.js")


@bp.route("/<exhibited:stand>/day/manifest.webmanifest", methods=["GET"])
@allow(policies.exhibits_here)
def manifest(stand: Stand) -> Response:
    """What makes the sheet an app of its own on the phone."""
    return offline.manifest(
        name=_("Day sheet: %(fair)s", fair=stand.fair.name),
        short_name=_("Day sheet"),
        start=url_for("day_sheet.today", stand=stand.fair.slug),
    )


@bp.route("/<exhibited:stand>/day", methods=["GET"])
@allow(policies.exhibits_here)
def today(stand: Stand) -> Any:
    """Today's sheet while the fair runs, else the nearest of its days."""
    return redirect_to("day_sheet.show", stand=stand.fair.slug, day=_day_to_open(stand))


@bp.route("/<exhibited:stand>/day/<iso_day:day>", methods=["GET", "POST"])
@allow(policies.exhibits_here)
def show(stand: Stand, day: dt.date) -> Any:
    goods = queries.goods_of(stand)
    form = day_form(goods, queries.booth_day(stand.id, day))
    if form.submitted():
        with form.reporting(), transaction():
            sheet = services.write_day(stand=stand, day=day, **form.written(goods), by=person())
            return _kept(stand, day, form, version=sheet.version)
    return _page(stand, day, sheet_form=form)


@bp.route("/<exhibited:stand>/day/<iso_day:day>/leads", methods=["POST"])
@allow(policies.exhibits_here)
def lead(stand: Stand, day: dt.date) -> Any:
    form = LeadForm(queries.goods_of(stand))
    if form.submitted():
        with form.reporting():
            written = form.written()
            with transaction():
                services.take_lead(stand=stand, met_on=day, **written, by=person())
                return _kept(stand, day, form)
    return _page(stand, day, lead_form=form)


@bp.route("/<exhibited:stand>/day/<iso_day:day>/deals", methods=["POST"])
@allow(policies.exhibits_here)
def deal(stand: Stand, day: dt.date) -> Any:
    form = DealForm(queries.goods_of(stand), day)
    if form.submitted():
        with form.reporting():
            written = form.written()
            with transaction():
                services.sign_deal(stand=stand, **written, by=person())
                return _kept(stand, day, form)
    return _page(stand, day, deal_form=form)


@bp.route("/<exhibited:stand>/leads/<int:lead_id>/card", methods=["GET"])
@allow(policies.exhibits_here)
def card(stand: Stand, lead_id: int) -> Any:
    found = _lead(stand, lead_id)
    return send_document(found.card) if found.card is not None else abort(404)


@bp.route("/<exhibited:stand>/leads/<int:lead_id>/removal", methods=["POST"])
@allow(policies.exhibits_here)
def forget(stand: Stand, lead_id: int) -> Any:
    found, form = _lead(stand, lead_id), PressForm()
    day = found.met_on
    with form.reporting(), transaction():
        services.forget_lead(lead=found, by=person())
        flash(_("Their name and how to reach them are deleted."))
        return redirect_to("day_sheet.show", stand=stand.fair.slug, day=day, _anchor="contacts")
    return _page(stand, day, form=form)


@bp.route("/<exhibited:stand>/deals/<ref>/file", methods=["GET"])
@allow(policies.exhibits_here)
def file(stand: Stand, ref: str) -> Any:
    found = _deal(stand, ref)
    return send_document(found.file) if found.file is not None else abort(404)


@bp.route("/<exhibited:stand>/deals/<ref>/removal", methods=["POST"])
@allow(policies.exhibits_here)
def drop(stand: Stand, ref: str) -> Any:
    found, form, day = _deal(stand, ref), PressForm(), _day_to_open(stand)
    with form.reporting(), transaction():
        services.drop_deal(deal=found, by=person())
        flash(_("Taken off."))
        return redirect_to("day_sheet.show", stand=stand.fair.slug, day=day, _anchor="deals")
    return _page(stand, day, form=form)


@bp.route("/<exhibited:stand>/deals/<ref>/<any(begin, deliver, fail):step>", methods=["POST"])
@allow(policies.exhibits_here)
def move(stand: Stand, ref: str, step: str) -> Any:
    """What became of it; this goes on after the results are handed in."""
    found, form, day = _deal(stand, ref), PressForm(), _day_to_open(stand)
    with form.reporting(), transaction():
        services.move_deal(deal=found, step=step, by=person())
        flash(_("Written down."))
        return redirect_to("day_sheet.show", stand=stand.fair.slug, day=day, _anchor="deals")
    return _page(stand, day, form=form)


# --- how it is shown --------------------------------------------------------------------------------


def _kept(stand: Stand, day: dt.date, form: Any, **more: Any) -> Any:
    """To the script: that it is kept. To a plain page: the page again."""
    if wants_json():
        return jsonify(kept=form.client.data, **more)
    flash(_("Kept."))
    return redirect_to("day_sheet.show", stand=stand.fair.slug, day=day)


def _page(
    stand: Stand,
    day: dt.date,
    *,
    sheet_form: Any = None,
    lead_form: Any = None,
    deal_form: Any = None,
    form: Form | None = None,
) -> Any:
    if day not in stand.fair.days:
        abort(404)
    refused = next(
        (each for each in (sheet_form, lead_form, deal_form, form) if each is not None and each.refused), None
    )
    if refused is not None and wants_json():
        return offline.refusal(refused)
    goods, sheet, result = (
        queries.goods_of(stand),
        queries.booth_day(stand.id, day),
        queries.result_of(stand.id),
    )
    slug, kept = stand.fair.slug, "kept" in request.args
    return render(
        "fairs/day_sheet/show.html",
        stand=stand,
        fair=stand.fair,
        day=day,
        sheet=sheet,
        goods=goods,
        written={each.day for each in queries.days_of(stand.id)},
        totals=queries.sheet_totals(stand.id),
        open=result is None or result.state not in queries.HANDED_IN,
        kept=kept,
        to_come=day > clock.today() and not kept,
        sheet_form=sheet_form if sheet_form is not None else day_form(goods, sheet, formdata=None),
        lead_form=lead_form if lead_form is not None else LeadForm(goods, formdata=None),
        deal_form=deal_form
        if deal_form is not None
        else DealForm(goods, day if kept else min(day, clock.today()), formdata=None),
        form=form,
        leads=[] if kept else queries.leads_of(stand.id, day),
        deals=[] if kept else queries.deals_of(stand.id),
        kinds=DEAL_KIND_LABELS,
        states=DEAL_LABELS,
        steps=deal_lifecycle,
        country=country,
        at=lambda endpoint, **more: url_for(f"day_sheet.{endpoint}", stand=slug, **more),
    )


def _day_to_open(stand: Stand) -> dt.date:
    return max(stand.fair.first_day, min(clock.today(), stand.fair.last_day))


def _lead(stand: Stand, lead_id: int) -> FairLead:
    return queries.lead_of(stand.id, lead_id) or abort(404)


def _deal(stand: Stand, ref: str) -> FairDeal:
    return queries.deal_of(stand.id, ref) or abort(404)
