"""How it is delivered and paid, and what happens when something goes wrong."""

from __future__ import annotations

from decimal import Decimal

from marketplace.foundation.words import _l
from marketplace.linkage.reckoning.breach import BASIS_LABELS, ShortfallBasis
from marketplace.linkage.terms.kinds import Section, Term, line, text
from marketplace.linkage.terms.kinds import TermKind as K

DELIVERY = Section(
    key="delivery",
    label=_l("Delivery and acceptance"),
    terms=(
        line("place", _l("Place of delivery"), needed=True, longest=300),
        Term(key="from_time", label=_l("Not before"), kind=K.TIME),
        Term(key="until_time", label=_l("At the latest at"), kind=K.TIME),
        line(
            "weighing",
            _l("Who weighs, and how"),
            default=_l("Both sides weigh together on the buyer's scale."),
        ),
        Term(
            key="deduction", label=_l("Deducted for packing, soil and loss"), kind=K.PERCENT, least=0, most=30
        ),
        text("sampling", _l("Samples"), default=_l("Three nets of each load, chosen together.")),
        text(
            "rejection",
            _l("What may be refused"),
            default=_l(
                "Goods below the agreed quality, with a photo and the reason, on the day of delivery."
            ),
        ),
        Term(
            key="complain_hours",
            label=_l("Hours to complain"),
            kind=K.WHOLE,
            least=1,
            most=720,
            default=24,
            needed=True,
        ),
        Term(
            key="silence_hours",
            label=_l("Silence counts as acceptance after so many hours"),
            kind=K.WHOLE,
            least=1,
            most=720,
            default=24,
        ),
    ),
)
PAYMENT = Section(
    key="payment",
    label=_l("Terms of payment"),
    terms=(
        Term(
            key="days",
            label=_l("Days after acceptance"),
            kind=K.WHOLE,
            least=0,
            most=180,
            default=15,
            needed=True,
        ),
        line("way", _l("How it is paid"), default=_l("By bank transfer to the account above")),
        line("split", _l("In parts"), help=_l("For example: half on acceptance, half after 15 days.")),
        Term(
            key="late_rate",
            label=_l("Interest for paying late, per year"),
            kind=K.PERCENT,
            least=0,
            most=50,
            default=Decimal(12),
            help=_l(
                "Commercial Law, article 306: without an agreement the average overdue rate of the market."
            ),
        ),
    ),
)
RISK = Section(
    key="risk",
    label=_l("What nobody can help"),
    terms=(
        text(
            "majeure",
            _l("Force majeure"),
            default=_l(
                "Storm, flood, drought, epidemic, closing of ports or borders, "
                "decisions of the State that nobody could foresee."
            ),
            needed=True,
        ),
        Term(
            key="notice_days", label=_l("To be told within days"), kind=K.WHOLE, least=1, most=60, default=3
        ),
        line("proof", _l("Proof"), default=_l("Confirmed by the People's Committee of the commune")),
        Term(
            key="share", label=_l("Share of the loss that the buyer bears"), kind=K.PERCENT, least=0, most=100
        ),
    ),
)
BREACH = Section(
    key="breach",
    label=_l("Breach"),
    terms=(
        Term(
            key="penalty",
            label=_l("Penalty, per cent of the part that was breached"),
            kind=K.PERCENT,
            least=0,
            most=100,
        ),
        Term(
            key="basis",
            label=_l("Missing quantity is counted"),
            kind=K.CHOICE,
            choices=BASIS_LABELS,
            default=ShortfallBasis.LOWER_BOUND,
        ),
        Term(
            key="cure_days",
            label=_l("Days to make good what is missing"),
            kind=K.WHOLE,
            least=0,
            most=60,
            default=3,
        ),
        text(
            "damages",
            _l("Damages"),
            default=_l("Whoever breaches pays for the real loss besides the penalty."),
        ),
    ),
)
END = Section(
    key="end",
    label=_l("End, disputes, annexes"),
    terms=(
        text(
            "termination",
            _l("How it may be ended early"),
            default=_l(
                "By both sides in writing; by one side when the other breaches it gravely "
                "and does not mend it within 15 days."
            ),
        ),
        text(
            "disputes",
            _l("Disputes"),
            default=_l(
                "First by talking; then the alliance mediates; then the court of the defendant's place."
            ),
        ),
        text("annexes", _l("Changes"), default=_l("Only by an annex that both sides sign.")),
        Term(key="copies", label=_l("Copies on paper"), kind=K.WHOLE, least=0, most=20, default=4),
    ),
)
