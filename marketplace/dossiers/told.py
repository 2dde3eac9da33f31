"""Wants in words."""

from __future__ import annotations

from collections.abc import Mapping

from marketplace.buyers.wants import Want
from marketplace.cooperatives.states import PAPER_LABELS
from marketplace.foundation.words import _


def want(want: Want, goods: Mapping[int, str]) -> str:
    """ "Residue test · carrots · at most 180 days old"; `goods` names the goods by their numbers."""
    return " · ".join([str(PAPER_LABELS[want.kind]), *conditions(want, goods)])


def conditions(want: Want, goods: Mapping[int, str]) -> list[str]:
    """What a paper has to fulfil beside being verified and valid."""
    said = []
    if want.goods_id is not None:
        said.append(goods.get(want.goods_id, ""))
    if want.max_age_days is not None:
        said.append(_("at most %(n)s days old", n=want.max_age_days))
    if not want.names_product:
        said.append(_("any paper of the cooperative"))
    return [words for words in said if words]
