"""What buyers said of a member."""

from __future__ import annotations

from collections.abc import Sequence

from marketplace.foundation.words import _
from marketplace.registry.happenings import Line, Matter, by_id, rows_of, told
from marketplace.reputation.models import BuyersWords


@told("buyers_words", matter=Matter.TRADE, rows=rows_of(BuyersWords, BuyersWords.at))
def _words(ids: Sequence[int]) -> dict[int, Line]:
    return {each.id: Line(_("A buyer's words"), each.called) for each in by_id(BuyersWords, ids)}
