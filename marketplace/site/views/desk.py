"""A cooperative's desk in the morning."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort

from marketplace.cooperatives import queries as cooperatives
from marketplace.cooperatives.policies import has_desk
from marketplace.cooperatives.states import MEMBER_LABELS, MemberState
from marketplace.foundation import clock
from marketplace.foundation.web import allow, person, render
from marketplace.foundation.words import language
from marketplace.site import desk

bp = Blueprint("desk", __name__)


@bp.route("/desk", methods=["GET"])
@allow(has_desk)
def home() -> Any:
    """What to answer today, what leaves soon, what money came."""
    cooperative = cooperatives.desk_cooperative(person())
    if cooperative is None:
        abort(404)
    return render(
        "site/desk.html",
        cooperative=cooperative,
        desk=desk.of(cooperative),
        called=_called(person()),
        today=clock.today(),
        admitted=cooperative.state is MemberState.ADMITTED,
        state=MEMBER_LABELS[cooperative.state],
        paid_to=cooperatives.verified_account(cooperative.organisation_id) is not None,
    )


def _called(who: Any) -> str:
    """By the given name, which comes last; the ông or bà before it is a Vietnamese courtesy."""
    name = who.name.split()[-1]
    return f"{who.title} {name}".strip() if language() == "vi" else name
