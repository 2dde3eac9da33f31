"""Questions of requests at the office: by stall, without any code."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, abort

from marketplace.catalogue import queries as catalogue
from marketplace.catalogue.models import Category
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import transaction
from marketplace.foundation.web import allow, flash, person, redirect_to, render
from marketplace.foundation.words import _
from marketplace.linkage import asking, policies, queries, services
from marketplace.linkage.asking import Question
from marketplace.linkage.forms.need import PressForm
from marketplace.linkage.forms.need_form import FieldForm

bp = Blueprint("need_forms", __name__, url_prefix="/office/requests/forms")


@bp.route("", methods=["GET"])
@allow(policies.keeps_requests)
def list() -> Any:
    return render("linkage/form/list.html", stalls=catalogue.categories(), newest=queries.newest_forms())


@bp.route("/<asked_stall:category>", methods=["GET", "POST"])
@allow(policies.keeps_requests)
def show(category: Category) -> Any:
    """The questions of a stall, and a form for one more."""
    form = FieldForm()
    if form.submitted():
        with form.reporting(), transaction():
            taken = {each.key for each in _standing(category)}
            services.keep_question(category=category, question=form.question(taken), by=person())
            flash(_("Asked from now on, in every new request of this stall."))
            return redirect_to("need_forms.show", category=category)
    return _page(category, form)


@bp.route("/<asked_stall:category>/<string(maxlength=40):key>", methods=["GET", "POST"])
@allow(policies.keeps_requests)
def change(category: Category, key: str) -> Any:
    standing = _one(category, key)
    form = FieldForm(standing)
    if form.submitted():
        with form.reporting(), transaction():
            services.keep_question(category=category, question=form.question(set()), by=person())
            flash(_("Changed. Requests that were published keep the words they were asked in."))
            return redirect_to("need_forms.show", category=category)
    return render("linkage/form/change.html", category=category, question=standing, form=form)


@bp.route("/<asked_stall:category>/<string(maxlength=40):key>/removal", methods=["POST"])
@allow(policies.keeps_requests)
def drop(category: Category, key: str) -> Any:
    question, form = _one(category, key), PressForm()
    with form.reporting(), transaction():
        services.drop_question(category=category, key=question.key, by=person())
        flash(_("No longer asked. Answers that were given stay."))
        return redirect_to("need_forms.show", category=category)
    return _page(category, FieldForm(formdata=None))


def _page(category: Category, form: FieldForm) -> Any:
    newest = queries.newest_form(category.id)
    return render(
        "linkage/form/show.html",
        category=category,
        version=newest.version if newest is not None else 0,
        questions=_standing(category),
        form=form,
        history=history_of("need_form", category.id),
    )


def _standing(category: Category) -> Sequence[Question]:
    newest = queries.newest_form(category.id)
    return asking.questions_of(newest.fields) if newest is not None else []


def _one(category: Category, key: str) -> Question:
    return next((each for each in _standing(category) if each.key == key), None) or abort(404)
