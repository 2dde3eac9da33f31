"""Requests at a cooperative's desk: what it is invited to, what fits its goods, a question about one."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort

from marketplace.cooperatives import queries as cooperatives
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation.db import transaction
from marketplace.foundation.web import allow, flash, person, redirect_to, render
from marketplace.foundation.words import _
from marketplace.linkage import need_words, policies, queries, services
from marketplace.linkage.forms.need import QuestionForm
from marketplace.linkage.models import Need

bp = Blueprint("desk_requests", __name__, url_prefix="/desk/requests")


@bp.route("", methods=["GET"])
@allow(policies.sees_requests)
def list() -> Any:
    """Invitations first; then open requests for goods it has on sale."""
    own = _own()
    invited = queries.invited_needs(own.id)
    known = {row.id for row in invited}
    fitting = queries.needs_for_goods(queries.goods_sold_by(own.id))
    return render(
        "linkage/desk/list.html",
        invited=invited,
        fitting=[row for row in fitting if row.id not in known],
        awards=queries.awards_to(own.id),
        reserves=queries.reserves_of(own.id),
    )


@bp.route("/<asked_need:need>", methods=["GET"])
@allow(policies.sees_requests)
def show(need: Need) -> Any:
    return _page(need, QuestionForm(formdata=None))


@bp.route("/<asked_need:need>/questions", methods=["POST"])
@allow(policies.may_ask_about)
def ask(need: Need) -> Any:
    form = QuestionForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.ask_about_need(need=need, cooperative=_own(), words=form.words.data, by=person())
            flash(_("Asked. The answer is for everybody; nobody sees who asked."))
            return redirect_to("desk_requests.show", need=need)
    return _page(need, form)


def _page(need: Need, form: QuestionForm) -> Any:
    own = _own()
    awards = queries.stepped_up(queries.awards_of(need.id))
    given = [award for award in awards if award.cooperative_id == own.id]
    return render(
        "linkage/desk/show.html",
        need=need,
        title=need_words.title(need),
        facts=need_words.facts(need, address=bool(given)),
        questions=queries.questions_asked(need.id),
        amendments=queries.amendments_of(need.id),
        given=given,
        own_quote=queries.quote_of(need.id, own.id),
        invited=any(each.cooperative_id == own.id for each in need.invitations),
        form=form,
    )


def _own() -> Cooperative:
    return cooperatives.desk_cooperative(person()) or abort(404)
