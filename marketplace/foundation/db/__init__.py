"""The database: one base, one session, one commit."""

from marketplace.foundation.db.base import Model, db, one_of
from marketplace.foundation.db.counting import NOW, TODAY, count_up, how_many
from marketplace.foundation.db.paging import Page, page_of
from marketplace.foundation.db.session import after_commit, explain, transaction
from marketplace.foundation.db.types import Dong, Hundredths, JSONColumn, OneOf, Thousandths, UtcDateTime

__all__ = [
    "NOW",
    "TODAY",
    "Dong",
    "Hundredths",
    "JSONColumn",
    "Model",
    "OneOf",
    "Page",
    "Thousandths",
    "UtcDateTime",
    "after_commit",
    "count_up",
    "db",
    "explain",
    "how_many",
    "one_of",
    "page_of",
    "transaction",
]
