"""Pages that work without a signal: the script that stands for them on the phone, and what makes one an app.

What they share is in static/js/offline and templates/ui/outbox.html.
"""

from __future__ import annotations

from flask import Response, jsonify, make_response

from marketplace import config
from marketplace.foundation.web import signs
from marketplace.foundation.web.assets import asset
from marketplace.foundation.web.forms import Form


def worker(script: str) -> Response:
    """The page's own worker on top of the shared one; its address says for which pages it may answer."""
    parts = ", ".join(repr(asset(name)) for name in ("js/offline/worker.js", script))
    answer = make_response(f"importScripts({parts});\n")
    answer.mimetype = "text/javascript"
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def manifest(*, name: str, short_name: str, start: str, scope: str = "") -> Response:
    """A page as an app of its own; `start` and `scope` (the same, when not said) are addresses."""
    answer = jsonify(
        name=name,
        short_name=short_name,
        id=start,
        start_url=start,
        scope=scope or start,
        display="standalone",
        background_color="#fbf7f0",
        theme_color="#1E6B43",
        icons=[_icon()],
    )
    answer.mimetype = "application/manifest+json"
    return answer


def _icon() -> dict[str, str]:
    """The alliance's own sign, or the house's."""
    mark = config.current().logo
    size, kind = ("any", "image/svg+xml") if mark is None else ("192x192", "image/png")
    return {"src": signs.icon_address(mark), "sizes": size, "type": kind}


def refusal(form: Form) -> tuple[Response, int]:
    """What is wrong, to the script that sent it late: as sentences with the names of their fields, and by field."""
    fields = {name: " ".join(map(str, errors)) for name, errors in form.errors.items() if name}
    return jsonify(problems=_sentences(form), fields=fields), 422


def _sentences(form: Form) -> list[str]:
    named = [
        f"{form[name].label.text}: {' '.join(map(str, errors))}"
        for name, errors in form.errors.items()
        if name
    ]
    return [*map(str, form.problems), *named]
