"""A copy in the URL is its owner's, a request an officer's."""

from __future__ import annotations

from marketplace.foundation.web.converters import subject
from marketplace.privacy import queries

OwnCopy = subject(lambda text, user: queries.own_copy(text, user.id))
RequestForOffice = subject(queries.request_for_office)
