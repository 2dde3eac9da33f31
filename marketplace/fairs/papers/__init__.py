"""Papers of fairs, one noun per file."""

from marketplace.fairs.papers import (plan, )
from marketplace.fairs.papers.fair_pass import (BADGES, badges, code_drawn, drawn, )

__all__ = ["BADGES", "badges", "code_drawn", "drawn", "plan"]
