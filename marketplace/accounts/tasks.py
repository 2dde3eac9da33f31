"""What the clock does for people's accounts."""

from __future__ import annotations

from marketplace.accounts import services, throttle
from marketplace.foundation.db.session import in_transaction
from marketplace.foundation.jobs import job


@job(every_minutes=360)
def forget_attempts() -> None:
    """Old counts of tries are thrown away."""
    in_transaction(throttle.clear_old)


@job(every_minutes=60)
def forget_ended_sign_ins() -> None:
    """Sign-ins that ended or ran out are thrown away."""
    in_transaction(services.forget_ended_sign_ins)


@job(every_minutes=60)
def expire_invitations() -> None:
    """Invitations that nobody answered in time end."""
    in_transaction(services.expire_invitations)


@job(every_minutes=60)
def forget_riddles() -> None:
    """Riddles for passkeys that nobody answered are thrown away."""
    in_transaction(services.forget_riddles)


@job(every_minutes=5)
def end_desks() -> None:
    """Desks whose last day is over end."""
    in_transaction(services.end_desks_that_ran_out)


@job(every_minutes=5)
def lapse_approvals() -> None:
    """What no second officer answered in time lapses."""
    in_transaction(services.lapse_approvals)
