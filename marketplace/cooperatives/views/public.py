"""The registry's public face: the list of members and each one's profile."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request

from marketplace.cooperatives import panels, queries
from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.states import KIND_LABELS, PAPER_LABELS, Kind
from marketplace.cooperatives.views.identity import seller_identity
from marketplace.foundation import clock
from marketplace.foundation.web import cached, public, render
from marketplace.places import queries as places

bp = Blueprint("cooperatives", __name__)


@bp.route("/cooperatives", methods=["GET"])
@public
@cached("q", "kind", "after")
def members() -> Any:
    """Admitted members: by name or place (old or new), by kind."""
    text, kind = request.args.get("q", "")[:80], request.args.get("kind", "")
    page = queries.admitted(
        text=text,
        kind=Kind(kind) if kind in set(Kind) else None,
        after=request.args.get("after"),
    )
    return render(
        "cooperatives/public/members.html",
        page=page,
        total=queries.count_admitted(),
        q=text,
        kind=kind,
        kinds=KIND_LABELS,
        where={one.id: places.short_label(one.address) for one in page.rows},
    )


@bp.route("/cooperatives/<cooperative:cooperative>", methods=["GET"])
@public
@cached()
def profile(cooperative: Cooperative) -> Any:
    """One member: its story, place, papers, what it sells, and who it is by law."""
    return render(
        "cooperatives/public/profile.html",
        cooperative=cooperative,
        identity=seller_identity(cooperative),
        papers=queries.valid_certificates(cooperative.id, clock.today()),
        labels=PAPER_LABELS,
        point=places.point(cooperative.address),
        where=places.short_label(cooperative.address),
        panels=panels.filled(cooperative),
    )
