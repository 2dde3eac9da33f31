"""Tables of value chains."""

from marketplace.linkage.models.agreed_price import AgreedPrice
from marketplace.linkage.models.contract import (
    Contract,
    ContractCounter,
    ContractRevision,
    ContractScan,
    ContractSignatory,
    ContractSignature,
    ContractVersion,
    SigningCode,
)
from marketplace.linkage.models.law import LegalFigure

__all__ = [
    "AgreedPrice",
    "Contract",
    "ContractCounter",
    "ContractRevision",
    "ContractScan",
    "ContractSignatory",
    "ContractSignature",
    "ContractVersion",
    "LegalFigure",
    "SigningCode",
]
