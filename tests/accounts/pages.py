"""What the pages of the trail need, for whoever reads every page."""

from __future__ import annotations

from typing import Any

from marketplace.accounts import services
from marketplace.foundation.audit import Sought
from marketplace.foundation.db import transaction
from tests.world import World


def exported(world: World) -> dict[str, Any]:
    """A file of the trail that is asked for."""
    with transaction():
        wanted = services.want_trail_export(sought=Sought(), locale="vi", by=world.officer)
    return {"export": wanted}
