"""Verbs of value chains."""

from marketplace.linkage.services.need import (
    cancel_need,
    choose_none,
    close_need,
    copy_need,
    draft_need,
    open_need,
    withdraw_need,
)
from marketplace.linkage.services.need_award import Part, Reserve, award
from marketplace.linkage.services.need_form import drop_question, keep_question, write_form
from marketplace.linkage.services.need_question import answer_question, ask_about_need
from marketplace.linkage.services.need_section import (
    invite,
    set_amounts,
    set_deadlines,
    set_delivery,
    set_goods,
    set_more,
    set_papers,
    set_terms,
)

__all__ = [
    "Part",
    "Reserve",
    "answer_question",
    "ask_about_need",
    "award",
    "cancel_need",
    "choose_none",
    "close_need",
    "copy_need",
    "draft_need",
    "drop_question",
    "invite",
    "keep_question",
    "open_need",
    "set_amounts",
    "set_deadlines",
    "set_delivery",
    "set_goods",
    "set_more",
    "set_papers",
    "set_terms",
    "withdraw_need",
    "write_form",
]
