"""What is printed for the days: badges and passes with their codes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from marketplace.fairs import codes
from marketplace.fairs.models import FairPass
from marketplace.fairs.presence import PassKind
from marketplace.fairs.queries import fair_pass as queries
from marketplace.foundation.drawing import qr
from marketplace.foundation.papers import Sheet, paper
from marketplace.foundation.web.pages import text_of
from marketplace.foundation.words import _

BADGES = "fairs/pass/badges.html"


@paper("fairs.passes")
def badges(fair: int, stand: str = "", kinds: str = "") -> Sheet | None:
    """A sheet of badges: of one stand, or of these kinds, as they are good when it is pressed."""
    wanted = [PassKind(kind) for kind in kinds.split(",") if kind]
    found = queries.to_print(fair, stand_ref=stand or None, kinds=wanted)
    return Sheet(text_of(BADGES, pressed=True, badges=drawn(found))) if found else None


def drawn(passes: Sequence[FairPass]) -> list[tuple[FairPass, str, Any]]:
    """Each pass with its code in words and as a drawing."""
    return [(each, codes.spoken(code), code_drawn(each)) for each in passes for code in [codes.code_of(each)]]


def code_drawn(fair_pass: FairPass) -> Any:
    return qr.svg(codes.code_of(fair_pass), _("Code of pass %(serial)s", serial=fair_pass.serial))
