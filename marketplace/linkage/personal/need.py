"""What requests hold about people: who told, wrote, asked, answered and decided; the contact of a depot."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, select

from marketplace.accounts.holdings import Identity, Pen, by, did, holds, keeps, of
from marketplace.linkage.models import (
    AwardReturn,
    Need,
    NeedAmendment,
    NeedAward,
    NeedForm,
    NeedInvitation,
    NeedQuestion,
    NeedTold,
    NeedWatch,
    ReserveAsk,
)

theirs = of(Need.organisation_id, "company")


def _amended(who: Identity) -> ColumnElement[bool]:
    return NeedAmendment.need_id.in_(select(Need.id).where(theirs(who)))


def _asked(who: Identity) -> ColumnElement[bool]:
    return NeedQuestion.need_id.in_(select(Need.id).where(theirs(who)))


def _copied(old: Mapping[str, Any], pen: Pen) -> dict[str, Any]:
    """The copy of the depot names whom drivers call."""
    return {"place": pen.over(old["place"]), "answers": pen.over(old["answers"])}


holds(Need, theirs, words=("told_by", "words", "reason", "packing"), rewrite=_copied, mention=True)
holds(
    NeedAmendment,
    _amended,
    words=("reason",),
    rewrite=lambda old, pen: {"changes": pen.over(old["changes"])},
    mention=True,
)
holds(NeedQuestion, by(NeedQuestion.asked_by_id), words=("question",))
holds(NeedQuestion, _asked, words=("question", "answer"), mention=True)
holds(AwardReturn, by(AwardReturn.by_id), words=("reason",), mention=True)
holds(ReserveAsk, by(ReserveAsk.answered_by_id), words=("words",), mention=True)
did(ReserveAsk, "asked_by_id", "answered_by_id")
holds(NeedWatch, by(NeedWatch.person_id), drop=True)
holds(NeedTold, by(NeedTold.person_id), drop=True)
did(Need, "drafted_by_id")
did(NeedAmendment, "by_id")
did(NeedAward, "by_id")
did(AwardReturn, "by_id")
did(NeedInvitation, "invited_by_id")
did(NeedQuestion, "answered_by_id")
did(NeedForm, "made_by_id")
keeps(NeedForm, "questions of the alliance about goods")
