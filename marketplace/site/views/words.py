"""Pages of words: what this market is and by which rules it works."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from marketplace import config
from marketplace.foundation.web import cached, public, render
from marketplace.foundation.words import _l

bp = Blueprint("words", __name__)
PAGES = {
    "about": _l("About this market"),
    "rules": _l("Operating rules"),
    "delivery": _l("Delivery, inspection and returns"),
    "complaints": _l("Complaints"),
    "privacy": _l("Your personal data"),
}


def page(name: str) -> Any:
    def view() -> Any:
        settings = config.current()
        return render(
            "site/words.html", name=name, title=PAGES[name], answer_hours=settings.order_answer_hours
        )

    return public(cached()(view))


for _name in PAGES:
    bp.add_url_rule(f"/{_name}", endpoint=_name, view_func=page(_name))
