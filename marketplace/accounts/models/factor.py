"""What a person proves with beside the password: an app that counts codes, codes on paper, passkeys."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models.people import Person
from marketplace.foundation.db import Model, UtcDateTime, explain
from marketplace.foundation.words import _l


class AppKey(Model):
    """The key that a person's app shares with us (RFC 6238), sealed; `last_counter` is the last code that was taken."""

    __tablename__ = "app_keys"
    __table_args__ = (
        CheckConstraint("confirmed_at IS NULL OR last_counter > 0", name="confirmed_by_a_code"),
    )
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    sealed: Mapped[str] = mapped_column(String(255))
    last_counter: Mapped[int] = mapped_column(BigInteger, default=0)
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    confirmed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    person: Mapped[Person] = relationship()


class RecoveryCode(Model):
    """One of ten codes on paper. It works once."""

    __tablename__ = "recovery_codes"
    __table_args__ = (Index("ix_recovery_codes_person_id", "person_id"),)
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)


class Passkey(Model):
    """A public key that a phone, a computer or a small stick keeps the other half of."""

    __tablename__ = "passkeys"
    __table_args__ = (
        CheckConstraint("sign_count >= 0", name="counts_up"),
        Index("ix_passkeys_person_id", "person_id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    name: Mapped[str] = mapped_column(String(60))
    credential: Mapped[str] = mapped_column(String(1400), unique=True)
    public_key: Mapped[str] = mapped_column(String(2000))
    sign_count: Mapped[int] = mapped_column(BigInteger, default=0)
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    person: Mapped[Person] = relationship()


class Challenge(Model):
    """A riddle that a passkey answers, once and soon. One to register belongs to its person."""

    __tablename__ = "passkey_challenges"
    riddle: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    good_until: Mapped[dt.datetime] = mapped_column(UtcDateTime, index=True)


explain("uq_passkeys_credential", _l("This passkey is registered already."))
