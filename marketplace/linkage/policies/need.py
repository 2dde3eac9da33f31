"""Who may do what with requests."""

from __future__ import annotations

from typing import Any

from marketplace.accounts.policies import at_desk
from marketplace.accounts.states import Desk
from marketplace.buyers import policies as buyers
from marketplace.cooperatives import policies as cooperatives
from marketplace.foundation.policy import policy
from marketplace.linkage.models import Need, NeedWatch
from marketplace.linkage.states import NeedState, need_lifecycle
from marketplace.selection.states import Entered


@policy
def asks_for_goods(user: Any, *_subjects: Any) -> bool:
    """Acts for a buying organisation."""
    return bool(buyers.buys_for_company(user))


@policy
def sees_requests(user: Any, *_subjects: Any) -> bool:
    """Has a cooperative's desk."""
    return bool(cooperatives.has_desk(user))


keeps_requests = at_desk(Desk.TRADE)


@policy
def keeps_need(user: Any, need: Need, *_parts: Any) -> bool:
    """Its buyer; and the alliance, where it wrote the request down for them."""
    if need.organisation_id in user.organisation_ids:
        return True
    return keeps_requests(user) and need.entered is not Entered.ONLINE


@policy
def reads_need(user: Any, need: Need, *_parts: Any) -> bool:
    """The same, and whoever in the office only looks."""
    return keeps_need(user, need) or (bool(user.is_officer) and need.entered is not Entered.ONLINE)


@policy
def may_change_need(user: Any, need: Need, *_parts: Any) -> bool:
    """A draft is written; what takes quotes is amended."""
    return keeps_need(user, need) and (need.state is NeedState.DRAFT or need.takes_quotes)


@policy
def may_open_need(user: Any, need: Need) -> bool:
    return keeps_need(user, need) and need_lifecycle.allows(need, "open")


@policy
def may_close_need(user: Any, need: Need) -> bool:
    return keeps_need(user, need) and need_lifecycle.allows(need, "close")


@policy
def may_withdraw_need(user: Any, need: Need) -> bool:
    return keeps_need(user, need) and need_lifecycle.allows(need, "withdraw")


@policy
def may_cancel_need(user: Any, need: Need) -> bool:
    return keeps_need(user, need) and need_lifecycle.allows(need, "cancel")


@policy
def may_award(user: Any, need: Need, *_parts: Any) -> bool:
    """Decide after the deadline: to whom, or to nobody."""
    return keeps_need(user, need) and need.state in (NeedState.CLOSED, NeedState.AWARDED) and need.left > 0


@policy
def may_choose_none(user: Any, need: Need) -> bool:
    return keeps_need(user, need) and need_lifecycle.allows(need, "choose_none")


@policy
def may_copy_need(user: Any, need: Need) -> bool:
    """Whoever keeps it: what the alliance wrote down once, it writes down again."""
    return keeps_need(user, need)


@policy
def may_ask_about(user: Any, need: Need) -> bool:
    """Acts for a cooperative, while questions are taken; whether it sees the request its address says."""
    return bool(cooperatives.has_desk(user)) and need.takes_questions


@policy
def may_answer(user: Any, need: Need, *_parts: Any) -> bool:
    return keeps_need(user, need) and need.state is NeedState.OPEN


@policy
def keeps_watch(user: Any, watch: NeedWatch) -> bool:
    return bool(watch.person_id == user.id)
