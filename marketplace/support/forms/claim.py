"""A claim, as the cooperative fills it in and as the office answers."""

from __future__ import annotations

from typing import Any

from flask_wtf.file import FileField
from wtforms.validators import InputRequired

from marketplace.foundation import clock
from marketplace.foundation.media.receiving import Clean, without_traces
from marketplace.foundation.money import Money
from marketplace.foundation.web.fields import (
    ChoiceField,
    DateField,
    LineField,
    MoneyField,
    Needed,
    Optional,
    TextField,
    choices_of,
)
from marketplace.foundation.web.forms import Form
from marketplace.foundation.words import _l
from marketplace.support import frozen
from marketplace.support.models import SupportClaim, SupportGrant
from marketplace.support.states import (
    EVIDENCE_LABELS,
    HEAD_LABELS,
    SOURCE_LABELS,
    EvidenceKind,
    Head,
    SupportSource,
)


class CostsForm(Form):
    """What was really spent: spent_<head> for each cost the norm covers."""

    words = TextField(_l("What the alliance should know"), [Optional()], longest=1000)

    def costs(self) -> dict[Head, Money]:
        return {
            head: field.data for head in Head if (field := self._fields.get(f"spent_{head}")) and field.data
        }


def costs_form(claim: SupportClaim, **kwargs: Any) -> CostsForm:
    class Fields(CostsForm):
        pass

    for line in frozen.terms_of(claim.grant.terms).heads:
        setattr(Fields, f"spent_{line.head}", MoneyField(HEAD_LABELS[line.head], [Optional()]))
    kept: dict[str, Any] = {f"spent_{cost.head}": cost.spent for cost in claim.costs}
    return Fields(data={**kept, "words": claim.words}, **kwargs)


class ToldForm(CostsForm):
    """The same for somebody who calls or brings the papers; an officer writes it down. paper_<kind> for each proof."""

    told_by = LineField(_l("Who told it, or who brought the papers"), [Needed()], longest=120)

    def files(self) -> list[tuple[EvidenceKind, Clean]]:
        sent = [
            (kind, self._fields[f"paper_{kind}"].data)
            for kind in EvidenceKind
            if f"paper_{kind}" in self._fields
        ]
        return [
            (
                kind,
                without_traces(stream=file.stream, filename=file.filename, field=f"paper_{kind}"),
            )
            for kind, file in sent
            if getattr(file, "filename", "")
        ]


def told_form(grant: SupportGrant, claim: SupportClaim | None, **kwargs: Any) -> ToldForm:
    class Fields(ToldForm):
        pass

    for line in frozen.terms_of(grant.terms).heads:
        setattr(Fields, f"spent_{line.head}", MoneyField(HEAD_LABELS[line.head], [Optional()]))
    have = {paper.kind for paper in claim.papers} if claim is not None else set()
    for kind in frozen.evidence_of(grant.terms) or [EvidenceKind.OTHER]:
        if kind not in have:
            setattr(Fields, f"paper_{kind}", FileField(EVIDENCE_LABELS[kind], [Optional()]))
    kept: dict[str, Any] = (
        {f"spent_{cost.head}": cost.spent for cost in claim.costs} if claim is not None else {}
    )
    return Fields(data={**kept, "words": claim.words if claim is not None else ""}, **kwargs)


class PaperForm(Form):
    """A proof: a photo by the phone's camera, or a PDF."""

    kind = ChoiceField(_l("Which paper is it?"))
    file = FileField(
        _l("A photo of the paper, or a PDF to 10 MB"), [InputRequired(_l("Please choose a file."))]
    )

    def clean(self) -> Clean:
        """Drawn anew, without what tells where and when it was taken; before the transaction, for it takes a moment."""
        return without_traces(stream=self.file.data.stream, filename=self.file.data.filename, field="file")


def paper_form(claim: SupportClaim, **kwargs: Any) -> PaperForm:
    """What the norm wants comes first, and of that what is still missing."""
    form = PaperForm(**kwargs)
    have = {paper.kind for paper in claim.papers}
    wanted = frozen.evidence_of(claim.grant.terms)
    rest = [kind for kind in EvidenceKind if kind not in wanted]
    ordered = [*[k for k in wanted if k not in have], *[k for k in wanted if k in have], *rest]
    form.kind.choices = [(str(kind), EVIDENCE_LABELS[kind]) for kind in ordered]
    return form


class AdvanceForm(Form):
    amount = MoneyField(_l("How much do you need ahead?"), [Needed()])
    words = TextField(_l("What the alliance should know"), [Optional()], longest=1000)


def advance_form(grant: SupportGrant, claim: SupportClaim | None = None, **kwargs: Any) -> AdvanceForm:
    told = {"amount": claim.asked, "words": claim.words} if claim is not None else None
    return AdvanceForm(data=told, **kwargs)


class WordsForm(Form):
    words = TextField(_l("Reason (the cooperative reads it)"), [Needed()], longest=1000)


class VerifyForm(Form):
    """How much of each cost is proven, as accepted_<head>."""

    def accepted(self, claim: SupportClaim) -> dict[Head, Money]:
        return {cost.head: self[f"accepted_{cost.head}"].data or Money(0) for cost in claim.costs}


def verify_form(claim: SupportClaim, **kwargs: Any) -> VerifyForm:
    class Fields(VerifyForm):
        pass

    for cost in claim.costs:
        field = MoneyField(HEAD_LABELS[cost.head], [Optional()], least=0)
        setattr(Fields, f"accepted_{cost.head}", field)
    return Fields(data={f"accepted_{cost.head}": cost.spent for cost in claim.costs}, **kwargs)


class PaymentForm(Form):
    """One source's payment, as its bank wrote it."""

    source = ChoiceField(_l("Paid by"))
    amount = MoneyField(_l("How much"), [Needed()])
    bank_reference = LineField(_l("Reference of the bank or the payment order"), [Needed()], longest=80)
    day = DateField(_l("Paid on"), [Needed()])


def payment_form(claim: SupportClaim, **kwargs: Any) -> PaymentForm:
    """The first source that still has to pay stands ready."""
    open_shares = [share for share in claim.shares if share.left]
    told: dict[str, Any] = {"day": clock.today()}
    if open_shares:
        told |= {"source": str(open_shares[0].source), "amount": open_shares[0].left}
    form = PaymentForm(data=told, **kwargs)
    form.source.choices = _sources([share.source for share in claim.shares])
    return form


def return_form(claim: SupportClaim, **kwargs: Any) -> PaymentForm:
    told = {"day": clock.today(), "amount": claim.give_back - claim.returned}
    form = PaymentForm(data=told, prefix="back-", **kwargs)
    form.source.choices = _sources([share.source for share in claim.grant.shares if share.paid])
    return form


def _sources(sources: list[SupportSource]) -> list[tuple[str, Any]]:
    return choices_of([(source, SOURCE_LABELS[source]) for source in sources])
