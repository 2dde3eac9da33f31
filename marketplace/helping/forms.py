"""What is filled in about delegations, calls and complaints."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from flask_wtf.file import FileField
from wtforms import HiddenField
from wtforms.validators import InputRequired

from marketplace.accounts.models import Person
from marketplace.cooperatives.forms import CertificateForm
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import clock
from marketplace.foundation.media.receiving import Clean, without_traces
from marketplace.foundation.web.fields import (
    ChoiceField,
    DateField,
    EmailField,
    LineField,
    Needed,
    Optional,
    PhoneField,
    RadioField,
    TextField,
    TickField,
    choices_of,
)
from marketplace.foundation.web.forms import Form
from marketplace.foundation.words import _, _l
from marketplace.helping.states import MATTER_LABELS, MATTER_WORDS, TOPIC_LABELS

HALF_A_YEAR = dt.timedelta(days=182)


class PressForm(Form):
    """A single press of a button."""


class GiveForm(Form):
    """What, to whom, until when."""

    matter = RadioField(_l("What may the alliance decide for you?"), [Needed(_l("Please choose what."))])
    officer = ChoiceField(_l("Who?"))
    last_day = DateField(_l("Until and including"), [Needed()])

    def __init__(self, officers: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(data={"last_day": clock.today() + HALF_A_YEAR}, **kwargs)
        self.officers = {person.ref: person for person in officers}
        self.matter.choices = choices_of(
            (matter, f"{label}: {MATTER_WORDS[matter]}") for matter, label in MATTER_LABELS.items()
        )
        self.officer.choices = choices_of(
            [(ref, person.name) for ref, person in self.officers.items()],
            none=_("Every officer of the alliance"),
        )

    @property
    def chosen(self) -> Person | None:
        return self.officers.get(self.officer.data)


class BringForm(GiveForm):
    """The same on paper."""

    given_by = LineField(_l("Signed by: name and office"), [Needed()], longest=120)
    file = FileField(
        _l("The scan or a photo: PDF or picture, to 10 MB"), [InputRequired(_l("Please choose a file."))]
    )

    def clean(self) -> Clean:
        """Before the transaction: drawing a picture anew takes a moment."""
        return without_traces(stream=self.file.data.stream, filename=self.file.data.filename, field="file")


class ToldPaperForm(CertificateForm):
    """A certificate that came to the office, with who brought it; by a delegation it may stay empty."""

    told_by = LineField(_l("Who told it"), [Optional()], longest=120)

    def clean(self) -> Clean:
        """Before the transaction, as above."""
        return without_traces(stream=self.file.data.stream, filename=self.file.data.filename, field="file")


class CallForm(Form):
    """Who called, about what, when to come back to it."""

    caller = LineField(_l("Who calls?"), [Needed()], longest=120)
    phone = PhoneField(_l("Phone number"), [Optional()])
    member = LineField(_l("Cooperative (a word of its name, or its tax code)"), [Optional()], longest=120)
    topic = ChoiceField(_l("What about?"), [Needed(_l("Please choose what it is about."))])
    words = TextField(_l("What the caller said"), [Needed()], longest=2000)
    follow_up_on = DateField(_l("Come back to it on"), [Optional()])
    on_the_line = TickField(_l("They are still on the line: what I write down now belongs to this call"))

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.topic.choices = choices_of(TOPIC_LABELS.items(), none=_("Please choose"))


class DoneForm(Form):
    words = LineField(_l("What was done"), [Optional()], longest=500)


class ComplaintForm(Form):
    """What about, against whom, in one's own words."""

    once = HiddenField()
    topic = RadioField(_l("What is it about?"), [Needed(_l("Please choose what it is about."))])
    words = TextField(_l("What happened? What do you ask for?"), [Needed()], longest=3000)
    against = LineField(
        _l("Against a cooperative? A word of its name, or its tax code"), [Optional()], longest=120
    )
    about = LineField(_l("Number of the order or contract"), [Optional()], longest=60)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.topic.choices = choices_of(TOPIC_LABELS.items())


class OwnComplaintForm(ComplaintForm):
    """By whoever is signed in: for themselves, or for an organisation they act for."""

    organisation = ChoiceField(_l("For whom do you write?"))

    def __init__(self, organisations: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.organisations = {each.ref: each for each in organisations}
        self.organisation.choices = choices_of(
            [(ref, each.name) for ref, each in self.organisations.items()], none=_("For myself")
        )
        if not self.organisations:  # they are not asked for whom: the page shows no choice of one
            self.organisation.data = ""


class ToldComplaintForm(ComplaintForm):
    """An officer writes down what somebody told on the telephone, or wrote in a letter."""

    name = LineField(_l("Who complains"), [Needed()], longest=255)
    phone = PhoneField(_l("Phone number"), [Optional()])
    email = EmailField(_l("E-mail"), [Optional()])
    about_url = HiddenField()


class AnswerForm(Form):
    answer = TextField(_l("The answer, as they will read it"), [Needed()], longest=3000)


class AppealForm(Form):
    words = TextField(_l("What is not right yet?"), [Needed()], longest=3000)


class AssignForm(Form):
    officer = ChoiceField(_l("Who looks into it?"), [Needed()])
    seen = HiddenField()

    def __init__(self, officers: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.officers = {person.ref: person for person in officers}
        self.officer.choices = choices_of([(ref, person.name) for ref, person in self.officers.items()])


def one_member(found: Sequence[Cooperative], written: str, field: Any) -> Cooperative | None:
    """The one cooperative that is meant; otherwise the field says why it is not clear."""
    if not written:
        return None
    exact = [each for each in found if written in (each.slug, each.tax_code, each.called, each.name)]
    meant = exact or [*found]
    if len(meant) == 1:
        return meant[0]
    names = ", ".join(each.called for each in meant)
    field.errors = [
        _("Which one? %(names)s. Please write more of its name.", names=names)
        if meant
        else _("No cooperative is called so. Leave it empty if it is no member.")
    ]
    return None
