"""What value chains hold about people. A contract that was offered or signed stays as it is: it is evidence between two
organisations and kept as the law on accounting asks; who began, signed and answered is told by their number."""

from __future__ import annotations

from marketplace.accounts.holdings import by, did, holds, keeps
from marketplace.linkage.models import (
    AgreedPrice,
    Contract,
    ContractRevision,
    ContractScan,
    ContractSignatory,
    ContractSignature,
    ContractVersion,
    LegalFigure,
    SigningCode,
)

did(Contract, "created_by_id", "ended_by_id")
did(ContractVersion, "opened_by_id")
did(ContractScan, "by_id", "answered_by_id")
did(AgreedPrice, "computed_by_id")
did(LegalFigure, "added_by_id")
holds(ContractSignatory, by(ContractSignatory.person_id), words=("paper",))
holds(SigningCode, by(SigningCode.person_id), drop=True)
keeps(ContractRevision, "texts of contracts that were offered or signed: evidence between two organisations")
keeps(ContractSignature, "signatures under contracts: evidence between two organisations")
