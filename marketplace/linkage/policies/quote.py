"""Who may do what with quotes."""

from __future__ import annotations

from typing import Any

from marketplace.cooperatives import policies as cooperatives
from marketplace.foundation.policy import policy
from marketplace.linkage.models import Need, Quote
from marketplace.linkage.policies.need import keeps_need, keeps_requests, reads_need
from marketplace.linkage.states import STANDING, NeedState, quote_lifecycle


@policy
def may_quote(user: Any, need: Need, *_parts: Any) -> bool:
    """Acts for a cooperative, while quotes are taken; whether it sees the request its address says."""
    return bool(cooperatives.has_desk(user)) and need.takes_quotes


@policy
def enters_quotes(user: Any, need: Need, *_parts: Any) -> bool:
    """An officer writes down what a cooperative says on the telephone, while quotes are taken; saying yes to a buyer
    stays with the cooperative."""
    return keeps_requests(user) and need.takes_quotes


@policy
def sells_quote(user: Any, quote: Quote, *_parts: Any) -> bool:
    """Acts for the cooperative that quoted."""
    return quote.cooperative.organisation_id in user.organisation_ids


@policy
def may_revise_quote(user: Any, quote: Quote) -> bool:
    """While quotes are taken, or in answer to what the buyer asked for."""
    answers = quote.waits_for_seller and quote.need.state in (NeedState.OPEN, NeedState.CLOSED)
    return sells_quote(user, quote) and quote.state in STANDING and (quote.need.takes_quotes or answers)


@policy
def may_answer_counter(user: Any, quote: Quote) -> bool:
    return may_revise_quote(user, quote) and quote.waits_for_seller


@policy
def may_withdraw_quote(user: Any, quote: Quote) -> bool:
    return sells_quote(user, quote) and quote_lifecycle.allows(quote, "withdraw")


@policy
def sees_quotes(user: Any, need: Need, *_parts: Any) -> bool:
    """Its buyer and whoever wrote it down for them, once they are not sealed; officers look with them."""
    return reads_need(user, need) and need.opened_at is not None and not need.sealed_now


@policy
def reads_quote(user: Any, quote: Quote) -> bool:
    return sees_quotes(user, quote.need)


@policy
def judges_quote(user: Any, quote: Quote) -> bool:
    """Puts it on the short list, asks for other numbers."""
    return (
        keeps_need(user, quote.need)
        and sees_quotes(user, quote.need)
        and quote.state in STANDING
        and quote.need.state in (NeedState.OPEN, NeedState.CLOSED)
    )


@policy
def may_counter(user: Any, quote: Quote) -> bool:
    return judges_quote(user, quote) and not quote.waits_for_seller
