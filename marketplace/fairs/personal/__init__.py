"""What fairs hold about people."""

from marketplace.fairs.personal import (allocation, application, fair, stand, )

__all__ = ["allocation", "application", "fair", "stand"]
