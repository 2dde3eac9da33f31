"""Letters about stands: offered, moved, exchanged, given up; and the waiting lists."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marketplace.cooperatives.models import Cooperative
from marketplace.fairs.models import Fair, Stand, StandSwap, WaitingEntry
from marketplace.fairs.notices import decision
from marketplace.foundation import clock, formats
from marketplace.foundation.money import Money
from marketplace.foundation.words import _l
from marketplace.inbox.letters import letter
from marketplace.inbox.services import tell


def _sample() -> dict[str, Any]:
    return {
        "fair": "Hội chợ Nông sản Xứ Đông",
        "booths": "A05, A06",
        "was": "B02",
        "theirs": "B02",
        "until": "17:00, 30/11/2026",
        "fee": "2.000.000 ₫",
        "who": "HTX Đồng Lạc",
        "words": "Xe lạnh cần đỗ gần cửa",
        "place": 3,
    }


for _kind, _subject, _sentence, _acts in (
    (
        "fairs.confirmed",
        _l("%(fair)s: booth %(booths)s is confirmed"),
        _l("Your stand is booth %(booths)s. Fee: %(fee)s. The page of your stand tells what comes next."),
        (),
    ),
    (
        "fairs.answer_sooner",
        _l("%(fair)s: please answer about booth %(booths)s by %(until)s"),
        _l("The fair begins sooner than planned, so the booth is held for you until %(until)s."),
        (),
    ),
    (
        "fairs.expired",
        _l("%(fair)s: booth %(booths)s was given on"),
        _l("Nobody confirmed booth %(booths)s in time. It goes to whoever waits."),
        (),
    ),
    (
        "fairs.not_supported",
        _l("%(fair)s: no support could be promised to %(who)s"),
        _l("%(who)s asked for support with booth %(booths)s. %(words)s"),
        (),
    ),
    (
        "fairs.support_outlives",
        _l("%(fair)s: support of %(who)s still stands"),
        _l(
            "%(who)s gave up booth %(booths)s, but support for it still stands. %(words)s Please decide about it."
        ),
        (),
    ),
    (
        "fairs.given_up",
        _l("%(fair)s: %(who)s gives up booth %(booths)s"),
        _l("%(who)s gives up booth %(booths)s. %(words)s"),
        (),
    ),
    (
        "fairs.released",
        _l("%(fair)s: booth %(booths)s is no longer yours"),
        _l("The alliance took back booth %(booths)s. %(words)s"),
        (),
    ),
    (
        "fairs.stand_moved",
        _l("%(fair)s: you now stand at booth %(booths)s"),
        _l("You stand at booth %(booths)s instead of %(was)s. %(words)s"),
        (),
    ),
    (
        "fairs.swap_asked",
        _l("%(fair)s: %(who)s would like to exchange booths"),
        _l("%(who)s offers booth %(booths)s for your %(theirs)s. %(words)s"),
        ("fairs.agree_swap", "fairs.decline_swap"),
    ),
    (
        "fairs.swap_declined",
        _l("%(fair)s: you keep booth %(booths)s"),
        _l("%(who)s would rather keep booth %(theirs)s."),
        (),
    ),
    (
        "fairs.better",
        _l("%(fair)s: a better booth is free"),
        _l(
            "Booth %(booths)s, which you wished for, is free. It is held for you until %(until)s; your own stays yours "
            "until you say yes."
        ),
        ("fairs.take_better", "fairs.keep_own"),
    ),
    (
        "fairs.listed",
        _l("%(fair)s: you are on the waiting list"),
        _l(
            "You are number %(place)s on the waiting list. When a booth is free, you get it offered by letter."
        ),
        (),
    ),
):
    letter(_kind, subject=_subject, sentence=_sentence, sample=_sample, acts=_acts, urgent=bool(_acts))


def offered(stand: Stand, booths: str) -> None:
    """The letter of whoever is chosen, also from the waiting list: it is answered by its buttons."""
    decision.chosen(
        application=stand.application,
        booths=booths.split(", "),
        until=_moment(stand.until),
        fee=stand.fee,
        link=f"/desk/fairs/{stand.fair.slug}/stand",
        about=stand.id,
        answer_by=stand.until,
    )


def shortened(stand: Stand, booths: str) -> None:
    _to_exhibitor(
        stand,
        "fairs.answer_sooner",
        f"{stand.id}:{stand.until.isoformat()}",
        booths,
        until=_moment(stand.until),
    )


def confirmed(stand: Stand, booths: str) -> None:
    _to_exhibitor(stand, "fairs.confirmed", stand.id, booths)


def expired(stand: Stand, booths: str) -> None:
    _to_exhibitor(stand, "fairs.expired", stand.id, booths)
    _to_office(stand, "fairs.expired", booths)


def given_up(stand: Stand, booths: str, words: str) -> None:
    """By the exhibitor: told to the office."""
    _to_office(stand, "fairs.given_up", booths, words=words)


def not_supported(stand: Stand, booths: str, words: Any) -> None:
    """They asked and get none: told to them, and to the office, which may have more money yet."""
    _to_exhibitor(stand, "fairs.not_supported", stand.id, booths, words=words, who=_name(stand))
    _to_office(stand, "fairs.not_supported", booths, words=words)


def support_outlives(stand: Stand, booths: str, words: Any) -> None:
    """An officer has to decide."""
    _to_office(stand, "fairs.support_outlives", booths, words=words)


def released(stand: Stand, booths: str, words: str) -> None:
    """By the alliance: told to the exhibitor."""
    _to_exhibitor(stand, "fairs.released", stand.id, booths, words=words)


def moved(stand: Stand, booths: str, was: str, words: str, move: int) -> None:
    _to_exhibitor(stand, "fairs.stand_moved", move, booths, was=was, words=words)


def booth_changed(stand: Stand, now: str, was: str) -> None:
    """On the plan, not for another stand: told each time."""
    words = str(_l("The plan was changed: please look where it is now."))
    _to_exhibitor(stand, "fairs.stand_moved", int(clock.now().timestamp()), now, was=was, words=words)


def swap_asked(swap: StandSwap, booths: str, theirs: str) -> None:
    _to_exhibitor(
        swap.yours,
        "fairs.swap_asked",
        swap.id,
        booths,
        theirs=theirs,
        who=_name(swap.mine),
        words=swap.words,
        about=swap.id,
    )


def swap_declined(swap: StandSwap, booths: str, theirs: str) -> None:
    _to_exhibitor(swap.mine, "fairs.swap_declined", swap.id, booths, theirs=theirs, who=_name(swap.yours))


def better(entry: WaitingEntry, fair: Fair, booths: str) -> None:
    _tell(
        entry.application.cooperative,
        fair,
        "fairs.better",
        entry.id,
        booths=booths,
        about=entry.id,
        answer_by=entry.until,
        until=_moment(entry.until),
    )


def listed(entry: WaitingEntry, fair: Fair, place: int) -> None:
    _tell(entry.application.cooperative, fair, "fairs.listed", entry.id, place=place)


def _to_exhibitor(stand: Stand, kind: str, key: int | str, booths: str, **more: Any) -> None:
    fee = formats.vnd(stand.fee, "vi") if stand.fee else formats.vnd(Money(0), "vi")
    _tell(stand.application.cooperative, stand.fair, kind, key, booths=booths, fee=fee, **more)


def _to_office(stand: Stand, kind: str, booths: str, **more: Any) -> None:
    tell(
        officers=True,
        kind=kind,
        url=f"/office/fairs/{stand.fair.slug}/stands",
        key=f"{kind}:office:{stand.id}",
        fair=stand.fair.name_vi,
        booths=booths,
        who=_name(stand),
        **more,
    )


def _tell(cooperative: Cooperative, fair: Fair, kind: str, key: int | str, **more: Any) -> None:
    tell(
        organisation_id=cooperative.organisation_id,
        kind=kind,
        url=f"/desk/fairs/{fair.slug}/stand",
        key=f"{kind}:{key}",
        fair=fair.name_vi,
        **more,
    )


def _name(stand: Stand) -> str:
    return stand.application.cooperative.called


def _moment(moment: dt.datetime | None) -> str:
    return formats.date_time(moment or clock.now(), "vi")
