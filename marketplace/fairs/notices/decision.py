"""Letters about what was decided. Words first, so that a preview shows exactly what is sent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from marketplace.fairs import queries
from marketplace.fairs.models import AllocationSeat, Fair
from marketplace.fairs.placing import Free, Half
from marketplace.foundation import formats
from marketplace.foundation.money import Money
from marketplace.foundation.words import _l, in_language
from marketplace.inbox.letters import LETTERS, letter
from marketplace.inbox.services import tell
from marketplace.inbox.services.notice import words_of
from marketplace.selection import queries as selection
from marketplace.selection.models import Application, Call
from marketplace.selection.states import Decision


def _sample() -> dict[str, Any]:
    return {
        "fair": "Hội chợ Nông sản Xứ Đông 2026",
        "applicant": "HTX Dịch vụ nông nghiệp Đồng Lạc",
        "days": "04/12/2026–07/12/2026",
        "booths": "A03, A04",
        "until": "17:00 02/12/2026",
        "fee": formats.vnd(2_000_000),
        "place": "3",
        "reason": "Chưa nộp báo cáo kết quả lần trước.",
    }


ANSWERS = ("fairs.confirm", "fairs.decline")

letter(
    "fairs.chosen",
    subject=_l("%(fair)s: you are chosen"),
    sentence=_l(
        "%(applicant)s gets booth %(booths)s on %(days)s. Fee: %(fee)s. Please confirm until %(until)s; after that "
        "the place goes to the next in line."
    ),
    sample=_sample,
    acts=ANSWERS,
    urgent=True,
)
letter(
    "fairs.chosen_free",
    subject=_l("%(fair)s: you are chosen"),
    sentence=_l(
        "%(applicant)s gets booth %(booths)s on %(days)s, without a fee. Please confirm until %(until)s; after that "
        "the place goes to the next in line."
    ),
    sample=_sample,
    acts=ANSWERS,
    urgent=True,
)
letter(
    "fairs.waitlisted",
    subject=_l("%(fair)s: you are on the waiting list"),
    sentence=_l(
        "All booths that fit %(applicant)s are given. You are number %(place)s on the waiting list and hear from us "
        "as soon as a booth comes free."
    ),
    sample=_sample,
)
letter(
    "fairs.waitlisted_unplaced",
    subject=_l("%(fair)s: you are on the waiting list"),
    sentence=_l(
        "All booths that fit %(applicant)s are given. You are on the waiting list and hear from us as soon as a "
        "booth comes free."
    ),
    sample=_sample,
)
letter(
    "fairs.rejected",
    subject=_l("%(fair)s: not chosen this time"),
    sentence=_l(
        "%(applicant)s cannot be given a booth. Reason: %(reason)s If you think this is wrong, please call the "
        "alliance."
    ),
    sample=_sample,
)


@dataclass(frozen=True)
class Preview:
    """A letter as it would be written. Of somebody chosen `halves` are the places they would be offered; with none no
    letter goes out, for nothing can be offered."""

    application: Application
    decision: Decision
    booths: str
    halves: Sequence[Half]
    fee: Money
    subject: str
    sentence: str


def chosen(
    *,
    application: Application,
    booths: Sequence[str],
    until: str,
    fee: Money,
    link: str,
    about: int,
    answer_by: dt.datetime,
) -> None:
    """Sent with the offer of the stand `about`. `until` as people read it; `link` is where it is confirmed."""
    kind, values = _chosen(application, booths, until, fee)
    tell(
        kind=kind,
        organisation_id=application.cooperative.organisation_id,
        url=link,
        key=f"{kind}:stand:{about}",
        about=about,
        answer_by=answer_by,
        **values,
    )


def waitlisted(*, application: Application, place: int | None) -> None:
    kind, values = _waitlisted(application, place)
    _send(kind, application, values)


def rejected(*, application: Application, reason: str) -> None:
    kind, values = _rejected(application, reason)
    _send(kind, application, values)


def previews(call: Call, until: str) -> list[Preview]:
    """Every letter that the release of this call would send, from what is prepared and the chosen run. `until` is how
    long an offer would hold; it moves on with the day, so whoever compares two previews gives it the same words."""
    seats = queries.chosen_seats(call.subject_id)
    places = queries.list_places(call.subject_id)
    free = queries.free_of(call.subject_id)
    return [
        _preview(application, seats.get(application.id), places.get(application.id), free, until)
        for application in selection.pending_of(call.id)
    ]


# --- how it is done ---------------------------------------------------------------------------------


def _preview(
    application: Application, seat: AllocationSeat | None, place: int | None, free: Free, until: str
) -> Preview:
    decision = application.pending
    assert decision is not None, "only what is prepared is previewed"
    halves: list[Half] = []
    booths, fee = [], Money(0)
    if decision is Decision.APPROVE:
        halves = queries.open_halves(seat, free) if seat is not None else []
        wanted = {booth_id for booth_id, _half in halves}
        booths = [booth.code for booth in free.usable if booth.id in wanted]
        fee = queries.fee_for(_fair(application), len(halves))
        kind, values = _chosen(application, booths, until, fee)
    elif decision is Decision.WAITLIST:
        kind, values = _waitlisted(application, place)
    else:
        kind, values = _rejected(application, application.pending_reason)
    subject, sentence = words_of(LETTERS[kind], "vi", values)
    return Preview(application, decision, ", ".join(booths), halves, fee, subject, sentence)


def _chosen(
    application: Application, booths: Sequence[str], until: str, fee: Money
) -> tuple[str, dict[str, Any]]:
    more = {"booths": ", ".join(booths) or "…", "until": until, "fee": formats.vnd(int(fee))}
    return "fairs.chosen" if fee else "fairs.chosen_free", {**_values(application), **more}


def _waitlisted(application: Application, place: int | None) -> tuple[str, dict[str, Any]]:
    kind = "fairs.waitlisted_unplaced" if place is None else "fairs.waitlisted"
    return kind, {**_values(application), "place": "" if place is None else str(place)}


def _rejected(application: Application, reason: str) -> tuple[str, dict[str, Any]]:
    ended = reason if reason.endswith((".", "!", "?")) else f"{reason}."
    return "fairs.rejected", {**_values(application), "reason": ended}


def _send(kind: str, application: Application, values: dict[str, Any]) -> None:
    tell(
        kind=kind,
        organisation_id=application.cooperative.organisation_id,
        url=f"/desk/fairs/{_fair(application).slug}/application",
        key=f"{kind}:{application.id}:{application.batch_id}",
        **values,
    )


def _fair(application: Application) -> Fair:
    fair = queries.fair_by_id(application.call.subject_id)
    assert fair is not None, "a call of this purpose has a fair"
    return fair


def _values(application: Application) -> dict[str, Any]:
    fair = _fair(application)
    with in_language("vi"):
        name = fair.name
    days = dict.fromkeys(formats.date(day) for day in (fair.first_day, fair.last_day))
    return {"fair": name, "applicant": application.cooperative.name, "days": formats.DASH.join(days)}
