"""Taking a person out of a frozen paper: sums, lines, numbers and days stay, the fingerprint is taken anew."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marketplace.accounts.holdings import Pen
from marketplace.documents.models import IssuedDocument, fingerprint

PARTIES = ("buyer", "to")
FIRM = ("seller", "lines")
"""Who issued it and what was sold: no buyer stands there."""


def of_person(old: Mapping[str, Any], pen: Pen) -> dict[str, Any]:
    """A paper for the person themselves: the name becomes the pseudonym; phone, address and note go."""
    content, title = dict(old["content"]), old["title"]
    for party in (name for name in PARTIES if name in content):
        called = _name(content[party])
        title = title.replace(called, pen.pseudonym) if called in title else pen.pseudonym
        content[party] = _nobody(content[party], pen)
    if content.get("note"):
        content["note"] = ""
    return _sealed(old, title, content, pen)


def of_company(old: Mapping[str, Any], pen: Pen) -> dict[str, Any]:
    """A paper for the organisation that they bought for: its name and place stay, their phone goes."""
    content, title = dict(old["content"]), old["title"]
    for party in (name for name in PARTIES if name in content):
        called = _name(content[party])
        title = title.replace(called, pen.instead_of(called))
        content[party] = {**content[party], "name": pen.instead_of(called), "phone": ""}
    return _sealed(old, title, content, pen)


def of_colleagues(old: Mapping[str, Any], pen: Pen) -> dict[str, Any]:
    """A paper of that organisation that others bought by: they may stand in it as the contact at the gate."""
    return _sealed(old, old["title"], dict(old["content"]), pen)


def _sealed(old: Mapping[str, Any], title: str, content: dict[str, Any], pen: Pen) -> dict[str, Any]:
    words = {name: each for name, each in content.items() if name not in (*PARTIES, *FIRM)}
    new = {"title": title, "content": {**content, **pen.over(words)}}
    return {**new, "sha256": fingerprint(IssuedDocument(**{**old, **new}))}


def _name(party: Any) -> str:
    return str(party if isinstance(party, str) else party["name"])


def _nobody(party: Any, pen: Pen) -> Any:
    if isinstance(party, str):
        return pen.pseudonym
    return {**party, "name": pen.pseudonym, "phone": "", "address": {"vi": "", "en": ""}}
