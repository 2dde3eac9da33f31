"""The signed key at the foot of an issue, which ends the newsletter for its reader. It opens nothing else and lasts."""

from __future__ import annotations

from dataclasses import dataclass

from itsdangerous import BadData, URLSafeSerializer

from marketplace import config


@dataclass(frozen=True)
class Stop:
    """Whose newsletter, and from which issue's letter."""

    ref: str
    issue_id: int


def path_for(ref: str, issue_id: int) -> str:
    return f"/newsletter/stop/{_serializer().dumps([ref, issue_id])}"


def read(key: str) -> Stop | None:
    try:
        return Stop(*_serializer().loads(key))
    except BadData:
        return None


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(config.current().secret_key, salt="news.stop")
