"""What the registry of a lifetime does when lower rooms speak, one noun per file."""

from marketplace.registry.reactions import due, life_event, membership

__all__ = ["due", "life_event", "membership"]
