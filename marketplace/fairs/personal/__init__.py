"""What fairs hold about people."""

from marketplace.fairs.personal import application

__all__ = ["application"]
