"""People, organisations, memberships, sign-ins."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, cast

from flask_login import AnonymousUserMixin, UserMixin
from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.states import Desk, InvitationState, OrganisationKind, Role
from marketplace.foundation.db import Model, OneOf, UtcDateTime, explain, one_of
from marketplace.foundation.words import _l

if TYPE_CHECKING:
    from marketplace.accounts.models.desk import DeskPost


class Acting:
    """What every visitor can be asked, signed in or not."""

    memberships: Any = ()

    @property
    def organisation_ids(self) -> list[int]:
        """Whom they act for. A volunteer stands at a gate and acts for nobody."""
        return [m.organisation_id for m in self.memberships if m.role is not Role.VOLUNTEER]

    @property
    def is_officer(self) -> bool:
        return any(m.role is Role.OFFICER for m in self.memberships)

    @property
    def desks(self) -> set[Desk]:
        """Where in the alliance's office they work today."""
        return {
            post.desk for m in self.memberships if m.role is Role.OFFICER for post in m.posts if post.living
        }

    def at_desk(self, *desks: Desk) -> bool:
        """Whether they work at one of these desks."""
        return not self.desks.isdisjoint(desks)

    def role_in(self, organisation_id: int) -> Role | None:
        return next((m.role for m in self.memberships if m.organisation_id == organisation_id), None)

    def is_director_of(self, organisation_id: int) -> bool:
        return self.role_in(organisation_id) is Role.DIRECTOR

    def organisations(self, kind: OrganisationKind) -> list[Organisation]:
        acting = [m for m in self.memberships if m.role is not Role.VOLUNTEER]
        return [m.organisation for m in acting if m.organisation.kind is kind]


class Nobody(Acting, AnonymousUserMixin):
    """A visitor who is not signed in."""

    id = None
    name = ""


class Person(Acting, UserMixin, Model):
    """Somebody with an account. One name field; greeted by its last word.

    Anybody may say that a phone or an e-mail is theirs; it has one owner only once it is confirmed, by a letter that
    arrived or by an officer who phoned.
    """

    __tablename__ = "people"
    __table_args__ = (
        CheckConstraint("phone IS NOT NULL OR email IS NOT NULL OR erased_at IS NOT NULL", name="reachable"),
        CheckConstraint("erased_at IS NULL OR NOT is_active", name="erased_is_closed"),
        CheckConstraint("phone_confirmed_at IS NULL OR phone IS NOT NULL", name="confirmed_phone_is_there"),
        CheckConstraint("email_confirmed_at IS NULL OR email IS NOT NULL", name="confirmed_email_is_there"),
        *(
            Index(
                f"uq_people_{name}",
                name,
                unique=True,
                sqlite_where=text(f"{name}_confirmed_at IS NOT NULL"),
                postgresql_where=text(f"{name}_confirmed_at IS NOT NULL"),
            )
            for name in ("phone", "email")
        ),
        Index("ix_people_phone", "phone"),
        Index("ix_people_email", "email"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    title: Mapped[str] = mapped_column(String(20), default="")
    phone: Mapped[str | None] = mapped_column(String(20))
    email: Mapped[str | None] = mapped_column(String(254))
    phone_confirmed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    email_confirmed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    password_hash: Mapped[str | None] = mapped_column(String(200))
    locale: Mapped[str] = mapped_column(String(2), default="vi")
    letters: Mapped[bool] = mapped_column(Boolean, default=True)
    active: Mapped[bool] = mapped_column("is_active", Boolean, default=True)
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    erased_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    memberships: Mapped[list[Membership]] = relationship(
        primaryjoin="and_(Membership.person_id == Person.id, Membership.until.is_(None))",
        order_by="Membership.id",
        viewonly=True,
    )

    sign_in_token = ""
    proved_at = cast("dt.datetime | None", None)

    @property
    def is_active(self) -> bool:
        return self.active

    def get_id(self) -> str:
        """What the cookie holds: the token of this sign-in, never the person's number."""
        return self.sign_in_token


class Organisation(Model):
    """Whoever people act for: a cooperative, a buying organisation, the alliance."""

    __tablename__ = "organisations"
    __table_args__ = (one_of("kind", OrganisationKind),)
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    kind: Mapped[OrganisationKind] = mapped_column(OneOf(OrganisationKind))
    name: Mapped[str] = mapped_column(String(255))
    tax_code: Mapped[str | None] = mapped_column(String(20))
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)


class Membership(Model):
    """A person acts for an organisation, from one day to another."""

    __tablename__ = "memberships"
    __table_args__ = (
        one_of("role", Role),
        CheckConstraint('"until" IS NULL OR "until" >= since', name="dates_in_order"),
        Index(
            "uq_memberships_active",
            "person_id",
            "organisation_id",
            unique=True,
            sqlite_where=text('"until" IS NULL'),
            postgresql_where=text('"until" IS NULL'),
        ),
        Index("ix_memberships_organisation_id", "organisation_id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    role: Mapped[Role] = mapped_column(OneOf(Role))
    since: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    until: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    person: Mapped[Person] = relationship()
    organisation: Mapped[Organisation] = relationship()
    posts: Mapped[list[DeskPost]] = relationship(back_populates="membership", order_by="DeskPost.id")


class Invitation(Model):
    """A director asks somebody to act for the organisation; the link holds a token, this row its hash."""

    __tablename__ = "invitations"
    __table_args__ = (
        CheckConstraint("role IN ('member', 'director')", name="role_known"),
        one_of("state", InvitationState),
        CheckConstraint("expires_at > created_at", name="ends_after_it_began"),
        CheckConstraint("(state = 'open') = (ended_at IS NULL)", name="open_has_no_end"),
        CheckConstraint("(state = 'accepted') = (accepted_by_id IS NOT NULL)", name="accepted_by_somebody"),
        Index(
            "uq_invitations_open",
            "organisation_id",
            "identifier",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
        Index("ix_invitations_state", "state", "expires_at"),
        Index("ix_invitations_invited_by_id", "invited_by_id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    role: Mapped[Role] = mapped_column(OneOf(Role))
    name: Mapped[str] = mapped_column(String(120))
    identifier: Mapped[str] = mapped_column(String(254))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    state: Mapped[InvitationState] = mapped_column(OneOf(InvitationState), default=InvitationState.OPEN)
    invited_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    accepted_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    organisation: Mapped[Organisation] = relationship()
    invited_by: Mapped[Person] = relationship(foreign_keys=[invited_by_id])
    accepted_by: Mapped[Person | None] = relationship(foreign_keys=[accepted_by_id])


class SignIn(Model):
    """A session on the server: the cookie holds a token, this row its hash. `proved_at`: when more than the password
    was shown last: a code or a passkey."""

    __tablename__ = "sign_ins"
    __table_args__ = (
        CheckConstraint("good_until > created_at", name="ends_after_it_began"),
        Index("ix_sign_ins_person_id", "person_id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    agent: Mapped[str] = mapped_column(String(160), default="")
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    last_seen_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    good_until: Mapped[dt.datetime] = mapped_column(UtcDateTime, index=True)
    ended_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    proved_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    person: Mapped[Person] = relationship()


class Attempts(Model):
    """How often something was tried under one key within one window of time."""

    __tablename__ = "attempts"
    key: Mapped[str] = mapped_column(String(90), primary_key=True)
    window: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    tries: Mapped[int] = mapped_column(Integer)


class PasswordReset(Model):
    """A single-use key to choose a new password; `email` is where a letter took it."""

    __tablename__ = "password_resets"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    email: Mapped[str | None] = mapped_column(String(254))
    expires_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    person: Mapped[Person] = relationship()


class Consent(Model):
    """What a person agreed to, to which text, when; a guest is known by the reference of one checkout (`guest`)."""

    __tablename__ = "consents"
    __table_args__ = (
        CheckConstraint("(person_id IS NULL) = (guest <> '')", name="of_somebody"),
        *(
            Index(
                f"uq_consents_living_{column}",
                column,
                "purpose",
                unique=True,
                sqlite_where=text(f"withdrawn_at IS NULL AND {living}"),
                postgresql_where=text(f"withdrawn_at IS NULL AND {living}"),
            )
            for column, living in (("person_id", "person_id IS NOT NULL"), ("guest", "guest <> ''"))
        ),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    guest: Mapped[str] = mapped_column(String(32), default="")
    purpose: Mapped[str] = mapped_column(String(40))
    text_version: Mapped[str] = mapped_column(String(20))
    given_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)


explain("uq_people_phone", _l("This phone number already has an account."), "phone")
explain("uq_people_email", _l("This e-mail address already has an account."), "email")
for _column in ("person_id", "guest"):
    explain(f"uq_consents_living_{_column}", _l("You agreed to this already."))
explain("uq_memberships_active", _l("This person already acts for this organisation."))
explain("uq_invitations_open", _l("This person was invited a moment ago."), "identifier")
