"""One predicate per permission, asked by the door, the button and the API alike."""

from __future__ import annotations

from collections.abc import Callable

Predicate = Callable[..., bool]
POLICIES: dict[str, Predicate] = {}


def policy(predicate: Predicate) -> Predicate:
    """Name a predicate `(user, *subject) -> bool` as "<area>.<function>" for `can()` in templates."""
    area = predicate.__module__.removeprefix("marketplace.").split(".")[0]
    POLICIES[f"{area}.{predicate.__name__}"] = predicate
    return predicate
