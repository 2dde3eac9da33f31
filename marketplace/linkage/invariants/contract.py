"""What must be true of value chains."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from sqlalchemy import func, select, text

from marketplace.documents.content import digest, thawed
from marketplace.foundation.db import db
from marketplace.foundation.money import Money
from marketplace.linkage import agreement
from marketplace.linkage.models import AgreedPrice, Contract, ContractRevision, ContractVersion
from marketplace.linkage.reckoning.breach import bounds
from marketplace.linkage.reckoning.price import Inputs, priced
from marketplace.linkage.states.contract import UNSIGNED, VersionState


def _rows(sql: str) -> Callable[[], int]:
    query = select(func.count()).select_from(text(f"({sql}) AS broken"))
    return lambda: int(db.session.scalar(query) or 0)


def _changed() -> int:
    """H2: the fingerprint of every text, taken anew."""
    texts = db.session.scalars(select(ContractRevision).execution_options(yield_per=200))
    return sum(digest(each.content) != each.sha256 for each in texts)


def _agreed() -> int:
    """H4: days, kilograms and value of the newest version in force, computed once more from what was signed."""
    newest: dict[int, ContractRevision] = {}
    query = (
        select(ContractRevision, ContractVersion.contract_id)
        .join(ContractVersion, ContractVersion.id == ContractRevision.version_id)
        .where(ContractVersion.state == VersionState.IN_FORCE)
        .order_by(ContractVersion.number, ContractRevision.seq)
    )
    for revision, contract_id in db.session.execute(query):
        newest[contract_id] = revision
    broken = 0
    signed = ~Contract.state.in_(UNSIGNED)
    for contract in db.session.scalars(select(Contract).where(signed)):
        found = newest.get(contract.id)
        broken += found is None or not _says(contract, found)
    return broken


def _says(contract: Contract, revision: ContractRevision) -> bool:
    content = revision.told
    tolerance = content["quantity"]["tolerance"] or Decimal(0)
    if (contract.least, contract.most) != bounds(contract.agreed, tolerance):
        return False
    return (contract.from_day, contract.until_day, contract.agreed, contract.value, contract.number) == (
        content["head"]["from_day"],
        content["head"]["until_day"],
        agreement.quantity(content),
        agreement.value(content),
        content["number"],
    )


def _prices() -> int:
    """H6: every price, computed once more from the rule and the inputs that were kept with it."""
    return sum(not _computed(each) for each in db.session.scalars(select(AgreedPrice)))


def _computed(price: AgreedPrice) -> bool:
    rule = agreement.price_rule({"price": thawed(price.rule)})
    market = price.inputs["market"]
    anew = priced(rule, Inputs(price.grade, None if market is None else Money(market)))
    return anew.price == price.price


CHECKS: dict[str, tuple[str, Callable[[], int]]] = {
    "H1": (
        "a contract, and each annex, is in force exactly when both sides signed it",
        _rows(
            """SELECT v.id FROM contract_versions v
            LEFT JOIN contract_signatures s ON s.version_id = v.id AND s.side IN ('seller', 'buyer')
            GROUP BY v.id, v.state HAVING (v.state = 'in_force') <> (COUNT(s.id) = 2)
            OR (COUNT(s.id) > 0 AND v.state IN ('drafted', 'offered'))
            UNION ALL SELECT c.id FROM contracts c JOIN contract_versions v ON v.contract_id = c.id AND v.number = 0
            WHERE (c.state IN ('agreeing', 'dropped')) <> (v.state <> 'in_force')"""
        ),
    ),
    "H2": ("every text says what it said when it was offered", _changed),
    "H3": (
        "who signed saw the last text that was offered, and nothing was offered after the first signature",
        _rows(
            """SELECT s.id FROM contract_signatures s JOIN contract_revisions r ON r.id = s.revision_id
            WHERE r.sha256 <> s.sha256 OR EXISTS (SELECT 1 FROM contract_revisions n
            WHERE n.version_id = s.version_id AND n.seq > r.seq)"""
        ),
    ),
    "H4": ("days, kilograms, their bounds and value of a contract are those of the text in force", _agreed),
    "H5": (
        "no gap and no repeat in a seller's contract numbers of a year",
        _rows(
            """SELECT c.cooperative_id FROM contracts c LEFT JOIN contract_counters n
            ON n.cooperative_id = c.cooperative_id AND n.year = c.year WHERE c.seq IS NOT NULL
            GROUP BY c.cooperative_id, c.year, n.last
            HAVING COUNT(*) <> MAX(c.seq) OR n.last IS NULL OR n.last <> MAX(c.seq)"""
        ),
    ),
    "H6": ("every price comes out again from the rule and the inputs that were kept with it", _prices),
}
