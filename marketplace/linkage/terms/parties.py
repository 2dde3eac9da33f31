"""Who concludes the contract, for how long, by which form of linkage."""

from __future__ import annotations

from enum import StrEnum

from marketplace.foundation.words import _l
from marketplace.linkage.terms.kinds import Section, Term, line, text
from marketplace.linkage.terms.kinds import TermKind as K


class LinkageForm(StrEnum):
    """Forms of linkage of Decree 98/2018/NĐ-CP, article 4."""

    LK1 = "LK1"
    LK2 = "LK2"
    LK3 = "LK3"
    LK4 = "LK4"
    LK5 = "LK5"
    LK6 = "LK6"
    LK7 = "LK7"


FORM_LABELS = {
    LinkageForm.LK1: _l(
        "LK1: inputs and services, production, harvest, processing and sale: the whole chain"
    ),
    LinkageForm.LK2: _l("LK2: inputs and services, and sale"),
    LinkageForm.LK3: _l("LK3: production and harvest, and sale"),
    LinkageForm.LK4: _l("LK4: inputs, production and harvest, and sale"),
    LinkageForm.LK5: _l("LK5: production, harvest and processing, and sale"),
    LinkageForm.LK6: _l("LK6: inputs and processing, and sale"),
    LinkageForm.LK7: _l("LK7: processing, and sale"),
}
HEAD = Section(
    key="head",
    label=_l("Head of the contract"),
    terms=(
        Term(
            key="form",
            label=_l("Form of linkage"),
            kind=K.CHOICE,
            choices=FORM_LABELS,
            needed=True,
            default="LK3",
        ),
        line("place", _l("Signed at"), default=None),
        Term(key="from_day", label=_l("In force from"), kind=K.DAY, needed=True),
        Term(key="until_day", label=_l("In force until"), kind=K.DAY, needed=True),
        line("season", _l("Crop season"), help=_l("For example: winter crop 2026–2027.")),
        Term(
            key="cycle_months",
            label=_l("Months of one production cycle"),
            kind=K.WHOLE,
            least=1,
            most=120,
            default=4,
            help=_l("Shorter than a year or not: it decides how many years a linkage lasts to be supported."),
        ),
        line(
            "project",
            _l("Approved linkage project or plan"),
            help=_l("Number and date of the decision, if there is one."),
        ),
        text(
            "grounds",
            _l("Grounds"),
            default=_l(
                "The Civil Code 2015; the Commercial Law 2005; the Law on Cooperatives 2023; "
                "what both sides need and are able to do."
            ),
        ),
    ),
)
PARTIES = Section(
    key="parties",
    label=_l("The parties"),
    help=_l(
        "Names, tax numbers and bank accounts are taken from what both sides wrote down about themselves."
    ),
    terms=(
        line("seller_representative", _l("Seller: represented by"), needed=True, longest=120),
        line("seller_title", _l("Seller: position"), default=_l("Director"), longest=120),
        line(
            "seller_authority",
            _l("Seller: paper of authority"),
            help=_l("Only when somebody else than the legal representative signs."),
        ),
        line("buyer_representative", _l("Buyer: represented by"), needed=True, longest=120),
        line("buyer_title", _l("Buyer: position"), default=_l("Director"), longest=120),
        line("buyer_authority", _l("Buyer: paper of authority")),
        line("buyer_address", _l("Buyer: address"), needed=True, longest=300),
        line("buyer_account", _l("Buyer: bank account")),
        line(
            "third_name", _l("Third party: name"), help=_l("A bank or a supplier of inputs, if there is one.")
        ),
        line("third_role", _l("Third party: what it does")),
        line("third_address", _l("Third party: address and tax number"), longest=300),
        line("third_representative", _l("Third party: represented by")),
        Term(key="witness", label=_l("The alliance witnesses the signing"), kind=K.TICK, default=True),
    ),
)
HOUSEHOLDS = Section(
    key="households",
    label=_l("Member households"),
    help=_l("One household on each line: name; hamlet; area in sào; kilograms."),
    terms=(text("list", _l("Households in whose name the cooperative signs")),),
)
