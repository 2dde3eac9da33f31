"""What value chains hold about people."""

from marketplace.linkage.personal import need

__all__ = ["need"]
