"""What machines ask: is it alive, what may be indexed, what does Prometheus count."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, current_app, jsonify, make_response, render_template
from sqlalchemy import text

from marketplace.foundation.db import db
from marketplace.foundation.jobs import pulse
from marketplace.foundation.web import cached, public
from marketplace.site import queries

bp = Blueprint("machines", __name__)
PRIVATE = (
    "/desk",
    "/office",
    "/account",
    "/cart",
    "/checkout",
    "/orders",
    "/pay",
    "/notices",
    "/sign-in",
    "/me",
)


@bp.route("/healthz")
@public
def alive() -> Response:
    """The process answers."""
    return Response("ok\n", mimetype="text/plain")


@bp.route("/readyz")
@public
def ready() -> Response:
    """Database, worker and storage can be reached; 503 names what cannot."""
    state = {"database": _database(), "worker": pulse.alive(), "storage": _storage()}
    answer = jsonify({name: "ok" if fine else "away" for name, fine in state.items()})
    answer.status_code = 200 if all(state.values()) else 503
    return answer


@bp.route("/metrics")
@public
def metrics() -> Response:
    """Figures in Prometheus' text format: counts only, nothing about anybody."""
    lines = []
    for name, value in queries.figures().items():
        lines += [f"# TYPE market_{name} gauge", f"market_{name} {value}"]
    return Response("\n".join(lines) + "\n", mimetype="text/plain; version=0.0.4")


@bp.route("/robots.txt")
@public
@cached()
def robots() -> Response:
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in PRIVATE),
        *(f"Disallow: /en{path}" for path in PRIVATE),
    ]
    base = current_app.extensions["settings"].base_url
    return Response("\n".join([*lines, f"Sitemap: {base}/sitemap.xml", ""]), mimetype="text/plain")


@bp.route("/sitemap.xml")
@public
@cached()
def sitemap() -> Any:
    """Every public page with its twin in the other language."""
    answer = make_response(render_template("site/sitemap.xml", paths=queries.public_paths()))
    answer.mimetype = "application/xml"
    return answer


def _database() -> bool:
    try:
        return db.session.execute(text("SELECT 1")).scalar() == 1
    except Exception:
        db.session.rollback()
        return False


def _storage() -> bool:
    shelves = current_app.extensions["media"]
    try:
        shelves.public.exists("0" * 64 + ".avif")
    except Exception:
        return False
    return True
