"""Who may do what in value chains."""

from marketplace.linkage.policies.need import (
    asks_for_goods,
    keeps_need,
    keeps_requests,
    keeps_watch,
    may_answer,
    may_ask_about,
    may_award,
    may_cancel_need,
    may_change_need,
    may_choose_none,
    may_close_need,
    may_copy_need,
    may_open_need,
    may_withdraw_need,
    sees_requests,
)

__all__ = [
    "asks_for_goods",
    "keeps_need",
    "keeps_requests",
    "keeps_watch",
    "may_answer",
    "may_ask_about",
    "may_award",
    "may_cancel_need",
    "may_change_need",
    "may_choose_none",
    "may_close_need",
    "may_copy_need",
    "may_open_need",
    "may_withdraw_need",
    "sees_requests",
]
