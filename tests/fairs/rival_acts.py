"""What rivals do at a fair, by the numbers they are told."""

from __future__ import annotations

from marketplace.fairs import services
from marketplace.fairs.models import Booth, Stand
from marketplace.foundation.db import db


def confirm(stand: int, booth: int) -> str:
    """With another booth than the one that was offered."""
    instead = [db.session.get_one(Booth, booth)]
    services.confirm(stand=db.session.get_one(Stand, stand), instead=instead)
    return "held"
