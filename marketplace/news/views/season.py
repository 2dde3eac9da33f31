"""Pages of a season at the office."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from flask import Blueprint, request

from marketplace.catalogue import indexing
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import transaction
from marketplace.foundation.web import Form, allow, flash, person, redirect_to, render
from marketplace.foundation.words import _
from marketplace.news import queries, services
from marketplace.news.forms import CampaignForm, CampaignPhotoForm, ChoiceForm, PressForm
from marketplace.news.models import Campaign
from marketplace.news.policies import keeps_news
from marketplace.news.states import ChoiceKind, campaign_lifecycle

bp = Blueprint("office_seasons", __name__, url_prefix="/office/seasons")
CHOICE = f"<any({', '.join(ChoiceKind)}):kind>"
PRESSES: dict[str, Callable[..., None]] = {
    "opening": services.open_campaign,
    "closing": services.close_campaign,
    "unpicturing": services.remove_campaign_photo,
}


@bp.route("", methods=["GET"])
@allow(keeps_news)
def list() -> Any:
    return render("news/season/list.html", page=queries.campaign.for_office(request.args.get("after")))


@bp.route("/new", methods=["GET", "POST"])
@allow(keeps_news)
def new() -> Any:
    form = CampaignForm()
    if form.submitted():
        with form.reporting(), transaction():
            campaign = services.draft_campaign(
                commodity_ids=[int(form.commodity.data)], facts=form.facts(), by=person()
            )
            flash(_("Written down. Choose what it shows and add a photo, then open it to everybody."))
            return redirect_to("office_seasons.show", campaign=campaign)
    return render("news/season/edit.html", form=form, campaign=None)


@bp.route("/<any_campaign:campaign>", methods=["GET"])
@allow(keeps_news)
def show(campaign: Campaign) -> Any:
    return _page(campaign)


@bp.route("/<any_campaign:campaign>/texts", methods=["GET", "POST"])
@allow(keeps_news)
def edit(campaign: Campaign) -> Any:
    form = CampaignForm(campaign)
    if form.submitted():
        with form.reporting(), transaction():
            services.change_campaign(campaign=campaign, facts=form.facts(), by=person())
            flash(_("Changed."))
            return redirect_to("office_seasons.show", campaign=campaign)
    return render("news/season/edit.html", form=form, campaign=campaign)


@bp.route("/<any_campaign:campaign>/choice", methods=["GET"])
@allow(keeps_news)
def choice(campaign: Campaign) -> Any:
    """What the page shows: found by words, put on, ordered and taken off, each with one press."""
    return _choice(campaign)


@bp.route(f"/<any_campaign:campaign>/choice/{CHOICE}", methods=["POST"])
@allow(keeps_news)
def choose(campaign: Campaign, kind: str) -> Any:
    form = ChoiceForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.choose(campaign=campaign, kind=ChoiceKind(kind), key=form.number, by=person())
            flash(_("It is on the page now."))
            return _chosen(campaign, kind)
    return _choice(campaign, form)


@bp.route(
    f"/<any_campaign:campaign>/choice/{CHOICE}/<int(max=2147483647):key>/<any(up, down, off):step>",
    methods=["POST"],
)
@allow(keeps_news)
def change_choice(campaign: Campaign, kind: str, key: int, step: str) -> Any:
    form, chosen = PressForm(), ChoiceKind(kind)
    with form.reporting(), transaction():
        if step == "off":
            services.unchoose(campaign=campaign, kind=chosen, key=key, by=person())
        else:
            way: Literal["up", "down"] = "up" if step == "up" else "down"
            services.move_choice(campaign=campaign, kind=chosen, key=key, step=way, by=person())
        flash(_("Done."))
        return _chosen(campaign, kind)
    return _choice(campaign, form)


@bp.route("/<any_campaign:campaign>/photo", methods=["POST"])
@allow(keeps_news)
def photo(campaign: Campaign) -> Any:
    form = CampaignPhotoForm()
    if form.submitted():
        with form.reporting(), transaction():
            file = form.photo.data
            services.set_campaign_photo(
                campaign=campaign, stream=file.stream, filename=file.filename, by=person()
            )
            flash(_("Photos received. They appear in a moment."))
            return redirect_to("office_seasons.show", campaign=campaign)
    return _page(campaign, photo=form)


@bp.route("/<any_campaign:campaign>/step/<any(opening, closing, unpicturing):step>", methods=["POST"])
@allow(keeps_news)
def press(campaign: Campaign, step: str) -> Any:
    form = PressForm()
    with form.reporting(), transaction():
        PRESSES[step](campaign=campaign, by=person())
        flash(_("Done."))
        return redirect_to("office_seasons.show", campaign=campaign)
    return _page(campaign, pressed=form)


def _sought() -> str:
    return " ".join(request.args.get("q", "")[:100].split())


def _chosen(campaign: Campaign, kind: str) -> Any:
    """Back to the list that was changed, with what was looked for."""
    return redirect_to("office_seasons.choice", campaign=campaign, q=_sought() or None, _anchor=kind)


def _choice(campaign: Campaign, form: Form | None = None) -> Any:
    text = _sought()
    return render(
        "news/season/choice.html",
        campaign=campaign,
        q=text,
        offer=queries.campaign.to_choose(campaign, text, indexing.ids_found(text, 40)),
        kinds=ChoiceKind,
        form=form or PressForm(),
    )


def _page(campaign: Campaign, *, pressed: Form | None = None, photo: CampaignPhotoForm | None = None) -> Any:
    return render(
        "news/season/show.html",
        campaign=campaign,
        may={move.name for move in campaign_lifecycle if campaign.state in move.origins},
        form=pressed or PressForm(),
        photo_form=photo or CampaignPhotoForm(formdata=None),
        history=history_of("campaign", campaign.id, limit=20),
    )
