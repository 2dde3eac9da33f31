"""What the registry of a lifetime holds about people, one noun per file."""

from marketplace.registry.personal import life_event, officer

__all__ = ["life_event", "officer"]
