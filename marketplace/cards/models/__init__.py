"""Card accounts, card pages, refunds onto cards, disputes, and every event that came."""

from marketplace.cards.models.account import CardAccount
from marketplace.cards.models.dispute import CardDispute
from marketplace.cards.models.event import CardEvent
from marketplace.cards.models.refund import CardRefund
from marketplace.cards.models.session import CardSession

__all__ = ["CardAccount", "CardDispute", "CardEvent", "CardRefund", "CardSession"]
