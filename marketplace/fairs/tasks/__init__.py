"""What the clock does to fairs, one noun per file."""

from marketplace.fairs.tasks.result import ask_what_came_of_it

__all__ = ["ask_what_came_of_it"]
