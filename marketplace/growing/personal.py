"""What fields hold about people: whose household tends one, who sprayed. Nobody is known here by more than a name, and
it is taken out of the words when a person of that cooperative is erased."""

from __future__ import annotations

from sqlalchemy import ColumnElement, select

from marketplace.accounts.holdings import Identity, did, holds, keeps, of
from marketplace.cooperatives.models import Cooperative
from marketplace.growing.models import (
    DiaryEntry,
    DiarySending,
    Lot,
    LotSending,
    LotTest,
    Plot,
    Sowing,
    SubstanceRule,
)


def _plots(who: Identity) -> ColumnElement[bool]:
    theirs = select(Cooperative.id).where(of(Cooperative.organisation_id, "company")(who))
    return Plot.cooperative_id.in_(theirs)


def _of_plots(who: Identity) -> ColumnElement[bool]:
    return DiaryEntry.plot_id.in_(select(Plot.id).where(_plots(who)))


def _sown(who: Identity) -> ColumnElement[bool]:
    return Sowing.plot_id.in_(select(Plot.id).where(_plots(who)))


holds(Plot, _plots, words=("household",), mention=True)
holds(Sowing, _sown, words=("words",), mention=True)
holds(DiaryEntry, _of_plots, words=("worker", "note"), mention=True)
did(DiaryEntry, "by_id")
did(SubstanceRule, "added_by_id")
did(LotTest, "added_by_id")
keeps(Lot, "who grew a lot, as the cooperative printed it on the goods: traceability of food")
keeps(LotSending, "the number of the page on which a harvest was written, so that it is one lot")
keeps(DiarySending, "the number under which a phone sent a line, so that it is kept once")
