"""What an officer fills in about a season."""

from __future__ import annotations

from typing import Any

from wtforms import FileField, HiddenField
from wtforms.validators import InputRequired

from marketplace.catalogue import queries as catalogue
from marketplace.foundation.calendar import months_mask, months_of
from marketplace.foundation.web.fields import (
    ChoiceField,
    LineField,
    MonthsField,
    Needed,
    Optional,
    TextField,
)
from marketplace.foundation.web.forms import Form
from marketplace.foundation.words import _l
from marketplace.news.models import Campaign
from marketplace.news.services import CampaignFacts

TEXTS = ("title_vi", "title_en", "words_vi", "words_en")


class CampaignForm(Form):
    """In which months, in which words; a new page also says which goods, the first of perhaps several."""

    commodity = ChoiceField(
        _l("Goods of the season"),
        [Needed()],
        description=_l("More goods, products and cooperatives are chosen afterwards."),
    )
    months = MonthsField(
        _l("Months of the season"), description=_l("In these months it stands on the first page.")
    )
    title_vi = LineField(_l("Title of the page"), [Needed()], longest=160)
    words_vi = TextField(_l("What is special about it"), [Optional()], longest=6000)
    title_en = LineField(_l("Title in English"), [Optional()], longest=160)
    words_en = TextField(_l("The same in English"), [Optional()], longest=6000)

    def __init__(self, campaign: Campaign | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if campaign is not None:
            del self.commodity
        else:
            known = catalogue.commodities()
            self.commodity.choices = [("", "–"), *((str(one.id), one.name) for one in known)]
        if campaign is not None and not self.is_submitted():
            self.months.data = months_of(campaign.months)
            for name in TEXTS:
                self[name].data = getattr(campaign, name)

    def facts(self) -> CampaignFacts:
        return CampaignFacts(
            months=months_mask(self.months.data or []),
            **{name: self[name].data or "" for name in TEXTS},
        )


class ChoiceForm(Form):
    """Something is put on the page of a season."""

    key = HiddenField(validators=[Needed(_l("Please choose something first."))])

    @property
    def number(self) -> int:
        """The number of what was chosen; 0 is nothing that exists."""
        written = self.key.data or ""
        return int(written) if written.isascii() and written.isdigit() and len(written) < 10 else 0


class CampaignPhotoForm(Form):
    photo = FileField(_l("A picture, to 20 MB"), [InputRequired(_l("Please choose a photo."))])
