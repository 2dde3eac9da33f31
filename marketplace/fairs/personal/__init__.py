"""What fairs hold about people."""

from marketplace.fairs.personal import (fair, stand, )

__all__ = ["fair", "stand"]
