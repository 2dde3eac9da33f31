"""What the registry of a lifetime does when lower rooms speak, one noun per file."""

from marketplace.registry.reactions import life_event, membership

__all__ = ["life_event", "membership"]
