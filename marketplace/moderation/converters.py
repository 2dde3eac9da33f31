"""Take-downs in URLs: for the office, and for whose they are."""

from __future__ import annotations

from marketplace.foundation.web.converters import subject
from marketplace.moderation import queries

OfficeTakedown = subject(queries.takedown_for_office)
OwnTakedown = subject(queries.own_takedown)
