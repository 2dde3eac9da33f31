"""Any visitor tells the alliance what is wrong with a page."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, request

from marketplace.accounts import throttle
from marketplace.accounts.throttle import Limit, TooOften
from marketplace.foundation.db import transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.web import person, public, render
from marketplace.foundation.web.access import csrf_token
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l
from marketplace.moderation import matters, services
from marketplace.moderation.forms import ReportForm
from marketplace.moderation.states import ReportReason

bp = Blueprint("page_reports", __name__, url_prefix="/report")
FROM_ADDRESS = Limit("page-report", 20, 3600)


@bp.context_processor
def _token() -> dict[str, Any]:
    """For browsers that do not say where a form comes from."""
    return {"entrance_token": csrf_token}


@bp.route(f"/<any({', '.join(matters.PARTS)}):page>/<slug>", methods=["GET", "POST"])
@public
def report(page: str, slug: str) -> Any:
    parts = matters.PARTS[page](slug)
    if not parts:
        abort(404)
    form = ReportForm(parts=parts)
    if form.submitted():
        with form.reporting():
            _count_try()
            with transaction():
                chosen = next(one for one in matters.PARTS[page](slug) if one.key == form.part.data)
                services.report_page(
                    matter=chosen,
                    reason=ReportReason(form.reason.data),
                    words=form.words.data or "",
                    contact=form.contact.data or "",
                    locale=locale(),
                    by=person(),
                )
            return render("moderation/thanks.html", url=chosen.url)
    return render("moderation/report.html", form=form, parts=parts, page=page, slug=slug, url=parts[0].url)


@bp.after_request
def _keep_quiet(response: Response) -> Response:
    """What was typed about a person stays in no cache."""
    response.headers["Cache-Control"] = "no-store"
    return response


def _count_try() -> None:
    try:
        with transaction():
            throttle.count(FROM_ADDRESS, request.remote_addr or "unknown")
    except TooOften as too_often:
        raise Refusal(_l("Too many tries from here. Please try again in an hour.")) from too_often
