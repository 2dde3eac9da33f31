"""Every read of fairs, one noun per file."""

from marketplace.fairs.queries import fair_pass, gate
from marketplace.fairs.queries.fair import any_fair, shown_fair

__all__ = ["any_fair", "fair_pass", "gate", "shown_fair"]
