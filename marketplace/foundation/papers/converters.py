"""A paper in the URL: only whoever wanted it finds it."""

from __future__ import annotations

from marketplace.foundation.papers import queries
from marketplace.foundation.web.converters import subject

OwnPaper = subject(lambda text, user: queries.own_paper(text, user.id))
