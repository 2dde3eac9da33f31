"""What happens to a cooperative before the law, and how it stands after it: apart from its membership."""

from __future__ import annotations

from enum import StrEnum

from marketplace.foundation.words import _l


class LifeKind(StrEnum):
    """Registered: a group that was there before. Registered anew is never a founding. Split: the old one goes on beside
    the new one; divided: it ends."""

    FOUNDED = "founded"
    REGISTERED = "registered"
    REREGISTERED = "reregistered"
    SPLIT = "split"
    SUSPENDED = "suspended"
    STOPPED = "stopped"
    RESUMED = "resumed"
    MERGED = "merged_into"
    CONSOLIDATED = "consolidated"
    DIVIDED = "divided"
    CONVERTED = "converted_to_enterprise"
    DISSOLVED = "dissolved"
    BANKRUPT = "bankrupt"
    REVIVED = "revived"


class Standing(StrEnum):
    """How a cooperative stands before the law on a day."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    STOPPED = "stopped"
    MERGED = "merged"
    CONSOLIDATED = "consolidated"
    DIVIDED = "divided"
    CONVERTED = "converted"
    DISSOLVED = "dissolved"
    BANKRUPT = "bankrupt"


K, S = LifeKind, Standing
ALIVE = frozenset({S.ACTIVE, S.SUSPENDED, S.STOPPED})
"""It is there: whoever is suspended, or stopped without being dissolved, has not ended."""
STEPS: dict[LifeKind, tuple[frozenset[Standing], Standing | None]] = {
    K.REGISTERED: (ALIVE, None),
    K.REREGISTERED: (ALIVE, None),
    K.SPLIT: (ALIVE, None),
    K.SUSPENDED: (frozenset({S.ACTIVE}), S.SUSPENDED),
    K.STOPPED: (frozenset({S.ACTIVE, S.SUSPENDED}), S.STOPPED),
    K.RESUMED: (frozenset({S.SUSPENDED, S.STOPPED}), S.ACTIVE),
    K.MERGED: (ALIVE, S.MERGED),
    K.CONSOLIDATED: (ALIVE, S.CONSOLIDATED),
    K.DIVIDED: (ALIVE, S.DIVIDED),
    K.CONVERTED: (ALIVE, S.CONVERTED),
    K.DISSOLVED: (ALIVE, S.DISSOLVED),
    K.BANKRUPT: (ALIVE, S.BANKRUPT),
    K.REVIVED: (frozenset({S.SUSPENDED, S.STOPPED, S.DISSOLVED, S.BANKRUPT}), S.ACTIVE),
}
"""Of each happening: how it must stand before, and how it stands after, None for as before."""
LIFE_ORDER = {kind: place for place, kind in enumerate(LifeKind)}
"""In which order things of one day count: as they are declared."""
ENDS = frozenset({K.MERGED, K.CONSOLIDATED, K.DIVIDED, K.CONVERTED, K.DISSOLVED, K.BANKRUPT})
HAS_SUCCESSORS = frozenset({K.MERGED, K.CONSOLIDATED, K.DIVIDED, K.SPLIT, K.CONVERTED})
ONE_SUCCESSOR = frozenset({K.MERGED, K.CONSOLIDATED, K.CONVERTED})

LIFE_LABELS = {
    K.FOUNDED: _l("Founded"),
    K.REGISTERED: _l("Registered with the authority"),
    K.REREGISTERED: _l("Registered anew"),
    K.SPLIT: _l("A part split off"),
    K.SUSPENDED: _l("Suspended its work"),
    K.STOPPED: _l("Stopped, not dissolved"),
    K.RESUMED: _l("Went back to work"),
    K.MERGED: _l("Merged into another"),
    K.CONSOLIDATED: _l("Became a new one together with others"),
    K.DIVIDED: _l("Divided into several"),
    K.CONVERTED: _l("Became an enterprise"),
    K.DISSOLVED: _l("Dissolved by decision"),
    K.BANKRUPT: _l("Declared bankrupt"),
    K.REVIVED: _l("Revived"),
}
STANDING_LABELS = {
    S.ACTIVE: _l("In operation"),
    S.SUSPENDED: _l("Work suspended"),
    S.STOPPED: _l("Stopped, not dissolved"),
    S.MERGED: _l("Merged into another"),
    S.CONSOLIDATED: _l("Consolidated with others"),
    S.DIVIDED: _l("Divided"),
    S.CONVERTED: _l("Became an enterprise"),
    S.DISSOLVED: _l("Dissolved, off the register"),
    S.BANKRUPT: _l("Bankrupt"),
}
STANDING_TONES = {S.ACTIVE: "ok", S.SUSPENDED: "wait", S.STOPPED: "wait"}
