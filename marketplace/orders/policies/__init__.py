"""Who may do what with an order."""

from marketplace.orders.policies.cancellation import can_cancel
from marketplace.orders.policies.change import can_answer_change, can_propose, can_withdraw_change
from marketplace.orders.policies.complaint import (
    can_answer_complaint,
    can_complain,
    can_settle_complaint,
    can_withdraw_complaint,
)
from marketplace.orders.policies.dispute import (
    can_agree,
    can_answer_dispute,
    can_carry_out,
    can_dispute,
    can_mediate,
    can_withdraw_dispute,
)
from marketplace.orders.policies.method import can_choose_method
from marketplace.orders.policies.order import (
    buys,
    can_answer,
    can_confirm_counter,
    can_note_invoice,
    can_see,
    can_withdraw,
    has_orders,
    hears_as_alliance,
    mediates,
    sells,
    talks_as_alliance,
)
from marketplace.orders.policies.purchase_request import can_approve, can_take_back, sees_purchase
from marketplace.orders.policies.seat import sits, sits_as_buyer, sits_as_seller
from marketplace.orders.policies.standing import (
    approves_standing,
    buys_standing,
    can_answer_price,
    can_change_standing,
    can_skip_asked,
    sees_run,
    sells_standing,
)
from marketplace.orders.policies.weighing import can_answer_weighing, sees_weighing

__all__ = [
    "approves_standing",
    "buys",
    "buys_standing",
    "can_agree",
    "can_answer",
    "can_answer_change",
    "can_answer_complaint",
    "can_answer_dispute",
    "can_answer_price",
    "can_answer_weighing",
    "can_approve",
    "can_cancel",
    "can_carry_out",
    "can_change_standing",
    "can_choose_method",
    "can_complain",
    "can_confirm_counter",
    "can_dispute",
    "can_mediate",
    "can_note_invoice",
    "can_propose",
    "can_see",
    "can_settle_complaint",
    "can_skip_asked",
    "can_take_back",
    "can_withdraw",
    "can_withdraw_change",
    "can_withdraw_complaint",
    "can_withdraw_dispute",
    "has_orders",
    "hears_as_alliance",
    "mediates",
    "sees_purchase",
    "sees_run",
    "sees_weighing",
    "sells",
    "sells_standing",
    "sits",
    "sits_as_buyer",
    "sits_as_seller",
    "talks_as_alliance",
]
