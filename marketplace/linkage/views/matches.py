"""Matches both ways: a cooperative's free weeks with the requests that fit, and the province's for officers."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, request

from marketplace import config
from marketplace.cooperatives import queries as cooperatives
from marketplace.foundation.web import allow, person, render
from marketplace.linkage import match_words, openings, policies, queries

desk = Blueprint("desk_matches", __name__, url_prefix="/desk/matches")
office = Blueprint("office_matches", __name__, url_prefix="/office/matches")


@desk.route("", methods=["GET"])
@allow(policies.sees_requests)
def list() -> Any:
    """What it has free, the requests that fit, and who took such goods before."""
    own = cooperatives.desk_cooperative(person()) or abort(404)
    return render(
        "linkage/match/desk.html",
        desk=openings.desk(own),
        weighed=match_words.explained(match_words.weights()),
    )


@office.route("", methods=["GET"], endpoint="list")
@allow(policies.keeps_requests)
def list_office() -> Any:
    """Requests with too few answers and who could supply them; goods that are free and that nobody asks for."""
    settings = config.current()
    page = queries.needs_short_of_quotes(settings.match_enough, request.args.get("after"))
    ids = [row.id for row in page.rows]
    return render(
        "linkage/match/office.html",
        page=page,
        answers=queries.count_quotes(ids),
        sealed=queries.sealed_among(ids),
        matches=queries.best_matches(ids, settings.match_least),
        told=match_words.read,
        unasked=queries.unasked_goods(),
        enough=settings.match_enough,
        weighed=match_words.explained(match_words.weights()),
    )
