"""The board: requests that every cooperative may answer, for everybody to read; and searches that somebody keeps."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request, url_for

from marketplace.foundation.db import transaction
from marketplace.foundation.web import (
    Form,
    allow,
    cached,
    flash,
    person,
    public,
    redirect_to,
    render,
    signed_in,
)
from marketplace.foundation.words import _
from marketplace.linkage import asides, board, need_words, policies, queries, services
from marketplace.linkage.board import Wanted
from marketplace.linkage.models import Need, NeedWatch

bp = Blueprint("requests", __name__)
watches = Blueprint("need_watches", __name__, url_prefix="/account/searches")
HIDDEN = ("target_price",)
"""What the page for everybody leaves out: cooperatives read it at their desk."""


@bp.route("/requests", methods=["GET"])
@public
@cached(*board.ARGUMENTS)
def list() -> Any:
    wanted = Wanted.read(request.args.to_dict(flat=False))
    return render("linkage/board/list.html", board=board.find(wanted, url_for("requests.list")))


@bp.route("/requests/<public_need:need>", methods=["GET"])
@public
@cached()
def show(need: Need) -> Any:
    return render(
        "linkage/board/show.html",
        need=need,
        title=need_words.title(need),
        facts=[fact for fact in need_words.facts(need) if fact.key not in HIDDEN],
        questions=queries.questions_asked(need.id),
        amendments=queries.public_amendments(need.id, HIDDEN),
        asides=asides.filled("board", need, None),
    )


# --- kept searches ----------------------------------------------------------------------------------


@watches.route("", methods=["GET"])
@allow(signed_in)
def list_watches() -> Any:
    return _page(Form(formdata=None))


@watches.route("/new", methods=["GET", "POST"])
@allow(signed_in)
def keep() -> Any:
    """Keep the search of this address: it is shown in words first."""
    wanted = Wanted.kept(request.query_string.decode("utf-8", "ignore"))
    form = Form()
    if form.submitted():
        with form.reporting(), transaction():
            services.keep_watch(person=person(), query=wanted.query)
            flash(_("Kept. We write once a day at the most, when something new fits."))
            return redirect_to("need_watches.list_watches")
    return render("linkage/watch/new.html", wanted=wanted, words=board.in_words(wanted), form=form)


@watches.route("/<own_watch:watch>/removal", methods=["POST"])
@allow(policies.keeps_watch)
def drop(watch: NeedWatch) -> Any:
    form = Form()
    with form.reporting(), transaction():
        services.drop_watch(watch=watch, by=person())
        flash(_("We no longer write about this search."))
        return redirect_to("need_watches.list_watches")
    return _page(form)


def _page(form: Form) -> Any:
    kept = [(watch, Wanted.kept(watch.query)) for watch in queries.watches_of(person().id)]
    path = url_for("requests.list")
    return render(
        "linkage/watch/list.html",
        kept=[(watch, board.in_words(wanted), wanted.url(path)) for watch, wanted in kept],
        form=form,
    )
