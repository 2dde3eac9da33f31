"""What is filled in about results: declared, verified, followed up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import MultipleFileField

from marketplace.fairs.models import FairDeal, FairResult, FollowUp
from marketplace.foundation.media.receiving import Clean, without_traces
from marketplace.foundation.money import Money
from marketplace.foundation.web.fields import LineField, MoneyField, Needed, Optional, TextField, WholeField
from marketplace.foundation.web.forms import Form
from marketplace.foundation.words import _l

LARGEST = 10**15


class Said(Needed):
    """Must be filled in, and 0 is an answer."""

    def __call__(self, form: Any, field: Any) -> None:
        if field.data is None:
            super().__call__(form, field)


class ResultForm(Form):
    """What an exhibitor declares."""

    sales = MoneyField(_l("Direct sales at the stand"), [Optional()], least=0, most=LARGEST)
    orders = WholeField(_l("How many sales"), [Optional()], most=10**7)
    best_sellers = LineField(_l("What sold best"), [Optional()], longest=300)
    difficulties = TextField(_l("What was difficult"), [Optional()], longest=3000)
    proposals = TextField(_l("What should be done differently"), [Optional()], longest=3000)
    evidence = MultipleFileField(_l("Proofs: photos or PDFs"), [Optional()])

    def values(self) -> dict[str, Any]:
        """As services.keep_result takes it."""
        return {
            "sales": self.sales.data or Money(0),
            "orders": self.orders.data or 0,
            "best_sellers": self.best_sellers.data or "",
            "difficulties": self.difficulties.data or "",
            "proposals": self.proposals.data or "",
        }

    def files(self) -> list[Clean]:
        chosen = [file for file in self.evidence.data or [] if getattr(file, "filename", "")]
        return [
            without_traces(stream=file.stream, filename=file.filename, field="evidence") for file in chosen
        ]


class ToldForm(ResultForm):
    """The same for somebody who calls; an officer writes it down."""

    told_by = LineField(_l("Who told it, or who signed"), [Needed()], longest=120)


class VerifyForm(Form):
    """What there is proof of; for each deal its value as deal_<id>."""

    sales = MoneyField(_l("Verified sales"), [Said()], least=0, most=LARGEST)
    orders = WholeField(_l("Verified number of sales"), [Said()], most=10**7)
    note = TextField(_l("What you have seen"), [Optional()], longest=500)

    def deals(self, deals: Sequence[FairDeal]) -> dict[int, Money]:
        return {deal.id: self[f"deal_{deal.id}"].data or Money(0) for deal in deals}


def verify_form(result: FairResult, deals: Sequence[FairDeal], **kwargs: Any) -> VerifyForm:
    """Begun with what was declared: the officer writes down what differs."""

    class Fields(VerifyForm):
        pass

    for deal in deals:
        field = MoneyField(
            _l("Verified value"),
            [Optional()],
            least=0,
            most=LARGEST,
            default=deal.value if deal.file_id is not None else Money(0),
        )
        setattr(Fields, f"deal_{deal.id}", field)
    return Fields(sales=result.sales, orders=result.orders, **kwargs)


class ReturnForm(Form):
    reason = TextField(_l("What is missing or wrong?"), [Needed()], longest=500)


class FollowUpForm(Form):
    """What came of it."""

    value = MoneyField(
        _l("What the contracts have brought in until today"),
        [Said()],
        least=0,
        most=LARGEST,
        description=_l("All together since the fair; 0 when nothing came of it."),
    )
    words = TextField(_l("In a few words"), [Optional()], longest=1000)


class ToldFollowUpForm(FollowUpForm):
    told_by = LineField(_l("Who told it, or who signed"), [Needed()], longest=120)


def follow_up_form(follow_up: FollowUp) -> FollowUpForm:
    return FollowUpForm(value=follow_up.value, words=follow_up.words)


class FollowUpCheckForm(Form):
    verified = MoneyField(_l("Verified value"), [Said()], least=0, most=LARGEST)
