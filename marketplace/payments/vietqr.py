"""The VietQR payload: EMVCo TLV with a CRC, as NAPAS 247 reads it.

Sources: the EMVCo merchant-presented QR format and NAPAS' technical paper; checked against published vectors.
"""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass

GUID = "A000000727"
TO_ACCOUNT = "QRIBFTTA"
LONGEST_TEXT = 19


@dataclass(frozen=True)
class Transfer:
    """What a payload asks for; `amount` None when the payer types it."""

    bin: str
    account: str
    amount: int | None
    text: str


def payload(bin: str, account: str, amount: int | None = None, text: str = "") -> str:
    """The string inside the code. Raises ValueError for what a bank could not read."""
    if not re.fullmatch(r"[0-9]{6}", bin):
        raise ValueError("a BIN has six digits")
    if not re.fullmatch(r"[A-Za-z0-9]{1,19}", account):
        raise ValueError("an account number has 1 to 19 letters and digits")
    if amount is not None and not 0 < amount < 10**13:
        raise ValueError("the amount is out of range")
    if not re.fullmatch(rf"[A-Za-z0-9 ]{{0,{LONGEST_TEXT}}}", text):
        raise ValueError("the text has at most 19 plain letters, digits and blanks")
    beneficiary = _tlv("00", bin) + _tlv("01", account)
    body = _tlv("00", "01") + _tlv("01", "11" if amount is None else "12")
    body += _tlv("38", _tlv("00", GUID) + _tlv("01", beneficiary) + _tlv("02", TO_ACCOUNT))
    body += _tlv("53", "704")
    if amount is not None:
        body += _tlv("54", str(amount))
    body += _tlv("58", "VN")
    if text:
        body += _tlv("62", _tlv("08", text))
    return body + "6304" + crc(body + "6304")


def crc(text: str) -> str:
    """CRC-16/CCITT-FALSE as four capital hex digits."""
    return f"{binascii.crc_hqx(text.encode('ascii'), 0xFFFF):04X}"


def parse(text: str) -> Transfer:
    """Read a payload strictly. Raises ValueError for anything that is not one whole, right payload."""
    if not text.isascii() or len(text) < 8 or text[-8:-4] != "6304" or crc(text[:-4]) != text[-4:]:
        raise ValueError("the check sum is wrong")
    fields = _fields(text[:-8])
    if fields.get("00") != "01" or fields.get("53") != "704" or fields.get("58") != "VN":
        raise ValueError("not a VietQR payload")
    merchant = _fields(fields.get("38", ""))
    if merchant.get("00") != GUID or merchant.get("02") != TO_ACCOUNT:
        raise ValueError("not a transfer to an account")
    beneficiary = _fields(merchant.get("01", ""))
    amount = fields.get("54")
    if amount is not None and not re.fullmatch(r"[1-9][0-9]*", amount):
        raise ValueError("odd amount")
    purpose = _fields(fields.get("62", "")).get("08", "")
    return Transfer(
        beneficiary["00"], beneficiary["01"], int(amount) if amount is not None else None, purpose
    )


def _tlv(tag: str, value: str) -> str:
    return f"{tag}{len(value):02d}{value}"


def _fields(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    at = 0
    while at < len(text):
        tag, length = text[at : at + 2], text[at + 2 : at + 4]
        if not (tag.isdigit() and length.isdigit()) or tag in found:
            raise ValueError("odd field")
        value = text[at + 4 : at + 4 + int(length)]
        if len(value) != int(length):
            raise ValueError("a field is cut short")
        found[tag] = value
        at += 4 + int(length)
    return found
