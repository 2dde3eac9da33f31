"""Who may do what with fields, diaries and lots."""

from __future__ import annotations

from typing import Any

from marketplace.accounts.policies import at_desk
from marketplace.accounts.states import Desk
from marketplace.cooperatives import policies as cooperatives
from marketplace.foundation.policy import policy
from marketplace.growing.models import DiaryEntry, Lot, LotTest, Plot, Sowing


@policy
def grows(user: Any, *_subjects: Any) -> bool:
    """Acts for a cooperative."""
    return bool(cooperatives.has_desk(user))


keeps_rules = at_desk(Desk.REGISTRY)


@policy
def tends(user: Any, plot: Plot, *_within: Any) -> bool:
    """Acts for the cooperative whose field it is."""
    return bool(cooperatives.acts_for(user, plot.cooperative))


@policy
def tends_sowing(user: Any, sowing: Sowing) -> bool:
    return tends(user, sowing.plot)


@policy
def writes(user: Any, entry: DiaryEntry) -> bool:
    return tends(user, entry.plot)


@policy
def keeps_lot(user: Any, lot: Lot) -> bool:
    """Acts for the cooperative that harvested it."""
    return bool(cooperatives.acts_for(user, lot.product.cooperative))


@policy
def sees_test(user: Any, test: LotTest) -> bool:
    """Its cooperative, and officers."""
    return bool(user.is_officer) or keeps_lot(user, test.lot)


@policy
def keeps_test(user: Any, test: LotTest) -> bool:
    return keeps_lot(user, test.lot)
