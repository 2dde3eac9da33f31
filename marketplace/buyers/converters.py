"""Depots in URLs."""

from __future__ import annotations

from marketplace.buyers import queries
from marketplace.foundation.web.converters import subject

OwnDepot = subject(lambda text, user: queries.own_depot(text, user.organisation_ids))
