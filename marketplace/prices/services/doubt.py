"""A price is doubted: an officer keeps it, corrects it or takes it off the board."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, update

from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.words import _l
from marketplace.prices import queries
from marketplace.prices.events import DoubtDecided, PriceDoubted
from marketplace.prices.models import Observation, PriceAlert, PriceDoubt
from marketplace.prices.states import DoubtGround, Source, Verdict

MOST_OPEN = 5
"""Of one person, until officers have looked: nobody can doubt the whole board away."""
DECIDED = _l("Somebody decided about this price a moment ago. Please look at it again.")


def doubt_price(*, observation: Observation, words: str, by: Any) -> PriceDoubt:
    """Until an officer has looked at it, no price rule counts it.

    Raises Refusal without words, for a mean of deals, for a row that was replaced, that is doubted already or that an
    officer kept, and for whoever has too many doubts open.
    """
    hold(observation)
    if observation.source is Source.SETTLED:
        raise Refusal(_l("A mean of deals is of many: nobody said this price alone."))
    if not words.strip():
        raise Refusal(_l("Please write why this price cannot be right."), field="words")
    if observation.void or queries.replaced_by(observation.id) is not None:
        raise Refusal(_l("Somebody corrected this price a moment ago. Please look at it again."))
    known = queries.doubt_about(observation.id)
    if known is not None and known.is_open:
        raise Refusal(_l("Somebody doubts this price already. The alliance looks at it."))
    if known is not None:
        raise Refusal(_l("The alliance looked at this price and kept it."))
    if queries.open_doubts_of(by.id) >= MOST_OPEN:
        raise Refusal(
            _l("You doubt %(n)s prices already. Please wait until the alliance has looked.", n=MOST_OPEN)
        )
    return _doubt(observation, DoubtGround.SAID, words.strip(), by)


def doubt_far(*, observation: Observation) -> PriceDoubt | None:
    """One that lies far from the others is looked at, whoever wrote it; an example of the demonstration is not."""
    if not observation.checked or observation.is_example:
        return None
    return _doubt(observation, DoubtGround.FAR, "", None)


def keep_price(*, doubt: PriceDoubt, words: str, by: Any) -> None:
    """It is right: it counts again, and followers hear of it. Raises Refusal without a reason, or when decided."""
    if not words.strip():
        raise Refusal(_l("Please say why."), field="words")
    observation = doubt.observation
    hold(observation)
    if not close(observation=observation, verdict=Verdict.KEPT, words=words, by=by):
        raise Refusal(DECIDED)
    db.session.execute(
        update(PriceAlert)
        .where(
            PriceAlert.goods_id == observation.goods_id,
            PriceAlert.level == observation.level,
            PriceAlert.ended_at.is_(None),
            PriceAlert.seen_id >= observation.id,
        )
        .values(seen_id=observation.id - 1)
    )


def hold(observation: Observation) -> None:
    """Doubts and corrections of one row take turns."""
    query = select(Observation.id).where(Observation.id == observation.id)
    db.session.execute(query.with_for_update())


def close(*, observation: Observation, verdict: Verdict, words: str, by: Any) -> PriceDoubt | None:
    """The doubt about a row is decided, if one is open; the caller holds the row."""
    query = select(PriceDoubt).where(
        PriceDoubt.observation_id == observation.id, PriceDoubt.verdict.is_(None)
    )
    doubt = db.session.scalar(query.execution_options(populate_existing=True))
    if doubt is None:
        return None
    actor, now = id_of(by), clock.now()
    doubt.verdict, doubt.answer = verdict, words.strip()[:300]
    doubt.decided_by_id, doubt.decided_at = actor, now
    db.session.flush()
    announce(
        DoubtDecided(
            observation_id=observation.id,
            root_id=observation.root,
            goods_id=observation.goods_id,
            doubt_id=doubt.id,
            verdict=str(verdict),
            words=doubt.answer,
            actor_id=actor,
        )
    )
    return doubt


def _doubt(observation: Observation, ground: DoubtGround, words: str, by: Any) -> PriceDoubt:
    doubt = PriceDoubt(
        observation=observation, ground=ground, words=words[:300], by_id=id_of(by), at=clock.now()
    )
    db.session.add(doubt)
    db.session.flush()
    announce(
        PriceDoubted(
            observation_id=observation.id,
            root_id=observation.root,
            goods_id=observation.goods_id,
            doubt_id=doubt.id,
            words=words[:300],
            actor_id=id_of(by),
        )
    )
    return doubt
