"""Verbs of the registry."""

from __future__ import annotations

import datetime as dt
from typing import Any

from stdnum.exceptions import ValidationError
from stdnum.vn import mst

from marketplace.accounts import services as accounts
from marketplace.accounts.models import Organisation, Person
from marketplace.accounts.states import OrganisationKind, Role
from marketplace.cooperatives import queries
from marketplace.cooperatives.banks import BANKS
from marketplace.cooperatives.events import (
    AdmissionTakenBack,
    AllianceAccountAsked,
    AllianceAccountRejected,
    AllianceAccountVerified,
    BankAccountAsked,
    BankAccountRejected,
    BankAccountVerified,
    CertificateAdded,
    CertificateRejected,
    CertificateVerified,
    CooperativeAdmitted,
    CooperativeApplied,
    CooperativeChanged,
    CooperativeEntered,
    CooperativeLeft,
    CooperativeMoved,
    CooperativeSuspended,
    VerificationTakenBack,
)
from marketplace.cooperatives.models import (
    BankAccount,
    Certificate,
    Cooperative,
    CooperativePhoto,
    DossierPaper,
    MembershipMove,
)
from marketplace.cooperatives.states import (
    Kind,
    MemberState,
    PaperKind,
    PaperState,
    account_lifecycle,
    member_lifecycle,
    paper_lifecycle,
)
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.media import Photo, receive_document, receive_photo
from marketplace.foundation.text import ascii_upper, fold, slug, sort_key
from marketplace.foundation.words import _l
from marketplace.places import queries as places
from marketplace.places.models import Address

CHANGEABLE = {
    "name", "short_name", "name_en", "registration_no", "registered_on", "first_registered_on", "register_office",
    "tax_code", "tax_code_unchecked", "sector", "business_lines", "phone", "zalo", "email", "website",
    "legal_rep_name", "legal_rep_title", "charter_capital", "members_official", "members_capital", "members_other",
    "households_served", "workers", "area_ha", "is_new_model", "story_vi", "story_en", "hue", "scene", "kind",
}  # fmt: skip
MOST_PHOTOS = 8


def enter(
    *,
    kind: Kind,
    name: str,
    address: Address | None = None,
    state: MemberState = MemberState.APPLIED,
    by: Any = None,
    **fields: Any,
) -> Cooperative:
    """Enter a cooperative in the registry with its organisation. `fields` are those of CHANGEABLE."""
    organisation = accounts.create_organisation(
        kind=OrganisationKind.COOPERATIVE, name=name, tax_code=fields.get("tax_code") or None, by=by
    )
    cooperative = Cooperative(
        organisation=organisation,
        slug=_free_slug(name),
        kind=kind,
        state=state,
        name=name,
        address=address,
        created_at=clock.now(),
        admitted_on=clock.today() if state is MemberState.ADMITTED else None,
    )
    _write(cooperative, fields)
    db.session.add(cooperative)
    db.session.flush()
    announce(CooperativeEntered(cooperative_id=cooperative.id, actor_id=id_of(by)))
    return cooperative


def apply(
    *, person: Person, kind: Kind, name: str, address: Address | None, by: Any = None, **fields: Any
) -> Cooperative:
    """A cooperative applies; the person who applies becomes its director once somebody admits it."""
    cooperative = enter(kind=kind, name=name, address=address, by=by or person, **fields)
    accounts.add_member(organisation=cooperative.organisation, person=person, role=Role.DIRECTOR, by=person)
    announce(CooperativeApplied(cooperative_id=cooperative.id, actor_id=person.id))
    return cooperative


def change(*, cooperative: Cooperative, by: Any, address: Address | None = None, **fields: Any) -> list[str]:
    """Change registry data; returns the names of the fields that differ now."""
    if address is not None:
        cooperative.address = address
    changed = _write(cooperative, fields) + ["address"] * (address is not None)
    if changed:
        db.session.flush()
        announce(CooperativeChanged(cooperative_id=cooperative.id, fields=changed, actor_id=id_of(by)))
    return changed


def advance(*, cooperative: Cooperative, step: str, reason: str, by: Any) -> None:
    """Move a cooperative's state, with the reason and who did it. Raises Refusal."""
    if step in {"suspend", "leave", "send_back", "turn_down"} and not reason.strip():
        raise Refusal(_l("Please write the reason: the cooperative will read it."), field="reason")
    _take_turn(cooperative)
    origin = member_lifecycle.advance(cooperative, step)
    if step in {"admit", "readmit"} and cooperative.admitted_on is None:
        cooperative.admitted_on = clock.today()
    db.session.add(
        MembershipMove(
            cooperative_id=cooperative.id,
            move=step,
            origin=str(origin),
            to=str(cooperative.state),
            reason=reason,
            by_id=id_of(by),
            at=clock.now(),
        )
    )
    db.session.flush()
    known = {
        "admit": CooperativeAdmitted,
        "readmit": CooperativeAdmitted,
        "suspend": CooperativeSuspended,
        "leave": CooperativeLeft,
        "turn_down": CooperativeLeft,
    }
    if step in known:
        announce(known[step](cooperative_id=cooperative.id, reason=reason, actor_id=id_of(by)))
    else:
        announce(
            CooperativeMoved(cooperative_id=cooperative.id, step=step, reason=reason, actor_id=id_of(by))
        )


def _take_turn(subject: Cooperative | Certificate) -> None:
    """Whoever decides about it next waits until this is done, and reads what became of it."""
    db.session.refresh(subject, with_for_update={"of": type(subject)})


def _moved_on() -> Refusal:
    return Refusal(_l("This has changed in the meantime and can no longer be done. Please look at it again."))


def take_back_admission(*, cooperative: Cooperative, by: Any) -> None:
    """It was admitted by mistake a moment ago: reviewed again, as if it had never been. Raises Refusal."""
    _take_turn(cooperative)
    last = next(iter(queries.moves_of(cooperative)), None)
    if last is None or last.move != "admit":
        raise _moved_on()
    origin, day = member_lifecycle.advance(cooperative, "take_back"), clock.to_local(last.at).date()
    if cooperative.admitted_on == day:
        cooperative.admitted_on = None
    db.session.add(
        MembershipMove(
            cooperative_id=cooperative.id,
            move="take_back",
            origin=str(origin),
            to=str(cooperative.state),
            reason="",
            by_id=id_of(by),
            at=clock.now(),
        )
    )
    db.session.flush()
    announce(
        AdmissionTakenBack(cooperative_id=cooperative.id, admitted_on=day.isoformat(), actor_id=id_of(by))
    )


def check_tax_code(text: str) -> tuple[str, bool]:
    """(compact code, whether its checksum is right). Raises Refusal when it cannot be a tax code at all.

    Ten digits, or thirteen for a branch; the checksum is that of python-stdnum. Historic papers hold codes that
    fail it, so a failed one is a warning for a person, not a wall.
    """
    code = "".join(c for c in text if c.isascii() and c.isdigit())
    if text.strip() and (len(code) not in {10, 13} or any(c.isdigit() and not c.isascii() for c in text)):
        raise Refusal(_l("A tax code has 10 digits (13 for a branch)."), field="tax_code")
    if not code:
        return "", True
    try:
        return mst.format(mst.validate(code)), True
    except ValidationError:
        return code, False


# --- dossier, photos --------------------------------------------------------------------------------


def add_dossier_paper(
    *, cooperative: Cooperative, title: str, stream: Any, filename: str, by: Any
) -> DossierPaper:
    document = receive_document(stream=stream, filename=filename, by=by, field="file")
    paper = DossierPaper(cooperative_id=cooperative.id, title=title, document=document, added_at=clock.now())
    db.session.add(paper)
    db.session.flush()
    return paper


def add_photo(*, cooperative: Cooperative, stream: Any, filename: str, by: Any) -> CooperativePhoto:
    if len(cooperative.photos) >= MOST_PHOTOS:
        raise Refusal(_l("Eight photos are enough: take one away first."), field="photo")
    photo = receive_photo(stream=stream, filename=filename, by=by, field="photo")
    shown = CooperativePhoto(photo=photo, position=len(cooperative.photos))
    cooperative.photos.append(shown)
    db.session.flush()
    return shown


def take_photo_off(*, cooperative: Cooperative, photo_id: int, by: Any) -> int:
    """The alliance takes a photo away; returns its place among the others, counted from 0."""
    photos = cooperative.photos
    place = next(place for place, shown in enumerate(photos) if shown.photo_id == photo_id)
    _arrange(cooperative, [shown for shown in photos if shown.photo_id != photo_id], by)
    return place


def put_photo_back(*, cooperative: Cooperative, photo: Photo, place: int, by: Any) -> None:
    """A photo that was taken away wrongly stands where it stood."""
    if all(shown.photo_id != photo.id for shown in cooperative.photos):
        photos = [*cooperative.photos]
        photos.insert(place, CooperativePhoto(photo=photo))
        _arrange(cooperative, photos, by)


def _arrange(cooperative: Cooperative, photos: list[CooperativePhoto], by: Any) -> None:
    for place, shown in enumerate(photos):
        shown.position = place
    cooperative.photos = photos
    db.session.flush()
    announce(CooperativeChanged(cooperative_id=cooperative.id, fields=["photos"], actor_id=id_of(by)))


# --- certificates -----------------------------------------------------------------------------------


def add_certificate(
    *,
    cooperative: Cooperative,
    kind: PaperKind,
    number: str = "",
    scope: str = "",
    area_ha: Any = None,
    stars: int | None = None,
    issued_by: str = "",
    issued_on: dt.date | None = None,
    expires_on: dt.date | None = None,
    stream: Any = None,
    filename: str = "",
    by: Any = None,
) -> Certificate:
    """Send in a paper; it counts once an officer verified it."""
    if expires_on and issued_on and expires_on <= issued_on:
        raise Refusal(_l("The last day must come after the day of issue."), field="expires_on")
    document = receive_document(stream=stream, filename=filename, by=by, field="file") if stream else None
    paper = Certificate(
        cooperative_id=cooperative.id,
        kind=kind,
        number=number,
        scope=scope,
        area_ha=area_ha,
        stars=stars,
        issued_by=issued_by,
        issued_on=issued_on,
        expires_on=expires_on,
        document=document,
        added_at=clock.now(),
    )
    db.session.add(paper)
    db.session.flush()
    announce(
        CertificateAdded(
            cooperative_id=cooperative.id, certificate_id=paper.id, paper=kind, actor_id=id_of(by)
        )
    )
    return paper


def verify_certificate(*, certificate: Certificate, by: Any, seen: PaperState | None = None) -> None:
    """An officer saw the paper and it is right.

    `seen` is the state it was decided upon, where many are decided at once. Raises Refusal when a colleague judged it
    meanwhile.
    """
    officer_id = id_of(by)
    _take_turn(certificate)
    if seen is not None and certificate.state is not seen:
        raise _moved_on()
    paper_lifecycle.advance(certificate, "verify")
    certificate.verified_by_id, certificate.verified_at, certificate.reason = officer_id, clock.now(), ""
    db.session.flush()
    announce(
        CertificateVerified(
            cooperative_id=certificate.cooperative_id,
            certificate_id=certificate.id,
            paper=certificate.kind,
            actor_id=id_of(by),
        )
    )


def take_back_verification(*, certificate: Certificate, by: Any) -> None:
    """It was verified by mistake a moment ago: it waits again. Raises Refusal when it was judged anew meanwhile."""
    _take_turn(certificate)
    paper_lifecycle.advance(certificate, "take_back")
    certificate.verified_by_id, certificate.verified_at = None, None
    db.session.flush()
    announce(
        VerificationTakenBack(
            cooperative_id=certificate.cooperative_id,
            certificate_id=certificate.id,
            paper=certificate.kind,
            actor_id=id_of(by),
        )
    )


def reject_certificate(*, certificate: Certificate, reason: str, by: Any) -> None:
    """The paper does not hold; it no longer counts."""
    if not reason.strip():
        raise Refusal(_l("Please write the reason: the cooperative will read it."), field="reason")
    _take_turn(certificate)
    paper_lifecycle.advance(certificate, "reject")
    certificate.reason = reason
    db.session.flush()
    announce(
        CertificateRejected(
            cooperative_id=certificate.cooperative_id,
            certificate_id=certificate.id,
            paper=certificate.kind,
            reason=reason,
            actor_id=id_of(by),
        )
    )


# --- bank account -----------------------------------------------------------------------------------


def ask_bank_account(*, cooperative: Cooperative, bin: str, number: str, holder: str, by: Any) -> BankAccount:
    """Name a new account. The one in use stays until an officer verified this one."""
    account = _named(cooperative.organisation_id, bin, number, holder, by)
    announce(BankAccountAsked(cooperative_id=cooperative.id, actor_id=id_of(by)))
    return account


def ask_alliance_account(
    *, alliance: Organisation, bin: str, number: str, holder: str, by: Any
) -> BankAccount:
    """Where the alliance itself is paid, for what is its own: fees of its fairs. Another officer verifies it."""
    account = _named(alliance.id, bin, number, holder, by)
    announce(AllianceAccountAsked(organisation_id=alliance.id, actor_id=id_of(by)))
    return account


def _named(organisation_id: int, bin: str, number: str, holder: str, by: Any) -> BankAccount:
    plain = "".join(number.split())
    if bin not in BANKS:
        raise Refusal(_l("Please choose the bank."), field="bin")
    if not (plain.isascii() and plain.isalnum() and 4 <= len(plain) <= 19):
        raise Refusal(_l("An account number has 4 to 19 digits."), field="number")
    earlier = queries.waiting_account(organisation_id)
    if earlier is not None:
        account_lifecycle.advance(earlier, "replace")
    account = BankAccount(
        organisation_id=organisation_id,
        bin=bin,
        number=plain,
        holder=ascii_upper(holder)[:120],
        asked_by_id=id_of(by),
        asked_at=clock.now(),
    )
    db.session.add(account)
    db.session.flush()
    return account


def verify_bank_account(*, account: BankAccount, by: Any) -> None:
    """An officer checked it with the bank and the director; the old one is replaced in the same moment."""
    if by is not None and account.asked_by_id == by.id:
        raise Refusal(_l("Somebody else has to verify an account that you asked for."))
    current = queries.verified_account(account.organisation_id)
    if current is not None:
        account_lifecycle.advance(current, "replace")
        db.session.flush()
    officer_id = id_of(by)
    account_lifecycle.advance(account, "verify")
    account.verified_by_id, account.verified_at = officer_id, clock.now()
    db.session.flush()
    cooperative = queries.of_organisation(account.organisation_id)
    if cooperative is None:
        announce(AllianceAccountVerified(organisation_id=account.organisation_id, actor_id=officer_id))
    else:
        announce(BankAccountVerified(cooperative_id=cooperative.id, actor_id=officer_id))


def reject_bank_account(*, account: BankAccount, reason: str, by: Any) -> None:
    if not reason.strip():
        raise Refusal(_l("Please write the reason: the cooperative will read it."), field="reason")
    account_lifecycle.advance(account, "reject")
    db.session.flush()
    told: dict[str, Any] = {"reason": reason, "actor_id": id_of(by)}
    cooperative = queries.of_organisation(account.organisation_id)
    if cooperative is None:
        announce(AllianceAccountRejected(organisation_id=account.organisation_id, **told))
    else:
        announce(BankAccountRejected(cooperative_id=cooperative.id, **told))


# --- writing ----------------------------------------------------------------------------------------


def _write(cooperative: Cooperative, fields: dict[str, Any]) -> list[str]:
    unknown = fields.keys() - CHANGEABLE
    if unknown:
        raise TypeError(f"not fields of the registry: {', '.join(sorted(unknown))}")
    changed = [name for name, value in fields.items() if getattr(cooperative, name) != value]
    for name in changed:
        setattr(cooperative, name, fields[name])
    if "name" in changed:
        cooperative.organisation.name = cooperative.name
    _refold(cooperative)
    return changed


def _refold(cooperative: Cooperative) -> None:
    place = places.place_words(cooperative.address)
    words = f"{cooperative.name} {cooperative.short_name} {cooperative.tax_code} {cooperative.registration_no} {place}"
    cooperative.folded = fold(f"{words} {cooperative.also_called or ''}")[:500]
    cooperative.sort_name = sort_key(cooperative.short_name or cooperative.name)[:400]


def _free_slug(name: str) -> str:
    plain = slug(name)[:100] or "htx"
    taken = queries.slugs_beginning(plain)
    free, number = plain, 1
    while free in taken:
        number += 1
        free = f"{plain}-{number}"
    return free


# --- two records of one body --------------------------------------------------------------------------

FILLED = tuple(
    sorted(CHANGEABLE - {"name", "kind", "sector", "is_new_model", "hue", "scene", "tax_code_unchecked"})
)


def close_duplicate(*, loser: Cooperative, survivor: Cooperative, reason: str, by: Any) -> None:
    """The loser leaves, and leads to the survivor from now on. Raises Refusal when only the loser is a member."""
    belongs = (MemberState.ADMITTED, MemberState.SUSPENDED)
    if loser.state in belongs and survivor.state not in belongs:
        raise Refusal(_l("The record that is a member must stay: choose it the other way round."))
    step = "leave" if loser.state in belongs else "turn_down"
    if loser.state is not MemberState.LEFT:
        advance(cooperative=loser, step=step, reason=reason[:500], by=by)
    loser.duplicate_of_id = survivor.id
    db.session.flush()


def take_over(*, loser: Cooperative, survivor: Cooperative, by: Any) -> None:
    """The survivor is found by the loser's names and numbers too, and takes from it what it did not know of itself."""
    said = (
        loser.name,
        loser.short_name,
        loser.tax_code,
        loser.registration_no,
        loser.slug,
        loser.also_called,
    )
    own = {*fold(survivor.folded).split()}
    new = [word for word in " ".join(said).split() if fold(word) not in own]
    survivor.also_called = " ".join(dict.fromkeys([*survivor.also_called.split(), *new]))[:500]
    missing = {name: getattr(loser, name) for name in FILLED if getattr(survivor, name) in (None, "")}
    changed = _write(survivor, {name: value for name, value in missing.items() if value not in (None, "")})
    db.session.flush()
    announce(
        CooperativeChanged(cooperative_id=survivor.id, fields=[*changed, "also_called"], actor_id=id_of(by))
    )
