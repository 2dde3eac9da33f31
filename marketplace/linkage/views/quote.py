"""What was quoted: to a buyer, and to the alliance where it keeps the request for its buyer."""

from __future__ import annotations

from typing import Any

from flask import request

from marketplace.foundation.web import allow
from marketplace.linkage import policies
from marketplace.linkage.models import Need, Quote
from marketplace.linkage.views.comparing import Comparing
from marketplace.linkage.views.sides import sides

both = sides("quotes")
buyer, office = both
PAGES = {
    buyer.name: Comparing(buyer.name, "buyer_requests", "buyer_pools.answer", "linkage/frame/buyer.html"),
    office.name: Comparing(office.name, "office_requests", "office_pools.show", "linkage/frame/office.html"),
}


def pages() -> Comparing:
    """Those of the side that looks."""
    return PAGES[request.blueprint or ""]


@both.route("/requests/{need}/quotes", methods=["GET"])
@allow(policies.sees_quotes)
def list(need: Need) -> Any:
    return pages().list(need)


@both.route("/requests/{need}/quotes.<any(xlsx, csv):kind>", methods=["GET"])
@allow(policies.sees_quotes)
def sheet(need: Need, kind: str) -> Any:
    return pages().sheet(need, kind)


@both.route("/requests/{need}/choice", methods=["GET", "POST"])
@allow(policies.may_award)
def choose(need: Need) -> Any:
    return pages().choose(need)


@both.route("/quotes/{quote}", methods=["GET"])
@allow(policies.reads_quote)
def show(quote: Quote) -> Any:
    return pages().show(quote)


@both.route("/quotes/{quote}/counter", methods=["POST"])
@allow(policies.may_counter)
def counter(quote: Quote) -> Any:
    return pages().counter(quote)


@both.route("/quotes/{quote}/shortlisting", methods=["POST"])
@allow(policies.judges_quote)
def shortlist(quote: Quote) -> Any:
    return pages().mark(quote, shortlisted=True)


@both.route("/quotes/{quote}/setting-back", methods=["POST"])
@allow(policies.judges_quote)
def set_back(quote: Quote) -> Any:
    return pages().mark(quote, shortlisted=False)
