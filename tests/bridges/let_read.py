"""A loan for which its cooperative lets its contracts be read, for whoever reads every page."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marketplace.bridges import contract_history_supports_loan as evidence
from marketplace.foundation import clock
from marketplace.foundation.db import transaction
from tests.world import World


def let_read(world: World, lent: dict[str, Any]) -> dict[str, Any]:
    """The same subjects, with the consent for their loan."""
    with transaction():
        evidence.agree(
            loan=lent["loan"],
            purpose="Để xét khoản vay xây kho lạnh",
            until=clock.today() + dt.timedelta(days=30),
            by=world.director,
        )
    return lent
