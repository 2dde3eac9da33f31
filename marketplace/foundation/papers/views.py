"""A wanted paper: waiting, ready to open, or why not."""

from __future__ import annotations

import io
from typing import Any

from flask import Blueprint, Response, abort, current_app, send_file, url_for

from marketplace.foundation.db import transaction
from marketplace.foundation.media import store
from marketplace.foundation.papers import policies, services
from marketplace.foundation.papers.models import Paper
from marketplace.foundation.papers.states import PaperState
from marketplace.foundation.text import slug
from marketplace.foundation.web import looks_again
from marketplace.foundation.web.access import allow, person
from marketplace.foundation.web.headers import private
from marketplace.foundation.web.pages import redirect_to, render

bp = Blueprint("papers", __name__, url_prefix="/papers")
bp.after_request(private)


def send_for(*, kind: str, values: dict[str, Any], title: Any, back: str) -> Any:
    """The answer of a view that asks for a paper: written down, then its page."""
    with transaction():
        wanted = services.want(kind=kind, values=values, title=title, back=back, by=person())
        current_app.extensions["papers"].later(wanted.id)
        return redirect_to("papers.show", paper=wanted.ref)


@bp.route("/<paper:paper>", methods=["GET"])
@allow(policies.opens)
def show(paper: Paper) -> Response:
    """While it waits the page looks again by itself, without a script."""
    answer = render("papers/show.html", paper=paper)
    if paper.state is PaperState.WAITING:
        looks_again(answer, url_for("papers.show", paper=paper))
    return answer


@bp.route("/<paper:paper>/file", methods=["GET"])
@allow(policies.opens)
def file(paper: Paper) -> Any:
    if paper.state is not PaperState.READY:
        abort(404)
    try:
        content = store.private().get(paper.name)
    except store.Missing:
        abort(404)
    return send_file(
        io.BytesIO(content), "application/pdf", as_attachment=True, download_name=f"{slug(paper.title)}.pdf"
    )
