"""Papers in URLs."""

from __future__ import annotations

from marketplace.documents import queries
from marketplace.foundation.web.converters import subject

DocumentByRef = subject(lambda text, user: queries.document_by_ref(text))
