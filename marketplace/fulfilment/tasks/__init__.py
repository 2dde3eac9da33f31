"""What the clock does for the keeping of contracts."""

from marketplace.fulfilment.tasks.dispute import end_silent_disputes

__all__ = ["end_silent_disputes"]
