"""What the clock and the queue do at fairs, one noun per file."""

from marketplace.fairs.tasks.allocation import allocate, go_on_allocating
from marketplace.fairs.tasks.fair import turn_phases, warn_of_terms
from marketplace.fairs.tasks.meeting import compute_meetings, find_waiting_timetables
from marketplace.fairs.tasks.result import ask_what_came_of_it
from marketplace.fairs.tasks.stand import end_offers
from marketplace.fairs.tasks.visitor import forget_visitors, tell_visitors

__all__ = [
    "allocate",
    "ask_what_came_of_it",
    "compute_meetings",
    "end_offers",
    "find_waiting_timetables",
    "forget_visitors",
    "go_on_allocating",
    "tell_visitors",
    "turn_phases",
    "warn_of_terms",
]
