"""A contract is begun from what was awarded: goods, grade, schedule, price, place and papers stand in it already."""

from __future__ import annotations

from typing import Any

from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.words import _l, in_language
from marketplace.linkage import awarded, need_words, queries
from marketplace.linkage.models import Contract, NeedAward
from marketplace.linkage.services import need_section
from marketplace.linkage.services.contract import draft_contract, fill_in
from marketplace.linkage.states import AwardKind


def contract_from_award(*, award: NeedAward, by: Any) -> Contract:
    """Begin the contract of an award for its buyer, its cooperative or the office; once for each award, and again only
    when it was given up. What the answer did not say is left to be written.

    Raises Refusal for a place in reserve, for what was given back, and for somebody who is neither; Conflict where the
    other side was quicker.
    """
    if award.kind is not AwardKind.PART:
        raise Refusal(_l("This cooperative waits in reserve: nothing was awarded to it yet."))
    need = award.need
    need_section.take_turn(need)
    db.session.refresh(award)
    if not award.standing:
        raise Refusal(_l("All of this was given back: there is nothing to make a contract of."))
    with in_language("vi"):  # a contract is written in Vietnamese, whoever writes it
        contract = draft_contract(
            cooperative=award.cooperative,
            buyer=need.organisation,
            title=need_words.title(need, award.standing)[:160],
            origin=award.source,
            by=by,
        )
        version = contract.versions[0]
        content = queries.content_shown(version, by)
        for section, told in awarded.sections(award).items():
            fill_in(version=version, section=section, told={**content[section], **told}, by=by)
    return contract
