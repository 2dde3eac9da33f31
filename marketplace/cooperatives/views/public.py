"""The registry's public face: the list of members and each one's profile."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, request, url_for

from marketplace.cooperatives import panels, queries
from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.states import PAPER_LABELS
from marketplace.cooperatives.views import listing
from marketplace.cooperatives.views.identity import seller_identity
from marketplace.foundation import clock
from marketplace.foundation.web import cached, public, render
from marketplace.places import queries as places

bp = Blueprint("cooperatives", __name__)


@bp.route("/cooperatives", methods=["GET"])
@public
@cached(*listing.ARGUMENTS)
def members() -> Any:
    """Admitted members by name, place (old or new), sector, kind and certificate."""
    found = listing.find(listing.Filters.read(request.args), url_for("cooperatives.members"))
    where = {one.id: places.short_label(one.address) for one in found.page.rows}
    return render("cooperatives/public/members.html", listing=found, where=where)


@bp.route("/cooperatives/<cooperative:cooperative>", methods=["GET"])
@public
@cached()
def profile(cooperative: Cooperative) -> Any:
    """One member: its story, place, papers, what it sells, and who it is by law. A record that went into another leads
    to that one."""
    if request.path.rsplit("/", 1)[-1] != cooperative.slug:
        return redirect(url_for("cooperatives.profile", cooperative=cooperative), 301)
    return render(
        "cooperatives/public/profile.html",
        cooperative=cooperative,
        identity=seller_identity(cooperative),
        papers=queries.valid_certificates(cooperative.id, clock.today()),
        labels=PAPER_LABELS,
        where=places.short_label(cooperative.address),
        panels=panels.filled(cooperative),
    )
