"""Verbs of cards: each writes down what is asked, or what the company answered or told."""

from marketplace.cards.services.accounts import account_made, account_told, begin_account
from marketplace.cards.services.disputes import dispute_told
from marketplace.cards.services.events import dismiss, receive, try_parked
from marketplace.cards.services.refunds import (
    ask_refund,
    give_back,
    refund_answered,
    refund_declined,
    refund_elsewhere,
    refund_later,
    refund_told,
)
from marketplace.cards.services.sessions import (
    begin,
    check_closed,
    fee_told,
    leave,
    leave_all,
    look_later,
    session_declined,
    session_made,
    session_told,
)
from marketplace.cards.services.settlements import check_held, hand_on

__all__ = [
    "account_made",
    "account_told",
    "ask_refund",
    "begin",
    "begin_account",
    "check_closed",
    "check_held",
    "dismiss",
    "dispute_told",
    "fee_told",
    "give_back",
    "hand_on",
    "leave",
    "leave_all",
    "look_later",
    "receive",
    "refund_answered",
    "refund_declined",
    "refund_elsewhere",
    "refund_later",
    "refund_told",
    "session_declined",
    "session_made",
    "session_told",
    "try_parked",
]
