"""Facts about what people ask of us. What they wrote stays with the request: history is for ever."""

from __future__ import annotations

from typing import Any

from marketplace.foundation.events import Event
from marketplace.foundation.words import _l
from marketplace.privacy.states import RIGHT_LABELS, Right


class RequestEvent(Event):
    request_id: int
    person_id: int | None
    sentence = _l("Request about personal data")
    about = {"data_request": "request_id", "person": "person_id"}


class DataRequested(RequestEvent):
    right: str
    sentence = _l("Asked about personal data: %(right)s")

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "right": str(RIGHT_LABELS[Right(data["right"])])}


class DataRequestConfirmed(RequestEvent):
    sentence = _l("Receipt was confirmed")


class DataRequestTakesLonger(RequestEvent):
    sentence = _l("It takes longer, as the law allows once")


class DataRequestDone(RequestEvent):
    sentence = _l("The request is done")


class DataRequestRefused(RequestEvent):
    sentence = _l("The request could not be done; the reason was written")


class DataRequestWithdrawn(RequestEvent):
    sentence = _l("The request was taken back")


class DataErased(RequestEvent):
    sentence = _l("Personal data were deleted; sums and dates stay under a pseudonym")


class DataCopyWanted(Event):
    copy_id: int
    person_id: int
    sentence = _l("A copy of the personal data was asked for")
    about = {"person": "person_id"}
