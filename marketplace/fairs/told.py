"""How the allocation is told to people: a code of the engine becomes a sentence."""

from __future__ import annotations

from marketplace.fairs.states import RunState
from marketplace.foundation.words import _l

STEPS = {
    "first_come": _l("Computing what first come, first served would give"),
    "who": _l("Who gets in, in which zone"),
    "where": _l("Which booths"),
    "neighbours": _l("Like goods move apart"),
    "in_turn": _l("One after the other, without a solver"),
}
HINDRANCES = {
    "sector": _l("No zone of this fair takes these goods."),
    "nothing_fits": _l("No booth of this fair has all that was asked for."),
    "budget": _l("The fair's support money is promised to those who stand before in the order."),
    "cap": _l("This kind of goods has all the booths it may have, and others stand before in the order."),
    "share": _l("The booths that are left are kept for a reserved share."),
    "mains": _l("The zone's power or water is used up by those who stand before in the order."),
    "utility": _l("Booths are free, but none with the power, water or other things that were asked for."),
    "apart": _l("The free booths touch goods that these must be kept apart from."),
    "full": _l("The zones for these goods are full: more applications could be placed this way."),
    "one_per_cooperative": _l("Another application of the same cooperative counts."),
}
HELPS = {
    "smaller": _l("A smaller stand"),
    "without_power": _l("A stand without power"),
    "without_water": _l("A stand without water"),
    "without_cold": _l("A stand without a cold store"),
    "without_cooking": _l("A stand without cooking"),
    "own_money": _l("Coming without the alliance's support money"),
}
MISSED = {
    "blocked": _l("It is not given out at this fair."),
    "unsuitable": _l("It does not fit these goods, this size or what was asked for."),
    "confirmed": _l("It was confirmed to somebody before."),
    "no_room": _l("It stays free: no stand of this size fits there under the rules."),
    "higher_band": _l("Somebody in a higher band has it."),
    "earlier": _l("Somebody who stands before in the order has it."),
    "balance": _l(
        "Somebody further down the order has it: this way more wishes of all are met, or more get in."
    ),
}
RUN_TONES = {
    RunState.QUEUED: "wait",
    RunState.RUNNING: "wait",
    RunState.COMPLETE: "",
    RunState.FAILED: "bad",
    RunState.STOPPED: "bad",
    RunState.CHOSEN: "ok",
    RunState.LAID_ASIDE: "",
}
