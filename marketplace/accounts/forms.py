"""What people fill in about themselves."""

from __future__ import annotations

from typing import Any

from wtforms import HiddenField, PasswordField
from wtforms.validators import InputRequired

from marketplace.accounts.states import DESK_LABELS, DESK_WORDS, Desk, Purpose, Role, asked
from marketplace.foundation.audit import kinds_told, number_of
from marketplace.foundation.web.fields import (
    ChoiceField,
    DateField,
    EmailField,
    LineField,
    Needed,
    Optional,
    PhoneField,
    RadioField,
    TickField,
    read_email,
)
from marketplace.foundation.web.forms import Form
from marketplace.foundation.words import _, _l


class SignInForm(Form):
    identifier = LineField(_l("Phone number or e-mail"), [Needed()], longest=254)
    password = PasswordField(_l("Password"), [Needed()])
    next = HiddenField()


class RegisterForm(Form):
    next = HiddenField()
    name = LineField(_l("Your full name"), [Needed()], longest=120)
    phone = PhoneField(_l("Phone number"), [Optional()])
    email = EmailField(_l("E-mail"), [Optional()])
    password = PasswordField(_l("Choose a password"), [Needed()])
    kind = RadioField(
        _l("Who buys?"),
        choices=[
            ("person", _l("I buy for myself")),
            ("organisation", _l("I buy for a shop, company or kitchen")),
        ],
        default="person",
    )
    organisation_name = LineField(_l("Name of the organisation"), [Optional()], longest=255)
    tax_code = LineField(_l("Tax code"), [Optional()], longest=20)
    agree = TickField(
        asked(Purpose.ACCOUNT),
        [InputRequired(_l("Please read and tick this before you go on."))],
    )
    news = TickField(asked(Purpose.NEWS), [Optional()])
    support = TickField(asked(Purpose.SUPPORT), [Optional()])

    def validate(self, extra_validators: Any = None) -> bool:
        fine = super().validate(extra_validators)
        if not self.phone.data and not self.email.data and not self.phone.errors and not self.email.errors:
            self.phone.errors = [_("Please give a phone number or an e-mail address.")]
            fine = False
        if self.kind.data == "organisation" and not self.organisation_name.data:
            self.organisation_name.errors = [_("Please write the name of the organisation.")]
            fine = False
        return fine


class ForgotForm(Form):
    identifier = LineField(_l("Phone number or e-mail"), [Needed()], longest=254)


class NewPasswordForm(Form):
    password = PasswordField(_l("New password"), [Needed()])


class ChangePasswordForm(Form):
    current = PasswordField(_l("Your password now"), [Needed()])
    password = PasswordField(_l("New password"), [Needed()])


class ProfileForm(Form):
    name = LineField(_l("Your full name"), [Needed()], longest=120)
    phone = PhoneField(_l("Phone number"), [Optional()])
    email = EmailField(_l("E-mail"), [Optional()])
    locale = RadioField(_l("Language of letters"), choices=[("vi", "Tiếng Việt"), ("en", "English")])
    letters = TickField(_l("Send me letters by e-mail too"))


class ReachField(PhoneField):
    """A phone number or an e-mail address. `data` is +84… or the lower-cased address, or None."""

    inputmode = "text"

    def parse(self, written: str) -> str:
        return read_email(written) if "@" in written else super().parse(written)

    def show(self, value: str) -> str:
        return value if "@" in value else super().show(value)


class InvitationForm(Form):
    name = LineField(_l("Full name of the person"), [Needed()], longest=120)
    identifier = ReachField(_l("Their phone number or e-mail"), [Needed()])
    role = RadioField(
        _l("Role"),
        choices=[
            (str(Role.MEMBER), _l("Member: does the daily work")),
            (str(Role.DIRECTOR), _l("Director: does everything, invites and removes people too")),
        ],
    )


class ActingForm(Form):
    organisation = ChoiceField(_l("I act for"), [Needed()])


class PressForm(Form):
    """A single press of a button."""


class CodeForm(Form):
    """A code of the app, or one from the paper."""

    code = LineField(_l("Code"), [Needed()], longest=20)


class PasskeyForm(Form):
    """What a browser answers for a passkey; a script fills it in."""

    credential = HiddenField()


class NewPasskeyForm(PasskeyForm):
    name = LineField(_l("Name of this passkey"), [Needed()], longest=60)


class AgainForm(Form):
    """Who wants to do something weighty shows once more that it is they: a code, a passkey, or the password."""

    code = LineField(_l("Code"), longest=20)
    password = PasswordField(_l("Your password now"))
    credential = HiddenField()


class DeskForm(Form):
    desk = RadioField(
        _l("Which desk"),
        [Needed()],
        choices=[
            (str(desk), _l("%(desk)s: %(words)s", desk=DESK_LABELS[desk], words=DESK_WORDS[desk]))
            for desk in Desk
        ],
    )
    last_day = DateField(_l("Last day"), [Optional()])
    reason = LineField(_l("Reason"), [Needed()], longest=500)


class ReasonForm(Form):
    reason = LineField(_l("Reason"), [Needed()], longest=500)


class TrailForm(Form):
    """What somebody looks for in the trail; its fields stand in the address."""

    who = LineField(_l("Who did it"), [Optional()], longest=80)
    member = LineField(_l("On whose behalf"), [Optional()], longest=120)
    kind = ChoiceField(_l("What happened"), [Optional()])
    since = DateField(_l("From day"), [Optional()])
    until = DateField(_l("Until day"), [Optional()])
    subject = HiddenField()
    number = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = [("", _("Everything")), *kinds_told()]

    def validate(self, extra_validators: Any = None) -> bool:
        fine = super().validate(extra_validators)
        if self.since.data and self.until.data and self.until.data < self.since.data:
            self.until.errors = [_("The last day comes before the first.")]
            fine = False
        return fine

    @property
    def about(self) -> tuple[str, int] | None:
        """The one thing whose story is asked for."""
        subject, name = str(self.subject.data or "")[:40], str(self.number.data or "")[:80]
        number = number_of(subject, name) if subject and name else None
        return (subject, number) if number is not None else None
