"""Courses and study tours as everybody sees them."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request

from marketplace.foundation.web import cached, public, render
from marketplace.programmes import queries
from marketplace.programmes.models import Course
from marketplace.selection import queries as selection

bp = Blueprint("courses", __name__, url_prefix="/courses")


@bp.route("", methods=["GET"])
@public
@cached("after")
def list() -> Any:
    after = request.args.get("after")
    return render(
        "programmes/course/list.html",
        upcoming=[] if after else queries.upcoming(),
        past=queries.past(after),
    )


@bp.route("/<course:course>", methods=["GET"])
@public
@cached()
def show(course: Course) -> Any:
    call = queries.call_of(course)
    return render(
        "programmes/course/show.html",
        course=course,
        call=call,
        rules=selection.rules_for(call) if call is not None else [],
    )
