"""What fairs hold about people."""

from marketplace.fairs.personal import (allocation, application, fair, fair_pass, stand, )

__all__ = ["allocation", "application", "fair", "fair_pass", "stand"]
