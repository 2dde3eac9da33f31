"""Signing: by a one-time code, or on paper that the other side confirms. The alliance may witness."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import secrets
from decimal import Decimal
from typing import Any

from marketplace import config
from marketplace.accounts.models import Organisation, Person
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.media.receiving import Clean, receive_document
from marketplace.foundation.reference import random_ref
from marketplace.foundation.words import _l
from marketplace.linkage import agreement, notices, promising, queries
from marketplace.linkage.events.contract import (
    ContractInForce,
    ContractScanBrought,
    ContractScanRefused,
    ContractSigned,
    SignatoryEnded,
    SignatoryNamed,
)
from marketplace.linkage.models.contract import (
    ContractRevision,
    ContractScan,
    ContractSignatory,
    ContractSignature,
    ContractVersion,
    SigningCode,
)
from marketplace.linkage.queries.contract import side_of
from marketplace.linkage.reckoning.breach import bounds
from marketplace.linkage.services.contract import acting_side, lock
from marketplace.linkage.states.contract import (
    PARTIES,
    TO_SIGN,
    ContractSide,
    SigningWay,
    contract_lifecycle,
    scan_lifecycle,
    version_lifecycle,
)

LASTS = dt.timedelta(minutes=15)
DIGITS = 6


def send_code(*, version: ContractVersion, by: Person) -> SigningCode:
    """A one-time code for whoever is about to sign what is offered now: told in the app and by mail."""
    revision = _to_sign(version)
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    sent = SigningCode(
        version_id=version.id,
        revision_id=revision.id,
        person_id=by.id,
        code_hash=_hash(code, version, by),
        made_at=clock.now(),
        expires_at=clock.now() + LASTS,
    )
    db.session.add(sent)
    db.session.flush()
    notices.contract.code(version.contract, by, code, f"{sent.id}")
    return sent


def sign(*, version: ContractVersion, code: str, seen: str, name: str, title: str = "", by: Person) -> None:
    """Sign for one's side. `seen` is the fingerprint of the text on the page; raises Refusal when another one is
    offered by now, or for a code that is wrong, used or too old. The caller counts the tries."""
    lock(version)
    revision = _to_sign(version)
    side = _party(version, by)
    if revision.sha256 != seen:
        raise Refusal(_l("The text has changed meanwhile. Please read it again."))
    sent = queries.living_code(version.id, by.id)
    if sent is None or sent.revision_id != revision.id:
        raise Refusal(_l("This code is too old. Please ask for a new one."), field="code")
    if not hmac.compare_digest(sent.code_hash, _hash(code, version, by)):
        raise Refusal(_l("This is not the code that was sent to you."), field="code")
    sent.used_at = clock.now()
    _write(version, revision, side, SigningWay.CODE, name, title, by)
    _after_signature(version, side, by)


def bring_scan(
    *,
    version: ContractVersion,
    file: Clean,
    seller_name: str,
    buyer_name: str,
    signed_on: dt.date,
    by: Any,
) -> ContractScan:
    """The paper that both signed, scanned; the other side is asked to confirm it."""
    lock(version)
    revision, side = _to_sign(version), _party(version, by)
    if version.signatures or queries.waiting_scan(version) is not None:
        raise Refusal(_l("Somebody has signed already, or another scan waits."))
    document = receive_document(stream=file.stream, filename=file.filename, by=by, field="file")
    scan = ContractScan(
        ref=random_ref(),
        version=version,
        revision_id=revision.id,
        document=document,
        side=side,
        seller_name=seller_name,
        buyer_name=buyer_name,
        signed_on=signed_on,
        by_id=id_of(by),
        at=clock.now(),
    )
    db.session.add(scan)
    db.session.flush()
    announce(
        ContractScanBrought(
            contract_id=version.contract_id, annex=version.number, side=side, actor_id=id_of(by)
        )
    )
    notices.contract.to_others(version.contract, side, "scanned", f"{scan.id}")
    return scan


def confirm_scan(*, scan: ContractScan, by: Any) -> None:
    """Both signatures are real: it is signed by both on paper."""
    version = scan.version
    lock(version)
    db.session.refresh(scan)
    side = _party(version, by)
    if side is scan.side:
        raise Refusal(_l("The other side confirms the paper that you brought."))
    revision = _to_sign(version)
    if revision.id != scan.revision_id:
        raise Refusal(_l("The text has changed meanwhile. Please read it again."))
    scan.answered_by_id, scan.answered_at = id_of(by), clock.now()
    scan_lifecycle.advance(scan, "confirm")
    names = {ContractSide.SELLER: scan.seller_name, ContractSide.BUYER: scan.buyer_name}
    for party in PARTIES:
        _write(version, revision, party, SigningWay.PAPER, names[party], "", by, scan)
        _after_signature(version, party, by)


def refuse_scan(*, scan: ContractScan, reason: str, by: Any) -> None:
    """The paper is not what was offered, or a signature is missing. Both may sign in another way."""
    if not reason.strip():
        raise Refusal(_l("Please write the reason: the other side will read it."), field="words")
    lock(scan.version)
    db.session.refresh(scan)
    scan.answered_by_id, scan.answered_at, scan.reason = id_of(by), clock.now(), reason
    scan_lifecycle.advance(scan, "refuse")
    db.session.flush()
    announce(
        ContractScanRefused(
            contract_id=scan.version.contract_id,
            annex=scan.version.number,
            words=reason,
            actor_id=id_of(by),
        )
    )
    side = acting_side(scan.version.contract, by)
    notices.contract.to_others(scan.version.contract, side, "scan_refused", f"{scan.id}", words=reason)


def witness(*, version: ContractVersion, by: Person) -> None:
    """The alliance's stamp under what both have signed."""
    lock(version)
    contract = version.contract
    if side_of(by, contract) is not ContractSide.OFFICE or version.offered is None:
        raise Refusal(_l("Only an officer who acts for neither side witnesses."))
    if not queries.wants_witness(version):
        raise Refusal(_l("The alliance is not wanted as witness."))
    _write(version, version.offered, ContractSide.OFFICE, SigningWay.STAMP, by.name, by.title, by)


def name_signatory(*, organisation: Organisation, person: Person, paper: str, by: Any) -> None:
    """Let a member sign contracts, by a paper of authority. Raises Refusal for somebody who is no member."""
    if organisation.id not in person.organisation_ids:
        raise Refusal(_l("Only a member of the organisation may sign for it."), field="person")
    if queries.is_signatory(person.id, organisation.id):
        return
    db.session.add(
        ContractSignatory(
            organisation_id=organisation.id,
            person=person,
            paper=paper,
            named_by_id=id_of(by),
            named_at=clock.now(),
        )
    )
    db.session.flush()
    announce(
        SignatoryNamed(
            organisation_id=organisation.id, person_id=person.id, name=person.name, actor_id=id_of(by)
        )
    )


def end_signatory(*, signatory: ContractSignatory, by: Any) -> None:
    """From now on this member no longer signs; what was signed stands."""
    if signatory.ended_at is None:
        signatory.ended_at = clock.now()
        announce(
            SignatoryEnded(
                organisation_id=signatory.organisation_id,
                person_id=signatory.person_id,
                name=signatory.person.name,
                actor_id=id_of(by),
            )
        )


# --- how ----------------------------------------------------------------------------------------------


def _to_sign(version: ContractVersion) -> ContractRevision:
    if version.state not in TO_SIGN or version.offered is None:
        raise Refusal(_l("This text is not offered for signing."))
    return version.offered


def _party(version: ContractVersion, by: Any) -> ContractSide:
    side = side_of(by, version.contract)
    if side not in PARTIES:
        raise Refusal(_l("Only the seller and the buyer sign."))
    return side


def _write(
    version: ContractVersion,
    revision: ContractRevision,
    side: ContractSide,
    way: SigningWay,
    name: str,
    title: str,
    by: Any,
    scan: ContractScan | None = None,
) -> None:
    if version.signed_by(side) is not None:
        raise Refusal(_l("Your side has signed already. Please look at it again."))
    signature = ContractSignature(
        version_id=version.id,
        revision_id=revision.id,
        sha256=revision.sha256,
        side=side,
        way=way,
        scan_id=scan.id if scan is not None else None,
        person_id=id_of(by),
        name=name,
        title=title,
        at=clock.now(),
    )
    version.signatures.append(signature)
    db.session.flush()
    announce(
        ContractSigned(
            contract_id=version.contract_id,
            annex=version.number,
            side=side,
            way=way,
            name=name,
            actor_id=id_of(by),
        )
    )


def _after_signature(version: ContractVersion, side: ContractSide, by: Any) -> None:
    """The first one freezes the text; with the second it is in force."""
    both = all(version.signed_by(party) is not None for party in PARTIES)
    if not both:
        version_lifecycle.advance(version, f"{side}_signs")
        db.session.flush()
        notices.contract.to_others(version.contract, side, "signed", f"{version.id}-{side}")
        return
    version.in_force_at = clock.now()
    version_lifecycle.advance(version, "both_signed")
    _enter_into_force(version, by)


def _enter_into_force(version: ContractVersion, by: Any) -> None:
    """What is agreed now holds: its days, its volume, and its claims in the ledger of goods."""
    contract = version.contract
    content = version.offered.told if version.offered is not None else {}
    contract.from_day, contract.until_day = content["head"]["from_day"], content["head"]["until_day"]
    contract.agreed, contract.value = agreement.quantity(content), agreement.value(content)
    contract.least, contract.most = bounds(contract.agreed, content["quantity"]["tolerance"] or Decimal(0))
    if version.number == 0:
        contract.signed_on = clock.today()
        contract_lifecycle.advance(contract, "activate")
    db.session.flush()
    announce(ContractInForce(contract_id=contract.id, annex=version.number, actor_id=id_of(by)))
    promising.promise_schedule(contract, content, by=by)
    notices.contract.to_both(contract, "in_force", f"{version.id}")


def _hash(code: str, version: ContractVersion, by: Person) -> str:
    """Only the holder of the shop's secret can try all codes against it."""
    told = f"linkage.sign:{version.id}:{by.id}:{code}".encode()
    return hmac.digest(config.current().secret_key.encode(), told, hashlib.sha256).hex()
