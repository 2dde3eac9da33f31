"""Facts of cards."""

from __future__ import annotations

from marketplace.foundation.events import Event
from marketplace.foundation.words import _l
from marketplace.payments.events import ChargeEvent


class AccountEvent(Event):
    """About a cooperative's account at the card company."""

    organisation_id: int
    sentence = _l("Card account")
    about = {"organisation": "organisation_id"}


class CardAccountBegun(AccountEvent):
    sentence = _l("A card account was begun")


class CardAccountReady(AccountEvent):
    sentence = _l("The card company lets this cooperative take cards")


class CardAccountStopped(AccountEvent):
    sentence = _l("The card company no longer lets this cooperative take cards")


class DisputeOpened(ChargeEvent):
    sentence = _l("The card holder's bank asks %(sum)s back")


class DisputeWon(ChargeEvent):
    sentence = _l("The card dispute over %(sum)s was decided for the cooperative")


class DisputeLost(ChargeEvent):
    sentence = _l("The card dispute over %(sum)s was decided for the card holder")


class HandedOn(ChargeEvent):
    """Of what the alliance collected; less than nothing was kept back."""

    sentence = _l("The alliance handed on %(sum)s to the cooperative")
