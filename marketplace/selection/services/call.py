"""A call: opened, changed, and its lottery's seed drawn."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from marketplace.accounts.models import Person
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.reference import random_ref
from marketplace.foundation.text import clean_line
from marketplace.foundation.words import _l
from marketplace.selection import queries
from marketplace.selection.events import CallChanged, CallOpened, SeedDrawn
from marketplace.selection.models import Call, Criterion, Reviewer
from marketplace.selection.states import Purpose


@dataclass(frozen=True)
class Measure:
    """One criterion as it is asked for."""

    name_vi: str
    weight: int
    most: int = 10
    name_en: str = ""


def open_call(
    *,
    purpose: Purpose,
    subject_id: int,
    opens_at: dt.datetime,
    closes_at: dt.datetime,
    reviews_wanted: int = 2,
    bands: Sequence[int] = (),
    criteria: Sequence[Measure] = (),
    reviewers: Sequence[Person] = (),
    by: Any,
) -> Call:
    """Applications may come from `opens_at` until `closes_at`. Raises Conflict when there is a call already."""
    _in_order(opens_at, closes_at)
    if closes_at <= clock.now():
        raise Refusal(_l("This moment is over. Please choose a later one."), field="closes_at")
    _sensible(reviews_wanted, bands, criteria)
    call = Call(
        ref=random_ref(),
        purpose=purpose,
        subject_id=subject_id,
        opens_at=opens_at,
        closes_at=closes_at,
        reviews_wanted=reviews_wanted,
        bands=[*bands],
        made_at=clock.now(),
    )
    db.session.add(call)
    db.session.flush()
    _write_criteria(call, criteria)
    _write_reviewers(call, reviewers)
    announce(CallOpened(call_id=call.id, actor_id=id_of(by)))
    return call


def change_call(
    *,
    call: Call,
    opens_at: dt.datetime,
    closes_at: dt.datetime,
    reviews_wanted: int,
    bands: Sequence[int],
    criteria: Sequence[Measure],
    reviewers: Sequence[Person],
    by: Any,
) -> None:
    """Other days, reviewers or measure. What was published as the measure stays once reviewers have begun."""
    db.session.refresh(call, with_for_update=True)
    _in_order(opens_at, closes_at)
    _deadline_may_move(call, closes_at)
    _sensible(reviews_wanted, bands, criteria)
    if (reviews_wanted, [*bands], [*criteria]) != (call.reviews_wanted, [*call.bands], measures(call)):
        if queries.has_reviews(call.id):
            raise Refusal(
                _l("Reviewers have begun: criteria, weights and bands stay as they were published."),
                field="bands",
            )
        call.reviews_wanted, call.bands = reviews_wanted, [*bands]
        _write_criteria(call, criteria)
    call.opens_at, call.closes_at = opens_at, closes_at
    _write_reviewers(call, reviewers)
    db.session.flush()
    announce(CallChanged(call_id=call.id, actor_id=id_of(by)))


def draw_seed(*, call: Call, source: str, words: str, by: Any) -> str:
    """The seed is the SHA-256 of public words that nobody knew before the deadline. Drawn once, for good."""
    db.session.refresh(call, with_for_update=True)
    if call.seed is not None:
        raise Refusal(_l("The seed was drawn already and stays."))
    if clock.now() < call.closes_at:
        raise Refusal(_l("The seed is drawn after the deadline: nobody may know it before."))
    source, words = clean_line(source), clean_line(words)
    if not source:
        raise Refusal(_l("Please say where these words come from."), field="source")
    if not words:
        raise Refusal(_l("Please write the public words."), field="words")
    call.seed = seed_from(words)
    call.seed_source, call.seed_words, call.seed_drawn_at = source, words, clock.now()
    db.session.flush()
    announce(SeedDrawn(call_id=call.id, seed=call.seed, source=source, actor_id=id_of(by)))
    return call.seed


def seed_from(words: str) -> str:
    """Anybody can do the same: SHA-256 of the words in UTF-8."""
    return hashlib.sha256(words.encode()).hexdigest()


def measures(call: Call) -> list[Measure]:
    return [Measure(each.name_vi, each.weight, each.most, each.name_en) for each in call.criteria]


# --- how it is done ---------------------------------------------------------------------------------


def _in_order(opens_at: dt.datetime, closes_at: dt.datetime) -> None:
    if closes_at <= opens_at:
        raise Refusal(_l("The call must close after it opens."), field="closes_at")


def _deadline_may_move(call: Call, closes_at: dt.datetime) -> None:
    if closes_at == call.closes_at:
        return
    if call.seed is not None:
        raise Refusal(_l("The seed is drawn: the deadline stays where it was."), field="closes_at")
    if closes_at <= clock.now():
        raise Refusal(_l("This moment is over. Please choose a later one."), field="closes_at")


def _sensible(reviews_wanted: int, bands: Sequence[int], criteria: Sequence[Measure]) -> None:
    if any(not 0 < cut <= 100 for cut in bands) or sorted(set(bands), reverse=True) != [*bands]:
        raise Refusal(_l("Write the cut-offs from the highest to the lowest, each up to 100."), field="bands")
    if reviews_wanted and not criteria:
        raise Refusal(_l("Reviewers need at least one criterion."), field="reviews_wanted")


def _write_criteria(call: Call, criteria: Sequence[Measure]) -> None:
    call.criteria.clear()
    db.session.flush()
    for position, each in enumerate(criteria, start=1):
        call.criteria.append(
            Criterion(
                position=position,
                name_vi=each.name_vi,
                name_en=each.name_en,
                weight=each.weight,
                most=each.most,
            )
        )
    db.session.flush()


def _write_reviewers(call: Call, reviewers: Sequence[Person]) -> None:
    wanted = {person.id for person in reviewers}
    for reviewer in [*call.reviewers]:
        if reviewer.person_id not in wanted:
            call.reviewers.remove(reviewer)
    there = {reviewer.person_id for reviewer in call.reviewers}
    for person in reviewers:
        if person.id not in there:
            call.reviewers.append(Reviewer(person_id=person.id))
    db.session.flush()
