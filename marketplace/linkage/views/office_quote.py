"""What was quoted, where the alliance keeps the request for its buyer."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from marketplace.foundation.web import allow
from marketplace.linkage import policies
from marketplace.linkage.models import Need, Quote
from marketplace.linkage.views.comparing import Comparing

bp = Blueprint("office_quotes", __name__, url_prefix="/office")
pages = Comparing("office_quotes", "office_requests", "office_pools.show", "linkage/frame/office.html")


@bp.route("/requests/<any_need:need>/quotes", methods=["GET"])
@allow(policies.sees_quotes)
def list(need: Need) -> Any:
    return pages.list(need)


@bp.route("/requests/<any_need:need>/quotes.<any(xlsx, csv):kind>", methods=["GET"])
@allow(policies.sees_quotes)
def sheet(need: Need, kind: str) -> Any:
    return pages.sheet(need, kind)


@bp.route("/requests/<any_need:need>/choice", methods=["GET", "POST"])
@allow(policies.may_award)
def choose(need: Need) -> Any:
    return pages.choose(need)


@bp.route("/quotes/<any_quote:quote>", methods=["GET"])
@allow(policies.reads_quote)
def show(quote: Quote) -> Any:
    return pages.show(quote)


@bp.route("/quotes/<any_quote:quote>/counter", methods=["POST"])
@allow(policies.may_counter)
def counter(quote: Quote) -> Any:
    return pages.counter(quote)


@bp.route("/quotes/<any_quote:quote>/shortlisting", methods=["POST"])
@allow(policies.judges_quote)
def shortlist(quote: Quote) -> Any:
    return pages.mark(quote, shortlisted=True)


@bp.route("/quotes/<any_quote:quote>/setting-back", methods=["POST"])
@allow(policies.judges_quote)
def set_back(quote: Quote) -> Any:
    return pages.mark(quote, shortlisted=False)
