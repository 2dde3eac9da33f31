"""The owner reads what was taken down and why, and appeals."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, request
from flask_login import current_user

from marketplace.cooperatives import queries as cooperatives
from marketplace.foundation.db import transaction
from marketplace.foundation.web import Form, allow, flash, person, redirect_to, render
from marketplace.foundation.words import _
from marketplace.moderation import matters, policies, queries, services
from marketplace.moderation.forms import AppealForm
from marketplace.moderation.models import Takedown
from marketplace.moderation.states import REASON_LABELS, TAKEDOWN_LABELS, TAKEDOWN_TONES
from marketplace.moderation.views.withheld import withheld_photo

bp = Blueprint("desk_takedowns", __name__, url_prefix="/desk/takedowns")


@bp.route("", methods=["GET"])
@allow(policies.has_desk)
def list() -> Any:
    cooperative = cooperatives.desk_cooperative(person())
    if cooperative is None:
        abort(404)
    page = queries.takedowns_of(cooperative.organisation_id, request.args.get("after"))
    return render("moderation/desk/list.html", page=page, labels=TAKEDOWN_LABELS, tones=TAKEDOWN_TONES)


@bp.route("/<own_takedown:takedown>", methods=["GET", "POST"])
@allow(lambda user, _takedown: policies.has_desk(user))
def show(takedown: Takedown) -> Any:
    form = AppealForm()
    if form.is_submitted() and not policies.can_appeal(current_user, takedown):
        abort(409)
    if form.submitted():
        with form.reporting(), transaction():
            services.appeal(takedown=takedown, words=form.words.data, by=person())
            flash(_("Your appeal is sent. Another officer looks at it and answers you."))
            return redirect_to("desk_takedowns.show", takedown=takedown)
    return _page(takedown, form)


@bp.route("/<own_takedown:takedown>/photo", methods=["GET"])
@allow(lambda user, _takedown: policies.has_desk(user))
def photo(takedown: Takedown) -> Any:
    return withheld_photo(takedown)


def _page(takedown: Takedown, form: Form) -> Any:
    return render(
        "moderation/desk/show.html",
        takedown=takedown,
        photo=matters.photo_of(takedown.kind, takedown.subject_id),
        form=form,
        reasons=REASON_LABELS,
        labels=TAKEDOWN_LABELS,
        tones=TAKEDOWN_TONES,
    )
