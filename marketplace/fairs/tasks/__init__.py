"""What the clock and the queue do at fairs, one noun per file."""

from marketplace.fairs.tasks.stand import end_offers

__all__ = ["end_offers"]
