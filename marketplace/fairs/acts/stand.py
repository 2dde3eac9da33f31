"""Answering an offered stand, a better booth or an exchange by a link."""

from __future__ import annotations

from typing import Any

from marketplace.fairs import policies, queries, services
from marketplace.fairs.forms.stand import WordsForm
from marketplace.fairs.models import Stand, StandSwap, WaitingEntry
from marketplace.fairs.services.holding import numbers
from marketplace.fairs.states import ENTRY_LABELS, STAND_LABELS, SWAP_LABELS
from marketplace.foundation import clock, formats
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l
from marketplace.inbox.acts import Facts, act


def _offer(stand: Stand) -> Facts:
    fair = stand.fair
    rows = [
        (_("Days"), formats.day_span(fair.first_day, fair.last_day, locale())),
        (_("Place"), fair.venue),
        (_("Booth"), numbers(stand)),
        (_("Booth fee"), formats.vnd(stand.fee, locale()) if stand.fee else _("None")),
        (_("Answer before"), formats.date_time(stand.until, locale())),
    ]
    return Facts(
        title=fair.name,
        rows=[row for row in rows if row[1]],
        stands=str(STAND_LABELS[stand.state]),
        url=f"/desk/fairs/{fair.slug}/stand",
    )


def _confirm(stand: Stand, form: Any, by: Any, once: str) -> Any:
    services.confirm(stand=stand, by=by)
    return _l("Confirmed: the booth is yours.")


def _decline(stand: Stand, form: Any, by: Any, once: str) -> Any:
    services.decline(stand=stand, words=form.words.data or "", by=by)
    return _l("Declined. The booth goes to whoever waits.")


OFFER: dict[str, Any] = {
    "load": queries.stand_by_id,
    "sees": policies.holds_stand,
    "may": policies.can_answer_offer,
    "facts": _offer,
    "until": lambda stand: stand.until,
}
act(name="fairs.confirm", button=_l("Yes, we come"), do=_confirm, **OFFER)
act(
    name="fairs.decline",
    button=_l("We cannot come"),
    do=_decline,
    form=lambda stand: WordsForm(),
    kind="danger",
    **OFFER,
)


def _better(entry: WaitingEntry) -> Facts:
    fair, stand = queries.fair_by_id(entry.fair_id), queries.live_stand(entry.application_id)
    held = ", ".join(dict.fromkeys(place.booth.code for place in queries.held_for(entry)))
    rows = [
        (_("Your booth now"), numbers(stand) if stand is not None else ""),
        (_("The better one"), held),
        (_("Held for you until"), formats.date_time(entry.until or clock.now(), locale())),
    ]
    return Facts(
        title=fair.name,
        rows=[row for row in rows if row[1]],
        stands=str(ENTRY_LABELS[entry.state]),
        url=f"/desk/fairs/{fair.slug}/stand",
    )


def _take(entry: WaitingEntry, form: Any, by: Any, once: str) -> Any:
    services.take_better(entry=entry, by=by)
    return _l("You have moved to the better booth.")


def _keep(entry: WaitingEntry, form: Any, by: Any, once: str) -> Any:
    services.keep_own(entry=entry, by=by)
    return _l("You keep your booth.")


BETTER: dict[str, Any] = {
    "load": queries.entry_by_id,
    "sees": policies.waits,
    "may": policies.can_take_better,
    "facts": _better,
    "until": lambda entry: entry.until or clock.now(),
}
act(name="fairs.take_better", button=_l("Yes, we move"), do=_take, **BETTER)
act(name="fairs.keep_own", button=_l("We stay where we are"), do=_keep, kind="danger", **BETTER)


def _swap(swap: StandSwap) -> Facts:
    fair = swap.mine.fair
    rows = [
        (_("Who asks"), swap.mine.application.cooperative.called),
        (_("Their booth"), numbers(swap.mine)),
        (_("Your booth"), numbers(swap.yours)),
        (_("What they write"), swap.words),
    ]
    return Facts(
        title=fair.name,
        rows=[row for row in rows if row[1]],
        stands=str(SWAP_LABELS[swap.state]),
        url=f"/desk/fairs/{fair.slug}/stand",
    )


def _agree(swap: StandSwap, form: Any, by: Any, once: str) -> Any:
    services.agree(swap=swap, by=by)
    return _l("Exchanged. Both of you have been told.")


def _refuse(swap: StandSwap, form: Any, by: Any, once: str) -> Any:
    services.decline_swap(swap=swap, by=by)
    return _l("You keep your booth, and they have been told.")


SWAP: dict[str, Any] = {
    "load": queries.swap_by_id,
    "sees": lambda user, swap: policies.holds_stand(user, swap.yours),
    "may": policies.can_answer_swap,
    "facts": _swap,
    "until": lambda swap: clock.start_of_day(swap.mine.fair.first_day),
}
act(name="fairs.agree_swap", button=_l("Yes, exchange"), do=_agree, **SWAP)
act(name="fairs.decline_swap", button=_l("No, we keep ours"), do=_refuse, kind="danger", **SWAP)
