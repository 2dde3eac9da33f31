"""One predicate per permission, asked by the door, the button and the API alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

Predicate = Callable[..., bool]
P = TypeVar("P", bound=Predicate)
POLICIES: dict[str, Predicate] = {}


def policy(predicate: Predicate) -> Predicate:
    """Name a predicate `(user, *subject) -> bool` as "<area>.<function>" for `can()` in templates."""
    area = predicate.__module__.removeprefix("marketplace.").split(".")[0]
    POLICIES[f"{area}.{predicate.__name__}"] = predicate
    return predicate


def named(name: str, predicate: P) -> P:
    """Give a predicate that is no function its name for `can()`."""
    POLICIES[name] = predicate
    return predicate
