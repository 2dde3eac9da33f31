"""A norm: its act, its limits, a line for each kind of cost."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from marketplace.foundation.web.fields import (
    ChoiceField,
    DateField,
    DecimalField,
    LineField,
    ManyField,
    MoneyField,
    Needed,
    Optional,
    RadioField,
    WholeField,
    choices_of,
)
from marketplace.foundation.web.forms import Form
from marketplace.foundation.words import _l
from marketplace.support.computing import HeadTerms
from marketplace.support.models import SupportNorm
from marketplace.support.states import (
    ACTIVITY_LABELS,
    BENEFICIARY_LABELS,
    EVIDENCE_LABELS,
    PER_LABELS,
    ActivityKind,
    Beneficiary,
    EvidenceKind,
    Head,
    Per,
)


class NormForm(Form):
    """Lines of costs are rate_<head>, cap_<head> and per_<head>; one without a rate is not covered."""

    act_number = LineField(_l("Number of the act"), [Needed()], longest=80)
    act_name = LineField(_l("What it is called"), [Optional()], longest=300)
    kind = ChoiceField(_l("For which activity"), choices=choices_of(ACTIVITY_LABELS.items()))
    beneficiary = RadioField(
        _l("For whom"), choices=choices_of(BENEFICIARY_LABELS.items()), default=str(Beneficiary.ANY)
    )
    valid_from = DateField(_l("In force from"), [Needed()])
    valid_until = DateField(_l("Last day"), [Optional()])
    cap_per_time = MoneyField(_l("At the most each time"), [Optional()])
    cap_per_year = MoneyField(_l("At the most in a year"), [Optional()])
    times_per_year = WholeField(_l("How often in a year, at the most"), [Optional()], least=1, most=365)
    max_booths = DecimalField(
        _l("How many booths count, at the most"), [Optional()], least=Decimal("0.5"), most=100
    )
    advance_rate = DecimalField(_l("How much may come before the costs"), [Optional()], least=0, most=100)
    priority = WholeField(
        _l("Order among norms that fit: the lower number comes first"),
        [Needed()],
        least=1,
        most=999,
        default=10,
    )
    evidence = ManyField(_l("Papers the settlement wants"), choices=choices_of(EVIDENCE_LABELS.items()))

    def heads(self) -> list[HeadTerms]:
        return [
            HeadTerms(
                head, self[f"rate_{head}"].data, self[f"cap_{head}"].data, Per(self[f"per_{head}"].data)
            )
            for head in Head
            if self[f"rate_{head}"].data
        ]

    def values(self) -> dict[str, Any]:
        """As services.add_norm takes them."""
        plain = ("valid_from", "valid_until", "cap_per_time", "cap_per_year", "times_per_year", "max_booths")
        return {
            **{name: self[name].data for name in plain},
            "act_number": self.act_number.data,
            "act_name": self.act_name.data or "",
            "kind": ActivityKind(self.kind.data),
            "beneficiary": Beneficiary(self.beneficiary.data),
            "advance_rate": self.advance_rate.data or Decimal(0),
            "priority": self.priority.data,
            "evidence": [EvidenceKind(each) for each in self.evidence.data or []],
            "heads": self.heads(),
        }


def norm_form(norm: SupportNorm | None = None, **kwargs: Any) -> NormForm:
    class Fields(NormForm):
        pass

    for head in Head:
        setattr(Fields, f"rate_{head}", DecimalField(_l("Per cent"), [Optional()], least=0, most=100))
        setattr(Fields, f"cap_{head}", MoneyField(_l("At the most"), [Optional()]))
        setattr(
            Fields,
            f"per_{head}",
            ChoiceField(_l("The cap counts"), choices=choices_of(PER_LABELS.items()), default=str(Per.TIME)),
        )
    return Fields(data=_kept(norm), **kwargs)


def _kept(norm: SupportNorm | None) -> Mapping[str, Any] | None:
    if norm is None:
        return None
    names = (
        "act_number", "act_name", "valid_from", "valid_until", "cap_per_time", "cap_per_year", "times_per_year",
        "max_booths", "advance_rate", "priority",
    )  # fmt: skip
    told: dict[str, Any] = {name: getattr(norm, name) for name in names}
    told |= {"kind": str(norm.kind), "beneficiary": str(norm.beneficiary)}
    told["evidence"] = [str(each.kind) for each in norm.evidence]
    for line in norm.heads:
        told |= {
            f"rate_{line.head}": line.rate,
            f"cap_{line.head}": line.cap,
            f"per_{line.head}": str(line.per),
        }
    return told


class EndForm(Form):
    last_day = DateField(_l("The last day on which it counts"), [Needed()])
