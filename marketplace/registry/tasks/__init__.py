"""What the clock and the queue do in the registry, one noun per file."""

from marketplace.registry.tasks import due

__all__ = ["due"]
