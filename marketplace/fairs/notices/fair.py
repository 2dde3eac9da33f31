"""What we write about a fair itself: to those who take part when it is moved or called off, to officers about terms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from marketplace.cooperatives.models import Certificate
from marketplace.cooperatives.states import PAPER_LABELS
from marketplace.fairs import codes, queries
from marketplace.fairs.clock import TERM_LABELS, Term
from marketplace.fairs.models import Fair, FairMove, VisitorRegistration
from marketplace.foundation import clock, formats
from marketplace.foundation.words import _l, in_language
from marketplace.inbox.letters import letter, topic
from marketplace.inbox.services import Contact, tell


def _sample() -> dict[str, Any]:
    """An invented fair for the preview of letters."""
    return {
        "fair": "Tuần lễ nông sản Chí Linh 2027",
        "was": "12/03/2027–16/03/2027, Quảng trường Sao Đỏ",
        "now": "19/03/2027–23/03/2027, Quảng trường Sao Đỏ",
        "reason": "Mưa bão, sân còn ngập.",
        "papers": "VietGAP (12/03/2027)",
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
    sentence=_l(
        "The alliance called it off. Why: %(reason)s You need not do anything; a fee that was paid is given back."
    ),
    sample=_sample,
)
letter(
    "fairs.moved_guest",
    subject=_l("%(fair)s has been moved"),
    sentence=_l("Before: %(was)s. Now: %(now)s. Why: %(reason)s"),
    sample=_sample,
)
letter(
    "fairs.moved_visit",
    subject=_l("%(fair)s has been moved"),
    sentence=_l(
        "Before: %(was)s. Now: %(now)s. Why: %(reason)s Your pass stays good: show the same code on the new days."
    ),
    sample=_sample,
)
letter(
    "fairs.cancelled_visit",
    subject=_l("%(fair)s does not take place"),
    sentence=_l("The alliance called it off. Why: %(reason)s Your pass is no longer needed."),
    sample=_sample,
)
letter(
    "fairs.papers_end",
    subject=_l("%(fair)s: a paper of yours runs out before it"),
    sentence=_l(
        "The fair is on %(now)s. This runs out before its last day: %(papers)s. Please have it renewed and hand in the "
        "new one."
    ),
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
    """Exhibitors and applicants, and buyers who have meetings there."""
    told = _told(move)
    exhibiting = queries.concerned(fair.id)
    for organisation_id in exhibiting:
        _to_organisation("fairs.moved", organisation_id, fair, move.id, **told)
    for organisation_id in queries.meeting_there(fair.id, besides=exhibiting):
        _to_organisation("fairs.moved_guest", organisation_id, fair, move.id, **told)


def moved_visit(registration: VisitorRegistration, fair: Fair, move: FairMove) -> None:
    """A visitor with a pass."""
    link = codes.path_for(registration.fair_pass)
    _to_visitor("fairs.moved_visit", registration, fair, f"{move.id}:{registration.id}", link, **_told(move))


def _told(move: FairMove) -> dict[str, Any]:
    return {
        "was": days_and_place(move.was_first, move.was_last, move.was_venue),
        "now": days_and_place(move.first_day, move.last_day, move.venue),
        "reason": _sentence(move.reason),
    }


def cancelled(fair: Fair) -> None:
    """The same people; once each."""
    reason = _sentence(fair.cancelled_reason)
    exhibiting = queries.concerned(fair.id)
    for organisation_id in (*exhibiting, *queries.meeting_there(fair.id, besides=exhibiting)):
        _to_organisation("fairs.cancelled", organisation_id, fair, fair.id, reason=reason)


def cancelled_visit(registration: VisitorRegistration, fair: Fair) -> None:
    key, reason = f"{fair.id}:{registration.id}", _sentence(fair.cancelled_reason)
    _to_visitor("fairs.cancelled_visit", registration, fair, key, f"/fairs/{fair.slug}", reason=reason)


def papers_end(fair: Fair, move: FairMove) -> None:
    """Whoever has papers that were good for the days before and are not for these."""
    for short in queries.papers_short(fair, since=move.was_last):
        _to_organisation(
            "fairs.papers_end",
            short.cooperative.organisation_id,
            fair,
            move.id,
            url="/desk/profile/papers",
            now=days_and_place(move.first_day, move.last_day, ""),
            papers=_papers(short.papers),
        )


def _papers(papers: Sequence[Certificate]) -> str:
    with in_language("vi"):
        return "; ".join(
            f"{PAPER_LABELS[paper.kind]} ({formats.date(paper.expires_on)})"
            for paper in papers
            if paper.expires_on is not None
        )


def _to_organisation(
    kind: str, organisation_id: int, fair: Fair, number: int, *, url: str = "", **values: Any
) -> None:
    tell(
        kind=kind,
        organisation_id=organisation_id,
        url=url or f"/fairs/{fair.slug}",
        key=f"{kind}:{number}",
        fair=fair.name_vi,
        **values,
    )


def _to_visitor(
    kind: str, registration: VisitorRegistration, fair: Fair, key: str, url: str, **values: Any
) -> None:
    """To the mailbox they gave, else to whom they were when they registered."""
    contact = Contact(name=registration.name, email=registration.email or "", locale=registration.locale)
    with in_language(registration.locale):
        name = fair.name
    tell(
        kind=kind,
        url=url,
        key=f"{kind}:{key}",
        contact=contact if registration.email else None,
        person_id=None if registration.email else registration.person_id,
        fair=name,
        **values,
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
