"""What the clock does for fairs."""

from marketplace.fairs.tasks.visitor import forget_visitors

__all__ = ["forget_visitors"]
