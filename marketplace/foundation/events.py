"""Facts. A service announces what happened; whoever cares upstairs reacts in the same transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from typing import Any, ClassVar, TypeVar, dataclass_transform

from blinker import Namespace

from marketplace.foundation.errors import Refusal

_signals = Namespace()
_everything = _signals.signal("*")
KINDS: dict[str, type[Event]] = {}


@dataclass_transform(frozen_default=True, kw_only_default=True)
class _Record:
    """Makes every class below it a frozen dataclass, for Python and for the type checker alike."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        dataclass(frozen=True, kw_only=True)(cls)


class Event(_Record):
    """A fact in the past tense, with ids and plain values only.

    A concrete event declares its fields and
    `sentence`: the words of its history line, with %(field)s for any field and %(actor)s for the doer;
    `about`: which histories it belongs to, {"order": "order_id"}: subject kind -> field holding its id;
    `spoken`: fields that hold what people said or are called: kept beside sealed history, for a name may have to go;
    `unrecorded`: fields that are told to whoever listens and never written down.
    """

    sentence: ClassVar[Any]
    about: ClassVar[dict[str, str]]
    spoken: ClassVar[frozenset[str]] = frozenset({"words"})
    unrecorded: ClassVar[frozenset[str]] = frozenset()
    actor_id: int | None = None

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if cls.__name__ in KINDS and KINDS[cls.__name__].__module__ != cls.__module__:
            raise TypeError(f"two events are called {cls.__name__}")
        KINDS[cls.__name__] = cls

    @property
    def kind(self) -> str:
        return type(self).__name__

    def data(self) -> dict[str, Any]:
        """The fields as plain values, for history."""
        return {f.name: getattr(self, f.name) for f in fields(self)}  # type: ignore[arg-type]

    def subjects(self) -> Iterator[tuple[str, int]]:
        for subject, field in self.about.items():
            value = getattr(self, field)
            if value is not None:
                yield subject, value


def id_of(by: Any) -> int | None:
    """Of whoever does it, as facts and rows keep it; nobody's when the clock or a program does."""
    return None if by is None else by.id


E = TypeVar("E", bound=Event)
Reaction = Callable[[Any], None]


def announce(event: Event) -> None:
    """Tell everyone. History is written first, then reactions run, all in the caller's transaction."""
    _everything.send(event)
    _signals.signal(event.kind).send(event)


def react(*kinds: type[Event]) -> Callable[[Reaction], Reaction]:
    """`@react(OrderPlaced)` on a function of a higher floor. A fact cannot be refused."""

    def register(reaction: Reaction) -> Reaction:
        def run(event: Event) -> None:
            try:
                reaction(event)
            except Refusal as refusal:
                raise RuntimeError(
                    f"{reaction.__module__}.{reaction.__name__} refused a fact: {refusal}"
                ) from refusal

        for kind in kinds:
            _signals.signal(kind.__name__).connect(run, weak=False)
        return reaction

    return register


def hear_everything(listener: Reaction) -> Reaction:
    """The recorder's ear."""
    _everything.connect(listener, weak=False)
    return listener
