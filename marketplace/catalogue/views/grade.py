"""Grades: for everybody to read, for officers to keep."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from flask import Blueprint

from marketplace.catalogue import policies, queries, services
from marketplace.catalogue.forms.grade import EndGradeForm, GradeForm, NewGradeForm
from marketplace.catalogue.models import GradeSpec
from marketplace.foundation import clock
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import transaction
from marketplace.foundation.web import allow, cached, flash, person, public, redirect_to, render
from marketplace.foundation.words import _

bp = Blueprint("grades", __name__)
office = Blueprint("office_grades", __name__, url_prefix="/office/grades")


@bp.route("/grades", methods=["GET"])
@public
@cached()
def read() -> Any:
    return render("catalogue/grade/public.html", groups=_groups())


@office.route("", methods=["GET"])
@allow(policies.can_review)
def list() -> Any:
    return render("catalogue/grade/list.html", groups=_groups())


@office.route("/new", methods=["GET", "POST"])
@allow(policies.can_review)
def new() -> Any:
    form = NewGradeForm()
    if form.submitted():
        with form.reporting(), transaction():
            spec = services.add_grade(
                goods=form.chosen, **form.values(), is_example=form.is_example.data, by=person()
            )
            flash(_("The grade is kept."))
            return redirect_to("office_grades.show", spec=spec)
    return render("catalogue/grade/edit.html", form=form, spec=None)


@office.route("/<office_grade:spec>", methods=["GET"])
@allow(policies.can_review)
def show(spec: GradeSpec) -> Any:
    return _page(spec, EndGradeForm(formdata=None, data={"last_day": spec.valid_until or clock.today()}))


@office.route("/<office_grade:spec>/data", methods=["GET", "POST"])
@allow(policies.can_review)
def change(spec: GradeSpec) -> Any:
    """One that was named is followed by another from a day on."""
    form = GradeForm(spec)
    if form.submitted():
        with form.reporting(), transaction():
            kept = services.change_grade(spec=spec, **form.values(), by=person())
            flash(_("The grade is kept."))
            return redirect_to("office_grades.show", spec=kept)
    return render("catalogue/grade/edit.html", form=form, spec=spec)


@office.route("/<office_grade:spec>/end", methods=["POST"])
@allow(policies.can_review)
def end(spec: GradeSpec) -> Any:
    form = EndGradeForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.end_grade(spec=spec, last_day=form.last_day.data, by=person())
            flash(_("The grade ends on that day. What was agreed by it stands."))
            return redirect_to("office_grades.show", spec=spec)
    return _page(spec, form)


def _page(spec: GradeSpec, form: EndGradeForm) -> Any:
    return render(
        "catalogue/grade/show.html",
        spec=spec,
        form=form,
        versions=queries.grade_versions(spec),
        history=history_of("grade", spec.id),
        today=clock.today(),
    )


def _groups() -> Any:
    """(goods, its grades of today), goods in their order."""
    found = queries.grades_on(clock.today())
    return [(goods, [*specs]) for goods, specs in groupby(found, key=lambda spec: spec.goods)]
