"""Links and products of dossiers in URLs."""

from __future__ import annotations

from marketplace.dossiers import queries
from marketplace.foundation.web.converters import subject

LinkByRef = subject(lambda text, user: queries.link_by_ref(text))
OwnLink = subject(lambda text, user: queries.own_link(text, user.organisation_ids))
OfferedProduct = subject(lambda text, user: queries.shown_product(text))
