"""Who may do what with stands, exchanges and waiting lists."""

from __future__ import annotations

from typing import Any

from marketplace.cooperatives import policies as cooperatives
from marketplace.fairs.models import Stand, StandSwap, WaitingEntry
from marketplace.fairs.policies.fair import runs_fairs
from marketplace.fairs.states import EntryState, ListKind, StandState, SwapState
from marketplace.foundation import clock
from marketplace.foundation.policy import policy
from marketplace.selection.models import Application


def _acts_for(user: Any, application: Application) -> bool:
    return application.cooperative.organisation_id in user.organisation_ids


@policy
def has_fair_desk(user: Any, *_subjects: Any) -> bool:
    """Acts for a cooperative; whose stand it is, the page finds."""
    return cooperatives.has_desk(user)


@policy
def holds_stand(user: Any, stand: Stand) -> bool:
    """Acts for the exhibitor."""
    return _acts_for(user, stand.application)


@policy
def can_answer_offer(user: Any, stand: Stand) -> bool:
    """The exhibitor, while the offer stands."""
    return holds_stand(user, stand) and stand.state is StandState.OFFERED and stand.until > clock.now()


@policy
def can_give_up(user: Any, stand: Stand) -> bool:
    """The exhibitor, or an officer, until the fair is over."""
    return (
        (runs_fairs(user) or holds_stand(user, stand))
        and stand.state is StandState.CONFIRMED
        and stand.fair.last_day >= clock.today()
    )


@policy
def can_exchange(user: Any, stand: Stand) -> bool:
    """The exhibitor, once it is confirmed and until the fair begins."""
    return (
        holds_stand(user, stand)
        and stand.state is StandState.CONFIRMED
        and stand.fair.first_day > clock.today()
    )


@policy
def can_answer_swap(user: Any, swap: StandSwap) -> bool:
    """The side that was asked."""
    return holds_stand(user, swap.yours) and swap.state is SwapState.ASKED


@policy
def can_take_back_swap(user: Any, swap: StandSwap) -> bool:
    """The side that asked."""
    return holds_stand(user, swap.mine) and swap.state is SwapState.ASKED


@policy
def waits(user: Any, entry: WaitingEntry) -> bool:
    """Acts for whoever waits."""
    return _acts_for(user, entry.application)


@policy
def can_take_better(user: Any, entry: WaitingEntry) -> bool:
    """Whoever waits for a better booth, while one is held for them."""
    return (
        waits(user, entry)
        and entry.kind is ListKind.RELOCATION
        and entry.state is EntryState.OFFERED
        and entry.until is not None
        and entry.until > clock.now()
    )
