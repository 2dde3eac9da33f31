"""How often a thing may be tried: counted in the database before the try, so it holds across processes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sqlalchemy import delete, update
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from marketplace.accounts.models import Attempts
from marketplace.foundation import clock
from marketplace.foundation.db import db

LIMITS: list[Limit] = []


@dataclass(frozen=True)
class Limit:
    """At most `tries` within `seconds`. Every limit is known, so that what it counted is forgotten in time."""

    name: str
    tries: int
    seconds: int

    def __post_init__(self) -> None:
        LIMITS.append(self)


class TooOften(Exception):
    """Tried too often; `seconds` until the next try is heard."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def count(limit: Limit, key: str) -> None:
    """Count one try under `key`; raises TooOften beyond the limit. Commit it before the try itself."""
    now = int(clock.now().timestamp())
    window = now // limit.seconds
    digest = f"{limit.name}:{hashlib.sha256(key.encode()).hexdigest()[:40]}"
    insert = pg_insert if db.engine.dialect.name == "postgresql" else sqlite_insert
    added = insert(Attempts).values(key=digest, window=window, tries=1)
    counted = db.session.execute(
        added.on_conflict_do_update(
            index_elements=[Attempts.key, Attempts.window], set_={"tries": Attempts.tries + 1}
        ).returning(Attempts.tries)
    ).scalar_one()
    if counted > limit.tries:
        raise TooOften(limit.seconds - now % limit.seconds)


def forgive(limit: Limit, key: str) -> None:
    """A success clears the count of this key."""
    digest = f"{limit.name}:{hashlib.sha256(key.encode()).hexdigest()[:40]}"
    db.session.execute(update(Attempts).where(Attempts.key == digest).values(tries=0))


def clear_old() -> None:
    """Forget what was counted more than a day ago; windows of every limit are at least a minute long."""
    day_ago = int(clock.now().timestamp()) - 86_400
    for limit in LIMITS:
        db.session.execute(
            delete(Attempts).where(
                Attempts.key.startswith(f"{limit.name}:"), Attempts.window < day_ago // limit.seconds
            )
        )


def registration(address: str, *identifiers: str | None) -> list[tuple[Limit, str]]:
    """What a registration counts under. It tries a password too (the one of an account that is there already), so
    it counts as a sign-in; and strangers cannot crowd a number out of its sign-in."""
    counted = [(REGISTER_ADDRESS, address)]
    for known_as in filter(None, identifiers):
        counted += [
            (REGISTER_ACCOUNT, known_as),
            (SIGN_IN_ACCOUNT, f"{known_as} {address}"),
            (SIGN_IN_EVERYWHERE, known_as),
        ]
    return counted


# Ten guesses shut an account only to the address that guesses: its owner elsewhere still comes in. Guessing from
# many addresses at once ends at a height that nobody reaches by mistyping.
SIGN_IN_ACCOUNT = Limit("account", 10, 900)
SIGN_IN_EVERYWHERE = Limit("account:everywhere", 100, 900)
SIGN_IN_ADDRESS = Limit("address", 60, 900)
REGISTER_ADDRESS = Limit("register", 20, 3600)
REGISTER_ACCOUNT = Limit("register-account", 10, 86_400)
RESET_ACCOUNT = Limit("reset", 4, 3600)
RESET_ADDRESS = Limit("reset-address", 20, 3600)
CONFIRM_ACCOUNT = Limit("confirm", 4, 3600)
# Anybody may register an organisation: nobody sends letters to strangers without end, with one or with many.
INVITE_ORGANISATION = Limit("invite", 20, 86_400)
INVITE_ADDRESS = Limit("invite-address", 60, 86_400)
# A code has a million values and three are right at a time: five tries in a quarter of an hour tell nothing.
SECOND_ACCOUNT = Limit("second", 5, 900)
SECOND_ADDRESS = Limit("second-address", 60, 900)
RIDDLE_ADDRESS = Limit("riddle", 60, 900)
