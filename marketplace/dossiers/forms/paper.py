"""A paper that is sent in from a phone, and a link that is given away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from flask_wtf.file import FileField
from wtforms.validators import InputRequired, ValidationError

from marketplace.accounts.models import Organisation
from marketplace.cooperatives.states import PAPER_LABELS, PaperKind
from marketplace.foundation import clock
from marketplace.foundation.media.receiving import Clean, without_traces
from marketplace.foundation.web.fields import (
    ChoiceField,
    DateField,
    LineField,
    Needed,
    Optional,
    choices_of,
)
from marketplace.foundation.web.forms import Form
from marketplace.foundation.words import _, _l


class SendInForm(Form):
    """One paper of a product; the same papers as at /desk/profile/certificates."""

    kind = ChoiceField(_l("Which paper"), choices=choices_of(PAPER_LABELS.items()))
    file = FileField(
        _l("The paper: PDF or a photo of it, to 10 MB"), [InputRequired(_l("Please choose a file."))]
    )
    number = LineField(_l("Number on the paper"), [Needed()], longest=80)
    issued_by = LineField(_l("Issued by"), [Needed()], longest=255)
    issued_on = DateField(_l("Issued on"), [Needed()])
    expires_on = DateField(_l("Valid until"), [Optional()])

    def validate_issued_on(self, field: Any) -> None:
        if field.data and field.data > clock.today():
            raise ValidationError(_("This day is still to come."))

    def clean(self) -> Clean:
        """The file without what a camera wrote beside it: it takes a moment, so before the transaction."""
        return without_traces(stream=self.file.data, filename=self.file.data.filename, field="file")

    def values(self) -> dict[str, Any]:
        """As services.send_in takes them."""
        return {
            "kind": PaperKind(self.kind.data),
            "number": self.number.data,
            "issued_by": self.issued_by.data,
            "issued_on": self.issued_on.data,
            "expires_on": self.expires_on.data,
        }


class ShareForm(Form):
    """For whom a link is, and how long it opens."""

    meant_for = LineField(_l("Who gets the link"), [Needed()], longest=120)
    buyer = ChoiceField(_l("Against whose list"), choices=[])
    on = DateField(_l("For goods that arrive on (empty: any day)"), [Optional()])
    days = ChoiceField(
        _l("It opens for"),
        choices=[("7", _l("7 days")), ("30", _l("30 days")), ("90", _l("90 days"))],
        default="30",
    )

    def validate_on(self, field: Any) -> None:
        if field.data and field.data < clock.today():
            raise ValidationError(_("This day has passed."))


def share_form(
    buyers: Sequence[Organisation], chosen: Organisation | None, on: dt.date | None, **kwargs: Any
) -> ShareForm:
    told = {
        "buyer": chosen.ref if chosen else "",
        "meant_for": chosen.name if chosen else "",
        "on": on,
    }
    form = ShareForm(data=told, **kwargs)
    named = [(buyer.ref, buyer.name) for buyer in buyers]
    form.buyer.choices = choices_of(named, none=_("All papers we have"))
    return form
