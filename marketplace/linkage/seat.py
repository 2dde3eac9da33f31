"""A contract as one of its sides sees it: the same pages, in the frame of that side."""

from __future__ import annotations

from dataclasses import dataclass

from marketplace.linkage.states.contract import ContractSide

FRAMES = {
    ContractSide.SELLER: "layout/desk.html",
    ContractSide.BUYER: "layout/account.html",
    ContractSide.OFFICE: "layout/office.html",
}
HOMES = {
    ContractSide.SELLER: "desk_contracts",
    ContractSide.BUYER: "buyer_contracts",
    ContractSide.OFFICE: "office_contracts",
}


@dataclass(frozen=True)
class ContractSeat:
    """`side` decides the frame and where the way back leads."""

    side: ContractSide

    @property
    def frame(self) -> str:
        return FRAMES[self.side]

    @property
    def wrap(self) -> str:
        """The account's frame leaves the width to its pages."""
        return "wrap" if self.side is ContractSide.BUYER else ""

    @property
    def list(self) -> str:
        return f"{HOMES[self.side]}.list"

    @property
    def new(self) -> str:
        return f"{HOMES[self.side]}.new"
