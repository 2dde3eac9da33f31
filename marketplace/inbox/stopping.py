"""The signed key at the foot of a letter, which ends letters of its topic. It opens nothing else and lasts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from itsdangerous import BadData, URLSafeSerializer

from marketplace import config
from marketplace.inbox.queries.choice import address_hash


@dataclass(frozen=True)
class Stop:
    """Whose letters of which topic: a person's by reference, or a guest's by the hash of the address."""

    topic: str
    person_ref: str = ""
    address_hash: str = ""


def path_for(reader: Any, topic: str) -> str:
    """Where the foot of a letter to this reader leads."""
    person = reader.person
    told = [topic, person.ref, ""] if person is not None else [topic, "", address_hash(reader.email)]
    return f"/letters/stop/{_serializer().dumps(told)}"


def read(key: str) -> Stop | None:
    try:
        return Stop(*_serializer().loads(key))
    except BadData:
        return None


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(config.current().secret_key, salt="inbox.stop")
