"""Who may do what with deliveries."""

from __future__ import annotations

from typing import Any

from marketplace.accounts.policies import at_desk
from marketplace.accounts.states import Desk, OrganisationKind
from marketplace.cooperatives import policies as cooperatives
from marketplace.deliveries import queries, receipts
from marketplace.deliveries.models import Delivery, PointShare, Round, RoundLoad, RoundStop
from marketplace.deliveries.states import DeliveryState, RoundState, ShareState
from marketplace.foundation.policy import named, policy

runs_for_alliance = at_desk(Desk.TRADE)
enters_deliveries = named("deliveries.enters_deliveries", at_desk(Desk.TRADE))


@policy
def has_deliveries(user: Any, *_subjects: Any) -> bool:
    """Has a cooperative's desk."""
    return bool(cooperatives.has_desk(user))


@policy
def sends(user: Any, delivery: Delivery) -> bool:
    """Acts for the cooperative that sends it."""
    return bool(cooperatives.acts_for(user, delivery.cooperative))


@policy
def enters_leaving(user: Any, delivery: Delivery) -> bool:
    """An officer, for a cooperative that tells on the telephone that its goods have left; never for their own."""
    waits = delivery.state in (DeliveryState.PLANNED, DeliveryState.PACKED)
    return waits and not queries.waits_for_buyer(delivery) and _enters(user, delivery)


@policy
def enters_hand_over(user: Any, delivery: Delivery) -> bool:
    """The same, for goods that the buyer took."""
    on_the_way = delivery.state is DeliveryState.DISPATCHED and receipts.kept_here(delivery)
    return on_the_way and _enters(user, delivery)


def _enters(user: Any, delivery: Delivery) -> bool:
    return bool(enters_deliveries(user)) and not sends(user, delivery) and not _buys(user, delivery)


def _buys(user: Any, delivery: Delivery) -> bool:
    return delivery.contact_organisation_id in user.organisation_ids or delivery.contact_person_id == user.id


@policy
def gets(user: Any, delivery: Delivery) -> bool:
    """The buyer's side: a guest's link makes nobody of the sender its buyer; a member's delivery is its buyer's.

    What was bought for an organisation is taken in by whoever acts for it today.
    """
    if delivery.contact_organisation_id is not None:
        return delivery.contact_organisation_id in user.organisation_ids
    if delivery.contact_person_id is None:
        return not sends(user, delivery)
    return bool(user.is_authenticated) and user.id == delivery.contact_person_id


@policy
def answers_share(user: Any, share: PointShare) -> bool:
    """Keeps the pick-up point that somebody asked to share."""
    return share.state is ShareState.ASKED and bool(cooperatives.acts_for(user, share.point.cooperative))


@policy
def ends_share(user: Any, share: PointShare) -> bool:
    """Either side of a share: the point's owner, or the one who asked."""
    sides = (share.point.cooperative, share.cooperative)
    return any(bool(cooperatives.acts_for(user, side)) for side in sides)


@policy
def sets_cut_off(user: Any, share: PointShare) -> bool:
    """Hands over at another's point: its own orders are its own affair."""
    return share.state is ShareState.SHARED and bool(cooperatives.acts_for(user, share.cooperative))


@policy
def has_rounds(user: Any, *_subjects: Any) -> bool:
    """May plan a round: a cooperative, or the alliance."""
    return runs_for_alliance(user) or bool(cooperatives.has_desk(user))


@policy
def reads_rounds(user: Any, *_subjects: Any) -> bool:
    """The same, and whoever in the office only looks."""
    return bool(user.is_officer) or has_rounds(user)


@policy
def runs(user: Any, round: Round, *_within: Any) -> bool:
    """Acts for whoever runs it, and so handles what is within it."""
    if round.runner.kind is OrganisationKind.ALLIANCE:
        return runs_for_alliance(user)
    return round.runner_id in user.organisation_ids


@policy
def reads_round(user: Any, round: Round, *_within: Any) -> bool:
    """The same, and whoever in the office only looks."""
    return round.runner_id in user.organisation_ids


@policy
def takes_off(user: Any, load: RoundLoad) -> bool:
    """Whoever runs the round, or sends the goods, until they are on the truck."""
    waits = load.live and load.collect.done_at is None
    return waits and (runs(user, load.round) or sends(user, load.delivery))


@policy
def can_change_round(user: Any, round: Round) -> bool:
    """Whoever runs it, before it leaves."""
    return runs(user, round) and round.state is RoundState.PLANNED


@policy
def can_tick(user: Any, stop: RoundStop) -> bool:
    """Whoever runs it, at the desk, when the driver has no phone at hand."""
    live = stop.round.state in {RoundState.PLANNED, RoundState.ON_ROAD}
    return live and stop.done_at is None and runs(user, stop.round)
