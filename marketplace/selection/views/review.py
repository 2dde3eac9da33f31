"""A reviewer's own pages: what to review, one application, points and words."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from marketplace.foundation.db import transaction
from marketplace.foundation.web import allow, flash, person, redirect_to, render
from marketplace.foundation.words import _
from marketplace.selection import policies, queries, services
from marketplace.selection.forms.application import PressForm
from marketplace.selection.forms.review import ConflictForm, ReviewForm, review_form
from marketplace.selection.models import Application, Review
from marketplace.selection.purposes import call_names, kind_of

bp = Blueprint("selection_reviews", __name__, url_prefix="/office/reviews")
CALLS = 8


@bp.route("", methods=["GET"])
@allow(policies.screens)
def list() -> Any:
    """Every call this person reviews; none is a page too."""
    calls = queries.reviewed_calls(person().id, most=CALLS)
    rows = queries.reviewable([call.id for call in calls], person().id)
    return render(
        "selection/review/list.html",
        calls=[(call, rows.get(call.id, ())) for call in calls],
        names=call_names(calls),
    )


@bp.route("/<reviewed:application>", methods=["GET", "POST"])
@allow(policies.reviews)
def write(application: Application) -> Any:
    """Kept as a draft; `hand_in` hands it in."""
    review = queries.review_of(application.id, person().id)
    form = review_form(application, review)
    if form.submitted():
        with form.reporting(), transaction():
            _keep(application, form)
            return redirect_to("selection_reviews.list")
    return _page(application, review, form, ConflictForm())


@bp.route("/<reviewed:application>/again", methods=["POST"])
@allow(policies.reviews)
def again(application: Application) -> Any:
    review, form = queries.review_of(application.id, person().id), PressForm()
    with form.reporting(), transaction():
        if review is not None:
            services.reopen_review(review=review, by=person())
    return redirect_to("selection_reviews.write", application=application)


@bp.route("/<reviewed:application>/conflict", methods=["POST"])
@allow(policies.reviews)
def conflict(application: Application) -> Any:
    near = ConflictForm()
    if near.submitted():
        with near.reporting(), transaction():
            services.declare_conflict(application=application, words=near.near.data, by=person())
            flash(_("Noted. You neither see nor score this application any more."))
            return redirect_to("selection_reviews.list")
    review = queries.review_of(application.id, person().id)
    return _page(application, review, review_form(application, review), near)


def _keep(application: Application, form: ReviewForm) -> None:
    review = services.write_review(
        application=application, points=form.points(), words=form.words.data or "", by=person()
    )
    if form.hand_in:
        services.submit_review(review=review, by=person())
        flash(_("Your review is handed in."))
    else:
        flash(_("Kept. Hand it in when it is finished."))


def _page(application: Application, review: Review | None, form: ReviewForm, near: ConflictForm) -> Any:
    kind = kind_of(application.call)
    return render(
        "selection/review/write.html",
        application=application,
        review=review,
        form=form,
        near=near,
        panel=kind.template,
        told=kind.fill(application),
    )
