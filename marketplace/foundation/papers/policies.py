"""Who may open a wanted paper."""

from __future__ import annotations

from typing import Any

from marketplace.foundation.papers import kinds
from marketplace.foundation.papers.models import Paper
from marketplace.foundation.policy import policy


@policy
def opens(user: Any, paper: Paper) -> bool:
    """Whoever wanted it; what a guest wanted, whom the door of what it tells of lets in now."""
    if paper.wanted_by_id is None:
        return kinds.lets_in(user, paper.kind, dict(paper.told))
    return bool(user.is_authenticated) and user.id == paper.wanted_by_id
