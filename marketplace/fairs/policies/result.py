"""Who declares results, and who verifies them."""

from __future__ import annotations

from typing import Any

from marketplace.fairs.models import FairResult, Stand
from marketplace.fairs.policies.fair import runs_fairs
from marketplace.fairs.states import ResultState, StandState
from marketplace.foundation.policy import policy

OPEN = (ResultState.DRAFT, ResultState.RETURNED)


@policy
def exhibits_here(user: Any, stand: Stand, *_subjects: Any) -> bool:
    """Acts for the cooperative that holds this stand."""
    organisation_id = stand.application.cooperative.organisation_id
    return stand.state is StandState.CONFIRMED and organisation_id in user.organisation_ids


@policy
def declares(user: Any, result: FairResult) -> bool:
    """The exhibitor, until it is handed in and after it was given back."""
    return result.state in OPEN and exhibits_here(user, result.stand)


@policy
def verifies(user: Any, result: FairResult) -> bool:
    """An officer, once it was handed in."""
    return runs_fairs(user) and result.state is ResultState.SUBMITTED


@policy
def gives_back(user: Any, result: FairResult) -> bool:
    """An officer, until it stands in a filed report."""
    return runs_fairs(user) and result.state in (ResultState.SUBMITTED, ResultState.VERIFIED)
