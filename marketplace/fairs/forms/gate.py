"""What the office fills in about gates, and what a device sends."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Any

from marketplace.fairs.presence import Direction, Verdict
from marketplace.fairs.services import ToldClick, ToldScan
from marketplace.foundation.web.fields import LineField, Needed
from marketplace.foundation.web.forms import Form
from marketplace.foundation.words import _l

MOST = 200
UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
HASH = re.compile(r"[0-9a-f]{32}")


class GateForm(Form):
    name = LineField(_l("Name of the gate"), [Needed()], longest=60, description=_l("For example: Main gate"))


class SettleForm(Form):
    words = LineField(_l("What was it?"), [Needed()], longest=300)


@dataclass
class Batch:
    """What a device sent. What cannot be read is named, so that the device keeps it apart and goes on."""

    scans: list[ToldScan] = field(default_factory=list)
    clicks: list[ToldClick] = field(default_factory=list)
    sent_at: dt.datetime | None = None
    odd: list[str] = field(default_factory=list)


def read_batch(sent: Any) -> Batch | None:
    """The batch of a JSON body, or None when it is no batch at all."""
    if not isinstance(sent, dict):
        return None
    scans, clicks = sent.get("scans", []), sent.get("clicks", [])
    if not isinstance(scans, list) or not isinstance(clicks, list) or len(scans) + len(clicks) > MOST:
        return None
    batch = Batch()
    try:
        batch.sent_at = _moment(sent.get("sent_at"))
    except ValueError:
        batch.sent_at = None
    for each in scans:
        _keep(batch, batch.scans, each, _scan)
    for each in clicks:
        _keep(batch, batch.clicks, each, _click)
    return batch


def _keep(batch: Batch, kept: list[Any], each: Any, read: Any) -> None:
    try:
        kept.append(read(each))
    except (KeyError, TypeError, ValueError, AttributeError):
        batch.odd.append(str(each.get("uuid", ""))[:60] if isinstance(each, dict) else "")


def _scan(each: Any) -> ToldScan:
    if not isinstance(each["let_in"], bool) or not isinstance(each["offline"], bool):
        raise ValueError
    return ToldScan(
        uuid=_matching(UUID, each["uuid"]),
        code_hash=_matching(HASH, each["hash"]),
        direction=Direction(each["direction"]),
        let_in=each["let_in"],
        offline=each["offline"],
        device_at=_moment(each["at"]),
        verdict=Verdict(each["verdict"]),
    )


def _click(each: Any) -> ToldClick:
    count = each["count"]
    if not isinstance(count, int) or isinstance(count, bool) or not 1 <= count <= 1000:
        raise ValueError
    return ToldClick(
        uuid=_matching(UUID, each["uuid"]),
        minute=_moment(each["at"]).replace(second=0, microsecond=0),
        count=count,
    )


def _matching(pattern: re.Pattern[str], value: Any) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise ValueError
    return value


def _moment(value: Any) -> dt.datetime:
    """A moment with its zone. Raises ValueError for another thing, and for years that no phone means."""
    if not isinstance(value, str):
        raise ValueError
    moment = dt.datetime.fromisoformat(value)
    if moment.tzinfo is None or not 2020 <= moment.year <= 2100:
        raise ValueError
    return moment.astimezone(dt.UTC)
