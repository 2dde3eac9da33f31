"""Who wants to come registers here, without an account, and gets a pass behind a link of their own."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, redirect, request

from marketplace.accounts import throttle
from marketplace.accounts.throttle import Limit, TooOften
from marketplace.fairs import codes, papers, services
from marketplace.fairs.forms.fair_pass import VisitForm
from marketplace.fairs.models import Fair
from marketplace.fairs.queries import fair_pass as queries
from marketplace.fairs.services.fair_pass import takes_visitors
from marketplace.foundation.db import transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.web import person, private, public, render
from marketplace.foundation.web.access import csrf_token
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l

bp = Blueprint("fair_visits", __name__, url_prefix="/fairs")
# One phone may register a family, one house a whole class; nobody fills a fair or a mailbox from one place.
FROM_ADDRESS = Limit("fair-visit", 60, 3600)
TO_MAILBOX = Limit("fair-visit-mailbox", 6, 86_400)


@bp.context_processor
def _token() -> dict[str, Any]:
    """For browsers that do not say where a form comes from."""
    return {"entrance_token": csrf_token}


@bp.route("/<fair:fair>/visit", methods=["GET", "POST"])
@public
def register(fair: Fair) -> Any:
    if not takes_visitors(fair):
        return render("fairs/pass/over.html", fair=fair, status=410)
    form = VisitForm()
    if form.submitted():
        with form.reporting():
            _count_try(form.email.data)
            with transaction():
                made = services.register_visitor(fair=fair, **form.values(), locale=locale(), by=person())
                return redirect(f"{request.script_root}{codes.path_for(made)}", 303)
    return render("fairs/pass/visit.html", fair=fair, form=form)


@bp.route("/passes/<string(minlength=20,maxlength=200):key>", methods=["GET"])
@public
def show(key: str) -> Any:
    """The pass, for whoever holds its link."""
    named = codes.named_in(key)
    found = queries.pass_behind(*named) if named is not None else None
    if found is None or found.revoked_at is not None:
        return private(render("fairs/pass/gone.html", status=410))
    code = codes.code_of(found)
    return private(
        render(
            "fairs/pass/mine.html",
            fair_pass=found,
            fair=found.fair,
            code=codes.spoken(code),
            drawing=papers.code_drawn(found),
        )
    )


@bp.after_request
def _keep_quiet(response: Response) -> Response:
    """What was typed about a person stays in no cache."""
    response.headers["Cache-Control"] = "no-store"
    return response


def _count_try(email: str | None) -> None:
    counted = [(FROM_ADDRESS, request.remote_addr or "unknown")]
    if email:
        counted.append((TO_MAILBOX, email))
    try:
        for limit, key in counted:
            with transaction():
                throttle.count(limit, key)
    except TooOften as too_often:
        raise Refusal(_l("Too many tries from here. Please try again in an hour.")) from too_often
