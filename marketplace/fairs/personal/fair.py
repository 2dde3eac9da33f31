"""What fairs hold about people: whom visitors and exhibitors may call, and who moved a fair."""

from __future__ import annotations

from sqlalchemy import ColumnElement, false

from marketplace.accounts.holdings import Identity, holds, keeps
from marketplace.fairs.models import BudgetLine, Fair, FairMove


def _called_for(who: Identity) -> ColumnElement[bool]:
    phones = who.ids("phone")
    return Fair.contact_phone.in_(phones) if phones else false()


holds(Fair, _called_for, name=("contact_name",), phone=("contact_phone",))
keeps(
    FairMove, "why a fair was put to other days or another place, told to the public; nothing about anybody"
)
keeps(BudgetLine, "who gives how much to a fair: bodies, never people")
