"""Who is told when a lot is called back."""

from __future__ import annotations

from marketplace.foundation.db import db
from marketplace.foundation.events import react
from marketplace.recalls import notices
from marketplace.recalls.events import (
    RecallAnswered,
    RecallClosed,
    RecallHolderFound,
    RecallLifted,
    RecallOpened,
)
from marketplace.recalls.models import Recall, RecallHolding


@react(RecallOpened)
def opened(event: RecallOpened) -> None:
    recall = db.session.get_one(Recall, event.recall_id)
    if recall.by_alliance:
        notices.to_seller(recall)
    else:
        notices.to_officers(recall)


@react(RecallHolderFound)
def found(event: RecallHolderFound) -> None:
    notices.to_buyer(db.session.get_one(RecallHolding, event.holding_id), "opened")


@react(RecallAnswered)
def answered(event: RecallAnswered) -> None:
    notices.answered(db.session.get_one(RecallHolding, event.holding_id))


@react(RecallLifted)
def lifted(event: RecallLifted) -> None:
    for holding in db.session.get_one(Recall, event.recall_id).holdings:
        notices.to_buyer(holding, "lifted", event.words)


@react(RecallClosed)
def closed(event: RecallClosed) -> None:
    for holding in db.session.get_one(Recall, event.recall_id).holdings:
        notices.to_buyer(holding, "closed", event.words)
