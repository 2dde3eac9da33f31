"""The lives of a delivery, of a shared pick-up point and of a collection round."""

from __future__ import annotations

from enum import StrEnum

from marketplace.foundation.lifecycle import Lifecycle, move
from marketplace.foundation.words import _l


class Mode(StrEnum):
    OWN = "own"
    PICKUP = "pickup"


MODE_LABELS = {Mode.OWN: _l("The cooperative delivers"), Mode.PICKUP: _l("I pick it up")}


class DeliveryState(StrEnum):
    PLANNED = "planned"
    PACKED = "packed"
    DISPATCHED = "dispatched"
    RECEIVED = "received"
    CANCELLED = "cancelled"


D = DeliveryState
delivery_lifecycle = Lifecycle(
    "delivery",
    move("pack", D.PLANNED, to=D.PACKED),
    move("unpack", D.PACKED, to=D.PLANNED),
    move("dispatch", D.PLANNED, D.PACKED, to=D.DISPATCHED),
    move("receive", D.DISPATCHED, to=D.RECEIVED),
    move("cancel", D.PLANNED, D.PACKED, to=D.CANCELLED),
)

DELIVERY_LABELS = {
    D.PLANNED: _l("Being prepared"),
    D.PACKED: _l("Packed"),
    D.DISPATCHED: _l("On its way"),
    D.RECEIVED: _l("Received"),
    D.CANCELLED: _l("Will not be delivered"),
}


class ReceivedHow(StrEnum):
    BUYER = "buyer"
    SELLER = "seller"
    SILENCE = "silence"


HOW_LABELS = {
    ReceivedHow.BUYER: _l("confirmed by the buyer"),
    ReceivedHow.SELLER: _l("noted at hand-over"),
    ReceivedHow.SILENCE: _l("nobody objected in time"),
}


class ShareState(StrEnum):
    ASKED = "asked"
    SHARED = "shared"
    DECLINED = "declined"
    ENDED = "ended"


S = ShareState
share_lifecycle = Lifecycle(
    "point_share",
    move("ask", S.DECLINED, S.ENDED, to=S.ASKED),
    move("share", S.ASKED, to=S.SHARED),
    move("decline", S.ASKED, to=S.DECLINED),
    move("end", S.ASKED, S.SHARED, to=S.ENDED),
)

SHARE_LABELS = {
    S.ASKED: _l("Asked, waiting for an answer"),
    S.SHARED: _l("Shared"),
    S.DECLINED: _l("Declined"),
    S.ENDED: _l("No longer shared"),
}


class RoundState(StrEnum):
    PLANNED = "planned"
    ON_ROAD = "on_road"
    DONE = "done"
    CANCELLED = "cancelled"


R = RoundState
round_lifecycle = Lifecycle(
    "round",
    move("depart", R.PLANNED, to=R.ON_ROAD),
    move("finish", R.ON_ROAD, to=R.DONE),
    move("cancel", R.PLANNED, to=R.CANCELLED),
)

ROUND_LABELS = {
    R.PLANNED: _l("Being planned"),
    R.ON_ROAD: _l("On the road"),
    R.DONE: _l("Everything was brought"),
    R.CANCELLED: _l("Does not run"),
}
ROUND_TONES = {R.PLANNED: "wait", R.ON_ROAD: "wait", R.DONE: "ok", R.CANCELLED: "bad"}


class StopKind(StrEnum):
    COLLECT = "collect"
    DELIVER = "deliver"


class OffRound(StrEnum):
    """Why goods are no longer on a round."""

    TAKEN_OFF = "taken_off"
    CALLED_OFF = "called_off"
    MOVED = "moved"
    SENT_ALONE = "sent_alone"


OFF_LABELS = {
    OffRound.TAKEN_OFF: _l("Somebody took it off the list."),
    OffRound.CALLED_OFF: _l("The delivery was called off."),
    OffRound.MOVED: _l("It goes on another day or to another place now."),
    OffRound.SENT_ALONE: _l("It was sent another way."),
}
