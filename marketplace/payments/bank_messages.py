"""What Vietnamese bank-notification services send, read into one shape.

SePay tells {gateway, transactionDate, accountNumber, content, transferType in|out, transferAmount, referenceCode, id};
its bank hub the same in small letters with underscores; VietQR.vn tells {bankaccount, amount, transType C|D, content,
referencenumber, transactionid, transactiontime in milliseconds}. Everything in them is a stranger's until it is read
here, strictly.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from marketplace.foundation import clock
from marketplace.foundation.money import Money
from marketplace.foundation.parsing import MOST_MONEY
from marketplace.foundation.text import clean_line
from marketplace.payments.movements import Movement, read_day

MOST_BYTES = 16 * 1024
DEEPEST = 4
MOST_FIELDS = 60


class Unreadable(Exception):
    """Not a message of these services; the words are for whoever sets the service up."""


@dataclass(frozen=True)
class Message:
    """Money on an account. `movement` None is money that went out: it is heard and left alone."""

    account: str
    movement: Movement | None
    number: str
    style: str


def read(data: bytes) -> Message:
    """Raises Unreadable."""
    told = _object(data)
    if "bankaccount" in told or "transType" in told:
        return _message(told, "vietqr", ("bankaccount",), ("amount",), ("transType",), ("content",),
                        ("referencenumber",), ("transactionid",), ("transactiontime",))  # fmt: skip
    return _message(
        told,
        "sepay",
        ("accountNumber", "account_number"),
        ("transferAmount", "amount"),
        ("transferType", "transfer_type"),
        ("content", "description"),
        ("referenceCode", "reference_code"),
        ("id", "transaction_id"),
        ("transactionDate", "transaction_date"),
    )


def _message(
    told: dict[str, Any],
    style: str,
    account: tuple[str, ...],
    amount: tuple[str, ...],
    way: tuple[str, ...],
    content: tuple[str, ...],
    reference: tuple[str, ...],
    number: tuple[str, ...],
    at: tuple[str, ...],
) -> Message:
    own = _line(told, account, 30)
    if not own:
        raise Unreadable("the account is missing")
    own_number = _line(told, number, 60)
    direction = _line(told, way, 10).lower()
    if direction in {"out", "d", "debit"}:
        return Message(own, None, own_number, style)
    if direction not in {"in", "c", "credit"}:
        raise Unreadable("neither money in nor money out")
    movement = Movement(
        came_on=_day(_first(told, at)),
        amount=_money(_first(told, amount)),
        text=_line(told, content, 500),
        bank_ref=_line(told, reference, 80) or (f"{style}-{own_number}" if own_number else ""),
    )
    return Message(own, movement, own_number, style)


def _object(data: bytes) -> dict[str, Any]:
    if len(data) > MOST_BYTES:
        raise Unreadable("the message is too long")
    if _depth(data) > DEEPEST:
        raise Unreadable("the message is too deep")
    try:
        told = json.loads(data, parse_constant=_refuse, parse_int=_int)
    except (ValueError, RecursionError) as error:
        raise Unreadable("this is not JSON") from error
    if not isinstance(told, dict) or len(told) > MOST_FIELDS:
        raise Unreadable("one message at a time, please")
    return told


def _depth(data: bytes) -> int:
    """How deep brackets may stand at the most, counted before anything is unpacked."""
    deepest = depth = 0
    for sign in data:
        if sign in b"[{":
            depth += 1
            deepest = max(deepest, depth)
        elif sign in b"]}":
            depth -= 1
    return deepest


def _refuse(word: str) -> None:
    raise ValueError(word)


def _int(digits: str) -> int:
    if len(digits) > 20:
        raise ValueError("too many digits")
    return int(digits)


def _first(told: dict[str, Any], names: tuple[str, ...]) -> Any:
    return next((told[name] for name in names if told.get(name) not in (None, "")), None)


def _line(told: dict[str, Any], names: tuple[str, ...], longest: int) -> str:
    value = _first(told, names)
    if isinstance(value, bool) or not isinstance(value, (str, int, type(None))):
        raise Unreadable(f"{names[0]} is not a text")
    return clean_line(str(value if value is not None else "").replace("\x00", ""))[:longest]


def _money(value: Any) -> Money:
    """Whole đồng above nothing; a float or a text of whole đồng will do."""
    if isinstance(value, str) and value.strip().isascii() and value.strip().isdigit() and len(value) < 20:
        value = int(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < MOST_MONEY:
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= MOST_MONEY:
        raise Unreadable("the amount is not whole đồng above nothing")
    return Money(value)


def _day(value: Any) -> dt.date:
    """The day in Vietnam: written out, or seconds or milliseconds since 1970. Today where nothing is said."""
    if value is None:
        return clock.today()
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) in (10, 13):
        value = int(value)
    try:
        if isinstance(value, int) and not isinstance(value, bool):
            seconds = value / 1000 if value > 10**11 else value
            return clock.to_local(dt.datetime.fromtimestamp(seconds, dt.UTC)).date()
        if isinstance(value, str) and len(value) <= 60:
            return read_day(value)
    except (ValueError, OverflowError, OSError):
        pass
    raise Unreadable("the time is not one we can read")


def secrets_in(authorization: str) -> list[str]:
    """What may be the secret in "Apikey …", "Bearer …" or the name and password of "Basic …"."""
    kind, _, rest = authorization[:1000].partition(" ")
    if kind.lower() in {"apikey", "bearer"}:
        return [rest.strip()]
    if kind.lower() != "basic":
        return []
    try:
        name, _, password = base64.b64decode(rest.strip(), validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return []
    return [password, name]
