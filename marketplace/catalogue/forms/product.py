"""What a cooperative fills in about its products, a few questions at a time."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from wtforms import FieldList, FormField, MultipleFileField
from wtforms import Form as Part

from marketplace import config
from marketplace.catalogue import queries as catalogue
from marketplace.catalogue.cards import paper_words
from marketplace.catalogue.models import Commodity, Product
from marketplace.catalogue.services import MOST_PHOTOS
from marketplace.catalogue.states import VAT_LABELS, Vat
from marketplace.cooperatives.models import Certificate
from marketplace.foundation import formats
from marketplace.foundation.calendar import months_mask, months_of
from marketplace.foundation.money import Money
from marketplace.foundation.quantity import STEP
from marketplace.foundation.units import UNITS
from marketplace.foundation.web import Form
from marketplace.foundation.web.fields import (
    ChoiceField,
    DecimalField,
    LineField,
    ManyField,
    MoneyField,
    MonthsField,
    Needed,
    Optional,
    QuantityField,
    TextField,
    TickField,
    WholeField,
    choices_of,
)
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l

MORE_TIERS = 3
SALE_UNITS = ("kg", "ta", "tan", "thung", "bao", "hop", "tui", "goi", "chai", "lo", "lit", "con", "qua", "cu",
              "cai", "bo", "mo", "chuc", "doi")  # fmt: skip


def unit_choices() -> list[tuple[str, str]]:
    return [(unit, formats.unit_name(unit, locale())) for unit in SALE_UNITS]


class WeightField(DecimalField):
    """About how many kilograms one crate, head or bunch weighs."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            _l("How many kilograms is one unit?"),
            [Optional()],
            least=STEP,
            most=100_000,
            description=_l(
                "For crates, bags, heads and the like, more or less: delivery fees count by weight."
            ),
            **kwargs,
        )


class WeighedForm(Form):
    """Whether the scale says what is paid, and how far from what was expected it may do so without asking."""

    weighed = TickField(
        _l("Paid by weighed kilograms"),
        description=_l("Buyers order by the piece or by the kilogram; the scale says what they pay."),
    )
    tolerance = WholeField(
        _l("Tolerance in per cent"),
        [Optional()],
        least=1,
        most=30,
        description=_l("Up to this much more or less the scale counts; beyond it the buyer is asked."),
    )

    def __init__(self, tolerance: int | None = None, **kwargs: Any) -> None:
        known = {
            "weighed": tolerance is not None,
            "tolerance": tolerance or config.current().weighing_tolerance,
        }
        super().__init__(data={**kwargs.pop("data", {}), **known}, **kwargs)

    @property
    def agreed(self) -> int | None:
        """The tolerance of weighed goods, the usual one when none was written; None for all else."""
        if not self.weighed.data:
            return None
        return self.tolerance.data or config.current().weighing_tolerance


class StartForm(WeighedForm):
    """The first questions: what it is called, how it is sold, what it costs."""

    name_vi = LineField(_l("What do you call it?"), [Needed()], longest=160)
    sale_unit = ChoiceField(_l("How do you sell it?"), choices=unit_choices)
    price = MoneyField(
        _l("Price of one unit"),
        [Needed()],
        description=_l("Write 12000, 12.000 or 12k. Of weighed goods: the price of one kilogram."),
    )
    kg_per_unit = WeightField()

    @property
    def weight(self) -> Decimal | None:
        """Kilograms of one unit: what a weight weighs by itself, else what was written, if anything."""
        fixed = UNITS[self.sale_unit.data].kg
        if self.sale_unit.data == "kg":
            return None
        return fixed if fixed is not None else self.kg_per_unit.data

    def drafted(self) -> dict[str, Any]:
        """What a draft begins with: its name and unit, and one price from the first kilogram on."""
        return {
            "name_vi": self.name_vi.data,
            "sale_unit": self.sale_unit.data,
            "tiers": [(Decimal(0), Money(self.price.data))],
            "kg_per_unit": self.weight,
            "tolerance": self.agreed,
        }


class WordsForm(Form):
    """What it is, in words. Name and grade of a product on sale are checked by the alliance first."""

    name_vi = LineField(_l("Name"), [Needed()], longest=160)
    name_en = LineField(_l("Name in English"), longest=160)
    grade = LineField(_l("Grade"), longest=120, description=_l("For example: grade 1, size M to L, washed."))
    grade_en = LineField(
        _l("Grade in English"),
        longest=120,
        description=_l("May stay empty for the usual words: “Loại 1” is shown as “Grade 1”."),
    )
    packing_vi = LineField(_l("Packing"), longest=160)
    packing_en = LineField(_l("Packing in English"), longest=160)
    story_vi = TextField(_l("Tell the buyer about it"), longest=4000)
    story_en = TextField(_l("The same in English"), longest=4000)
    keeping_vi = LineField(_l("How to keep it"), longest=255)
    keeping_en = LineField(_l("How to keep it, in English"), longest=255)
    origin_vi = LineField(_l("Where it grows"), longest=255)


class TermsForm(Form):
    """When and how it is sold. Certificates of a product on sale are checked by the alliance first."""

    months = MonthsField(_l("Months on sale"))
    peak_months = MonthsField(_l("Best months"))
    min_order = QuantityField(_l("Smallest order"), [Needed()])
    step = QuantityField(
        _l("Selling step"), [Needed()], description=_l("Buyers order a whole number of these.")
    )
    vat_code = ChoiceField(_l("VAT on your invoice"), choices=lambda: choices_of(VAT_LABELS.items()))
    papers = ManyField(_l("Certificates that cover this product"), coerce=int)

    def __init__(self, product: Product, certificates: Sequence[Certificate]) -> None:
        super().__init__(data=self._known(product))
        self.certificates = {paper.id: paper for paper in certificates}
        self.papers.choices = [(paper.id, _paper_label(paper)) for paper in certificates]
        self.min_order.unit = self.step.unit = product.sale_unit
        if product.sale_unit != "kg" and self.min_order.raw_data:
            self.min_order.read_in(product.sale_unit)
            self.step.read_in(product.sale_unit)

    @staticmethod
    def _known(product: Product) -> dict[str, Any]:
        return {
            "months": months_of(product.months),
            "peak_months": months_of(product.peak_months),
            "min_order": product.min_order,
            "step": product.step,
            "vat_code": product.vat_code,
            "papers": [paper.certificate_id for paper in product.papers],
        }

    def validate(self, extra_validators: Any = None) -> bool:
        fine = super().validate(extra_validators)
        if not fine:
            return False
        if self.min_order.data.amount % self.step.data.amount:
            self.min_order.errors = [_("The smallest order must be a whole number of steps.")]
            return False
        if months_mask(self.peak_months.data) & ~months_mask(self.months.data):
            self.peak_months.errors = [_("The best months must be among the months on sale.")]
            return False
        return True

    @property
    def chosen(self) -> list[Certificate]:
        return [self.certificates[paper] for paper in self.papers.data or []]

    @property
    def terms(self) -> dict[str, Any]:
        """The values as the service takes them."""
        return {
            "months": months_mask(self.months.data),
            "peak_months": months_mask(self.peak_months.data),
            "min_order": self.min_order.data.amount,
            "step": self.step.data.amount,
            "vat_code": Vat(self.vat_code.data),
        }


class TierPart(Part):
    """From so much on, so much for one unit; both or neither."""

    start = DecimalField(_l("From"), [Optional()], most=10_000_000)
    price = MoneyField(_l("Price of one unit"), [Optional()])


class PriceForm(WeighedForm):
    """The price of one unit, what it costs who buys more, and about what one weighs where only the seller knows."""

    kg_per_unit = WeightField()
    price = MoneyField(_l("Price of one unit"), [Needed()], description=_l("Write 12000, 12.000 or 12k."))
    more = FieldList(FormField(TierPart), min_entries=MORE_TIERS, max_entries=MORE_TIERS)

    def __init__(self, product: Product) -> None:
        later = [
            {"start": tier.from_quantity, "price": tier.price} for tier in product.tiers if tier.from_quantity
        ]
        known = {"price": product.price, "more": later, "kg_per_unit": catalogue.kg_per_unit(product)}
        super().__init__(product.tolerance_percent, data=known)
        if not catalogue.weight_varies(product):
            del self.kg_per_unit

    def validate(self, extra_validators: Any = None) -> bool:
        fine = super().validate(extra_validators)
        for part in self.more:
            if (part.form.start.data is None) != (part.form.price.data is None):
                part.form.start.errors = [_("Write both the amount and its price, or neither.")]
                fine = False
        return fine

    @property
    def tiers(self) -> list[tuple[Decimal, Money]]:
        later = [(part.form.start.data, part.form.price.data) for part in self.more]
        return [(Decimal(0), self.price.data), *((s, p) for s, p in later if s is not None)]


class PhotosForm(Form):
    """Up to eight photos, from the phone as they are."""

    photos = MultipleFileField(_l("Photos"), [Needed(_l("Please choose a photo first."))])

    @property
    def files(self) -> list[Any]:
        return [file for file in self.photos.data or [] if getattr(file, "filename", "")]


class PlaceForm(Form):
    """Where a photo goes; the button that was pressed says it."""

    place = WholeField(_l("Place in the order"), [Needed()], least=1, most=MOST_PHOTOS)


class EmptyForm(Form):
    """A button: the door and the address say all."""


class NoteForm(Form):
    """Why something goes back."""

    note = TextField(_l("What should be changed?"), [Needed()], longest=500)


def _paper_label(paper: Certificate) -> str:
    number = f" · {paper.number}" if paper.number else ""
    return f"{paper_words(paper)}{number}"


def start_values(commodity: Commodity) -> dict[str, Any]:
    """What a new product of this commodity usually is."""
    return {"name_vi": commodity.name_vi, "sale_unit": commodity.unit}
