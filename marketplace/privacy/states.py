"""What may be asked, the way of a request, and that of a copy."""

from __future__ import annotations

from enum import StrEnum

from marketplace.foundation.lifecycle import Lifecycle, move
from marketplace.foundation.words import _l


class Right(StrEnum):
    """What the law lets a person ask (Luật 91/2025/QH15)."""

    SEE = "see"
    CORRECT = "correct"
    RESTRICT = "restrict"
    OBJECT = "object"
    ERASE = "erase"


RIGHT_LABELS = {
    Right.SEE: _l("See what is kept about me"),
    Right.CORRECT: _l("Correct something"),
    Right.RESTRICT: _l("Use my data for less"),
    Right.OBJECT: _l("Object to a use of my data"),
    Right.ERASE: _l("Delete my data"),
}


class Came(StrEnum):
    """How a request came in."""

    ACCOUNT = "account"
    ORDER = "order"
    PHONE = "phone"


CAME_LABELS = {
    Came.ACCOUNT: _l("from their account"),
    Came.ORDER: _l("by the link of an order"),
    Came.PHONE: _l("by phone, letter or in person"),
}


class RequestState(StrEnum):
    RECEIVED = "received"
    WORKING = "working"
    DONE = "done"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


R = RequestState
request_lifecycle = Lifecycle(
    "data_request",
    move("confirm", R.RECEIVED, to=R.WORKING),
    move("finish", R.RECEIVED, R.WORKING, to=R.DONE),
    move("refuse", R.RECEIVED, R.WORKING, to=R.REFUSED),
    move("withdraw", R.RECEIVED, R.WORKING, to=R.WITHDRAWN),
)
OPEN = (R.RECEIVED, R.WORKING)
ENDED = (R.DONE, R.REFUSED, R.WITHDRAWN)
REQUEST_LABELS = {
    R.RECEIVED: _l("Receipt to be confirmed"),
    R.WORKING: _l("Being done"),
    R.DONE: _l("Done"),
    R.REFUSED: _l("Not possible"),
    R.WITHDRAWN: _l("Taken back"),
}
REQUEST_TONES = {R.RECEIVED: "wait", R.WORKING: "wait", R.DONE: "ok", R.REFUSED: "bad", R.WITHDRAWN: ""}


class CopyState(StrEnum):
    WAITING = "waiting"
    READY = "ready"
    FAILED = "failed"


copy_lifecycle = Lifecycle(
    "data_copy",
    move("finish", CopyState.WAITING, to=CopyState.READY),
    move("fail", CopyState.WAITING, to=CopyState.FAILED),
)
