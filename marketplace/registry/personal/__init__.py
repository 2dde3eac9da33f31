"""What the registry of a lifetime holds about people, one noun per file."""

from marketplace.registry.personal import due, life_event, officer

__all__ = ["due", "life_event", "officer"]
