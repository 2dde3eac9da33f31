"""What fairs write to people."""

from marketplace.fairs.notices import (decision, stand, )
from marketplace.fairs.notices.fair import (cancelled, moved, term, )

__all__ = ["cancelled", "decision", "moved", "stand", "term"]
