"""Who may do what in the registry of a lifetime, one noun per file."""

from marketplace.registry.policies.life_event import has_desk, is_officer

__all__ = ["has_desk", "is_officer"]
