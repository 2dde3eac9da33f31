"""The list of papers that a buying organisation wants, a line for each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import request

from marketplace.buyers.wants import OLDEST_DAYS, Want
from marketplace.catalogue.models import Goods
from marketplace.cooperatives.states import PAPER_LABELS, PaperKind
from marketplace.dossiers import queries, told
from marketplace.foundation.web.fields import (
    ChoiceField,
    LineField,
    Needed,
    Optional,
    TickField,
    WholeField,
    choices_of,
)
from marketplace.foundation.web.forms import Form
from marketplace.foundation.web.rows import Row, Rows
from marketplace.foundation.words import _, _l


class WantRow(Row):
    """One paper and its conditions; a line without a paper does not count."""

    matters = ("kind",)
    kind = ChoiceField(
        _l("Which paper"), [Needed()], choices=choices_of(PAPER_LABELS.items(), none=_l("Choose a paper"))
    )
    goods = ChoiceField(_l("With which goods"), choices=[])
    max_age_days = WholeField(_l("Not older than (days)"), [Optional()], least=1, most=OLDEST_DAYS)
    names_product = TickField(_l("The product or its fields must be named in it"), default=True)
    note = LineField(_l("What else should the cooperative know?"), [Optional()], longest=200)
    known: Sequence[Goods] = ()

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.goods.choices = choices_of([(each.id, each.name) for each in self.known], none=_("All goods"))

    def show(self, want: Want) -> None:
        self.kind.data, self.max_age_days.data = str(want.kind), want.max_age_days
        self.goods.data = str(want.goods_id or "")
        self.names_product.data, self.note.data = want.names_product, want.note
        self.told = told.want(want, {each.id: each.name for each in self.known})

    @property
    def want(self) -> Want:
        return Want(
            kind=PaperKind(self.kind.data),
            goods_id=int(self.goods.data) if self.goods.data else None,
            max_age_days=self.max_age_days.data,
            names_product=self.names_product.data,
            note=self.note.data or "",
        )


class WantsForm(Form):
    def __init__(self, wants: Sequence[Want], **kwargs: Any) -> None:
        super().__init__(**kwargs)

        class Known(WantRow):
            known = queries.all_goods()

        self.wants: Rows[WantRow] = Rows(Known, "paper", wants)

    def submitted(self) -> bool:
        """The button under the table only asks for one more line: nothing is judged yet."""
        asks_for_more = f"more_{self.wants.name}" in request.form
        return self.is_submitted() and not asks_for_more and self.validate()

    def validate(self, extra_validators: Any = None) -> bool:
        fine = self.wants.validate()
        if not fine:
            self.problems = [_("Please look at the lines below: something is missing there.")]
        return super().validate(extra_validators) and fine

    @property
    def chosen(self) -> list[Want]:
        return [row.want for row in self.wants.written]
