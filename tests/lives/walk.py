"""One walk: a world, a clock, a card company, a seed, and steps."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field, fields
from typing import Any

import time_machine
from flask import Flask
from sqlalchemy import Select

from marketplace.accounts.models import Person
from marketplace.catalogue.models import Product
from marketplace.foundation import jobs
from marketplace.foundation.db import db
from marketplace.foundation.db.session import in_transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.mail import deliver_waiting
from marketplace.insights.invariants import breaks
from marketplace.orders.models import Order
from tests.lives import crashes
from tests.lives.reckoning import Reckoning
from tests.stripe_like import StripeLike
from tests.stripe_like.books import Refused
from tests.world import World

BEGINS = dt.datetime(2026, 11, 23, 1, 0, tzinfo=dt.UTC)
"""A Monday at eight in the morning in Vietnam."""


@dataclass
class Act:
    """What somebody does. `do` loads what it needs and may be done again; `then` tells the reckoning that it happened,
    given what `do` returned. An `alone` act opens its own transactions, any of which may stand: its `then` is always
    called and looks for itself. What the clock does refuses nothing."""

    do: Callable[[], Any]
    then: Callable[[Any], None] = lambda _result: None
    alone: bool = False
    by_clock: bool = False


Rule = Callable[["Walk"], "Act | None"]
RULES: dict[str, tuple[Rule, int]] = {}


def rule(weight: int) -> Callable[[Rule], Rule]:
    """How often it is tried beside the others; None says that there is nothing to do it to."""

    def register(made: Rule) -> Rule:
        RULES[made.__name__] = (made, weight)
        return made

    return register


class Broken(AssertionError):
    """Something is not as it must be, with the way that led there."""


@dataclass
class Walk:
    app: Flask
    company: StripeLike
    seed: int
    collected: bool = False
    """Whether the alliance takes the cards' money for the cooperatives."""
    look_every: int = 10
    crashing: float = 0.12
    steps: int = 0
    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    crashed: Counter[str] = field(default_factory=Counter)
    reckoning: Reckoning = field(default_factory=Reckoning)
    memory: dict[str, Any] = field(default_factory=dict)
    """What rules remember from step to step: tokens of forms that were sent, news that got lost."""

    def __post_init__(self) -> None:
        self.rng = random.Random(self.seed)
        self._way: list[str] = []
        self._names: dict[str, Any] = {}

    @contextmanager
    def begun(self) -> Iterator[Walk]:
        """The world as it stands on the first morning; its clock moves only when the walk moves it."""
        from tests.lives import opening

        with time_machine.travel(BEGINS, tick=False) as self.clock:
            built = World.built()
            self._names = {each.name: getattr(built, each.name) for each in fields(built)}
            self._names = {name: (type(thing), thing.id) for name, thing in self._names.items()}
            opening.open_for_business(self)
            yield self

    @property
    def world(self) -> World:
        """Everybody as they stand now: sessions come and go."""
        return World(**{name: db.session.get_one(*known) for name, known in self._names.items()})

    # --- choosing -------------------------------------------------------------------------------------

    def pick(self, query: Select[Any]) -> Any:
        """One of the ids that a query finds, or None."""
        found = sorted(db.session.scalars(query))
        db.session.rollback()
        return self.rng.choice(found) if found else None

    def seller(self, order: Order) -> Person:
        return self.seller_of(order.cooperative_id)

    def seller_of(self, cooperative_id: int) -> Person:
        world = self.world
        return world.director if cooperative_id == world.dong_lac.id else world.rival

    def products(self, cooperative_id: int | None = None) -> list[Product]:
        known = [db.session.get_one(Product, number) for number in sorted(self.reckoning.on_hand)]
        return [product for product in known if cooperative_id in (None, product.cooperative_id)]

    # --- walking --------------------------------------------------------------------------------------

    def walk(self, steps: int) -> None:
        """So many steps, then all that waits is brought to its end; everything is looked at."""
        from tests.lives import rules

        for _ in range(steps):
            self.step()
        rules.come_to_rest(self)
        self._look(at_rest=True)

    def step(self) -> None:
        self.clock.shift(dt.timedelta(seconds=self.rng.randint(1, 240)))
        name, act = self._next()
        self.steps += 1
        try:
            self._perform(name, act)
        except Broken:
            raise
        except Exception as error:  # a page of somebody's would have been a 500
            raise self._broken(f"{name} raised {error!r}") from error
        if self.steps % self.look_every == 0:
            self._look()

    def _next(self) -> tuple[str, Act]:
        names = list(RULES)
        weights = [RULES[name][1] for name in names]
        while True:
            name = self.rng.choices(names, weights)[0]
            act = RULES[name][0](self)
            db.session.rollback()
            if act is not None:
                return name, act

    def _perform(self, name: str, act: Act) -> None:
        """Do it; perhaps the process dies in the middle, and then perhaps the person presses again."""
        if self.rng.random() >= self.crashing:
            self._once(name, act)
        else:
            self._crash(name, act)
        jobs.drain(self.app)
        db.session.remove()

    def _crash(self, name: str, act: Act) -> None:
        after, place, again = self.rng.random() < 0.3, self.rng.randint(1, 60), self.rng.random() < 0.7
        death = crashes.after_first_commit() if after else crashes.before_statement(place)
        self._once(name, act, death, stands_after_all=after)
        self.app.extensions["huey"].flush()  # the queue is only the wake-up
        if again:
            self._once(f"{name} again", act)

    def _once(
        self,
        name: str,
        act: Act,
        death: AbstractContextManager[None] | None = None,
        stands_after_all: bool = False,
    ) -> None:
        result: list[Any] = []
        outcome, stands = self.refused, False

        def do() -> None:
            result[:] = [act.do()]

        try:
            with death or nullcontext():
                do() if act.alone else in_transaction(do)
            outcome, stands = self.done, True
        except (Refusal, Refused):
            if act.by_clock:
                raise
        except crashes.Crash:
            outcome, stands = self.crashed, stands_after_all and bool(result)
        db.session.remove()
        outcome[name] += 1
        self._way.append(f"{self.steps:4} {name}: {_OUTCOMES[stands, outcome is self.crashed]}")
        if stands or act.alone:
            act.then(result[0] if result else None)
        db.session.remove()

    # --- looking --------------------------------------------------------------------------------------

    def _look(self, at_rest: bool = False) -> None:
        from tests.lives import looking

        deliver_waiting()  # the minute's sweep finds what a crash left
        broken = {number: count for number, _sentence, count in breaks() if count}
        wrong = [*looking.sums(self, at_rest), *(looking.company(self) if at_rest else [])]
        db.session.remove()
        if broken or wrong:
            raise self._broken(f"invariants broken: {broken or 'none'}; sums: {wrong or 'right'}")

    def _broken(self, what: str) -> Broken:
        way = "\n".join(self._way[-30:])
        return Broken(f"seed {self.seed}, step {self.steps}: {what}\nThe way there:\n{way}")


_OUTCOMES = {
    (True, False): "done",
    (False, False): "refused",
    (True, True): "died after it was done",
    (False, True): "died",
}
