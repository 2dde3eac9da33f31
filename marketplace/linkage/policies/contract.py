"""Who may do what with contracts."""

from __future__ import annotations

from typing import Any

from marketplace.accounts.policies import at_desk
from marketplace.accounts.states import Desk, OrganisationKind
from marketplace.foundation.policy import policy
from marketplace.linkage import queries
from marketplace.linkage.models import NeedAward
from marketplace.linkage.models.agreed_price import AgreedPrice
from marketplace.linkage.models.contract import Contract, ContractScan, ContractVersion
from marketplace.linkage.queries.contract import side_of
from marketplace.linkage.states import AwardKind
from marketplace.linkage.states.contract import (
    LIVE,
    PARTIES,
    TO_SIGN,
    UNSIGNED,
    ContractSide,
    ScanState,
    VersionState,
    contract_lifecycle,
    version_lifecycle,
)


@policy
def sells_by_contract(user: Any, *_subjects: Any) -> bool:
    """Acts for a cooperative."""
    return any(m.organisation.kind is OrganisationKind.COOPERATIVE for m in user.memberships)


@policy
def buys_by_contract(user: Any, *_subjects: Any) -> bool:
    """Acts for a buying organisation."""
    return any(m.organisation.kind is OrganisationKind.BUYER for m in user.memberships)


keeps_contracts = at_desk(Desk.TRADE)


def acts_on(user: Any, contract: Contract) -> ContractSide | None:
    """On which side this person may do something; who only reads in the office does nothing."""
    side = side_of(user, contract)
    return side if side is not ContractSide.OFFICE or keeps_contracts(user) else None


@policy
def copies_contract(user: Any, contract: Contract) -> bool:
    """Its parties, and the office for them."""
    return acts_on(user, contract) is not None


@policy
def reads_contract(user: Any, contract: Contract) -> bool:
    """Its parties and officers; the address itself finds it for nobody else."""
    return side_of(user, contract) is not None


@policy
def reads_ladder(user: Any, contract: Contract, *_rung: Any) -> bool:
    """Both sides and officers, once it was in force."""
    begun = contract.state not in UNSIGNED
    return begun and side_of(user, contract) is not None


@policy
def makes_contract(user: Any, award: NeedAward) -> bool:
    """Of a part that was awarded: its buyer, its cooperative, the office."""
    parties = {award.need.organisation_id, award.cooperative.organisation_id}
    return (
        award.kind is AwardKind.PART
        and award.standing > 0
        and (keeps_contracts(user) or bool(parties & {*user.organisation_ids}))
    )


@policy
def reads_contract_version(user: Any, version: ContractVersion) -> bool:
    return side_of(user, version.contract) is not None


@policy
def reads_scan(user: Any, scan: ContractScan) -> bool:
    return side_of(user, scan.version.contract) is not None


@policy
def writes_version(user: Any, version: ContractVersion, *_section: Any) -> bool:
    """The side that holds the pen, as long as it is not offered."""
    return version.state is VersionState.DRAFTED and acts_on(user, version.contract) is version.pen


@policy
def reopens_version(user: Any, version: ContractVersion) -> bool:
    """Any side, before the first signature: whoever takes it back holds the pen. A scan that waits stands for both."""
    return (
        version_lifecycle.allows(version, "reopen")
        and not _scan_waits(version)
        and acts_on(user, version.contract) is not None
    )


@policy
def drops_version(user: Any, version: ContractVersion) -> bool:
    """A party drops what is not signed by both; the office only what it wrote itself."""
    side = acts_on(user, version.contract)
    if not version_lifecycle.allows(version, "drop") or side is None:
        return False
    return side in PARTIES or version.pen is ContractSide.OFFICE


@policy
def signs_version(user: Any, version: ContractVersion) -> bool:
    """For a party that has not signed: its director, or a member whom the director let sign."""
    side = acts_on(user, version.contract)
    if side not in PARTIES or version.state not in TO_SIGN or _scan_waits(version):
        return False
    return version.signed_by(side) is None and _may_sign(user, version.contract, side)


@policy
def brings_scan(user: Any, version: ContractVersion) -> bool:
    """The signed paper instead of codes: before anybody signed with a code."""
    side = acts_on(user, version.contract)
    return side in PARTIES and version.state is VersionState.OFFERED and not _scan_waits(version)


@policy
def answers_scan(user: Any, scan: ContractScan) -> bool:
    """Whoever may sign for the other side."""
    contract = scan.version.contract
    side = acts_on(user, contract)
    if scan.state is not ScanState.WAITING or side not in PARTIES or side is scan.side:
        return False
    return _may_sign(user, contract, side)


@policy
def witnesses_version(user: Any, version: ContractVersion) -> bool:
    """An officer, once both have signed, where the alliance is wanted as witness; never of their own organisation."""
    return (
        acts_on(user, version.contract) is ContractSide.OFFICE
        and version.state is VersionState.IN_FORCE
        and version.signed_by(ContractSide.OFFICE) is None
        and queries.wants_witness(version)
    )


@policy
def begins_annex(user: Any, contract: Contract) -> bool:
    return (
        contract.state in LIVE
        and acts_on(user, contract) is not None
        and queries.open_version(contract) is None
    )


@policy
def holds_contract(user: Any, contract: Contract) -> bool:
    return contract_lifecycle.allows(contract, "hold") and _directs(user, contract)


@policy
def resumes_contract(user: Any, contract: Contract) -> bool:
    return contract_lifecycle.allows(contract, "resume") and _directs(user, contract)


@policy
def ends_contract(user: Any, contract: Contract) -> bool:
    """Terminate it, with a reason: whoever may sign for a party."""
    return contract_lifecycle.allows(contract, "terminate") and _directs(user, contract)


@policy
def computes_price(user: Any, contract: Contract) -> bool:
    """A party or an officer, once it is in force; after its end too, for what was delivered in its last days."""
    return contract.last_priced_day is not None and acts_on(user, contract) is not None


@policy
def agrees_price(user: Any, price: AgreedPrice) -> bool:
    side = acts_on(user, price.contract)
    mine = {ContractSide.SELLER: price.seller_agreed_at, ContractSide.BUYER: price.buyer_agreed_at}
    return side in PARTIES and mine[side] is None and _may_sign(user, price.contract, side)


@policy
def names_signatories(user: Any, *_subjects: Any) -> bool:
    """A director of a cooperative or of a buying organisation."""
    return any(
        user.is_director_of(m.organisation_id) and m.organisation.kind is not OrganisationKind.ALLIANCE
        for m in user.memberships
    )


def _directs(user: Any, contract: Contract) -> bool:
    side = acts_on(user, contract)
    return side in PARTIES and _may_sign(user, contract, side)


def _may_sign(user: Any, contract: Contract, side: ContractSide) -> bool:
    return signs_for(user, contract.organisation_of(side))


def signs_for(user: Any, organisation_id: int) -> bool:
    """Its director, or a member whom the director let sign."""
    return bool(user.is_director_of(organisation_id)) or queries.is_signatory(user.id, organisation_id)


def _scan_waits(version: ContractVersion) -> bool:
    return any(scan.state is ScanState.WAITING for scan in version.scans)
