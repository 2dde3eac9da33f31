"""Verbs of buying."""

from marketplace.orders.services.answer import (
    accept,
    complete_if_done,
    confirm_counter,
    counter,
    lapse,
    refuse,
    withdraw,
)
from marketplace.orders.services.cancellation import cancel
from marketplace.orders.services.cart import adopt, change, empty_old_carts, put, remove, renew_holds
from marketplace.orders.services.change import (
    accept_change,
    decline_change,
    lapse_change,
    lapse_overdue,
    propose,
    withdraw_change,
)
from marketplace.orders.services.checkout import Buyer, PricesChanged, place
from marketplace.orders.services.complaint import (
    Trouble,
    accept_answer,
    answer_complaint,
    complain,
    end_unanswered,
    withdraw_complaint,
)
from marketplace.orders.services.dispute import (
    agree,
    answer_dispute,
    carry_out,
    decide,
    dispute_silence,
    mediate,
    raise_dispute,
    reject,
    time_out,
    withdraw_dispute,
)
from marketplace.orders.services.document import confirm
from marketplace.orders.services.invoice import record_invoice
from marketplace.orders.services.thread import ask_alliance, close_report, let_alliance_in, report, say

__all__ = [
    "Buyer",
    "PricesChanged",
    "Trouble",
    "accept",
    "accept_answer",
    "accept_change",
    "adopt",
    "agree",
    "answer_complaint",
    "answer_dispute",
    "ask_alliance",
    "cancel",
    "carry_out",
    "change",
    "close_report",
    "complain",
    "complete_if_done",
    "confirm",
    "confirm_counter",
    "counter",
    "decide",
    "decline_change",
    "dispute_silence",
    "empty_old_carts",
    "end_unanswered",
    "lapse",
    "lapse_change",
    "lapse_overdue",
    "let_alliance_in",
    "mediate",
    "place",
    "propose",
    "put",
    "raise_dispute",
    "record_invoice",
    "refuse",
    "reject",
    "remove",
    "renew_holds",
    "report",
    "say",
    "time_out",
    "withdraw",
    "withdraw_change",
    "withdraw_complaint",
    "withdraw_dispute",
]
