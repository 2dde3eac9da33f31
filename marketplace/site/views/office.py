"""The alliance's office: what waits, and how the market does."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, url_for

from marketplace import config
from marketplace.alliance.policies import keeps_settings
from marketplace.catalogue import queries as catalogue
from marketplace.cooperatives import queries as cooperatives
from marketplace.cooperatives.policies import is_officer
from marketplace.cooperatives.states import MemberState
from marketplace.foundation import clock, formats
from marketplace.foundation.web import allow, render
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _
from marketplace.site import desk, queries, starting

bp = Blueprint("office", __name__)


@bp.route("/office", methods=["GET"])
@allow(is_officer)
def home() -> Any:
    """Queues with their counts, and a few figures of the market."""
    return render(
        "site/office.html", today=clock.today(), queues=_queues(), figures=_figures(), unnamed=_unnamed()
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


def _queues() -> list[tuple[int, str, str, str, str]]:
    """(how many, what, where it is done, hue, drawing)."""
    waiting = cooperatives.queues()
    applied = url_for("office_members.members", state=MemberState.APPLIED)
    return [
        (waiting.applications, _("Asking to join"), applied, "carrot", "gate"),
        (
            waiting.certificates,
            _("Certificates to check"),
            url_for("office_members.certificates"),
            "straw",
            "notebook",
        ),
        (waiting.accounts, _("Bank accounts to check"), url_for("office_members.accounts"), "leaf", "scale"),
        (
            catalogue.count_in_review(),
            _("Products to check"),
            url_for("office_products.queue"),
            "lime",
            "basket",
        ),
    ]


def _figures() -> list[tuple[str, str, str, str]]:
    """For ui/stats.html: (figure, words, url, hue)."""
    language, counts, week = locale(), queries.figures(), desk.this_week()
    return [
        (
            formats.number(counts["cooperatives_admitted"], language),
            _("cooperatives admitted"),
            url_for("office_members.members", state=MemberState.ADMITTED),
            "leaf",
        ),
        (
            formats.number(counts["products_published"], language),
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
