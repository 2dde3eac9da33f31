"""Who may do what at fairs."""

from marketplace.fairs.policies.fair import runs_fairs
from marketplace.fairs.policies.gate import has_stands, works_at_gates
from marketplace.fairs.policies.meeting import buys_at_fairs, exhibits, may_meet, meets
from marketplace.fairs.policies.plan import sees_plan
from marketplace.fairs.policies.result import OPEN, declares, exhibits_here, gives_back, verifies
from marketplace.fairs.policies.stand import (
    can_answer_offer,
    can_answer_swap,
    can_exchange,
    can_give_up,
    can_take_back_swap,
    can_take_better,
    has_fair_desk,
    holds_stand,
    waits,
)

__all__ = [
    "OPEN",
    "buys_at_fairs",
    "can_answer_offer",
    "can_answer_swap",
    "can_exchange",
    "can_give_up",
    "can_take_back_swap",
    "can_take_better",
    "declares",
    "exhibits",
    "exhibits_here",
    "gives_back",
    "has_fair_desk",
    "has_stands",
    "holds_stand",
    "may_meet",
    "meets",
    "runs_fairs",
    "sees_plan",
    "verifies",
    "waits",
    "works_at_gates",
]
