"""What directors and officers fill in about a cooperative."""

from __future__ import annotations

from typing import Any

from flask_wtf.file import FileField
from wtforms import PasswordField
from wtforms.validators import InputRequired, ValidationError

from marketplace.accounts.states import Purpose, asked
from marketplace.cooperatives.banks import BANKS
from marketplace.cooperatives.states import KIND_LABELS, PAPER_LABELS, SECTOR_LABELS
from marketplace.foundation import clock
from marketplace.foundation.web.fields import (
    ChoiceField,
    DateField,
    DecimalField,
    EmailField,
    LineField,
    MoneyField,
    Needed,
    Optional,
    PhoneField,
    RadioField,
    TextField,
    TickField,
    WholeField,
    choices_of,
)
from marketplace.foundation.web.forms import Form
from marketplace.foundation.words import _, _l
from marketplace.places.fields import UnitField

REGISTRY = (
    "name", "short_name", "name_en", "kind", "sector", "tax_code", "registration_no", "registered_on",
    "register_office", "business_lines", "phone", "zalo", "email", "website", "legal_rep_name", "legal_rep_title",
    "charter_capital", "members_official", "members_capital", "members_other", "households_served", "workers",
    "area_ha",
)  # fmt: skip
OWN = (
    "short_name", "name_en", "business_lines", "phone", "zalo", "email", "website", "members_official",
    "households_served", "workers", "area_ha", "story_vi", "story_en",
)  # fmt: skip


class OwnDataForm(Form):
    """What a cooperative changes by itself, at once."""

    short_name = LineField(_l("Short name, as people say it"), [Optional()], longest=120)
    name_en = LineField(_l("Name in English"), [Optional()], longest=255)
    story_vi = TextField(_l("Our story"), [Optional()], longest=5000)
    story_en = TextField(_l("Our story in English"), [Optional()], longest=5000)
    business_lines = TextField(_l("What we do"), [Optional()], longest=2000)
    phone = PhoneField(_l("Phone for buyers"), [Needed()])
    zalo = PhoneField(_l("Zalo"), [Optional()])
    email = EmailField(_l("E-mail"), [Optional()])
    website = LineField(_l("Website"), [Optional()], longest=255)
    members_official = WholeField(_l("Members"), [Optional()])
    households_served = WholeField(_l("Households served"), [Optional()])
    workers = WholeField(_l("Workers"), [Optional()])
    area_ha = DecimalField(_l("Land in hectares"), [Optional()])

    def values(self) -> dict[str, Any]:
        return values_of(self, OWN)


class RegistryForm(OwnDataForm):
    """Everything the registry holds; for officers, and for a cooperative that is not admitted yet."""

    name = LineField(_l("Full name, as on the paper"), [Needed()], longest=255)
    kind = RadioField(_l("Kind"), choices=choices_of(KIND_LABELS.items()), default="cooperative")
    sector = ChoiceField(_l("Sector"), choices=choices_of(SECTOR_LABELS.items()), default="agriculture")
    tax_code = LineField(_l("Tax code"), [Optional()], longest=20)
    registration_no = LineField(_l("Registration number"), [Optional()], longest=60)
    registered_on = DateField(_l("Registered on"), [Optional()])
    register_office = LineField(_l("Registered at"), [Optional()], longest=255)
    place = UnitField(_l("Commune or ward of the head office"))
    line1 = LineField(_l("Village, street, house number"), [Optional()], longest=255)
    phone = PhoneField(_l("Phone for buyers"), [Optional()])
    legal_rep_name = LineField(_l("Legal representative"), [Optional()], longest=120)
    legal_rep_title = LineField(_l("Title, for example director"), [Optional()], longest=120)
    charter_capital = MoneyField(_l("Charter capital, in đồng"), [Optional()], least=0)
    members_capital = WholeField(_l("Members who only put in capital"), [Optional()])
    members_other = WholeField(_l("Other members"), [Optional()])

    def values(self) -> dict[str, Any]:
        return values_of(self, (*REGISTRY, "story_vi", "story_en"))


class ApplyForm(Form):
    """The first page of an application: who the cooperative is."""

    name = LineField(_l("Full name, as on the paper"), [Needed()], longest=255)
    kind = RadioField(_l("Kind"), choices=choices_of(KIND_LABELS.items()), default="cooperative")
    tax_code = LineField(_l("Tax code"), [Optional()], longest=20)
    place = UnitField(_l("Commune or ward of the head office"))
    agree = TickField(
        _l("I speak for this cooperative, and I agree that its public data are shown on this market"),
        [InputRequired(_l("Please read and tick this before you go on."))],
    )


class ApplyAsGuestForm(ApplyForm):
    """The same by somebody without an account."""

    person_name = LineField(_l("Your full name"), [Needed()], longest=120)
    phone = PhoneField(_l("Your phone number"), [Optional()])
    email = EmailField(_l("Your e-mail"), [Optional()])
    password = PasswordField(_l("Choose a password"), [Needed()])
    kept = TickField(
        asked(Purpose.ACCOUNT), [InputRequired(_l("Please read and tick this before you go on."))]
    )
    news = TickField(asked(Purpose.NEWS), [Optional()])
    support = TickField(asked(Purpose.SUPPORT), [Optional()])

    def validate(self, extra_validators: Any = None) -> bool:
        fine = super().validate(extra_validators)
        if not (self.phone.data or self.email.data or self.phone.errors or self.email.errors):
            self.phone.errors = [_("Please give a phone number or an e-mail address.")]
            return False
        return fine


class PaperForm(Form):
    """A paper of the dossier."""

    title = ChoiceField(
        _l("Which paper is it?"),
        choices=lambda: [
            (title, title)
            for title in (
                _("Registration certificate"),
                _("Charter"),
                _("Minutes of the founding meeting"),
                _("List of members"),
                _("Food safety certificate or commitment"),
                _("Another paper"),
            )
        ],
    )
    file = FileField(
        _l("The paper: PDF or a photo of it, to 10 MB"), [InputRequired(_l("Please choose a file."))]
    )


class CertificateForm(Form):
    """A certificate that buyers may see once the alliance has verified it."""

    kind = ChoiceField(_l("Certificate"), choices=choices_of(PAPER_LABELS.items()))
    number = LineField(_l("Certificate number"), [Needed()], longest=80)
    scope = LineField(_l("For which goods or fields"), [Optional()], longest=255)
    issued_by = LineField(_l("Issued by"), [Needed()], longest=255)
    issued_on = DateField(_l("Issued on"), [Needed()])
    expires_on = DateField(_l("Valid until"), [Optional()])
    area_ha = DecimalField(_l("Land in hectares"), [Optional()])
    stars = WholeField(_l("OCOP stars (3 to 5)"), [Optional()], least=1, most=5)
    file = FileField(
        _l("The paper: PDF or a photo of it, to 10 MB"), [InputRequired(_l("Please choose a file."))]
    )

    def validate_issued_on(self, field: Any) -> None:
        if field.data and field.data > clock.today():
            raise ValidationError(_("This day is still to come."))

    def values(self) -> dict[str, Any]:
        names = ("kind", "number", "scope", "issued_by", "issued_on", "expires_on", "area_ha", "stars")
        return values_of(self, names)


class PhotoForm(Form):
    photo = FileField(_l("A photo, to 20 MB"), [InputRequired(_l("Please choose a photo."))])


class AccountForm(Form):
    """The bank account buyers pay into; the password again, since money follows."""

    bin = ChoiceField(
        _l("Bank"), choices=choices_of(sorted(BANKS.items(), key=lambda bank: bank[1]), none="")
    )
    number = LineField(_l("Account number"), [Needed()], longest=30)
    holder = LineField(_l("Account holder, as the bank writes it"), [Needed()], longest=120)
    password = PasswordField(_l("Your password, once more"), [Needed()])


class ReasonForm(Form):
    reason = TextField(_l("Reason (the cooperative reads it)"), [Optional()], longest=500)


class HeirForm(Form):
    """Which of today's communes an old, divided one lies in."""

    place = RadioField(_l("Today's commune or ward"), coerce=int)


class UploadForm(Form):
    file = FileField(
        _l("The registry file: .xlsx or .csv, to 8 MB"), [InputRequired(_l("Please choose a file."))]
    )


def values_of(form: Form, names: tuple[str, ...]) -> dict[str, Any]:
    """The named fields as a service wants them: empty text for nothing where the registry keeps text."""
    texts = (LineField, TextField, PhoneField, EmailField)
    return {
        name: (form[name].data or "") if isinstance(form[name], texts) else form[name].data for name in names
    }
