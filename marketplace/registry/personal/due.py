"""Who asked, forgave, entered and merged; honours name people, and a name may have to go."""

from __future__ import annotations

from sqlalchemy import ColumnElement, select

from marketplace.accounts.holdings import Identity, by, did, holds
from marketplace.registry.models import (
    Due,
    DueBatch,
    DueNorm,
    DuplicateMerge,
    DuplicateUndoing,
    KeptApart,
    Officer,
    Partner,
    PartnerHelp,
    Recognition,
)


def _honours_of_theirs(who: Identity) -> ColumnElement[bool]:
    return Recognition.officer_id.in_(select(Officer.id).where(by(Officer.person_id)(who)))


did(Due, "forgiven_by_id")
did(DueBatch, "asked_by_id")
did(DueNorm, "added_by_id")
did(DuplicateMerge, "by_id")
did(DuplicateUndoing, "by_id")
did(KeptApart, "by_id")
did(Partner, "by_id")
did(PartnerHelp, "by_id")
did(Recognition, "by_id")
holds(Recognition, _honours_of_theirs, name=("person_name",))
