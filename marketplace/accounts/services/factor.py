"""Verbs about what a person shows beside the password: codes of an app, codes on paper, passkeys."""

from __future__ import annotations

import datetime as dt
import hmac
import secrets
from typing import Any

from sqlalchemy import delete, update

from marketplace import config
from marketplace.accounts import passkeys, queries, sealing
from marketplace.accounts.events import CodesRenewed, CodeUsed, FactorAdded, FactorRemoved, FactorsReset
from marketplace.accounts.models import AppKey, Challenge, Passkey, Person, RecoveryCode, SignIn
from marketplace.accounts.services.people import end_all_sign_ins
from marketplace.accounts.states import Factor
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce
from marketplace.foundation.reference import random_ref
from marketplace.foundation.words import _l

STEP = 30  # seconds that a code of an app counts for (RFC 6238)
CODES = 10
SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXY"  # no two that an eye or a voice takes for each other
ANSWERED_WITHIN = dt.timedelta(minutes=5)
MOST_PASSKEYS = 10


# --- an app that counts ----------------------------------------------------------------------------


def begin_app(*, person: Person) -> AppKey:
    """A fresh key to show as QR code; it counts for nothing until a code proves that an app has it."""
    import pyotp

    key = queries.app_key(person)
    if key is not None and key.confirmed_at is not None:
        raise Refusal(_l("An app is set up already: turn it off before you set up another one."))
    if key is None:
        key = AppKey(person_id=person.id)
        db.session.add(key)
    key.sealed, key.created_at = sealing.seal(pyotp.random_base32()), clock.now()
    db.session.flush()
    return key


def app_address(key: AppKey, person: Person) -> tuple[str, str]:
    """What the QR code says, and the key to type in groups of four."""
    import pyotp

    secret = sealing.unseal(key.sealed)
    address = pyotp.TOTP(secret).provisioning_uri(
        name=person.email or person.phone or person.name, issuer_name=config.current().site_name
    )
    return address, " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


def confirm_app(*, person: Person, code: str, keep: str) -> list[str]:
    """The app is in use from now on; other devices are signed out. Returns new recovery codes, when there are none.

    Raises Refusal for a wrong code.
    """
    key = queries.app_key(person)
    if key is None or key.confirmed_at is not None:
        raise Refusal(_l("This has changed in the meantime. Please begin again."))
    if not _take_app_code(key, _digits(code)):
        raise Refusal(
            _l("This code is not right. Look at the clock of the phone, and take the code that shows now."),
            field="code",
        )
    key.confirmed_at = clock.now()
    end_all_sign_ins(person=person, but=keep)
    announce(FactorAdded(person_id=person.id, factor=Factor.APP, actor_id=person.id))
    return [] if queries.factors_of(person).codes else new_codes(person=person, told=False)


def turn_off_app(*, person: Person) -> None:
    if not _changed(delete(AppKey).where(AppKey.person_id == person.id)):
        raise Refusal(_l("This has changed in the meantime. Please begin again."))
    db.session.expire_all()
    announce(FactorRemoved(person_id=person.id, factor=Factor.APP, actor_id=person.id))
    _drop_codes_if_last(person)


def _take_app_code(key: AppKey, code: str) -> bool:
    """Whether it is the code of now, of the step before or after; each counter counts once, whoever is quicker."""
    import pyotp

    app = pyotp.TOTP(sealing.unseal(key.sealed))
    now = int(clock.now().timestamp()) // STEP
    for counter in (now - 1, now, now + 1):
        if hmac.compare_digest(app.generate_otp(counter), code):
            taken = _changed(
                update(AppKey)
                .where(AppKey.person_id == key.person_id, AppKey.last_counter < counter)
                .values(last_counter=counter)
                .execution_options(synchronize_session=False)
            )
            db.session.refresh(key)
            return taken
    return False


# --- codes on paper --------------------------------------------------------------------------------


def new_codes(*, person: Person, told: bool = True) -> list[str]:
    """Ten new ones, shown once; those before no longer work."""
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person.id))
    plain = ["".join(secrets.choice(SIGNS) for _ in range(10)) for _ in range(CODES)]
    now = clock.now()
    db.session.add_all(
        RecoveryCode(person_id=person.id, code_hash=_hash(person.id, code), created_at=now) for code in plain
    )
    db.session.flush()
    if told:
        announce(CodesRenewed(person_id=person.id, actor_id=person.id))
    return [f"{code[:5]}-{code[5:]}" for code in plain]


def _take_recovery_code(person: Person, code: str) -> bool:
    taken = _changed(
        update(RecoveryCode)
        .where(
            RecoveryCode.person_id == person.id,
            RecoveryCode.code_hash == _hash(person.id, code),
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=clock.now())
    )
    if taken:
        left = queries.factors_of(person).codes
        announce(CodeUsed(person_id=person.id, left=left, actor_id=person.id))
    return taken


def _hash(person_id: int, code: str) -> str:
    return sealing.fingerprint(f"{person_id}:{code}")


def take_code(*, person: Person, code: str) -> None:
    """A code of the app or one from the paper. Raises Refusal when it is wrong, or was used before."""
    plain = "".join(sign for sign in code.upper() if sign.isalnum())
    key = queries.app_key(person)
    app = key is not None and key.confirmed_at is not None
    if app and key is not None and plain.isdigit() and len(plain) == 6:
        right = _take_app_code(key, plain)
    else:
        right = _take_recovery_code(person, plain)
    if not right:
        raise Refusal(
            _l("This code is not right, or was used already. Please try the next one."), field="code"
        )


def _digits(code: str) -> str:
    return "".join(sign for sign in code if sign.isdigit())


# --- passkeys --------------------------------------------------------------------------------------


def ask_riddle(*, person: Person | None = None) -> bytes:
    """A riddle for one passkey, for some minutes; one to register belongs to its person."""
    riddle = secrets.token_bytes(32)
    db.session.add(
        Challenge(
            riddle=sealing.fingerprint(riddle.hex()),
            person_id=person.id if person else None,
            good_until=clock.now() + ANSWERED_WITHIN,
        )
    )
    return riddle


def add_passkey(*, person: Person, answer: str, name: str, keep: str) -> list[str]:
    """A passkey that the person's device made just now. Returns new recovery codes, when there are none."""
    if len(queries.passkeys_of(person)) >= MOST_PASSKEYS:
        raise Refusal(_l("That are many passkeys. Remove one that is no longer used."))
    riddle = _answered(answer, person)
    made = passkeys.checked_new(answer, riddle)
    db.session.add(
        Passkey(
            ref=random_ref(),
            person_id=person.id,
            name=name,
            credential=made.credential,
            public_key=made.public_key,
            sign_count=made.sign_count,
            created_at=clock.now(),
        )
    )
    db.session.flush()
    end_all_sign_ins(person=person, but=keep)
    announce(FactorAdded(person_id=person.id, factor=Factor.PASSKEY, actor_id=person.id))
    return [] if queries.factors_of(person).codes else new_codes(person=person, told=False)


def name_passkey(*, passkey: Passkey, name: str) -> None:
    passkey.name = name


def remove_passkey(*, passkey: Passkey, person: Person) -> None:
    db.session.delete(passkey)
    db.session.flush()
    announce(FactorRemoved(person_id=person.id, factor=Factor.PASSKEY, actor_id=person.id))
    _drop_codes_if_last(person)


def take_passkey(*, answer: str, person: Person | None = None) -> Person:
    """Whose passkey answered our riddle; `person` says whose it has to be. Raises Refusal."""
    riddle = _answered(answer, None)
    passkey = queries.passkey_named(passkeys.name_in(answer))
    if passkey is None or not passkey.person.active or (person and passkey.person_id != person.id):
        raise Refusal(passkeys.WRONG)
    passkey.sign_count = passkeys.checked(answer, riddle, passkey)
    passkey.used_at = clock.now()
    return passkey.person


def _answered(answer: str, person: Person | None) -> bytes:
    """The riddle that is answered; it is gone with the answer that is taken."""
    riddle = passkeys.riddle_in(answer)
    owner = Challenge.person_id == person.id if person else Challenge.person_id.is_(None)
    gone = _changed(
        delete(Challenge).where(
            Challenge.riddle == sealing.fingerprint(riddle.hex()), owner, Challenge.good_until > clock.now()
        )
    )
    if not gone:
        raise Refusal(_l("This took too long. Please try again."))
    return riddle


def forget_riddles() -> None:
    """Those that nobody answered in time."""
    db.session.execute(delete(Challenge).where(Challenge.good_until <= clock.now()))


# --- proofs, and beginning again -------------------------------------------------------------------


def note_proof(*, token: str) -> None:
    """More than the password was shown on this device just now."""
    db.session.execute(
        update(SignIn).where(SignIn.token_hash == queries.hash_of(token)).values(proved_at=clock.now())
    )


def reset_factors(*, person: Person, reason: str, by: Any) -> None:
    """The phone is lost: the password alone lets in again, after every device is signed out."""
    if by.id == person.id:
        raise Refusal(_l("Somebody else has to do this for you."))
    for kept in (AppKey, RecoveryCode, Passkey):
        db.session.execute(delete(kept).where(kept.person_id == person.id))
    end_all_sign_ins(person=person)
    announce(FactorsReset(person_id=person.id, words=reason, actor_id=by.id))


def _drop_codes_if_last(person: Person) -> None:
    """Codes on paper stand in for an app or a passkey; without one they mean nothing."""
    if not queries.has_factor(person):
        db.session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person.id))


def _changed(statement: Any) -> bool:
    """Whether it found a row: of two at once only one does."""
    done: Any = db.session.execute(statement)
    return bool(done.rowcount)
