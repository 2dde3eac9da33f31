"""What we write about pools."""

from __future__ import annotations

from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.words import _l
from marketplace.inbox.letters import letter, topic
from marketplace.inbox.services import tell
from marketplace.linkage.models import Pool, PoolMember
from marketplace.linkage.pool_words import Change
from marketplace.linkage.states import PoolMemberState

topic(
    "pools",
    _l("Pools"),
    _l("When you are asked to bring goods together with others, and your share."),
    order=27,
)


def _sample() -> dict[str, Any]:
    """An invented pool for the preview of letters."""
    return {
        "goods": "Cà rốt",
        "lead": "HTX Đồng Lạc",
        "join_by": "20/02/2027",
        "kg": "4,2 tấn",
        "left": "8 tấn",
        "number": 1,
        "name": "HTX Nhân Huệ",
        "reason": "Mưa ngập ruộng.",
        "came": "HTX Kim Xuyên",
        "went": "HTX An Lâm",
    }


letter(
    "pools.invited",
    subject=_l("%(lead)s asks you to bring %(goods)s together"),
    sentence=_l("Say until %(join_by)s how much you can bring: two numbers are enough."),
    sample=_sample,
)
letter(
    "pools.computed",
    subject=_l("%(goods)s: the shares are computed (no. %(number)s)"),
    sentence=_l("Look at them, and put them in force."),
    sample=_sample,
)
letter(
    "pools.share",
    subject=_l("%(goods)s: your share is %(kg)s"),
    sentence=_l(
        "It is promised from now on (allocation no. %(number)s). See week by week, and why it is so."
    ),
    sample=_sample,
)
letter(
    "pools.no_share",
    subject=_l("%(goods)s: you have no share any more"),
    sentence=_l(
        "The shares were computed again (no. %(number)s). Nothing of yours is promised to the pool now."
    ),
    sample=_sample,
)
letter(
    "pools.dropped_out",
    subject=_l("%(name)s is out of the pool for %(goods)s"),
    sentence=_l("The reason: %(reason)s Ask somebody else, and compute the shares again."),
    sample=_sample,
)
letter(
    "pools.taken",
    subject=_l("%(goods)s: %(name)s brings %(kg)s less"),
    sentence=_l("The reason: %(reason)s Ask somebody else, and compute the shares again."),
    sample=_sample,
)
letter(
    "pools.reserve",
    subject=_l("%(goods)s: the pool of %(lead)s is in reserve (no. %(number)s)"),
    sentence=_l(
        "The buyer chose others first. What you promised stays set aside: the pool is asked when somebody drops out."
    ),
    sample=_sample,
)
letter(
    "pools.won",
    subject=_l("%(goods)s: the buyer chose the pool for %(kg)s"),
    sentence=_l("%(lead)s leads and talks to the buyer. Your share stands on your page."),
    sample=_sample,
)
letter(
    "pools.changed",
    subject=_l("%(goods)s: who brings it for the pool of %(lead)s has changed"),
    sentence=_l(
        "New: %(came)s. No longer: %(went)s. Together: %(kg)s, at the same price and with the same contact."
    ),
    sample=_sample,
)
letter(
    "pools.given_back",
    subject=_l("%(goods)s: %(kg)s of what the pool won were given back"),
    sentence=_l(
        "%(left)s of it stay. What is set aside of your goods became less in proportion; the shares are computed again."
        " Reason: %(reason)s"
    ),
    sample=_sample,
)
letter(
    "pools.ended",
    subject=_l("%(goods)s: the pool of %(lead)s has ended"),
    sentence=_l("What was promised of your goods is free again."),
    sample=_sample,
)


def invited(member: PoolMember) -> None:
    pool = member.pool
    _to_member("pools.invited", member, f"{member.id}", join_by=formats.date_time(pool.join_by, "vi"))


def computed(pool: Pool, number: int) -> None:
    _to_lead("pools.computed", pool, f"{pool.id}:{number}", number=number)


def share(member: PoolMember, kg: int, number: int) -> None:
    _to_member("pools.share", member, f"{member.id}:{number}", kg=_kg(kg), number=number)


def no_share(member: PoolMember, number: int) -> None:
    _to_member("pools.no_share", member, f"{member.id}:{number}", number=number)


def dropped_out(member: PoolMember, actor_id: int | None) -> None:
    """To whoever leads; the one who formed the pool at the alliance is told too, unless it was them."""
    told: dict[str, Any] = {"name": member.cooperative.called, "reason": member.reason}
    _to_lead("pools.dropped_out", member.pool, f"{member.id}", **told)
    pool = member.pool
    if pool.by_id != actor_id and pool.by.is_officer:
        kind = "pools.dropped_out"
        key = f"{kind}:{member.id}"
        tell(
            kind=kind, person_id=pool.by_id, url=f"/office/pools/{pool.ref}", key=key, **_words(pool), **told
        )


def taken(pool: Pool, key: str, name: str, amount: str, reason: str) -> None:
    """A member's promise became smaller, was moved to another week, or will not be met."""
    _to_lead("pools.taken", pool, f"{pool.id}:{key}", name=name, kg=amount, reason=reason)


def reserved(pool: Pool, rank: int) -> None:
    """Its lead has the buyer's own letter about the request."""
    for member in _with_word(pool):
        if member.cooperative_id != pool.lead_id:
            _to_member("pools.reserve", member, f"{member.id}", number=rank)


def won(pool: Pool, kg: int) -> None:
    for member in _with_word(pool):
        _to_member("pools.won", member, f"{member.id}", kg=_kg(kg))


def changed(pool: Pool, number: int, change: Change) -> None:
    """To the buyer who chose it."""
    tell(
        kind="pools.changed",
        organisation_id=pool.need.organisation_id,
        url=f"/buyer/pools/{pool.ref}",
        key=f"pools.changed:{pool.id}:{number}",
        **_words(pool),
        came=", ".join(change.came) or formats.DASH,
        went=", ".join(change.went) or formats.DASH,
        kg=_kg(change.after),
    )


def given_back(pool: Pool, kg: int, left: int, reason: str) -> None:
    for member in _with_word(pool):
        _to_member(
            "pools.given_back", member, f"{member.id}:{left}", kg=_kg(kg), left=_kg(left), reason=reason
        )


def ended(pool: Pool) -> None:
    for member in _with_word(pool):
        _to_member("pools.ended", member, f"{member.id}")


def _with_word(pool: Pool) -> list[PoolMember]:
    kept = (PoolMemberState.COMMITTED, PoolMemberState.CONFIRMED)
    return [member for member in pool.members if member.state in kept]


def _to_member(kind: str, member: PoolMember, key: str, **told: Any) -> None:
    tell(
        kind=kind,
        organisation_id=member.cooperative.organisation_id,
        url=f"/desk/pools/{member.pool.ref}",
        key=f"{kind}:{key}",
        **_words(member.pool),
        **told,
    )


def _to_lead(kind: str, pool: Pool, key: str, **told: Any) -> None:
    tell(
        kind=kind,
        organisation_id=pool.lead.organisation_id,
        url=f"/desk/pools/led/{pool.ref}",
        key=f"{kind}:{key}",
        **_words(pool),
        **told,
    )


def _words(pool: Pool) -> dict[str, Any]:
    return {"goods": pool.need.goods.name_vi, "lead": pool.lead.called}


def _kg(kg: int) -> str:
    return formats.amount(kg, "kg", "vi")
