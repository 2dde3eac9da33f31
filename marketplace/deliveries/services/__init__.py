"""Verbs of hand-over."""

from marketplace.deliveries.models import Delivery
from marketplace.deliveries.services.delivery import (
    Carrier,
    Contact,
    Goods,
    LotFacts,
    cancel,
    dispatch,
    pack,
    plan,
    receive,
    receive_by_silence,
    usual_lots,
)
from marketplace.deliveries.services.point import (
    add_point,
    agree_to_share,
    ask_to_share,
    change_point,
    close_point,
    decline_share,
    end_share,
)
from marketplace.deliveries.services.replan import replan
from marketplace.deliveries.services.way import (
    Option,
    Ways,
    add_option,
    change_option,
    close_option,
    options_for,
    window_opens,
)
from marketplace.deliveries.services.weighing import Weight, grade, settle, weigh

__all__ = [
    "Carrier",
    "Contact",
    "Delivery",
    "Goods",
    "LotFacts",
    "Option",
    "Ways",
    "Weight",
    "add_option",
    "add_point",
    "agree_to_share",
    "ask_to_share",
    "cancel",
    "change_option",
    "change_point",
    "close_option",
    "close_point",
    "decline_share",
    "dispatch",
    "end_share",
    "grade",
    "options_for",
    "pack",
    "plan",
    "receive",
    "receive_by_silence",
    "replan",
    "settle",
    "usual_lots",
    "weigh",
    "window_opens",
]
