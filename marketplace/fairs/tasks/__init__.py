"""What the clock and the queue do for fairs, one noun per file."""

from marketplace.fairs.tasks.meeting import compute_meetings, find_waiting_timetables

__all__ = ["compute_meetings", "find_waiting_timetables"]
