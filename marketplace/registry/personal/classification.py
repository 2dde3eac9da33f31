"""What grades hold about people: who scored, checked and decided."""

from __future__ import annotations

from sqlalchemy import ColumnElement, select

from marketplace.accounts.holdings import Identity, did, holds, of
from marketplace.cooperatives.models import Cooperative
from marketplace.registry.models import (
    Classification,
    ClassificationDecision,
    ClassificationScheme,
    SizeRules,
)


def _ours(who: Identity) -> ColumnElement[bool]:
    theirs = select(Cooperative.id).where(of(Cooperative.organisation_id, "company")(who))
    return Classification.cooperative_id.in_(theirs)


holds(Classification, _ours, words=("words",), mention=True)
did(Classification, "scored_by_id", "checked_by_id")
did(ClassificationDecision, "by_id", "taken_back_by_id")
did(ClassificationScheme, "added_by_id", "taken_back_by_id")
did(SizeRules, "added_by_id", "taken_back_by_id")
