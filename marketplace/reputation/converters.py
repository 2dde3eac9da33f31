"""Words in the URL are an officer's to look at."""

from __future__ import annotations

from marketplace.foundation.web.converters import subject
from marketplace.reputation import queries

WordsForOffice = subject(queries.words_for_office)
