"""Who may do what in the registry of a lifetime, one noun per file."""

from marketplace.registry.policies.due import can_forgive
from marketplace.registry.policies.life_event import has_desk, is_officer

__all__ = ["can_forgive", "has_desk", "is_officer"]
