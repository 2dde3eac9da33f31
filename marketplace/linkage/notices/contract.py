"""What we write to people about contracts."""

from __future__ import annotations

from typing import Any

from marketplace.accounts.models import Person
from marketplace.accounts.states import OrganisationKind
from marketplace.foundation.words import _l
from marketplace.inbox.letters import letter, topic
from marketplace.inbox.services import tell
from marketplace.linkage.models.contract import Contract
from marketplace.linkage.states.contract import ContractSide


def _sample() -> dict[str, Any]:
    return {
        "number": "12/2027/HĐLK-ĐL",
        "title": "Cà rốt vụ đông 2026–2027",
        "other": "HTX Dịch vụ nông nghiệp Đồng Lạc",
        "words": "Xin dời lịch giao sang tuần 12",
        "code": "402 117",
    }


topic(
    "contract",
    _l("Contracts"),
    _l("What is offered, signed, changed or ended."),
    order=58,
    shown=lambda person: bool(
        person.organisations(OrganisationKind.COOPERATIVE) or person.organisations(OrganisationKind.BUYER)
    ),
)
for _kind, _subject, _sentence in (
    (
        "offered",
        _l("Contract %(number)s is offered to you"),
        _l("%(title)s, with %(other)s. Please read it, then sign it or take it back for changes."),
    ),
    (
        "reopened",
        _l("Contract %(number)s is being changed"),
        _l("%(other)s took “%(title)s” back to change it. You will be shown the new text."),
    ),
    (
        "signed",
        _l("Contract %(number)s: the other side signed"),
        _l("%(title)s: your signature is still missing."),
    ),
    (
        "scanned",
        _l("Please confirm the signed paper of contract %(number)s"),
        _l("%(other)s brought a scan of “%(title)s”. Are both signatures real?"),
    ),
    (
        "scan_refused",
        _l("The scan of contract %(number)s was not confirmed"),
        _l("%(title)s: %(words)s"),
    ),
    ("in_force", _l("Contract %(number)s is in force"), _l("%(title)s is signed by both sides.")),
    ("dropped", _l("Contract %(number)s was not concluded"), _l("%(title)s: %(words)s")),
    ("held", _l("Contract %(number)s is on hold"), _l("%(title)s: %(words)s")),
    ("resumed", _l("Contract %(number)s goes on"), _l("%(title)s: deliveries go on as agreed.")),
    ("terminated", _l("Contract %(number)s was terminated"), _l("%(title)s: %(words)s")),
    ("fulfilled", _l("Contract %(number)s is fulfilled"), _l("%(title)s: what was agreed was accepted.")),
    ("expired", _l("Contract %(number)s has ended"), _l("%(title)s ended by its date.")),
):
    letter(f"contract.{_kind}", subject=_subject, sentence=_sentence, sample=_sample)
letter(
    "contract.code",
    subject=_l("Your code for signing: %(code)s"),
    sentence=_l(
        "It holds for 15 minutes and signs contract %(number)s, “%(title)s”. Give it to nobody, whoever asks."
    ),
    sample=_sample,
    urgent=True,
)


def to_others(contract: Contract, side: ContractSide, kind: str, key: str, words: str = "") -> None:
    """To the party that did not do it; to both when the office did."""
    if side is not ContractSide.SELLER:
        _to(contract, contract.cooperative.organisation_id, contract.buyer.name, kind, key, words)
    if side is not ContractSide.BUYER:
        _to(contract, contract.buyer_id, contract.cooperative.name, kind, key, words)


def to_both(contract: Contract, kind: str, key: str) -> None:
    to_others(contract, ContractSide.OFFICE, kind, key)


def code(contract: Contract, person: Person, digits: str, key: str) -> None:
    """The one-time code, to whoever is about to sign."""
    tell(
        person_id=person.id,
        kind="contract.code",
        url=f"/contracts/{contract.ref}",
        key=f"contract.code:{key}",
        number=contract.number or "",
        title=contract.title,
        code=f"{digits[:3]} {digits[3:]}",
    )


def _to(contract: Contract, organisation_id: int, other: str, kind: str, key: str, words: str) -> None:
    tell(
        organisation_id=organisation_id,
        kind=f"contract.{kind}",
        url=f"/contracts/{contract.ref}",
        key=f"contract.{kind}:{key}:{organisation_id}",
        number=contract.number or "",
        title=contract.title,
        other=other,
        words=words,
    )
