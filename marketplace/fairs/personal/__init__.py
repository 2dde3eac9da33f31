"""What fairs hold about people."""

from marketplace.fairs.personal import (application, fair, stand, )

__all__ = ["application", "fair", "stand"]
