"""What fairs write to people."""

from marketplace.fairs.notices import (stand, )
from marketplace.fairs.notices.fair import (cancelled, moved, term, )

__all__ = ["cancelled", "moved", "stand", "term"]
