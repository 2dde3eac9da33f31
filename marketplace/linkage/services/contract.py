"""Writing a contract: drafting, filling in its sections, offering, taking back, annexes, dropping.

A text is frozen each time it is offered (a revision, append-only). From the first signature on nothing of it moves:
what is to be otherwise is an annex, with the same way of signing.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from marketplace.accounts.models import Organisation
from marketplace.accounts.states import OrganisationKind
from marketplace.buyers import queries as buyers
from marketplace.catalogue import queries as catalogue
from marketplace.cooperatives import queries as cooperatives
from marketplace.cooperatives.models import BankAccount, Cooperative
from marketplace.documents.content import digest, frozen, thawed
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.reference import random_ref
from marketplace.foundation.words import _l, in_both
from marketplace.linkage import agreement, contract_grades, notices, queries
from marketplace.linkage.events.contract import (
    ContractDrafted,
    ContractDropped,
    ContractOffered,
    ContractReopened,
)
from marketplace.linkage.models.contract import (
    Contract,
    ContractCounter,
    ContractRevision,
    ContractVersion,
)
from marketplace.linkage.queries.contract import side_of
from marketplace.linkage.reckoning.breach import refuse_above_cap
from marketplace.linkage.states.contract import (
    LIVE,
    ContractSide,
    LegalKey,
    VersionState,
    contract_lifecycle,
    version_lifecycle,
)
from marketplace.linkage.terms import BY_KEY, Content, beginning
from marketplace.places import queries as places


def draft_contract(
    *, cooperative: Cooperative, buyer: Organisation, title: str, origin: str = "", by: Any
) -> Contract:
    """Begin a contract with its defaults. Whoever acts for a party writes for it, an officer for both; nobody else
    sees it before it is offered. Raises Refusal for somebody who is neither."""
    if buyer.kind is not OrganisationKind.BUYER:
        raise Refusal(_l("The buyer is a buying organisation."), field="buyer")
    contract = Contract(
        ref=random_ref(),
        cooperative=cooperative,
        cooperative_id=cooperative.id,
        buyer=buyer,
        buyer_id=buyer.id,
        title=title,
        origin=origin,
        begun_by=ContractSide.OFFICE,
        created_by_id=id_of(by),
        created_at=clock.now(),
    )
    if by is not None:
        side = side_of(by, contract)
        if side is None:
            raise Refusal(_l("You act for neither the seller nor the buyer."))
        contract.begun_by = side
    contract.versions.append(_version(contract, 0, contract.begun_by, _first_text(contract), "", by))
    db.session.add(contract)
    db.session.flush()
    announce(ContractDrafted(contract_id=contract.id, actor_id=id_of(by)))
    return contract


def copy_contract(*, contract: Contract, title: str, by: Any) -> Contract:
    """Next season's contract between the same two: everything but its days and its schedule. Of a pool's contract only
    the seller's own goods: its members promised theirs for this one."""
    before = queries.content_in_force(contract) or queries.content_shown(contract.versions[0], by)
    made = draft_contract(
        cooperative=contract.cooperative, buyer=contract.buyer, title=title, origin=contract.holder, by=by
    )
    content = {**before, "parties": {**before["parties"]}}
    content["head"] = {**before["head"], "from_day": None, "until_day": None, "season": ""}
    content["quantity"] = {**before["quantity"], "spans": []}
    if contract.of_pool:
        own = {product.id for product in catalogue.all_of_cooperative(contract.cooperative_id)}
        lines = [line for line in before["goods"]["lines"] if line["product_id"] in own]
        content["goods"] = {**before["goods"], "lines": lines}
    made.versions[0].draft = frozen(content)
    return made


def fill_in(*, version: ContractVersion, section: str, told: Mapping[str, Any], by: Any) -> None:
    """Write one section: all of its terms, and the rows of its table. Raises Refusal for a penalty above the cap, or
    when somebody else holds the pen."""
    lock(version)
    _holds_pen(version, by)
    if section == "breach":
        refuse_above_cap(told.get("penalty") or Decimal(0), penalty_cap())
    content = thawed(version.draft)
    known = BY_KEY[section]
    names = [*[term.key for term in known.terms], *([known.rows] if known.rows else [])]
    content[section] = {name: told.get(name) for name in names}
    version.draft = frozen(content)
    db.session.flush()


def offer(*, version: ContractVersion, by: Any) -> ContractRevision:
    """Freeze the text and show it to the other side. Raises Refusal with what is missing."""
    lock(version)
    side = _holds_pen(version, by)
    contract = version.contract
    content = {**thawed(version.draft), **_snapshot(contract)}
    agreement.refuse_unready(content)
    refuse_above_cap(content["breach"]["penalty"] or Decimal(0), penalty_cap())
    before = queries.content_in_force(contract)
    if before is not None and not agreement.differences(before, content):
        raise Refusal(_l("This annex changes nothing yet."))
    version_lifecycle.advance(version, "offer")
    _number(contract)
    content["number"] = contract.number
    told = frozen(content)
    revision = ContractRevision(
        version_id=version.id,
        seq=len(version.revisions) + 1,
        content=told,
        sha256=digest(told),
        side=side,
        by_id=id_of(by),
        at=clock.now(),
    )
    version.revisions.append(revision)
    version.draft = told
    contract_grades.note_used(content)
    db.session.flush()
    announce(
        ContractOffered(
            contract_id=contract.id, annex=version.number, seq=revision.seq, side=side, actor_id=id_of(by)
        )
    )
    notices.contract.to_others(contract, side, "offered", f"{version.id}-{revision.seq}")
    return revision


def reopen(*, version: ContractVersion, by: Any) -> None:
    """Take an offered text back to change it, before anybody signed; the other side is told."""
    lock(version)
    side = acting_side(version.contract, by)
    version_lifecycle.advance(version, "reopen")
    version.pen = side
    db.session.flush()
    announce(
        ContractReopened(contract_id=version.contract_id, annex=version.number, side=side, actor_id=id_of(by))
    )
    notices.contract.to_others(version.contract, side, "reopened", f"{version.id}-{len(version.revisions)}")


def begin_annex(*, contract: Contract, reason: str, by: Any) -> ContractVersion:
    """Change a contract in force: an annex that begins with what holds now. Raises Refusal without a reason, or while
    another one is open."""
    if not reason.strip():
        raise Refusal(_l("Please say what the annex is for."), field="reason")
    lock_contract(contract)
    if contract.state not in LIVE:
        raise Refusal(_l("Only a contract in force is changed by an annex."))
    if queries.open_version(contract) is not None:
        raise Refusal(_l("Another annex is still open: sign it or drop it first."))
    side = acting_side(contract, by)
    content = queries.content_in_force(contract) or {}
    number = contract.versions[-1].number + 1
    version = _version(contract, number, side, frozen(content), reason, by)
    contract.versions.append(version)
    db.session.flush()
    announce(ContractDrafted(contract_id=contract.id, annex=number, words=reason, actor_id=id_of(by)))
    return version


def drop(*, version: ContractVersion, reason: str, by: Any) -> None:
    """Give up a text that not both have signed; with the first one the contract is not concluded."""
    if not reason.strip():
        raise Refusal(_l("Please write the reason: the other side will read it."), field="words")
    lock(version)
    contract = version.contract
    version_lifecycle.advance(version, "drop")
    if version.number == 0:
        contract.reason, contract.ended_at, contract.ended_by_id = reason, clock.now(), id_of(by)
        contract_lifecycle.advance(contract, "drop")
    db.session.flush()
    announce(ContractDropped(contract_id=contract.id, annex=version.number, words=reason, actor_id=id_of(by)))
    if version.revisions:
        notices.contract.to_others(
            contract, acting_side(contract, by), "dropped", f"{version.id}", words=reason
        )


def penalty_cap() -> Decimal:
    """The highest penalty that the law allows today, in per cent."""
    return queries.figures_on(clock.today())[LegalKey.PENALTY_CAP]


# --- how ----------------------------------------------------------------------------------------------


def _version(
    contract: Contract, number: int, pen: ContractSide, draft: Any, reason: str, by: Any
) -> ContractVersion:
    return ContractVersion(
        ref=random_ref(),
        contract=contract,
        number=number,
        pen=pen,
        draft=draft,
        reason=reason,
        opened_by_id=id_of(by),
        opened_at=clock.now(),
    )


def _first_text(contract: Contract) -> Any:
    """Defaults, with what both sides wrote down about themselves."""
    content: Content = beginning()
    cooperative = contract.cooperative
    parties = content["parties"]
    parties["seller_representative"] = cooperative.legal_rep_name
    parties["seller_title"] = cooperative.legal_rep_title or parties["seller_title"]
    depots = buyers.depots_of([contract.buyer_id])
    if depots:
        where = in_both(lambda: places.label(depots[0].address))["vi"]
        parties["buyer_address"] = where
        content["delivery"]["place"] = f"{depots[0].name}, {where}"
    content["breach"]["penalty"] = penalty_cap()
    return frozen({**content, **_snapshot(contract)})


def _snapshot(contract: Contract) -> dict[str, Any]:
    """Who the parties are on the day of the offer."""
    cooperative, buyer = contract.cooperative, contract.buyer
    return {
        "title": contract.title,
        "seller": {
            **cooperatives.letterhead(cooperative),
            "registration_no": cooperative.registration_no,
            "account": _account(cooperatives.verified_account(cooperative.organisation_id)),
        },
        "buyer": {"name": buyer.name, "tax_code": buyer.tax_code or ""},
    }


def _account(account: BankAccount | None) -> str:
    return f"{account.number}, {account.holder} ({account.bin})" if account is not None else ""


def _number(contract: Contract) -> None:
    """Given once, at the first offer, without a gap among a seller's contracts of a year."""
    if contract.number is not None:
        return
    contract.year = clock.today().year
    contract.seq = _count_up(contract.cooperative_id, contract.year)
    short = contract.cooperative.short_name or contract.cooperative.name
    sign = "".join(word[0] for word in short.split() if word != "HTX")[:6].upper()
    contract.number = f"{contract.seq:02d}/{contract.year}/HĐLK-{sign}"


def _count_up(cooperative_id: int, year: int) -> int:
    """The next number, inside this transaction: no gap when it rolls back, and whoever counts too waits."""
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    statement = (
        insert(ContractCounter)
        .values(cooperative_id=cooperative_id, year=year, last=1)
        .on_conflict_do_update(
            index_elements=["cooperative_id", "year"], set_={"last": ContractCounter.last + 1}
        )
        .returning(ContractCounter.last)
    )
    return int(db.session.execute(statement).scalar_one())


def lock(version: ContractVersion) -> None:
    """Whoever writes, offers or signs waits for the one before."""
    lock_contract(version.contract)
    db.session.refresh(version)


def lock_contract(contract: Contract) -> None:
    db.session.refresh(contract, with_for_update={"of": Contract})


def acting_side(contract: Contract, by: Any) -> ContractSide:
    side = side_of(by, contract) if by is not None else ContractSide.OFFICE
    if side is None:
        raise Refusal(_l("You act for neither the seller nor the buyer."))
    return side


def _holds_pen(version: ContractVersion, by: Any) -> ContractSide:
    side = acting_side(version.contract, by)
    if version.state is not VersionState.DRAFTED:
        raise Refusal(_l("This text is offered: take it back before you change it."))
    if version.pen is not side:
        raise Refusal(_l("The other side is writing now."))
    return side
