"""What selection has to know of a fair, told to it when the program starts."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marketplace import config
from marketplace.fairs import eligibility, queries
from marketplace.fairs.models import Fair
from marketplace.fairs.notices import decision as letters
from marketplace.fairs.services.application import ENTRY
from marketplace.fairs.states import FairState
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.words import _l
from marketplace.selection.counting import counted
from marketplace.selection.models import Application, Call
from marketplace.selection.purposes import Kind, purpose
from marketplace.selection.states import Purpose

COUNTED = {"last_report": eligibility.last_report}
"""Rules of eligibility that fairs count, each under its code."""


def _fair(fair_id: int) -> Fair:
    fair = db.session.get(Fair, fair_id)
    assert fair is not None, "a call of this purpose has a fair"
    return fair


def name(fair_id: int) -> str:
    return _fair(fair_id).name


def last_day(fair_id: int) -> dt.date:
    return _fair(fair_id).last_day


def office_path(fair_id: int) -> str:
    return f"/office/fairs/{_fair(fair_id).slug}/call"


def desk_path(application: Application) -> str:
    return f"/desk/fairs/{_fair(application.call.subject_id).slug}/application"


def complete(application: Application) -> None:
    """What a fair cannot do without. Raises Refusal with the step where it is missing."""
    asked = queries.asked_of(application.id)
    if _fair(application.call.subject_id).state is FairState.CANCELLED:
        raise Refusal(_l("This fair is over or was cancelled."))
    if asked is None or not asked.products:
        raise Refusal(_l("Please choose at least one product to bring."))
    if asked.staff < 1:
        raise Refusal(_l("Please say how many people will be at the stand."))


def preview(call: Call) -> Any:
    """Every letter as it would be written, and the money behind it. How long an offer holds stands in it as a rule:
    the day itself moves on at midnight, and what was looked at in the evening may go out in the morning."""
    fair = _fair(call.subject_id)
    return {
        "letters": [
            [each.application.id, each.subject, each.sentence] for each in letters.previews(call, until="…")
        ],
        "answer_days": config.current().offer_working_days,
        "budget": [[str(line.source), int(line.amount)] for line in fair.budget],
        "booth_fee": int(fair.booth_fee),
        "days": [fair.first_day.isoformat(), fair.last_day.isoformat()],
    }


def fill(application: Application) -> dict[str, Any]:
    return {
        "asked": queries.asked_of(application.id),
        "fair": _fair(application.call.subject_id),
        "papers": queries.papers_ending(application.cooperative_id, last_day(application.call.subject_id)),
    }


for code, count in COUNTED.items():
    counted(code, count)
purpose(
    Purpose.FAIR,
    Kind(
        name=name,
        names=queries.names,
        last_day=last_day,
        office_path=office_path,
        desk_path=desk_path,
        complete=complete,
        preview=preview,
        template="fairs/application/asked.html",
        fill=fill,
        entry=ENTRY,
    ),
)
