"""Facts: frozen, announced once, history first, reactions in the same transaction and never a refusal."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select

from marketplace.foundation import events
from marketplace.foundation.audit import AuditEntry, history_of
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import KINDS, Event, announce, react


@pytest.fixture(scope="module")
def picked() -> Iterator[type[Event]]:
    class CherriesPicked(Event):
        tree_id: int
        helper_id: int | None = None
        kilos: str = "1"
        sentence = "Picked %(kilos)s kg"
        about = {"tree": "tree_id", "helper": "helper_id"}

    yield CherriesPicked
    KINDS.pop("CherriesPicked")


@pytest.fixture(autouse=True)
def _forget(picked: type[Event]) -> Iterator[None]:
    yield
    events._signals.signal("CherriesPicked").receivers.clear()


def test_a_fact_does_not_change(picked) -> None:
    fact = picked(tree_id=3, kilos="2,5")
    with pytest.raises(dataclasses.FrozenInstanceError):
        fact.kilos = "9"
    with pytest.raises(TypeError):
        picked(3)


def test_a_fact_knows_its_words_and_its_histories(picked) -> None:
    fact = picked(tree_id=3, actor_id=8)
    assert fact.kind == "CherriesPicked"
    assert fact.data() == {"actor_id": 8, "tree_id": 3, "helper_id": None, "kilos": "1"}
    assert list(fact.subjects()) == [("tree", 3)]
    assert list(picked(tree_id=3, helper_id=4).subjects()) == [("tree", 3), ("helper", 4)]


def test_two_facts_never_share_a_name(picked) -> None:
    with pytest.raises(TypeError, match="two events"):
        type("CherriesPicked", (Event,), {"__module__": "elsewhere", "sentence": "", "about": {}})


def test_history_is_written_before_anybody_reacts(app: Flask, picked) -> None:
    seen: list[tuple[str, int]] = []

    @react(picked)
    def look(fact) -> None:
        seen.append((fact.kilos, len(db.session.scalars(select(AuditEntry)).all())))

    with transaction():
        announce(picked(tree_id=3))
        announce(picked(tree_id=3, kilos="2"))
    assert seen == [("1", 1), ("2", 2)]


def test_reactions_hear_only_their_own_kind(app: Flask, picked) -> None:
    heard: list[Event] = []
    react(picked)(heard.append)
    from marketplace.accounts.events import SignedIn

    with transaction():
        announce(SignedIn(person_id=1))
    assert heard == []


def test_a_reaction_that_fails_takes_the_fact_back(app: Flask, picked) -> None:
    @react(picked)
    def fall(_fact) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), transaction():
        announce(picked(tree_id=3))
    assert history_of("tree", 3) == []


def test_a_fact_cannot_be_refused(app: Flask, picked) -> None:
    @react(picked)
    def refuse(_fact) -> None:
        raise Refusal("no")

    with pytest.raises(RuntimeError, match="refused a fact"), transaction():
        announce(picked(tree_id=3))
    assert history_of("tree", 3) == []


def test_every_fact_of_the_shop_can_be_told(app: Flask) -> None:
    """Each event names fields it has, in its sentence as in its histories."""
    ours = [kind for kind in KINDS.values() if kind.__module__.startswith("marketplace.")]
    assert len(ours) > 30
    for kind in ours:
        names = {field.name for field in dataclasses.fields(kind)}
        assert kind.__name__ and set(kind.about.values()) <= names, kind.__name__
        shown = names | {"actor"}
        if hasattr(kind, "shape"):
            continue
        assert str(kind.sentence) % dict.fromkeys(shown, "x"), kind.__name__
