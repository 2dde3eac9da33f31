"""The driver's signed link: it opens one round, and ticks its stops, until the day after. A new driver gets another."""

from __future__ import annotations

import datetime as dt

from itsdangerous import BadData, URLSafeSerializer

from marketplace import config
from marketplace.deliveries import queries
from marketplace.deliveries.models import Round
from marketplace.foundation import clock

LASTS = dt.timedelta(days=1)


def path_for(round: Round) -> str:
    return f"/r/{_serializer().dumps([round.ref, round.link_no])}"


def round_behind(key: str) -> Round | None:
    """The round of a link that still works, or None."""
    try:
        ref, number = _serializer().loads(key)
    except (BadData, ValueError, TypeError):
        return None
    found = queries.round_by_ref(str(ref))
    if found is None or found.link_no != number or clock.today() > found.day + LASTS:
        return None
    return found


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(config.current().secret_key, salt="deliveries.round")
