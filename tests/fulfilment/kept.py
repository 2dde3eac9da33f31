"""What the addresses of this area name, for the reading of every page."""

from __future__ import annotations

from typing import Any

from tests.buyers.company import Company
from tests.fulfilment.world import accepted, good, kept, loaded, opened, refused, sent, signed
from tests.world import World


def arrivals(world: World, company: Company) -> dict[str, Any]:
    """A slip that waits for the seller, and a load at the depot that nobody has weighed."""
    contract = kept(world, company)
    first = accepted(world, company, contract)
    slip = opened(sent(loaded(world, first), world.director), company.huy)
    signed(slip, company.huy, [good(1900), refused(100, "rotten", words="Thối cuống")])
    second = accepted(world, company, contract, slot=1)
    waiting = sent(loaded(world, second, 1200), world.director)
    return {
        "acceptance": slip.ref,
        "load": waiting.ref,
        "call_off": second.ref,
        "contract": contract.ref,
    }
