"""The rules at the office: which are in force, adding some by a form or a file, taking them back."""

from __future__ import annotations

import json
from typing import Any

from flask import Blueprint, Response, request

from marketplace.foundation.audit import history_of
from marketplace.foundation.db import transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.text import slug
from marketplace.foundation.web import allow, flash, person, redirect_to, render
from marketplace.foundation.words import _, _l
from marketplace.registry import deadlines, grading, policies, queries, reference, services
from marketplace.registry.forms.classification import ReasonForm, RulesFileForm, scheme_form
from marketplace.registry.models import ClassificationScheme, SizeRules
from marketplace.registry.states import BRANCH_LABELS, GRADE_LABELS, SIZE_LABELS

bp = Blueprint("office_grading", __name__, url_prefix="/office/grading-rules")


@bp.route("", methods=["GET", "POST"])
@allow(policies.keeps_members)
def list() -> Any:
    """All rules, newest first; a file adds one of either kind."""
    form = RulesFileForm()
    if form.submitted():
        with form.reporting(), transaction():
            _take_in(form)
            flash(_("The rules are kept. They count from their first day on."))
            return redirect_to("office_grading.list")
    year = deadlines.current_year()
    return render(
        "registry/scheme/list.html",
        form=form,
        schemes=queries.scheme.schemes(),
        uses=queries.scheme.uses(),
        in_force=queries.scheme.scheme_of(year),
        rules=queries.size_class.all_rules(),
        size_in_force=queries.size_class.rules_of(year),
        year=year,
    )


def _take_in(form: RulesFileForm) -> None:
    """A file with criteria is a scheme of grades, one with rows are rules of size."""
    if not form.file.data:
        raise Refusal(_l("Please choose the file first."), field="file")
    data = form.file.data.read(reference.LONGEST_FILE + 1)
    if reference.is_scheme(data):
        services.scheme.add(terms=reference.read_scheme(data), by=person())
    else:
        services.size_class.add(terms=reference.read_sizes(data), by=person())


@bp.route("/shipped", methods=["POST"])
@allow(policies.keeps_members)
def load() -> Any:
    """Those that ship with the shop, as far as they are not there yet."""
    with transaction():
        reference.load_schemes(by=person())
        flash(_("The rules that we know are here now."))
        return redirect_to("office_grading.list")


@bp.route("/new", methods=["GET", "POST"])
@allow(policies.keeps_members)
def new() -> Any:
    """A new scheme; ?like=… begins with the lines of another."""
    form = scheme_form(queries.scheme.scheme_by_ref(request.args.get("like", "")))
    if form.submitted():
        with form.reporting(), transaction():
            made = services.scheme.add(terms=form.terms(), by=person())
            flash(_("The rules are kept. They count from their first day on."))
            return redirect_to("office_grading.show", scheme=made)
    return render("registry/scheme/edit.html", form=form)


@bp.route("/schemes/<any_scheme:scheme>", methods=["GET"])
@allow(policies.keeps_members)
def show(scheme: ClassificationScheme) -> Any:
    return _scheme(scheme, ReasonForm(formdata=None))


@bp.route("/schemes/<any_scheme:scheme>/taking-back", methods=["POST"])
@allow(policies.keeps_members)
def take_back(scheme: ClassificationScheme) -> Any:
    form = ReasonForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.scheme.take_back(scheme=scheme, reason=form.reason.data, by=person())
            flash(_("Taken back. The rules before it count again."))
            return redirect_to("office_grading.list")
    return _scheme(scheme, form)


def _scheme(scheme: ClassificationScheme, form: ReasonForm) -> Any:
    return render(
        "registry/scheme/show.html",
        scheme=scheme,
        form=form,
        lines=grading.lines(scheme.criteria),
        grades=GRADE_LABELS,
        used=queries.scheme.uses().get(scheme.id, 0),
        history=history_of("classification_scheme", scheme.id, limit=20),
    )


@bp.route("/schemes/<any_scheme:scheme>.json", methods=["GET"])
@allow(policies.keeps_members)
def file(scheme: ClassificationScheme) -> Any:
    """The scheme as a file: a pattern for the next one."""
    return _download(scheme.code, reference.told_scheme(scheme))


@bp.route("/sizes/<any_size_rules:rules>", methods=["GET"])
@allow(policies.keeps_members)
def sizes(rules: SizeRules) -> Any:
    return _sizes(rules, ReasonForm(formdata=None))


@bp.route("/sizes/<any_size_rules:rules>/taking-back", methods=["POST"])
@allow(policies.keeps_members)
def take_sizes_back(rules: SizeRules) -> Any:
    form = ReasonForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.size_class.take_back(rules=rules, reason=form.reason.data, by=person())
            flash(_("Taken back. The rules before it count again."))
            return redirect_to("office_grading.list")
    return _sizes(rules, form)


def _sizes(rules: SizeRules, form: ReasonForm) -> Any:
    return render(
        "registry/scheme/sizes.html",
        rules=rules,
        form=form,
        branches=BRANCH_LABELS,
        sizes=SIZE_LABELS,
        history=history_of("size_rules", rules.id, limit=20),
    )


@bp.route("/sizes/<any_size_rules:rules>.json", methods=["GET"])
@allow(policies.keeps_members)
def sizes_file(rules: SizeRules) -> Any:
    return _download(rules.code, reference.told_sizes(rules))


def _download(name: str, told: dict[str, Any]) -> Response:
    answer = Response(json.dumps(told, ensure_ascii=False, indent=2), mimetype="application/json")
    answer.headers["Content-Disposition"] = f'attachment; filename="{slug(name)}.json"'
    answer.headers["Cache-Control"] = "no-store"
    return answer
