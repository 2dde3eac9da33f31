"""Facts of pools."""

from __future__ import annotations

from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.events import Event
from marketplace.foundation.money import Money
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l
from marketplace.linkage.sharing import SharingRule
from marketplace.linkage.states import RULE_LABELS, QuoteSide


class PoolEvent(Event):
    """A fact about one pool."""

    pool_id: int
    sentence = _l("Pool")
    about = {"pool": "pool_id"}


class PoolFormed(PoolEvent):
    need_id: int
    cooperative_id: int
    name: str
    rule: str
    sentence = _l("A pool led by %(name)s was formed; its rule: %(rule)s")
    about = {"pool": "pool_id", "need": "need_id", "cooperative": "cooperative_id"}

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "rule": RULE_LABELS[SharingRule(data["rule"])]}


class PoolTermsChanged(PoolEvent):
    rule: str
    sentence = _l("Before anybody had committed, the terms were changed; the rule: %(rule)s")

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "rule": RULE_LABELS[SharingRule(data["rule"])]}


class PoolMemberEvent(PoolEvent):
    """About one member."""

    member_id: int
    cooperative_id: int
    name: str
    sentence = _l("Member of a pool")
    about = {"pool": "pool_id", "cooperative": "cooperative_id"}


class PoolMemberInvited(PoolMemberEvent):
    sentence = _l("%(name)s was invited to the pool")


class PoolMemberCommitted(PoolMemberEvent):
    """`least` and `most` in kilograms, of all weeks together."""

    least: int
    most: int
    sentence = _l("%(name)s brings between %(least_told)s and %(most_told)s")

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        told = {f"{name}_told": formats.amount(data[name], "kg", locale()) for name in ("least", "most")}
        return {**data, **told}


class PoolMemberEntered(PoolMemberCommitted):
    """By phone or on paper: an officer wrote it down."""

    who: str
    spoken = frozenset({"who"})
    sentence = _l(
        "%(name)s brings between %(least_told)s and %(most_told)s, told by %(who)s, written down by the alliance"
    )


class PoolMemberConfirmed(PoolMemberEvent):
    kg: int
    number: int
    sentence = _l("%(name)s has a share of %(told)s by allocation no. %(number)s")

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "told": formats.amount(data["kg"], "kg", locale())}


class PoolMemberSteppedBack(PoolMemberEvent):
    number: int
    sentence = _l("%(name)s has no share any more by allocation no. %(number)s")


class PoolMemberReleased(PoolMemberEvent):
    words: str
    sentence = _l("%(name)s is out. Reason: %(words)s")


class PoolMemberDelivered(PoolMemberEvent):
    sentence = _l("%(name)s has delivered its share")


class PoolLocked(PoolEvent):
    members: int
    sentence = _l("The pool was locked with %(members)s members")


class PoolAllocationEvent(PoolEvent):
    """About one computation of the shares."""

    allocation_id: int
    number: int
    sentence = _l("Allocation no. %(number)s")


class PoolAllocationQueued(PoolAllocationEvent):
    words: str
    sentence = _l("Allocation no. %(number)s was asked for. %(words)s")


class PoolAllocationFinished(PoolAllocationEvent):
    kg: int
    sentence = _l("Allocation no. %(number)s is computed: %(told)s in all")

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "told": formats.amount(data["kg"], "kg", locale())}


class PoolAllocationFailed(PoolAllocationEvent):
    sentence = _l("Allocation no. %(number)s failed")


class PoolAllocationOvertaken(PoolAllocationEvent):
    sentence = _l("Allocation no. %(number)s is no longer needed: the buyer decided meanwhile")


class PoolAllocationHolds(PoolAllocationEvent):
    sentence = _l("Allocation no. %(number)s holds from now on")


class PoolAnswered(PoolEvent):
    """`price` of a kilogram."""

    need_id: int
    price: int
    kg: int
    sentence = _l("The pool answered the request: %(told)s at %(price_told)s a kilogram")
    about = {"pool": "pool_id", "need": "need_id"}

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        told = formats.amount(data["kg"], "kg", locale())
        return {**data, "told": told, "price_told": formats.vnd(Money(data["price"]), locale())}


class PoolReserved(PoolEvent):
    rank: int
    sentence = _l("In reserve, no. %(rank)s")


class PoolWon(PoolEvent):
    need_id: int
    kg: int
    sentence = _l("The buyer chose the pool for %(told)s")

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "told": formats.amount(data["kg"], "kg", locale())}


class PoolPartReturned(PoolEvent):
    """`kg` of what the buyer chose the pool for came back, `left` stands; `side`: from the lead, or by the buyer."""

    need_id: int
    kg: int
    left: int
    side: str
    words: str
    sentence = _l("%(told)s. Reason: %(words)s")

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        amount = formats.amount(data["kg"], "kg", locale())
        if data["side"] == QuoteSide.BUYER:
            told = _("The buyer took %(amount)s back", amount=amount)
        else:
            told = _("%(amount)s given back", amount=amount)
        return {**data, "words": data.get("words") or "…", "told": told}


class PoolLost(PoolEvent):
    sentence = _l("The buyer did not choose the pool")


class PoolDeliveryBegan(PoolEvent):
    sentence = _l("The pool delivers")


class PoolSettled(PoolEvent):
    sentence = _l("The pool is settled")


class PoolDissolved(PoolEvent):
    words: str
    sentence = _l("The pool was dissolved. Reason: %(words)s")
