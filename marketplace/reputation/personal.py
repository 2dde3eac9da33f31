"""What words tell about people: the buyer's go with the buyer, the cooperative's answer loses the name in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from marketplace.accounts.holdings import Identity, did, farewell, holds, keeps, of, trace
from marketplace.foundation.db import db
from marketplace.reputation import services
from marketplace.reputation.models import BuyersWords, SellerFacts, WordsAppeal, WordsReport

holds(
    BuyersWords, of(BuyersWords.order_id, "own order"), words=("words", "answer"), empty=("called", "place")
)
holds(BuyersWords, of(BuyersWords.order_id, "order"), words=("words", "answer"), mention=True)
holds(WordsAppeal, of(WordsAppeal.words_id, "own words"), words=("why",))
holds(WordsAppeal, of(WordsAppeal.words_id, "words"), words=("why", "answer"), mention=True)
holds(WordsReport, of(WordsReport.words_id, "words"), words=("why",))
keeps(SellerFacts, "figures of a seller: no names")
did(BuyersWords, "by_id", "answered_by_id", "hidden_by_id")
did(WordsAppeal, "by_id", "hidden_by_id", "decided_by_id")
did(WordsReport, "by_id", "closed_by_id")


@trace("words")
def words_of(who: Identity) -> Sequence[int]:
    return db.session.scalars(select(BuyersWords.id).where(BuyersWords.order_id.in_(who.ids("order")))).all()


@trace("own words")
def own_words(who: Identity) -> Sequence[int]:
    return db.session.scalars(
        select(BuyersWords.id).where(BuyersWords.order_id.in_(who.ids("own order")))
    ).all()


@farewell
def no_longer_shown(who: Identity, _actor: Any) -> None:
    """Their own; what was said for an organisation stays under its name."""
    for id in who.ids("own words"):
        services.conceal(words=db.session.get_one(BuyersWords, id))
