"""The steps of an application for a fair: the same pages for a cooperative, and for the alliance that enters it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from marketplace.fairs import queries, services
from marketplace.fairs.events.application import PARTS
from marketplace.fairs.forms.application import GoodsForm, NeedsForm, PlaceForm
from marketplace.fairs.models import FairApplication
from marketplace.foundation.db import transaction
from marketplace.foundation.web import flash, person, render
from marketplace.foundation.words import _, _l
from marketplace.selection import services as applications
from marketplace.selection.forms.application import DeclareForm, declare_form

STEPS = ("goods", "place", "needs", "law")
TITLES = {
    **PARTS,
    "goods": _l("Goods and booths"),
    "place": _l("Where you would like to stand"),
    "needs": _l("What you need there"),
    "law": _l("What the law asks"),
}

VERBS: dict[str, Callable[..., None]] = {
    "goods": services.set_goods,
    "place": services.set_place,
    "needs": services.set_needs,
}


def form_of(asked: FairApplication, step: str) -> Any:
    if step == "goods":
        return GoodsForm(asked)
    if step == "place":
        return PlaceForm(asked)
    if step == "needs":
        return NeedsForm(asked)
    return declare_form(asked.application, _known(asked))


def take(
    asked: FairApplication, step: str, frame: str, there: Callable[..., str], go: Callable[..., Any]
) -> Any:
    """One step: shown, or kept and on to the next one. `there` and `go` know the addresses of this side."""
    form = form_of(asked, step)
    if form.submitted():
        with form.reporting(), transaction():
            keep(asked, step, form)
            flash(_("Kept."))
            at = STEPS.index(step) + 1
            return go(STEPS[at] if at < len(STEPS) else None)
    return render(
        f"fairs/application/{step}.html",
        frame=frame,
        asked=asked,
        application=asked.application,
        fair=asked.fair,
        form=form,
        step=step,
        at=STEPS.index(step) + 1,
        of=len(STEPS),
        title=TITLES[step],
        there=there,
        papers=queries.papers_ending(asked.application.cooperative_id, asked.fair.last_day),
    )


def keep(asked: FairApplication, step: str, form: Any) -> None:
    if step == "law":
        law: DeclareForm = form
        applications.declare(application=asked.application, met=law.met(), numbers=law.numbers(), by=person())
        return
    VERBS[step](asked=asked, **form.values(), by=person())


def _known(asked: FairApplication) -> dict[str, int]:
    """What the registry knows of the numbers of the legal order."""
    cooperative = asked.application.cooperative
    counted = (cooperative.members_official, cooperative.members_capital, cooperative.members_other)
    members = sum(each or 0 for each in counted)
    return {"members": members} if members else {}
