"""What is sold, how much, when, for which price, and what is given ahead."""

from __future__ import annotations

from decimal import Decimal

from marketplace.foundation.words import _l
from marketplace.linkage.reckoning.price import DAY_LABELS, RULE_LABELS, ReferenceDay, RuleKind
from marketplace.linkage.terms.kinds import Section, Term, line, text
from marketplace.linkage.terms.kinds import TermKind as K

GOODS = Section(
    key="goods",
    label=_l("Goods and quality"),
    rows="lines",
    terms=(
        text(
            "standard",
            _l("What the goods must be like"),
            help=_l("Size, colour, defects allowed, and how it is judged."),
            needed=True,
        ),
        text(
            "papers",
            _l("Papers that must be valid on the day of delivery"),
            help=_l("For example: VietGAP, residue test younger than 6 months."),
        ),
        Term(
            key="food_safety",
            label=_l("There is a food safety certificate or commitment"),
            kind=K.TICK,
            default=False,
        ),
        text("forbidden", _l("Substances that must not be used")),
        Term(
            key="interval_days",
            label=_l("Days between the last spraying and harvest, at least"),
            kind=K.WHOLE,
            least=0,
            most=365,
        ),
        line("packing", _l("Packing"), default=_l("Nets of 10 kg, labelled with the lot")),
        line("area", _l("Growing area and its code"), longest=300),
    ),
)
QUANTITY = Section(
    key="quantity",
    label=_l("Quantity and schedule"),
    rows="spans",
    help=_l("Write each stretch of time with the same quantity once: every week or every day."),
    terms=(
        Term(
            key="tolerance",
            label=_l("Tolerance, more or less"),
            kind=K.PERCENT,
            default=Decimal(5),
            least=0,
            most=50,
            needed=True,
        ),
        Term(key="least_load", label=_l("Least quantity of one delivery"), kind=K.WEIGHT),
        Term(key="most_load", label=_l("Most quantity of one delivery"), kind=K.WEIGHT),
        Term(
            key="all_output",
            label=_l("The buyer takes all that is harvested and meets the quality"),
            kind=K.TICK,
            default=False,
        ),
    ),
)
BY_THE_MARKET = _l("Where the price follows the market")
PRICE = Section(
    key="price",
    label=_l("Price"),
    rows="grades",
    terms=(
        Term(
            key="kind",
            label=_l("How the price is found"),
            kind=K.CHOICE,
            choices=RULE_LABELS,
            default=RuleKind.FIXED,
            needed=True,
        ),
        Term(
            key="share",
            fold=BY_THE_MARKET,
            label=_l("Share of what lies above the floor, for the seller"),
            kind=K.PERCENT,
            least=0,
            most=100,
        ),
        Term(
            key="board",
            fold=BY_THE_MARKET,
            label=_l("Market price, read from this platform's price board"),
            kind=K.BOARD,
            help=_l("Then nobody types it: every price keeps the rows of the board that it came from."),
        ),
        line(
            "reference",
            _l("Market price from somewhere else"),
            help=_l("Where it is read: a market or a list, and its source."),
            longest=300,
            fold=BY_THE_MARKET,
        ),
        Term(
            key="reference_day",
            fold=BY_THE_MARKET,
            label=_l("Of which day"),
            kind=K.CHOICE,
            choices=DAY_LABELS,
            default=ReferenceDay.DELIVERY,
        ),
        Term(key="premium", fold=BY_THE_MARKET, label=_l("Added to the market price, per kg"), kind=K.MONEY),
        Term(
            key="discount", fold=BY_THE_MARKET, label=_l("Taken off the market price, per kg"), kind=K.MONEY
        ),
        Term(
            key="premium_rate",
            fold=BY_THE_MARKET,
            label=_l("Added to the market price, per cent"),
            kind=K.PERCENT,
            least=0,
            most=200,
        ),
        Term(
            key="discount_rate",
            fold=BY_THE_MARKET,
            label=_l("Taken off the market price, per cent"),
            kind=K.PERCENT,
            least=0,
            most=90,
        ),
        Term(
            key="weekly_review",
            fold=BY_THE_MARKET,
            label=_l("Both sides confirm every computed price"),
            kind=K.TICK,
            default=False,
        ),
        line("vat", _l("VAT"), default=_l("Not included; by the law on the day of the invoice")),
        line(
            "costs",
            _l("Who pays for packing, loading and transport"),
            default=_l("Packing and loading: the seller. Transport: the buyer."),
        ),
    ),
)
ADVANCE = Section(
    key="advance",
    label=_l("Deposit and inputs given ahead"),
    rows="inputs",
    terms=(
        Term(
            key="deposit",
            label=_l("Deposit"),
            kind=K.MONEY,
            help=_l("Leave it empty when it is a share of the value."),
        ),
        Term(
            key="deposit_rate", label=_l("Deposit, per cent of the value"), kind=K.PERCENT, least=0, most=100
        ),
        Term(key="deposit_day", label=_l("Deposit due on"), kind=K.DAY),
        Term(
            key="inputs_share",
            label=_l("Counted off for inputs at each settlement, at most"),
            kind=K.PERCENT,
            least=0,
            most=100,
            default=Decimal(30),
        ),
        text(
            "deposit_rule",
            _l("When somebody refuses"),
            default=_l(
                "Whoever gave the deposit and refuses loses it; "
                "whoever took it and refuses returns it with the same sum."
            ),
        ),
        Term(
            key="deposit_double",
            label=_l("The receiver that refuses adds, per cent of the deposit"),
            kind=K.PERCENT,
            least=0,
            most=300,
            default=Decimal(100),
        ),
    ),
)
