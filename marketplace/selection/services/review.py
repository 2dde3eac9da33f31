"""Reviews, bands of merit, and priority by hand."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.text import clean_line, clean_text
from marketplace.foundation.words import _l
from marketplace.selection import queries
from marketplace.selection.events import (
    BandsSet,
    ConflictDeclared,
    PriorityChanged,
    ReviewReopened,
    ReviewSubmitted,
)
from marketplace.selection.models import Application, Call, Conflict, PriorityChange, Review, Score
from marketplace.selection.services.turn import about, take_turn
from marketplace.selection.states import ApplicationState, ReviewState, review_lifecycle

MUST_PLACE = 0
BANDED = (ApplicationState.ELIGIBLE,)


def declare_conflict(*, application: Application, words: str, by: Any) -> Conflict:
    """Too near to the applicant: from now on this person neither sees nor scores it. A review begun goes."""
    take_turn(application)
    words = clean_line(words)
    if not words:
        raise Refusal(_l("Please say in a few words how you are near to them."), field="words")
    if (begun := queries.review_of(application.id, by.id)) is not None:
        if begun.state is ReviewState.SUBMITTED:
            raise Refusal(_l("Your review is handed in: take it back first."))
        db.session.delete(begun)
    conflict = Conflict(application_id=application.id, person_id=by.id, words=words, at=clock.now())
    db.session.add(conflict)
    db.session.flush()
    announce(about(ConflictDeclared, application, by, words=words))
    return conflict


def write_review(*, application: Application, points: Mapping[int, int], words: str, by: Any) -> Review:
    """Kept as a draft: criterion → points. What is not given yet may be left out."""
    take_turn(application)
    _may_review(application, by)
    review = queries.review_of(application.id, by.id)
    if review is None:
        review = Review(application_id=application.id, reviewer_id=by.id, state=ReviewState.DRAFT)
        db.session.add(review)
        db.session.flush()
    if review.state is ReviewState.SUBMITTED:
        raise Refusal(_l("Your review is handed in: take it back first."))
    review.words = clean_text(words)
    _score(application, review, points)
    return review


def submit_review(*, review: Review, by: Any) -> None:
    """Handed in: every criterion has points, and there is a comment."""
    take_turn(review.application)
    _may_review(review.application, by)
    given = {score.criterion_id for score in review.scores}
    if open_ones := [each for each in review.application.call.criteria if each.id not in given]:
        raise Refusal(_l("Please give points for: %(names)s", names=", ".join(c.name for c in open_ones)))
    if not review.words:
        raise Refusal(_l("Please say in a few words why."), field="words")
    review_lifecycle.advance(review, "submit")
    review.submitted_at = clock.now()
    db.session.flush()
    announce(about(ReviewSubmitted, review.application, by, review_id=review.id))


def reopen_review(*, review: Review, by: Any) -> None:
    """To be changed, as long as decisions are not released."""
    take_turn(review.application)
    _may_review(review.application, by)
    review_lifecycle.advance(review, "reopen")
    review.submitted_at = None
    db.session.flush()
    announce(about(ReviewReopened, review.application, by, review_id=review.id))


def set_bands(*, call: Call, by: Any) -> int:
    """Every eligible application gets the band of its merit by the published cut-offs; one set by hand keeps it.

    Raises Refusal while reviews are missing that can still come. Returns how many were put into bands.
    """
    db.session.refresh(call, with_for_update=True)
    applications = _eligible(call)
    merits = queries.merit(call.id)
    if call.reviews_wanted:
        _enough_reviews(call, applications, {id: merit.reviews for id, merit in merits.items()})
    by_hand = set(
        db.session.scalars(
            select(PriorityChange.application_id).where(
                PriorityChange.application_id.in_([each.id for each in applications])
            )
        )
    )
    for application in applications:
        if application.id not in by_hand:
            percent = merits[application.id].percent if application.id in merits else Decimal(100)
            application.band = band_of(percent, call.bands)
    db.session.flush()
    announce(BandsSet(call_id=call.id, applications=len(applications), actor_id=id_of(by)))
    return len(applications)


def band_of(percent: Decimal, cuts: list[int]) -> int:
    """1 is the best; below the last cut-off is one more."""
    return next((band for band, cut in enumerate(cuts, start=1) if percent >= cut), len(cuts) + 1)


def change_priority(*, application: Application, band: int, reason: str, by: Any) -> PriorityChange:
    """Into another band by hand, with a reason; 0 must be placed."""
    take_turn(application)
    reason = clean_line(reason)
    if not reason:
        raise Refusal(_l("Please give the reason."), field="reason")
    if application.state is not ApplicationState.ELIGIBLE:
        raise Refusal(_l("Only an eligible application whose decision is not released has a priority."))
    if not MUST_PLACE <= band <= len(application.call.bands) + 1:
        raise Refusal(_l("Bands go from 0 to %(last)s.", last=len(application.call.bands) + 1), field="band")
    change = PriorityChange(
        application_id=application.id,
        was=application.band,
        band=band,
        reason=reason,
        by_id=by.id,
        at=clock.now(),
    )
    application.band = band
    db.session.add(change)
    db.session.flush()
    announce(about(PriorityChanged, application, by, was=change.was, band=band, reason=reason))
    return change


# --- how it is done ---------------------------------------------------------------------------------


def _may_review(application: Application, by: Any) -> None:
    """Asked again here: between opening the page and sending it a conflict may have been declared."""
    if queries.for_reviewer(application.ref, by) is None:
        raise Refusal(_l("You do not review this application, or no longer."))


def _score(application: Application, review: Review, points: Mapping[int, int]) -> None:
    known = {score.criterion_id: score for score in review.scores}
    for criterion in application.call.criteria:
        given = points.get(criterion.id)
        if given is None:
            continue
        if not 0 <= given <= criterion.most:
            raise Refusal(
                _l("From 0 to %(most)s points, please.", most=criterion.most), field=f"points_{criterion.id}"
            )
        if criterion.id in known:
            known[criterion.id].points = given
        else:
            review.scores.append(Score(criterion_id=criterion.id, points=given))
    db.session.flush()


def _eligible(call: Call) -> list[Application]:
    return [
        *db.session.scalars(
            select(Application)
            .where(Application.call_id == call.id, Application.state.in_(BANDED))
            .order_by(Application.id)
            .with_for_update()
        )
    ]


def _enough_reviews(call: Call, applications: list[Application], given: Mapping[int, int]) -> None:
    near: dict[int, int] = {}
    for (application_id,) in db.session.execute(
        select(Conflict.application_id).where(
            Conflict.application_id.in_([each.id for each in applications]),
            Conflict.person_id.in_([each.person_id for each in call.reviewers]),
        )
    ):
        near[application_id] = near.get(application_id, 0) + 1
    lacking = 0
    for application in applications:
        can_come = max(1, len(call.reviewers) - near.get(application.id, 0))
        lacking += given.get(application.id, 0) < min(call.reviews_wanted, can_come)
    if lacking:
        raise Refusal(_l("%(num)s applications still wait for reviews.", num=lacking))
