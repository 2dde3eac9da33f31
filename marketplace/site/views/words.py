"""Pages of words: what this market is and by which rules it works."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from marketplace import config
from marketplace.foundation import wording
from marketplace.foundation.web import cached, public, render
from marketplace.foundation.wording import Part, Wording
from marketplace.foundation.words import _l, pick

bp = Blueprint("words", __name__)
PAGES = {
    "about": _l("About this market"),
    "rules": _l("Operating rules"),
    "delivery": _l("Delivery, inspection and returns"),
    "complaints": _l("Complaints"),
    "privacy": _l("Your personal data"),
}
WHO_WE_ARE = _l(
    "%(market)s is the produce market of %(alliance)s. Cooperatives and cooperative groups of the province list what "
    "they grow and make; households, shops, supermarkets, processors and exporters buy straight from the growers."
)


def _ourselves() -> dict[str, str]:
    settings = config.current()
    return {
        "market": pick(settings.site_name, settings.site_name_en),
        "alliance": pick(settings.alliance_name, settings.alliance_name_en),
    }


ABOUT = wording.register(
    Wording(
        "page.about",
        _l("About this market"),
        (
            Part("intro", _l("Who we are"), WHO_WE_ARE, 1500, rows=6),
            Part("contact", _l("How to reach us, beside the phone number: address, hours"), "", 600, rows=3),
        ),
        _ourselves,
        shown="/about",
    )
)


def _about(part: Part) -> list[str]:
    """Its paragraphs, in the alliance's words or the house's."""
    return wording.said(ABOUT.name, part.name, part.house, _ourselves()).split("\n")


def page(name: str) -> Any:
    def view() -> Any:
        settings = config.current()
        return render(
            "site/words.html",
            name=name,
            title=PAGES[name],
            answer_hours=settings.order_answer_hours,
            own={part.name: _about(part) for part in ABOUT.parts} if name == "about" else {},
        )

    return public(cached()(view))


for _name in PAGES:
    bp.add_url_rule(f"/{_name}", endpoint=_name, view_func=page(_name))
