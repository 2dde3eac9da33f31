"""What fairs write to people."""

from marketplace.fairs.notices import (decision, stand, )
from marketplace.fairs.notices.fair import (cancelled, moved, term, )
from marketplace.fairs.notices.fair_pass import (visit_pass, )

__all__ = ["cancelled", "decision", "moved", "stand", "term", "visit_pass"]
