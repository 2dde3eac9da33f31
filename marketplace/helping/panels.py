"""What helping shows on a cooperative's page at the office."""

from __future__ import annotations

from typing import Any

from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.panels import office_panel
from marketplace.foundation.web import person
from marketplace.helping import queries
from marketplace.helping.ways import ways_for


@office_panel("helping/member_panel.html", order=10)
def helping(cooperative: Cooperative) -> dict[str, Any]:
    """What the office may decide for it, and its last calls."""
    return {
        "delegations": queries.delegations_in_force(cooperative.id),
        "calls": queries.calls_of(cooperative.id),
        "ways": ways_for(person(), cooperative),
    }
