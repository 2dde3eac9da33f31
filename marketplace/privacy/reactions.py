"""Whoever asked is told how it goes, and the office that something waits."""

from __future__ import annotations

from marketplace.foundation.db import db
from marketplace.foundation.events import react
from marketplace.privacy import notices
from marketplace.privacy.events import (
    DataRequestConfirmed,
    DataRequestDone,
    DataRequested,
    DataRequestRefused,
    DataRequestTakesLonger,
    RequestEvent,
)
from marketplace.privacy.models import DataRequest

LETTERS = {
    DataRequested: notices.to_office,
    DataRequestConfirmed: notices.confirmed,
    DataRequestTakesLonger: notices.takes_longer,
    DataRequestDone: notices.done,
    DataRequestRefused: notices.refused,
}


@react(*LETTERS)
def write(event: RequestEvent) -> None:
    request = db.session.get_one(DataRequest, event.request_id)
    LETTERS[type(event)](request)
