"""The same questions about a product, filled in by an officer for a cooperative: with who told it."""

from __future__ import annotations

from marketplace.catalogue.forms.product import PhotosForm, PriceForm, StartForm, TermsForm, WordsForm
from marketplace.foundation.web import Form
from marketplace.foundation.web.fields import LineField, Optional
from marketplace.foundation.words import _l


class ToldByForm(Form):
    """Who told it; by a delegation it may stay empty."""

    told_by = LineField(_l("Who told it"), [Optional()], longest=120)

    def begin_with(self, caller: str) -> None:
        """Whoever is on the line stands there already."""
        if not self.is_submitted():
            self.told_by.data = caller


class ToldStartForm(StartForm, ToldByForm):
    pass


class ToldWordsForm(WordsForm, ToldByForm):
    pass


class ToldTermsForm(TermsForm, ToldByForm):
    pass


class ToldPriceForm(PriceForm, ToldByForm):
    pass


class ToldPhotosForm(PhotosForm, ToldByForm):
    pass
