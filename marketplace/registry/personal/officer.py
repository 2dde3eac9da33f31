"""Officers of cooperatives: whoever speaks for one before the law is named by it; of the others the name goes, and of
all what they learned and when they were born."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marketplace.accounts.holdings import Pen, by, did, holds
from marketplace.registry.models import Officer
from marketplace.registry.states import Education


def _forgotten(old: Mapping[str, Any], pen: Pen) -> dict[str, Any]:
    gone: dict[str, Any] = {"birth_year": None, "field": "", "education": Education.UNKNOWN}
    return gone if old["represents"] else {**gone, "name": pen.pseudonym}


holds(Officer, by(Officer.person_id), rewrite=_forgotten)
did(Officer, "by_id")
