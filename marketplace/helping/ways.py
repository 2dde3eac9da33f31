"""What an officer may write down for a member: higher floors name their pages in a room of this name, and helping shows
them on the member's page and beside a call on the telephone.

    way(Matter.FORECASTS, "office_supply.of_member", icon="cal", door=policies.keeps_weeks)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from marketplace.cooperatives.models import Cooperative
from marketplace.helping import policies, queries
from marketplace.helping.states import MATTER_LABELS, Matter


@dataclass(frozen=True)
class Way:
    """A page, who may open it, and what its address says of the member: `member` as a rule."""

    matter: Matter
    endpoint: str
    icon: str
    door: Callable[[Any], bool]
    told: Callable[[Cooperative], dict[str, Any]]

    @property
    def label(self) -> Any:
        return MATTER_LABELS[self.matter]


WAYS: dict[Matter, Way] = {}


def way(
    matter: Matter,
    endpoint: str,
    *,
    icon: str,
    door: Callable[[Any], bool],
    told: Callable[[Cooperative], dict[str, Any]] = lambda member: {"member": member.slug},
) -> None:
    """Name the page on which an officer writes down what a member says in this matter."""
    WAYS[matter] = Way(matter, endpoint, icon, door, told)


def ways_for(user: Any, cooperative: Cooperative) -> list[tuple[Way, dict[str, Any], bool]]:
    """(page, what its address says, whether this officer may decide without being told), in the order of matters."""
    decides = queries.standing_matters(cooperative.id, user.id)
    found = [WAYS[matter] for matter in Matter if matter in WAYS and WAYS[matter].door(user)]
    return [(each, each.told(cooperative), each.matter in decides) for each in found]


way(Matter.PAPERS, "office_papers.of_member", icon="shield", door=policies.helps)
