"""What we write about a fair itself: to those who take part when it is moved or called off, to officers about terms."""

from __future__ import annotations

from typing import Any

from marketplace.fairs import queries
from marketplace.fairs.clock import TERM_LABELS, Term
from marketplace.fairs.models import Fair, FairMove
from marketplace.foundation import clock, formats
from marketplace.foundation.words import _l, in_language
from marketplace.inbox.letters import letter, topic
from marketplace.inbox.services import tell


def _sample() -> dict[str, Any]:
    """An invented fair for the preview of letters."""
    return {
        "fair": "Tuần lễ nông sản Chí Linh 2027",
        "was": "12/03/2027–16/03/2027, Quảng trường Sao Đỏ",
        "now": "19/03/2027–23/03/2027, Quảng trường Sao Đỏ",
        "reason": "Mưa bão, sân còn ngập.",
        "what": "Nộp hồ sơ cho Sở Công Thương",
        "day": "10/02/2027",
        "hand_in": "05/02/2027",
        "left": "7",
    }


topic("fairs", _l("Fairs"), _l("Calls, stands, and what changes at a fair you take part in."), order=30)
letter(
    "fairs.moved",
    subject=_l("%(fair)s has been moved"),
    sentence=_l(
        "Before: %(was)s. Now: %(now)s. Why: %(reason)s Your application and your stand stay as they are."
    ),
    sample=_sample,
)
letter(
    "fairs.cancelled",
    subject=_l("%(fair)s does not take place"),
    sentence=_l("The alliance called it off. Why: %(reason)s You need not do anything."),
    sample=_sample,
)
letter(
    "fairs.term_near",
    subject=_l("%(fair)s: %(what)s by %(day)s"),
    sentence=_l("%(left)s days are left. The last day on which the office is open: %(hand_in)s."),
    sample=_sample,
)
letter(
    "fairs.term_missed",
    subject=_l("%(fair)s: the day has passed, %(what)s"),
    sentence=_l(
        "It was due on %(day)s and is not written down as done. If it was done, please write it down."
    ),
    sample=_sample,
)


def moved(fair: Fair, move: FairMove) -> None:
    for organisation_id in queries.concerned(fair.id):
        tell(
            kind="fairs.moved",
            organisation_id=organisation_id,
            url=f"/fairs/{fair.slug}",
            key=f"fairs.moved:{move.id}",
            fair=fair.name_vi,
            was=days_and_place(move.was_first, move.was_last, move.was_venue),
            now=days_and_place(move.first_day, move.last_day, move.venue),
            reason=_sentence(move.reason),
        )


def cancelled(fair: Fair) -> None:
    for organisation_id in queries.concerned(fair.id):
        tell(
            kind="fairs.cancelled",
            organisation_id=organisation_id,
            url=f"/fairs/{fair.slug}",
            key=f"fairs.cancelled:{fair.id}",
            fair=fair.name_vi,
            reason=_sentence(fair.cancelled_reason),
        )


def term(fair: Fair, term: Term, step: int) -> None:
    """To every officer, once for each step of a term; a term that falls on another day counts anew."""
    kind = "fairs.term_missed" if step < 0 else "fairs.term_near"
    with in_language("vi"):
        what = str(TERM_LABELS[term.kind])
    tell(
        kind=kind,
        officers=True,
        url=f"/office/fairs/{fair.slug}",
        key=f"fairs.term:{fair.id}:{term.kind}:{term.due.isoformat()}:{step}",
        fair=fair.name_vi,
        what=what,
        day=formats.date(term.due),
        hand_in=formats.date(term.hand_in),
        left=str(max(term.left(clock.today()), 0)),
    )


def days_and_place(first: Any, last: Any, venue: str) -> str:
    """ "12/03/2027–16/03/2027, Quảng trường Sao Đỏ"."""
    days = formats.DASH.join(formats.date(day) for day in dict.fromkeys((first, last)))
    return ", ".join(part for part in (days, venue) if part)


def _sentence(words: str) -> str:
    return words if words.endswith((".", "!", "?", "…")) else f"{words}."
