"""What we write about the life of members, one noun per file."""

from marketplace.registry.notices import due

__all__ = ["due"]
