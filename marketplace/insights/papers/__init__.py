"""What insights print."""

from marketplace.insights.papers import target

__all__ = ["target"]
