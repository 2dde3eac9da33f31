"""The alliance's office: what waits, and how the market does."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request, url_for

from marketplace import config
from marketplace.alliance.policies import keeps_settings
from marketplace.cooperatives.policies import is_officer
from marketplace.cooperatives.states import MemberState
from marketplace.foundation import clock, formats
from marketplace.foundation.morning import queues_of
from marketplace.foundation.web import allow, person, render
from marketplace.foundation.web.locale import locale
from marketplace.foundation.web.navigation import waiting_at
from marketplace.foundation.words import _
from marketplace.site import desk, queries, starting
from marketplace.worklist import queries as worklist
from marketplace.worklist.states import WHOSE_LABELS, Whose

bp = Blueprint("office", __name__)


@bp.route("/office", methods=["GET"])
@allow(is_officer)
def home() -> Any:
    """What waits, queue by queue, and a few figures of the market; ?whose=mine or later narrows it."""
    asked = request.args.get("whose", "")
    whose = Whose(asked) if asked in set(Whose) else Whose.ALL
    board = worklist.board(person(), whose, waiting_at("office"))
    return render(
        "site/office.html",
        today=clock.today(),
        board=board,
        whose=str(whose),
        tabs={str(key): str(label) for key, label in WHOSE_LABELS.items()},
        counts={str(key): count for key, count in board.counts.items()},
        told={url_for(each.place) for each in queues_of(person()) if each.place},
        figures=_figures(),
        unnamed=_unnamed(),
    )


@bp.route("/office/start", methods=["GET"])
@allow(keeps_settings)
def start() -> Any:
    """From an empty database to the first day, step by step."""
    steps = starting.steps()
    return render("site/start.html", steps=steps, done=sum(step.done for step in steps))


def _unnamed() -> bool:
    """Nobody has said yet whose market this is."""
    return config.current().alliance_name == config.NOBODY["alliance_name"]


def _figures() -> list[tuple[str, str, str, str]]:
    """For ui/stats.html: (figure, words, url, hue)."""
    language, market, week = locale(), queries.market(), desk.this_week()
    return [
        (
            formats.number(market.cooperatives, language),
            _("cooperatives admitted"),
            url_for("office_members.members", state=MemberState.ADMITTED),
            "leaf",
        ),
        (
            formats.number(market.products, language),
            _("products on sale"),
            url_for("catalogue.products"),
            "lime",
        ),
        (
            formats.number(week.orders, language),
            _("orders this week"),
            url_for("office_orders.orders"),
            "river",
        ),
        (formats.vnd_short(week.money, language), _("received this week"), "", "straw"),
    ]
