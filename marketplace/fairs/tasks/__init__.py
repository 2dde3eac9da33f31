"""What the clock and the queue do at fairs, one noun per file."""

from marketplace.fairs.tasks.allocation import allocate, go_on_allocating

__all__ = ["allocate", "go_on_allocating"]
