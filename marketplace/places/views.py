"""Places by name, for the field that asks for a commune."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, jsonify, request

from marketplace.foundation.web import cached, public
from marketplace.places import queries

bp = Blueprint("places", __name__, url_prefix="/places")


@bp.route("/search")
@public
@cached("q")
def search() -> Any:
    """JSON: [{id, name, path, current}], at most 12."""
    hits = queries.search_units(request.args.get("q", "")[:120])
    return jsonify([{"id": h.id, "name": h.name, "path": h.path, "current": h.current} for h in hits])
