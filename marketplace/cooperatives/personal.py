"""What the registry holds about people: who asked, checked and decided."""

from __future__ import annotations

from marketplace.accounts.holdings import did, keeps
from marketplace.cooperatives.models import (
    BankAccount,
    Certificate,
    Cooperative,
    MembershipMove,
    RegistryImport,
    RegistryRow,
)

did(BankAccount, "asked_by_id", "verified_by_id")
did(Certificate, "verified_by_id")
did(MembershipMove, "by_id")
did(RegistryImport, "by_id")
keeps(Cooperative, "the public registry of cooperatives: its legal representative is named by law")
keeps(RegistryRow, "rows of the registry of cooperatives, as they were read")
