"""What an officer fills in about an article."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from wtforms import HiddenField, MultipleFileField

from marketplace.catalogue import queries as catalogue
from marketplace.foundation import clock
from marketplace.foundation.web.fields import (
    ChoiceField,
    DateField,
    LineField,
    Needed,
    Optional,
    RadioField,
    TextField,
    TimeField,
    choices_of,
)
from marketplace.foundation.web.forms import Form
from marketplace.foundation.words import _, _l
from marketplace.news.models import Article
from marketplace.news.queries import article as queries
from marketplace.news.services import ArticleFacts
from marketplace.news.states import KIND_LABELS, ArticleKind
from marketplace.places.fields import UnitField

SLUG = re.compile(r"[a-z0-9-]{1,140}")
TEXTS = ("title_vi", "lead_vi", "body_vi", "title_en", "lead_en", "body_en")
MOST_NAMED = 20


class ArticleForm(Form):
    """Texts in Vietnamese, perhaps in English, and what it is about."""

    kind = RadioField(
        _l("Which kind of article?"), choices=choices_of(KIND_LABELS.items()), default=ArticleKind.NEWS
    )
    title_vi = LineField(_l("Title of the article"), [Needed()], longest=160)
    lead_vi = TextField(
        _l("In a sentence or two"), [Optional()], longest=400, description=_l("It stands on the card.")
    )
    body_vi = TextField(_l("The text"), [Needed()], longest=20_000)
    title_en = LineField(_l("Title in English"), [Optional()], longest=160)
    lead_en = TextField(_l("In a sentence or two, in English"), [Optional()], longest=400)
    body_en = TextField(_l("The text in English"), [Optional()], longest=20_000)
    place = UnitField(_l("Place it is about (commune or ward)"), needed=False)
    commodity = ChoiceField(_l("Goods it is about"), [Optional()])
    cooperatives = TextField(
        _l("Cooperatives in it"),
        [Optional()],
        longest=3000,
        description=_l("One a line: the name, or the address of its page."),
    )
    products = TextField(
        _l("Products in it"),
        [Optional()],
        longest=3000,
        description=_l("One a line: the address of its page."),
    )
    fairs = TextField(
        _l("Fairs in it"), [Optional()], longest=3000, description=_l("One a line: the address of its page.")
    )
    version = HiddenField()

    def __init__(self, article: Article | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.commodity.choices = [
            ("", "–"),
            *((str(each.id), each.name) for each in catalogue.commodities()),
        ]
        if article is not None and not self.is_submitted():
            self._show(article)

    def _show(self, article: Article) -> None:
        self.kind.data = article.kind
        for name in TEXTS:
            self[name].data = getattr(article, name)
        if article.place_id is not None:
            self.place.choose(article.place_id)
        self.commodity.data = str(article.commodity_id or "")
        self.cooperatives.data = "\n".join(f"/cooperatives/{each.slug}" for each in article.cooperatives)
        self.products.data = "\n".join(f"/products/{each.slug}" for each in article.products)
        self.fairs.data = "\n".join(f"/fairs/{each}" for each in article.fairs)
        self.version.data = str(article.version)

    def validate(self, extra_validators: Any = None) -> bool:
        fine = super().validate(extra_validators)
        self.named_cooperatives = queries.cooperatives_named(_named(self.cooperatives))
        self.named_products = queries.products_named(_named(self.products))
        unknown = (
            (self.cooperatives, set(self.named_cooperatives)),
            (self.products, set(self.named_products)),
            (self.fairs, {each for each in _named(self.fairs) if SLUG.fullmatch(each)}),
        )
        for field, known in unknown:
            fine = self._all_known(field, known) and fine
        return fine

    def _all_known(self, field: TextField, known: set[str]) -> bool:
        named = _named(field)
        told = [each for each in named if each not in known]
        if told:
            field.errors = [_("We do not know this: %(names)s", names=", ".join(told[:5]))]
        elif len(named) > MOST_NAMED:
            field.errors = [_("At most %(most)s, please.", most=MOST_NAMED)]
        return not field.errors

    @property
    def seen(self) -> int:
        """The version that was on the screen."""
        written = self.version.data or ""
        return int(written) if written.isascii() and written.isdigit() and len(written) < 9 else 0

    def facts(self) -> ArticleFacts:
        return ArticleFacts(
            kind=ArticleKind(self.kind.data),
            **{name: self[name].data or "" for name in TEXTS},
            place_id=self.place.unit_id,
            commodity_id=int(self.commodity.data) if self.commodity.data else None,
            cooperatives=[*{one.id: one for one in self.named_cooperatives.values()}.values()],
            products=[*{one.id: one for one in self.named_products.values()}.values()],
            fairs=[*dict.fromkeys(_named(self.fairs))],
        )


def _named(field: TextField) -> list[str]:
    """What stands on each line: a name, or the last part of an address."""
    lines = [line.strip() for line in (field.data or "").split("\n")]
    return [
        line.split("?")[0].split("#")[0].rstrip("/").rpartition("/")[2] if "/" in line else line
        for line in lines
        if line
    ]


class PhotosForm(Form):
    """Photos from the phone or the camera as they are."""

    photos = MultipleFileField(_l("Photos, to 20 MB each"), [Needed(_l("Please choose a photo first."))])

    @property
    def files(self) -> list[Any]:
        return [file for file in self.photos.data or [] if getattr(file, "filename", "")]


class CaptionForm(Form):
    """What is seen on a photo."""

    caption_vi = LineField(_l("What is seen on it"), [Optional()], longest=200)
    caption_en = LineField(_l("The same in English"), [Optional()], longest=200)


class ScheduleForm(Form):
    """When it comes out by itself."""

    day = DateField(_l("Day"), [Needed()])
    hour = TimeField(_l("Hour"), [Needed()], default=dt.time(7))

    @property
    def at(self) -> dt.datetime:
        return clock.from_local(dt.datetime.combine(self.day.data, self.hour.data))


class WithdrawForm(Form):
    reason = LineField(_l("Why it is withdrawn (kept in the office)"), [Needed()], longest=500)


class PressForm(Form):
    """A single press of a button."""
