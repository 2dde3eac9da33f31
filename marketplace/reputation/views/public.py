"""What buyers wrote about a cooperative, for everybody."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request

from marketplace.cooperatives.models import Cooperative
from marketplace.foundation.web import cached, public, render
from marketplace.reputation import queries
from marketplace.reputation.telling import count_of, so_far, told

bp = Blueprint("words_read", __name__)


@bp.route("/cooperatives/<cooperative:cooperative>/words", methods=["GET"])
@public
@cached("after")
def words(cooperative: Cooperative) -> Any:
    figures = queries.figures_of(cooperative.id)
    return render(
        "reputation/public.html",
        cooperative=cooperative,
        figures=told(figures),
        so_far=so_far(count_of(figures)),
        page=queries.public_words(cooperative.id, request.args.get("after")),
    )
