"""What a stand that ends or moves sets going, and who is told."""

from __future__ import annotations

from marketplace.cooperatives.events import AllianceAccountVerified
from marketplace.fairs import notices, queries, services
from marketplace.fairs.events import (
    HeldBoothChanged,
    OfferShortened,
    RelocationOffered,
    StandConfirmed,
    StandDeclined,
    StandEvent,
    StandExpired,
    StandMoved,
    StandOffered,
    StandReleased,
    SupportNotPromised,
    SupportOutlivesStand,
    SwapAsked,
    SwapDeclined,
    WaitingEnded,
)
from marketplace.fairs.states import FairState
from marketplace.foundation.events import react
from marketplace.foundation.words import _, picked_later


@react(StandDeclined, StandExpired, StandReleased)
def booths_are_free(event: StandEvent) -> None:
    """What was asked about a stand that ended no longer counts; whoever waits is served."""
    stand = queries.stand_by_id(event.stand_id)
    by = queries.person_by_id(event.actor_id)
    services.leave_relocation(stand)
    services.end_swaps(stand)
    services.revoke_passes_of(stand=stand, reason=str(_("The stand was given up")), by=by)
    for guest in queries.meeting_guests_of_stand(stand.id):
        services.leave_meetings(guest=guest, by=by)
    services.serve(fair=stand.fair)


@react(StandConfirmed)
def support_is_promised(event: StandConfirmed) -> None:
    services.promise_support(
        stand=queries.stand_by_id(event.stand_id), by=queries.person_by_id(event.actor_id)
    )


@react(StandDeclined, StandExpired, StandReleased)
def support_falls(event: StandEvent) -> None:
    stand = queries.stand_by_id(event.stand_id)
    services.take_back_support(
        stand=stand,
        reason=stand.ended_why or str(_("The stand was given up")),
        booths=event.booths,
        by=queries.person_by_id(event.actor_id),
    )


@react(SupportNotPromised)
def tell_no_support(event: SupportNotPromised) -> None:
    notices.stand.not_supported(
        queries.stand_by_id(event.stand_id), event.booths, picked_later(event.words["vi"], event.words["en"])
    )


@react(SupportOutlivesStand)
def tell_support_outlives(event: SupportOutlivesStand) -> None:
    notices.stand.support_outlives(
        queries.stand_by_id(event.stand_id), event.booths, picked_later(event.words["vi"], event.words["en"])
    )


@react(AllianceAccountVerified)
def fees_by_transfer(event: AllianceAccountVerified) -> None:
    services.fee.pay_by_transfer(by=queries.person_by_id(event.actor_id))


@react(HeldBoothChanged)
def booth_was_changed(event: HeldBoothChanged) -> None:
    """The booth they hold was moved or numbered anew on the plan."""
    for stand in queries.stands_on(event.booth_id):
        notices.stand.booth_changed(stand, event.now, event.was)


@react(StandMoved)
def somebody_moved(event: StandMoved) -> None:
    stand = queries.stand_by_id(event.stand_id)
    services.end_swaps(stand)
    services.serve(fair=stand.fair)


@react(WaitingEnded)
def list_changed(event: WaitingEnded) -> None:
    """A better booth that nobody took is free. Whoever is only put on a list waits until a booth becomes free: the
    allocation found none for them that every rule allows."""
    services.serve(fair=queries.fair_by_id(event.fair_id))


@react(StandOffered)
def tell_offered(event: StandOffered) -> None:
    notices.stand.offered(queries.stand_by_id(event.stand_id), event.booths)


@react(StandConfirmed)
def tell_confirmed(event: StandConfirmed) -> None:
    notices.stand.confirmed(queries.stand_by_id(event.stand_id), event.booths)


@react(StandExpired)
def tell_expired(event: StandExpired) -> None:
    notices.stand.expired(queries.stand_by_id(event.stand_id), event.booths)


@react(StandDeclined, StandReleased)
def tell_given_up(event: StandDeclined | StandReleased) -> None:
    """The other side reads it: the alliance what an exhibitor gave up, the exhibitor what the alliance took back. A
    fair that is called off was told to everybody already."""
    stand = queries.stand_by_id(event.stand_id)
    if stand.fair.state is FairState.CANCELLED:
        return
    if event.actor_id is not None and queries.acts_for_alliance(event.actor_id):
        notices.stand.released(stand, event.booths, event.words)
    else:
        notices.stand.given_up(stand, event.booths, event.words)


@react(StandMoved)
def tell_moved(event: StandMoved) -> None:
    stand = queries.stand_by_id(event.stand_id)
    notices.stand.moved(stand, event.booths, event.was, event.words, queries.count_moves(stand.id))


@react(SwapAsked)
def tell_swap_asked(event: SwapAsked) -> None:
    notices.stand.swap_asked(queries.swap_by_id(event.swap_id), event.booths, event.theirs)


@react(SwapDeclined)
def tell_swap_declined(event: SwapDeclined) -> None:
    notices.stand.swap_declined(queries.swap_by_id(event.swap_id), event.booths, event.theirs)


@react(RelocationOffered)
def tell_better(event: RelocationOffered) -> None:
    entry = queries.entry_by_id(event.entry_id)
    notices.stand.better(entry, queries.fair_by_id(event.fair_id), event.booths)


@react(OfferShortened)
def tell_shortened(event: OfferShortened) -> None:
    notices.stand.shortened(queries.stand_by_id(event.stand_id), event.booths)
