"""What the clock and the queue do at fairs, one noun per file."""

from marketplace.fairs.tasks.allocation import (allocate, go_on_allocating, )
from marketplace.fairs.tasks.fair import (turn_phases, warn_of_terms, )
from marketplace.fairs.tasks.stand import (end_offers, )

__all__ = ["allocate", "end_offers", "go_on_allocating", "turn_phases", "warn_of_terms"]
