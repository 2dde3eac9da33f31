"""A settlement sheet as rows for Excel."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _
from marketplace.fulfilment.models import Settlement
from marketplace.fulfilment.queries import settlement as queries
from marketplace.linkage.reckoning.settlement import LINE_LABELS


def columns() -> list[str]:
    return [
        _("What"),
        _("Acceptance slip"),
        _("Delivered on"),
        _("Quality grade"),
        _("Quantity (kg)"),
        _("Price per kg"),
        _("Amount"),
        _("Why"),
    ]


def rows(settlement: Settlement) -> Iterator[list[Any]]:
    """Every line, then what is to be paid, then each member's part."""
    language = "en" if locale().startswith("en") else "vi"
    slips = queries.slips_in(settlement.lines)
    for line in settlement.lines:
        yield [
            str(LINE_LABELS[line.kind]),
            slips[line.acceptance_id].called if line.acceptance_id is not None else "",
            line.day or "",
            line.grade,
            line.quantity if line.quantity is not None else "",
            line.price if line.price is not None else "",
            line.amount,
            line.words.get(language, ""),
        ]
    yield [_("To pay"), "", settlement.due_on or "", "", "", "", settlement.total, ""]
    if settlement.owed_back:
        yield [_("Left owed by the seller"), "", "", "", "", "", settlement.owed_back, ""]
    if (end := settlement.deposit_end) is not None:
        told = end.words.get(language, "")
        if end.kept:
            yield [_("Deposit: the seller keeps"), "", "", "", "", "", end.kept, told]
        if end.returned:
            yield [_("Deposit: the seller gives back"), "", "", "", "", "", end.returned, told]
    for part in settlement.parts:
        yield [_("Part of a member"), part.cooperative.name, "", "", part.kg, "", part.amount, ""]
